//! Money: offers to pay, what the provider says became of them, and refunds.
//!
//! The rules, in one place:
//! - A notification is only a hint. What counts is the payment as we read it ourselves, judged against the
//!   checkout it names (`domain::payment::judge`).
//! - Every snapshot is stored; a snapshot seen before changes nothing. What a payment is worth now, less what
//!   it has put into the ledger so far, is what is entered: applying a snapshot twice enters nothing twice.
//! - Only a payment that matches confirms by itself. Any other money that came in is an attention item for a person.
//! - A provider's call that moves money carries a key that was stored before.

mod payment_attention;
mod refunds;

use payment_attention::raise_stray;
pub(super) use payment_attention::{money_is_left, raise};
pub use refunds::{refund_failed, send_refund, want_back, want_payment_back, want_refund};

use super::reserve::{Actor, load};
use super::{App, AppContext, Error, confirm, counts, notify};
use crate::domain::attention::{AttentionItem, AttentionKind};
use crate::domain::audit::{About, AuditEvent};
use crate::domain::ids::{CheckoutId, ReservationId};
use crate::domain::job::JobKind;
use crate::domain::money::Money;
use crate::domain::payment::{
    Balance, CheckoutOffer, Expectation, PaymentMethod, PaymentSnapshot, PaymentStatus, Verdict, judge,
};
use crate::domain::reservation::{Reservation, Status};
use crate::ports::error::PortError;
use crate::ports::payments::CheckoutLinks;
use crate::ports::random::token;
use crate::store::payments::{self, Checkout, CheckoutState, Payment, RefundState};
use crate::store::{Read, StoreError, WriteTx, attention, audit, jobs};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;

/// When we ask what became of an open checkout, counted from its opening. Notifications may be lost.
const CHECK_AFTER: [SignedDuration; 4] = [
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(10),
    SignedDuration::from_mins(60),
    SignedDuration::from_hours(24),
];
/// How long a request for a hold waits for the provider's word on lapsed holds in its way.
const ASK_TIMEOUT: Duration = Duration::from_secs(4);
/// An answer of the API waits this long for its payment link; then the link follows by itself.
const LINK_TIMEOUT: Duration = Duration::from_secs(8);
/// When the job opens a checkout that the request itself should have opened long since.
const LINK_FALLBACK: SignedDuration = SignedDuration::from_secs(20);

/// Wants an offer to pay `amount` for a reservation, opened as soon as may be.
pub fn want_checkout(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: ReservationId,
    amount: Money,
    expires_at: Timestamp,
) -> Result<CheckoutId, Error> {
    let reference = format!("c{}", token(context.random.as_ref()));
    let id = payments::insert_checkout(tx, reservation, &reference, amount, expires_at)?;
    let at = tx.now() + LINK_FALLBACK;
    jobs::enqueue(tx, JobKind::OpenCheckout, &id.to_string(), at)?;
    Ok(id)
}

/// Ends every offer of a reservation; the provider is told by a job.
pub fn close_checkouts(tx: &mut WriteTx<'_>, reservation: ReservationId) -> Result<(), Error> {
    let now = tx.now();
    for id in payments::close_checkouts(tx, reservation)? {
        jobs::enqueue(tx, JobKind::CloseCheckout, &id.to_string(), now)?;
    }
    Ok(())
}

/// Whether some payment of the reservation is under review at the provider.
pub fn is_under_review(tx: &impl Read, reservation: ReservationId) -> Result<bool, Error> {
    let payments = payments::of_reservation(tx, reservation)?;
    Ok(payments.iter().any(|payment| payment.status == PaymentStatus::InProcess))
}

/// Whether the provider has answered about every offer of the reservation since that instant. Offers that were
/// never opened can't have been paid.
pub fn was_asked_since(tx: &impl Read, reservation: ReservationId, since: Timestamp) -> Result<bool, Error> {
    let checkouts = payments::checkouts_of(tx, reservation)?;
    let asked = |c: &Checkout| c.provider_id.is_none() || c.checked_at.is_some_and(|at| at >= since);
    Ok(checkouts.iter().all(asked))
}

/// The link to pay for a reservation, opened now if need be. `None` when there is nothing to pay online, or
/// the provider does not answer in time: then a job goes on trying.
pub async fn link_now(app: &App, reservation: ReservationId) -> Option<String> {
    let current =
        app.store.read(move |tx| Ok::<_, Error>(payments::current_checkout(tx, reservation)?)).await;
    let checkout = current.ok().flatten()?;
    if checkout.url.is_some() {
        return checkout.url;
    }
    match tokio::time::timeout(LINK_TIMEOUT, open(app, checkout.id)).await {
        Ok(Ok(opened)) => opened.and_then(|checkout| checkout.url),
        Ok(Err(error)) => {
            tracing::warn!(%error, checkout = checkout.id.0, "a checkout could not be opened; a job goes on trying");
            None
        }
        Err(_) => None,
    }
}

/// Opens a wanted offer at the provider. Answers the offer as it is now; `None` when it is not wanted any more.
pub async fn open(app: &App, id: CheckoutId) -> Result<Option<Checkout>, Error> {
    let (checkout, offer) = app.store.read(move |tx| wanted(tx, id)).await?;
    let Some(offer) = offer else { return Ok(checkout.filter(|c| c.state == CheckoutState::Open)) };
    let links = CheckoutLinks { public_url: app.context.public_url.clone() };
    let key = offer.reference.clone();
    let opened = app.outside(move |ports| ports.payments.open_checkout(&offer, &links, &key)).await?;
    let record = app
        .store
        .write(move |tx| {
            let check_at = tx.now() + CHECK_AFTER[0];
            let fresh = payments::opened(tx, id, &opened.provider_id, &opened.url, check_at)?;
            Ok::<_, Error>((fresh, opened, payments::find_checkout(tx, id)?))
        })
        .await?;
    let (fresh, opened, checkout) = record;
    let ours = checkout.as_ref().is_some_and(|c| c.provider_id.as_deref() == Some(&opened.provider_id));
    if !fresh && !ours {
        // Somebody else opened it, or it is over: what we just opened must not stay payable.
        let provider_id = opened.provider_id;
        app.outside(move |ports| ports.payments.close_checkout(&provider_id)).await?;
    }
    Ok(checkout.filter(|c| c.state == CheckoutState::Open))
}

fn wanted(tx: &impl Read, id: CheckoutId) -> Result<(Option<Checkout>, Option<CheckoutOffer>), Error> {
    let Some(checkout) = payments::find_checkout(tx, id)? else { return Ok((None, None)) };
    let reservation = load(tx, checkout.reservation_id)?;
    let alive = checkout.state == CheckoutState::Wanted && checkout.expires_at > tx.now();
    let offer = alive.then(|| CheckoutOffer {
        reference: checkout.reference.clone(),
        title: notify::checkout_title(tx, &reservation),
        amount: checkout.amount,
        expires_at: checkout.expires_at,
    });
    Ok((Some(checkout), offer))
}

/// Tells the provider that an offer can't be paid any more.
pub async fn close(app: &App, id: CheckoutId) -> Result<(), Error> {
    let found = app.store.read(move |tx| Ok::<_, Error>(payments::find_checkout(tx, id)?)).await?;
    let Some(checkout) = found.filter(|c| c.state == CheckoutState::Closing) else { return Ok(()) };
    if let Some(provider_id) = checkout.provider_id {
        app.outside(move |ports| ports.payments.close_checkout(&provider_id)).await?;
    }
    app.store.write(move |tx| Ok::<_, Error>(payments::closed(tx, id)?)).await
}

/// Reads one payment at the provider and applies what it says.
pub async fn reconcile(app: &App, provider_id: String) -> Result<(), Error> {
    let collector = collector(app).await?;
    let snapshot = app.outside(move |ports| ports.payments.fetch(&provider_id)).await?;
    apply_all(app, vec![snapshot], collector).await
}

/// Asks the provider what became of one offer, and sets when to ask again.
pub async fn check(app: &App, id: CheckoutId) -> Result<(), Error> {
    let found = app.store.read(move |tx| Ok::<_, Error>(payments::find_checkout(tx, id)?)).await?;
    let Some(checkout) = found else { return Ok(()) };
    let collector = collector(app).await?;
    let reference = checkout.reference.clone();
    let snapshots = app.outside(move |ports| ports.payments.search(&reference)).await?;
    apply_all(app, snapshots, collector).await?;
    app.store
        .write(move |tx| {
            let next = CHECK_AFTER.get(checkout.checks as usize + 1);
            let next = next.map(|after| tx.now() + *after);
            Ok::<_, Error>(payments::checked(tx, id, next)?)
        })
        .await
}

/// Asks about every payment that changed within this time: what all other ways have missed.
pub async fn sweep(app: &App, back: SignedDuration) -> Result<(), Error> {
    let collector = collector(app).await?;
    let snapshots = app.outside(move |ports| ports.payments.search_lately(back)).await?;
    let ours = |snapshot: &PaymentSnapshot| snapshot.reference.is_some();
    apply_all(app, snapshots.into_iter().filter(ours).collect(), collector).await
}

/// Asks the provider about the offers of these reservations, for as long as somebody can wait for it. A
/// failure is no obstacle: whoever needs the answer looks whether it came.
pub async fn ask_about(app: &App, reservations: &[ReservationId]) {
    let ids = reservations.to_vec();
    let open = app.store.read(move |tx| {
        let mut open = Vec::new();
        for id in ids {
            let checkouts = payments::checkouts_of(tx, id)?;
            open.extend(checkouts.into_iter().filter(|c| c.provider_id.is_some()).map(|c| c.id));
        }
        Ok::<_, StoreError>(open)
    });
    let ask = async {
        for id in open.await.unwrap_or_default() {
            if let Err(error) = check(app, id).await {
                tracing::warn!(%error, checkout = id.0, "the payment provider did not answer about a hold");
            }
        }
    };
    if tokio::time::timeout(ASK_TIMEOUT, ask).await.is_err() {
        tracing::warn!("the payment provider took too long about a hold");
    }
}

/// Our own account at the provider: every payment must name it. `None` when the provider will not tell.
async fn collector(app: &App) -> Result<Option<String>, Error> {
    if let Some(known) = app.collector.get() {
        return Ok(Some(known.clone()));
    }
    match app.outside(|ports| ports.payments.account()).await {
        Ok(account) => Ok(Some(app.collector.get_or_init(|| account.collector_id).clone())),
        Err(PortError::Permanent { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn apply_all(
    app: &App,
    snapshots: Vec<PaymentSnapshot>,
    collector: Option<String>,
) -> Result<(), Error> {
    for snapshot in snapshots {
        let (context, collector) = (Arc::clone(&app.context), collector.clone());
        app.store.write(move |tx| apply(tx, &context, &snapshot, collector.as_deref())).await?;
        app.wake.after_decision();
    }
    Ok(())
}

/// Applies one snapshot: ledger, reservation, messages, attention. The same snapshot again changes nothing.
pub fn apply(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    snapshot: &PaymentSnapshot,
    collector: Option<&str>,
) -> Result<(), Error> {
    let reference = snapshot.reference.as_deref();
    let checkout =
        reference.map(|reference| payments::find_by_reference(tx, reference)).transpose()?.flatten();
    let expected = checkout.as_ref().map(|checkout| Expectation {
        reference: checkout.reference.clone(),
        amount: checkout.amount,
        collector_id: collector.map(str::to_owned),
    });
    let verdict = judge(snapshot, expected.as_ref());
    let Some(id) = payments::record(tx, PaymentMethod::Mercadopago, snapshot, checkout.as_ref(), verdict)?
    else {
        return Ok(());
    };
    counts::payment(snapshot.status);
    if snapshot.status != PaymentStatus::InProcess {
        attention::settle(tx, AttentionKind::UnderReview, &id.to_string())?;
    }
    let Some(checkout) = checkout else { return raise_stray(tx, snapshot, verdict, None) };
    let payment = payments::find(tx, id)?.ok_or(Error::NotFound)?;
    let reservation = load(tx, checkout.reservation_id)?;
    if !verdict.counts() {
        return if snapshot.status == PaymentStatus::Approved {
            raise_stray(tx, snapshot, verdict, Some(&reservation))
        } else {
            Ok(())
        };
    }
    let change = snapshot.worth_minor() - payments::entered(tx, id)?;
    if change != 0 {
        payments::enter(tx, reservation.id, id, Money::new(change, checkout.amount.currency))?;
        let about = About::Money { amount_cents: change, status: Some(snapshot.status) };
        audit::note(tx, &Actor::Provider, AuditEvent::Money, Some(reservation.id), about)?;
    }
    match change.signum() {
        1 => money_came(tx, context, reservation, &payment, change),
        -1 => money_went(tx, context, &reservation, &payment, change),
        _ => nothing_moved(tx, context, &reservation, &payment),
    }
}

fn money_came(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: Reservation,
    payment: &Payment,
    change: i64,
) -> Result<(), Error> {
    let paid = payments::paid(tx, reservation.id)?;
    let balance = Balance::of(paid, reservation.quote.deposit, reservation.quote.total);
    let received = Money::new(change, reservation.quote.total.currency);
    if payment.verdict != Verdict::Matches {
        raise(tx, context, AttentionItem::OtherAmount, payment, &reservation)?;
        return notify::partial(tx, context, &reservation, received);
    }
    match reservation.status {
        Status::PreReserved | Status::Expired if balance.deposit_is_in() => {
            confirm_or_raise(tx, context, reservation, payment)
        }
        Status::PreReserved => {
            raise(tx, context, AttentionItem::OtherAmount, payment, &reservation)?;
            notify::partial(tx, context, &reservation, received)
        }
        Status::Expired => raise(tx, context, AttentionItem::PaidWithoutPlace, payment, &reservation),
        Status::Confirmed | Status::CheckedIn | Status::CheckedOut => {
            if paid_twice(tx, payment)? || balance == Balance::Overpaid {
                raise(tx, context, AttentionItem::PaidTwice, payment, &reservation)
            } else if balance == Balance::Settled {
                notify::settled(tx, context, &reservation)
            } else {
                Ok(())
            }
        }
        Status::Cancelled | Status::NoShow => {
            raise(tx, context, AttentionItem::PaidAfterCancel, payment, &reservation)
        }
    }
}

/// The deposit is in: the cabin is the guest's, if its nights still are, or are free again.
fn confirm_or_raise(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: Reservation,
    payment: &Payment,
) -> Result<(), Error> {
    let stay = reservation.stay;
    let own = reservation.id;
    let mine_or_free = crate::store::nights::are_free_but_for(tx, reservation.cabin_id, stay, own)?;
    if !mine_or_free {
        notify::too_late(tx, context, &reservation)?;
        return raise(tx, context, AttentionItem::PaidWithoutPlace, payment, &reservation);
    }
    confirm::deposit_is_in(tx, context, reservation, &Actor::Provider).map(drop)
}

/// Whether the same offer was paid by another payment before: a checkout may be paid more than once.
fn paid_twice(tx: &impl Read, payment: &Payment) -> Result<bool, Error> {
    let Some(reservation) = payment.reservation_id else { return Ok(false) };
    let others = payments::of_reservation(tx, reservation)?;
    let same_offer = |other: &Payment| {
        other.id != payment.id
            && other.checkout_id == payment.checkout_id
            && other.status == PaymentStatus::Approved
            && other.verdict.known().is_some_and(Verdict::counts)
    };
    Ok(others.iter().any(same_offer))
}

/// Money of a reservation went back: by our refund, by the owner in the provider's panel, or by the card's bank.
fn money_went(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    payment: &Payment,
    change: i64,
) -> Result<(), Error> {
    let amount = Money::new(-change, reservation.quote.total.currency);
    match payment.status.known().unwrap_or(PaymentStatus::Unknown) {
        PaymentStatus::ChargedBack => raise(tx, context, AttentionItem::ChargedBack, payment, reservation),
        PaymentStatus::InMediation => raise(tx, context, AttentionItem::InMediation, payment, reservation),
        PaymentStatus::Approved | PaymentStatus::Refunded => {
            let refunds = payments::refunds_of(tx, payment.id)?;
            if refunds.is_empty() {
                raise(tx, context, AttentionItem::RefundedElsewhere, payment, reservation)
            } else {
                for refund in refunds.iter().filter(|refund| refund.state != RefundState::Approved) {
                    payments::set_refund(tx, refund.id, RefundState::Approved, None)?;
                }
                notify::refunded(tx, context, reservation, amount)
            }
        }
        PaymentStatus::Pending
        | PaymentStatus::InProcess
        | PaymentStatus::Authorized
        | PaymentStatus::Rejected
        | PaymentStatus::Cancelled
        | PaymentStatus::Unknown => raise(tx, context, AttentionItem::MoneyTakenBack, payment, reservation),
    }
}

/// A payment changed its state without moving money.
fn nothing_moved(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    payment: &Payment,
) -> Result<(), Error> {
    match payment.status.known().unwrap_or(PaymentStatus::Unknown) {
        PaymentStatus::InProcess => {
            raise(tx, context, AttentionItem::UnderReview, payment, reservation)?;
            notify::pending(tx, context, reservation)
        }
        PaymentStatus::Rejected if reservation.status == Status::PreReserved => {
            notify::rejected(tx, context, reservation, payment.id)
        }
        PaymentStatus::ChargedBack => raise(tx, context, AttentionItem::ChargedBack, payment, reservation),
        PaymentStatus::InMediation => raise(tx, context, AttentionItem::InMediation, payment, reservation),
        PaymentStatus::Unknown => {
            raise(tx, context, AttentionItem::UnknownPaymentState, payment, reservation)
        }
        PaymentStatus::Pending
        | PaymentStatus::Authorized
        | PaymentStatus::Approved
        | PaymentStatus::Rejected
        | PaymentStatus::Cancelled
        | PaymentStatus::Refunded => Ok(()),
    }
}

/// Enters money that a person saw arrive (a transfer, cash) and confirms when the deposit is in.
pub fn record_by_hand(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    amount: Money,
    method: PaymentMethod,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let reservation = load(tx, id)?;
    let snapshot = PaymentSnapshot {
        provider_id: token(context.random.as_ref()),
        status: PaymentStatus::Approved,
        status_detail: actor.name().to_owned(),
        amount_minor: amount.minor,
        refunded_minor: 0,
        currency: amount.currency.code().to_owned(),
        reference: None,
        collector_id: None,
        updated: String::new(),
        method: method.code().to_owned(),
    };
    let payment = payments::record_for(tx, method, &snapshot, id)?;
    payments::enter(tx, id, payment, amount)?;
    let about = About::Money { amount_cents: amount.minor, status: None };
    audit::note(tx, actor, AuditEvent::Money, Some(id), about)?;
    let balance = Balance::of(payments::paid(tx, id)?, reservation.quote.deposit, reservation.quote.total);
    match reservation.status {
        Status::PreReserved | Status::Expired if balance.deposit_is_in() => {
            confirm::deposit_is_in(tx, context, reservation, actor)
        }
        _ => {
            notify::transfer_seen(tx, context, &reservation, amount)?;
            Ok(reservation)
        }
    }
}
