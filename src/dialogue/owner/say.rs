//! What the owner is answered, as data. `replies::owner_says` puts it into words.

use super::{BookingCommand, Change, Days, Missing};
use crate::dialogue::question::Booking;
use crate::domain::attention::AttentionKind;
use crate::domain::money::Money;
use crate::domain::refund::Ground;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use jiff::Timestamp;

/// A reservation with who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestBooking {
    /// The booking.
    pub booking: Booking,
    /// Who; name or number.
    pub guest: String,
}

/// An attention item that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionItem {
    /// What kind of matter.
    pub kind: AttentionKind,
    /// The booking's code, when it is about one.
    pub code: Option<String>,
    /// Who, when it is about somebody.
    pub guest: Option<String>,
    /// Since when.
    pub since: Timestamp,
}

/// An answer to the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerSay {
    /// What can be said.
    Help,
    /// Not understood: what can be said.
    NotUnderstood,
    /// The recording could not be heard.
    Unheard,
    /// There is nothing that a yes or no could answer, or the button is old.
    NothingAsked,
    /// Something is missing.
    Missing(Missing),
    /// Really close these nights?
    AskBlock {
        /// The cabin.
        cabin: String,
        /// The nights.
        stay: Stay,
        /// Why; may be empty.
        reason: String,
        /// What the yes does.
        change: Change,
    },
    /// Really open these nights?
    AskUnblock {
        /// The cabin.
        cabin: String,
        /// What is closed, in order.
        stays: Vec<Stay>,
        /// What the yes does.
        change: Change,
    },
    /// Really answer this guest in person, or leave them to the property again?
    AskConversation {
        /// Who.
        guest: String,
        /// What the yes does.
        change: Change,
    },
    /// Closed.
    Blocked {
        /// The cabin.
        cabin: String,
        /// The nights.
        stay: Stay,
    },
    /// Open again.
    Unblocked {
        /// The cabin.
        cabin: String,
        /// The nights, in order.
        stays: Vec<Stay>,
    },
    /// A person answers now.
    TakenOver {
        /// Who is answered.
        guest: String,
    },
    /// The property answers again.
    HandedBack {
        /// Who is answered.
        guest: String,
    },
    /// Really call this booking off? With what the policy gives back.
    AskCancel {
        /// The booking.
        row: GuestBooking,
        /// What goes back.
        refund: Money,
        /// Why this much.
        ground: Ground,
        /// What the yes does.
        change: Change,
    },
    /// Really move this booking, at this price?
    AskMove {
        /// The booking as it is.
        row: GuestBooking,
        /// The new dates.
        stay: Stay,
        /// The new price.
        total: Money,
        /// What the yes does.
        change: Change,
    },
    /// Called off.
    Cancelled {
        /// The booking.
        row: GuestBooking,
        /// What goes back.
        refund: Money,
    },
    /// Moved.
    Moved {
        /// The booking as it is now.
        row: GuestBooking,
    },
    /// This can't be done with the booking.
    CannotChange {
        /// The booking as it is.
        row: GuestBooking,
        /// The dates that were wanted, when it was to be moved.
        stay: Option<Stay>,
        /// Why not.
        refusal: Refusal,
    },
    /// Several bookings fit: which?
    WhichBooking {
        /// The next ones.
        rows: Vec<GuestBooking>,
        /// What is to be done with the one that is meant.
        wish: BookingCommand,
    },
    /// Left as it was.
    Left,
    /// These nights can't be closed: they are past, or taken by these.
    CannotBlock {
        /// The cabin.
        cabin: String,
        /// The nights.
        stay: Stay,
        /// Reservations in the way.
        by: Vec<GuestBooking>,
    },
    /// It was closed already.
    BlockedAlready {
        /// The cabin.
        cabin: String,
        /// The nights.
        stay: Stay,
    },
    /// Nothing is closed there.
    NothingBlocked {
        /// The cabin.
        cabin: String,
    },
    /// Closed in several places: which?
    WhichBlock {
        /// The cabin.
        cabin: String,
        /// What is closed, in order.
        stays: Vec<Stay>,
    },
    /// Nobody of this name has written.
    NoGuest {
        /// As said.
        said: String,
    },
    /// Several have.
    WhichGuest {
        /// Their names and numbers.
        names: Vec<String>,
    },
    /// Who arrives.
    Arrivals {
        /// When.
        days: Days,
        /// In order of the days.
        rows: Vec<GuestBooking>,
    },
    /// Who leaves.
    Departures {
        /// When.
        days: Days,
        /// In order of the days.
        rows: Vec<GuestBooking>,
    },
    /// How full the property is.
    Occupancy {
        /// The nights.
        nights: Stay,
        /// Nights sold.
        sold: i64,
        /// Nights that can be slept.
        available: i64,
        /// Sold of available, in ten-thousandths.
        basis_points: i64,
        /// What they were sold for.
        revenue: Money,
    },
    /// What is free.
    Availability {
        /// The nights.
        stay: Stay,
        /// Cabins that are free, with the price for their full capacity.
        free: Vec<(String, Money)>,
        /// Cabins that are not.
        taken: Vec<String>,
    },
    /// Reservations that were looked for.
    Bookings {
        /// The first ones.
        rows: Vec<GuestBooking>,
        /// How many there are in all.
        total: u64,
    },
    /// What waits for a decision.
    Pending {
        /// The oldest ones.
        attention_items: Vec<AttentionItem>,
        /// How many there are in all.
        total: usize,
        /// Where to decide; empty when there is no address.
        url: String,
    },
}
