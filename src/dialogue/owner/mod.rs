//! The owner's commands by WhatsApp, written or spoken. Pure: words in, a [`Command`] out, or its missing part.
//! Nothing is done here: a change is said back with its dates and asked for a yes first.

mod booking;
mod booking_command;
mod parse;
mod reading;
mod say;
mod words;

pub use booking_command::{BookingCommand, NewDates};
pub use parse::{Parsed, understand};
pub use reading::{Missing, Setting};
pub use say::{AttentionItem, GuestBooking, OwnerSay};

use crate::domain::ids::{BlockId, CabinId, ConversationId, ReservationCode, ReservationId};
use crate::domain::money::Money;
use crate::domain::stay::Stay;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a "yes", or the rest of a sentence, belongs to what was said before.
pub const ASKED_KEPT: SignedDuration = SignedDuration::from_hours(1);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Block {
        cabin: CabinId,
        stay: Stay,
        /// The reason; may be empty.
        reason: String,
    },
    Unblock {
        cabin: CabinId,
        /// The blocks there; all future ones when no dates were said.
        stay: Option<Stay>,
    },
    WhoArrives(Days),
    WhoLeaves(Days),
    /// The occupancy of the property in these nights.
    Occupancy(Stay),
    Availability {
        stay: Stay,
    },
    Bookings(Search),
    /// Cancel or move a guest's booking.
    Booking {
        which: Search,
        wish: BookingCommand,
    },
    Pending,
    TakeOver {
        /// A name or a number, as said.
        guest: String,
    },
    /// Casero answers this guest again.
    HandBack {
        /// A name or a number, as said.
        guest: String,
    },
    Help,
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    Code(ReservationCode),
    /// Bookings of a guest whose name or number contains this.
    Name(String),
    Next,
}

/// A change that waits for the owner's yes; also the meaning of its button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    Block {
        cabin: CabinId,
        stay: Stay,
        /// The reason; may be empty.
        reason: String,
    },
    Unblock {
        cabin: CabinId,
        blocks: Vec<BlockId>,
    },
    TakeOver {
        conversation: ConversationId,
    },
    HandBack {
        conversation: ConversationId,
    },
    Cancel {
        reservation_id: ReservationId,
        /// The refund as it was said.
        refund: Money,
    },
    Move {
        reservation_id: ReservationId,
        stay: Stay,
        total: Money,
    },
}

/// The meaning of a button below a question to the owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "owner_tap", rename_all = "snake_case")]
pub enum OwnerTap {
    Do {
        change: Change,
    },
    /// This booking of several; its change is said before it is done.
    Pick {
        reservation_id: ReservationId,
        what: BookingCommand,
    },
    Leave,
}

/// The state of the conversation with the owner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// An incomplete sentence, to be read together with the next one.
    pub unfinished: Option<String>,
    pub asked: Option<Change>,
    pub since: Option<Timestamp>,
}

impl Memory {
    /// Forgets expired entries.
    pub fn age(&mut self, now: Timestamp) {
        if self.since.is_none_or(|since| now.duration_since(since) > ASKED_KEPT) {
            *self = Memory::default();
        }
    }
}
