//! What the owner is told on WhatsApp, as data.

use super::effect::HandOver;
use super::owner::AttentionItem;
use super::question::Booking;
use crate::domain::money::Money;
use crate::domain::stay::Stay;

/// A notice to the owner. Always in Spanish, always short: what happened, and what to do if anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    NewBooking {
        booking: Booking,
        guest: String,
    },
    /// A guest called a stay off.
    Cancelled {
        booking: Booking,
        guest: String,
        refund: Money,
    },
    Moved {
        booking: Booking,
        guest: String,
    },
    /// A guest waits for a person.
    WantsPerson {
        guest: String,
        why: HandOver,
        /// The last words; may be empty.
        words: String,
    },
    /// A question without an answer.
    Question {
        guest: String,
        words: String,
    },
    /// A receipt has to be looked at.
    Receipt {
        booking: Booking,
        guest: String,
        due: Money,
    },
    /// Money came for which there is no place, or that does not fit.
    PaymentProblem {
        code: String,
        amount: Money,
        problem: PaymentProblem,
    },
    /// Two channels sold the same nights.
    Conflict {
        cabin: String,
        stay: Stay,
        channel: String,
        code: String,
    },
    /// A calendar can't be read since a while.
    CalendarStale {
        cabin: String,
        channel: String,
        /// Hours without a good answer.
        hours: u32,
    },
    /// A channel that read our calendar has stopped.
    ReaderSilent {
        cabin: String,
        channel: String,
        /// Hours since it last read.
        hours: u32,
    },
    /// A deposit is in, but a channel that can't be read may have sold the nights.
    ConfirmationWaits {
        booking: Booking,
        /// The channel, or channels.
        channel: String,
    },
    /// A guest uses the right to withdraw.
    Withdrawal {
        guest: String,
        /// The booking's code, when known.
        code: Option<String>,
    },
    Digest {
        /// The oldest ones.
        attention_items: Vec<AttentionItem>,
        total: usize,
        /// Where to decide; empty when there is no address.
        url: String,
    },
    /// Casero is open again after nobody was home.
    BackHome(Absence),
    /// The newest copy of the database could not be gone back to.
    BackupUnusable,
    /// Who arrives and leaves today.
    Today {
        /// Arrivals: booking and guest.
        arrivals: Vec<(Booking, String)>,
        /// Departures: booking and guest.
        departures: Vec<(Booking, String)>,
    },
}

/// A time in which nobody was home, and what was made good after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    pub minutes: u32,
    pub messages: u32,
    pub payments: u32,
    pub calendars: u32,
    /// Messages and calendars that are still behind.
    pub behind: u32,
    /// Matters that only a person can decide.
    pub attention_items: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentProblem {
    NoPlace,
    /// The hold ran out before all of it was in.
    HoldEnded,
    /// The booking was called off before.
    Cancelled,
    /// Another amount than was asked.
    OtherAmount,
    /// Nothing of ours bears this reference.
    Unknown,
    /// The card's bank took it back.
    ChargedBack,
    /// A refund could not be made.
    RefundFailed,
}
