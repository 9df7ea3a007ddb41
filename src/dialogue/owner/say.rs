//! What the owner is answered, as data. `replies::owner_says` puts it into words.

use super::{BookingCommand, Change, Days, Missing};
use crate::dialogue::question::Booking;
use crate::domain::attention::AttentionKind;
use crate::domain::code::Coded;
use crate::domain::money::Money;
use crate::domain::refund::Ground;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use jiff::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestBooking {
    pub booking: Booking,
    pub guest: String,
}

/// An attention item that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionItem {
    pub kind: Coded<AttentionKind>,
    /// The booking's code, when it is about one.
    pub code: Option<String>,
    pub guest: Option<String>,
    pub since: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerSay {
    Help,
    /// Not understood: what can be said.
    NotUnderstood,
    /// The recording could not be heard.
    Unheard,
    /// There is nothing that a yes or no could answer, or the button is old.
    NothingAsked,
    Missing(Missing),
    AskBlock {
        cabin: String,
        stay: Stay,
        /// Why; may be empty.
        reason: String,
        change: Change,
    },
    AskUnblock {
        cabin: String,
        /// What is closed, in order.
        stays: Vec<Stay>,
        change: Change,
    },
    /// Really answer this guest in person, or leave them to the property again?
    AskConversation {
        guest: String,
        change: Change,
    },
    Blocked {
        cabin: String,
        stay: Stay,
    },
    Unblocked {
        cabin: String,
        /// The nights, in order.
        stays: Vec<Stay>,
    },
    TakenOver {
        guest: String,
    },
    HandedBack {
        guest: String,
    },
    /// Really call this booking off? With what the policy gives back.
    AskCancel {
        row: GuestBooking,
        refund: Money,
        ground: Ground,
        change: Change,
    },
    /// Really move this booking, at this price?
    AskMove {
        row: GuestBooking,
        stay: Stay,
        total: Money,
        change: Change,
    },
    Cancelled {
        row: GuestBooking,
        refund: Money,
    },
    Moved {
        row: GuestBooking,
    },
    /// This can't be done with the booking.
    CannotChange {
        row: GuestBooking,
        /// The dates that were wanted, when it was to be moved.
        stay: Option<Stay>,
        refusal: Refusal,
    },
    /// Several bookings fit: which?
    WhichBooking {
        rows: Vec<GuestBooking>,
        /// What is to be done with the one that is meant.
        wish: BookingCommand,
    },
    Left,
    /// These nights can't be closed: they are past, or taken by these.
    CannotBlock {
        cabin: String,
        stay: Stay,
        by: Vec<GuestBooking>,
    },
    BlockedAlready {
        cabin: String,
        stay: Stay,
    },
    NothingBlocked {
        cabin: String,
    },
    /// Closed in several places: which?
    WhichBlock {
        cabin: String,
        /// What is closed, in order.
        stays: Vec<Stay>,
    },
    /// Nobody of this name has written.
    NoGuest {
        said: String,
    },
    WhichGuest {
        names: Vec<String>,
    },
    Arrivals {
        days: Days,
        /// In order of the days.
        rows: Vec<GuestBooking>,
    },
    Departures {
        days: Days,
        /// In order of the days.
        rows: Vec<GuestBooking>,
    },
    Occupancy {
        nights: Stay,
        sold: i64,
        /// Nights that can be slept.
        available: i64,
        /// Sold of available, in ten-thousandths.
        basis_points: i64,
        revenue: Money,
    },
    Availability {
        stay: Stay,
        /// Cabins that are free, with the price for their full capacity.
        free: Vec<(String, Money)>,
        /// Cabins that are not.
        taken: Vec<String>,
    },
    Bookings {
        /// The first ones.
        rows: Vec<GuestBooking>,
        total: u64,
    },
    Pending {
        /// The oldest ones.
        attention_items: Vec<AttentionItem>,
        total: usize,
        /// Where to decide; empty when there is no address.
        url: String,
    },
}
