//! Money that goes back: wanted as a row with its key, asked for by a job, an attention item for the owner when it fails.

use super::raise;
use crate::app::reserve::{Actor, load};
use crate::app::{App, AppContext, Error};
use crate::domain::attention::AttentionItem;
use crate::domain::audit::{About, AuditEvent};
use crate::domain::ids::{PaymentId, RefundId};
use crate::domain::job::JobKind;
use crate::domain::money::Money;
use crate::domain::payment::PaymentMethod;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Reservation;
use crate::ports::payments::RefundOutcome;
use crate::ports::random::token;
use crate::store::payments::{self, Payment, RefundState};
use crate::store::{Read, WriteTx, audit, jobs};
use std::sync::Arc;

/// Wants `amount` given back for a reservation, from its newest payments first. What was paid by hand goes
/// back by hand: that is an attention item for the owner.
pub fn want_refund(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    amount: Money,
    actor: &Actor,
) -> Result<(), Error> {
    let mut left = amount.minor;
    for payment in payments::of_reservation(tx, reservation.id)?.into_iter().rev() {
        let asked: i64 = payments::refunds_of(tx, payment.id)?.iter().map(|refund| refund.amount.minor).sum();
        let part = left.min(payments::entered(tx, payment.id)?.min(payment.amount_minor - asked));
        if part <= 0 {
            continue;
        }
        if payment.provider == PaymentMethod::Mercadopago {
            want(tx, context, &payment, Money::new(part, amount.currency), actor)?;
        } else {
            raise(tx, context, AttentionItem::RefundByHand, &payment, reservation)?;
        }
        left -= part;
    }
    if left == amount.minor { Err(Refusal::NothingToRefund.into()) } else { Ok(()) }
}

/// Wants `minor` given back, or all that was paid when no amount is said; never more than was paid.
pub fn want_back(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    minor: Option<i64>,
    actor: &Actor,
) -> Result<(), Error> {
    let paid = payments::paid(tx, reservation.id)?;
    let amount = Money::new(minor.unwrap_or(paid), reservation.quote.total.currency);
    if amount.minor > paid || !amount.is_positive() {
        return Err(Refusal::NothingToRefund.into());
    }
    want_refund(tx, context, reservation, amount, actor)
}

/// Wants one payment given back whole, as far as it still is with us.
pub fn want_payment_back(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    id: PaymentId,
    actor: &Actor,
) -> Result<(), Error> {
    let payment = payments::find(tx, id)?.ok_or(Error::NotFound)?;
    if payment.reservation_id != Some(reservation.id) {
        return Err(Error::NotFound);
    }
    let asked: i64 = payments::refunds_of(tx, id)?.iter().map(|refund| refund.amount.minor).sum();
    let left = payment.amount_minor - asked.max(payment.refunded_minor);
    if left <= 0 || payment.provider != PaymentMethod::Mercadopago {
        return Err(Refusal::NothingToRefund.into());
    }
    let currency = payments::currency_of(&payment).unwrap_or(reservation.quote.total.currency);
    want(tx, context, &payment, Money::new(left, currency), actor)?;
    audit::note(tx, actor, AuditEvent::RefundWanted, Some(reservation.id), About::Nothing {})?;
    Ok(())
}

/// A refund as a row with its key, and the work that asks for it.
fn want(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    payment: &Payment,
    amount: Money,
    actor: &Actor,
) -> Result<(), Error> {
    let key = token(context.random.as_ref());
    let id = payments::insert_refund(tx, payment, amount, &key, actor.name())?;
    let now = tx.now();
    Ok(jobs::enqueue(tx, JobKind::SendRefund, &id.to_string(), now)?)
}

/// Asks the provider for one refund and reads the payment again.
pub async fn send_refund(app: &App, id: RefundId) -> Result<(), Error> {
    let found = app
        .store
        .read(move |tx| {
            let Some(refund) = payments::find_refund(tx, id)? else { return Ok(None) };
            let payment = payments::find(tx, refund.payment_id)?;
            Ok::<_, Error>(payment.map(|payment| (refund, payment)))
        })
        .await?;
    let Some((refund, payment)) = found.filter(|(refund, _)| refund.state == RefundState::Wanted) else {
        return Ok(());
    };
    let provider_id = payment.provider_id.clone();
    let (amount, key) = (refund.amount, refund.idempotency_key.clone());
    let sent = app.outside(move |ports| ports.payments.refund(&provider_id, amount, &key)).await?;
    let state = match sent.outcome {
        RefundOutcome::Approved => RefundState::Approved,
        RefundOutcome::InProcess => RefundState::InProcess,
        RefundOutcome::Rejected => RefundState::Rejected,
    };
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            payments::set_refund(tx, id, state, Some(&sent.provider_id))?;
            if state == RefundState::Rejected {
                refund_failed_in(tx, &context, id)?;
            }
            let now = tx.now();
            Ok::<_, Error>(jobs::enqueue(tx, JobKind::ReconcilePayment, &payment.provider_id, now)?)
        })
        .await?;
    app.wake.after_decision();
    Ok(())
}

/// A refund can't be made: the owner must.
pub async fn refund_failed(app: &App, id: RefundId) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            payments::set_refund(tx, id, RefundState::Rejected, None)?;
            refund_failed_in(tx, &context, id)
        })
        .await
}

fn refund_failed_in(tx: &mut WriteTx<'_>, context: &AppContext, id: RefundId) -> Result<(), Error> {
    let refund = payments::find_refund(tx, id)?.ok_or(Error::NotFound)?;
    let payment = payments::find(tx, refund.payment_id)?.ok_or(Error::NotFound)?;
    match refund.reservation_id {
        Some(reservation) => {
            let reservation = load(tx, reservation)?;
            raise(tx, context, AttentionItem::RefundFailed, &payment, &reservation)
        }
        None => Ok(()),
    }
}
