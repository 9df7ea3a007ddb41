//! Effects of a payment on its reservation: ledger, confirmation, messages, attention items, in one
//! transaction.

use super::unknown_booking;
use crate::app::payment_attention::{raise, raise_stray};
use crate::app::stay_view::{is_under_review, load};
use crate::app::{AppContext, Error, checkouts, confirm, counts, notify};
use crate::domain::attention::{AttentionItem, AttentionKind};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::{ReservationCode, ReservationId};
use crate::domain::money::Money;
use crate::domain::paid_booking::PaidBooking;
use crate::domain::payment::{
    Balance, Expectation, PaymentMethod, PaymentSnapshot, PaymentStatus, Verdict, judge,
};
use crate::domain::receipt::ReceiptState;
use crate::domain::reservation::{Reservation, Status};
use crate::ports::random::token;
use crate::store::payments::{self, Checkout, Payment};
use crate::store::refunds::{self, RefundState};
use crate::store::{Read, WriteTx, attention, audit, cabins, nights, receipts, reservations, settings};

/// Applies one snapshot: ledger, reservation, messages, attention. Idempotent.
pub fn apply(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    snapshot: &PaymentSnapshot,
    collector: Option<&str>,
) -> Result<(), Error> {
    let booking = unknown_booking::named(context, snapshot);
    let known = offer_of(tx, snapshot, booking)?;
    if known.is_none() && is_foreign(snapshot, booking) {
        metrics::counter!("payments_foreign_total").increment(1);
        return Ok(());
    }
    let checkout = match (&known, booking) {
        (None, Some(booking)) => unknown_booking::checkout_again(tx, snapshot, booking)?,
        _ => known.clone(),
    };
    let expected = checkout.as_ref().map(|checkout| Expectation {
        reference: checkout.reference.clone(),
        amount: checkout.amount,
        collector_id: collector.map(str::to_owned),
    });
    // The provider may have lost our reference; the payment was matched in another way then.
    let named = PaymentSnapshot {
        reference: checkout.as_ref().map(|offer| offer.reference.clone()).or(snapshot.reference.clone()),
        ..snapshot.clone()
    };
    let verdict = judge(&named, expected.as_ref());
    let Some(id) = payments::record(tx, PaymentMethod::Mercadopago, snapshot, checkout.as_ref(), verdict)?
    else {
        return Ok(());
    };
    counts::payment(snapshot.status);
    if snapshot.status != PaymentStatus::InProcess {
        attention::settle(tx, AttentionKind::UnderReview, &id.to_string())?;
    }
    let payment = payments::find(tx, id)?.ok_or(Error::NotFound)?;
    let Some(checkout) = checkout else { return without_booking(tx, context, snapshot, &payment, collector) };
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
    if let (None, Some(booking), 1..) = (&known, booking, change)
        && (booking.cabin_id, booking.stay) != (reservation.cabin_id, reservation.stay)
    {
        unknown_booking::found(tx, context, &payment, &checkout.reference, booking)?;
    }
    match change.signum() {
        1 => money_came(tx, context, reservation, &payment, change),
        -1 => money_went(tx, context, &reservation, &payment, change),
        _ => nothing_moved(tx, context, &reservation, &payment),
    }
}

/// Whether a payment is the account's other business: it has neither our reference nor a booking of ours. One that
/// names the booking of another instance is that one's.
fn is_foreign(snapshot: &PaymentSnapshot, booking: Option<&PaidBooking>) -> bool {
    let ours = snapshot.reference.as_deref().is_some_and(checkouts::is_reference);
    booking.is_none() && (!ours || snapshot.booking.is_some())
}

/// A payment for no booking of this database.
fn without_booking(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    snapshot: &PaymentSnapshot,
    payment: &Payment,
    collector: Option<&str>,
) -> Result<(), Error> {
    if snapshot.status == PaymentStatus::Refunded {
        refunds_are_made(tx, payment)?;
    }
    let to_us = collector.is_none_or(|ours| snapshot.collector_id.as_deref() == Some(ours));
    let booking = unknown_booking::named(context, snapshot);
    let booking = booking.filter(|booking| to_us && booking.total.currency.code() == snapshot.currency);
    match (booking, &snapshot.reference, snapshot.status) {
        (Some(booking), Some(reference), PaymentStatus::Approved) => {
            unknown_booking::found(tx, context, payment, reference, booking)
        }
        (Some(_), _, PaymentStatus::Refunded | PaymentStatus::ChargedBack | PaymentStatus::Cancelled) => {
            unknown_booking::is_over(tx, context, payment)
        }
        _ => raise_stray(tx, snapshot, Verdict::UnknownReference, None),
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
    if !offer_is_paid(tx, payment)? {
        raise(tx, context, AttentionItem::OtherAmount, payment, &reservation)?;
        return notify::partial(tx, context, &reservation, received);
    }
    let before = Balance::of(paid - change, reservation.quote.deposit, reservation.quote.total);
    match reservation.status {
        Status::PreReserved if before.deposit_is_in() => {
            too_much(tx, context, payment, &reservation, received)
        }
        Status::PreReserved | Status::Expired if balance.deposit_is_in() => {
            confirm_or_raise(tx, context, reservation, payment)
        }
        Status::PreReserved => {
            raise(tx, context, AttentionItem::OtherAmount, payment, &reservation)?;
            notify::partial(tx, context, &reservation, received)
        }
        Status::Expired => {
            raise(tx, context, AttentionItem::PaidWithoutPlace, payment, &reservation)?;
            notify::paid_for_nothing(tx, context, &reservation, received)
        }
        Status::Confirmed | Status::CheckedIn | Status::CheckedOut => match balance {
            _ if paid_twice(tx, payment)? => too_much(tx, context, payment, &reservation, received),
            Balance::Settled => notify::settled(tx, context, &reservation),
            // The deposit was in, and this is not the rest: a second deposit, by an older link or by another payer.
            _ if before.deposit_is_in() => too_much(tx, context, payment, &reservation, received),
            _ => Ok(()),
        },
        Status::Cancelled | Status::NoShow => {
            raise(tx, context, AttentionItem::PaidAfterCancel, payment, &reservation)?;
            notify::paid_for_nothing(tx, context, &reservation, received)
        }
    }
}

/// Overpaid: tells owner and guest at once.
fn too_much(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    payment: &Payment,
    reservation: &Reservation,
    received: Money,
) -> Result<(), Error> {
    raise(tx, context, AttentionItem::PaidTwice, payment, reservation)?;
    notify::paid_more(tx, context, reservation, received)
}

/// Whether a checkout's amount is paid, by one payment or by its parts. A single payment of another amount is
/// no part: nothing says that the rest will come.
fn offer_is_paid(tx: &mut WriteTx<'_>, payment: &Payment) -> Result<bool, Error> {
    if payment.verdict == Verdict::Matches {
        return Ok(true);
    }
    let (Some(reservation), Some(offer)) = (payment.reservation_id, payment.checkout_id) else {
        return Ok(false);
    };
    let asked = payments::find_checkout(tx, offer)?.ok_or(Error::NotFound)?.amount.minor;
    let mut parts = Vec::new();
    for part in
        payments::of_reservation(tx, reservation)?.into_iter().filter(|p| p.checkout_id == Some(offer))
    {
        let entered = payments::entered(tx, part.id)?;
        parts.extend((entered > 0).then_some((part.id, entered)));
    }
    let paid: i64 = parts.iter().map(|(_, entered)| entered).sum();
    if parts.len() < 2 || paid < asked {
        return Ok(false);
    }
    for (part, _) in parts {
        attention::settle(tx, AttentionKind::OtherAmount, &part.to_string())?;
    }
    Ok(true)
}

/// The checkout of a payment: by our reference, or, when the provider lost it, by the booking that it names or the code
/// in our title; of several the one of its amount and currency.
fn offer_of(
    tx: &impl Read,
    snapshot: &PaymentSnapshot,
    booking: Option<&PaidBooking>,
) -> Result<Option<Checkout>, Error> {
    if let Some(reference) = &snapshot.reference {
        return Ok(payments::find_by_reference(tx, reference)?);
    }
    let titled = snapshot.description.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    let code = booking.map(|booking| booking.code.clone());
    let Some(code) = code.or_else(|| titled.and_then(ReservationCode::parse)) else { return Ok(None) };
    let Some(reservation) = reservations::find_by_code(tx, &code)? else { return Ok(None) };
    let same = |offer: &&Checkout| {
        offer.amount.minor == snapshot.amount_minor && offer.amount.currency.code() == snapshot.currency
    };
    let offers = payments::checkouts_of(tx, reservation.id)?;
    let named = offers.last().filter(|_| booking.is_some());
    Ok(offers.iter().rfind(same).or(named).cloned())
}

/// The deposit is in: confirms, if the nights are still or again available.
fn confirm_or_raise(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: Reservation,
    payment: &Payment,
) -> Result<(), Error> {
    let (stay, own) = (reservation.stay, reservation.id);
    let is_over = stay.check_out() <= context.moment(tx).today();
    let in_service = cabins::find(tx, reservation.cabin_id)?.is_some_and(|cabin| cabin.active);
    if is_over || !in_service {
        let received = Money::new(payment.amount_minor, reservation.quote.total.currency);
        raise(tx, context, AttentionItem::PaidWithoutPlace, payment, &reservation)?;
        return notify::paid_for_nothing(tx, context, &reservation, received);
    }
    if !nights::are_free_but_for(tx, reservation.cabin_id, stay, own)? {
        notify::too_late(tx, context, &reservation)?;
        return raise(tx, context, AttentionItem::PaidWithoutPlace, payment, &reservation);
    }
    confirm::deposit_is_in(tx, context, reservation, &Actor::Provider).map(drop)
}

/// Whether another payment paid the same checkout before: a checkout may be paid more than once.
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

/// Money of a reservation was returned: by our refund, by the owner in the provider's panel, or by
/// chargeback.
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
            let refunds = refunds::of_payment(tx, payment.id)?;
            if refunds.is_empty() {
                raise(tx, context, AttentionItem::RefundedElsewhere, payment, reservation)
            } else {
                refunds_are_made(tx, payment)?;
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

fn refunds_are_made(tx: &mut WriteTx<'_>, payment: &Payment) -> Result<(), Error> {
    for refund in refunds::of_payment(tx, payment.id)? {
        if refund.state != RefundState::Approved {
            refunds::set_state(tx, refund.id, RefundState::Approved, None)?;
        }
    }
    Ok(())
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
        PaymentStatus::Rejected | PaymentStatus::Cancelled if reservation.status == Status::PreReserved => {
            refused(tx, context, reservation, payment)
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

/// A payment was refused. The guest may retry with the same link; one that expired during the provider's
/// review is replaced, with the usual time to pay.
fn refused(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    payment: &Payment,
) -> Result<(), Error> {
    let link = payments::current_checkout(tx, reservation.id)?;
    if link.is_some_and(|link| link.expires_at > tx.now()) || is_under_review(tx, reservation.id)? {
        return notify::rejected(tx, context, reservation, payment.id);
    }
    let (settings, _) = settings::load(tx)?;
    let until = tx.now() + settings.hold_time();
    let held = Reservation { expires_at: Some(until), ..reservation.clone() };
    reservations::save(tx, &held)?;
    checkouts::close_checkouts(tx, held.id)?;
    notify::rejected_with_another_link(tx, context, &held, payment.id)?;
    checkouts::want_link(tx, held.id)
}

/// Records a payment that a person received (a transfer, cash) and confirms when the deposit is in.
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
        description: String::new(),
        booking: None,
    };
    let payment = payments::record_for(tx, method, &snapshot, id)?;
    payments::enter(tx, id, payment, amount)?;
    let about = About::Money { amount_cents: amount.minor, status: None };
    audit::note(tx, actor, AuditEvent::Money, Some(id), about)?;
    receipts::decide(tx, id, ReceiptState::Found, actor.name())?;
    let balance = Balance::of(payments::paid(tx, id)?, reservation.quote.deposit, reservation.quote.total);
    // The amount due has changed: a link for the former one must not stay payable.
    checkouts::close_checkouts(tx, id)?;
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
