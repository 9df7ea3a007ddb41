//! English: money.

use super::booking::rest;
use crate::dialogue::question::Booking;
use crate::dialogue::replies::Part;
use crate::dialogue::replies::all_of;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::say::Bank;
use crate::dialogue::say::PayLink;
use crate::dialogue::say::PaySay;
use crate::dialogue::tap::Tap;
use crate::domain::money::{Money, Percent};

pub(super) fn pay(say: &PaySay, f: &Format<'_>) -> Part {
    match say {
        PaySay::LinkReady { booking, amount, url } => Part::text(format!(
            "Here you can pay {} for {} with Mercado Pago. I'll confirm as soon as it's in.",
            f.money(*amount),
            booking.cabin
        ))
        .link("Pay now", url),
        PaySay::LinksReady { links } => several_links(links, f),
        PaySay::LinkComing => Part::text("I'm sending you the link to pay."),
        PaySay::LinkUnavailable { bank, .. } => link_unavailable(bank.as_ref()),
        PaySay::Transfer { booking, bank } => Part::text(format!(
            "For {}, please transfer {} to: {}\nOnce it's done, send me the receipt here.",
            booking.cabin,
            f.money(booking.due_next()),
            coordinates(bank)
        )),
        PaySay::Pending { .. } => Part::text(
            "Mercado Pago is reviewing your payment. Meanwhile I'm keeping your place and will let you know.",
        ),
        PaySay::Rejected { url, .. } => rejected(url.as_ref()),
        PaySay::Partial { booking, received } => partial(booking, *received, f),
        PaySay::Settled { booking } => Part::text(format!(
            "We received the rest! Your stay at {}, {}, is paid.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::Waits { booking } => waits(booking, f),
        PaySay::TooLate { booking } => too_late(booking, f),
        PaySay::ReceiptReceived { booking } => Part::text(format!(
            "Thanks! I got the receipt for {}. I'll confirm as soon as it's checked.",
            booking.cabin
        )),
        PaySay::TransferApproved { booking, amount } => transfer_approved(booking, *amount, f),
        PaySay::TransferNotFound { booking } => Part::text(format!(
            "We don't see the transfer for {} yet. Could you send the receipt again?",
            booking.cabin
        )),
        PaySay::BalanceReminder { booking, bank } => balance_reminder(booking, bank.as_ref(), f),
        PaySay::Refunded { booking, amount } => refunded(booking, *amount, f),
        PaySay::NotSeenYet { booking } => Part::text(format!(
            "I don't see the payment for {} yet. If you've paid, I'll tell you as soon as it's in.",
            booking.cabin
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Send me the link"),
        PaySay::HowOnePays { deposit, online, transfer } => how_one_pays(*deposit, *online, *transfer),
        PaySay::NothingDue { booking } => {
            Part::text(format!("There's nothing to pay for {} now. All is in order!", booking.cabin))
        }
        PaySay::OwnerWillSay => Part::text("I've asked them to tell you how to pay."),
    }
}

fn several_links(links: &[PayLink], f: &Format<'_>) -> Part {
    Part::text(format!(
        "There are {} cabins, and each has its own link for the deposit ({} in all):\n{}\nAs soon as each payment is in, I'll confirm that cabin.",
        links.len(),
        f.money(all_of(links)),
        lines(links.iter().map(|link| format!(
            "{}, {}: {}",
            link.booking.cabin,
            f.money(link.amount),
            link.url
        )))
    ))
}

fn balance_reminder(booking: &Booking, bank: Option<&Bank>, f: &Format<'_>) -> Part {
    let way = bank
        .as_ref()
        .map(|bank| format!(" If you'd like to pay ahead, you can transfer to: {}", coordinates(bank)))
        .unwrap_or_default();
    Part::text(format!(
        "A reminder: on arrival at {}, {} is left to pay.{way}",
        booking.cabin,
        f.money(booking.balance_due())
    ))
}

fn waits(booking: &Booking, f: &Format<'_>) -> Part {
    Part::text(format!(
        "We got your payment, thank you! {}, {}, is kept for you: the owner will confirm it shortly and I'll let you know here.",
        booking.cabin,
        f.stay(booking.stay)
    ))
}

fn too_late(booking: &Booking, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Your payment arrived when {}, {}, was already taken. Sorry: a person will write to refund you or find another date.",
        booking.cabin,
        f.stay(booking.stay)
    ))
}

fn partial(booking: &Booking, received: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "We received {}, but that isn't the deposit for {}, {}. A person will look at it and write to you.",
        f.money(received),
        booking.cabin,
        f.money(booking.deposit)
    ))
}

fn transfer_approved(booking: &Booking, amount: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "We saw your transfer of {} for {}. {}",
        f.money(amount),
        booking.cabin,
        rest(booking, f)
    ))
}

fn refunded(booking: &Booking, amount: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "We refunded {} of booking {}. It may take a few days to show in your account.",
        f.money(amount),
        booking.code
    ))
}

fn how_one_pays(deposit: Percent, online: bool, transfer: bool) -> Part {
    let ways = match (online, transfer) {
        (true, true) => "with Mercado Pago or by bank transfer",
        (true, false) => "with Mercado Pago",
        (false, true) => "by bank transfer",
        (false, false) => "whichever way suits you; we'll sort it out here",
    };
    Part::text(format!(
        "To book, a deposit of {} % is paid {ways}, and the rest on arrival.",
        deposit.value()
    ))
}

fn link_unavailable(bank: Option<&Bank>) -> Part {
    Part::text(match bank {
        Some(bank) => format!(
            "The payment link isn't working right now. You can transfer to: {}\nThen send me the receipt.",
            coordinates(bank)
        ),
        None => {
            "The payment link isn't working right now. I've told them; they'll say how to pay.".to_owned()
        }
    })
}

fn rejected(url: Option<&String>) -> Part {
    let text = "The payment didn't go through. You can try again with the same link or another way to pay.";
    match url {
        Some(url) => Part::text(text).link("Try again", url),
        None => Part::text(text),
    }
}

pub(super) fn coordinates(bank: &Bank) -> String {
    let mut parts = Vec::new();
    if !bank.alias.is_empty() {
        parts.push(format!("alias {}", bank.alias));
    }
    if !bank.cbu.is_empty() {
        parts.push(format!("CBU {}", bank.cbu));
    }
    if !bank.holder.is_empty() {
        parts.push(format!("in the name of {}", bank.holder));
    }
    parts.join(", ")
}
