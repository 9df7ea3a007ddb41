//! English: a booking and what becomes of it.

use super::pay::coordinates;
use super::stay::refused;
use crate::dialogue::question::Booking;
use crate::dialogue::replies::Part;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::replies::until;
use crate::dialogue::say::Arrival;
use crate::dialogue::say::BookingSay;
use crate::dialogue::say::PayWays;
use crate::dialogue::tap::Purpose;
use crate::dialogue::tap::Tap;
use crate::domain::money::Money;
use crate::domain::pricing::Quote;
use crate::domain::refund::Ground;
use crate::domain::stay::Stay;

pub(super) fn booking(say: &BookingSay, f: &Format<'_>) -> Part {
    match say {
        BookingSay::Held { bookings, ways } => held(bookings, ways, f),
        BookingSay::HoldEnding { booking } => Part::text(format!(
            "I'm keeping {} for you until {}. If you still want it, the deposit of {} is missing.",
            booking.cabin,
            until(booking, f),
            f.money(booking.deposit_due())
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Pay the deposit"),
        BookingSay::Expired { booking } => expired(booking, f),
        BookingSay::Confirmed { booking, arrival } => Part::text(format!(
            "Done, your booking is confirmed! 🎉\n{}\n{}{}",
            card(booking, f),
            rest(booking, f),
            place(arrival, f)
        )),
        BookingSay::Cancelled { booking, refund } => Part::text(format!(
            "I cancelled your booking {}: {}, {}. {}",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            goes_back(*refund, f)
        )),
        BookingSay::Moved { booking } => {
            Part::text(format!("Done, here is the new booking:\n{}\n{}", card(booking, f), rest(booking, f)))
        }
        BookingSay::Cards { bookings } => Part::text(lines(
            bookings.iter().map(|booking| format!("{}\n{}", card(booking, f), standing(booking, f))),
        )),
        BookingSay::NoBooking => {
            Part::text("I find no booking under this number. Did you book with another one?")
                .choice(Tap::Person, "Talk to someone")
        }
        BookingSay::AskCancel { booking, refund, ground } => ask_cancel(booking, *refund, *ground, f),
        BookingSay::Kept => Part::text("Fine, your booking stays as it was."),
        BookingSay::Which { bookings, purpose } => which(bookings, *purpose, f),
        BookingSay::AskNewDates { booking } => Part::text(format!(
            "You have {}: {}, {}. Which dates, or how many people, shall I change it to?",
            booking.cabin,
            f.stay(booking.stay),
            f.people(booking.guests)
        )),
        BookingSay::AskMove { booking, stay, guests, quote } => ask_move(booking, *stay, *guests, quote, f),
        BookingSay::CannotMove { refusal, .. } => Part::text(format!(
            "I can't change it that way. {} Your booking stays as it was.",
            refused(refusal, f)
        )),
        BookingSay::CannotNow { refusal } => Part::text(refused(refusal, f)),
        BookingSay::Withdrawing { code } => {
            let which = code.as_ref().map(|code| format!(" for booking {code}")).unwrap_or_default();
            Part::text(format!(
                "I noted your withdrawal{which}, with today's date and time. You'll hear from us within 24 hours."
            ))
        }
        BookingSay::ArrivalReminder { booking, arrival } => Part::text(format!(
            "Almost there! We look forward to seeing you on {} at {}.{}{}",
            f.day(booking.stay.check_in()),
            booking.cabin,
            place(arrival, f),
            due(booking, f)
        )),
        BookingSay::CheckIn { booking, arrival, instructions } => check_in(booking, arrival, instructions, f),
        BookingSay::ThankYou { arrival, property, .. } => thank_you(property, &arrival.words),
    }
}

fn thank_you(property: &str, words: &str) -> Part {
    let place = if property.is_empty() { "with us".to_owned() } else { format!("at {property}") };
    let words = if words.is_empty() { "We hope to see you again soon!" } else { words };
    Part::text(format!("Thank you for staying {place}! {words}"))
}

fn ask_move(booking: &Booking, stay: Stay, guests: u16, quote: &Quote, f: &Format<'_>) -> Part {
    Part::text(format!(
        "It would be: {}, {}, {}. {}. Shall I change it?",
        booking.cabin,
        f.stay(stay),
        f.people(guests),
        new_total(booking.total, quote.total, f)
    ))
    .choice(
        Tap::MoveIt { reservation_id: booking.reservation_id, stay, guests, total: quote.total },
        "Yes, change it",
    )
    .choice(Tap::KeepIt, "No, keep it")
}

fn check_in(booking: &Booking, arrival: &Arrival, instructions: &str, f: &Format<'_>) -> Part {
    let instructions = if instructions.is_empty() { String::new() } else { format!("\n{instructions}") };
    Part::text(format!(
        "Today is the day! {} is ready for you from {}.{}{instructions}{}",
        booking.cabin,
        f.hour(arrival.check_in),
        place(arrival, f),
        due(booking, f)
    ))
}

fn which(bookings: &[Booking], purpose: Purpose, f: &Format<'_>) -> Part {
    let question = match purpose {
        Purpose::Cancel => "Which one do you want to cancel?",
        Purpose::Change => "Which one do you want to change?",
        Purpose::Pay => "Which one do you want to pay?",
    };
    bookings.iter().fold(Part::text(question), |part, booking| {
        let tap = Tap::Pick { reservation_id: booking.reservation_id, purpose };
        part.row(tap, booking.cabin.clone(), f.stay(booking.stay))
    })
}

fn expired(booking: &Booking, f: &Format<'_>) -> Part {
    let (cabin, stay) = (&booking.cabin, f.stay(booking.stay));
    Part::text(if booking.paid.minor > 0 {
        let paid = f.money(booking.paid);
        format!("The hold on {cabin}, {stay}, ran out. We received {paid}: a person will write to refund you or go on with the booking.")
    } else {
        format!("The hold on {cabin}, {stay}, ran out because the deposit didn't arrive. If you still want it, I can look again.")
    })
    .choice(
        Tap::Choose { cabin_id: booking.cabin_id, stay: booking.stay, guests: booking.guests },
        "Look again",
    )
}

fn ask_cancel(booking: &Booking, refund: Money, ground: Ground, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Do you really want to cancel {}, {}? {}",
        booking.cabin,
        f.stay(booking.stay),
        consequence(refund, ground, f)
    ))
    .choice(Tap::CancelIt { reservation_id: booking.reservation_id }, "Yes, cancel")
    .choice(Tap::KeepIt, "No, keep it")
}

fn held(bookings: &[Booking], ways: &PayWays, f: &Format<'_>) -> Part {
    let Some(first) = bookings.first() else { return Part::default() };
    let names = f.list(&bookings.iter().map(|booking| booking.cabin.clone()).collect::<Vec<_>>());
    let sum = |part: fn(&Booking) -> Money| {
        bookings
            .iter()
            .map(part)
            .reduce(|sum, next| sum.checked_add(next).unwrap_or(sum))
            .unwrap_or(part(first))
    };
    let mut text = format!(
        "Great! I'm keeping {names}, {}, until {}.\nTotal {}, deposit {}.",
        f.stay(first.stay),
        until(first, f),
        f.money(sum(|booking| booking.total)),
        f.money(sum(|booking| booking.deposit))
    );
    let link = if bookings.len() > 1 {
        "I'm sending you the links, one for each cabin, to pay the deposit"
    } else {
        "I'm sending you the link to pay the deposit"
    };
    match (ways.link_follows, &ways.bank) {
        (true, Some(bank)) => {
            text.push_str(&format!("\n{link}. If you prefer a bank transfer: "));
            text.push_str(&coordinates(bank));
        }
        (true, None) => text.push_str(&format!("\n{link}.")),
        (false, Some(bank)) => {
            text.push_str("\nPlease transfer the deposit to: ");
            text.push_str(&coordinates(bank));
            text.push_str("\nOnce it's done, send me the receipt here.");
        }
        (false, None) => text.push_str("\nYou'll hear shortly how to pay the deposit."),
    }
    Part::text(text)
}

fn consequence(refund: Money, ground: Ground, f: &Format<'_>) -> String {
    if !refund.is_positive() {
        return match ground {
            Ground::Withdrawal | Ground::InTime => "Nothing has been paid, so nothing is lost.".into(),
            Ground::Late => "This late, the deposit isn't refunded.".into(),
        };
    }
    match ground {
        Ground::Withdrawal => {
            format!("You're within the time to withdraw: we refund all of it, {}.", f.money(refund))
        }
        Ground::InTime | Ground::Late => format!("You get {} back.", f.money(refund)),
    }
}

fn new_total(before: Money, after: Money, f: &Format<'_>) -> String {
    if before == after {
        format!("The total stays at {}", f.money(after))
    } else {
        format!("The total goes from {} to {}", f.money(before), f.money(after))
    }
}

fn goes_back(refund: Money, f: &Format<'_>) -> String {
    if refund.is_positive() {
        format!("We're refunding {}; it may take a few days to show.", f.money(refund))
    } else {
        "There was nothing to refund.".into()
    }
}

fn card(booking: &Booking, f: &Format<'_>) -> String {
    format!(
        "{}, {}\n{}\nCode: {}",
        booking.cabin,
        f.people(booking.guests),
        f.stay(booking.stay),
        booking.code
    )
}

fn standing(booking: &Booking, f: &Format<'_>) -> String {
    if booking.deposit_due().is_positive() && booking.expires_at.is_some() && !booking.paid.is_positive() {
        format!(
            "The deposit of {} is missing; I'm keeping it until {}.",
            f.money(booking.deposit_due()),
            until(booking, f)
        )
    } else {
        rest(booking, f)
    }
}

pub(super) fn rest(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() {
        format!(
            "Total {}, paid {}, {} left on arrival.",
            f.money(booking.total),
            f.money(booking.paid),
            f.money(due)
        )
    } else {
        format!("Total {}, all paid.", f.money(booking.total))
    }
}

fn due(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() { format!("\n{} left to pay on arrival.", f.money(due)) } else { String::new() }
}

fn place(arrival: &Arrival, f: &Format<'_>) -> String {
    let mut text = format!(
        "\nCheck-in from {}, check-out until {}.",
        f.hour(arrival.check_in),
        f.hour(arrival.check_out)
    );
    if !arrival.address.is_empty() {
        text.push_str(&format!("\nAddress: {}", arrival.address));
    }
    if !arrival.words.is_empty() {
        text.push_str(&format!("\n{}", arrival.words));
    }
    text
}
