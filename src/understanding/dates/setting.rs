//! The context of reading dates.

use jiff::civil::Date;

use crate::understanding::holidays::HolidayCalendar;
use crate::understanding::lexicon::Lexicon;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub today: Date,
    pub calendar: &'a HolidayCalendar,
    /// The bot asked for dates: a bare number is a day.
    pub expected: bool,
    /// The message changes a booking: the last of two stays is the new one.
    pub changing: bool,
    pub lexicon: &'a Lexicon,
    /// Whether "to" marks a move in the message's language.
    pub moves_with_to: bool,
}
