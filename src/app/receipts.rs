//! Guests' words that money was sent: they keep a hold until a person has looked, and what that person found.

use super::manage_error::ManageError;
use super::notify::{self, Asking};
use super::{AppContext, Error, pay, reserve, stay_view};
use crate::dialogue::PaySay;
use crate::domain::audit::Actor;
use crate::domain::ids::{AttentionId, ReservationId};
use crate::domain::money::Money;
use crate::domain::payment::PaymentMethod;
use crate::domain::receipt::{ReceiptBy, ReceiptState};
use crate::domain::reservation::{Reservation, Status};
use crate::store::receipts::{self, Receipt};
use crate::store::{Read, WriteTx};
use jiff::{SignedDuration, Timestamp};

/// Least time that a hold goes on after a person has looked in vain: enough to send the receipt again.
const TIME_LEFT_MIN: SignedDuration = SignedDuration::from_mins(30);

/// Keeps the guest's word and tells the owner. The hold is kept to the time that the guest was told.
pub fn received(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    asking: &Asking<'_>,
    id: ReservationId,
    by: ReceiptBy,
    keeps_until: Option<Timestamp>,
) -> Result<(), Error> {
    let reservation = stay_view::load(tx, id)?;
    let time_left = keeps_until.and(reservation.expires_at).map(|until| until.duration_since(tx.now()));
    if let Some(until) = keeps_until {
        reserve::keep_until(tx, reservation, until, &Actor::Guest)?;
    }
    let attention_id = asking.receipt(tx, context, id, (by, keeps_until))?;
    let new = receipts::New {
        reservation_id: id,
        inbound_id: asking.inbound,
        attention_id,
        told_by: by,
        keeps_until,
        time_left,
    };
    Ok(receipts::insert(tx, &new)?)
}

/// What a person found of the money of an attention item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// As much as is due next.
    Due,
    Amount(Money),
    Nothing,
}

/// Records what a person found. [`ManageError::ReceiptClosed`] when somebody looked before.
pub fn decide(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    attention: AttentionId,
    found: Found,
    actor: &Actor,
) -> Result<Reservation, ManageError> {
    let receipt = receipts::of_attention(tx, attention)?.ok_or(ManageError::NotFound("receipt"))?;
    if receipt.state != ReceiptState::Open {
        return Err(ManageError::ReceiptClosed);
    }
    let reservation = stay_view::load(tx, receipt.reservation_id)?;
    let amount = match found {
        Found::Nothing => return Ok(not_found(tx, context, reservation, actor)?),
        Found::Due => stay_view::booking(tx, &reservation)?.due_next(),
        Found::Amount(amount) => amount,
    };
    if !amount.is_positive() {
        return Err(ManageError::ReceiptClosed);
    }
    Ok(pay::record_by_hand(tx, context, reservation.id, amount, PaymentMethod::Transfer, actor)?)
}

/// The money is not there: the hold gets back its own time, and the guest is asked for the receipt.
fn not_found(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: Reservation,
    actor: &Actor,
) -> Result<Reservation, Error> {
    let id = reservation.id;
    let looked_at = receipts::decide(tx, id, ReceiptState::NotFound, actor.name())?;
    let left = looked_at.iter().rev().find_map(|receipt: &Receipt| receipt.time_left);
    let is_hold = reservation.status == Status::PreReserved && !reservation.has_lapsed(tx.now());
    let reservation = match left {
        Some(left) if is_hold => {
            let until = tx.now() + left.max(TIME_LEFT_MIN);
            reserve::keep_until(tx, reservation, until, actor)?
        }
        _ => reservation,
    };
    let booking = stay_view::booking(tx, &reservation)?;
    let key = format!("not_found{}", looked_at.first().map_or(0, |receipt| receipt.id));
    notify::about(tx, context, &reservation, &key, PaySay::TransferNotFound { booking })?;
    Ok(reservation)
}

/// Whether nobody has looked yet at a guest's word for this booking.
pub fn is_waiting(tx: &impl Read, id: ReservationId) -> Result<bool, Error> {
    Ok(!receipts::open_of(tx, id)?.is_empty())
}
