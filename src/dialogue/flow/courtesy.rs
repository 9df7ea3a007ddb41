//! Greetings, thanks, anger, misunderstandings: messages without a booking.

use super::super::effect::{Effect, HandOver};
use super::super::say::{StaySay, Talk};
use super::super::state::Asked;
use super::super::turn::Step;
use super::super::work::Work;

/// Consecutive messages not understood before a person is called.
const MISSES_MAX: u8 = 3;

/// Opts the guest out, with a last message that says so. A guest with a stay is asked back first.
pub(super) fn opt_out(mut work: Work) -> Step {
    if work.has_a_stay() {
        if work.state.asked == Asked::StopMessages {
            return stop_all_else(work);
        }
        work.ask(Asked::StopMessages, Talk::AskStopMessages);
        return work.done();
    }
    work.no_hello();
    work.effect(Effect::OptOut);
    work.state.asked = Asked::Nothing;
    work.say(Talk::OptedOut);
    work.done()
}

/// Opts the guest out of all but what their booking needs.
pub(super) fn stop_all_else(mut work: Work) -> Step {
    work.no_hello();
    work.effect(Effect::OptOut);
    work.state.asked = Asked::Nothing;
    work.say(Talk::OptedOutButBooking);
    work.done()
}

pub(super) fn go_on_writing(mut work: Work) -> Step {
    work.state.asked = Asked::Nothing;
    work.say(Talk::GoesOnWriting);
    work.done()
}

/// A greeting alone: repeats the open question, or asks how to help.
pub(super) fn greeting(mut work: Work) -> Step {
    if work.state.counts.handed_over {
        work.no_hello();
        work.say(Talk::AlreadyHandedOver);
        return work.done();
    }
    if work.presence().is_some() {
        work.say(Talk::AtYourService);
        return work.done();
    }
    let live = work.live_bookings();
    if work.state.wish.arrival.is_none() && live.is_empty() {
        work.ask(Asked::Dates, StaySay::AskDates { party: work.state.wish.party() });
    } else {
        work.say(Talk::HowCanIHelp);
    }
    work.done()
}

/// Thanks are answered once; an answer to each would be too many.
pub(super) fn thanks(mut work: Work) -> Step {
    if std::mem::replace(&mut work.state.counts.thanked, true) {
        return work.silent();
    }
    work.say(Talk::Welcome);
    work.done()
}

/// Praise of a guest who is here.
pub(super) fn glad(mut work: Work) -> Step {
    work.say(Talk::Glad);
    work.done()
}

/// Anger is answered with a person, once.
pub(super) fn upset(mut work: Work) -> Step {
    if work.state.counts.handed_over {
        return work.silent();
    }
    work.state.counts.handed_over = true;
    work.effect(Effect::HandOver { why: HandOver::Upset });
    work.say(Talk::Calm);
    work.done()
}

/// A message meant for somebody else gets a kind answer and nothing about cabins.
pub(super) fn wrong_number(mut work: Work) -> Step {
    work.no_hello();
    work.say(Talk::WrongNumber);
    work.done()
}

/// Says so, then offers another way, and in the end a person.
pub(super) fn not_understood(mut work: Work) -> Step {
    work.state.counts.misses = work.state.counts.misses.saturating_add(1);
    let misses = work.state.counts.misses;
    if misses > MISSES_MAX {
        return work.silent();
    }
    if misses == MISSES_MAX {
        work.hand_over(HandOver::NotUnderstood);
    } else if misses == 1 {
        work.say(Talk::NotUnderstood);
    } else {
        work.say(Talk::StillNotUnderstood);
    }
    work.done()
}
