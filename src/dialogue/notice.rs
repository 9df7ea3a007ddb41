//! What the owner is told on WhatsApp, as data.

use super::question::Booking;
use crate::domain::money::Money;
use crate::domain::stay::Stay;

/// A notice to the owner. Always in Spanish, always short: what happened, and what to do if anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A stay was confirmed.
    NewBooking {
        /// The booking.
        booking: Booking,
        /// Who comes.
        guest: String,
    },
    /// A guest called a stay off.
    Cancelled {
        /// The booking.
        booking: Booking,
        /// Who.
        guest: String,
        /// What has to go back.
        refund: Money,
    },
    /// A guest changed a stay.
    Moved {
        /// As it is now.
        booking: Booking,
        /// Who.
        guest: String,
    },
    /// A guest wants a person.
    WantsPerson {
        /// Who; name or number.
        guest: String,
        /// The last words.
        words: String,
    },
    /// A question without an answer.
    Question {
        /// Who.
        guest: String,
        /// The question.
        words: String,
    },
    /// A receipt has to be looked at.
    Receipt {
        /// The booking.
        booking: Booking,
        /// Who.
        guest: String,
        /// What is due.
        due: Money,
    },
    /// Money came for which there is no place, or that does not fit.
    PaymentProblem {
        /// The booking's code.
        code: String,
        /// How much.
        amount: Money,
        /// What is wrong.
        problem: PaymentProblem,
    },
    /// Two channels sold the same nights.
    Conflict {
        /// The cabin.
        cabin: String,
        /// The nights.
        stay: Stay,
        /// The other channel.
        channel: String,
        /// Our booking's code.
        code: String,
    },
    /// A calendar can't be read since a while.
    CalendarStale {
        /// The cabin.
        cabin: String,
        /// The channel.
        channel: String,
        /// Hours without a good answer.
        hours: u32,
    },
    /// A channel that read our calendar has stopped.
    ReaderSilent {
        /// The cabin.
        cabin: String,
        /// The channel.
        channel: String,
        /// Hours since it last read.
        hours: u32,
    },
    /// A deposit is in, but a channel that can't be read may have sold the nights.
    ConfirmationWaits {
        /// The booking.
        booking: Booking,
        /// The channel, or channels.
        channel: String,
    },
    /// A guest uses the right to withdraw.
    Withdrawal {
        /// Who.
        guest: String,
        /// The booking's code, when known.
        code: Option<String>,
    },
    /// What waits for a decision.
    Digest {
        /// How many matters are open.
        open: u32,
        /// One line for each, the first ones.
        lines: Vec<String>,
        /// Where to look.
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
    /// How long.
    pub minutes: u32,
    /// Messages answered late.
    pub messages: u32,
    /// Payments found.
    pub payments: u32,
    /// Calendars read again.
    pub calendars: u32,
    /// Messages and calendars that are still behind.
    pub behind: u32,
    /// Matters that only a person can decide.
    pub attention_items: u32,
}

/// What is wrong with a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentProblem {
    /// The nights are gone.
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
