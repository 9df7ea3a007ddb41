//! Fragments: "hola", "precio para 4", "del 10 al 12" are parts of one request. A message that would get a
//! question of ours waits a moment for its other half; a complete one never waits.

use super::state::{Asked, State};
use crate::understanding::{Dates, Intent, Reading};

/// Whether more is likely to come at once: a greeting alone, or a stay request that lacks its dates or its people,
/// counting the known ones.
pub fn is_fragment(reading: &Reading, state: &State) -> bool {
    match reading.intent {
        Intent::Greeting => state.asked == Asked::Nothing && reading.topic.is_none(),
        Intent::Quote => reading.topic.is_none() && lacks_something(reading, state),
        Intent::Accept
        | Intent::Reject
        | Intent::Cancel
        | Intent::Change
        | Intent::Status
        | Intent::Payment
        | Intent::Question
        | Intent::Human
        | Intent::Thanks
        | Intent::OptOut
        | Intent::Other => false,
    }
}

fn lacks_something(reading: &Reading, state: &State) -> bool {
    let wish = &state.wish;
    let arrival = matches!(reading.dates, Dates::Stay(_) | Dates::Arrival(_)) || wish.arrival.is_some();
    let end = matches!(reading.dates, Dates::Stay(_) | Dates::Departure(_))
        || reading.nights.is_some()
        || wish.departure.is_some()
        || wish.nights.is_some();
    let unclear = matches!(reading.dates, Dates::Ambiguous(_) | Dates::Invalid);
    // Ambiguous dates are asked about at once.
    !unclear && !(arrival && end && (reading.guests.is_some() || wish.party().is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::StayRequest;
    use crate::understanding::{Context, HolidayCalendar, read};
    use jiff::civil::date;

    fn waits(text: &str, state: &State) -> bool {
        let calendar = HolidayCalendar::argentina();
        let context = Context::of_text(date(2026, 11, 24), &calendar);
        is_fragment(&read(text, &context), state)
    }

    #[test]
    fn a_greeting_or_half_a_wish_waits_for_the_rest() {
        let new = State::default();
        for text in ["hola", "buenas tardes!", "precio para 4", "del 10 al 12", "oi", "desde el 5 de enero"] {
            assert!(waits(text, &new), "{text}");
        }
    }

    #[test]
    fn what_is_complete_never_waits() {
        let new = State::default();
        for text in [
            "hola q precio sale xa 6 este finde",
            "del 12 al 15 de enero somos 4",
            "tienen wifi?",
            "quiero cancelar",
            "sí, dale",
            "gracias!",
            "quiero hablar con una persona",
            "precio para 4? aceptan perros?",
            "el finde que viene para 2",
        ] {
            assert!(!waits(text, &new), "{text}");
        }
    }

    #[test]
    fn the_missing_half_completes_what_is_known() {
        let mut state = State { asked: Asked::Guests, ..State::default() };
        state.wish = StayRequest {
            arrival: Some(date(2027, 1, 10)),
            departure: Some(date(2027, 1, 12)),
            ..StayRequest::default()
        };
        assert!(!waits("somos 4", &state));
        assert!(!waits("hola?", &state), "whoever was asked something is not made to wait for a greeting");
    }
}
