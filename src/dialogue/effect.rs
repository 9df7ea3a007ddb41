//! Effects: the changes that a turn asks the app to make in the same transaction.

use crate::domain::ids::ReservationId;
use crate::domain::party::Party;
use crate::domain::receipt::ReceiptBy;
use crate::domain::request::{RequestKind, RequestedOffer};
use crate::domain::stay::Stay;
use crate::understanding::Concern;
use jiff::Timestamp;
use strum::IntoStaticStr;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A person must take over.
    HandOver {
        why: HandOver,
    },
    /// The owner must hear of this message.
    TellOwner {
        concern: Concern,
    },
    /// A question without an answer.
    AskOwner {
        question: String,
    },
    /// Never write to this guest again unless they write first.
    OptOut,
    /// The guest wrote after having opted out: they may be answered again.
    OptIn,
    /// Open a checkout for the amount due; its message follows separately.
    OpenCheckout {
        reservation_id: ReservationId,
    },
    /// Put the guest on the waiting list.
    Waitlist {
        stay: Stay,
        party: Party,
    },
    /// This message is, or says, that money was sent: the owner checks it.
    Receipt {
        reservation_id: ReservationId,
        by: ReceiptBy,
        /// The hold is kept until then.
        keeps_until: Option<Timestamp>,
    },
    /// The owner has to decide.
    Request(RequestMade),
    /// The guest no longer needs what they asked for.
    CallOffRequests {
        /// `None` when the words name none.
        kind: Option<RequestKind>,
    },
    /// The guest uses the consumer's right of withdrawal: a dated request, settled by a person.
    Withdraw {
        /// The booking, when it is known.
        reservation_id: Option<ReservationId>,
    },
    Remember {
        name: Option<String>,
        email: Option<String>,
    },
}

/// A request of a guest as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestMade {
    pub kind: RequestKind,
    pub reservation_id: Option<ReservationId>,
    /// What it is about, without a booking.
    pub offer: Option<RequestedOffer>,
    /// Until when a yes keeps the hold.
    pub until: Option<Timestamp>,
    /// By when the guest was told to expect an answer.
    pub deadline: Timestamp,
}

impl Effect {
    /// Whether the owner is notified, so that a guest may be told that a person was told.
    pub fn tells_a_person(&self) -> bool {
        match self {
            Effect::HandOver { .. }
            | Effect::TellOwner { .. }
            | Effect::AskOwner { .. }
            | Effect::Receipt { .. }
            | Effect::Request(_)
            | Effect::CallOffRequests { .. }
            | Effect::Withdraw { .. } => true,
            Effect::OptOut
            | Effect::OptIn
            | Effect::OpenCheckout { .. }
            | Effect::Waitlist { .. }
            | Effect::Remember { .. } => false,
        }
    }
}

/// Why the conversation goes to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum HandOver {
    Asked,
    /// Several messages in a row were not understood.
    NotUnderstood,
    /// The guest is angry or insults.
    Upset,
    /// More messages than the limit, or the same one repeated.
    #[strum(serialize = "too_many_messages")]
    TooMany,
    /// The guest names a booking that does not exist.
    UnknownBooking,
    /// A change that only a person can decide.
    HardChange,
    /// No way to pay is set up.
    NoWayToPay,
    /// A party larger than the property.
    LargeParty,
    /// A message left unanswered by an internal error.
    Unanswered,
    /// A sentence of ours said that a person was told.
    Promised,
}

impl HandOver {
    /// Stable name, for the attention list.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
