//! Answers to the owner, as data. `replies::owner_says` puts it into words.

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

/// An open attention item.
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
    /// Not understood: lists the commands.
    NotUnderstood,
    /// The recording has no transcript.
    Unheard,
    /// No open question for a yes or no, or an expired button.
    NothingAsked,
    Missing(Missing),
    AskBlock {
        cabin: String,
        stay: Stay,
        /// The reason; may be empty.
        reason: String,
        change: Change,
    },
    AskUnblock {
        cabin: String,
        /// The blocks, in order.
        stays: Vec<Stay>,
        change: Change,
    },
    /// Asks: answer this guest in person, or give them back to casero?
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
    /// Asks: cancel this booking? With the refund of the policy.
    AskCancel {
        row: GuestBooking,
        refund: Money,
        ground: Ground,
        change: Change,
    },
    /// Asks: move this booking, at this price?
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
    /// The booking can't be changed so.
    CannotChange {
        row: GuestBooking,
        /// The wanted dates of a move.
        stay: Option<Stay>,
        refusal: Refusal,
    },
    /// Several bookings fit: which?
    WhichBooking {
        rows: Vec<GuestBooking>,
        /// The command for the chosen one.
        wish: BookingCommand,
    },
    Left,
    /// These nights can't be blocked: they are past, or taken by these.
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
    /// Blocked in several places: which?
    WhichBlock {
        cabin: String,
        /// The blocks, in order.
        stays: Vec<Stay>,
    },
    /// No guest of this name.
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
        /// Sellable nights.
        available: i64,
        /// Sold of available, in ten-thousandths.
        basis_points: i64,
        revenue: Money,
    },
    Availability {
        stay: Stay,
        /// Cabins that are free, with the price for their full capacity.
        free: Vec<(String, Money)>,
        /// Taken cabins.
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
