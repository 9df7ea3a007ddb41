//! What the owner agrees with a guest on a booking that there is: a line of its own, a whole price, something sold
//! later; and taking such a line back.

use super::reserve::want_deposit;
use super::stay_view::load;
use super::{AppContext, Error, checkouts, quote};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::ReservationId;
use crate::domain::pricing::{Agreed, Quote, QuoteLine};
use crate::domain::refusal::Refusal;
use crate::domain::reservation::{Reservation, Status};
use crate::store::{Read, WriteTx, audit, reservations, settings};

/// Adds what was agreed to the price.
pub fn agree(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    agreed: &Agreed,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let reservation = changeable(tx, id)?;
    let (settings, _) = settings::load(tx)?;
    let deposit = quote::deposit_rule(tx, &settings, reservation.cabin_id, reservation.stay)?;
    let price = reservation.quote.clone().agreed(agreed, deposit).ok_or(Refusal::PriceOverflow)?;
    resold(tx, context, reservation, price, actor)
}

/// Takes back a line that was agreed, by its place among all lines from 0.
pub fn take_back(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    place: usize,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let reservation = changeable(tx, id)?;
    let mut lines = reservation.quote.lines.clone();
    if !lines.get(place).is_some_and(QuoteLine::is_by_hand) {
        return Err(Error::NotFound);
    }
    lines.remove(place);
    let (settings, _) = settings::load(tx)?;
    let deposit = quote::deposit_rule(tx, &settings, reservation.cabin_id, reservation.stay)?;
    let price = Quote::with_deposit(lines, deposit).ok_or(Refusal::PriceOverflow)?;
    resold(tx, context, reservation, price, actor)
}

/// A reservation whose price may still change.
fn changeable(tx: &impl Read, id: ReservationId) -> Result<Reservation, Error> {
    let reservation = load(tx, id)?;
    let open = match reservation.status {
        Status::PreReserved => !reservation.has_lapsed(tx.now()),
        Status::Confirmed | Status::CheckedIn | Status::CheckedOut => true,
        Status::Cancelled | Status::Expired | Status::NoShow => false,
    };
    if open { Ok(reservation) } else { Err(Refusal::NotNow { status: reservation.status }.into()) }
}

/// Keeps the new price. Beyond a hold, the deposit stays as it was asked.
fn resold(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    mut reservation: Reservation,
    price: Quote,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let id = reservation.id;
    let more = price.total.minor - reservation.quote.total.minor;
    let held = reservation.status == Status::PreReserved;
    reservation.quote = if held { price } else { price.keeping_deposit(reservation.quote.deposit) };
    if !reservations::save(tx, &reservation)? {
        return Err(Error::Stale);
    }
    // A link for the former price must not stay payable.
    checkouts::close_checkouts(tx, id)?;
    let about = About::Money { amount_cents: more, status: None };
    audit::note(tx, actor, AuditEvent::PriceAgreed, Some(id), about)?;
    let reservation = load(tx, id)?;
    want_deposit(tx, context, &reservation)?;
    Ok(reservation)
}
