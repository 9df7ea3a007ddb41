//! Notices to the owner on WhatsApp, as data.

use super::effect::HandOver;
use super::owner::AttentionItem;
use super::question::Booking;
use crate::domain::attention::{FeedCheck, NightsHolder};
use crate::domain::delivery_failure::{DeliveryCause, TemplateReason};
use crate::domain::message::SentThing;
use crate::domain::money::Money;
use crate::domain::paid_booking::PaidBooking;
use crate::domain::provider::{OutageCause, Provider};
use crate::domain::receipt::ReceiptBy;
use crate::domain::request::{RequestKind, RequestedOffer};
use crate::domain::stay::Stay;
use crate::understanding::{Concern, Presence};
use jiff::Timestamp;
use jiff::civil::Time;

/// A notice to the owner. Always in Spanish, always short: the event, and what to do if anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    NewBooking {
        booking: Booking,
        guest: String,
    },
    /// A guest cancelled a stay.
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
    /// A message that the owner must hear of.
    FromGuest {
        /// Name and number.
        guest: String,
        /// Cabin and stay of somebody who is here.
        here: Option<(String, Stay, Presence)>,
        concern: Concern,
        /// When it was written, at the property.
        hour: Time,
        /// May be empty: a picture, a recording.
        words: String,
    },
    /// A question without an answer.
    Question {
        guest: String,
        words: String,
    },
    /// A guest asks for what the owner decides.
    Request {
        /// Name and number.
        guest: String,
        about: RequestAbout,
        kind: RequestKind,
        words: String,
        /// Until when a yes keeps the hold.
        until: Option<Timestamp>,
    },
    /// A file that a person sent to a guest did not go out.
    FileNotSent {
        guest: String,
        thing: SentThing,
        /// The guest had not written for a day.
        late: bool,
    },
    /// A guest needs no more what they asked for.
    RequestsCalledOff {
        guest: String,
        words: String,
    },
    /// A receipt, or a guest's word, to check.
    Receipt {
        booking: Booking,
        guest: String,
        due: Money,
        by: ReceiptBy,
        /// Until when the hold is kept for it.
        keeps_until: Option<Timestamp>,
    },
    /// A payment for taken nights, or of another amount.
    PaymentProblem {
        code: String,
        amount: Money,
        problem: PaymentProblem,
    },
    /// A payment names a booking that this database does not have.
    UnknownBooking {
        booking: PaidBooking,
        amount: Money,
        /// Who has nights of it; nobody: all are closed.
        taken_by: Vec<NightsHolder>,
    },
    /// Two channels sold the same nights.
    Conflict {
        cabin: String,
        stay: Stay,
        channel: String,
        code: String,
    },
    /// A calendar could not be read for a while.
    CalendarStale {
        cabin: String,
        channel: String,
        /// Hours without a good reading.
        hours: u32,
    },
    /// A channel that read our calendar has stopped.
    ReaderSilent {
        cabin: String,
        channel: String,
        /// Hours since it last read.
        hours: u32,
    },
    /// Something in a channel's calendar that the owner should look at.
    CalendarCheck {
        cabin: String,
        channel: String,
        check: FeedCheck,
    },
    /// A deposit is paid, but a channel that can't be read may have sold the nights.
    ConfirmationWaits {
        booking: Booking,
        /// The channel, or channels.
        channel: String,
    },
    /// Messages do not go out, or one does not arrive.
    Failing(Failing),
    /// A guest uses the right of withdrawal.
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
    /// Casero is running again after an outage.
    BackHome(Absence),
    /// The newest backup could not be restored.
    BackupUnusable,
    /// Today's arrivals and departures.
    Today {
        /// Arrivals: booking and guest.
        arrivals: Vec<(Booking, String)>,
        /// Departures: booking and guest.
        departures: Vec<(Booking, String)>,
    },
}

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestAbout {
    Booking(Booking),
    Offer(RequestedOffer),
    Nothing,
}

/// An outage, and the work caught up with after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    pub minutes: u32,
    pub messages: u32,
    pub payments: u32,
    pub calendars: u32,
    /// Messages and calendars that are still behind.
    pub behind: u32,
    /// Attention items.
    pub attention_items: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentProblem {
    NoPlace,
    /// The hold expired before all of it was paid.
    HoldEnded,
    /// The booking was cancelled before.
    Cancelled,
    /// Another amount than asked.
    OtherAmount,
    /// No checkout of ours has this reference.
    Unknown,
    /// The card's bank took it back.
    ChargedBack,
    /// A refund could not be made.
    RefundFailed,
}

/// What keeps messages from going out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failing {
    Delivery {
        /// Empty when it befalls all.
        guest: String,
        cause: DeliveryCause,
        code: String,
    },
    Provider {
        provider: Provider,
        cause: OutageCause,
    },
    /// Its notifications are not signed as they should be.
    Signatures {
        provider: Provider,
    },
    Template {
        name: String,
        reason: TemplateReason,
    },
    /// Meta's own words about the account.
    Account {
        summary: String,
    },
}
