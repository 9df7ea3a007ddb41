//! The kinds of settings: types of values, their bounds, and their place on the owner's page.

use crate::domain::bank;
use crate::domain::money::{Multiplier, Percent};
use crate::domain::notice::{NotWays, NoticeWays};
use crate::domain::own_words::{self, OwnText, TextProblem};
use crate::domain::phone::{Country, Phone, PhoneRefused};
use crate::domain::week::Weekdays;
use jiff::civil::{Date, Time};
use std::borrow::Cow;
use std::collections::BTreeMap;
use strum::VariantArray;

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number within bounds.
    Whole {
        /// Least.
        min: u32,
        /// Most.
        max: u32,
    },
    /// 0 to 100.
    Percent,
    /// A factor of prices, 0.1 to 10.
    Factor,
    /// Days of the week.
    Weekdays,
    /// An hour of the day.
    Hour,
    /// A day, or none.
    Day,
    /// Hours of the day, separated by commas.
    Hours,
    /// One line of words.
    Line {
        /// Its length, in characters.
        chars_max: usize,
    },
    /// A text without placeholders.
    Answer,
    /// A phone number, as people of the house's country type it.
    Phone,
    /// Several of them.
    Phones,
    /// Yes or no.
    Switch,
    /// Ways to reach the owner, in their order.
    Ways,
    /// An alias of a bank account.
    BankAlias,
    /// The number of a bank account.
    BankCbu,
    /// Days off, in the format of `assets/calendar/argentina.txt`.
    Holidays,
    /// Answers by topic.
    Answers,
    /// Texts by message.
    Texts,
}

/// A value of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number, or a percentage.
    Whole(u32),
    /// A factor.
    Factor(Multiplier),
    /// Days of the week.
    Days(Weekdays),
    /// An hour.
    Hour(Time),
    /// Words.
    Words(String),
    /// Yes or no.
    Switch(bool),
    /// Several words, in their order.
    List(Vec<String>),
    /// Several words by name.
    Named(BTreeMap<String, String>),
}

/// A setting's words on the owner's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Where it stands.
    pub section: Section,
    /// Its name for the owner.
    pub name: &'static str,
    /// Its effect, shown below it.
    pub hint: &'static str,
    /// An example of its value.
    pub example: &'static str,
}

/// A part of the owner's page of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The place and its owner.
    Property,
    /// Rules of stays.
    Stays,
    /// The deposit.
    Deposit,
    /// Refunds on cancelling.
    Cancellation,
    /// Bank transfers.
    Bank,
    /// Days off.
    Holidays,
    /// What is kept of guests.
    Privacy,
}

impl Section {
    /// Every section, in the order of the page.
    pub const ALL: [Section; 7] = [
        Section::Property,
        Section::Stays,
        Section::Deposit,
        Section::Cancellation,
        Section::Bank,
        Section::Holidays,
        Section::Privacy,
    ];
}

/// Data from other layers that a check needs.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Topics that can be answered, by code.
    pub topics: &'static [&'static str],
    /// The country whose people type numbers.
    pub country: Option<Country>,
    /// Parses days off; the error is the number of the first bad line, from 1.
    pub holidays: fn(&str) -> Result<(), usize>,
}

/// A refused setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct SettingRefused {
    /// The setting's name; one of several texts as `texts.welcome`.
    pub field: Cow<'static, str>,
    /// The problem and what would be valid.
    pub problem: SettingProblem,
}

/// The problem of a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingProblem {
    /// A number out of bounds.
    #[error("must be {min} to {max}")]
    Bounds {
        /// Least.
        min: u32,
        /// Most.
        max: u32,
    },
    /// Not a day.
    #[error("must be a day, written YYYY-MM-DD, or empty")]
    Day,
    /// Not a list of hours.
    #[error("must be hours, written HH:MM, separated by commas")]
    Hours,
    /// More nights at least than at most.
    #[error("must be at most max_nights")]
    AboveMaxNights,
    /// Not a valid CBU or CVU.
    #[error("is not a valid CBU or CVU: 22 digits with their check digits")]
    Cbu,
    /// Not the form of an alias.
    #[error("must be 6 to 20 letters, digits, dots or hyphens")]
    Alias,
    /// Not a list of ways.
    #[error("{0}")]
    Ways(NotWays),
    /// Not a phone number.
    #[error("{0}")]
    Phone(PhoneRefused),
    /// The line of the days off that can't be parsed.
    #[error("line {0} is no day off")]
    Holidays(usize),
    /// Words that can't be sent.
    #[error(transparent)]
    Text(#[from] TextProblem),
}

/// A setting's words on the page.
pub(super) const fn label(section: Section, name: &'static str) -> Label {
    Label { section, name, hint: "", example: "" }
}

impl Label {
    pub(super) const fn hint(self, hint: &'static str) -> Label {
        Label { hint, ..self }
    }

    pub(super) const fn example(self, example: &'static str) -> Label {
        Label { example, ..self }
    }
}

impl Kind {
    /// The bounds of a number; `None` for other kinds.
    pub fn bounds(self) -> Option<(u32, u32)> {
        match self {
            Kind::Whole { min, max } => Some((min, max)),
            Kind::Percent => Some((0, 100)),
            _ => None,
        }
    }

    /// The problem of a value that does not fit into the document.
    pub(super) fn misfit(self) -> SettingProblem {
        match self {
            Kind::Day => return SettingProblem::Day,
            Kind::Ways => return SettingProblem::Ways(NotWays),
            _ => {}
        }
        let (min, max) = self.bounds().unwrap_or((0, u32::MAX));
        SettingProblem::Bounds { min, max }
    }

    pub(super) fn check(self, value: &Value, known: &Known) -> Result<(), SettingProblem> {
        match (self, value) {
            (Kind::Whole { min, max }, Value::Whole(number)) if !(min..=max).contains(number) => {
                Err(SettingProblem::Bounds { min, max })
            }
            (_, Value::Words(words)) if words.is_empty() => Ok(()),
            (Kind::Line { chars_max }, Value::Words(words)) => Ok(own_words::check_line(words, chars_max)?),
            (Kind::Hours, Value::Words(words)) => hours(words).map(drop).ok_or(SettingProblem::Hours),
            (Kind::Answer, Value::Words(words)) => Ok(own_words::check_answer(words)?),
            (Kind::Phone, Value::Words(words)) => {
                Phone::typed(words, known.country).map(drop).map_err(SettingProblem::Phone)
            }
            (Kind::Phones, Value::List(list)) => list.iter().try_for_each(|words| {
                Phone::typed(words, known.country).map(drop).map_err(SettingProblem::Phone)
            }),
            (Kind::BankAlias, Value::Words(words)) if !bank::is_alias(words) => Err(SettingProblem::Alias),
            (Kind::BankCbu, Value::Words(words)) if !bank::is_cbu(words) => Err(SettingProblem::Cbu),
            (Kind::Holidays, Value::Words(words)) => {
                (known.holidays)(words).map_err(SettingProblem::Holidays)
            }
            _ => Ok(()),
        }
    }

    /// Checks the words under a name.
    pub(super) fn check_named(self, name: &str, words: &str, known: &Known) -> Result<(), TextProblem> {
        match self {
            Kind::Answers if known.topics.contains(&name) => own_words::check_answer(words),
            Kind::Answers => Err(TextProblem::UnknownName { known: known.topics.to_vec() }),
            Kind::Texts => {
                let names = || OwnText::VARIANTS.iter().map(|text| text.code()).collect();
                let text = OwnText::from_code(name);
                text.ok_or_else(|| TextProblem::UnknownName { known: names() })?.check(words)
            }
            _ => Ok(()),
        }
    }

    /// The normalised form of a value.
    pub(super) fn tidy(self, value: Value, known: &Known) -> Value {
        let tidy = |words: &str| words.replace("\r\n", "\n").trim().to_owned();
        match (self, value) {
            (Kind::BankCbu, Value::Words(words)) => {
                Value::Words(words.chars().filter(|letter| !letter.is_whitespace()).collect())
            }
            (Kind::Phone, Value::Words(words)) => {
                let read = Phone::typed(&words, known.country);
                Value::Words(read.map_or_else(|_| tidy(&words), |phone| phone.shown()))
            }
            (Kind::Phones, Value::List(list)) => {
                let shown = |words: &String| {
                    Phone::typed(words, known.country).map_or_else(|_| tidy(words), |phone| phone.shown())
                };
                let mut tidied: Vec<String> = Vec::new();
                for phone in list.iter().map(shown).filter(|phone| !phone.is_empty()) {
                    if !tidied.contains(&phone) {
                        tidied.push(phone);
                    }
                }
                Value::List(tidied)
            }
            (_, Value::Words(words)) => Value::Words(tidy(&words)),
            (_, Value::Named(words)) => {
                let tidied = words.into_iter().map(|(name, words)| (name, tidy(&words)));
                Value::Named(tidied.filter(|(_, words)| !words.is_empty()).collect())
            }
            (_, value) => value,
        }
    }
}

/// Hours as they are written, in order: "09:00, 18:00".
pub(super) fn hours(words: &str) -> Option<Vec<Time>> {
    let written = words.split(',').map(str::trim).filter(|hour| !hour.is_empty());
    let mut hours = written.map(|hour| hour.parse().ok()).collect::<Option<Vec<Time>>>()?;
    hours.sort_unstable();
    Some(hours)
}

/// A day as it is written, or none.
fn day(words: String) -> Option<Option<Date>> {
    match words.trim() {
        "" => Some(None),
        written => written.parse().ok().map(Some),
    }
}

/// A type of a setting's field in the document.
pub(super) trait Held: Sized {
    fn value(&self) -> Value;
    /// `None` when the value is of another kind, or too large.
    fn held(value: Value) -> Option<Self>;
}

macro_rules! held {
    ($($type:ty: $variant:ident, $to:expr, $from:expr;)+) => { $(
        impl Held for $type {
            fn value(&self) -> Value {
                Value::$variant($to(self))
            }
            fn held(value: Value) -> Option<$type> {
                match value {
                    Value::$variant(held) => $from(held),
                    _ => None,
                }
            }
        }
    )+ };
}

held! {
    u32: Whole, |number: &u32| *number, Some;
    u16: Whole, |number: &u16| u32::from(*number), |number| u16::try_from(number).ok();
    u8: Whole, |number: &u8| u32::from(*number), |number| u8::try_from(number).ok();
    Percent: Whole, |part: &Percent| u32::from(Percent::value(*part)), |number| u8::try_from(number).ok().and_then(Percent::new);
    Multiplier: Factor, |factor: &Multiplier| *factor, Some;
    Weekdays: Days, |days: &Weekdays| *days, Some;
    Time: Hour, |time: &Time| *time, Some;
    Option<Date>: Words, |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default(), day;
    String: Words, Clone::clone, Some;
    bool: Switch, |is: &bool| *is, Some;
    Vec<String>: List, Clone::clone, Some;
    NoticeWays: List, |ways: &NoticeWays| Vec::from(ways), |codes| NoticeWays::try_from(codes).ok();
    BTreeMap<String, String>: Named, Clone::clone, Some;
}
