//! What the owner asks for by WhatsApp, written or spoken. Pure: words in, a [`Command`] out, or what is missing
//! in them. Nothing is done here: what changes something is said back with its dates and asked for a yes first.

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

/// After this long a "yes", or the rest of a sentence, no longer belongs to what was said before.
pub const ASKED_KEPT: SignedDuration = SignedDuration::from_hours(1);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Block {
        cabin: CabinId,
        stay: Stay,
        /// Why; may be empty.
        reason: String,
    },
    Unblock {
        cabin: CabinId,
        /// What is closed there; all that is to come when no dates were said.
        stay: Option<Stay>,
    },
    WhoArrives(Days),
    WhoLeaves(Days),
    /// How full the property is in these nights.
    Occupancy(Stay),
    Availability {
        stay: Stay,
    },
    Bookings(Search),
    /// Call a guest's booking off, or move it.
    Booking {
        which: Search,
        wish: BookingCommand,
    },
    Pending,
    TakeOver {
        /// A name or a number, as said.
        guest: String,
    },
    /// The property answers this guest again.
    HandBack {
        /// A name or a number, as said.
        guest: String,
    },
    Help,
}

/// Days from the first to the last, both meant.
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
    /// Those of a guest whose name or number holds this.
    Name(String),
    Next,
}

/// A change that waits for the owner's yes; also what the button says when it is tapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    Block {
        cabin: CabinId,
        stay: Stay,
        /// Why; may be empty.
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
        /// What was said to be given back.
        refund: Money,
    },
    Move {
        reservation_id: ReservationId,
        stay: Stay,
        total: Money,
    },
}

/// What a button below a question to the owner means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "owner_tap", rename_all = "snake_case")]
pub enum OwnerTap {
    Do {
        change: Change,
    },
    /// This booking of several; what it means is said before it is done.
    Pick {
        reservation_id: ReservationId,
        what: BookingCommand,
    },
    Leave,
}

/// What a conversation with the owner remembers between two messages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// A sentence that lacked something, to be read together with the next one.
    pub unfinished: Option<String>,
    pub asked: Option<Change>,
    pub since: Option<Timestamp>,
}

impl Memory {
    /// Forgets what has grown old.
    pub fn age(&mut self, now: Timestamp) {
        if self.since.is_none_or(|since| now.duration_since(since) > ASKED_KEPT) {
            *self = Memory::default();
        }
    }
}
