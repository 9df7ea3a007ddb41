//! People named without a number: "mi señora", "yo", "una pareja", "solo".

use super::cue::Cue;
use super::guests::Counter;
use super::sums::{Count, Sums};
use super::terms::{Term, TermSet};
use super::token::Token;

/// Words that put people beside others.
const JOINS: TermSet = TermSet::of(&[Term::And, Term::With]);

impl Counter<'_> {
    /// "dos familias de 4": the number of groups of this size; one, unless several were counted.
    pub(super) fn families_of(&self, at: usize) -> u32 {
        let before = |back: usize| self.before(at, back);
        let of = before(1).is_some_and(|token| token.is(Term::Of));
        let several = before(2).is_some_and(|token| token.is(Term::Group) && token.word.ends_with('s'));
        let counted = before(3).and_then(|token| token.number).filter(|n| (2..=10).contains(n));
        counted.filter(|_| of && several).unwrap_or(1)
    }

    pub(super) fn alone(&mut self, at: usize) {
        let token = &self.tokens[at];
        let next_counts = self.next(at + 1).is_some_and(|next| {
            next.number.is_some()
                || next.is(Term::Night)
                || next.is(Term::Weekend)
                || next.is(Term::For)
                || next.is(Term::Want)
        });
        let said = token.is(Term::Speaker)
            || token.cue(Cue::ByOneself)
                && self.before(at, 1).is_some_and(|before| {
                    before.is(Term::Go)
                        || before.is(Term::WeAre)
                        || before.is(Term::Speaker)
                        || before.cue(Cue::IAm)
                })
            || token.cue(Cue::SurelyByOneself)
            || token.cue(Cue::ByOneself) && self.is_alone_by_place(at);
        let joined = self.next(at + 1).is_some_and(|next| {
            next.is(Term::And) || next.is(Term::With) || next.word == "n" || next.word == "+"
        });
        if said && token.is(Term::Speaker) && joined {
            self.sums.speaker = true;
        } else if said && !next_counts {
            // "tengo 2 hijos y ninguno me acompaña, voy sola": nobody else comes.
            let others = self.sums.parts() != Count::default();
            if others {
                self.sums = Sums { pets: self.sums.pets, ..Sums::default() };
            }
            self.set_total(Count::one(1));
        }
    }

    pub(super) fn speaker(&mut self, at: usize) {
        let token = &self.tokens[at];
        let next = self.tokens.get(at + 1);
        let linked_after = next.is_some_and(|next| {
            next.is(Term::And)
                || next.is(Term::With)
                || next.word == "+"
                || next.breaks && next.any(TermSet::of(&[Term::My, Term::Relative]))
        });
        let linked_before = self
            .before(at, 1)
            .is_some_and(|before| before.is(Term::And) || before.is(Term::WeAre) || before.word == "+");
        let also_for =
            self.is_before(at, Term::For) && self.before(at, 2).is_some_and(|and| and.is(Term::And));
        let for_me = self.is_before(at, Term::For) && linked_after || also_for;
        let own_word = token.cue(Cue::Oneself);
        let listed = own_word
            && (linked_after || linked_before)
            && !next.is_some_and(|next| next.any(TermSet::of(&[Term::Want, Term::Can, Term::Need])));
        if listed || for_me && (token.cue(Cue::MeAfterFor) || own_word) {
            self.sums.speaker = true;
        }
    }

    pub(super) fn pet(&mut self, at: usize) {
        let singular = !self.tokens[at].word.ends_with('s');
        let near = |back| self.before(at, back);
        let without = |token: &Token| token.cue(Cue::Without);
        if (1..=2).filter_map(near).any(without) {
            self.sums.pets = Some(0);
            return;
        }
        let denied = (1..=3).filter_map(near).any(|token| token.is(Term::Not));
        if singular
            && !denied
            && (self.is_before(at, Term::My)
                || self.is_before(at, Term::With)
                || self.is_before(at, Term::Article))
        {
            self.sums.pets = Some(1);
        }
    }

    /// "abuela, mis 2 hijas y yo": more of the family follow after a comma.
    fn opens_a_list(&self, at: usize) -> bool {
        const FAMILY: TermSet = TermSet::of(&[Term::My, Term::Relative, Term::Child]);
        self.tokens.get(at + 1).is_some_and(|next| next.breaks && next.any(FAMILY))
    }

    /// People named without a number: "mi señora", "mis padres", "pareja".
    pub(super) fn named(&mut self, at: usize) {
        let token = &self.tokens[at];
        let determiner = self.determiner(at);
        let my = self.tokens[determiner..at].iter().any(|token| token.is(Term::My))
            || self.is_before(at, Term::Of) && self.before(at, 2).is_some_and(|token| token.is(Term::My));
        let article = self.is_before(at, Term::Article);
        let listed = self.is_listed(at);
        let linked = self.is_before(at, Term::With) || self.is_before(at, Term::And);
        let plural = token.word.ends_with('s') || token.cue(Cue::Many);
        let added = |sum: Count, n: u32| sum.plus(Count::one(n));
        if (my || article || listed) && !self.comes(at) {
            return;
        }
        if token.is(Term::Pair) && !token.is(Term::Couple2) {
            if my {
                self.introduce(at);
                self.sums.relatives = added(self.sums.relatives, 1);
            } else if !plural && !article {
                self.introduce(at);
                self.sums.adults = added(self.sums.adults, 2);
            }
        } else if token.is(Term::TwoRelatives) && (my || linked || token.is(Term::Child) && article) {
            self.introduce(at);
            self.sums.relatives = added(self.sums.relatives, 2);
        } else if token.is(Term::Child) && self.is_before(at, Term::Child) {
            // "nena chiquita" is one.
        } else if token.is(Term::Child) && !plural {
            let with = article && self.before(at, 2).is_some_and(|before| before.any(JOINS));
            if my || linked || with || listed {
                self.introduce(at);
                self.sums.children = added(self.sums.children, 1);
            }
        } else if token.is(Term::Relative) && !plural {
            let with = article && self.before(at, 2).is_some_and(|before| before.any(JOINS));
            if my || linked || with || listed || self.opens_a_list(at) {
                self.introduce(at);
                self.sums.relatives = added(self.sums.relatives, 1);
            }
        } else if token.cue(Cue::Friend) && !plural && (my || self.is_before(at, Term::With)) && listed {
            self.introduce(at);
            self.sums.relatives = added(self.sums.relatives, 1);
        } else if plural && listed && self.before(at, 1).is_some_and(|token| token.cue(Cue::Theirs)) {
            // "my 2 sons, their wives"
            self.sums.relatives = self.sums.relatives.plus(self.sums.children);
        } else if plural && (my || linked) && token.any(TermSet::of(&[Term::Child, Term::Relatives])) {
            self.sums.unknown = true;
        }
    }
}
