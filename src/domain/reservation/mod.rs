//! A stay from hold to departure. Payment is not one of its states: what was paid follows from the ledger.

mod transition;

pub use transition::{Effect, Event, Move, apply};

use super::cabin::Cabin;
use super::ids::{CabinId, GuestId, ReservationCode, ReservationId};
use super::pricing::Quote;
use super::stay::Stay;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a reservation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Held for a guest until a deadline; its nights count as free the moment it passes.
    PreReserved,
    /// The cabin is the guest's.
    Confirmed,
    /// The guest is in.
    CheckedIn,
    /// The guest has left.
    CheckedOut,
    /// Called off.
    Cancelled,
    /// The hold ran out.
    Expired,
    /// The guest never came.
    NoShow,
}

impl Status {
    /// Every state.
    pub const ALL: [Status; 7] = [
        Status::PreReserved,
        Status::Confirmed,
        Status::CheckedIn,
        Status::CheckedOut,
        Status::Cancelled,
        Status::Expired,
        Status::NoShow,
    ];

    /// Stable name, as stored and as the API shows it.
    pub fn code(self) -> &'static str {
        match self {
            Status::PreReserved => "pre_reserved",
            Status::Confirmed => "confirmed",
            Status::CheckedIn => "checked_in",
            Status::CheckedOut => "checked_out",
            Status::Cancelled => "cancelled",
            Status::Expired => "expired",
            Status::NoShow => "no_show",
        }
    }

    /// Reads a stable name.
    pub fn from_code(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether its nights belong to it.
    pub fn holds_nights(self) -> bool {
        match self {
            Status::PreReserved | Status::Confirmed | Status::CheckedIn | Status::CheckedOut => true,
            Status::Cancelled | Status::Expired | Status::NoShow => false,
        }
    }
}

/// A reservation as it is loaded and judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Its row.
    pub id: ReservationId,
    /// What the guest reads aloud.
    pub code: ReservationCode,
    /// The cabin.
    pub cabin_id: CabinId,
    /// Who comes.
    pub guest_id: GuestId,
    /// Where it stands.
    pub status: Status,
    /// When.
    pub stay: Stay,
    /// How many people.
    pub guests: u16,
    /// Where it came from: `whatsapp`, `api`, `web`, or another channel's name.
    pub channel: String,
    /// The price as it was said.
    pub quote: Quote,
    /// When a hold runs out; kept afterwards for the story.
    pub expires_at: Option<Timestamp>,
    /// Why it was called off.
    pub cancel_reason: Option<String>,
    /// Counts changes; a form that saw an older one is refused.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Reservation {
    /// Whether this is a hold whose time is over.
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        self.status == Status::PreReserved && self.expires_at.is_some_and(|until| until <= now)
    }
}

/// A hold about to be made.
#[derive(Debug, Clone)]
pub struct NewHold<'a> {
    /// The cabin.
    pub cabin: &'a Cabin,
    /// When.
    pub stay: Stay,
    /// How many people.
    pub guests: u16,
    /// The price as it was said.
    pub quote: Quote,
    /// Where it came from.
    pub channel: String,
}
