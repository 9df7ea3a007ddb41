//! Requests that a person decides: passed on, and called off by the guest.

use super::super::effect::{Effect, RequestMade};
use super::super::question::Booking;
use super::super::say::RequestSay;
use super::super::state::Asked;
use super::super::turn::Step;
use super::super::work::Work;
use super::answered::Answered;
use super::reading::LIKELY;
use super::{faq, price_terms, receipts, wishes};
use crate::domain::ids::ReservationId;
use crate::domain::quiet_hours::answer_by;
use crate::domain::request::{RequestKind, RequestedOffer, more_time_until};
use crate::understanding::acts::{Act, ActKind, Meaning};
use crate::understanding::{self, Concern, Dates, Intent, Matter, Reading, Situation, Stage};
use jiff::civil::Date;

/// What is said of a payment, and what only a person decides; the work goes on where the message holds more.
pub(super) fn of_money_and_requests<'a>(
    work: Work<'a>,
    meaning: &Meaning,
    text: &str,
    concern: Option<Concern>,
) -> Answered<'a> {
    if are_open(&work) && understanding::needs_no_more(text) {
        return Answered::by(call_off(work, meaning));
    }
    let reading = &meaning.reading;
    let is_request = concern.is_some_and(|concern| concern.matter == Matter::Request);
    let kind = recognised(&work, text, meaning, is_request);
    let work = match kind {
        // What is asked about money speaks of paying too.
        Some(
            kind @ (RequestKind::MoreTime
            | RequestKind::HoldWithoutDeposit
            | RequestKind::Refund
            | RequestKind::TransferOfBooking
            | RequestKind::Discount),
        ) => passed_on(work, kind, reading),
        Some(kind) => match receipts::said(passed_on(work, kind, reading), text) {
            answered @ Answered::Done(_) => return answered,
            Answered::NotYet(work) => work,
        },
        None => return receipts::said(work, text),
    };
    if is_all(&work, reading) { Answered::by(done(work)) } else { Answered::NotYet(work) }
}

/// The request in a message: by its wordings, unless the message surely does something else, or as it was learned.
/// `is_request` is what the writer's situation says of it.
fn recognised(work: &Work, text: &str, meaning: &Meaning, is_request: bool) -> Option<RequestKind> {
    let situation = situation(work);
    let by_words = understanding::request(text, &meaning.reading, &situation);
    let learned = meaning.acts.iter().find(|act| act.kind == ActKind::Request);
    match (by_words, learned) {
        // Who names a way of paying that has its price hears the price.
        (Some(RequestKind::Discount), _) if price_terms::is_priced(work, text) => None,
        (Some(kind), None)
            if (!is_request || names_a_stay(meaning)) && is_surely_else(meaning, kind, &situation) =>
        {
            None
        }
        (Some(kind), _) => Some(kind),
        (None, Some(act)) if act.probability >= LIKELY => {
            act.request.filter(|kind| understanding::may_request(*kind, &meaning.reading, &situation))
        }
        (None, _) => is_request.then_some(RequestKind::Other),
    }
}

/// Whether a message without a learned request surely does something else, so that its words of one mean nothing. Who
/// asks for a stay and a better price asks for both.
fn is_surely_else(meaning: &Meaning, kind: RequestKind, situation: &Situation) -> bool {
    let agreed = |act: &&Act| act.kind.intent() == meaning.reading.intent;
    let sure = |act: &&Act| act.probability >= LIKELY || agreed(act);
    let Some(first) = meaning.acts.first().filter(sure) else { return false };
    match first.kind {
        ActKind::Quote => kind != RequestKind::Discount,
        // "¿Se puede entrar más temprano?" of somebody with a stay asks for it.
        ActKind::Question => !situation.has_stay() || names_a_stay(meaning),
        ActKind::Choose | ActKind::Change | ActKind::Accept | ActKind::Cancel => true,
        _ => false,
    }
}

fn names_a_stay(meaning: &Meaning) -> bool {
    wishes::has_facts(&meaning.reading) || meaning.reading.month.is_some()
}

/// Passes a request on.
pub(super) fn passed_on<'a>(mut work: Work<'a>, kind: RequestKind, reading: &Reading) -> Work<'a> {
    let booking = booking_of(&work, kind).cloned();
    let named = if kind == RequestKind::MoreTime { day_named(reading) } else { None };
    note(&mut work, kind, booking.as_ref(), named);
    work
}

/// Whether a message with a request holds nothing else to answer.
pub(super) fn is_all(work: &Work, reading: &Reading) -> bool {
    let accepts = reading.intent == Intent::Accept
        && matches!(work.state.asked, Asked::BookIt { .. } | Asked::BookItAloud { .. });
    work.has_a_stay() || !wishes::has_facts(reading) && !accepts
}

pub(super) fn done(mut work: Work) -> Step {
    faq::back_to_what_was_open(&mut work);
    work.done()
}

/// Asks the owner to keep a hold for longer.
pub(super) fn more_time(mut work: Work, id: ReservationId) -> Step {
    let Some(booking) =
        work.booking(id).filter(|booking| booking.is_open_hold(work.context.moment.now)).cloned()
    else {
        return super::bookings::none(work);
    };
    note(&mut work, RequestKind::MoreTime, Some(&booking), None);
    work.done()
}

/// The guest no longer needs what they asked for.
fn call_off(mut work: Work, meaning: &Meaning) -> Step {
    let named = meaning.acts.iter().find_map(|act| act.request);
    let kind = named.filter(|kind| work.context.open_requests.contains(kind));
    work.effect(Effect::CallOffRequests { kind });
    work.say(RequestSay::NoLongerNeeded);
    work.done()
}

pub(super) fn are_open(work: &Work) -> bool {
    !work.context.open_requests.is_empty()
}

fn note(work: &mut Work, kind: RequestKind, booking: Option<&Booking>, named: Option<Date>) {
    let moment = work.context.moment;
    let by = answer_by(work.context.settings, moment);
    let until = booking.filter(|_| kind == RequestKind::MoreTime).map(|booking| {
        more_time_until(moment.now, &moment.zone, named, booking.stay.check_in())
            .max(booking.expires_at.unwrap_or(moment.now))
    });
    let again = kind != RequestKind::Other && work.context.open_requests.contains(&kind);
    let made = RequestMade {
        kind,
        reservation_id: booking.map(|booking| booking.reservation_id),
        offer: if booking.is_none() { offer(work) } else { None },
        until,
        deadline: by,
    };
    work.state.counts.misses = 0;
    work.state.counts.thanked = false;
    work.effect(Effect::Request(made));
    work.say(RequestSay::PassedOn { kind, by, again });
}

/// Who was just offered a stay speaks of it.
fn situation(work: &Work) -> Situation {
    let situation = work.context.situation;
    let quoted = situation.stage == Stage::None && work.state.offered.is_some();
    if quoted { Situation { stage: Stage::Quoted, ..situation } } else { situation }
}

/// The booking that a request is about: the hold where time or its deposit is asked for, else the stay in hand.
fn booking_of<'a>(work: &Work<'a>, kind: RequestKind) -> Option<&'a Booking> {
    let live = work.live_bookings();
    let now = work.context.moment.now;
    match kind {
        RequestKind::MoreTime | RequestKind::HoldWithoutDeposit => {
            live.into_iter().find(|booking| booking.is_open_hold(now) && !booking.awaits_yes())
        }
        _ => {
            let in_hand = work.context.situation.stay;
            let of_stay = live.iter().find(|booking| Some(booking.stay) == in_hand).copied();
            of_stay.or(live.first().copied())
        }
    }
}

/// What was offered, or at least wished for.
fn offer(work: &Work) -> Option<RequestedOffer> {
    let offered = work.state.offered.as_ref();
    let options = offered.map(|offered| offered.options.as_slice()).unwrap_or_default();
    let stay = options.first().map(|choice| choice.stay).or(work.state.wish.stay())?;
    let party = offered.map(|offered| offered.party).or(work.state.wish.party())?;
    let of_stay: Vec<_> = options.iter().filter(|choice| choice.stay == stay).collect();
    let total = if let [only] = of_stay.as_slice() { Some(only.room.total) } else { None };
    Some(RequestedOffer {
        stay,
        party,
        cabins: of_stay.iter().map(|choice| choice.room.cabin_id).collect(),
        total: total.filter(|total| total.is_positive()),
    })
}

fn day_named(reading: &Reading) -> Option<Date> {
    match &reading.dates {
        Dates::Arrival(day) | Dates::Departure(day) => Some(*day),
        Dates::Stay(stay) => Some(stay.check_out),
        Dates::None | Dates::Invalid | Dates::Ambiguous(_) => None,
    }
}
