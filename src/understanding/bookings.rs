//! Requests about an existing booking: cancel, change, status, payment.

use super::confidence::{CLEAR, LIKELY, WEAK};
use super::cue::Cue;
use super::evidence::Evidence;
use super::reading::Intent;
use super::terms::Term;
use super::token::Token;
use super::topics;

/// A change request that names nothing is short; a longer one is about something else.
const WISH_WORDS: usize = 4;

/// Cancel, change, status or payment of an existing booking.
pub(super) fn about_booking(evidence: &Evidence<'_>) -> Option<(Intent, f32)> {
    if topics::is_cancellation_policy(evidence) && !wants_cancel(evidence) {
        return Some((Intent::Question, CLEAR));
    }
    if evidence.any(&[Term::Cancel, Term::CantGo]) {
        let paid = evidence.cue(Cue::Settled) && evidence.any(&[Term::Balance, Term::Transfer]);
        return Some(if paid { (Intent::Payment, WEAK) } else { (Intent::Cancel, CLEAR) });
    }
    if is_change(evidence) {
        return Some((Intent::Change, LIKELY));
    }
    payment(evidence).or_else(|| status(evidence))
}

/// "quiero cancelar" is a wish to cancel even when the money is asked about.
fn wants_cancel(evidence: &Evidence<'_>) -> bool {
    let wish = evidence.near(&[Term::Want, Term::Need], &[Term::Cancel], 2)
        && !evidence.near(&[Term::If], &[Term::Want, Term::Need, Term::Cancel], 2);
    let knowing = evidence.cue(Cue::AsksRules);
    wish && !knowing
}

fn is_change(evidence: &Evidence<'_>) -> bool {
    if evidence.has(Term::Rebook) || changes_count(evidence) || passes_on(evidence) {
        return true;
    }
    let mine = evidence.any(&[Term::Booking, Term::DatesNoun]) || evidence.cue(Cue::PartOfBooking);
    let moving = evidence.has(Term::Change)
        || evidence.near(&[Term::Stay, Term::Go], &[Term::Booking], 3) && evidence.cue(Cue::PassAlong);
    let stated = evidence.dated || evidence.counted || evidence.nights || mine;
    if moving && stated && !evidence.any(&[Term::Linen, Term::Pay, Term::Link, Term::Transfer]) {
        return true;
    }
    // "quiero cambiarla", "can i move it": a wish to change.
    let wish = evidence.near(&[Term::Want, Term::Need, Term::Can], &[Term::Change], 2);
    let of_money = evidence.any(&[Term::Pay, Term::PayWay, Term::Link, Term::Transfer, Term::Money]);
    if wish && evidence.words() <= WISH_WORDS && !of_money && !evidence.has(Term::Linen) {
        return true;
    }
    if evidence.has(Term::Instead) && (evidence.dated || evidence.counted) {
        return true;
    }
    let passing = evidence.near(&[Term::Stay], &[Term::Booking], 3) && evidence.cue(Cue::PassTo);
    let adding = evidence.has(Term::Add)
        && (evidence.any(&[
            Term::Booking,
            Term::Person,
            Term::Child,
            Term::Night,
            Term::Adult,
            Term::Relative,
        ]) || evidence.counted
            || evidence.near(&[Term::Add], &[Term::More], 3));
    let more = evidence.near(&[Term::Stay, Term::Go], &[Term::More], 3)
        && evidence.any(&[Term::Night, Term::Booking]);
    let moved_on = evidence.cue(Cue::PassIt) && (evidence.dated || mine);
    let moved_on = moved_on || evidence.dated && moves_it(evidence);
    passing || adding || more && evidence.any(&[Term::Night, Term::DayWord]) || moved_on
}

/// "y si la paso del 25 al 28?", "a mudamos para o dia 3".
fn moves_it(evidence: &Evidence<'_>) -> bool {
    let words = |pair: &[Token]| pair[0].cue(Cue::It) && pair[1].cue(Cue::MovesIt);
    evidence.tokens.list.windows(2).any(words)
}

/// "somos 5 en la reserva": a number about an existing booking.
fn changes_count(evidence: &Evidence<'_>) -> bool {
    let booked =
        evidence.tokens.list.windows(2).any(|pair| {
            pair[1].is(Term::Booking) && (pair[0].is(Term::My) || pair[0].cue(Cue::KnownBooking))
        });
    let asking = evidence.any(&[
        Term::Want,
        Term::Price,
        Term::HowMuch,
        Term::Avail,
        Term::Book,
        Term::Yes,
        Term::Confirm,
        Term::Pay,
    ]);
    evidence.counted && !evidence.dated && booked && !asking
}

/// "me pasás la reserva del 18 al 22?", "pasame la reserva al 3".
fn passes_on(evidence: &Evidence<'_>) -> bool {
    let passing = evidence.tokens.list.iter().position(|token| token.cue(Cue::PassMe));
    let booking = evidence.tokens.list.iter().position(|token| token.is(Term::Booking));
    evidence.dated
        && matches!((passing, booking), (Some(verb), Some(noun)) if verb < noun && noun - verb <= 3)
}

fn payment(evidence: &Evidence<'_>) -> Option<(Intent, f32)> {
    let of_an_animal = evidence.has(Term::Pet) && !evidence.any(&[Term::Link, Term::Transfer, Term::Receipt]);
    let deposit_amount = evidence.has(Term::Deposit) && !paying_now(evidence);
    if evidence.any(&[Term::Pay, Term::Transfer, Term::Receipt, Term::Bank, Term::DepositVerb])
        && !deposit_amount
        && !of_an_animal
    {
        return Some((Intent::Payment, CLEAR));
    }
    if evidence.has(Term::Deposit) && paying_now(evidence) {
        return Some((Intent::Payment, LIKELY));
    }
    let way = evidence.has(Term::PayWay) && !evidence.dated && !evidence.counted && evidence.words() <= 14;
    if way || evidence.has(Term::Link) && !evidence.any(&[Term::Photo, Term::Location]) {
        return Some((Intent::Payment, LIKELY));
    }
    let arrived = evidence.any(&[Term::Send, Term::Receive, Term::PaySeen]) || evidence.cue(Cue::MoneyMoved);
    if evidence.has(Term::Money)
        && arrived
        && !evidence.any(&[Term::HowMuch, Term::Refund, Term::Expensive, Term::Decline])
    {
        return Some((Intent::Payment, LIKELY));
    }
    let owed =
        evidence.has(Term::Balance) && evidence.any(&[Term::HowMuch, Term::When, Term::Money, Term::How]);
    owed.then_some((Intent::Payment, WEAK))
}

/// A deposit that is being paid or was paid; not a question about its size.
fn paying_now(evidence: &Evidence<'_>) -> bool {
    let how =
        evidence.any(&[Term::Where, Term::Transfer, Term::Link, Term::Bank, Term::Receipt, Term::PayWay])
            || evidence.has(Term::How)
                && evidence.any(&[Term::Pay, Term::Send, Term::Deposit])
                && !evidence.has(Term::HowMuch);
    let done = evidence.has(Term::PaySeen)
        && evidence.any(&[Term::Send, Term::Pay, Term::Deposit])
        && !evidence.any(&[Term::HowMuch, Term::Need]);
    let may_pay = evidence.near(&[Term::Can], &[Term::Pay], 2);
    let sent = evidence.cue(Cue::DepositPaid);
    (how || done || sent || may_pay) && !evidence.has(Term::HowMuch)
}

fn status(evidence: &Evidence<'_>) -> Option<(Intent, f32)> {
    if evidence.has(Term::Deposit) {
        return None;
    }
    let booking = evidence.any(&[Term::Booking, Term::Booked]);
    let mine =
        evidence.near(&[Term::My], &[Term::Booking], 3) || evidence.near(&[Term::Booking], &[Term::My], 2);
    let stands = evidence.any(&[Term::State])
        || evidence.has(Term::Confirm) && (evidence.asks_or_wonders() || evidence.has(Term::Not));
    let when = evidence.any(&[Term::When, Term::What, Term::DatesNoun, Term::HowMany]);
    if booking
        && (stands && !evidence.opens_with(&[Term::Yes, Term::If, Term::Fine])
            || mine && evidence.has(Term::Confirm) && !evidence.has(Term::Yes)
            || evidence.has(Term::Booked) && (when || evidence.tokens.asked)
            || mine
                && (when
                    || evidence.has(Term::HowAreYou)
                    || evidence.tokens.asked
                    || evidence.asks_or_wonders()))
    {
        return Some((Intent::Status, LIKELY));
    }
    let lost = evidence.has(Term::Confirm) && evidence.has(Term::Not) && evidence.cue(Cue::WordCame);
    let confirmed = evidence.cue(Cue::Confirmed) && evidence.tokens.asked;
    (lost || confirmed && !evidence.opens_with(&[Term::Yes])).then_some((Intent::Status, WEAK))
}
