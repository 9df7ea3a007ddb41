//! One turn of a conversation: its context, its stops, and its result.

use super::effect::Effect;
use super::question::{Booking, Finding, Question};
use super::say::Say;
use super::state::State;
use super::tap::Room;
use crate::domain::cabin::Cabin;
use crate::domain::guest::Guest;
use crate::domain::money::Currency;
use crate::domain::party::Party;
use crate::domain::policy::Moment;
use crate::domain::pricing::PriceRule;
use crate::domain::request::RequestKind;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use crate::understanding::{HolidayCalendar, Situation};

/// The context of a turn.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub moment: &'a Moment,
    pub settings: &'a Settings,
    pub cabins: &'a [Cabin],
    pub price_rules: &'a [PriceRule],
    /// Of the prices.
    pub currency: Currency,
    pub guest: &'a Guest,
    /// Days off, for "el finde largo".
    pub calendar: &'a HolidayCalendar,
    /// The guest's bookings that are not over, soonest first.
    pub bookings: &'a [Booking],
    /// Their holds that ended unpaid a short while ago, the last one first.
    pub lapsed: &'a [Booking],
    /// What they asked for and nobody has decided.
    pub open_requests: &'a [RequestKind],
    /// What the house knows of the writer.
    pub situation: Situation,
    /// Whether a person answers this conversation: then casero is silent.
    pub held_by_person: bool,
    /// Whether links to pay can be made.
    pub pays_online: bool,
    /// Where guests see our pages, without a trailing slash.
    pub public_url: Option<&'a str>,
    /// A transcript below this confidence is said back before it is used.
    pub voice_confidence_min: f32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The app must answer this first, then resume the turn.
    Ask {
        state: State,
        pending: Pending,
        /// The query or change.
        question: Question,
    },
    Done(Turn),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    pub state: State,
    /// Replies, in this order; none means silence.
    pub say: Vec<Say>,
    /// Effects, in this order.
    pub effects: Vec<Effect>,
}

/// The part of a turn that waits for the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    pub(super) say: Vec<Say>,
    pub(super) effects: Vec<Effect>,
    pub(super) hello: Option<Say>,
    pub(super) then: Then,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Then {
    Offer {
        stay: Stay,
        party: Party,
    },
    /// Offer two cabins together; else the finding for one.
    OfferTwo {
        stay: Stay,
        party: Party,
        alone: Finding,
    },
    OfferChosen {
        stay: Stay,
        room: Room,
    },
    SayHeld {
        stay: Stay,
        rooms: Vec<Room>,
    },
    SayCancelled,
    /// Ask whether to move at this price.
    AskMove {
        booking: Booking,
        stay: Stay,
        party: Party,
    },
    SayMoved {
        booking: Booking,
        stay: Stay,
        party: Party,
    },
    SayHowToPay {
        booking: Booking,
    },
}
