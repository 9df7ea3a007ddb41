//! Sentences about a booking and its changes.

use super::part::{Part, lines};
use super::pay::{coordinates, rest};
use super::stay::refused;
use crate::dialogue::i18n::{Format, Locale};
use crate::dialogue::question::Booking;
use crate::dialogue::say::{Arrival, BookingSay, PayWays};
use crate::dialogue::tap::{Purpose, Tap};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::refund::Ground;
use crate::domain::stay::Stay;

pub(super) fn booking(say: &BookingSay, f: &Format<'_>) -> Part {
    match say {
        BookingSay::Held { bookings, ways } => held(bookings, ways, f),
        BookingSay::HoldEnding { booking } => {
            let tap = Tap::Pay { reservation_id: booking.reservation_id };
            Part::text(f.hold_ending(&booking.cabin, &until(booking, f), booking.deposit_due()))
                .choice(tap, f.button_pay_deposit())
        }
        BookingSay::Expired { booking } => expired(booking, f),
        BookingSay::Confirmed { booking, arrival } => {
            let said = [vec![f.confirmed()], card(booking, f), vec![rest(booking, f)], place(arrival, f)];
            Part::text(said.concat().join("\n"))
        }
        BookingSay::Cancelled { booking, refund } => {
            let cancelled = f.cancelled(&booking.code, &booking.cabin, booking.stay);
            let back =
                if refund.is_positive() { f.refund_on_its_way(*refund) } else { f.nothing_to_refund() };
            Part::text(format!("{cancelled} {back}"))
        }
        BookingSay::Moved { booking } => {
            Part::text([vec![f.moved()], card(booking, f), vec![rest(booking, f)]].concat().join("\n"))
        }
        BookingSay::Discounted { booking, off } => Part::text(
            [vec![f.discounted(*off)], card(booking, f), vec![rest(booking, f)]].concat().join("\n"),
        ),
        BookingSay::Cards { bookings } => {
            let each = |booking: &Booking| [card(booking, f), vec![standing(booking, f)]].concat();
            Part::text(lines(bookings.iter().flat_map(each)))
        }
        BookingSay::NoBooking => Part::text(f.no_booking()).choice(Tap::Person, f.button_person()),
        BookingSay::AskCancel { booking, refund, ground } => {
            let question = f.ask_cancel(&booking.cabin, booking.stay);
            Part::text(format!("{question} {}", consequence(*refund, *ground, f)))
                .choice(Tap::CancelIt { reservation_id: booking.reservation_id }, f.button_yes_cancel())
                .choice(Tap::KeepIt, f.button_no_keep())
        }
        BookingSay::Kept => Part::text(f.kept()),
        BookingSay::Which { bookings, purpose } => which(bookings, *purpose, f),
        BookingSay::AskNewDates { booking } => {
            Part::text(f.ask_new_dates(&booking.cabin, booking.stay, booking.party))
        }
        BookingSay::AskMove { booking, stay, party, quote } => {
            ask_move(booking, *stay, *party, quote.total, f)
        }
        BookingSay::CannotMove { refusal, .. } => Part::text(f.cannot_move(&refused(refusal, **f))),
        BookingSay::CannotNow { refusal } => Part::text(refused(refusal, **f)),
        BookingSay::Withdrawing { code: None } => Part::text(f.withdrawing()),
        BookingSay::Withdrawing { code: Some(code) } => Part::text(f.withdrawing_from(code)),
        BookingSay::ArrivalReminder { booking, arrival } => {
            let reminder = f.arrival_reminder(booking.stay.check_in(), &booking.cabin);
            Part::text([vec![reminder], place(arrival, f), due(booking, f)].concat().join("\n"))
        }
        BookingSay::CheckIn { booking, arrival, instructions } => {
            let today = f.check_in_today(&booking.cabin, arrival.check_in);
            let said = [vec![today], place(arrival, f), given(instructions), due(booking, f)];
            Part::text(said.concat().join("\n"))
        }
        BookingSay::ThankYou { arrival, property, .. } => thank_you(property, &arrival.words, **f),
    }
}

fn thank_you(property: &str, words: &str, l: Locale) -> Part {
    let thanks = if property.is_empty() { l.thanks_for_staying() } else { l.thanks_for_staying_at(property) };
    let words = if words.is_empty() { l.come_back() } else { words.to_owned() };
    Part::text(format!("{thanks} {words}"))
}

fn ask_move(booking: &Booking, stay: Stay, party: Party, total: Money, l: &Locale) -> Part {
    let price =
        if booking.total == total { l.total_stays(total) } else { l.total_changes(booking.total, total) };
    let tap = Tap::MoveIt { reservation_id: booking.reservation_id, stay, party, total };
    Part::text(l.ask_move(&booking.cabin, stay, party, &price))
        .choice(tap, l.button_yes_change())
        .choice(Tap::KeepIt, l.button_no_keep())
}

fn which(bookings: &[Booking], purpose: Purpose, l: &Locale) -> Part {
    bookings.iter().fold(Part::text(l.which_booking(purpose)), |part, booking| {
        let tap = Tap::Pick { reservation_id: booking.reservation_id, purpose };
        part.row(tap, booking.cabin.clone(), l.stay(booking.stay))
    })
}

fn expired(booking: &Booking, l: &Locale) -> Part {
    let text = if booking.paid.is_positive() {
        l.expired_with_money(&booking.cabin, booking.stay, booking.paid)
    } else {
        l.expired(&booking.cabin, booking.stay)
    };
    let tap = Tap::Choose { cabin_id: booking.cabin_id, stay: booking.stay, party: booking.party };
    Part::text(text).choice(tap, l.button_look_again())
}

fn held(bookings: &[Booking], ways: &PayWays, f: &Format<'_>) -> Part {
    let Some(first) = bookings.first() else { return Part::default() };
    let names = f.list(&bookings.iter().map(|booking| booking.cabin.clone()).collect::<Vec<_>>());
    let sum = |part: fn(&Booking) -> Money| {
        let parts = bookings.iter().map(part);
        parts.reduce(|sum, next| sum.checked_add(next).unwrap_or(sum)).unwrap_or(part(first))
    };
    let mut said = vec![
        f.held(&names, first.stay, &until(first, f)),
        f.held_total(sum(|booking| booking.total), sum(|booking| booking.deposit)),
    ];
    let bank = ways.bank.as_ref().map(|bank| coordinates(bank, **f));
    match (ways.link_follows, bank) {
        (true, Some(bank)) => {
            said.push(format!("{} {}", f.link_follows(bookings.len()), f.or_transfer(&bank)));
        }
        (true, None) => said.push(f.link_follows(bookings.len())),
        (false, Some(bank)) => said.extend([f.transfer_deposit(&bank), f.send_receipt()]),
        (false, None) => said.push(f.owner_says_how_to_pay_deposit()),
    }
    Part::text(said.join("\n"))
}

fn consequence(refund: Money, ground: Ground, l: &Locale) -> String {
    match ground {
        Ground::Withdrawal | Ground::InTime if !refund.is_positive() => l.cancel_loses_nothing(),
        Ground::Late if !refund.is_positive() => l.cancel_loses_deposit(),
        Ground::Withdrawal => l.cancel_refunds_all(refund),
        Ground::InTime | Ground::Late => l.cancel_refunds(refund),
    }
}

fn card(booking: &Booking, l: &Locale) -> Vec<String> {
    let who = format!("{}, {}", booking.cabin, l.party(booking.party));
    vec![who, l.stay(booking.stay), l.code_is(&booking.code)]
}

fn standing(booking: &Booking, f: &Format<'_>) -> String {
    let deposit = booking.deposit_due();
    if deposit.is_positive() && booking.expires_at.is_some() && !booking.paid.is_positive() {
        f.deposit_missing(deposit, &until(booking, f))
    } else {
        rest(booking, f)
    }
}

fn until(booking: &Booking, f: &Format<'_>) -> String {
    booking.expires_at.map(|at| f.moment(at)).unwrap_or_default()
}

fn due(booking: &Booking, l: &Locale) -> Vec<String> {
    let due = booking.balance_due();
    due.is_positive().then(|| l.due_on_arrival(due)).into_iter().collect()
}

fn place(arrival: &Arrival, l: &Locale) -> Vec<String> {
    let hours = l.arrival_hours(arrival.check_in, arrival.check_out);
    let address = given(&arrival.address).iter().map(|address| l.address(address)).collect();
    [vec![hours], address, given(&arrival.words)].concat()
}

/// A line of the owner's own words, unless empty.
fn given(words: &str) -> Vec<String> {
    Some(words.to_owned()).filter(|words| !words.is_empty()).into_iter().collect()
}
