//! What the owner asks for by WhatsApp, written or spoken. Pure: words in, a [`Command`] out, or what is missing
//! in them. Nothing is done here: what changes something is said back with its dates and asked for a yes first.

mod booking;
mod parse;
mod say;
mod words;

pub use booking::{BookingCommand, NewDates};
pub use parse::{Missing, Parsed, Setting, understand};
pub use say::{AttentionItem, GuestBooking, OwnerSay};

use crate::domain::ids::{BlockId, CabinId, ConversationId, ReservationCode, ReservationId};
use crate::domain::money::Money;
use crate::domain::stay::Stay;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// After this long a "yes", or the rest of a sentence, no longer belongs to what was said before.
pub const ASKED_KEPT: SignedDuration = SignedDuration::from_hours(1);

/// What the owner wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Close nights.
    Block {
        /// Of this cabin.
        cabin: CabinId,
        /// These.
        stay: Stay,
        /// Why; may be empty.
        reason: String,
    },
    /// Open closed nights again.
    Unblock {
        /// Of this cabin.
        cabin: CabinId,
        /// What is closed there; all that is to come when no dates were said.
        stay: Option<Stay>,
    },
    /// Who arrives on these days.
    WhoArrives(Days),
    /// Who leaves on these days.
    WhoLeaves(Days),
    /// How full the property is in these nights.
    Occupancy(Stay),
    /// What is free.
    Availability {
        /// In these nights.
        stay: Stay,
    },
    /// Reservations.
    Bookings(Search),
    /// Call a guest's booking off, or move it.
    Booking {
        /// Which.
        which: Search,
        /// What to do with it.
        wish: BookingCommand,
    },
    /// What waits for a decision.
    Pending,
    /// I answer this guest myself.
    TakeOver {
        /// A name or a number, as said.
        guest: String,
    },
    /// The property answers this guest again.
    HandBack {
        /// A name or a number, as said.
        guest: String,
    },
    /// What can be said.
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

/// Which reservations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// The one with this code.
    Code(ReservationCode),
    /// Those of a guest whose name or number holds this.
    Name(String),
    /// The next ones.
    Next,
}

/// A change that waits for the owner's yes; also what the button says when it is tapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Close nights.
    Block {
        /// Of this cabin.
        cabin: CabinId,
        /// These.
        stay: Stay,
        /// Why; may be empty.
        reason: String,
    },
    /// Open closed nights.
    Unblock {
        /// Of this cabin.
        cabin: CabinId,
        /// All of these.
        blocks: Vec<BlockId>,
    },
    /// A person answers this guest.
    TakeOver {
        /// Their conversation.
        conversation: ConversationId,
    },
    /// The property answers this guest.
    HandBack {
        /// Their conversation.
        conversation: ConversationId,
    },
    /// Call this booking off.
    Cancel {
        /// Which.
        reservation_id: ReservationId,
        /// What was said to be given back.
        refund: Money,
    },
    /// Move this booking.
    Move {
        /// Which.
        reservation_id: ReservationId,
        /// Where to.
        stay: Stay,
        /// The new total that was said.
        total: Money,
    },
}

/// What a button below a question to the owner means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "owner_tap", rename_all = "snake_case")]
pub enum OwnerTap {
    /// Yes, do it.
    Do {
        /// What.
        change: Change,
    },
    /// This booking of several; what it means is said before it is done.
    Pick {
        /// Which.
        reservation_id: ReservationId,
        /// What to do with it.
        what: BookingCommand,
    },
    /// No, leave it.
    Leave,
}

/// What a conversation with the owner remembers between two messages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// A sentence that lacked something, to be read together with the next one.
    pub unfinished: Option<String>,
    /// What we asked a yes for.
    pub asked: Option<Change>,
    /// Since when.
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
