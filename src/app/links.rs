//! The link to pay for a reservation: opened on request and sent once it exists.

use super::notify::{about, no_way_to_pay};
use super::stay_view::{booking, load};
use super::{App, AppContext, Error, checkouts, pay};
use crate::dialogue::{Bank, PayLink, PaySay};
use crate::domain::ids::{CheckoutId, ReservationId};
use crate::domain::reservation::{Reservation, Status};
use crate::store::{Read, WriteTx, payments, reservations, settings};
use jiff::SignedDuration;
use std::sync::Arc;

/// Opens the link to pay for a reservation, if needed, and sends it. Cabins held together get one message,
/// whichever of them was asked for.
pub async fn send_link(app: &App, id: ReservationId) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    let wanted = app
        .store
        .write(move |tx| {
            let mut wanted = Vec::new();
            for id in held_together(tx, id)? {
                wanted.extend(current_offer(tx, &context, id)?.map(|checkout| (id, checkout)));
            }
            Ok::<_, Error>(wanted)
        })
        .await?;
    let mut ready = Vec::new();
    for (id, checkout) in wanted {
        if let Some(checkout) = pay::open(app, checkout).await? {
            ready.push((id, checkout));
        }
    }
    let context = Arc::clone(&app.context);
    app.store.write(move |tx| say_links(tx, &context, ready)).await
}

/// The holds made by the same decision as this one, itself included, in the order of their rows.
fn held_together(tx: &impl Read, id: ReservationId) -> Result<Vec<ReservationId>, Error> {
    let asked = load(tx, id)?;
    let holds = reservations::of_guest(tx, asked.guest_id, &[Status::PreReserved])?;
    let together = |other: &&Reservation| {
        other.created_at == asked.created_at
            && other.stay == asked.stay
            && asked.status == Status::PreReserved
    };
    let mut ids: Vec<ReservationId> = holds.iter().filter(together).map(|hold| hold.id).collect();
    if !ids.contains(&id) {
        ids = vec![id];
    }
    ids.sort_unstable();
    Ok(ids)
}

fn say_links(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    ready: Vec<(ReservationId, payments::Checkout)>,
) -> Result<(), Error> {
    let mut links = Vec::new();
    let mut key = "link".to_owned();
    for (id, checkout) in ready {
        let Some(url) = checkout.url else { continue };
        let reservation = load(tx, id)?;
        key.push_str(&format!("{}-", checkout.id));
        let link = PayLink { booking: booking(tx, &reservation)?, amount: checkout.amount, url };
        links.push((reservation, link));
    }
    let key = key.trim_end_matches('-');
    let Some((reservation, _)) = links.first() else { return Ok(()) };
    let reservation = reservation.clone();
    let mut links: Vec<PayLink> = links.into_iter().map(|(_, link)| link).collect();
    let say = match links.len() {
        1 => {
            let PayLink { booking, amount, url } = links.remove(0);
            PaySay::LinkReady { booking, amount, url }
        }
        _ => PaySay::LinksReady { links },
    };
    about(tx, context, &reservation, key, say)
}

/// The checkout for the next amount due, created when there is none.
fn current_offer(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
) -> Result<Option<CheckoutId>, Error> {
    let reservation = load(tx, id)?;
    let due = booking(tx, &reservation)?.due_next();
    let until = match reservation.status {
        Status::PreReserved if !reservation.has_lapsed(tx.now()) => reservation.expires_at,
        Status::Confirmed | Status::CheckedIn => Some(tx.now() + BALANCE_LINK_KEPT),
        Status::PreReserved | Status::CheckedOut | Status::Cancelled | Status::Expired | Status::NoShow => {
            None
        }
    };
    let Some(until) = until.filter(|_| due.is_positive()) else { return Ok(None) };
    let current = payments::current_checkout(tx, id)?.filter(|c| c.expires_at > tx.now() && c.amount == due);
    match current {
        Some(checkout) => Ok(Some(checkout.id)),
        None => {
            checkouts::close_checkouts(tx, id)?;
            checkouts::want_checkout(tx, context, id, due, until).map(Some)
        }
    }
}

/// How long a link for the balance of a confirmed stay can be paid.
const BALANCE_LINK_KEPT: SignedDuration = SignedDuration::from_hours(72);

/// No link can be made: tells the guest another way.
pub async fn no_link(app: &App, id: ReservationId) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            let (settings, _) = settings::load(tx)?;
            let reservation = load(tx, id)?;
            let booking = booking(tx, &reservation)?;
            let bank = Bank::of(&settings);
            if bank.is_none() {
                no_way_to_pay(tx, &context, &reservation)?;
            }
            about(tx, &context, &reservation, "no_link", PaySay::LinkUnavailable { booking, bank })
        })
        .await
}
