//! Refunds at the provider; the owner makes those that it refuses.

use crate::app::payment_attention::raise;
use crate::app::stay_view::load;
use crate::app::{App, AppContext, Error};
use crate::domain::attention::{AttentionItem, OfPayment, Proposal};
use crate::domain::ids::RefundId;
use crate::domain::job::JobKind;
use crate::ports::payments::RefundOutcome;
use crate::store::refunds::{self, RefundState};
use crate::store::{Read, WriteTx, attention, jobs, payments};
use std::sync::Arc;

/// Requests one refund from the provider and reads the payment again.
pub async fn send_refund(app: &App, id: RefundId) -> Result<(), Error> {
    let found = app
        .store
        .read(move |tx| {
            let Some(refund) = refunds::find(tx, id)? else { return Ok(None) };
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
            refunds::set_state(tx, id, state, Some(&sent.provider_id))?;
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

/// A refund failed for good: the owner must make it.
pub async fn refund_failed(app: &App, id: RefundId) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            refunds::set_state(tx, id, RefundState::Rejected, None)?;
            refund_failed_in(tx, &context, id)
        })
        .await
}

fn refund_failed_in(tx: &mut WriteTx<'_>, context: &AppContext, id: RefundId) -> Result<(), Error> {
    let refund = refunds::find(tx, id)?.ok_or(Error::NotFound)?;
    let payment = payments::find(tx, refund.payment_id)?.ok_or(Error::NotFound)?;
    match refund.reservation_id {
        Some(reservation) => {
            let reservation = load(tx, reservation)?;
            raise(tx, context, AttentionItem::RefundFailed, &payment, &reservation)
        }
        None => {
            let failed = AttentionItem::RefundFailed(OfPayment {
                payment_id: payment.id,
                payment: payment.provider_id,
                amount_cents: payment.amount_minor,
                currency: payment.currency,
                code: String::new(),
                propose: Proposal::Look,
            });
            attention::raise(tx, &attention::New::of(failed, &payment.id.to_string()))?;
            Ok(())
        }
    }
}
