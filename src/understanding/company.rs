//! Who of the people named comes: those in a list, those with whom, for whom or by whose verb it is said. A relative who
//! is merely mentioned counts nobody.

use super::cue::Cue;
use super::guests::Counter;
use super::names::is_name;
use super::sums::Count;
use super::terms::{Term, TermSet};
use super::token::Token;

/// What may stand between a word of coming and the people: "vamos todos con mi mamá".
const REACH: usize = 5;
const FAMILY: TermSet = TermSet::of(&[
    Term::Relative,
    Term::Relatives,
    Term::TwoRelatives,
    Term::Child,
    Term::Adult,
    Term::Person,
    Term::Pair,
    Term::Speaker,
    Term::Us,
]);

impl Counter<'_> {
    /// The first word of what is said of somebody: their article or possessive.
    pub(super) fn determiner(&self, at: usize) -> usize {
        const WORDS: TermSet = TermSet::of(&[Term::My, Term::Article, Term::First, Term::Of]);
        let mut from = at;
        let word = |token: &Token| {
            token.is(Term::My)
                || token.any(WORDS) && !token.any(FAMILY)
                || token.cue(Cue::Theirs)
                || token.cue(Cue::Best)
        };
        while from > 0 && !self.tokens[from].breaks && word(&self.tokens[from - 1]) {
            from -= 1;
        }
        // "com a minha mãe": in Spanish "a" leads to somebody and follows none of these.
        const LEADS: TermSet = TermSet::of(&[Term::With, Term::And, Term::For]);
        let article = from > 1 && self.tokens[from - 1].is(Term::To) && self.tokens[from - 2].any(LEADS);
        from - usize::from(article)
    }

    /// Whether others are named right before or behind: "mi marido, la nena y yo".
    pub(super) fn is_listed(&self, at: usize) -> bool {
        let from = self.determiner(at);
        let is_family = |at: usize| self.tokens[at].any(FAMILY);
        let counts =
            |at: usize| self.tokens[at].number.is_some() && !self.used(at) && !self.tokens[at + 1].breaks;
        let others = |at: Option<usize>| at.is_some_and(|at| is_family(at) || counts(at));
        let before = from.checked_sub(1);
        let joined = before
            .map(|before| &self.tokens[before])
            .is_some_and(|token| token.is(Term::And) || token.is(Term::With) || token.is(Term::More));
        let named_before = others(before) || joined && others(from.checked_sub(2));
        let behind = self.tokens.get(at + 1);
        let family_behind = behind.is_some_and(|next| next.is(Term::My) || next.is(Term::Article))
            && self.tokens.get(at + 2).is_some_and(|token| token.any(FAMILY));
        let named_behind = behind.is_some_and(|next| {
            next.is(Term::And)
                || next.is(Term::With)
                || next.breaks && (next.any(FAMILY) || next.cue(Cue::Theirs))
        });
        named_before || named_behind || family_behind
    }

    /// Whether there is evidence that the person named here comes.
    pub(super) fn comes(&self, at: usize) -> bool {
        const BEFORE: TermSet = TermSet::of(&[
            Term::With,
            Term::For,
            Term::WeAre,
            Term::Go,
            Term::Add,
            Term::And,
            Term::Only,
            Term::Between,
        ]);
        const BEHIND: TermSet = TermSet::of(&[Term::Go, Term::Arrive, Term::WeAre, Term::Add]);
        if self.is_past(at) {
            return false;
        }
        if self.setting.expected || self.is_listed(at) {
            return true;
        }
        let from = self.determiner(at);
        let opens = from == 0 || self.tokens[from].breaks;
        let before = from.checked_sub(1).map(|before| &self.tokens[before]).filter(|_| !opens);
        if before.is_some_and(|token| token.any(BEFORE)) {
            return true;
        }
        let brought =
            !opens && self.tokens[from.saturating_sub(2)..from].iter().any(|token| token.cue(Cue::Brings));
        let verb = self.next(at + 1).is_some_and(|token| token.any(BEHIND) || token.cue(Cue::Comes));
        let whole_clause =
            opens && self.next(at + 1).is_none_or(|next| next.any(TermSet::of(&[Term::For, Term::Of])));
        brought || verb || whole_clause
    }

    /// "estuve con mi hermana", "el año pasado éramos 9".
    pub(super) fn is_past(&self, at: usize) -> bool {
        let clause = (0..=at).rev().take_while(|&back| back == at || !self.tokens[back + 1].breaks);
        let past = |token: &Token| token.cue(Cue::Past) && !token.is(Term::DayWord);
        let behind = self.tokens[at + 1..].iter().take_while(|token| !token.breaks).take(REACH);
        clause.map(|back| &self.tokens[back]).any(past) || behind.into_iter().any(past)
    }

    /// "viajo por trabajo solo", "el 9 me voy. solo": behind a verb of going, or a clause of its own.
    pub(super) fn is_alone_by_place(&self, at: usize) -> bool {
        let ends = self.next(at + 1).is_none_or(|next| next.is(Term::Person));
        let opens = at == 0 || self.tokens[at].breaks || self.used(at - 1);
        let goes = self.tokens[at.saturating_sub(REACH)..at]
            .iter()
            .any(|token| token.is(Term::Go) || token.cue(Cue::IAm));
        ends && (opens || goes)
    }

    /// "somos: yo, Mauro, Seba, el Colo y Domingo": how many names stand here, one by one.
    pub(super) fn names_listed(&self, from: usize) -> Option<Count> {
        let (mut named, mut known) = (0, 0);
        let mut article = false;
        for (at, token) in self.tokens.iter().enumerate().skip(from) {
            let is_known = is_name(&token.word) || token.is(Term::Speaker);
            let nickname = article && token.terms.is_empty() && token.number.is_none();
            article = token.is(Term::Article);
            let next_item = named == 0 || token.breaks || article || token.is(Term::And) || nickname;
            if token.is(Term::And) || article || token.marks(':') {
                continue;
            }
            if !(is_known || nickname) {
                return None;
            }
            // "Marta Gómez" is one.
            if next_item || self.before_is_and(at) {
                named += 1;
                known += u32::from(is_known);
            }
        }
        (known >= 2 && named >= 2).then_some(Count::one(named))
    }

    fn before_is_and(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].any(TermSet::of(&[Term::And, Term::Article]))
    }

    /// "familia tipo 2 y 2": adults and children.
    pub(super) fn adults_and_children(&self, at: usize) -> Option<Count> {
        let number = |at: usize| self.next(at).and_then(|token| token.number).filter(|n| (1..=9).contains(n));
        let family = self.tokens[at.saturating_sub(2)..at].iter().any(|token| token.is(Term::Group));
        let and = self.next(at + 1).is_some_and(|token| token.is(Term::And));
        let ends = self.next(at + 3).is_none_or(|next| !next.any(FAMILY) && !next.is(Term::Night));
        (family && and && ends).then(|| Some(Count::one(number(at)? + number(at + 2)?))).flatten()
    }
}
