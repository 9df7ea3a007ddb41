//! Ways to pay one booking: a link, or a bank transfer.

use super::super::effect::{Effect, HandOver};
use super::super::question::{Booking, Finding, Link, Question};
use super::super::say::{Bank, PaySay};
use super::super::state::Asked;
use super::super::turn::{Step, Then};
use super::super::work::Work;

/// The payment link of this booking, or the bank.
pub(super) fn for_booking(mut work: Work, booking: Booking) -> Step {
    work.state.asked = Asked::Nothing;
    if booking.awaits_yes() {
        work.say(PaySay::Waits { booking });
        return work.done();
    }
    if !booking.due_next().is_positive() {
        work.say(PaySay::NothingDue { booking });
        return work.done();
    }
    let question = Question::PaymentLink { reservation_id: booking.reservation_id };
    work.find(question, Then::SayHowToPay { booking })
}

/// Says the result of asking for the link.
pub(super) fn how_to_pay(mut work: Work, booking: Booking, finding: Finding) -> Step {
    match finding {
        Finding::Link(Link::Ready { url, amount }) => work.say(PaySay::LinkReady { booking, amount, url }),
        Finding::Link(Link::ToOpen) => {
            work.effect(Effect::OpenCheckout { reservation_id: booking.reservation_id });
            work.say(PaySay::LinkComing);
        }
        _ => match Bank::of(work.context.settings) {
            Some(bank) => work.say(PaySay::Transfer { booking, bank }),
            None => {
                work.effect(Effect::HandOver { why: HandOver::NoWayToPay });
                work.say(PaySay::OwnerWillSay);
            }
        },
    }
    work.done()
}
