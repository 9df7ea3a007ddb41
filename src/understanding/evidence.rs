//! Evidence: the contents of a message by name, for the decisions.

use super::cue::Cue;
use super::terms::{Term, TermSet};
use super::tokens::Tokens;

/// A message as evidence for the decisions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence<'a> {
    /// The message's tokens.
    pub tokens: &'a Tokens,
    pub all: TermSet,
    /// Contains an hour of the clock ("a las 10").
    pub clock: bool,
    /// Contains a date or a span of dates.
    pub dated: bool,
    /// Contains a month or a season without a day.
    pub season: bool,
    /// Contains a number of nights.
    pub nights: bool,
    /// Contains a number of people.
    pub counted: bool,
}

impl Evidence<'_> {
    /// Whether some word has this meaning.
    pub(crate) fn has(&self, term: Term) -> bool {
        self.all.has(term)
    }

    /// Whether some word has one of these meanings.
    pub(crate) fn any(&self, terms: &[Term]) -> bool {
        terms.iter().any(|&term| self.all.has(term))
    }

    /// Whether some word is one of this cue.
    pub(crate) fn cue(&self, cue: Cue) -> bool {
        self.tokens.list.iter().any(|token| token.cue(cue))
    }

    /// Whether a word with the meaning `first` is followed, within `gap` words, by one with `second`.
    pub(crate) fn near(&self, first: &[Term], second: &[Term], gap: usize) -> bool {
        let (first, second) = (TermSet::of(first), TermSet::of(second));
        let list = &self.tokens.list;
        (0..list.len()).any(|at| {
            list[at].any(first) && list[at + 1..].iter().take(gap + 1).any(|token| token.any(second))
        })
    }

    /// Whether the first word that isn't a greeting or a courtesy has one of these meanings.
    pub(crate) fn opens_with(&self, terms: &[Term]) -> bool {
        const COURTESY: TermSet = TermSet::of(&[Term::Greet, Term::HowAreYou, Term::Laugh]);
        let set = TermSet::of(terms);
        let mut words = self.tokens.list.iter().filter(|token| token.mark.is_none());
        words.find(|token| !token.any(COURTESY) || token.any(set)).is_some_and(|token| token.any(set))
    }

    /// Whether it asks: a question mark or a question word.
    pub(crate) fn asks(&self) -> bool {
        self.tokens.asked
            || self.any(&[Term::How, Term::HowMuch, Term::HowMany, Term::When, Term::Where, Term::Can])
    }

    pub(crate) fn words(&self) -> usize {
        self.tokens.list.iter().filter(|token| token.mark.is_none()).count()
    }
}

impl Evidence<'_> {
    /// Whether it asks, or says that it wants to know.
    pub(crate) fn asks_or_wonders(&self) -> bool {
        self.asks() || self.has(Term::Ask) || self.any(&[Term::Want, Term::Is])
    }
}
