//! The only table of legal transitions of a reservation.

use super::{Reservation, Status};
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    DepositPaid,
    /// The deposit is paid, but other channels must be read before confirming: the hold is kept until this
    /// instant.
    Secure(Timestamp),
    /// The owner confirms without waiting for the deposit.
    Confirm,
    /// Guest or owner cancels it.
    Cancel,
    Expire,
    /// Another channel sold nights of a paid hold: its guest has a booking, ours only a hold.
    GiveWay,
    /// Other dates, cabin or people, already priced and checked.
    MoveTo(Stay),
    CheckIn,
    CheckOut,
    NoShow,
}

/// An effect of the transition, in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Take these nights; if one is taken, the transition is refused.
    TakeNights(Stay),
    /// Free every night of the reservation.
    FreeNights,
    /// Close the open checkouts.
    CloseCheckouts,
    /// Tell the guest that the stay is confirmed.
    SayConfirmed,
    /// Tell the guest that it is cancelled.
    SayCancelled,
    /// Tell the guest that the hold expired.
    SayExpired,
    /// Tell the guest that the money came after the nights were taken.
    SayTooLate,
    /// It had lapsed and stands again.
    SayRevived,
    /// Tell the guest about the new dates.
    SayMoved,
    NotifyOwner,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub next: Status,
    /// Its effects, in order.
    pub effects: Vec<Effect>,
}

/// The transition that `event` causes, or why it is refused.
///
/// A deposit that arrives for a lapsed hold, or for an expired reservation, takes the nights again: the caller
/// finds out in the same transaction whether they are still free. A cancelled reservation stays cancelled, however
/// late the money: a person decides about it.
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
        Event::DepositPaid | Event::Confirm => confirmed(reservation).map(revived),
        Event::Secure(_) => secured(reservation).map(revived),
        Event::Cancel
        | Event::Expire
        | Event::GiveWay
        | Event::MoveTo(_)
        | Event::CheckIn
        | Event::CheckOut
        | Event::NoShow => not_now(reservation),
    }
}

/// The guest was told that it had lapsed: what follows is explained first.
fn revived(step: Move) -> Move {
    Move { effects: [vec![Effect::SayRevived], step.effects].concat(), ..step }
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
