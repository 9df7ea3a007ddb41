//! The only table of legal moves of a reservation.

use super::{Reservation, Status};
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use jiff::Timestamp;

/// What happens to a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The deposit is in.
    DepositPaid,
    /// The owner confirms without waiting for the deposit.
    Confirm,
    /// Guest or owner calls it off.
    Cancel,
    /// The hold's time is over.
    Expire,
    /// Other dates, other cabin or other people, already priced and checked.
    MoveTo(Stay),
    /// The guest arrives.
    CheckIn,
    /// The guest leaves.
    CheckOut,
    /// The guest did not come.
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
    /// Tell the guest about the new dates.
    SayMoved,
    /// Tell the owner.
    TellOwner,
}

/// A legal move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Where it leads.
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
    use Effect::{
        CloseCheckouts, FreeNights, SayCancelled, SayConfirmed, SayExpired, SayMoved, TakeNights, TellOwner,
    };
    let status = reservation.status;
    let to = |next, effects: &[Effect]| Ok(Move { next, effects: effects.to_vec() });
    let not_now = Err(Refusal::NotNow { status });
    match (status, event) {
        (Status::PreReserved, Event::DepositPaid | Event::Confirm) => {
            to(Status::Confirmed, &[TakeNights(reservation.stay), CloseCheckouts, SayConfirmed, TellOwner])
        }
        (Status::Expired, Event::DepositPaid | Event::Confirm) => {
            to(Status::Confirmed, &[TakeNights(reservation.stay), CloseCheckouts, SayConfirmed, TellOwner])
        }
        (Status::PreReserved, Event::Cancel) => {
            to(Status::Cancelled, &[FreeNights, CloseCheckouts, SayCancelled])
        }
        (Status::Confirmed, Event::Cancel) => {
            to(Status::Cancelled, &[FreeNights, CloseCheckouts, SayCancelled, TellOwner])
        }
        (Status::PreReserved, Event::Expire) if reservation.has_lapsed(now) => {
            to(Status::Expired, &[FreeNights, CloseCheckouts, SayExpired])
        }
        (Status::PreReserved, Event::MoveTo(_)) if reservation.has_lapsed(now) => Err(Refusal::HoldExpired),
        (Status::PreReserved, Event::MoveTo(stay)) => {
            to(Status::PreReserved, &[FreeNights, TakeNights(stay), CloseCheckouts, SayMoved])
        }
        (Status::Confirmed | Status::CheckedIn, Event::MoveTo(stay)) => {
            to(status, &[FreeNights, TakeNights(stay), SayMoved, TellOwner])
        }
        (Status::Confirmed, Event::CheckIn) => to(Status::CheckedIn, &[]),
        (Status::CheckedIn, Event::CheckOut) => to(Status::CheckedOut, &[]),
        (Status::Confirmed, Event::NoShow) => to(Status::NoShow, &[FreeNights]),

        (Status::PreReserved, Event::Expire | Event::CheckIn | Event::CheckOut | Event::NoShow) => not_now,
        (Status::Confirmed, Event::DepositPaid | Event::Confirm | Event::Expire | Event::CheckOut) => not_now,
        (
            Status::CheckedIn,
            Event::DepositPaid
            | Event::Confirm
            | Event::Cancel
            | Event::Expire
            | Event::CheckIn
            | Event::NoShow,
        ) => not_now,
        (
            Status::Cancelled,
            Event::DepositPaid
            | Event::Confirm
            | Event::Cancel
            | Event::Expire
            | Event::MoveTo(_)
            | Event::CheckIn
            | Event::CheckOut
            | Event::NoShow,
        ) => not_now,
        (
            Status::Expired,
            Event::Cancel
            | Event::Expire
            | Event::MoveTo(_)
            | Event::CheckIn
            | Event::CheckOut
            | Event::NoShow,
        ) => not_now,
        (
            Status::CheckedOut | Status::NoShow,
            Event::DepositPaid
            | Event::Confirm
            | Event::Cancel
            | Event::Expire
            | Event::MoveTo(_)
            | Event::CheckIn
            | Event::CheckOut
            | Event::NoShow,
        ) => not_now,
    }
}

#[cfg(test)]
#[path = "transition_tests.rs"]
mod tests;
