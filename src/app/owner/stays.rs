//! Bookings that the owner cancels or moves by WhatsApp: found, read back with the refund or the price, and
//! changed in the transaction of the yes if that still holds.

use super::look_up::row;
use crate::app::{AppContext, Error, reserve, stay_view};
use crate::dialogue::owner::{BookingCommand, Change, OwnerSay, Search};
use crate::domain::audit::Actor;
use crate::domain::ids::ReservationId;
use crate::domain::money::Money;
use crate::domain::refund;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::{Event, Reservation, apply};
use crate::domain::stay::Stay;
use crate::store::{Read, WriteTx, reservations, settings};

/// Bookings to choose from; with more, the owner has to name a code.
const BOOKINGS_MAX: u32 = 12;

/// Asks to confirm the booking that is meant, or to choose between several.
pub(super) fn find(
    tx: &impl Read,
    context: &AppContext,
    which: Search,
    wish: BookingCommand,
) -> Result<OwnerSay, Error> {
    let mut found = match &which {
        Search::Code(code) => reservations::find_by_code(tx, code)?.into_iter().collect(),
        Search::Name(name) => coming(tx, context, Some(name.clone()))?,
        Search::Next => coming(tx, context, None)?,
    };
    if let (BookingCommand::Cancel { arriving: Some(day) }, Search::Name(_) | Search::Next) = (wish, &which) {
        found.retain(|found| found.stay.check_in() == day);
    }
    match found.as_slice() {
        [] => Ok(OwnerSay::Bookings { rows: Vec::new(), total: 0 }),
        [only] => ask(tx, context, only.id, wish),
        several => {
            let rows = several.iter().map(|found| row(tx, found)).collect::<Result<Vec<_>, _>>()?;
            Ok(OwnerSay::WhichBooking { rows, wish })
        }
    }
}

/// Coming and current bookings, the next first.
fn coming(tx: &impl Read, context: &AppContext, text: Option<String>) -> Result<Vec<Reservation>, Error> {
    let from = Some(context.moment(tx).today());
    let filter = reservations::Filter { text, from, coming: true, limit: BOOKINGS_MAX, ..Default::default() };
    let (mut found, _) = reservations::list(tx, &filter)?;
    found.retain(|found| !found.has_lapsed(tx.now()));
    Ok(found)
}

/// Says what the change would cost or refund for this booking.
pub(super) fn ask(
    tx: &impl Read,
    context: &AppContext,
    id: ReservationId,
    wish: BookingCommand,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    match wish {
        BookingCommand::Cancel { .. } => ask_cancel(tx, context, &reservation),
        BookingCommand::Move { to } => match to.for_booking(reservation.stay) {
            Some(stay) => ask_move(tx, context, &reservation, stay),
            None => cannot(tx, &reservation, None, Refusal::BadDates),
        },
    }
}

fn ask_cancel(tx: &impl Read, context: &AppContext, reservation: &Reservation) -> Result<OwnerSay, Error> {
    if let Err(refusal) = apply(reservation, Event::Cancel, tx.now()) {
        return cannot(tx, reservation, None, refusal);
    }
    let row = row(tx, reservation)?;
    let (settings, _) = settings::load(tx)?;
    let moment = context.moment(tx);
    let (refund, ground) =
        refund::due(row.booking.paid, reservation.created_at, reservation.stay, &settings, &moment);
    let change = Change::Cancel { reservation_id: reservation.id, refund };
    Ok(OwnerSay::AskCancel { row, refund, ground, change })
}

fn ask_move(
    tx: &impl Read,
    context: &AppContext,
    reservation: &Reservation,
    stay: Stay,
) -> Result<OwnerSay, Error> {
    if let Err(refusal) = apply(reservation, Event::MoveTo(stay), tx.now()) {
        return cannot(tx, reservation, Some(stay), refusal);
    }
    match reserve::price_move(tx, context, reservation, stay, reservation.party) {
        Ok(price) => {
            let change = Change::Move { reservation_id: reservation.id, stay, total: price.total };
            Ok(OwnerSay::AskMove { row: row(tx, reservation)?, stay, total: price.total, change })
        }
        Err(Error::Refused(refusal)) => cannot(tx, reservation, Some(stay), refusal),
        Err(other) => Err(other),
    }
}

/// Cancels after the yes; a refund that has changed since is read back again.
pub(super) fn cancel(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    said: Money,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    match ask_cancel(tx, context, &reservation)? {
        OwnerSay::AskCancel { refund, .. } if refund == said => {
            let done = crate::store::nested(tx, |tx| reserve::cancel(tx, context, id, "", &Actor::Owner));
            match done {
                Ok((cancelled, refund)) => Ok(OwnerSay::Cancelled { row: row(tx, &cancelled)?, refund }),
                Err(Error::Refused(refusal)) => cannot(tx, &reservation, None, refusal),
                Err(other) => Err(other),
            }
        }
        other => Ok(other),
    }
}

/// Moves after the yes; a price that has changed since needs a new yes.
pub(super) fn move_to(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: ReservationId,
    stay: Stay,
    said: Money,
) -> Result<OwnerSay, Error> {
    let reservation = stay_view::load(tx, id)?;
    match ask_move(tx, context, &reservation, stay)? {
        // A second tap on the same button.
        OwnerSay::AskMove { row, .. } if row.booking.stay == stay => Ok(OwnerSay::Moved { row }),
        OwnerSay::AskMove { total, .. } if total == said => {
            let party = reservation.party;
            let done = crate::store::nested(tx, |tx| {
                reserve::move_stay(tx, context, id, stay, party, &Actor::Owner)
            });
            match done {
                Ok(moved) => Ok(OwnerSay::Moved { row: row(tx, &moved)? }),
                Err(Error::Refused(refusal)) => cannot(tx, &reservation, Some(stay), refusal),
                Err(other) => Err(other),
            }
        }
        other => Ok(other),
    }
}

fn cannot(
    tx: &impl Read,
    reservation: &Reservation,
    stay: Option<Stay>,
    refusal: Refusal,
) -> Result<OwnerSay, Error> {
    Ok(OwnerSay::CannotChange { row: row(tx, reservation)?, stay, refusal })
}
