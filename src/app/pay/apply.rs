//! What one payment does to its reservation: ledger, confirmation, messages, attention items, in one transaction.

use crate::app::payment_attention::{raise, raise_stray};
use crate::app::stay_view::load;
use crate::app::{AppContext, Error, confirm, counts, notify};
use crate::domain::attention::{AttentionItem, AttentionKind};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::ReservationId;
use crate::domain::money::Money;
use crate::domain::payment::{
    Balance, Expectation, PaymentMethod, PaymentSnapshot, PaymentStatus, Verdict, judge,
};
use crate::domain::reservation::{Reservation, Status};
use crate::ports::random::token;
use crate::store::payments::{self, Payment};
use crate::store::refunds::{self, RefundState};
use crate::store::{Read, WriteTx, attention, audit, nights};

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
    let mine_or_free = nights::are_free_but_for(tx, reservation.cabin_id, stay, own)?;
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
            let refunds = refunds::of_payment(tx, payment.id)?;
            if refunds.is_empty() {
                raise(tx, context, AttentionItem::RefundedElsewhere, payment, reservation)
            } else {
                for refund in refunds.iter().filter(|refund| refund.state != RefundState::Approved) {
                    refunds::set_state(tx, refund.id, RefundState::Approved, None)?;
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
