//! Fills the placeholders of the owner's words, in the guest's language, before the sentences are made, once for
//! all languages.

use crate::dialogue::i18n::Format;
use crate::dialogue::question::Booking;
use crate::dialogue::say::{Arrival, BookingSay, Say, Talk};
use crate::domain::own_words::{self, Placeholder};

/// The same, with the owner's words filled in.
pub(super) fn filled(say: &Say, f: &Format<'_>) -> Say {
    let mut say = say.clone();
    match &mut say {
        Say::Talk(Talk::Hello { name, welcome, .. }) => {
            let guest = name.clone().unwrap_or_default();
            *welcome = own_words::fill(welcome, |placeholder| match placeholder {
                Placeholder::Guest => guest.clone(),
                Placeholder::Cabin
                | Placeholder::CheckIn
                | Placeholder::CheckOut
                | Placeholder::Address
                | Placeholder::Code
                | Placeholder::Balance => String::new(),
            });
        }
        Say::Booking(
            BookingSay::Confirmed { booking, arrival }
            | BookingSay::ArrivalReminder { booking, arrival }
            | BookingSay::ThankYou { booking, arrival, .. },
        ) => arrival.words = about(&arrival.words, booking, arrival, f),
        Say::Booking(BookingSay::CheckIn { booking, arrival, instructions }) => {
            *instructions = about(instructions, booking, arrival, f);
            arrival.words = about(&arrival.words, booking, arrival, f);
        }
        Say::Talk(_) | Say::Booking(_) | Say::Stay(_) | Say::Pay(_) | Say::Faq(_) | Say::Request(_) => {}
    }
    say
}

fn about(words: &str, booking: &Booking, arrival: &Arrival, f: &Format<'_>) -> String {
    own_words::fill(words, |placeholder| match placeholder {
        Placeholder::Guest => arrival.guest.clone().unwrap_or_default(),
        Placeholder::Cabin => booking.cabin.clone(),
        Placeholder::CheckIn => f.day(booking.stay.check_in()),
        Placeholder::CheckOut => f.day(booking.stay.check_out()),
        Placeholder::Address => arrival.address.clone(),
        Placeholder::Code => booking.code.to_string(),
        Placeholder::Balance => f.money(booking.balance_due()),
    })
}
