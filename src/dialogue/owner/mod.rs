//! The owner's commands by WhatsApp, written or spoken. Pure: words in, a [`Command`] out, or its missing part.
//! Nothing is done here: a change is said back with its dates and asked for a yes first.

mod answer;
mod booking;
mod booking_command;
mod called;
mod change;
mod custody;
mod days;
mod named;
mod parse;
mod quoted;
mod reading;
mod say;
mod shorthand;
mod words;

pub use answer::{MoneyToCome, amount, money_to_come, request_answer};
pub use booking_command::{BookingCommand, NewBooking, NewDates};
pub use called::is_named;
pub use change::{BlockOf, Change};
pub use custody::{Custody, custody};
pub use parse::{Parsed, understand};
pub use reading::{Missing, Setting};
pub use say::{AttentionItem, CabinChange, GuestBooking, OwnerSay};

use crate::domain::ids::{AttentionId, CabinId, RequestId, ReservationCode, ReservationId};
use crate::domain::rates::RateChange;
use crate::domain::stay::Stay;
use crate::understanding::Topic;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a "yes", or the rest of a sentence, belongs to what was said before.
pub const ASKED_KEPT: SignedDuration = SignedDuration::from_hours(1);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Block {
        cabins: Vec<CabinId>,
        stay: Stay,
        /// The reason; may be empty.
        reason: String,
    },
    Unblock {
        cabins: Vec<CabinId>,
        /// The blocks there; all future ones when no dates were said.
        stay: Option<Stay>,
    },
    WhoArrives(Days),
    WhoLeaves(Days),
    /// The guests of this night.
    InHouse,
    /// Cabins to clean on this day.
    Cleaning(Date),
    /// Who still owes the deposit or the balance.
    Debts,
    /// Money received on these days.
    Income(Days),
    /// The occupancy of the property in these nights.
    Occupancy(Stay),
    Availability {
        stay: Stay,
        /// Of these alone; of all when empty.
        cabins: Vec<CabinId>,
    },
    /// The price of a stay, or of a plain night when no days were said.
    Price {
        cabins: Vec<CabinId>,
        stay: Option<Stay>,
    },
    ChangeRates {
        cabins: Vec<CabinId>,
        stay: Stay,
        change: RateChange,
    },
    Bookings(Search),
    /// A change of a guest's booking.
    Booking {
        which: Search,
        wish: BookingCommand,
    },
    NewBooking(NewBooking),
    /// No bookings are taken from guests until this day; until further notice when absent.
    Pause {
        until: Option<Date>,
    },
    Resume,
    /// An answer to what guests ask.
    Teach {
        topic: Topic,
        words: String,
    },
    /// A message to a guest.
    Tell {
        /// A name or a number, as said.
        guest: String,
        words: String,
    },
    /// The address and the way there, to a guest.
    SendLocation {
        guest: String,
    },
    /// What guests asked on these days and nobody could answer.
    Questions(Days),
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
    /// Undo the last change.
    Undo,
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
    /// Bookings of a cabin, those with this day when one was said.
    Cabin {
        cabin: CabinId,
        day: Option<Date>,
    },
    Next,
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
    /// Undo the last change.
    Undo,
    Leave,
    /// Answers a guest's request.
    Decide {
        request_id: RequestId,
        yes: bool,
    },
    /// The next words answer this request.
    AnswerRequest {
        request_id: RequestId,
    },
    /// The money of this matter is there, as much as is due.
    Arrived {
        attention_id: AttentionId,
    },
    NotArrived {
        attention_id: AttentionId,
    },
    /// The next words say how much is there.
    OtherAmount {
        attention_id: AttentionId,
    },
}

/// What the owner's next words are, whatever they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answers", rename_all = "snake_case")]
pub enum Answers {
    /// The amount of a yes.
    AmountOf { request_id: RequestId },
    /// What the guest is told.
    Request { request_id: RequestId },
    /// How much money came.
    AmountArrived { attention_id: AttentionId },
}

/// The state of the conversation with the owner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// An incomplete sentence, to be read together with the next one.
    pub unfinished: Option<String>,
    pub asked: Option<Change>,
    /// What the next words answer.
    pub answers: Option<Answers>,
    /// What undoes the last change.
    pub undo: Option<Change>,
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
