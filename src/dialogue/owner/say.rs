//! Answers to the owner, as data. `replies::owner_says` puts it into words.

use super::{BookingCommand, Change, Days, Missing};
use crate::dialogue::question::Booking;
use crate::domain::attention::AttentionKind;
use crate::domain::code::Coded;
use crate::domain::message::SentThing;
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::payment::PaymentMethod;
use crate::domain::rates::RateChange;
use crate::domain::refund::Ground;
use crate::domain::refusal::Refusal;
use crate::domain::request::{RequestKind, RequestState};
use crate::domain::stay::Stay;
use crate::understanding::Topic;
use jiff::Timestamp;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestBooking {
    pub booking: Booking,
    pub guest: String,
}

/// A cabin that somebody leaves, and who comes next on the same day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CabinChange {
    pub cabin: String,
    pub leaves: Option<String>,
    pub comes: Option<String>,
}

/// An open attention item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionItem {
    pub kind: Coded<AttentionKind>,
    /// The booking's code, when it is about one.
    pub code: Option<String>,
    pub guest: Option<String>,
    pub since: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerSay {
    Help,
    /// Not understood: lists the commands.
    NotUnderstood,
    /// The recording has no transcript.
    Unheard,
    /// No open question for a yes or no, or an expired button.
    NothingAsked,
    Missing(Missing),
    AskBlock {
        cabins: Vec<String>,
        stay: Stay,
        /// The reason; may be empty.
        reason: String,
        change: Change,
    },
    AskUnblock {
        /// The blocks with their cabins, in order.
        blocks: Vec<(String, Stay)>,
        change: Change,
    },
    /// Asks: answer this guest in person, or give them back to casero?
    AskConversation {
        guest: String,
        change: Change,
    },
    Blocked {
        cabins: Vec<String>,
        stay: Stay,
    },
    Unblocked {
        /// The nights with their cabins, in order.
        blocks: Vec<(String, Stay)>,
    },
    BlockedAgain {
        blocks: Vec<(String, Stay)>,
    },
    TakenOver {
        guest: String,
        /// When casero answers again by itself.
        until: Option<Timestamp>,
    },
    HandedBack {
        guest: String,
    },
    /// Asks: cancel this booking? With the refund of the policy.
    AskCancel {
        row: GuestBooking,
        refund: Money,
        ground: Ground,
        change: Change,
    },
    /// Asks: move this booking, at this price?
    AskMove {
        row: GuestBooking,
        /// The other cabin, when it changes.
        cabin: Option<String>,
        stay: Stay,
        total: Money,
        change: Change,
    },
    Cancelled {
        row: GuestBooking,
        refund: Money,
    },
    Moved {
        row: GuestBooking,
    },
    /// The booking can't be changed so.
    CannotChange {
        row: GuestBooking,
        /// The wanted dates of a move.
        stay: Option<Stay>,
        refusal: Refusal,
    },
    /// Several bookings fit: which?
    WhichBooking {
        rows: Vec<GuestBooking>,
        /// The command for the chosen one.
        wish: BookingCommand,
    },
    Left,
    /// These nights can't be blocked: they are past, or taken by these.
    CannotBlock {
        cabin: String,
        stay: Stay,
        by: Vec<GuestBooking>,
    },
    BlockedAlready {
        stay: Stay,
    },
    NothingBlocked {
        cabins: Vec<String>,
    },
    /// Blocked in several places: which?
    WhichBlock {
        cabin: String,
        /// The blocks, in order.
        stays: Vec<Stay>,
    },
    AskConfirm {
        row: GuestBooking,
        change: Change,
    },
    Confirmed {
        row: GuestBooking,
    },
    AskReceive {
        row: GuestBooking,
        amount: Money,
        method: PaymentMethod,
        change: Change,
    },
    Received {
        row: GuestBooking,
        amount: Money,
    },
    /// Nothing is due any more.
    NothingDue {
        row: GuestBooking,
    },
    AskDiscount {
        row: GuestBooking,
        off: Money,
        /// The total after it.
        total: Money,
        change: Change,
    },
    Discounted {
        row: GuestBooking,
        off: Money,
    },
    /// More off than the price.
    DiscountTooLarge {
        row: GuestBooking,
    },
    AskBook {
        cabin: String,
        stay: Stay,
        /// May be empty.
        guest: String,
        party: Party,
        total: Money,
        deposit: Money,
        /// Confirmed at once.
        waived: Change,
        /// Held until the deposit is in; absent when there is no number to send the link to.
        awaited: Option<Change>,
    },
    Booked {
        row: GuestBooking,
    },
    CannotBook {
        cabin: String,
        stay: Stay,
        refusal: Refusal,
    },
    AskRates {
        cabins: Vec<String>,
        stay: Stay,
        rate: RateChange,
        change: Change,
    },
    RatesChanged {
        cabins: Vec<String>,
        stay: Stay,
        rate: RateChange,
    },
    RatesRestored,
    /// A price that can't be one, or in another currency.
    BadPrice,
    /// The price of each cabin, of a plain night when there is no stay.
    Prices {
        stay: Option<Stay>,
        rows: Vec<(String, Result<Money, Refusal>)>,
    },
    AskPause {
        until: Option<Date>,
        change: Change,
    },
    Paused {
        until: Option<Date>,
    },
    Resumed,
    AskTeach {
        topic: Topic,
        words: String,
        /// The answer until now; may be empty.
        before: String,
        change: Change,
    },
    Taught {
        topic: Topic,
    },
    /// The owner's answer is gone; the product's own serves again.
    Forgotten {
        topic: Topic,
    },
    /// Words that can't be kept: too long, or with a placeholder.
    CannotTeach,
    AskTell {
        guest: String,
        words: String,
        change: Change,
    },
    Told {
        guest: String,
    },
    /// A file or a place goes to the guest.
    PassedOn {
        guest: String,
        what: SentThing,
    },
    /// The guest has not written for a day: nothing but words can go.
    CannotPass {
        guest: String,
    },
    /// WhatsApp takes no such file from us.
    CannotPassType,
    /// A file that quotes nothing.
    WhoseFile,
    /// Another owner answered the same.
    AnsweredBy {
        guest: String,
        by: String,
    },
    /// They can't be written to: they asked for no messages, or the words are too long.
    CannotTell {
        guest: String,
    },
    RequestGranted {
        guest: String,
    },
    RequestRefused {
        guest: String,
    },
    /// Somebody decided before, or the matter is over.
    RequestClosed {
        guest: String,
        state: RequestState,
        /// Who decided, when it was somebody else.
        by: Option<String>,
    },
    /// A yes needs an amount.
    HowMuch {
        guest: String,
        kind: RequestKind,
    },
    /// How much money came.
    HowMuchArrived {
        guest: String,
    },
    /// The next words are for this guest.
    WhatToSay {
        guest: String,
    },
    /// The booking does not allow it.
    CannotGrant {
        guest: String,
        refusal: Refusal,
    },
    /// The guest was told; their hold goes on until then.
    NotArrived {
        guest: String,
        until: Option<Timestamp>,
    },
    /// The receipt was looked at before.
    ReceiptClosed {
        guest: String,
        /// Who looked, when it was somebody else.
        by: Option<String>,
    },
    /// What the quoted message told of is no more.
    MatterOver,
    /// No address is known to send.
    NoLocation,
    /// Nothing to undo, or it can't be undone.
    NothingToUndo,
    InHouse {
        rows: Vec<GuestBooking>,
    },
    Cleaning {
        day: Date,
        rows: Vec<CabinChange>,
    },
    Debts {
        rows: Vec<GuestBooking>,
        total: Money,
    },
    Income {
        days: Days,
        received: Money,
        payments: u64,
    },
    Questions {
        days: Days,
        /// Who asked, and the words.
        rows: Vec<(String, String)>,
    },
    /// No guest of this name.
    NoGuest {
        said: String,
    },
    WhichGuest {
        names: Vec<String>,
    },
    Arrivals {
        days: Days,
        /// In order of the days.
        rows: Vec<GuestBooking>,
    },
    Departures {
        days: Days,
        /// In order of the days.
        rows: Vec<GuestBooking>,
    },
    Occupancy {
        nights: Stay,
        sold: i64,
        /// Sellable nights.
        available: i64,
        /// Sold of available, in ten-thousandths.
        basis_points: i64,
        revenue: Money,
    },
    Availability {
        stay: Stay,
        /// Cabins that are free, with the price for their full capacity.
        free: Vec<(String, Money)>,
        /// Taken cabins.
        taken: Vec<String>,
    },
    Bookings {
        /// The first ones.
        rows: Vec<GuestBooking>,
        total: u64,
    },
    Pending {
        /// The oldest ones.
        attention_items: Vec<AttentionItem>,
        total: usize,
        /// Where to decide; empty when there is no address.
        url: String,
    },
}
