//! Refunds: a row with its idempotency key and a job that requests it; payments made by hand are refunded by
//! hand.

use super::payment_attention::raise;
use super::{AppContext, Error};
use crate::domain::attention::AttentionItem;
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::PaymentId;
use crate::domain::job::JobKind;
use crate::domain::money::Money;
use crate::domain::payment::PaymentMethod;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Reservation;
use crate::ports::random::token;
use crate::store::payments::{self, Payment};
use crate::store::{Read, WriteTx, audit, jobs, refunds};

/// Refunds `amount` of a reservation, from its newest payments first. For payments made by hand the owner
/// gets an attention item.
pub fn want_refund(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    amount: Money,
    actor: &Actor,
) -> Result<(), Error> {
    let mut left = amount.minor;
    for (payment, most) in refundable(tx, reservation)? {
        let part = left.min(most);
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

/// The refundable part of each payment, the newest first: pending refunds count as made.
fn refundable(tx: &impl Read, reservation: &Reservation) -> Result<Vec<(Payment, i64)>, Error> {
    let mut found = Vec::new();
    for payment in payments::of_reservation(tx, reservation.id)?.into_iter().rev() {
        let asked: i64 = refunds::of_payment(tx, payment.id)?.iter().map(|refund| refund.amount.minor).sum();
        let most = payments::entered(tx, payment.id)?.min(payment.amount_minor - asked);
        found.push((payment, most.max(0)));
    }
    Ok(found)
}

/// Refunds `minor`, or all that is left when no amount is given; never more than is left.
pub fn want_back(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    minor: Option<i64>,
    actor: &Actor,
) -> Result<(), Error> {
    let left: i64 = refundable(tx, reservation)?.iter().map(|(_, most)| most).sum();
    let amount = Money::new(minor.unwrap_or(left), reservation.quote.total.currency);
    if amount.minor > left || !amount.is_positive() {
        return Err(Refusal::NothingToRefund.into());
    }
    want_refund(tx, context, reservation, amount, actor)
}

/// Refunds the rest of one payment.
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
    let asked: i64 = refunds::of_payment(tx, id)?.iter().map(|refund| refund.amount.minor).sum();
    let left = payment.amount_minor - asked.max(payment.refunded_minor);
    if left <= 0 || payment.provider != PaymentMethod::Mercadopago {
        return Err(Refusal::NothingToRefund.into());
    }
    let currency = payments::currency_of(&payment).unwrap_or(reservation.quote.total.currency);
    want(tx, context, &payment, Money::new(left, currency), actor)?;
    audit::note(tx, actor, AuditEvent::RefundWanted, Some(reservation.id), About::Nothing {})?;
    Ok(())
}

/// Refunds the rest of a payment that belongs to no reservation.
pub fn want_stray_back(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    payment: &Payment,
    actor: &Actor,
) -> Result<(), Error> {
    let asked: i64 = refunds::of_payment(tx, payment.id)?.iter().map(|refund| refund.amount.minor).sum();
    let left = payment.amount_minor - asked.max(payment.refunded_minor);
    let currency = payments::currency_of(payment).filter(|_| left > 0).ok_or(Refusal::NothingToRefund)?;
    want(tx, context, payment, Money::new(left, currency), actor)?;
    audit::note(tx, actor, AuditEvent::RefundWanted, None, About::Nothing {})?;
    Ok(())
}

/// Stores a refund with its key, and its job.
fn want(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    payment: &Payment,
    amount: Money,
    actor: &Actor,
) -> Result<(), Error> {
    let key = token(context.random.as_ref());
    let id = refunds::insert(tx, payment, amount, &key, actor.name())?;
    let now = tx.now();
    Ok(jobs::enqueue(tx, JobKind::SendRefund, &id.to_string(), now)?)
}
