//! A booking and what becomes of it, as data.

use super::pay::PayWays;
use crate::dialogue::question::Booking;
use crate::dialogue::tap::Purpose;
use crate::domain::guest::first_name;
use crate::domain::money::Money;
use crate::domain::own_words::OwnText;
use crate::domain::pricing::Quote;
use crate::domain::refund::Ground;
use crate::domain::refusal::Refusal;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use jiff::civil::Time;

/// A booking and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingSay {
    /// Held, waiting for its deposit.
    Held {
        /// The holds; two for a split party.
        bookings: Vec<Booking>,
        /// How to pay.
        ways: PayWays,
    },
    /// The hold runs out soon.
    HoldEnding {
        /// The hold.
        booking: Booking,
    },
    /// The hold ran out.
    Expired {
        /// The hold.
        booking: Booking,
    },
    /// The cabin is the guest's.
    Confirmed {
        /// The booking.
        booking: Booking,
        /// Where it is and from when.
        arrival: Arrival,
    },
    /// Called off.
    Cancelled {
        /// The booking.
        booking: Booking,
        /// What goes back; zero when nothing does.
        refund: Money,
    },
    /// New dates, cabin or people.
    Moved {
        /// As it is now.
        booking: Booking,
    },
    /// How things stand.
    Cards {
        /// One or more.
        bookings: Vec<Booking>,
    },
    /// No booking under this number.
    NoBooking,
    /// What calling it off would mean: really?
    AskCancel {
        /// The booking.
        booking: Booking,
        /// What would go back.
        refund: Money,
        /// Why so much.
        ground: Ground,
    },
    /// It stays as it is.
    Kept,
    /// Which booking?
    Which {
        /// At least two.
        bookings: Vec<Booking>,
        /// What for.
        purpose: Purpose,
    },
    /// Which new dates?
    AskNewDates {
        /// The booking.
        booking: Booking,
    },
    /// What the change would mean: really?
    AskMove {
        /// As it is.
        booking: Booking,
        /// New dates.
        stay: Stay,
        /// New number of people.
        guests: u16,
        /// New price.
        quote: Quote,
    },
    /// The change is not possible.
    CannotMove {
        /// The booking.
        booking: Booking,
        /// Why.
        refusal: Refusal,
    },
    /// What was asked can't be done with a booking in its state.
    CannotNow {
        /// Why.
        refusal: Refusal,
    },
    /// The request to withdraw was noted.
    Withdrawing {
        /// The booking's code, when it is clear which.
        code: Option<String>,
    },
    /// Tomorrow, or in a few days.
    ArrivalReminder {
        /// The booking.
        booking: Booking,
        /// Where it is and from when.
        arrival: Arrival,
    },
    /// How to get in, on the day.
    CheckIn {
        /// The booking.
        booking: Booking,
        /// Where it is and from when.
        arrival: Arrival,
        /// The owner's instructions; may be empty.
        instructions: String,
    },
    /// After the stay.
    ThankYou {
        /// The stay that is over.
        booking: Booking,
        /// With the owner's own words; empty ones use the product's.
        arrival: Arrival,
        /// What the place is called.
        property: String,
    },
}

/// Where to go and when, for a guest who has booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The address; may be empty.
    pub address: String,
    /// From when.
    pub check_in: Time,
    /// Until when on the last day.
    pub check_out: Time,
    /// What the guest is called in the owner's words, when it is known.
    pub guest: Option<String>,
    /// The owner's own words; may be empty.
    pub words: String,
}

impl Arrival {
    /// From the settings and the guest's name, with the owner's words for this message.
    pub fn of(settings: &Settings, text: OwnText, guest: &str) -> Arrival {
        Arrival {
            address: settings.property_address.clone(),
            check_in: settings.check_in_time,
            check_out: settings.check_out_time,
            guest: first_name(guest),
            words: settings.own(text),
        }
    }
}
