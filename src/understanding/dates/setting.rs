//! What reading dates depends on besides the words.

use jiff::civil::Date;

use crate::domain::language::Language;
use crate::understanding::holidays::HolidayCalendar;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub today: Date,
    pub calendar: &'a HolidayCalendar,
    /// The bot has just asked for dates: a bare number is a day.
    pub expected: bool,
    /// The message changes a booking: of two stays the last is the new one.
    pub changing: bool,
    /// The language the words were read in.
    pub language: Language,
}
