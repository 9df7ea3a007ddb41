//! Reads a message in the light of the conversation.

use super::super::state::Asked;
use super::super::work::Work;
use crate::understanding::{self, Dates, Expecting, Intent, Reading};
use jiff::Timestamp;
use jiff::civil::Date;

/// Reads the words. Days without a month, said about the stay in discussion, are days of its month: "no, mejor del
/// 14" after the 12th of January.
pub(super) fn read(work: &Work, text: &str, spoken: bool, sent_at: Timestamp) -> Reading {
    let today = work.context.moment.zone.to_datetime(sent_at).date();
    let reading = read_on(work, text, spoken, today);
    let begun = talked_of(work, &reading).map(|day| day.first_of_month()).filter(|first| *first > today);
    match begun {
        Some(first) if reading.dates != Dates::None && understanding::names_bare_days(text) => {
            read_on(work, text, spoken, first)
        }
        _ => reading,
    }
}

fn read_on(work: &Work, text: &str, spoken: bool, today: Date) -> Reading {
    let reading_of = understanding::Context {
        today,
        // A new guest's language is unknown.
        language_hint: work.state.language.or_else(|| (!work.is_new()).then(|| work.language())),
        source: if spoken { understanding::Source::Voice } else { understanding::Source::Text },
        calendar: work.context.calendar,
        expecting: expecting(&work.state.asked),
    };
    understanding::read(text, &reading_of)
}

/// The first day of the stay in discussion.
fn talked_of(work: &Work, reading: &Reading) -> Option<Date> {
    let changing = reading.intent == Intent::Change || matches!(work.state.asked, Asked::NewDates { .. });
    match work.live_bookings().as_slice() {
        [only] if changing => Some(only.stay.check_in()),
        _ => work.state.wish.arrival.or(work.state.wish.month),
    }
}

/// The question that a bare "4" or "yes" would answer.
fn expecting(asked: &Asked) -> Option<Expecting> {
    match asked {
        Asked::Nothing | Asked::Ages => None,
        Asked::Dates | Asked::NewDates { .. } => Some(Expecting::Dates),
        Asked::Departure => Some(Expecting::Nights),
        Asked::Guests | Asked::WhichGuests { .. } => Some(Expecting::Guests),
        Asked::WhichStay { stays } if stays.len() > 1 => Some(Expecting::CabinChoice),
        Asked::WhichCabin => Some(Expecting::CabinChoice),
        Asked::WhichStay { .. }
        | Asked::BookIt { .. }
        | Asked::BookItAloud { .. }
        | Asked::Heard { .. }
        | Asked::CancelIt { .. }
        | Asked::MoveIt { .. }
        | Asked::StopMessages => Some(Expecting::Confirmation),
        Asked::WhichBooking { .. } => None,
    }
}

/// Saves a language that the words settle; for a new guest, the likeliest one too.
pub(super) fn note_language(work: &mut Work, reading: &Reading, text: &str) {
    if reading.language_sure || work.state.language.is_none() && understanding::folded(text).len() > 3 {
        work.state.language = Some(reading.language);
    }
}
