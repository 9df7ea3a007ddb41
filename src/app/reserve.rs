//! Creating, confirming, moving and ending reservations. The only caller of the table of moves, and the only
//! place where nights change hands for a reservation.

mod again;
mod keep;
mod request;

pub use again::make_again;
pub use keep::keep_until;
pub use request::{Held, HoldRequest, ReconcileFirst, Who};

use super::quote::{self, Tariff};
use super::stay_view::{load, refund_on_cancelling, was_asked_since};
use super::{AppContext, Error, checkouts, counts, feed_state, notify, payment_attention, refunds};
use crate::domain::attention::{AttentionItem, AttentionKind};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::{CODE_LENGTH, CabinId, GuestId, ReservationCode, ReservationId};
use crate::domain::job::JobKind;
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::pricing::{Agreed, Inquiry, Quote, Terms};
use crate::domain::receipt::ReceiptState;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::{Effect, Event, Reservation, Status, apply};
use crate::domain::stay::Stay;
use crate::store::nights::Holder;
use crate::store::{
    Constraint, Read, StoreError, WriteTx, attention, audit, guests, jobs, nights, payments, receipts,
    requests, reservations,
};

/// Codes tried before giving up: two collisions in a row are a sign of a broken random source.
const CODE_TRIES: u32 = 8;

/// Holds a cabin. Every obstacle is a refusal; the caller must roll the transaction back on `Err`.
pub fn hold(tx: &mut WriteTx<'_>, context: &AppContext, request: &HoldRequest) -> Result<Held, Error> {
    let cabin = quote::offered_cabin(tx, request.cabin_id)?;
    let tariff = Tariff::load(tx, context)?;
    let tariff = if request.channel.is_self_service() { tariff } else { tariff.for_owner() };
    // A booking that a channel sold has the nights of that channel.
    nights::give_up_to(tx, cabin.id, request.stay, request.channel.code())?;
    if !request.channel.is_self_service() {
        feed_state::give_up_to_owner(tx, context, cabin.id, request.stay)?;
    }
    let (settings, price) = (&tariff.settings, quote::of_cabin(tx, &cabin, &tariff, &request.inquiry())??);
    let price = if request.agreed == Agreed::default() {
        price
    } else {
        let deposit = quote::deposit_rule(tx, settings, cabin.id, request.stay)?;
        price.agreed(&request.agreed, deposit).ok_or(Refusal::PriceOverflow)?
    };
    if request.total_said.is_some_and(|said| said != price.total) {
        nights::hand_to_feeds(tx, cabin.id, request.stay.check_in(), request.stay.check_out())?;
        return Ok(Held::PriceChanged(price));
    }
    evict_lapsed(tx, context, cabin.id, request.stay, request.reconcile)?;
    let guest_id = match &request.who {
        Who::Known(id) => *id,
        Who::Named(identity) => guests::find_or_insert(tx, identity)?.id,
    };
    if request.channel.is_self_service()
        && reservations::running_holds(tx, guest_id)? >= settings.holds_per_guest
    {
        return Err(Refusal::TooManyHolds { max: settings.holds_per_guest }.into());
    }
    let expires_at = tx.now() + settings.hold_time();
    let id = insert(tx, context, request, guest_id, &price, expires_at)?;
    take_nights(tx, cabin.id, request.stay, id)?;
    if context.payments_on && price.deposit.is_positive() {
        checkouts::want_checkout(tx, context, id, price.deposit, expires_at)?;
    }
    let by = Actor::Channel(request.channel.clone());
    audit::note(tx, &by, AuditEvent::Held, Some(id), About::Nothing {})?;
    counts::reservation(&request.channel, Status::PreReserved);
    load(tx, id).map(Held::Yes)
}

/// Whether a booking made by a person waits for its deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deposit {
    /// It is held until the deposit is in.
    Awaited,
    /// It is confirmed at once.
    Waived,
}

/// Applies one event to a reservation, with the effects that the table of moves lists.
pub fn advance(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    mut reservation: Reservation,
    event: Event,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let step = apply(&reservation, event, tx.now())?;
    let (from, before) = (reservation.status, reservation.stay);
    if let Event::MoveTo(stay) = event {
        reservation.stay = stay;
    }
    if let Event::Secure(until) = event {
        reservation.expires_at = Some(until);
    }
    reservation.status = step.next;
    if !reservations::save(tx, &reservation)? {
        return Err(Error::Stale);
    }
    for effect in &step.effects {
        match effect {
            Effect::FreeNights => {
                if let Event::MoveTo(stay) = event {
                    nights::free_outside(tx, reservation.id, stay)?;
                } else {
                    nights::free_reservation(tx, reservation.id)?;
                }
            }
            Effect::TakeNights(stay) => {
                evict_lapsed(tx, context, reservation.cabin_id, *stay, ReconcileFirst::Asked)?;
                take_nights(tx, reservation.cabin_id, *stay, reservation.id)?;
            }
            Effect::CloseCheckouts => checkouts::close_checkouts(tx, reservation.id)?,
            Effect::SayConfirmed => notify::confirmed(tx, context, &reservation)?,
            Effect::SayCancelled => {
                // The refund depends on the status before.
                let stood = Reservation { status: from, ..reservation.clone() };
                let refund = refund_on_cancelling(tx, context, &stood)?;
                notify::cancelled(tx, context, &reservation, refund, actor)?;
            }
            Effect::SayExpired => notify::expired(tx, context, &reservation)?,
            Effect::SayTooLate => notify::too_late(tx, context, &reservation)?,
            Effect::SayRevived => notify::revived(tx, context, &reservation)?,
            Effect::SayMoved => notify::moved(tx, context, &reservation, actor)?,
            Effect::NotifyOwner => notify::owner_of_move(tx, context, &reservation, event, actor)?,
        }
    }
    if step.effects.contains(&Effect::FreeNights) {
        pass_on(tx, context, reservation.cabin_id, before)?;
    }
    if event == Event::Expire {
        payment_attention::money_is_left(tx, context, AttentionItem::PaidAndExpired, &reservation)?;
    }
    if step.next != from {
        counts::reservation(&reservation.channel, step.next);
        moved_on(tx, reservation.id, step.next, actor)?;
    }
    audit::note(tx, actor, timeline(event, step.next), Some(reservation.id), About::Nothing {})?;
    load(tx, reservation.id)
}

/// Name of a move in the audit trail: the new status, unless that does not say what happened.
fn timeline(event: Event, next: Status) -> AuditEvent {
    match event {
        Event::Secure(_) => AuditEvent::DepositIn,
        Event::GiveWay => AuditEvent::GaveWay,
        Event::DepositPaid
        | Event::Confirm
        | Event::Cancel
        | Event::Expire
        | Event::MoveTo(_)
        | Event::CheckIn
        | Event::CheckOut
        | Event::NoShow => next.into(),
    }
}

/// Confirms a hold without waiting for its deposit.
pub fn confirm(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let reservation = load(tx, id)?;
    advance(tx, context, reservation, Event::Confirm, actor)
}

/// Cancels a reservation; returns the refund that the policy gives.
pub fn cancel(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    reason: &str,
    actor: &Actor,
) -> Result<(Reservation, Money), Error> {
    let mut reservation = load(tx, id)?;
    reservation.cancel_reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    let refund = refund_on_cancelling(tx, context, &reservation)?;
    let cancelled = advance(tx, context, reservation, Event::Cancel, actor)?;
    if refund.is_positive() {
        refunds::want_refund(tx, context, &cancelled, refund, actor)?;
    }
    Ok((cancelled, refund))
}

/// Where and when a reservation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub cabin: CabinId,
    pub stay: Stay,
}

/// Price of another cabin, other dates or people for a reservation, with the amounts that a person agreed; nothing is
/// changed. A promo code that is not for the new stay no longer counts.
pub fn price_move(
    tx: &impl Read,
    context: &AppContext,
    reservation: &Reservation,
    Place { cabin, stay }: Place,
    party: Party,
) -> Result<Quote, Error> {
    let cabin = quote::offered_cabin(tx, cabin)?;
    let tariff = Tariff::load_for(tx, context, reservation.id)?.for_owner();
    let asked = Inquiry { stay, party, terms: reservation.terms.clone() };
    let price = match quote::of_cabin(tx, &cabin, &tariff, &asked)? {
        Err(Refusal::PromoCodeUnknown | Refusal::PromoCodeUsedUp | Refusal::PromoCodeConditions) => {
            let terms = Terms { promo_code: None, ..asked.terms };
            quote::of_cabin(tx, &cabin, &tariff, &Inquiry { terms, ..asked })?
        }
        priced => priced,
    }?;
    Ok(price.with_agreed(&reservation.quote))
}

/// Moves a reservation to another cabin, other dates or people at today's price. Beyond a hold, it keeps the deposit that
/// was asked.
pub fn move_stay(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    place: Place,
    party: Party,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let mut reservation = load(tx, id)?;
    let price = price_move(tx, context, &reservation, place, party)?;
    if place.cabin != reservation.cabin_id {
        nights::free_reservation(tx, id)?;
        pass_on(tx, context, reservation.cabin_id, reservation.stay)?;
        reservation.cabin_id = place.cabin;
    }
    let held = reservation.status == Status::PreReserved;
    reservation.quote = if held { price } else { price.keeping_deposit(reservation.quote.deposit) };
    reservation.party = party;
    let moved = advance(tx, context, reservation, Event::MoveTo(place.stay), actor)?;
    want_deposit(tx, context, &moved)?;
    Ok(moved)
}

/// Passes nights on that came free: a channel whose stay waited for them gets them; else waiting guests are told.
fn pass_on(tx: &mut WriteTx<'_>, context: &AppContext, cabin: CabinId, stay: Stay) -> Result<(), Error> {
    feed_state::hand_over(tx, context, cabin, (stay.check_in(), stay.check_out()))?;
    let now = tx.now();
    Ok(jobs::enqueue(tx, JobKind::TellWaiting, &cabin.to_string(), now)?)
}

/// Offers a hold its deposit anew, as long as part of it is still to be paid.
pub(super) fn want_deposit(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    hold: &Reservation,
) -> Result<(), Error> {
    let deposit = hold.quote.deposit;
    match (hold.status, hold.expires_at) {
        (Status::PreReserved, Some(until))
            if context.payments_on && payments::paid(tx, hold.id)? < deposit.minor =>
        {
            checkouts::want_checkout(tx, context, hold.id, deposit, until).map(drop)
        }
        _ => Ok(()),
    }
}

/// The guest arrives, leaves, or did not come.
pub fn record(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    event: Event,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let reservation = load(tx, id)?;
    advance(tx, context, reservation, event, actor)
}

/// Another channel has sold nights of this hold. Without money it is cancelled; with money it ends too, and a
/// person decides with the guest about the money.
pub fn give_way(tx: &mut WriteTx<'_>, context: &AppContext, id: ReservationId) -> Result<(), Error> {
    if payments::paid(tx, id)? <= 0 {
        return cancel(tx, context, id, "sold_elsewhere", &Actor::System).map(drop);
    }
    let reservation = load(tx, id)?;
    let ended = advance(tx, context, reservation, Event::GiveWay, &Actor::System)?;
    payment_attention::money_is_left(tx, context, AttentionItem::PaidWithoutPlace, &ended)
}

/// Frees the nights of lapsed holds in the way of a stay.
pub(super) fn evict_lapsed(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    cabin: CabinId,
    stay: Stay,
    reconcile: ReconcileFirst,
) -> Result<(), Error> {
    let lapsed = nights::lapsed_in(tx, cabin, stay)?;
    if reconcile == ReconcileFirst::AskFirst && context.payments_on {
        let mut unasked = Vec::new();
        for id in &lapsed {
            let until = load(tx, *id)?.expires_at.unwrap_or(tx.now());
            if !was_asked_since(tx, *id, until)? {
                unasked.push(*id);
            }
        }
        if !unasked.is_empty() {
            return Err(Error::ReconcileFirst(unasked));
        }
    }
    for id in lapsed {
        let reservation = load(tx, id)?;
        advance(tx, context, reservation, Event::Expire, &Actor::System)?;
    }
    Ok(())
}

/// The reservation has changed: settles the attention items about its confirmation, and what is over with it.
fn moved_on(tx: &mut WriteTx<'_>, id: ReservationId, next: Status, actor: &Actor) -> Result<(), Error> {
    requests::end_with(tx, id, next)?;
    if next == Status::Confirmed {
        receipts::decide(tx, id, ReceiptState::Found, actor.name())?;
    }
    attention::settle(tx, AttentionKind::ConfirmationWaits, &id.to_string())?;
    Ok(attention::settle(
        tx,
        AttentionKind::WorkFailed,
        &jobs::given_up(JobKind::ConfirmPaid, &id.to_string()),
    )?)
}

fn take_nights(tx: &mut WriteTx<'_>, cabin: CabinId, stay: Stay, id: ReservationId) -> Result<(), Error> {
    let taken = nights::take(tx, cabin, stay, Holder::Reservation(id))?;
    counts::nights(taken.is_ok());
    taken.map_err(|_| Error::Refused(Refusal::NightsTaken))
}

fn insert(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    request: &HoldRequest,
    guest_id: GuestId,
    price: &Quote,
    expires_at: jiff::Timestamp,
) -> Result<ReservationId, Error> {
    for _ in 0..CODE_TRIES {
        let mut bytes = [0; CODE_LENGTH];
        context.random.fill(&mut bytes);
        let code = ReservationCode::from_random(bytes);
        if reservations::find_by_code(tx, &code)?.is_some() {
            continue;
        }
        let new = reservations::New {
            code: &code,
            cabin_id: request.cabin_id,
            guest_id,
            stay: request.stay,
            party: request.party,
            channel: &request.channel,
            quote: price,
            terms: &request.terms,
            expires_at,
        };
        return Ok(reservations::insert(tx, &new)?);
    }
    Err(StoreError::Refused(Constraint::Unique).into())
}
