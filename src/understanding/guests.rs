//! Counts who comes: "somos 4", "una pareja con un nene", "mi señora, mis tres hijos y yo".
//!
//! Items are collected one by one and only then added up, because the same
//! number can be a total ("somos 5: …") or a part of it. Animals are counted apart.

use super::reading::{Guests, Party};
use super::terms::{Term, TermSet};
use super::tokens::Token;

/// Larger numbers without a noun are not people.
const MAX_BARE: u32 = 30;
/// Larger groups are written to a hotel.
const MAX_GUESTS: u32 = 200;

/// What was said about who comes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Company {
    /// People in all.
    pub guests: Option<Guests>,
    /// Adults and children, if told apart.
    pub party: Option<Party>,
    /// Animals.
    pub pets: Option<u8>,
}

/// What reading people depends on besides the words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// The bot has just asked how many they are.
    pub expected: bool,
    /// Dates or nights were said: a number left over is a number of people.
    pub dated: bool,
    /// The message changes a booking: "una persona más" is a difference, not a total.
    pub changing: bool,
}

/// Reads who comes from the tokens that dates, hours and money left over.
pub(crate) fn read(tokens: &[Token], used: &mut [bool], setting: Setting) -> Company {
    let mut counter = Counter { tokens, used, setting, sums: Sums::default() };
    counter.collect();
    let pets = counter.sums.pets.and_then(|n| u8::try_from(n).ok());
    if counter.sums.is_empty() {
        counter.leftover();
    }
    let (guests, party) = counter.sums.total();
    Company { guests, party, pets }
}

/// A number that may be two: "5 o 6".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    low: u32,
    high: u32,
}

impl Count {
    fn one(n: u32) -> Count {
        Count { low: n, high: n }
    }

    fn times(self, n: u32) -> Count {
        Count { low: self.low * n, high: self.high * n }
    }

    fn plus(self, other: Count) -> Count {
        Count { low: self.low + other.low, high: self.high + other.high }
    }
}

#[derive(Debug, Clone, Default)]
struct Sums {
    total: Option<Count>,
    adults: Count,
    children: Count,
    relatives: Count,
    /// "yo" was said as one of them.
    speaker: bool,
    /// "con" came before the first part: whoever writes comes too.
    with_others: bool,
    /// "para mis viejos": whoever writes may not come.
    for_others: bool,
    /// Parts were added to the total with "y", "más", "+".
    added: bool,
    /// The total was of friends or companions, whoever writes apart.
    companions: bool,
    /// People were named without their number.
    unknown: bool,
    pets: Option<u32>,
}

impl Sums {
    fn is_empty(&self) -> bool {
        self.total.is_none() && self.parts() == Count::default()
    }

    fn parts(&self) -> Count {
        self.adults.plus(self.children).plus(self.relatives)
    }

    fn total(&self) -> (Option<Guests>, Option<Party>) {
        let writer = Count::one(u32::from(self.writer_comes()));
        let parts = self.parts().plus(writer);
        let count = match self.total {
            Some(total) if self.companions => total.plus(parts),
            Some(total) if self.parts() == Count::default() => total,
            Some(total) if parts == total => total,
            Some(total)
                if self.added || parts.high > total.high || total == Count::one(2) && self.with_others =>
            {
                if self.added || self.adults == Count::default() {
                    total.plus(self.parts())
                } else {
                    parts
                }
            }
            Some(total) => total,
            None if self.unknown => return (None, None),
            None => parts,
        };
        if count.high == 0 || count.high > MAX_GUESTS {
            return (None, None);
        }
        let narrow = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        let guests = match (narrow(count.low), narrow(count.high)) {
            (low, high) if low == high => Guests::Exactly(low),
            (low, high) => Guests::Between(low.min(high), low.max(high)),
        };
        let told_apart =
            self.children.high > 0 && self.children.low == self.children.high && count.low == count.high;
        let party = told_apart.then(|| Party {
            adults: narrow(count.low.saturating_sub(self.children.low)),
            children: narrow(self.children.low),
        });
        (Some(guests), party)
    }

    fn writer_comes(&self) -> bool {
        if self.speaker {
            return true;
        }
        if self.adults != Count::default() || self.total.is_some() && !self.companions {
            return false;
        }
        self.with_others || (self.relatives != Count::default() && !self.for_others)
    }
}

struct Counter<'a> {
    tokens: &'a [Token],
    used: &'a mut [bool],
    setting: Setting,
    sums: Sums,
}

const PEOPLE: TermSet = TermSet::of(&[
    Term::Person,
    Term::Adult,
    Term::Child,
    Term::Pair,
    Term::Relative,
    Term::Relatives,
    Term::TwoRelatives,
]);

impl Counter<'_> {
    fn collect(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            at = if self.used[at] { at + 1 } else { self.item(at) };
        }
    }

    /// Reads the item that begins here and returns where the next may begin.
    fn item(&mut self, at: usize) -> usize {
        if let Some((count, after)) = self.count(at) {
            return self.counted(at, count, after);
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

    fn before(&self, at: usize, back: usize) -> Option<&Token> {
        at.checked_sub(back).map(|index| &self.tokens[index])
    }

    fn is_before(&self, at: usize, term: Term) -> bool {
        self.before(at, 1).is_some_and(|token| token.is(term))
    }

    fn next(&self, at: usize) -> Option<&Token> {
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
                || (link.is(Term::To) && link.word != "al")
                || (between && link.is(Term::And))
        });
        if linked && let Some(high) = number(at + 2).filter(|&high| high > low) {
            return Some((Count { low, high }, at + 3));
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
            Term::Pair => self.sums.adults = self.sums.adults.plus(count.times(2)),
            Term::Adult => self.sums.adults = self.sums.adults.plus(count),
            Term::Child => self.sums.children = self.sums.children.plus(count),
            Term::Person => self.people(at, count, noun_at),
            _ => self.sums.relatives = self.sums.relatives.plus(count),
        }
        noun_end
    }

    fn people(&mut self, at: usize, count: Count, noun_at: usize) {
        const FRIENDS: [&str; 12] = [
            "amigos",
            "amigas",
            "amigo",
            "amiga",
            "friends",
            "friend",
            "companeros",
            "companeras",
            "primos",
            "primas",
            "primo",
            "prima",
        ];
        let friends = FRIENDS.contains(&self.tokens[noun_at].word.as_str());
        let apart = friends && (self.is_before(at, Term::With) || self.speaker_near(at, noun_at));
        if apart {
            self.sums.companions = true;
        }
        self.set_total(count);
    }

    fn set_total(&mut self, count: Count) {
        self.sums.total = Some(count);
    }

    /// "y yo", "yo y": whoever writes is counted beside these.
    fn speaker_near(&self, from: usize, to: usize) -> bool {
        let after = self.next(to + 1).is_some_and(|token| token.is(Term::And))
            && self.next(to + 2).is_some_and(|token| token.is(Term::Speaker));
        let before = self.is_before(from, Term::And)
            && self.before(from, 2).is_some_and(|token| token.is(Term::Speaker));
        after || before
    }

    /// "una persona más", "sumar dos": how many more, not how many.
    fn is_difference(&self, at: usize, after: usize) -> bool {
        if !self.setting.changing {
            return false;
        }
        let plus = |index: usize| {
            self.tokens.get(index).is_some_and(|token| token.is(Term::More))
                && self.tokens.get(index + 1).is_none_or(|next| next.number.is_none())
        };
        let adding = (1..=3).any(|back| self.before(at, back).is_some_and(|token| token.is(Term::Add)));
        let total_said = (1..=3).any(|back| {
            self.before(at, back).is_some_and(|token| token.is(Term::WeAre) || token.word == "ser")
        });
        !total_said && (adding || plus(after) || plus(after + 1))
    }

    /// A number without a noun is a total when the words before say so: "somos 4", "para 6".
    fn total_alone(&mut self, at: usize, count: Count, after: usize) -> usize {
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
        let Some(before) = self.before(at, 1) else {
            if ours {
                self.set_total(count);
            }
            return after;
        };
        let group = before.is(Term::Of)
            && self.before(at, 2).is_some_and(|token| token.is(Term::Group) || token.is(Term::Person));
        let in_number = before.is(Term::At) && self.before(at, 2).is_some_and(|token| token.is(Term::WeAre));
        let about = (before.is(Term::Only)
            || matches!(
                before.word.as_str(),
                "unos" | "unas" | "como" | "aproximadamente" | "uns" | "about" | "around"
            ))
            && self
                .before(at, 2)
                .is_some_and(|token| token.is(Term::WeAre) || token.is(Term::For) || token.is(Term::Go));
        let all = matches!(before.word.as_str(), "ser" | "be")
            || matches!(before.word.as_str(), "los" | "las" | "todos")
                && !self
                    .before(at, 2)
                    .is_some_and(|token| matches!(token.word.as_str(), "a" | "hasta" | "desde"));
        let mine = before.any(TermSet::of(&[Term::WeAre, Term::For, Term::Us, Term::Between]))
            || before.is(Term::Go) && !before.is(Term::Arrive);
        let part = before.is(Term::And)
            && self.sums.speaker
            && self.next(after).is_some_and(|next| next.is(Term::More));
        if mine || group || in_number || about || all || ours {
            self.set_total(count);
        } else if part {
            self.sums.relatives = self.sums.relatives.plus(count);
        }
        after
    }

    /// Notes how a part is introduced: "con", "para", "y".
    fn introduce(&mut self, at: usize) {
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

    fn alone(&mut self, at: usize) {
        const NEVER_ONLY: [&str; 8] =
            ["sola", "solita", "solito", "sozinho", "sozinha", "alone", "solo", "sozin"];
        let token = &self.tokens[at];
        let next_counts = self.next(at + 1).is_some_and(|next| {
            next.number.is_some()
                || next.is(Term::Night)
                || next.is(Term::Weekend)
                || next.is(Term::For)
                || next.is(Term::Want)
        });
        let said = token.is(Term::Speaker)
            || NEVER_ONLY.contains(&token.word.as_str())
                && self.before(at, 1).is_some_and(|before| {
                    before.is(Term::Go)
                        || before.is(Term::WeAre)
                        || before.is(Term::Speaker)
                        || matches!(
                            before.word.as_str(),
                            "estoy" | "soy" | "vou" | "estou" | "viajo" | "traveling" | "travelling" | "im"
                        )
                })
            || matches!(token.word.as_str(), "sozinho" | "sozinha" | "alone" | "solita" | "solito");
        if said && !next_counts {
            self.set_total(Count::one(1));
        }
    }

    fn speaker(&mut self, at: usize) {
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
        let for_me = self.is_before(at, Term::For) && linked_after;
        let own_word =
            matches!(token.word.as_str(), "yo" | "eu" | "i" | "me" | "myself" | "conmigo" | "comigo" | "mim");
        let listed = own_word
            && (linked_after || linked_before)
            && !next.is_some_and(|next| next.any(TermSet::of(&[Term::Want, Term::Can, Term::Need])));
        if listed || for_me && (token.word == "mi" || own_word) {
            self.sums.speaker = true;
        } else if token.is(Term::My) {
            // "mi" is both "me" and "my"; as "my" it belongs to the noun that follows.
        }
    }

    fn pet(&mut self, at: usize) {
        let singular = !self.tokens[at].word.ends_with('s');
        if singular
            && (self.is_before(at, Term::My)
                || self.is_before(at, Term::With)
                || self.is_before(at, Term::Article))
        {
            self.sums.pets = Some(1);
        }
    }

    /// People named without a number: "mi señora", "mis padres", "pareja".
    fn named(&mut self, at: usize) {
        let token = &self.tokens[at];
        let my = self.is_before(at, Term::My)
            || self.is_before(at, Term::Of) && self.before(at, 2).is_some_and(|token| token.is(Term::My));
        let linked = self.is_before(at, Term::With) || self.is_before(at, Term::And);
        let plural = token.word.ends_with('s')
            || matches!(token.word.as_str(), "children" | "kids" | "people" | "folks" | "gente");
        let added = |sum: Count, n: u32| sum.plus(Count::one(n));
        if token.is(Term::Pair) && !token.is(Term::Couple2) {
            if my {
                self.introduce(at);
                self.sums.relatives = added(self.sums.relatives, 1);
            } else if !plural && !self.is_before(at, Term::Article) {
                self.introduce(at);
                self.sums.adults = added(self.sums.adults, 2);
            }
        } else if token.is(Term::TwoRelatives) && my {
            self.introduce(at);
            self.sums.relatives = added(self.sums.relatives, 2);
        } else if token.is(Term::Child) && !plural {
            if my
                || linked
                || self.is_before(at, Term::Article)
                    && (self.before(at, 2).is_some_and(|token| token.is(Term::And) || token.is(Term::With)))
            {
                self.introduce(at);
                self.sums.children = added(self.sums.children, 1);
            }
        } else if token.is(Term::Relative) && !plural && (my || linked) {
            self.introduce(at);
            self.sums.relatives = added(self.sums.relatives, 1);
        } else if plural && (my || linked) && token.any(TermSet::of(&[Term::Child, Term::Relatives])) {
            self.sums.unknown = true;
        }
    }

    /// A number nobody claimed, when a stay is being described or the number was asked for.
    fn leftover(&mut self) {
        if !self.setting.expected && !self.setting.dated {
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
