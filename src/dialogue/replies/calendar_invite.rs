//! The words of the calendar file that a guest gets with the confirmation.

use super::format::Format;
use crate::dialogue::question::Booking;
use crate::domain::language::Language;
use crate::domain::policy::Moment;

/// What the file is called, what stands below it in the chat, and what the calendar will show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarInvite {
    pub filename: String,
    pub caption: String,
    pub summary: String,
    pub description: String,
}

/// The words for a booking, in the guest's language. An unnamed property goes by its cabin's name.
pub fn calendar_invite(
    booking: &Booking,
    property: &str,
    language: Language,
    moment: &Moment,
) -> CalendarInvite {
    let f = &Format { language, moment };
    let place =
        if property.is_empty() { booking.cabin.clone() } else { format!("{property}, {}", booking.cabin) };
    let (code, people) = (&booking.code, f.people(booking.guests));
    let (file, caption, summary, description) = match language {
        Language::Es => (
            "estadia",
            "📅 Para tu calendario: tocá el archivo y se agenda.",
            format!("Estadía en {place}"),
            format!("Reserva {code}, {people}. Si cambia algo, escribinos por WhatsApp."),
        ),
        Language::Pt => (
            "estadia",
            "📅 Para a sua agenda: toque no arquivo e pronto.",
            format!("Estadia em {place}"),
            format!("Reserva {code}, {people}. Se algo mudar, escreva para a gente no WhatsApp."),
        ),
        Language::En => (
            "stay",
            "📅 For your calendar: tap the file to add it.",
            format!("Stay at {place}"),
            format!("Booking {code}, {people}. If anything changes, write to us on WhatsApp."),
        ),
    };
    CalendarInvite {
        filename: format!("{file}-{code}.ics"),
        caption: caption.to_owned(),
        summary,
        description,
    }
}
