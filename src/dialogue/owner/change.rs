//! Changes that wait for the owner's yes. Each is stored with its button, and is checked again when the yes comes.

use super::booking_command::NewBooking;
use crate::domain::cabin::Season;
use crate::domain::ids::{BlockId, CabinId, ConversationId, ReservationId, SeasonId};
use crate::domain::money::Money;
use crate::domain::payment::PaymentMethod;
use crate::domain::rates::RateChange;
use crate::domain::stay::Stay;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A change that waits for the owner's yes; also the meaning of its button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    Block {
        cabins: Vec<CabinId>,
        stay: Stay,
        /// The reason; may be empty.
        reason: String,
    },
    Unblock {
        blocks: Vec<BlockOf>,
    },
    /// Closes again what was opened.
    BlockAgain {
        stays: Vec<(CabinId, Stay)>,
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
        cabin: CabinId,
        stay: Stay,
        total: Money,
    },
    /// Confirms without waiting for the deposit.
    Confirm {
        reservation_id: ReservationId,
    },
    /// Records a payment that the owner received.
    Receive {
        reservation_id: ReservationId,
        amount: Money,
        method: PaymentMethod,
        /// What had been paid before, as it was said: a second yes writes nothing.
        paid: Money,
    },
    Discount {
        reservation_id: ReservationId,
        /// How much is taken off.
        off: Money,
        /// The total before, as it was said.
        before: Money,
    },
    Book {
        booking: NewBooking,
        /// The price as it was said.
        total: Money,
        /// Whether it waits for its deposit.
        deposit_awaited: bool,
    },
    Rates {
        cabins: Vec<CabinId>,
        stay: Stay,
        rate: RateChange,
    },
    /// Puts seasons back as they were.
    RestoreRates {
        added: Vec<(CabinId, SeasonId)>,
        changed: Vec<Season>,
    },
    Pause {
        until: Option<Date>,
    },
    Resume,
    Teach {
        /// The topic's code.
        topic: String,
        /// Empty forgets the answer.
        words: String,
    },
    Tell {
        conversation: ConversationId,
        words: String,
        /// When it was asked: a second yes sends nothing.
        asked_at: Timestamp,
    },
}

/// A block and its cabin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockOf {
    pub cabin: CabinId,
    pub block: BlockId,
}
