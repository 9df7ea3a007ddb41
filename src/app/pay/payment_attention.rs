//! Money that a person has to look at, on the attention list.

use super::{AppContext, Error};
use crate::app::notify;
use crate::domain::attention::AttentionKind;
use crate::domain::payment::{PaymentSnapshot, PaymentStatus, Verdict};
use crate::domain::reservation::Reservation;
use crate::store::payments::{self, Payment};
use crate::store::{WriteTx, attention};

/// Money that is for nothing of ours, or not as it was asked: a person looks at it, nothing is confirmed.
pub(super) fn raise_stray(
    tx: &mut WriteTx<'_>,
    snapshot: &PaymentSnapshot,
    verdict: Verdict,
    reservation: Option<&Reservation>,
) -> Result<(), Error> {
    // Payments without any reference are the account's other business.
    if snapshot.status != PaymentStatus::Approved || snapshot.reference.is_none() {
        return Ok(());
    }
    let details = serde_json::json!({
        "verdict": verdict.code(), "amount_cents": snapshot.amount_minor, "currency": snapshot.currency,
        "payment": snapshot.provider_id,
    });
    attention::raise(
        tx,
        &attention::New {
            kind: AttentionKind::PaymentMismatch,
            subject: &snapshot.provider_id,
            reservation_id: reservation.map(|reservation| reservation.id),
            conversation_id: None,
            details: details.to_string(),
        },
    )?;
    Ok(())
}

/// Lists money that needs a decision, and tells the owner of it.
pub(in crate::app) fn raise(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    kind: AttentionKind,
    payment: &Payment,
    reservation: &Reservation,
) -> Result<(), Error> {
    let refund = matches!(
        kind,
        AttentionKind::PaidWithoutPlace
            | AttentionKind::PaidAndExpired
            | AttentionKind::PaidAfterCancel
            | AttentionKind::PaidTwice
    );
    let details = serde_json::json!({
        "payment_id": payment.id.0, "payment": payment.provider_id, "amount_cents": payment.amount_minor,
        "currency": payment.currency, "code": reservation.code.as_str(),
        "propose": if refund { "refund" } else { "look" },
    });
    let fresh = attention::raise(
        tx,
        &attention::New {
            kind,
            subject: &payment.id.to_string(),
            reservation_id: Some(reservation.id),
            conversation_id: None,
            details: details.to_string(),
        },
    )?;
    if fresh { notify::owner_of_payment(tx, context, kind, reservation, payment) } else { Ok(()) }
}

/// A reservation ended with money in it: each payment of which something is left is an attention item of this kind, unless it
/// is listed already as what does not fit.
pub(in crate::app) fn money_is_left(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    kind: AttentionKind,
    ended: &Reservation,
) -> Result<(), Error> {
    for payment in payments::of_reservation(tx, ended.id)? {
        let listed = attention::is_open(tx, AttentionKind::OtherAmount, &payment.id.to_string())?;
        if !listed && payments::entered(tx, payment.id)? > 0 {
            raise(tx, context, kind, &payment, ended)?;
        }
    }
    Ok(())
}
