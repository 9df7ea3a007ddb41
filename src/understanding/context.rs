//! What reading a message depends on besides its words.

use jiff::civil::Date;

use super::holidays::HolidayCalendar;
use crate::domain::language::Language;

/// What reading depends on besides the message.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The property's local date.
    pub today: Date,
    /// The language of the conversation so far.
    pub language_hint: Option<Language>,
    pub source: Source,
    /// The days off of the place.
    pub calendar: &'a HolidayCalendar,
    /// What the bot has just asked for.
    pub expecting: Option<Expecting>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    #[default]
    Text,
    /// The transcript of a voice note.
    Voice,
}

/// What the bot has just asked for, so that a bare "4" is read rightly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expecting {
    Dates,
    Nights,
    Guests,
    Confirmation,
    Name,
    Email,
    CabinChoice,
}
