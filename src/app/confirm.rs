//! Confirmation of a paid deposit: first the cabin's other channels are read, then the hold is confirmed.
//!
//! Rules:
//! - When every channel of the cabin was read within the last minute, the deposit confirms at once.
//! - Else the hold is kept for good in the transaction that entered the money, and a job is left in it. The
//!   job reads the channels and then decides; its row stays until the decision is made, so that a crash in
//!   between costs time and never a payment.
//! - If a channel has sold one of the nights, its guest has a booking: the hold gives way, and the money is
//!   an attention item with a refund proposed.
//! - An unreadable channel blocks the confirmation only when its last good reading is older than the owner's
//!   setting. The hold stays, guest and owner are told, and the job waits for the channel, for the owner's
//!   own confirmation, or for a refund.

use super::reserve::{self, advance};
use super::stay_view::{self, load};
use super::{App, AppContext, Error, feeds, notify};
use crate::dialogue::{Notice, PaySay};
use crate::domain::attention::{AttentionItem, AttentionKind, Waiting};
use crate::domain::audit::Actor;
use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::job::JobKind;
use crate::domain::payment::Balance;
use crate::domain::reservation::{Event, Reservation, Status};
use crate::store::feeds::Feed;
use crate::store::{Read, WriteTx, attention, jobs, payments, settings};
use jiff::{SignedDuration, Timestamp};
use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// A feed read less than this ago need not be read again before confirming; a payer still looks at the phone.
const FRESH: SignedDuration = SignedDuration::from_mins(1);
/// Time limit for reading all channels of a cabin before confirming: the payer still looks at the phone, and
/// a slower calendar counts as failed.
const READ_TIMEOUT: Duration = Duration::from_secs(20);
/// Retry interval of a blocked confirmation; a good reading of a channel triggers one at once.
const LOOK_AGAIN: Duration = Duration::from_secs(300);
/// Shortest time that a deposit keeps the hold of a stay that is over, so that a person can look at it.
const KEPT_AT_LEAST: SignedDuration = SignedDuration::from_hours(24);

/// Confirms a hold whose deposit is in and whose nights are its own or free, or keeps it and leaves the job.
pub fn deposit_is_in(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: Reservation,
    actor: &Actor,
) -> Result<Reservation, Error> {
    if unread(tx, reservation.cabin_id)?.is_empty() {
        return advance(tx, context, reservation, Event::DepositPaid, actor);
    }
    let until = kept_until(tx, context, &reservation)?;
    let kept = advance(tx, context, reservation, Event::Secure(until), actor)?;
    let now = tx.now();
    jobs::enqueue(tx, JobKind::ConfirmPaid, &kept.id.to_string(), now)?;
    Ok(kept)
}

/// The job: reads the cabin's channels, then decides. `Some`: wait this long before trying again.
pub async fn run(app: &App, id: ReservationId, attempt: u32) -> Result<Option<Duration>, Error> {
    let due = app.store.read(move |tx| to_read(tx, id, attempt)).await?;
    if tokio::time::timeout(READ_TIMEOUT, read_all(app, due)).await.is_err() {
        tracing::warn!(reservation = id.0, "the calendars took too long before a confirmation");
    }
    let context = Arc::clone(&app.context);
    let done = app.store.write(move |tx| decide(tx, &context, id)).await?;
    Ok((!done).then_some(LOOK_AGAIN))
}

/// Reads channels concurrently. Readings still running when the caller stops waiting change nothing.
async fn read_all(app: &App, due: Vec<Feed>) {
    let read = async |feed: Feed| {
        let id = feed.id;
        if let Err(error) = feeds::import_whole(app, feed).await {
            tracing::warn!(%error, feed = id.0, "a calendar could not be taken in before a confirmation");
        }
    };
    let mut readings: Vec<_> = due.into_iter().map(|feed| Box::pin(read(feed))).collect();
    poll_fn(|context| {
        readings.retain_mut(|reading| reading.as_mut().poll(context).is_pending());
        if readings.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}

/// Confirms or refuses; `false` when it has to wait.
fn decide(tx: &mut WriteTx<'_>, context: &AppContext, id: ReservationId) -> Result<bool, Error> {
    let reservation = load(tx, id)?;
    if reservation.status != Status::PreReserved {
        return Ok(true);
    }
    let paid = payments::paid(tx, id)?;
    if !Balance::of(paid, reservation.quote.deposit, reservation.quote.total).deposit_is_in() {
        // Refunded meanwhile: nothing keeps the hold any more.
        reserve::cancel(tx, context, id, "deposit_returned", &Actor::System)?;
        return Ok(true);
    }
    let stale = stale(tx, reservation.cabin_id)?;
    if stale.is_empty() {
        advance(tx, context, reservation, Event::DepositPaid, &Actor::System)?;
        return Ok(true);
    }
    wait(tx, context, &reservation, &stale)?;
    Ok(false)
}

/// Tells guest and owner, once, that the confirmation has to wait.
fn wait(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    stale: &[Feed],
) -> Result<(), Error> {
    let since = stale.iter().map(Feed::last_read).min().unwrap_or(tx.now());
    let waiting = Waiting {
        code: reservation.code.to_string(),
        channels: stale.iter().map(|feed| feed.channel.to_string()).collect(),
        unread_since: since,
        amount_cents: payments::paid(tx, reservation.id)?,
        currency: reservation.quote.total.currency.code().to_owned(),
        propose: "confirm_or_refund".to_owned(),
        actions: ["confirm", "cancel"].map(str::to_owned).into(),
    };
    let subject = reservation.id.to_string();
    let new = attention::New {
        reservation_id: Some(reservation.id),
        ..attention::New::of(AttentionItem::ConfirmationWaits(waiting), &subject)
    };
    if !attention::raise(tx, &new)? {
        return Ok(());
    }
    let booking = stay_view::booking(tx, reservation)?;
    notify::about(tx, context, reservation, "payment_waits", PaySay::Waits { booking: booking.clone() })?;
    let notice = Notice::ConfirmationWaits {
        booking,
        channel: stale.iter().map(|feed| feed.channel.label()).collect::<Vec<_>>().join(", "),
    };
    notify::owner_once(
        tx,
        context,
        &notice,
        &format!("owner:{}:{}", AttentionKind::ConfirmationWaits.code(), reservation.id),
    )
}

/// The channels of a cabin that were not read within the last minute.
fn unread(tx: &impl Read, cabin: CabinId) -> Result<Vec<Feed>, Error> {
    let fresh = tx.now() - FRESH;
    let mut found = crate::store::feeds::of_cabin(tx, cabin)?;
    found.retain(|feed| !feed.url.is_empty() && feed.succeeded_at.is_none_or(|at| at < fresh));
    Ok(found)
}

/// Feeds for the job to read: at first all that are not fresh; later not the failing ones, which have their
/// own backoff.
fn to_read(tx: &impl Read, id: ReservationId, attempt: u32) -> Result<Vec<Feed>, Error> {
    let reservation = load(tx, id)?;
    if reservation.status != Status::PreReserved {
        return Ok(Vec::new());
    }
    let mut due = unread(tx, reservation.cabin_id)?;
    due.retain(|feed| attempt <= 1 || feed.failures == 0);
    Ok(due)
}

/// The channels of a cabin whose last good reading is older than the owner accepts.
fn stale(tx: &impl Read, cabin: CabinId) -> Result<Vec<Feed>, Error> {
    let oldest = tx.now() - settings::load(tx)?.0.calendar_stale_time();
    let mut found = crate::store::feeds::of_cabin(tx, cabin)?;
    found.retain(|feed| !feed.url.is_empty() && feed.last_read() < oldest);
    Ok(found)
}

/// Time until which a paid hold is kept: at least until the stay is over.
fn kept_until(tx: &impl Read, context: &AppContext, reservation: &Reservation) -> Result<Timestamp, Error> {
    let (settings, _) = settings::load(tx)?;
    let leaves = reservation.stay.check_out().to_datetime(settings.check_out_time);
    let leaves = leaves.to_zoned_datetime(context.zone.clone()).map(|at| at.timestamp());
    let at_least = tx.now() + KEPT_AT_LEAST;
    Ok(leaves.map_or(at_least, |leaves| leaves.max(at_least)))
}
