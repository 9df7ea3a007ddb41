//! A discount that the owner gives on a booking: a line of its price, and a new link to pay.

use super::reserve::want_deposit;
use super::stay_view::load;
use super::{AppContext, Error, checkouts, notify, quote};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::ReservationId;
use crate::domain::money::Money;
use crate::domain::pricing::{LineKind, Quote, QuoteLine};
use crate::domain::refusal::Refusal;
use crate::domain::reservation::{Reservation, Status};
use crate::store::{Read, WriteTx, audit, reservations, settings};

/// Takes an amount off the price, and tells the guest.
pub fn discount(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    off: Money,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let reservation = take_off(tx, context, id, off, actor)?;
    notify::discounted(tx, context, &reservation, off)?;
    Ok(reservation)
}

/// Takes an amount off the price. Beyond a hold, the deposit stays as it was asked.
pub fn take_off(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    off: Money,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let mut reservation = load(tx, id)?;
    let held = reservation.status == Status::PreReserved && !reservation.has_lapsed(tx.now());
    if !held && !matches!(reservation.status, Status::Confirmed | Status::CheckedIn) {
        return Err(Refusal::NotNow { status: reservation.status }.into());
    }
    let (settings, _) = settings::load(tx)?;
    let mut lines = reservation.quote.lines.clone();
    lines.push(QuoteLine::charge(LineKind::Discount, "", Money::new(-off.minor, off.currency)));
    let deposit = quote::deposit_rule(tx, &settings, reservation.cabin_id, reservation.stay)?;
    let price = Quote::with_deposit(lines, deposit).ok_or(Refusal::PriceOverflow)?;
    reservation.quote = if held { price } else { price.keeping_deposit(reservation.quote.deposit) };
    if !reservations::save(tx, &reservation)? {
        return Err(Error::Stale);
    }
    // A link for the former price must not stay payable.
    checkouts::close_checkouts(tx, id)?;
    let about = About::Money { amount_cents: -off.minor, status: None };
    audit::note(tx, actor, AuditEvent::Discounted, Some(id), about)?;
    let reservation = load(tx, id)?;
    want_deposit(tx, context, &reservation)?;
    Ok(reservation)
}
