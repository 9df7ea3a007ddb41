//! A turn in progress.

use super::effect::{Effect, HandOver};
use super::question::{Booking, Question};
use super::say::{FaqSay, Say, Talk};
use super::state::{Asked, GREETING_KEPT, State};
use super::tap::Room;
use super::turn::{Context, Pending, Step, Then, Turn};
use crate::domain::guest::first_name;
use crate::domain::ids::ReservationId;
use crate::domain::language::Language;
use crate::domain::own_words::OwnText;
use crate::domain::party::Party;
use crate::domain::pricing::Inquiry;
use crate::domain::stay::Stay;
use crate::understanding::Presence;
use jiff::civil::Date;

/// A turn in progress: the state it will leave, its replies and effects.
pub(super) struct Work<'a> {
    pub(super) state: State,
    pub(super) context: &'a Context<'a>,
    say: Vec<Say>,
    effects: Vec<Effect>,
    /// The greeting that is due if this turn says anything.
    hello: Option<Say>,
}

impl<'a> Work<'a> {
    pub(super) fn open(mut state: State, context: &'a Context<'a>) -> Work<'a> {
        let now = context.moment.now;
        state.age(now, context.moment.today());
        let first_time = state.last_seen.is_none();
        let due = state.last_seen.is_none_or(|seen| now.duration_since(seen) > GREETING_KEPT);
        let hello = due.then(|| Say::Talk(hello(context, first_time)));
        state.last_seen = Some(now);
        let mut work = Work { state, context, say: Vec::new(), effects: Vec::new(), hello };
        if context.guest.opted_out {
            work.effect(Effect::OptIn);
        }
        work
    }

    pub(super) fn reopen(state: State, pending: Pending, context: &'a Context<'a>) -> (Work<'a>, Then) {
        let Pending { say, effects, hello, then } = pending;
        (Work { state, context, say, effects, hello }, then)
    }

    /// What the guest asks for, on the terms that they named.
    pub(super) fn inquiry(&self, stay: Stay, party: Party) -> Inquiry {
        Inquiry { stay, party, terms: self.state.wish.terms.clone() }
    }

    pub(super) fn say(&mut self, say: impl Into<Say>) {
        let say = say.into();
        if !self.say.contains(&say) {
            self.say.push(say);
        }
    }

    /// Whether this turn says already that the owner was asked.
    pub(super) fn says_it_asked(&self) -> bool {
        let asked =
            |say: &Say| matches!(say, Say::Talk(Talk::AskedOwner) | Say::Faq(FaqSay::AskedOwner { .. }));
        self.say.iter().any(asked)
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        if !self.effects.contains(&effect) {
            self.effects.push(effect);
        }
    }

    /// Asks a question and says its words: the two always go together.
    pub(super) fn ask(&mut self, asked: Asked, say: impl Into<Say>) {
        self.state.asked = asked;
        self.say(say);
    }

    /// Leaves the rest of the conversation to a person, once.
    pub(super) fn hand_over(&mut self, why: HandOver) {
        let say = if self.state.counts.handed_over { Talk::AlreadyHandedOver } else { Talk::HandedOver };
        self.state.counts.handed_over = true;
        self.effect(Effect::HandOver { why });
        self.say(say);
    }

    pub(super) fn done(mut self) -> Step {
        if let Some(hello) = self.hello.take()
            && !self.say.is_empty()
        {
            self.say.insert(0, hello);
        }
        Step::Done(Turn { state: self.state, say: self.say, effects: self.effects })
    }

    /// Ends without a message, whatever was due.
    pub(super) fn silent(mut self) -> Step {
        self.say.clear();
        self.done()
    }

    pub(super) fn find(self, question: Question, then: Then) -> Step {
        let Work { state, say, effects, hello, .. } = self;
        Step::Ask { state, pending: Pending { say, effects, hello, then }, question }
    }

    /// Whether a greeting is due, and whether for the first time.
    pub(super) fn is_new(&self) -> bool {
        matches!(self.hello, Some(Say::Talk(Talk::Hello { first_time: true, .. })))
    }

    /// Greets a known guest only in return.
    pub(super) fn greet_back(&mut self, greeted: bool) {
        if !greeted && !self.is_new() {
            self.hello = None;
        }
        if greeted && self.hello.is_none() {
            self.hello = Some(Say::Talk(hello(self.context, false)));
        }
    }

    pub(super) fn no_hello(&mut self) {
        self.hello = None;
    }

    /// Whether messages of a booking are still to come, or a stay is under way.
    pub(super) fn has_a_stay(&self) -> bool {
        !self.live_bookings().is_empty() || self.presence().is_some()
    }

    /// Where the guest is, if their stay is now, was just now, or begins today.
    pub(super) fn presence(&self) -> Option<Presence> {
        self.context.situation.presence(self.today())
    }

    pub(super) fn today(&self) -> Date {
        self.context.moment.today()
    }

    pub(super) fn language(&self) -> Language {
        self.state.language.unwrap_or(self.context.guest.speaks())
    }

    /// The guest's bookings that can still be acted on.
    pub(super) fn live_bookings(&self) -> Vec<&'a Booking> {
        self.context.bookings.iter().filter(|booking| booking.is_live(self.context.moment.now)).collect()
    }

    pub(super) fn booking(&self, id: ReservationId) -> Option<&'a Booking> {
        self.live_bookings().into_iter().find(|booking| booking.reservation_id == id)
    }

    pub(super) fn cabin_name(&self, room: &Room) -> String {
        let cabin = self.context.cabins.iter().find(|cabin| cabin.id == room.cabin_id);
        cabin.map(|cabin| cabin.name.clone()).unwrap_or_default()
    }
}

fn hello(context: &Context, first_time: bool) -> Talk {
    Talk::Hello {
        name: first_name(&context.guest.name),
        property: context.settings.property_name.clone(),
        welcome: context.settings.own(OwnText::Welcome),
        first_time,
    }
}
