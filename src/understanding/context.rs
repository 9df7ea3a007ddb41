//! The context of reading a message.

use jiff::civil::Date;

use super::holidays::HolidayCalendar;
use crate::domain::language::Language;
use strum::{EnumString, IntoStaticStr};

/// The context of reading a message.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The property's local date.
    pub today: Date,
    /// The language of the conversation so far.
    pub language_hint: Option<Language>,
    pub source: Source,
    /// The place's holidays.
    pub calendar: &'a HolidayCalendar,
    /// The bot's last question.
    pub expecting: Option<Expecting>,
}

impl<'a> Context<'a> {
    /// Of a text that opens a conversation: nothing was asked, and no language is known.
    pub fn of_text(today: Date, calendar: &'a HolidayCalendar) -> Context<'a> {
        Context { today, language_hint: None, source: Source::Text, calendar, expecting: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    #[default]
    Text,
    /// The transcript of a voice note.
    Voice,
}

/// The bot's last question, so that a bare "4" is read correctly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Expecting {
    Dates,
    Nights,
    Guests,
    Confirmation,
    Name,
    Email,
    #[strum(serialize = "cabin")]
    CabinChoice,
}
