//! Parts common to all commands: the context, codes, and missing parts.

use super::words::Word;
use crate::domain::cabin::Cabin;
use crate::domain::ids::ReservationCode;
use crate::domain::language::OWNER_LANGUAGE;
use crate::domain::money::Currency;
use crate::domain::stay::Stay;
use crate::understanding::{self, Expecting, HolidayCalendar, Source};
use jiff::civil::Date;

/// The context of reading the owner's words.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    pub today: Date,
    /// Days off, for "el finde largo".
    pub calendar: &'a HolidayCalendar,
    /// Every active cabin, in the order in which the owner numbers them.
    pub cabins: &'a [Cabin],
    /// Names of guests who are to come, are here, or have written.
    pub guests: &'a [String],
    /// The currency of a sum without one.
    pub currency: Currency,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Ambiguous cabin; the matching names.
    Cabin(Vec<String>),
    Dates,
    /// The words match several stays.
    WhichDates(Vec<Stay>),
    /// The days don't exist or end before they begin.
    BadDates,
    Guest,
    Booking,
    /// The new dates of a booking.
    NewDates,
    /// A price, a payment's sum, or a discount.
    Amount,
    /// How many nights.
    Nights,
    /// The words for a guest.
    Words,
    /// The words of an answer.
    Answer,
    /// A topic that is known.
    Topic,
}

/// A code: with a digit in it, or in capitals, since "semana" has the letters of one too.
pub(super) fn code(text: &str, said: &[Word]) -> Option<ReservationCode> {
    said.iter().find_map(|word| {
        let typed = &text[word.from..word.to];
        let letters = typed.chars().any(|c| c.is_ascii_alphabetic());
        let capitals = typed.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let telling = letters && (capitals || typed.chars().any(|c| c.is_ascii_digit()));
        ReservationCode::parse(typed).filter(|_| telling)
    })
}

pub(super) fn read(
    text: &str,
    setting: &Setting<'_>,
    expecting: Option<Expecting>,
) -> understanding::Reading {
    let context = understanding::Context {
        today: setting.today,
        language_hint: Some(OWNER_LANGUAGE),
        source: Source::Text,
        calendar: setting.calendar,
        expecting,
    };
    understanding::read(text, &context)
}
