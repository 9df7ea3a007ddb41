//! What a guest says and shows of a payment of theirs. Their word keeps a hold until a person has looked.

use super::super::effect::Effect;
use super::super::question::Booking;
use super::super::say::PaySay;
use super::super::state::Asked;
use super::super::turn::Step;
use super::super::work::Work;
use super::answered::Answered;
use crate::domain::receipt::{ReceiptBy, ReceiptState, may_keep};
use crate::understanding::{self, PaymentTalk};

/// A picture or file: a receipt when the guest owes money, else words with a picture.
///
/// The work comes back when it is no receipt.
pub(super) fn file(work: Work<'_>) -> Answered<'_> {
    // Somebody who is here shows what is broken sooner than what they paid of the rest.
    let owes = |booking: &&Booking| match work.presence() {
        Some(_) => booking.deposit_due().is_positive(),
        None => booking.due_next().is_positive(),
    };
    if let Some(booking) = work.live_bookings().into_iter().find(owes).cloned() {
        return Answered::by(received(work, booking, ReceiptBy::File));
    }
    match work.context.lapsed.first().cloned() {
        Some(booking) => Answered::by(too_late(work, booking, ReceiptBy::File)),
        None => Answered::NotYet(work),
    }
}

/// Answers what is said of a payment; the work goes on when nothing is, or when there is no booking to pay.
pub(super) fn said<'a>(work: Work<'a>, text: &str) -> Answered<'a> {
    match understanding::payment_talk(text) {
        Some(PaymentTalk::Paid) => told(work, ReceiptBy::Words),
        Some(PaymentTalk::AsksIfArrived) => asked(work),
        Some(PaymentTalk::PaysLater) => pays_later(work),
        Some(PaymentTalk::AsksHow) | None => Answered::NotYet(work),
    }
}

fn told(work: Work<'_>, by: ReceiptBy) -> Answered<'_> {
    let owes = |booking: &&Booking| booking.due_next().is_positive() && !booking.awaits_yes();
    if let Some(booking) = work.live_bookings().into_iter().find(owes).cloned() {
        return Answered::by(received(work, booking, by));
    }
    if let Some(booking) = work.context.lapsed.first().cloned() {
        return Answered::by(too_late(work, booking, by));
    }
    Answered::NotYet(work)
}

/// "¿Te llegó?": the true state. Money of which nothing is known is looked for by a person.
fn asked(mut work: Work<'_>) -> Answered<'_> {
    let live = work.live_bookings();
    let seen = live
        .iter()
        .copied()
        .find(|booking| booking.paid.is_positive() && !booking.deposit_due().is_positive());
    let waits = live.iter().copied().find(|booking| booking.deposit_due().is_positive());
    match (waits, seen) {
        (Some(booking), _)
            if booking.receipt.is_some_and(|receipt| receipt.state == ReceiptState::NotFound) =>
        {
            work.say(PaySay::TransferNotFound { booking: booking.clone() });
        }
        (None, Some(booking)) if booking.awaits_yes() => work.say(PaySay::Waits { booking: booking.clone() }),
        (None, Some(booking))
            if booking.receipt.is_none_or(|receipt| receipt.state != ReceiptState::Open) =>
        {
            work.say(PaySay::Arrived { booking: booking.clone() });
        }
        _ => return told(work, ReceiptBy::Question),
    }
    Answered::by(work.done())
}

fn pays_later(mut work: Work<'_>) -> Answered<'_> {
    let now = work.context.moment.now;
    let hold = work
        .live_bookings()
        .into_iter()
        .find(|booking| booking.is_open_hold(now) && booking.deposit_due().is_positive());
    let Some(booking) = hold.cloned() else { return Answered::NotYet(work) };
    work.say(PaySay::HeldUntil { booking });
    Answered::by(work.done())
}

/// The guest's word or receipt for a booking goes to the owner; it keeps a hold meanwhile.
fn received(mut work: Work, mut booking: Booking, by: ReceiptBy) -> Step {
    work.state.asked = Asked::Nothing;
    let waits = booking.receipt.filter(|receipt| receipt.state == ReceiptState::Open);
    if let Some(receipt) = waits.filter(|_| by != ReceiptBy::File) {
        work.say(PaySay::ReceiptWaits { booking, since: receipt.told_at });
        return work.done();
    }
    let now = work.context.moment.now;
    let keeps = booking.is_open_hold(now) && may_keep(booking.receipt, by);
    let until =
        keeps.then(|| booking.expires_at.unwrap_or(now).max(now + work.context.settings.receipt_hold_time()));
    booking.expires_at = until.or(booking.expires_at);
    work.effect(Effect::Receipt { reservation_id: booking.reservation_id, by, keeps_until: until });
    work.say(PaySay::ReceiptReceived { booking, by });
    work.done()
}

/// The hold ended before the guest's word came: a person looks whether the money did.
fn too_late(mut work: Work, booking: Booking, by: ReceiptBy) -> Step {
    work.state.asked = Asked::Nothing;
    work.effect(Effect::Receipt { reservation_id: booking.reservation_id, by, keeps_until: None });
    work.say(PaySay::ReceiptTooLate { booking });
    work.done()
}
