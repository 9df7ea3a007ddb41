//! What reading dates depends on besides the words.

use jiff::civil::Date;

use crate::understanding::holidays::HolidayCalendar;
use crate::understanding::lexicon::Lexicon;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub today: Date,
    pub calendar: &'a HolidayCalendar,
    /// The bot has just asked for dates: a bare number is a day.
    pub expected: bool,
    /// The message changes a booking: of two stays the last is the new one.
    pub changing: bool,
    pub lexicon: &'a Lexicon,
    /// In the language of the message.
    pub moves_with_to: bool,
}
