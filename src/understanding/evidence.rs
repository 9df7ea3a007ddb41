//! What a message contains, asked for by name: the vocabulary of the decisions.

use super::cue::Cue;
use super::terms::{Term, TermSet};
use super::tokens::Tokens;

/// A message as its decisions see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence<'a> {
    /// The message taken apart.
    pub tokens: &'a Tokens,
    pub all: TermSet,
    /// An hour of the clock was said ("a las 10").
    pub clock: bool,
    /// A date or a span of dates was said.
    pub dated: bool,
    /// A month or a season was named without a day.
    pub season: bool,
    /// Nights were counted.
    pub nights: bool,
    /// People were counted.
    pub counted: bool,
}

impl Evidence<'_> {
    /// Whether some word means this.
    pub(crate) fn has(&self, term: Term) -> bool {
        self.all.has(term)
    }

    /// Whether some word means one of these.
    pub(crate) fn any(&self, terms: &[Term]) -> bool {
        terms.iter().any(|&term| self.all.has(term))
    }

    /// Whether some word is one of this cue.
    pub(crate) fn cue(&self, cue: Cue) -> bool {
        self.tokens.list.iter().any(|token| token.cue(cue))
    }

    /// Whether a word that means `first` is followed, within `gap` words, by one that means `second`.
    pub(crate) fn near(&self, first: &[Term], second: &[Term], gap: usize) -> bool {
        let (first, second) = (TermSet::of(first), TermSet::of(second));
        let list = &self.tokens.list;
        (0..list.len()).any(|at| {
            list[at].any(first) && list[at + 1..].iter().take(gap + 1).any(|token| token.any(second))
        })
    }

    /// The meanings of the first word that isn't a greeting or a filler of courtesy.
    pub(crate) fn opens_with(&self, terms: &[Term]) -> bool {
        const COURTESY: TermSet = TermSet::of(&[Term::Greet, Term::HowAreYou, Term::Laugh]);
        let set = TermSet::of(terms);
        let mut words = self.tokens.list.iter().filter(|token| token.mark.is_none());
        words.find(|token| !token.any(COURTESY) || token.any(set)).is_some_and(|token| token.any(set))
    }

    /// Whether it asks: a question mark or a word that asks.
    pub(crate) fn asks(&self) -> bool {
        self.tokens.asked
            || self.any(&[Term::How, Term::HowMuch, Term::HowMany, Term::When, Term::Where, Term::Can])
    }

    pub(crate) fn words(&self) -> usize {
        self.tokens.list.iter().filter(|token| token.mark.is_none()).count()
    }
}

impl Evidence<'_> {
    /// Whether it asks, or says that it would like to know.
    pub(crate) fn asks_or_wonders(&self) -> bool {
        self.asks() || self.has(Term::Ask) || self.any(&[Term::Want, Term::Is])
    }
}
