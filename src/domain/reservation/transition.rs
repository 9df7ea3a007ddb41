//! The only table of legal moves of a reservation.

use super::{Reservation, Status};
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    DepositPaid,
    /// The deposit is in, but other channels must be asked before the yes: the hold is kept until this instant.
    Secure(Timestamp),
    /// The owner confirms without waiting for the deposit.
    Confirm,
    /// Guest or owner calls it off.
    Cancel,
    Expire,
    /// Another channel has sold nights of a hold whose money is in: its guest has a booking, ours only a hold.
    GiveWay,
    /// Other dates, other cabin or other people, already priced and checked.
    MoveTo(Stay),
    CheckIn,
    CheckOut,
    NoShow,
}

/// What must be done in the transaction that makes the move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Take these nights; if one is gone, the move is refused.
    TakeNights(Stay),
    /// Give back every night of the reservation.
    FreeNights,
    /// The open offers to pay lose their purpose.
    CloseCheckouts,
    /// Tell the guest that the cabin is theirs.
    SayConfirmed,
    /// Tell the guest that it is called off.
    SayCancelled,
    /// Tell the guest that the hold ran out.
    SayExpired,
    /// Tell the guest that the money came when the nights were gone.
    SayTooLate,
    /// Tell the guest about the new dates.
    SayMoved,
    NotifyOwner,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub next: Status,
    /// What it brings with it, in order.
    pub effects: Vec<Effect>,
}

/// The move that `event` makes of a reservation, or why it makes none.
///
/// A deposit that arrives for a hold whose time is over, or for an expired reservation, takes the nights
/// again: the caller finds out in the same transaction whether they are still free. A cancelled reservation
/// stays cancelled, however late the money: a person decides what becomes of it.
pub fn apply(reservation: &Reservation, event: Event, now: Timestamp) -> Result<Move, Refusal> {
    match reservation.status {
        Status::PreReserved => from_hold(reservation, event, now),
        Status::Confirmed => from_confirmed(reservation, event),
        Status::CheckedIn => from_checked_in(reservation, event),
        Status::Expired => from_expired(reservation, event),
        Status::CheckedOut | Status::Cancelled | Status::NoShow => not_now(reservation),
    }
}

fn from_hold(reservation: &Reservation, event: Event, now: Timestamp) -> Result<Move, Refusal> {
    let lapsed = reservation.has_lapsed(now);
    match event {
        Event::DepositPaid | Event::Confirm => confirmed(reservation),
        Event::Secure(_) => secured(reservation),
        Event::Cancel => {
            to(Status::Cancelled, &[Effect::FreeNights, Effect::CloseCheckouts, Effect::SayCancelled])
        }
        Event::Expire if lapsed => {
            to(Status::Expired, &[Effect::FreeNights, Effect::CloseCheckouts, Effect::SayExpired])
        }
        Event::GiveWay => {
            to(Status::Expired, &[Effect::FreeNights, Effect::CloseCheckouts, Effect::SayTooLate])
        }
        Event::MoveTo(_) if lapsed => Err(Refusal::HoldExpired),
        Event::MoveTo(stay) => to(
            Status::PreReserved,
            &[Effect::FreeNights, Effect::TakeNights(stay), Effect::CloseCheckouts, Effect::SayMoved],
        ),
        Event::Expire | Event::CheckIn | Event::CheckOut | Event::NoShow => not_now(reservation),
    }
}

fn from_confirmed(reservation: &Reservation, event: Event) -> Result<Move, Refusal> {
    match event {
        Event::Cancel => to(
            Status::Cancelled,
            &[Effect::FreeNights, Effect::CloseCheckouts, Effect::SayCancelled, Effect::NotifyOwner],
        ),
        Event::MoveTo(stay) => moved(reservation, stay),
        Event::CheckIn => to(Status::CheckedIn, &[]),
        Event::NoShow => to(Status::NoShow, &[Effect::FreeNights]),
        Event::DepositPaid
        | Event::Secure(_)
        | Event::Confirm
        | Event::Expire
        | Event::GiveWay
        | Event::CheckOut => not_now(reservation),
    }
}

fn from_checked_in(reservation: &Reservation, event: Event) -> Result<Move, Refusal> {
    match event {
        Event::MoveTo(stay) => moved(reservation, stay),
        Event::CheckOut => to(Status::CheckedOut, &[]),
        Event::DepositPaid
        | Event::Secure(_)
        | Event::Confirm
        | Event::Cancel
        | Event::Expire
        | Event::GiveWay
        | Event::CheckIn
        | Event::NoShow => not_now(reservation),
    }
}

fn from_expired(reservation: &Reservation, event: Event) -> Result<Move, Refusal> {
    match event {
        Event::DepositPaid | Event::Confirm => confirmed(reservation),
        Event::Secure(_) => secured(reservation),
        Event::Cancel
        | Event::Expire
        | Event::GiveWay
        | Event::MoveTo(_)
        | Event::CheckIn
        | Event::CheckOut
        | Event::NoShow => not_now(reservation),
    }
}

fn confirmed(reservation: &Reservation) -> Result<Move, Refusal> {
    let nights = Effect::TakeNights(reservation.stay);
    to(Status::Confirmed, &[nights, Effect::CloseCheckouts, Effect::SayConfirmed, Effect::NotifyOwner])
}

fn secured(reservation: &Reservation) -> Result<Move, Refusal> {
    to(Status::PreReserved, &[Effect::TakeNights(reservation.stay), Effect::CloseCheckouts])
}

fn moved(reservation: &Reservation, stay: Stay) -> Result<Move, Refusal> {
    let effects = [Effect::FreeNights, Effect::TakeNights(stay), Effect::SayMoved, Effect::NotifyOwner];
    to(reservation.status, &effects)
}

fn to(next: Status, effects: &[Effect]) -> Result<Move, Refusal> {
    Ok(Move { next, effects: effects.to_vec() })
}

fn not_now(reservation: &Reservation) -> Result<Move, Refusal> {
    Err(Refusal::NotNow { status: reservation.status })
}

#[cfg(test)]
#[path = "transition_tests.rs"]
mod tests;
