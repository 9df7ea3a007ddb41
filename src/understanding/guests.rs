//! Counts the party: "somos 4", "una pareja con un nene", "mi señora, mis tres hijos y yo".
//!
//! Items are collected one by one and only then added up, because the same number can be a total ("somos 5: …") or
//! a part of it. Animals are counted apart.

use super::cue::Cue;
use super::labels::labelled_number;
use super::reading::{AdultsAndChildren, Guests};
use super::sums::{Count, MAX_GUESTS, Sums};
use super::terms::{Term, TermSet};
use super::token::Token;

/// Larger numbers without a noun are not people.
pub(super) const MAX_BARE: u32 = 30;

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Company {
    pub guests: Option<Guests>,
    /// Adults and children, if told apart.
    pub apart: Option<AdultsAndChildren>,
    pub pets: Option<u8>,
}

/// The context of reading people.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// The bot asked for the number of people.
    pub expected: bool,
    /// The message has dates or nights: a number left over is a number of people.
    pub dated: bool,
    /// The message changes a booking: "una persona más" is a difference, not a total.
    pub changing: bool,
    /// A number of people was taken back: another one is the right one.
    pub corrected: bool,
}

/// Reads the party from the tokens left over by dates, hours and money.
pub(crate) fn read(tokens: &[Token], used: &mut [bool], setting: Setting) -> Company {
    let mut counter = Counter { tokens, used, setting, sums: Sums::default() };
    counter.collect();
    let pets = counter.sums.pets.and_then(|n| u8::try_from(n).ok());
    if counter.sums.is_empty() {
        counter.leftover();
    }
    let (guests, apart) = counter.sums.total();
    Company { guests, apart, pets }
}

/// Walks a message and collects its people.
pub(super) struct Counter<'a> {
    pub(super) tokens: &'a [Token],
    used: &'a mut [bool],
    pub(super) setting: Setting,
    pub(super) sums: Sums,
}

pub(super) const PEOPLE: TermSet = TermSet::of(&[
    Term::Person,
    Term::Adult,
    Term::Child,
    Term::Pair,
    Term::Relative,
    Term::Relatives,
    Term::TwoRelatives,
]);

/// What a number without a noun of people counts before one of these.
const NOT_PEOPLE: TermSet = TermSet::of(&[
    Term::Uncounted,
    Term::Night,
    Term::Week,
    Term::DayWord,
    Term::Hour,
    Term::Age,
    Term::MonthWord,
    Term::Vehicle,
    Term::Money,
    Term::Group,
    Term::TimeWord,
    Term::Weekend,
    Term::Cabin,
    Term::Amenity,
    Term::Photo,
]);

impl Counter<'_> {
    fn collect(&mut self) {
        let opens = (0..self.tokens.len()).find(|&at| self.tokens[at].is(Term::WeAre)).map(|at| at + 1);
        let opens = opens.or(self.setting.expected.then_some(0));
        if let Some(names) = opens.and_then(|from| self.names_listed(from)) {
            return self.set_total(names);
        }
        let mut at = 0;
        while at < self.tokens.len() {
            at = if self.used[at] { at + 1 } else { self.item(at) };
        }
    }

    /// Reads the item that begins here and returns where the next may begin.
    fn item(&mut self, at: usize) -> usize {
        if let Some(number) = labelled_number(self.tokens, at) {
            self.labelled(at, number);
            return number + 1;
        }
        if let Some((count, after)) = self.count(at) {
            return if self.is_denied(at) || self.is_past(at) {
                self.denied(after)
            } else {
                self.counted(at, count, after)
            };
        }
        let token = &self.tokens[at];
        if token.is(Term::Alone) {
            self.alone(at);
        } else if token.is(Term::Speaker) {
            self.speaker(at);
        } else if token.is(Term::Pet) {
            self.pet(at);
        } else if token.any(PEOPLE) {
            self.named(at);
        }
        at + 1
    }

    /// "Adultos: 2".
    fn labelled(&mut self, noun: usize, number: usize) {
        let count =
            self.tokens[number].number.filter(|&n| n <= MAX_GUESTS && !self.used[number]).map(Count::one);
        let Some(count) = count else { return };
        let noun = &self.tokens[noun];
        if noun.is(Term::Child) {
            self.sums.children = self.sums.children.plus(count);
        } else if noun.is(Term::Adult) {
            self.sums.adults = self.sums.adults.plus(count);
        } else {
            self.set_total(count);
        }
    }

    pub(super) fn used(&self, at: usize) -> bool {
        self.used[at]
    }

    pub(super) fn before(&self, at: usize, back: usize) -> Option<&Token> {
        at.checked_sub(back).map(|index| &self.tokens[index])
    }

    pub(super) fn is_before(&self, at: usize, term: Term) -> bool {
        self.before(at, 1).is_some_and(|token| token.is(term))
    }

    pub(super) fn next(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).filter(|token| !token.breaks)
    }

    /// A number and what follows it: "4", "5 o 6", "entre 4 y 6".
    fn count(&self, at: usize) -> Option<(Count, usize)> {
        let number = |index: usize| {
            let token = self.tokens.get(index)?;
            token.number.filter(|&n| n > 0 && n <= MAX_GUESTS && !self.used[index] && token.ordinal.is_none())
        };
        let low = number(at)?;
        let between = self.is_before(at, Term::Between);
        let linked = self.tokens.get(at + 1).is_some_and(|link| {
            link.is(Term::Or)
                || link.marks('/')
                || link.marks('-')
                || (link.is(Term::To) && !link.cue(Cue::NoRange))
                || (between && link.is(Term::And))
        });
        if linked && let Some(high) = number(at + 2).filter(|&high| high > low) {
            // "de 4 a 5 personas" about a booking is the old number and the new one.
            let moved = self.setting.changing && self.tokens[at + 1].is(Term::To);
            return Some((if moved { Count::one(high) } else { Count { low, high } }, at + 3));
        }
        Some((Count::one(low), at + 1))
    }

    fn counted(&mut self, at: usize, count: Count, after: usize) -> usize {
        const ADJECTIVES: TermSet = TermSet::of(&[Term::More, Term::Only, Term::Very, Term::My, Term::Other]);
        let mut noun_at = after;
        while noun_at < after + 2
            && self.next(noun_at).is_some_and(|token| token.any(ADJECTIVES) && !token.any(PEOPLE))
        {
            noun_at += 1;
        }
        if self.is_before(at, Term::Instead) || self.is_difference(at, after) {
            return after;
        }
        let Some(noun) = self.next(noun_at).filter(|_| !self.used[noun_at]) else {
            return self.total_alone(at, count, after);
        };
        if noun.is(Term::Pet) {
            self.sums.pets = Some(count.high);
            return noun_at + 1;
        }
        let noun_end = noun_at + 1;
        let unit = if noun.is(Term::Pair)
            && !(noun.is(Term::Couple2) && self.next(noun_end).is_some_and(|next| next.is(Term::Of)))
        {
            Term::Pair
        } else if let Some(term) =
            [Term::Adult, Term::Child, Term::Person, Term::Relative, Term::Relatives, Term::TwoRelatives]
                .into_iter()
                .find(|term| noun.is(*term))
        {
            term
        } else {
            return self.total_alone(at, count, after);
        };
        self.introduce(at);
        match unit {
            Term::Pair => {
                self.sums.adults = self.sums.adults.plus(count.times(2));
                self.sums.couples += count.low;
            }
            Term::Adult => self.sums.adults = self.sums.adults.plus(count),
            Term::Child => {
                let each = self.next(noun_end).is_some_and(|token| token.is(Term::Each));
                let families = if each { self.sums.couples.max(1) } else { 1 };
                self.sums.children = self.sums.children.plus(count.times(families));
            }
            Term::Person => self.people(at, count, noun_at),
            _ => self.sums.relatives = self.sums.relatives.plus(count),
        }
        noun_end
    }

    fn people(&mut self, at: usize, count: Count, noun_at: usize) {
        let friends = self.tokens[noun_at].cue(Cue::Friend);
        let apart = friends && (self.is_before(at, Term::With) || self.speaker_near(at, noun_at));
        if apart {
            self.sums.companions = true;
        }
        self.set_total(count);
    }

    pub(super) fn set_total(&mut self, count: Count) {
        self.sums.total = Some(count);
    }

    /// "y yo", "yo y": the writer is counted beside these.
    fn speaker_near(&self, from: usize, to: usize) -> bool {
        let after = self.next(to + 1).is_some_and(|token| token.is(Term::And))
            && self.next(to + 2).is_some_and(|token| token.is(Term::Speaker));
        let before = self.is_before(from, Term::And)
            && self.before(from, 2).is_some_and(|token| token.is(Term::Speaker));
        after || before
    }

    /// "una persona más", "sumar dos": a difference, not a total.
    fn is_difference(&self, at: usize, after: usize) -> bool {
        let less = |index: usize| self.next(index).is_some_and(|token| token.is(Term::Less));
        if less(after) || less(after + 1) {
            return true;
        }
        if !self.setting.changing {
            return false;
        }
        let plus = |index: usize| {
            self.tokens.get(index).is_some_and(|token| token.is(Term::More))
                && self.tokens.get(index + 1).is_none_or(|next| next.number.is_none())
        };
        let adding = (1..=3).any(|back| self.before(at, back).is_some_and(|token| token.is(Term::Add)));
        let total_said = (1..=3).any(|back| {
            self.before(at, back).is_some_and(|token| token.is(Term::WeAre) || token.cue(Cue::WouldBe))
        });
        !total_said && (adding || plus(after) || plus(after + 1))
    }

    /// A number without a noun is a total when the words before it say so: "somos 4", "para 6".
    fn total_alone(&mut self, at: usize, count: Count, after: usize) -> usize {
        let token = &self.tokens[at];
        let other_noun = self.next(after).is_some_and(|next| {
            next.any(NOT_PEOPLE) || next.month > 0 || next.weekday > 0 && next.ordinal.is_none()
        });
        let ours = self.next(after).is_some_and(|next| next.is(Term::Of))
            && self.next(after + 1).is_some_and(|next| next.is(Term::Us));
        let article = token.is(Term::A) && count.low == 1;
        if article || token.month > 0 || other_noun || count.high > MAX_BARE {
            return after;
        }
        let behind = |at: usize| self.next(at).is_some_and(|next| next.is(Term::WeAre));
        if behind(after) && !self.next(after + 1).is_some_and(|next| next.number.is_some()) {
            self.set_total(count);
            return after + 1;
        }
        let labelled = self.before(at, 1).is_some_and(|label| label.is(Term::Person)) && token.breaks;
        if labelled {
            self.set_total(count);
            return after;
        }
        if let Some(family) = self.adults_and_children(at) {
            self.set_total(family);
            return at + 3;
        }
        let Some(before) = self.before(at, 1) else {
            if ours || self.setting.expected {
                self.set_total(count);
            }
            return after;
        };
        let group = before.is(Term::Of)
            && self.before(at, 2).is_some_and(|token| token.is(Term::Group) || token.is(Term::Person));
        let in_number = before.is(Term::At)
            && self.before(at, 2).is_some_and(|token| token.is(Term::WeAre) || token.is(Term::Go));
        let about = (before.is(Term::Only) || before.cue(Cue::About))
            && self
                .before(at, 2)
                .is_some_and(|token| token.is(Term::WeAre) || token.is(Term::For) || token.is(Term::Go));
        // "Quedamos 3" are people, "nos quedamos 3" are nights.
        let all = before.cue(Cue::Being) && !self.before(at, 2).is_some_and(|token| token.is(Term::Self_))
            || before.cue(Cue::ButRather)
            || before.cue(Cue::AllOfUs) && !self.before(at, 2).is_some_and(|token| token.cue(Cue::NoAllOfUs));
        let mine = before.any(TermSet::of(&[Term::WeAre, Term::For, Term::Us, Term::Between]))
            || before.is(Term::Go) && !before.is(Term::Arrive);
        let part = before.is(Term::And)
            && self.sums.speaker
            && self.next(after).is_some_and(|next| next.is(Term::More));
        if mine || group || in_number || about || all || ours {
            self.set_total(count.times(self.families_of(at)));
        } else if part {
            self.sums.relatives = self.sums.relatives.plus(count);
        }
        after
    }

    /// Notes the introduction of a part: "con", "para", "y".
    pub(super) fn introduce(&mut self, at: usize) {
        let first = self.sums.parts() == Count::default() && self.sums.total.is_none();
        let possessed = self.is_before(at, Term::My) || self.is_before(at, Term::Article);
        let opener = if possessed { 2 } else { 1 };
        let Some(before) = self.before(at, opener) else { return };
        if before.is(Term::With) {
            self.sums.with_others = true;
        } else if first && before.is(Term::For) {
            self.sums.for_others = true;
        } else if !first
            && (before.is(Term::And) || before.is(Term::More))
            && self.sums.parts() == Count::default()
        {
            self.sums.added = true;
        }
    }

    /// An unused number, when the message describes a stay or the number was asked for.
    fn leftover(&mut self) {
        if !self.setting.expected && !self.setting.dated && !self.setting.corrected {
            return;
        }
        for at in 0..self.tokens.len() {
            let Some((count, after)) = self.count(at) else { continue };
            let token = &self.tokens[at];
            if token.is(Term::A) && !self.setting.expected || token.month > 0 || count.high > MAX_BARE {
                continue;
            }
            let opens = at == 0 || token.breaks || self.used[at - 1] || self.setting.expected;
            let closes = self.next(after).is_none_or(|next| {
                !next.any(TermSet::of(&[
                    Term::Uncounted,
                    Term::Cabin,
                    Term::Vehicle,
                    Term::Pet,
                    Term::Of,
                    Term::Group,
                ]))
            });
            let difference = self.is_difference(at, after) || self.is_before(at, Term::Instead);
            if opens && closes && !difference {
                self.set_total(count);
                return;
            }
        }
    }
}
