//! Taps on buttons and rows: each has exactly one meaning.

use super::super::effect::Effect;
use super::super::say::{StaySay, Talk};
use super::super::state::Asked;
use super::super::tap::{Purpose, Room, Tap};
use super::super::turn::Step;
use super::super::work::Work;
use super::{bookings, hold, message, offers, requests, wishes};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::stay::Stay;

/// Handles a tap. One that arrives hours late is answered with the present state, and does nothing.
pub(super) fn tap(mut work: Work, tap: &Tap, late: bool) -> Step {
    work.greet_back(false);
    work.state.counts.misses = 0;
    work.state.counts.thanked = false;
    match tap.clone() {
        Tap::Dates { stay } => dates(work, stay),
        Tap::Guests { guests } => {
            work.state.wish.set_people(guests);
            work.state.wish.said_at = Some(work.context.moment.now);
            wishes::proceed(work)
        }
        Tap::Choose { cabin_id, stay, party } => {
            let currency =
                work.context.cabins.first().map(|cabin| cabin.base_price.currency).unwrap_or_default();
            let terms = work.state.wish.terms.clone();
            offers::choose(work, stay, Room { cabin_id, party, total: Money::zero(currency), terms })
        }
        Tap::Book { stay, rooms } if late => offers::again(work, stay, &rooms),
        Tap::Book { stay, rooms } => hold::hold(work, stay, rooms),
        Tap::OtherDates | Tap::SeeDates => {
            let party = work.state.wish.party();
            work.state.wish.arrival = None;
            work.state.wish.departure = None;
            work.state.wish.nights = None;
            work.ask(Asked::Dates, StaySay::AskDates { party });
            work.done()
        }
        Tap::Waitlist { stay, party } => {
            work.effect(Effect::Waitlist { stay, party });
            work.state.asked = Asked::Nothing;
            work.say(StaySay::Waitlisted { stay });
            work.done()
        }
        Tap::HeardRight => match work.state.asked.clone() {
            Asked::Heard { text } => message::heard_right(message::forget_question(work), &text),
            _ => stale(work),
        },
        Tap::HeardWrong => message::heard_wrong(work),
        Tap::CancelIt { reservation_id } if late => bookings::picked(work, reservation_id, Purpose::Cancel),
        Tap::CancelIt { reservation_id } => bookings::cancel_it(work, reservation_id),
        Tap::KeepIt => message::keep(work),
        Tap::MoveIt { reservation_id, stay, party, .. } if late => {
            bookings::price(work, reservation_id, stay, party)
        }
        Tap::MoveIt { reservation_id, stay, party, total } => {
            bookings::move_it(work, reservation_id, stay, party, total)
        }
        Tap::Pick { reservation_id, purpose } => bookings::picked(work, reservation_id, purpose),
        Tap::Pay { reservation_id } => bookings::picked(work, reservation_id, Purpose::Pay),
        Tap::MoreTime { reservation_id } => requests::more_time(work, reservation_id),
        Tap::MyBookings => bookings::status(work, ""),
        Tap::Person => message::person(work),
    }
}

/// An expired button: its subject is looked up anew when the state still has it.
pub(super) fn stale(mut work: Work) -> Step {
    work.greet_back(false);
    work.say(Talk::StaleTap);
    let live = !work.live_bookings().is_empty();
    if !live {
        return wishes::proceed(work);
    }
    work.done()
}

/// Dates for a new booking, or for the booking in change.
fn dates(mut work: Work, stay: Stay) -> Step {
    if let Asked::NewDates { reservation_id } = work.state.asked {
        let party = work.booking(reservation_id).map_or(Party::of_adults(1), |booking| booking.party);
        return bookings::price(work, reservation_id, stay, party);
    }
    work.state.wish.set_stay(stay);
    work.state.wish.said_at = Some(work.context.moment.now);
    wishes::proceed(work)
}
