//! One turn of a conversation: a guest's messages, the decision and the answer, in one transaction.
//!
//! The dialogue is pure and asks questions; they are answered here, from the transaction in which the turn is
//! decided. A turn that needs the payment provider first is rolled back, the provider is asked, and the turn
//! is run again: it is a function of the same state and gives the same answers.

mod effects;
mod inputs;

use super::quote::{self, Tariff};
use super::reserve::{self, Held, HoldRequest, Place, ReconcileFirst, Who};
use super::{App, AppContext, Error, holidays, notify, owner, owner_numbers, pay, requests, stay_view};
use crate::dialogue::{
    self, Alternative, Booking, Context, Effect, Finding, HandOver, Input, Link, Offer,
    QUESTIONS_PER_TURN_MAX, Question, Room, Say, State, Step, Turn,
};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::channel::KnownChannel;
use crate::domain::guest::Guest;
use crate::domain::ids::ReservationId;
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::pricing::{Agreed, Inquiry, PriceRule};
use crate::domain::reservation::Reservation;
use crate::domain::stay::Stay;
use crate::store::conversations::{self, Conversation};
use crate::store::inbox::{self, Inbound};
use crate::store::{Read, WriteTx, attention, cabins, codec, guests, payments, price_rules, settings};
use crate::understanding::Presence;
use inputs::{inputs, together};
use jiff::SignedDuration;
use std::sync::Arc;

/// Lease of a message: after this another worker may claim it.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// Tries before a message is left to a person.
const TRIES_MAX: u32 = 4;
/// Pause between tries.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// Claims messages that wait for an answer, at most one per conversation.
pub async fn claim(app: &App, limit: u32) -> Result<Vec<Inbound>, Error> {
    let due =
        app.store.read(|tx| Ok::<_, Error>(inbox::next_due(tx)?.is_some_and(|due| due <= tx.now()))).await?;
    if !due {
        return Ok(Vec::new());
    }
    app.store.write(move |tx| Ok(inbox::claim(tx, LEASE, limit)?)).await
}

/// Answers one claimed message, with those that wait right behind it in the conversation. After several
/// failed tries it is left to a person, and the guest is told so.
pub async fn answer(app: &App, inbound: Inbound) {
    let (id, attempts) = (inbound.id, inbound.attempts);
    let outcome = if attempts > TRIES_MAX { Err(Error::Stale) } else { turn_of(app, inbound.clone()).await };
    let Err(error) = outcome else {
        tracing::info!(trace = id.0, "a message was answered");
        return;
    };
    tracing::error!(%error, trace = id.0, attempts, "a message could not be answered");
    let (context, given_up) = (Arc::clone(&app.context), attempts >= TRIES_MAX);
    let recorded = app.store.write(move |tx| {
        if given_up {
            return leave_to_person(tx, &context, &inbound);
        }
        let at = tx.now() + PAUSE;
        Ok(inbox::retry(tx, id, at)?)
    });
    if let Err(error) = recorded.await {
        tracing::error!(%error, inbound = id.0, "the failure of a turn could not be recorded; its lease will lapse");
    }
}

async fn turn_of(app: &App, inbound: Inbound) -> Result<(), Error> {
    let mut reconcile = ReconcileFirst::AskFirst;
    loop {
        let (context, message) = (Arc::clone(&app.context), inbound.clone());
        match app.store.write(move |tx| run_turn(tx, &context, &message, reconcile)).await {
            Err(Error::ReconcileFirst(ids)) => {
                pay::ask_about(app, &ids).await;
                reconcile = ReconcileFirst::Asked;
            }
            other => return other,
        }
    }
}

/// Decides a turn. Rolled back on `Err`.
fn run_turn(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    first: &Inbound,
    reconcile: ReconcileFirst,
) -> Result<(), Error> {
    let Some(conversation_id) = first.conversation_id else { return Ok(inbox::finish(tx, first.id)?) };
    let conversation = conversations::find(tx, conversation_id)?.ok_or(Error::NotFound)?;
    let guest = guests::find(tx, conversation.guest_id)?.ok_or(Error::NotFound)?;
    if owner_numbers::is_owner(tx, context, &guest, &settings::load(tx)?.0)? {
        return owner::turn(tx, context, &conversation, first, reconcile);
    }
    let mut batch = vec![first.clone()];
    batch.extend(inbox::followers(tx, conversation_id, first.id)?);
    let (inputs, worked_off) = inputs(tx, conversation_id, &batch)?;
    let answered = together(&batch, &worked_off);
    let mut desk = Desk::open(tx, context, conversation, guest, reconcile)?;
    for input in &inputs {
        let turn = desk.decide(tx, input)?;
        desk.carry_out(tx, turn, &answered)?;
    }
    for id in worked_off {
        inbox::finish(tx, id)?;
    }
    Ok(())
}

/// Context of a turn: the data for its decision, and the means to carry it out.
struct Desk<'h> {
    context: &'h AppContext,
    conversation: Conversation,
    guest: Guest,
    reconcile: ReconcileFirst,
    state: State,
    settings: crate::domain::settings::Settings,
    cabins: Vec<crate::domain::cabin::Cabin>,
    price_rules: Vec<PriceRule>,
    /// The stay that brings the guest here, and where they are.
    here: Option<(Reservation, Presence)>,
}

impl<'h> Desk<'h> {
    fn open(
        tx: &impl Read,
        context: &'h AppContext,
        conversation: Conversation,
        guest: Guest,
        reconcile: ReconcileFirst,
    ) -> Result<Desk<'h>, Error> {
        let mut state = State::known(serde_json::from_str(&conversation.state));
        if state.waits_for_a_person()
            && !attention::is_open(tx, AttentionKind::WantsAPerson, &conversation.id.to_string())?
        {
            state.person_is_done();
        }
        let (settings, _) = settings::load(tx)?;
        let cabins = cabins::list(tx)?.into_iter().filter(|cabin| cabin.active).collect();
        let price_rules = price_rules::list(tx)?;
        Ok(Desk { context, conversation, guest, reconcile, state, settings, cabins, price_rules, here: None })
    }

    /// Runs the dialogue on one input until it has no more questions.
    fn decide(&mut self, tx: &mut WriteTx<'_>, input: &Input) -> Result<Turn, Error> {
        let moment = self.context.moment(tx);
        let bookings = stay_view::live_bookings(tx, self.guest.id)?;
        let lapsed = stay_view::lapsed_holds(tx, self.guest.id)?;
        let open_requests = requests::open_kinds(tx, self.conversation.id)?;
        let (situation, stay) = stay_view::situation(tx, self.guest.id, moment.today())?;
        self.here = stay.zip(situation.presence(moment.today()));
        let calendar = holidays::in_force(&self.settings, &self.context.calendar);
        let context = Context {
            moment: &moment,
            settings: &self.settings,
            cabins: &self.cabins,
            price_rules: &self.price_rules,
            currency: self.context.currency,
            guest: &self.guest,
            calendar: &calendar,
            bookings: &bookings,
            lapsed: &lapsed,
            open_requests: &open_requests,
            situation,
            held_by_person: self.conversation.is_held_by_person(tx.now()),
            pays_online: self.context.payments_on,
            public_url: self.context.public_url.as_deref(),
            voice_confidence_min: self.context.voice_confidence_min,
        };
        let mut step = dialogue::begin(std::mem::take(&mut self.state), input, &context);
        for _ in 0..=QUESTIONS_PER_TURN_MAX {
            match step {
                Step::Done(turn) => return Ok(turn),
                Step::Ask { state, pending, question } => {
                    let finding = find_out(tx, self.context, &self.guest, self.reconcile, question)?;
                    step = dialogue::resume(state, pending, finding, &context);
                }
            }
        }
        // The dialogue asks more questions than its limit: a defect, and a person must answer.
        Err(Error::Stale)
    }

    /// Carries out a turn. `answers` is the last message that it answers, with the words of all.
    fn carry_out(&mut self, tx: &mut WriteTx<'_>, turn: Turn, answers: &Inbound) -> Result<(), Error> {
        self.state = turn.state;
        conversations::set_state(tx, self.conversation.id, &codec::to_json(&self.state))?;
        if let Some(language) = self.state.language {
            guests::set_language(tx, self.guest.id, language)?;
            self.guest.language = language.into();
        }
        notify::guest(
            tx,
            self.context,
            &notify::To { conversation: self.conversation.id, guest: &self.guest, answers: Some(answers.id) },
            &turn.say,
        )?;
        let asking = notify::Asking {
            conversation: self.conversation.id,
            guest: &self.guest,
            inbound: answers.id,
            words: &answers.body,
            sent_at: answers.sent_at,
        };
        let promised = turn.say.iter().any(Say::promises_a_person);
        let told = turn.effects.iter().any(Effect::tells_a_person);
        for effect in turn.effects {
            self.effect(tx, effect, &asking)?;
        }
        if promised && !told && !attention::is_open_about(tx, self.conversation.id, self.guest.id)? {
            asking.person(tx, self.context, HandOver::Promised)?;
        }
        Ok(())
    }
}

/// Answers a question of the dialogue from the database, or performs what it requests. A refusal is a
/// finding.
fn find_out(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    guest: &Guest,
    reconcile: ReconcileFirst,
    question: Question,
) -> Result<Finding, Error> {
    let finding = match question {
        Question::Offers { asked } => return offers(tx, context, &asked),
        Question::TwoOffers { asked } => return two_offers(tx, context, &asked),
        Question::Hold { stay, rooms } => hold_all(tx, context, guest, reconcile, stay, &rooms),
        Question::Cancel { reservation_id } => {
            own(tx, guest, reservation_id)?;
            reserve::cancel(tx, context, reservation_id, "", &Actor::Guest).and_then(
                |(reservation, refund)| {
                    Ok(Finding::Cancelled { booking: stay_view::booking(tx, &reservation)?, refund })
                },
            )
        }
        Question::PriceMove { reservation_id, stay, party } => {
            let reservation = own(tx, guest, reservation_id)?;
            reserve::price_move(tx, context, &reservation, Place { cabin: reservation.cabin_id, stay }, party)
                .map(|quote| Finding::MovePriced { quote })
        }
        Question::Move { reservation_id, stay, party, total } => {
            let reservation = own(tx, guest, reservation_id)?;
            move_at(tx, context, &reservation, stay, party, total)
        }
        Question::PaymentLink { reservation_id } => {
            own(tx, guest, reservation_id)?;
            return Ok(Finding::Link(link(tx, context, reservation_id)?));
        }
    };
    match finding {
        Err(Error::Refused(refusal)) => Ok(Finding::Refused(refusal)),
        other => other,
    }
}

/// A booking of this guest; others are not found.
fn own(
    tx: &impl Read,
    guest: &Guest,
    id: ReservationId,
) -> Result<crate::domain::reservation::Reservation, Error> {
    let reservation = stay_view::load(tx, id)?;
    if reservation.guest_id == guest.id { Ok(reservation) } else { Err(Error::NotFound) }
}

fn offers(tx: &impl Read, context: &AppContext, asked: &Inquiry) -> Result<Finding, Error> {
    let mut offers = Vec::new();
    let mut refusals = Vec::new();
    for answer in quote::all(tx, context, asked)? {
        match answer.outcome {
            Ok(quote) => offers.push(offer(answer.cabin, quote)),
            Err(refusal) => refusals.push((answer.cabin.id, refusal)),
        }
    }
    let near = if offers.is_empty() { quote::nearby(tx, context, asked)? } else { Vec::new() };
    let alternatives = near
        .into_iter()
        .map(|near| Alternative { stay: near.stay, offer: offer(near.cabin, near.quote) })
        .collect();
    Ok(Finding::Offers { offers, refusals, alternatives })
}

fn two_offers(tx: &impl Read, context: &AppContext, asked: &Inquiry) -> Result<Finding, Error> {
    let shares = quote::two(tx, context, asked)?;
    let offers = shares.map(|shares| shares.map(|share| (offer(share.cabin, share.quote), share.party)));
    Ok(Finding::TwoOffers { offers })
}

fn offer(cabin: crate::domain::cabin::Cabin, quote: crate::domain::pricing::Quote) -> Offer {
    Offer { cabin_id: cabin.id, name: cabin.name, capacity: cabin.capacity, quote }
}

/// Holds all rooms or none.
fn hold_all(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    guest: &Guest,
    reconcile: ReconcileFirst,
    stay: Stay,
    rooms: &[Room],
) -> Result<Finding, Error> {
    let request = |room: &Room, total_said| HoldRequest {
        cabin_id: room.cabin_id,
        stay,
        party: room.party,
        terms: room.terms.clone(),
        agreed: Agreed::default(),
        who: Who::Known(guest.id),
        channel: KnownChannel::WhatsApp.into(),
        total_said,
        reconcile,
    };
    // Prices are checked first, so that a change is reported before anything is held.
    let tariff = Tariff::load(tx, context)?;
    let mut changed = false;
    let mut priced = Vec::new();
    for room in rooms {
        let cabin = quote::offered_cabin(tx, room.cabin_id)?;
        let asked = Inquiry { stay, party: room.party, terms: room.terms.clone() };
        let price = quote::of_cabin(tx, &cabin, &tariff, &asked)??;
        changed |= price.total != room.total;
        priced.push(offer(cabin, price));
    }
    if changed {
        return Ok(Finding::PriceChanged { offers: priced });
    }
    let held = crate::store::nested(tx, |tx| {
        let mut bookings: Vec<Booking> = Vec::new();
        for room in rooms {
            match reserve::hold(tx, context, &request(room, Some(room.total)))? {
                Held::Yes(reservation) => bookings.push(stay_view::booking(tx, &reservation)?),
                Held::PriceChanged(_) => return Err(Error::Stale),
            }
        }
        Ok(bookings)
    })?;
    let conversation = conversations::of_guest(tx, guest.id)?.id;
    Ok(Finding::Held { bookings: requests::take_off_granted(tx, context, conversation, held)? })
}

fn move_at(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &crate::domain::reservation::Reservation,
    stay: Stay,
    party: Party,
    said: Money,
) -> Result<Finding, Error> {
    let place = Place { cabin: reservation.cabin_id, stay };
    let quote = reserve::price_move(tx, context, reservation, place, party)?;
    if quote.total != said {
        return Ok(Finding::MovePriced { quote });
    }
    let moved = crate::store::nested(tx, |tx| {
        reserve::move_stay(tx, context, reservation.id, place, party, &Actor::Guest)
    })?;
    Ok(Finding::Moved { booking: stay_view::booking(tx, &moved)? })
}

fn link(tx: &impl Read, context: &AppContext, id: ReservationId) -> Result<Link, Error> {
    if !context.payments_on {
        return Ok(Link::Off);
    }
    // A partial payment changed the amount due: a new link replaces the open one.
    let due = stay_view::booking(tx, &stay_view::load(tx, id)?)?.due_next();
    let current = payments::current_checkout(tx, id)?;
    let open = current.filter(|checkout| checkout.expires_at > tx.now() && checkout.amount == due);
    Ok(match open.and_then(|checkout| Some((checkout.url?, checkout.amount))) {
        Some((url, amount)) => Link::Ready { url, amount },
        None => Link::ToOpen,
    })
}

/// Leaves a message that failed every try to a person, with the reason, and tells the guest.
fn leave_to_person(tx: &mut WriteTx<'_>, context: &AppContext, inbound: &Inbound) -> Result<(), Error> {
    inbox::fail(tx, inbound.id)?;
    let Some(conversation) = inbound.conversation_id else { return Ok(()) };
    notify::handed_over(tx, context, conversation, inbound)
}
