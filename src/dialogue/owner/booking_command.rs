//! The owner's commands about a guest's booking.

use crate::domain::ids::CabinId;
use crate::domain::money::Money;
use crate::domain::payment::PaymentMethod;
use crate::domain::request::Off;
use crate::domain::stay::Stay;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum BookingCommand {
    Cancel {
        /// The day of arrival named with it.
        arriving: Option<Date>,
    },
    Move {
        to: NewDates,
        /// The other cabin, when one was said.
        cabin: Option<CabinId>,
    },
    /// Confirm without waiting for the deposit.
    Confirm,
    /// A payment that the owner received.
    Receive {
        /// What is due next, when not said.
        amount: Option<Money>,
        method: PaymentMethod,
    },
    Discount {
        off: Off,
    },
}

/// A booking that the owner took by phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewBooking {
    pub cabin: CabinId,
    pub stay: Stay,
    /// May be empty.
    pub guest: String,
    /// As many as the cabin sleeps, when not said.
    pub people: Option<u16>,
    /// As it was said.
    pub phone: Option<String>,
}

/// New dates as the owner says them; the result depends on the booking's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "new", rename_all = "snake_case")]
pub enum NewDates {
    /// The booking's own: only its cabin changes.
    Same,
    /// The same number of nights, or the given one, from this day on.
    From { arrival: Date, nights: Option<u16> },
    /// The same arrival, until this day.
    Until { departure: Date },
    /// "Del 10 al 12": a whole stay, or the old day and the new one.
    Span { stay: Stay },
    /// The same arrival for so many nights.
    Nights { nights: u16 },
    /// So many days later, or earlier when negative: arrival and departure, or one of them.
    Later { arrival: i16, departure: i16 },
}

impl NewDates {
    /// The new stay of a booking with these dates; `None` when it would end before it begins. A booking that
    /// arrives on the first day of a span is moved from it to the second.
    pub fn for_booking(self, booked: Stay) -> Option<Stay> {
        let lasting = |arrival: Date, nights: u16| {
            Stay::new(arrival, arrival.checked_add(i64::from(nights).days()).ok()?).ok()
        };
        match self {
            NewDates::Same => Some(booked),
            NewDates::From { arrival, nights } => lasting(arrival, nights.unwrap_or(booked.nights())),
            NewDates::Until { departure } => Stay::new(booked.check_in(), departure).ok(),
            NewDates::Span { stay } if stay.check_in() == booked.check_in() => {
                lasting(stay.check_out(), booked.nights())
            }
            NewDates::Span { stay } => Some(stay),
            NewDates::Nights { nights } => lasting(booked.check_in(), nights),
            NewDates::Later { arrival, departure } => {
                let later = |day: Date, days: i16| day.checked_add(i64::from(days).days()).ok();
                Stay::new(later(booked.check_in(), arrival)?, later(booked.check_out(), departure)?).ok()
            }
        }
    }
}
