//! Dispatch of a message: one file for each topic.

mod answered;
mod bookings;
mod concerns;
mod courtesy;
mod faq;
mod hold;
mod message;
mod offers;
mod pay;
mod pay_link;
mod photos;
mod preferred;
mod price_terms;
mod prices;
mod reading;
mod receipts;
mod refused;
mod remembered;
mod requests;
mod taps;
mod wishes;
mod words;

use super::effect::HandOver;
use super::input::{Input, Source};
use super::question::Finding;
use super::say::Talk;
use super::turn::{Step, Then};
use super::work::Work;
use crate::domain::message::Unheard;
use crate::understanding;
use answered::Answered;
use jiff::SignedDuration;

/// Messages of one guest in an hour after which only a person answers: no guest books by typing this much, but two
/// machines do.
const TURNS_PER_HOUR_MAX: u16 = 60;

pub(super) fn begin(mut work: Work, input: &Input) -> Step {
    match turn_limit(&mut work) {
        TurnLimit::Fine => {}
        TurnLimit::JustOver if !work.context.held_by_person => {
            work.hand_over(HandOver::TooMany);
            return work.done();
        }
        TurnLimit::JustOver | TurnLimit::Over => return work.silent(),
    }
    if let Some((text, sent_at)) = input.words()
        && let Some(urgency) = understanding::alarm(text, &work.context.situation, work.today())
    {
        return concerns::alarm(work, text, sent_at, urgency);
    }
    if work.context.held_by_person {
        return message::while_a_person_talks(work, input);
    }
    match input {
        Input::Text { text, source, sent_at } => message::text(work, text, *source, *sent_at),
        Input::Tap { tap, sent_at } => {
            let late = message::is_late(&work, *sent_at);
            taps::tap(work, tap, late)
        }
        Input::StaleTap => taps::stale(work),
        Input::Picture { caption } | Input::Document { caption } => match receipts::file(work) {
            Answered::Done(step) => *step,
            Answered::NotYet(work) => picture(work, caption.as_deref()),
        },
        Input::Location | Input::VoiceUnheard { .. } | Input::Unsupported if work.presence().is_some() => {
            concerns::tell_wordless(work)
        }
        Input::Location => say(work, Talk::Place),
        Input::Sticker if work.is_new() => say(work, Talk::HowCanIHelp),
        Input::Sticker => work.silent(),
        Input::VoiceUnheard { why } => {
            let talk = match why {
                Unheard::Unclear => Talk::Unheard,
                Unheard::TooLong => Talk::TooLong,
                Unheard::Off => Talk::VoiceOff,
            };
            say(work, talk)
        }
        Input::Call => say(work, Talk::NoCalls),
        Input::Unsupported => say(work, Talk::CannotSee),
    }
}

pub(super) fn resume(work: Work, then: Then, finding: Finding) -> Step {
    match then {
        Then::Offer { stay, party } => offers::offered(work, stay, party, finding),
        Then::OfferTwo { stay, party, alone } => offers::offered_two(work, stay, party, alone, finding),
        Then::OfferChosen { stay, room } => offers::chosen(work, stay, room, finding),
        Then::SayHeld { stay, rooms } => hold::held(work, stay, &rooms, finding),
        Then::SayCancelled => bookings::cancelled(work, finding),
        Then::AskMove { booking, stay, party } => bookings::move_priced(work, booking, stay, party, finding),
        Then::SayMoved { booking, stay, party } => bookings::moved(work, booking, stay, party, finding),
        Then::SayHowToPay { booking } => pay_link::how_to_pay(work, booking, finding),
    }
}

enum TurnLimit {
    Fine,
    JustOver,
    Over,
}

fn turn_limit(work: &mut Work) -> TurnLimit {
    let now = work.context.moment.now;
    let counts = &mut work.state.counts;
    let new_hour = counts.since.is_none_or(|since| now.duration_since(since) > SignedDuration::from_hours(1));
    if new_hour {
        counts.since = Some(now);
        counts.turns = 0;
    }
    counts.turns = counts.turns.saturating_add(1);
    match counts.turns {
        ..=TURNS_PER_HOUR_MAX => TurnLimit::Fine,
        turns if turns == TURNS_PER_HOUR_MAX + 1 => TurnLimit::JustOver,
        _ => TurnLimit::Over,
    }
}

/// A picture that shows no payment: its words count.
fn picture(work: Work, caption: Option<&str>) -> Step {
    let now = work.context.moment.now;
    match caption.filter(|caption| !caption.trim().is_empty()) {
        Some(caption) => message::text(work, caption, Source::Typed, now),
        None if work.presence().is_some() => concerns::tell_wordless(work),
        None => say(work, Talk::Picture),
    }
}

fn say(mut work: Work, talk: Talk) -> Step {
    work.say(talk);
    work.done()
}
