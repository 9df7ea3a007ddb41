//! Holding cabins: the only step that makes a booking.

use super::super::effect::{Effect, HandOver};
use super::super::question::{Booking, Finding, Question};
use super::super::say::{Bank, BookingSay, PaySay, PayWays, Quoted, QuotedRoom, StaySay};
use super::super::state::Asked;
use super::super::tap::Room;
use super::super::turn::{Step, Then};
use super::super::work::Work;
use super::{offers, refused, wishes};
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;

/// Holds the last offer; a second tap on the same button shows the hold made by the first.
pub(super) fn hold(mut work: Work, stay: Stay, rooms: Vec<Room>) -> Step {
    let same = |booking: &&&Booking| {
        booking.stay.overlaps(stay) && rooms.iter().any(|room| room.cabin_id == booking.cabin_id)
    };
    let mine: Vec<Booking> =
        work.live_bookings().iter().filter(same).map(|booking| (*booking).clone()).collect();
    if !mine.is_empty() {
        work.state.asked = Asked::Nothing;
        work.say(BookingSay::Cards { bookings: mine });
        return work.done();
    }
    work.find(Question::Hold { stay, rooms: rooms.clone() }, Then::SayHeld { stay, rooms })
}

pub(super) fn held(mut work: Work, stay: Stay, rooms: &[Room], finding: Finding) -> Step {
    let party = rooms.iter().map(|room| room.party).sum();
    match finding {
        Finding::Held { bookings } => said_held(work, bookings),
        Finding::PriceChanged { offers } => {
            let quoted: Vec<QuotedRoom> = rooms
                .iter()
                .filter_map(|room| {
                    let offer = offers.iter().find(|offer| offer.cabin_id == room.cabin_id)?;
                    let room = Room { total: offer.quote.total, ..room.clone() };
                    Some(QuotedRoom { name: offer.name.clone(), room, quote: offer.quote.clone() })
                })
                .collect();
            if quoted.is_empty() {
                return wishes::proceed(work);
            }
            let quoted = Quoted { stay, party, rooms: quoted, about: String::new() };
            work.say(StaySay::PriceChanged);
            work.ask(Asked::BookIt { stay, rooms: quoted.rooms() }, StaySay::Quote(quoted));
            work.done()
        }
        Finding::Refused(Refusal::NightsTaken | Refusal::CabinUnavailable) => {
            work.say(StaySay::JustTaken);
            work.state.asked = Asked::Nothing;
            let asked = work.inquiry(stay, party);
            work.find(Question::Offers { asked }, Then::Offer { stay, party })
        }
        Finding::Refused(refusal @ Refusal::TooManyHolds { .. }) => {
            work.state.asked = Asked::Nothing;
            work.say(BookingSay::CannotNow { refusal });
            work.done()
        }
        Finding::Refused(refusal) => refused::ruled_out(work, refusal, stay),
        Finding::Offers { .. } => offers::offered(work, stay, party, finding),
        Finding::TwoOffers { .. }
        | Finding::Cancelled { .. }
        | Finding::MovePriced { .. }
        | Finding::Moved { .. }
        | Finding::Link(_) => work.done(),
    }
}

fn said_held(mut work: Work, bookings: Vec<Booking>) -> Step {
    let pays_online = work.context.pays_online;
    let bank = Bank::of(work.context.settings);
    let no_way = !pays_online && bank.is_none();
    // One link covers all cabins held together.
    if let Some(booking) = bookings.iter().find(|booking| pays_online && booking.deposit_due().is_positive())
    {
        work.effect(Effect::OpenCheckout { reservation_id: booking.reservation_id });
    }
    // The wish is kept: after an expired hold, "I'll pay now" must find it.
    work.state.offered = None;
    work.state.asked = Asked::Nothing;
    work.say(BookingSay::Held { bookings, ways: PayWays { link_follows: pays_online, bank } });
    if no_way {
        work.effect(Effect::HandOver { why: HandOver::NoWayToPay });
        work.say(PaySay::OwnerWillSay);
    }
    work.done()
}
