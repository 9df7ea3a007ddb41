//! Sayings about a booking, as data.

use super::pay::PayWays;
use crate::dialogue::question::Booking;
use crate::dialogue::tap::Purpose;
use crate::domain::guest::first_name;
use crate::domain::money::Money;
use crate::domain::own_words::OwnText;
use crate::domain::party::Party;
use crate::domain::pricing::Quote;
use crate::domain::refund::Ground;
use crate::domain::refusal::Refusal;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use jiff::civil::Time;

/// A saying about a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingSay {
    /// Held, waiting for its deposit.
    Held {
        /// The holds; two for a split party.
        bookings: Vec<Booking>,
        ways: PayWays,
    },
    HoldEnding {
        booking: Booking,
    },
    Expired {
        booking: Booking,
    },
    Confirmed {
        booking: Booking,
        arrival: Arrival,
    },
    Cancelled {
        booking: Booking,
        /// The refund; zero when there is none.
        refund: Money,
    },
    /// Money was taken off the price.
    Discounted {
        booking: Booking,
        off: Money,
    },
    /// New dates, cabin or people.
    Moved {
        booking: Booking,
    },
    Cards {
        /// One or more.
        bookings: Vec<Booking>,
    },
    NoBooking,
    /// Asks: cancel, with this consequence?
    AskCancel {
        booking: Booking,
        refund: Money,
        ground: Ground,
    },
    Kept,
    Which {
        /// At least two.
        bookings: Vec<Booking>,
        purpose: Purpose,
    },
    AskNewDates {
        booking: Booking,
    },
    /// Asks: change, at this price?
    AskMove {
        booking: Booking,
        stay: Stay,
        party: Party,
        quote: Quote,
    },
    CannotMove {
        booking: Booking,
        refusal: Refusal,
    },
    /// The booking's state does not allow it.
    CannotNow {
        refusal: Refusal,
    },
    /// The withdrawal was recorded.
    Withdrawing {
        /// The booking's code, when it is known.
        code: Option<String>,
    },
    /// Tomorrow, or in a few days.
    ArrivalReminder {
        booking: Booking,
        arrival: Arrival,
    },
    /// How to get in, on the day.
    CheckIn {
        booking: Booking,
        arrival: Arrival,
        /// The owner's instructions; may be empty.
        instructions: String,
    },
    ThankYou {
        booking: Booking,
        /// With the owner's own words; empty ones use the product's.
        arrival: Arrival,
        property: String,
    },
}

/// Place and times, for a guest with a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The address; may be empty.
    pub address: String,
    pub check_in: Time,
    /// Check-out time of the last day.
    pub check_out: Time,
    /// The guest's name for the owner's words, when it is known.
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
