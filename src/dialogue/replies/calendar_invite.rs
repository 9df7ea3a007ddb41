//! The texts of the calendar file that a guest gets with the confirmation.

use crate::dialogue::i18n::Locale;
use crate::dialogue::question::Booking;
use crate::domain::language::Language;

/// The file's name, its caption in the chat, and the calendar entry's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarInvite {
    pub filename: String,
    pub caption: String,
    pub summary: String,
    pub description: String,
}

/// The texts for a booking, in the guest's language. An unnamed property goes by its cabin's name.
pub fn calendar_invite(booking: &Booking, property: &str, language: Language) -> CalendarInvite {
    let l = Locale::of(language);
    let cabin = &booking.cabin;
    let place = if property.is_empty() { cabin.clone() } else { format!("{property}, {cabin}") };
    CalendarInvite {
        filename: format!("{}-{}.ics", l.calendar_file(), booking.code),
        caption: l.calendar_caption(),
        summary: l.calendar_title(&place),
        description: l.calendar_text(&booking.code, booking.party),
    }
}
