//! Payments: checkouts, their results as the provider reports them, and refunds.
//!
//! Rules:
//! - A notification is only a hint. Only the payment as we read it ourselves counts, judged against the
//!   checkout it names (`domain::payment::judge`).
//! - Every snapshot is stored; a snapshot seen before changes nothing. A payment's present value, less what
//!   it has put into the ledger so far, is what is entered: applying a snapshot twice enters nothing twice.
//! - Only a payment that matches confirms automatically. Any other is an attention item.
//! - A provider's call that moves money carries an idempotency key that was stored before.

mod apply;
mod send_refund;
mod unknown_booking;

pub use apply::{apply, record_by_hand};
pub use send_refund::{refund_failed, send_refund};
pub use unknown_booking::{give_back, make_booking};

use super::{App, AppContext, Error, stay_view};
use crate::domain::ids::{CheckoutId, ReservationId};
use crate::domain::payment::{CheckoutOffer, PaymentSnapshot};
use crate::ports::error::PortError;
use crate::ports::payments::CheckoutLinks;
use crate::store::payments::{self, Checkout, CheckoutState};
use crate::store::{Read, StoreError};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;

/// Times of the checks of an open checkout, counted from its opening. Notifications may be lost.
const CHECK_AFTER: [SignedDuration; 4] = [
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(10),
    SignedDuration::from_mins(60),
    SignedDuration::from_hours(24),
];
/// Time that one search of payments covers.
const SWEEP_PART: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far back the provider searches.
const SWEEP_MAX: SignedDuration = SignedDuration::from_hours(365 * 24);
/// How long a request for a hold waits for the provider's answer on lapsed holds in its way.
const ASK_TIMEOUT: Duration = Duration::from_secs(4);
/// How long an API answer waits for its payment link; after that the link is sent separately.
const LINK_TIMEOUT: Duration = Duration::from_secs(8);

/// The link to pay for a reservation, opened now if needed. `None` when there is nothing to pay online, or
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

/// Opens a requested checkout at the provider. Returns its present state; `None` when it is not wanted any
/// more.
pub async fn open(app: &App, id: CheckoutId) -> Result<Option<Checkout>, Error> {
    let context = Arc::clone(&app.context);
    let (checkout, offer) = app.store.read(move |tx| wanted(tx, &context, id)).await?;
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
        // Opened by another worker, or closed: the one just opened must not stay payable.
        let provider_id = opened.provider_id;
        app.outside(move |ports| ports.payments.close_checkout(&provider_id)).await?;
    }
    Ok(checkout.filter(|c| c.state == CheckoutState::Open))
}

fn wanted(
    tx: &impl Read,
    context: &AppContext,
    id: CheckoutId,
) -> Result<(Option<Checkout>, Option<CheckoutOffer>), Error> {
    let Some(checkout) = payments::find_checkout(tx, id)? else { return Ok((None, None)) };
    let reservation = stay_view::load(tx, checkout.reservation_id)?;
    if checkout.state != CheckoutState::Wanted || checkout.expires_at <= tx.now() {
        return Ok((Some(checkout), None));
    }
    let offer = CheckoutOffer {
        reference: checkout.reference.clone(),
        title: stay_view::checkout_title(tx, &reservation),
        amount: checkout.amount,
        expires_at: checkout.expires_at,
        booking: stay_view::paid_booking(tx, context, &reservation)?,
    };
    Ok((Some(checkout), Some(offer)))
}

/// Closes a checkout at the provider.
pub async fn close(app: &App, id: CheckoutId) -> Result<(), Error> {
    let found = app.store.read(move |tx| Ok::<_, Error>(payments::find_checkout(tx, id)?)).await?;
    let Some(checkout) = found.filter(|c| c.state == CheckoutState::Closing) else { return Ok(()) };
    if let Some(provider_id) = checkout.provider_id {
        app.outside(move |ports| ports.payments.close_checkout(&provider_id)).await?;
    }
    app.store.write(move |tx| Ok::<_, Error>(payments::closed(tx, id)?)).await
}

/// Reads one payment at the provider and applies it.
pub async fn reconcile(app: &App, provider_id: String) -> Result<(), Error> {
    let collector = collector(app).await?;
    let snapshot = app.outside(move |ports| ports.payments.fetch(&provider_id)).await?;
    apply_all(app, vec![snapshot], collector).await
}

/// Asks the provider about one checkout, and schedules the next check.
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

/// Reads every payment changed within this time, to find those that all other ways missed. A long time is read in
/// parts, the oldest first: one search answers a bounded number.
pub async fn sweep(app: &App, back: SignedDuration) -> Result<(), Error> {
    let collector = collector(app).await?;
    let mut from = back.min(SWEEP_MAX);
    while from.is_positive() {
        let to = (from - SWEEP_PART).max(SignedDuration::ZERO);
        let snapshots = app.outside(move |ports| ports.payments.search_changed(from, to)).await?;
        apply_all(app, snapshots, collector.clone()).await?;
        from = to;
    }
    Ok(())
}

/// Asks the provider about the checkouts of these reservations, within a time limit. A failure is ignored:
/// callers check whether the answer came.
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

/// Our own account at the provider, which every payment must name. `None` when the provider does not say.
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
