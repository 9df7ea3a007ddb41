//! What tapping a button or a row means. The app keeps it behind an opaque token with the conversation and
//! an expiry; nothing of it travels to the guest's phone.

use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::money::Money;
use crate::domain::stay::Stay;
use serde::{Deserialize, Serialize};

/// The meaning of a button or a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tap", rename_all = "snake_case")]
pub enum Tap {
    /// These dates.
    Dates {
        /// The stay.
        stay: Stay,
    },
    /// This many people.
    Guests {
        /// How many.
        guests: u16,
    },
    /// Tell me the price of this cabin and let me book it.
    Choose {
        /// The cabin.
        cabin_id: CabinId,
        /// When.
        stay: Stay,
        /// How many people.
        guests: u16,
    },
    /// Book at the price that was said.
    Book {
        /// When.
        stay: Stay,
        /// One cabin, or two for a party that no cabin holds.
        rooms: Vec<Room>,
    },
    /// Other dates, please.
    OtherDates,
    /// Write to me if something becomes free.
    Waitlist {
        /// When.
        stay: Stay,
        /// How many people.
        guests: u16,
    },
    /// You heard right.
    HeardRight,
    /// You heard wrong.
    HeardWrong,
    /// Yes, call this booking off.
    CancelIt {
        /// Which.
        reservation_id: ReservationId,
    },
    /// Leave my booking as it is.
    KeepIt,
    /// Yes, move this booking at the price that was said.
    MoveIt {
        /// Which.
        reservation_id: ReservationId,
        /// New dates.
        stay: Stay,
        /// New number of people.
        guests: u16,
        /// The new total that was said.
        total: Money,
    },
    /// This booking, of several.
    Pick {
        /// Which.
        reservation_id: ReservationId,
        /// What for.
        purpose: Purpose,
    },
    /// Send me the link.
    Pay {
        /// For which booking.
        reservation_id: ReservationId,
    },
    /// Show me my bookings.
    MyBookings,
    /// I want to talk to a person.
    Person,
    /// I want to see dates and prices.
    SeeDates,
}

/// One cabin of a booking, with the price that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The cabin.
    pub cabin_id: CabinId,
    /// How many of the party sleep in it.
    pub guests: u16,
    /// What was said it costs.
    pub total: Money,
}

/// What a guest wants with a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Call it off.
    Cancel,
    /// Alter it.
    Change,
    /// Pay for it.
    Pay,
}
