//! What a turn asks the app to do besides answering, in the same transaction.

use super::notice::Notice;
use crate::domain::ids::ReservationId;
use crate::domain::stay::Stay;
use strum::IntoStaticStr;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A person must take over: an attention row, and a notice to the owner.
    HandOver {
        why: HandOver,
    },
    /// A question casero has no answer to: an attention row with the guest's words.
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
        guests: u16,
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
    NotifyOwner(Notice),
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
}

impl HandOver {
    /// Stable name, for the attention list.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
