//! A reservation from hold to departure. Payment is not one of its states: it follows from the ledger.

mod status;
mod transition;

pub use status::Status;
pub use transition::{Effect, Event, Move, apply};

use super::channel::Channel;
use super::ids::{CabinId, GuestId, ReservationCode, ReservationId};
use super::party::Party;
use super::pricing::{Quote, Terms};
use super::stay::Stay;
use jiff::Timestamp;

/// A reservation as it is loaded and judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    pub id: ReservationId,
    /// The code that the guest reads aloud.
    pub code: ReservationCode,
    pub cabin_id: CabinId,
    pub guest_id: GuestId,
    pub status: Status,
    pub stay: Stay,
    pub party: Party,
    /// Where it came from: `whatsapp`, `api`, `web`, or another channel's name.
    pub channel: Channel,
    /// The quoted price.
    pub quote: Quote,
    /// The terms that the price was made with.
    pub terms: Terms,
    /// When a hold expires; kept afterwards for the audit trail.
    pub expires_at: Option<Timestamp>,
    pub cancel_reason: Option<String>,
    /// Incremented by each change; a stale form is refused.
    pub version: i64,
    pub created_at: Timestamp,
}

impl Reservation {
    /// Whether this is an expired hold.
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        self.status == Status::PreReserved && self.expires_at.is_some_and(|until| until <= now)
    }
}
