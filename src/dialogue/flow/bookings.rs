//! A guest's requests about an existing booking: status, cancellation, change, withdrawal.

use super::super::effect::{Effect, HandOver};
use super::super::question::{Booking, Finding, Question};
use super::super::say::BookingSay;
use super::super::state::Asked;
use super::super::tap::Purpose;
use super::super::turn::{Step, Then};
use super::super::work::Work;
use super::wishes::{self, Taken};
use super::{pay_link, words};
use crate::domain::ids::ReservationId;
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::refund;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Status;
use crate::domain::stay::Stay;
use crate::understanding::acts::{ActKind, Meaning};
use crate::understanding::{Dates, Reading};
use jiff::civil::Date;

pub(super) fn status(mut work: Work, text: &str) -> Step {
    let bookings: Vec<Booking> = work.live_bookings().into_iter().cloned().collect();
    if bookings.is_empty() {
        return none_named(work, text);
    }
    work.say(BookingSay::Cards { bookings });
    work.done()
}

pub(super) fn cancel(work: Work, text: &str) -> Step {
    with_one(work, Purpose::Cancel, text)
}

/// Changes a booking, perhaps with the new dates or people already said.
pub(super) fn change(mut work: Work, meaning: &Meaning, text: &str) -> Step {
    let reading = &meaning.reading;
    let live = work.live_bookings();
    let meant = moved_away(reading).and_then(|(from, _)| {
        let mut begins = live.iter().filter(|booking| booking.stay.check_in() == from);
        begins.next().filter(|_| begins.next().is_none())
    });
    let meant = meant.or(if let [only] = live.as_slice() { Some(only) } else { None });
    if let (Some(booking), Some((stay, party))) =
        (meant, meant.and_then(|booking| as_it_comes_out(booking, meaning)))
    {
        let id = booking.reservation_id;
        return price(work, id, stay, party);
    }
    match (meant, wishes::has_facts(reading)) {
        (Some(booking), true) => {
            let id = booking.reservation_id;
            change_to(work, id, reading)
        }
        (_, facts) => {
            if facts {
                // Kept until the guest has said which booking is meant.
                let _ = wishes::take(&mut work, reading);
            }
            with_one(work, Purpose::Change, text)
        }
    }
}

/// The booking's stay and party after a change that was resolved against them.
fn as_it_comes_out(booking: &Booking, meaning: &Meaning) -> Option<(Stay, Party)> {
    let outcome = meaning.outcome;
    let stay = Stay::new(outcome.check_in?, outcome.check_out?).ok()?;
    let party = booking.party.counting(outcome.guests?);
    let changes = stay != booking.stay || party != booking.party;
    (meaning.has(ActKind::Change) && changes).then_some((stay, party))
}

/// New dates or people for this booking; anything unsaid stays.
pub(super) fn change_to(mut work: Work, id: ReservationId, reading: &Reading) -> Step {
    let Some(booking) = work.booking(id).cloned() else { return none(work) };
    work.state.wish.set_stay(booking.stay);
    work.state.wish.set_party(booking.party);
    match wishes::take(&mut work, &as_the_booking_tells(reading, Some(booking.stay))) {
        Taken::MustAsk(asked, say) => {
            let asked = match asked {
                Asked::WhichGuests { .. } => asked,
                _ => Asked::NewDates { reservation_id: id },
            };
            work.ask(asked, say);
            work.done()
        }
        Taken::Noted => {
            let stay = work.state.wish.stay().unwrap_or(booking.stay);
            let party = work.state.wish.party().unwrap_or(booking.party);
            price(work, id, stay, party)
        }
    }
}

/// "From the 5th to the 10th" read as an old day and a new one, when possible.
fn moved_away(reading: &Reading) -> Option<(Date, Date)> {
    let Dates::Ambiguous(readings) = &reading.dates else { return None };
    let [whole, moved] = readings.as_slice() else { return None };
    match (whole.check_in, whole.check_out, moved.check_in, moved.check_out) {
        (Some(from), Some(to), Some(arrival), None) if to == arrival => Some((from, to)),
        _ => None,
    }
}

/// Reads "from the 5th to the 10th" by the booking: a guest with a stay from the 5th moves it; for others these
/// are the two ends of a new stay. The dates are said back with their price before anything is moved.
pub(super) fn as_the_booking_tells(reading: &Reading, booked: Option<Stay>) -> Reading {
    let mut told = reading.clone();
    if let Some((from, to)) = moved_away(reading) {
        let moves = booked.is_some_and(|stay| stay.check_in() == from);
        told.dates = if moves { Dates::Arrival(to) } else { Dates::stay(from, to) };
    }
    told
}

/// Asks for the price of a change.
pub(super) fn price(work: Work, id: ReservationId, stay: Stay, party: Party) -> Step {
    let Some(booking) = work.booking(id).cloned() else { return none(work) };
    let question = Question::PriceMove { reservation_id: id, stay, party };
    work.find(question, Then::AskMove { booking, stay, party })
}

/// Says the price of a change and asks for a yes.
pub(super) fn move_priced(
    mut work: Work,
    booking: Booking,
    stay: Stay,
    party: Party,
    finding: Finding,
) -> Step {
    match finding {
        Finding::MovePriced { quote } => {
            let asked = Asked::MoveIt { reservation_id: booking.reservation_id, stay, party };
            work.ask(asked, BookingSay::AskMove { booking, stay, party, quote });
        }
        Finding::Refused(refusal) => cannot_move(&mut work, booking, refusal),
        _ => {}
    }
    work.done()
}

/// Moves the booking after the guest's yes to the price.
pub(super) fn move_it(work: Work, id: ReservationId, stay: Stay, party: Party, total: Money) -> Step {
    let Some(booking) = work.booking(id).cloned() else { return none(work) };
    let question = Question::Move { reservation_id: id, stay, party, total };
    work.find(question, Then::SayMoved { booking, stay, party })
}

pub(super) fn moved(mut work: Work, booking: Booking, stay: Stay, party: Party, finding: Finding) -> Step {
    match finding {
        Finding::Moved { booking } => {
            work.state.asked = Asked::Nothing;
            work.state.wish = Default::default();
            if work.context.pays_online && booking.status == Status::PreReserved {
                work.effect(Effect::OpenCheckout { reservation_id: booking.reservation_id });
            }
            work.say(BookingSay::Moved { booking });
            work.done()
        }
        other => move_priced(work, booking, stay, party, other),
    }
}

/// Says that it is cancelled, or why not.
pub(super) fn cancelled(mut work: Work, finding: Finding) -> Step {
    work.state.asked = Asked::Nothing;
    match finding {
        Finding::Cancelled { booking, refund } => work.say(BookingSay::Cancelled { booking, refund }),
        Finding::Refused(refusal) => work.say(BookingSay::CannotNow { refusal }),
        _ => {}
    }
    work.done()
}

/// Cancels after the guest's yes to the consequence.
pub(super) fn cancel_it(work: Work, id: ReservationId) -> Step {
    if work.booking(id).is_none() {
        return none(work);
    }
    work.find(Question::Cancel { reservation_id: id }, Then::SayCancelled)
}

pub(super) fn picked(mut work: Work, id: ReservationId, purpose: Purpose) -> Step {
    let Some(booking) = work.booking(id).cloned() else { return none(work) };
    match purpose {
        Purpose::Cancel => ask_cancel(work, booking),
        Purpose::Change => {
            let wished = work.state.wish.stay().filter(|stay| *stay != booking.stay);
            if let Some(stay) = wished {
                return price(work, id, stay, booking.party);
            }
            work.ask(Asked::NewDates { reservation_id: id }, BookingSay::AskNewDates { booking });
            work.done()
        }
        Purpose::Pay => pay_link::for_booking(work, booking),
    }
}

pub(super) fn pick(mut work: Work, purpose: Purpose) -> Step {
    let bookings: Vec<Booking> = work.live_bookings().into_iter().cloned().collect();
    match bookings.as_slice() {
        [] => none(work),
        [only] => picked(work, only.reservation_id, purpose),
        [..] => {
            work.ask(Asked::WhichBooking { purpose }, BookingSay::Which { bookings, purpose });
            work.done()
        }
    }
}

/// The right of withdrawal: recorded at once, settled by a person.
pub(super) fn withdraw(mut work: Work, text: &str) -> Step {
    let named = named(&work, text);
    let live = work.live_bookings();
    let booking = named.or(if let [only] = live.as_slice() { Some(*only) } else { None });
    let code = booking.map(|booking| booking.code.to_string());
    work.effect(Effect::Withdraw { reservation_id: booking.map(|booking| booking.reservation_id) });
    work.state.asked = Asked::Nothing;
    work.say(BookingSay::Withdrawing { code });
    work.done()
}

pub(super) fn none(mut work: Work) -> Step {
    work.state.asked = Asked::Nothing;
    work.say(BookingSay::NoBooking);
    work.done()
}

/// A code that is not of this guest's bookings goes to a person.
fn none_named(mut work: Work, text: &str) -> Step {
    if words::code(text).is_some() {
        work.hand_over(HandOver::UnknownBooking);
        return work.done();
    }
    none(work)
}

fn with_one(work: Work, purpose: Purpose, text: &str) -> Step {
    if let Some(booking) = named(&work, text) {
        let id = booking.reservation_id;
        return picked(work, id, purpose);
    }
    if work.live_bookings().is_empty() {
        return none_named(work, text);
    }
    pick(work, purpose)
}

fn named<'a>(work: &Work<'a>, text: &str) -> Option<&'a Booking> {
    let code = words::code(text)?;
    work.live_bookings().into_iter().find(|booking| booking.code == code)
}

fn ask_cancel(mut work: Work, booking: Booking) -> Step {
    if booking.status == Status::CheckedIn {
        work.say(BookingSay::CannotNow { refusal: Refusal::NotNow { status: booking.status } });
        work.hand_over(HandOver::HardChange);
        return work.done();
    }
    let context = work.context;
    let (refund, ground) =
        refund::due(booking.paid, booking.created_at, booking.stay, context.settings, context.moment);
    let asked = Asked::CancelIt { reservation_id: booking.reservation_id };
    work.ask(asked, BookingSay::AskCancel { booking, refund, ground });
    work.done()
}

fn cannot_move(work: &mut Work, booking: Booking, refusal: Refusal) {
    let asked = Asked::NewDates { reservation_id: booking.reservation_id };
    work.ask(asked, BookingSay::CannotMove { booking, refusal });
}
