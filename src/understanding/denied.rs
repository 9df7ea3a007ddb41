//! Numbers of people that are taken back: "no somos 4 sino 3".

use super::guests::{Counter, MAX_BARE, PEOPLE};
use super::terms::{Term, TermSet};

impl Counter<'_> {
    /// "no somos 4 sino 3", "não vamos mais em 6, vamos em 5": not the first, when a second one follows.
    pub(super) fn is_denied(&self, at: usize) -> bool {
        const BETWEEN: TermSet = TermSet::of(&[
            Term::WeAre,
            Term::Go,
            Term::For,
            Term::At,
            Term::To,
            Term::More,
            Term::Article,
            Term::Already,
            Term::Us,
        ]);
        let mut before = at;
        while before > 0 && !self.tokens[before].breaks {
            before -= 1;
            if self.tokens[before].is(Term::Not) {
                return self.others(at).next().is_some();
            }
            if !self.tokens[before].any(BETWEEN) {
                return false;
            }
        }
        false
    }

    /// The other numbers that may count people.
    fn others(&self, at: usize) -> impl Iterator<Item = usize> {
        let may_count = move |other: &usize| {
            let token = &self.tokens[*other];
            *other != at
                && !self.used(*other)
                && token.number.is_some_and(|n| n <= MAX_BARE)
                && token.ordinal.is_none()
        };
        (0..self.tokens.len()).filter(may_count)
    }

    /// Goes on behind a number that was denied, and its noun. The number left over is the right one.
    pub(super) fn denied(&mut self, after: usize) -> usize {
        self.setting.corrected = true;
        after + usize::from(self.next(after).is_some_and(|noun| noun.any(PEOPLE)))
    }
}
