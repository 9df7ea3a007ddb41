//! Actions of a person at the desk: booking for a guest, and the actions on a booking's page. Each is one
//! decision, made once however often its form is sent.

use super::idempotency::{self, Answers, IdempotencyKey};
use super::reserve::{self, Deposit, Held, HoldRequest, Place, ReconcileFirst};
use super::{App, AppContext, Error, manage, pay, refunds, stay_view};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::{AttentionId, CabinId, PaymentId, ReservationCode, ReservationId};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::payment::PaymentMethod;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Event;
use crate::domain::stay::Stay;
use crate::store::pre_check_in::{self, Told};
use crate::store::{Read, WriteTx, audit, reservations, web_holds};

#[derive(Debug, Clone)]
pub enum Action {
    /// Confirmed, arrived, left, or a no-show.
    Record(Event),
    /// Cancels it, with the refund that the policy gives.
    Cancel {
        /// Reason, for the guest and the audit trail; may be empty.
        reason: String,
    },
    /// Changes dates or people, or the cabin when one is given, at today's price.
    Move { cabin: Option<CabinId>, stay: Stay, party: Party },
    /// Records a payment that a person received.
    Receive {
        /// Amount in minor units.
        minor: i64,
        /// `transfer` or `cash`.
        method: PaymentMethod,
    },
    Refund {
        /// Amount in minor units; all that was paid when absent.
        minor: Option<i64>,
    },
    /// Refunds one payment whole.
    GiveBack { payment: PaymentId },
}

/// Performs an action on a booking, and settles the attention item that it resolves.
pub async fn act(
    app: &App,
    answers: &Answers,
    idempotency_key: IdempotencyKey,
    code: ReservationCode,
    action: Action,
    attention: Option<AttentionId>,
    actor: Actor,
) -> Result<(), Error> {
    let work = move |tx: &mut WriteTx<'_>, context: &AppContext| {
        let found = reservations::find_by_code(tx, &code)?.ok_or(Error::NotFound)?;
        carry_out(tx, context, found.id, &action, &actor)?;
        if let Some(attention) = attention {
            manage::end_matter(tx, attention, "", &actor)?;
        }
        Ok(String::new())
    };
    idempotency::only(app, answers, idempotency_key, work).await.map(|_| ())
}

/// Where a booking is made.
#[derive(Debug, Clone)]
pub enum Origin {
    /// By a person of the house.
    Desk,
    /// By whoever fills in the public form.
    Form {
        /// Digest of their address ([`super::guest_link::LinkKey::of_address`]).
        address: Vec<u8>,
        limits: WebHoldLimits,
    },
}

/// How many holds of the public form may wait for their deposit at a time.
#[derive(Debug, Clone, Copy)]
pub struct WebHoldLimits {
    pub per_address: u32,
    pub of_house: u32,
}

/// Nights that the holds of one address may keep at a time: two cabins for a fortnight. A single hold may be longer.
const WEB_NIGHTS_MAX: u32 = 30;

/// Books for a guest; returns the booking's code. The provider is asked about lapsed holds in the way first.
pub async fn book(
    app: &App,
    answers: &Answers,
    idempotency_key: IdempotencyKey,
    request: HoldRequest,
    deposit: Deposit,
    origin: Origin,
    actor: Actor,
) -> Result<String, Error> {
    let attempt = |request: HoldRequest, idempotency_key: IdempotencyKey| {
        let (actor, origin) = (actor.clone(), origin.clone());
        idempotency::only(app, answers, idempotency_key, move |tx, context| {
            make(tx, context, &request, deposit, &origin, &actor)
        })
    };
    let code = match attempt(request.clone(), idempotency_key.clone()).await {
        Err(Error::ReconcileFirst(ids)) => {
            pay::ask_about(app, &ids).await;
            attempt(HoldRequest { reconcile: ReconcileFirst::Asked, ..request }, idempotency_key).await?
        }
        other => other?,
    };
    let known = ReservationCode::parse(&code).ok_or(Error::NotFound)?;
    let made = app.store.read(move |tx| Ok::<_, Error>(reservations::find_by_code(tx, &known)?)).await?;
    if let Some(made) = made {
        pay::link_now(app, made.id).await;
    }
    Ok(code)
}

/// What becomes of a payment whose booking is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownBookingIs {
    /// A booking again.
    Booked,
    GivenBack,
}

/// Settles a payment whose booking is not known.
pub async fn unknown_booking(
    app: &App,
    answers: &Answers,
    idempotency_key: IdempotencyKey,
    attention: AttentionId,
    what: UnknownBookingIs,
    actor: Actor,
) -> Result<(), Error> {
    let work = move |tx: &mut WriteTx<'_>, context: &AppContext| {
        match what {
            UnknownBookingIs::Booked => pay::make_booking(tx, context, attention, &actor).map(drop)?,
            UnknownBookingIs::GivenBack => pay::give_back(tx, context, attention, &actor)?,
        }
        Ok::<_, Error>(String::new())
    };
    idempotency::only(app, answers, idempotency_key, work).await.map(|_| ())
}

/// Stores a guest's details given before arrival.
pub async fn told_before_arrival(app: &App, id: ReservationId, told: Told) -> Result<(), Error> {
    app.store
        .write(move |tx| {
            pre_check_in::keep(tx, id, &told)?;
            audit::note(tx, &Actor::Guest, AuditEvent::ToldBeforeArrival, Some(id), About::Nothing {})?;
            Ok(())
        })
        .await
}

fn make(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    request: &HoldRequest,
    deposit: Deposit,
    origin: &Origin,
    actor: &Actor,
) -> Result<String, Error> {
    check_web_holds(tx, origin, request.stay)?;
    let held = match reserve::hold(tx, context, request)? {
        Held::Yes(reservation) => reservation,
        Held::PriceChanged(_) => return Err(Error::Stale),
    };
    if let Origin::Form { address, .. } = origin {
        web_holds::insert(tx, held.id, address)?;
    }
    let made = match deposit {
        Deposit::Awaited => held,
        Deposit::Waived => reserve::confirm(tx, context, held.id, actor)?,
    };
    Ok(made.code.to_string())
}

/// A form costs a stranger nothing, and each keeps nights from guests who would pay.
fn check_web_holds(tx: &impl Read, origin: &Origin, stay: Stay) -> Result<(), Error> {
    let Origin::Form { address, limits } = origin else { return Ok(()) };
    let waiting = web_holds::waiting(tx, address)?;
    let nights = waiting.nights + u32::from(stay.nights());
    let too_many_nights = waiting.of_address > 0 && nights > WEB_NIGHTS_MAX;
    if waiting.of_address >= limits.per_address || waiting.all >= limits.of_house || too_many_nights {
        return Err(Refusal::TooManyWebHolds.into());
    }
    Ok(())
}

fn carry_out(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    action: &Action,
    actor: &Actor,
) -> Result<(), Error> {
    match action {
        Action::Record(event) => reserve::record(tx, context, id, *event, actor).map(|_| ()),
        Action::Cancel { reason } => reserve::cancel(tx, context, id, reason, actor).map(|_| ()),
        Action::Move { cabin, stay, party } => {
            let cabin = cabin.map_or_else(|| Ok(stay_view::load(tx, id)?.cabin_id), Ok::<_, Error>)?;
            reserve::move_stay(tx, context, id, Place { cabin, stay: *stay }, *party, actor).map(|_| ())
        }
        Action::Receive { minor, method } => {
            let amount = Money::new(*minor, context.currency);
            pay::record_by_hand(tx, context, id, amount, *method, actor).map(|_| ())
        }
        Action::Refund { minor } => {
            let found = stay_view::load(tx, id)?;
            refunds::want_back(tx, context, &found, *minor, actor)
        }
        Action::GiveBack { payment } => {
            let found = stay_view::load(tx, id)?;
            refunds::want_payment_back(tx, context, &found, *payment, actor)
        }
    }
}
