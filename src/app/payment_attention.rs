//! Attention items about payments.

use super::{AppContext, Error, notify};
use crate::domain::attention::{AttentionItem, AttentionKind, Mismatch, OfPayment, Proposal};
use crate::domain::payment::{PaymentSnapshot, PaymentStatus, Verdict};
use crate::domain::reservation::Reservation;
use crate::store::payments::{self, Payment};
use crate::store::{WriteTx, attention};

/// A payment for nothing of ours, or not as it was asked: a person looks at it, nothing is confirmed.
pub(super) fn raise_stray(
    tx: &mut WriteTx<'_>,
    snapshot: &PaymentSnapshot,
    verdict: Verdict,
    reservation: Option<&Reservation>,
) -> Result<(), Error> {
    if snapshot.status != PaymentStatus::Approved {
        return Ok(());
    }
    let mismatch = Mismatch {
        verdict: verdict.code().to_owned(),
        amount_cents: snapshot.amount_minor,
        currency: snapshot.currency.clone(),
        payment: snapshot.provider_id.clone(),
    };
    let new = attention::New {
        reservation_id: reservation.map(|reservation| reservation.id),
        ..attention::New::of(AttentionItem::PaymentMismatch(mismatch), &snapshot.provider_id)
    };
    attention::raise(tx, &new)?;
    Ok(())
}

/// Lists a payment that needs a decision, and tells the owner.
pub(super) fn raise(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    attention: impl FnOnce(OfPayment) -> AttentionItem,
    payment: &Payment,
    reservation: &Reservation,
) -> Result<(), Error> {
    let mut attention = attention(OfPayment {
        payment_id: payment.id,
        payment: payment.provider_id.clone(),
        amount_cents: payment.amount_minor,
        currency: payment.currency.clone(),
        code: reservation.code.to_string(),
        propose: Proposal::Look,
    });
    if let AttentionItem::PaidWithoutPlace(of)
    | AttentionItem::PaidAndExpired(of)
    | AttentionItem::PaidAfterCancel(of)
    | AttentionItem::PaidTwice(of) = &mut attention
    {
        of.propose = Proposal::Refund;
    }
    let kind = attention.kind();
    let subject = payment.id.to_string();
    let new =
        attention::New { reservation_id: Some(reservation.id), ..attention::New::of(attention, &subject) };
    let fresh = attention::raise(tx, &new)?;
    if fresh { notify::owner_of_payment(tx, context, kind, reservation, payment) } else { Ok(()) }
}

/// A reservation ended with money in it: lists each payment with money left, unless it is listed already as a
/// mismatch.
pub(super) fn money_is_left(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    attention: impl Fn(OfPayment) -> AttentionItem,
    ended: &Reservation,
) -> Result<(), Error> {
    for payment in payments::of_reservation(tx, ended.id)? {
        let listed = attention::is_open(tx, AttentionKind::OtherAmount, &payment.id.to_string())?;
        if !listed && payments::entered(tx, payment.id)? > 0 {
            raise(tx, context, &attention, &payment, ended)?;
        }
    }
    Ok(())
}
