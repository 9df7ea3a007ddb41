//! Holds past their time: the provider is asked about their money before their nights are given back.
//!
//! A lapsed hold counts as free at once. Its rows are deleted by the deadlines task, or earlier by a request
//! that needs the nights; both ask the payment provider first, within a time limit.

use super::reserve::advance;
use super::stay_view::{is_under_review, load, was_asked_since};
use super::{App, AppContext, Error, pay};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::ReservationId;
use crate::domain::reservation::Event;
use crate::store::{Read, WriteTx, audit, reservations};
use jiff::SignedDuration;

/// How long a lapsed hold waits for an unresponsive payment provider before its nights are given back for
/// good. Meanwhile they already count as free.
const PROVIDER_PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// How long a payment under review keeps its hold: the provider takes up to two business days.
const REVIEW_TIME: SignedDuration = SignedDuration::from_hours(72);
/// Lapsed holds handled in one round.
const LAPSED_BATCH: u32 = 64;

/// Ends all lapsed holds, after asking the provider about their money. Returns how many ended.
pub async fn expire_lapsed(app: &App) -> Result<usize, Error> {
    let due = app.store.read(|tx| Ok::<_, Error>(reservations::lapsed(tx, LAPSED_BATCH)?)).await?;
    let mut ended = 0;
    for id in due {
        pay::ask_about(app, &[id]).await;
        let context = std::sync::Arc::clone(&app.context);
        if app.store.write(move |tx| expire(tx, &context, id)).await? {
            ended += 1;
        }
    }
    if ended > 0 {
        app.wake.after_decision();
    }
    Ok(ended)
}

/// Ends one lapsed hold unless its payment is under review or its provider has not answered yet.
fn expire(tx: &mut WriteTx<'_>, context: &AppContext, id: ReservationId) -> Result<bool, Error> {
    let mut reservation = load(tx, id)?;
    let Some(until) = reservation.expires_at.filter(|_| reservation.has_lapsed(tx.now())) else {
        return Ok(false);
    };
    let review_over = reservation.created_at + REVIEW_TIME;
    if tx.now() < review_over && is_under_review(tx, id)? {
        reservation.expires_at = Some(review_over);
        reservations::save(tx, &reservation)?;
        audit::note(tx, &Actor::System, AuditEvent::UnderReview, Some(id), About::Nothing {})?;
        return Ok(false);
    }
    if !was_asked_since(tx, id, until)? && tx.now() < until + PROVIDER_PATIENCE {
        return Ok(false);
    }
    advance(tx, context, reservation, Event::Expire, &Actor::System)?;
    Ok(true)
}
