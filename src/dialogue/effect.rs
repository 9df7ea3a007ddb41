//! What a turn asks the app to do besides answering, in the same transaction.

use crate::domain::ids::ReservationId;
use crate::domain::party::Party;
use crate::domain::stay::Stay;
use strum::IntoStaticStr;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A person must take over.
    HandOver {
        why: HandOver,
    },
    /// A question casero has no answer to.
    AskOwner {
        question: String,
    },
    /// Never write to this guest again unless they write first.
    OptOut,
    /// The guest wrote after having opted out: they may be answered again.
    OptIn,
    /// Make a link to pay what is due; its message follows by itself.
    OpenCheckout {
        reservation_id: ReservationId,
    },
    /// Put the guest on the waiting list.
    Waitlist {
        stay: Stay,
        party: Party,
    },
    /// The picture or file of this message is a receipt that the owner must look at.
    Receipt {
        reservation_id: ReservationId,
    },
    /// The guest uses the consumer's right to withdraw: a dated request, and a person who settles it.
    Withdraw {
        /// The booking, when it is clear which.
        reservation_id: Option<ReservationId>,
    },
    Remember {
        name: Option<String>,
        email: Option<String>,
    },
}

impl Effect {
    /// Whether the owner hears of it, so that a guest may be told that a person was told.
    pub fn tells_a_person(&self) -> bool {
        match self {
            Effect::HandOver { .. }
            | Effect::AskOwner { .. }
            | Effect::Receipt { .. }
            | Effect::Withdraw { .. } => true,
            Effect::OptOut
            | Effect::OptIn
            | Effect::OpenCheckout { .. }
            | Effect::Waitlist { .. }
            | Effect::Remember { .. } => false,
        }
    }
}

/// Why a person must take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum HandOver {
    Asked,
    /// We did not understand, several times.
    NotUnderstood,
    /// The guest is angry or insults.
    Upset,
    /// More messages than a conversation has, or always the same one.
    #[strum(serialize = "too_many_messages")]
    TooMany,
    /// The guest speaks of a booking we can't find.
    UnknownBooking,
    /// A change that only a person can decide.
    HardChange,
    /// No way to pay is set up.
    NoWayToPay,
    /// A party larger than the property.
    LargeParty,
    /// A message that could not be answered for a fault of ours.
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
