//! The meaning of a button or a row. The app keeps it behind an opaque token with the conversation and an expiry;
//! none of it is sent to the guest's phone.

use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::pricing::Terms;
use crate::domain::stay::Stay;
use serde::{Deserialize, Serialize};

/// The meaning of a button or a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tap", rename_all = "snake_case")]
pub enum Tap {
    Dates {
        stay: Stay,
    },
    Guests {
        guests: u16,
    },
    /// Quote this cabin and let me book it.
    Choose {
        cabin_id: CabinId,
        stay: Stay,
        #[serde(alias = "guests")]
        party: Party,
    },
    /// Book at the quoted price.
    Book {
        stay: Stay,
        /// One cabin, or two for a party that no cabin holds.
        rooms: Vec<Room>,
    },
    OtherDates,
    /// Notify me if something becomes free.
    Waitlist {
        stay: Stay,
        #[serde(alias = "guests")]
        party: Party,
    },
    HeardRight,
    HeardWrong,
    CancelIt {
        reservation_id: ReservationId,
    },
    KeepIt,
    /// Yes, move this booking at the quoted price.
    MoveIt {
        reservation_id: ReservationId,
        stay: Stay,
        #[serde(alias = "guests")]
        party: Party,
        total: Money,
    },
    Pick {
        reservation_id: ReservationId,
        purpose: Purpose,
    },
    Pay {
        reservation_id: ReservationId,
    },
    /// Ask the owner to keep this hold for longer.
    MoreTime {
        reservation_id: ReservationId,
    },
    MyBookings,
    /// Talk to a person.
    Person,
    /// Show dates and prices.
    SeeDates,
}

/// One cabin of a booking, with the quoted price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    pub cabin_id: CabinId,
    #[serde(alias = "guests")]
    pub party: Party,
    pub total: Money,
    /// The terms that the price was made with.
    #[serde(default)]
    pub terms: Terms,
}

/// The purpose of choosing a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Cancel,
    Change,
    Pay,
}
