//! Sentences about money.

use super::part::{Part, lines};
use crate::dialogue::i18n::{Format, Locale, Ways};
use crate::dialogue::question::Booking;
use crate::dialogue::say::{Bank, PayLink, PaySay};
use crate::dialogue::tap::Tap;
use crate::domain::money::Money;
use crate::domain::receipt::ReceiptBy;
use crate::domain::reservation::Status;

pub(super) fn pay(say: &PaySay, f: &Format<'_>) -> Part {
    let l = **f;
    match say {
        PaySay::LinkReady { booking, amount, url } => {
            Part::text(l.pay_here(*amount, &booking.cabin)).link(l.button_pay(), url)
        }
        PaySay::LinksReady { links } => several_links(links, l),
        PaySay::LinkComing => Part::text(l.link_coming()),
        PaySay::LinkUnavailable { bank: None, .. } => Part::text(l.link_unavailable()),
        PaySay::LinkUnavailable { bank: Some(bank), .. } => {
            let transfer = l.link_unavailable_transfer(&coordinates(bank, l));
            Part::text(format!("{transfer}\n{}", l.then_send_receipt()))
        }
        PaySay::Transfer { booking, bank } => {
            let transfer = l.transfer_for(&booking.cabin, booking.due_next(), &coordinates(bank, l));
            Part::text(format!("{transfer}\n{}", l.send_receipt()))
        }
        PaySay::Pending { .. } => Part::text(l.payment_pending()),
        PaySay::Rejected { url: None, .. } => Part::text(l.payment_rejected()),
        PaySay::Rejected { url: Some(url), .. } => {
            Part::text(l.payment_rejected()).link(l.button_try_again(), url)
        }
        PaySay::Partial { booking, received } => {
            Part::text(l.other_amount(*received, &booking.cabin, booking.deposit))
        }
        PaySay::PaidMore { booking, received } => {
            Part::text(l.paid_more(*received, &booking.cabin, booking.stay))
        }
        PaySay::PaidForNothing { booking, received } => {
            Part::text(l.paid_for_nothing(*received, &booking.cabin, booking.stay))
        }
        PaySay::RejectedAfterReview { booking } => {
            Part::text(l.payment_rejected_after_review(&booking.cabin, booking.stay))
        }
        PaySay::Settled { booking } => Part::text(l.settled(&booking.cabin, booking.stay)),
        PaySay::Waits { booking } => Part::text(l.owner_confirms(&booking.cabin, booking.stay)),
        PaySay::Revived { booking } => Part::text(l.revived(&booking.cabin, booking.stay)),
        PaySay::TooLate { booking } => Part::text(l.paid_too_late(&booking.cabin, booking.stay)),
        PaySay::ReceiptReceived { .. }
        | PaySay::ReceiptWaits { .. }
        | PaySay::ReceiptTooLate { .. }
        | PaySay::Arrived { .. }
        | PaySay::HeldUntil { .. }
        | PaySay::TransferNotFound { .. } => receipt(say, f),
        PaySay::TransferApproved { booking, amount } => {
            Part::text(format!("{} {}", l.transfer_seen(*amount, &booking.cabin), rest(booking, &l)))
        }
        PaySay::BalanceReminder { booking, bank } => {
            let reminder = l.balance_reminder(&booking.cabin, booking.balance_due());
            let ahead = bank.iter().map(|bank| l.pay_ahead(&coordinates(bank, l)));
            Part::text([vec![reminder], ahead.collect()].concat().join(" "))
        }
        PaySay::Refunded { booking, amount } => Part::text(l.refunded(*amount, &booking.code)),
        PaySay::AllAtOnce => Part::text(l.all_at_once()),
        PaySay::HowOnePays { deposit, online, transfer } => {
            let ways = match (online, transfer) {
                (true, true) => Ways::Both,
                (true, false) => Ways::Online,
                (false, true) => Ways::Transfer,
                (false, false) => Ways::Neither,
            };
            Part::text(l.how_one_pays(*deposit, ways))
        }
        PaySay::NothingDue { booking } => Part::text(l.nothing_due(&booking.cabin)),
        PaySay::OwnerWillSay => Part::text(l.owner_says_how_to_pay()),
    }
}

/// What a guest said of a payment, and how it stands.
fn receipt(say: &PaySay, f: &Format<'_>) -> Part {
    let kept = |booking: &Booking| {
        let hold = booking.status == Status::PreReserved && booking.deposit_due().is_positive();
        booking.expires_at.filter(|_| hold).map(|until| f.hold_kept_until(&f.moment(until)))
    };
    let with = |said: String, booking: &Booking| {
        Part::text([Some(said), kept(booking)].into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    match say {
        PaySay::ReceiptReceived { booking, by: ReceiptBy::File } => {
            with(f.receipt_received(&booking.cabin), booking)
        }
        PaySay::ReceiptReceived { booking, by: ReceiptBy::Words } => {
            with(f.receipt_told(&booking.cabin), booking)
        }
        PaySay::ReceiptReceived { booking, by: ReceiptBy::Question } => {
            with(f.receipt_not_seen(&booking.cabin), booking)
        }
        PaySay::ReceiptWaits { booking, since } => {
            with(f.receipt_waits(&booking.cabin, &f.moment(*since)), booking)
        }
        PaySay::ReceiptTooLate { booking } => Part::text(f.receipt_too_late(&booking.cabin, booking.stay)),
        PaySay::Arrived { booking } => {
            Part::text(format!("{} {}", f.payment_arrived(&booking.cabin), rest(booking, f)))
        }
        PaySay::HeldUntil { booking } => {
            let until = f.moment(booking.expires_at.unwrap_or(booking.created_at));
            let tap = Tap::MoreTime { reservation_id: booking.reservation_id };
            Part::text(f.held_until(&booking.cabin, &until, booking.deposit_due()))
                .choice(tap, f.button_more_time())
        }
        PaySay::TransferNotFound { booking } => with(f.transfer_not_found(&booking.cabin), booking),
        _ => Part::default(),
    }
}

fn several_links(links: &[PayLink], l: Locale) -> Part {
    let each =
        links.iter().map(|link| format!("{}, {}: {}", link.booking.cabin, l.money(link.amount), link.url));
    let head = l.several_links(links.len(), all_of(links));
    Part::text(format!("{head}\n{}\n{}", lines(each), l.several_links_confirm()))
}

/// The sum of several links; on overflow the first one's amount rather than nothing.
fn all_of(links: &[PayLink]) -> Money {
    let mut amounts = links.iter().map(|link| link.amount);
    let first = amounts.next().expect("links are said when there are some");
    amounts.try_fold(first, Money::checked_add).unwrap_or(first)
}

pub(super) fn coordinates(bank: &Bank, l: Locale) -> String {
    let parts = [
        (!bank.alias.is_empty()).then(|| l.bank_alias(&bank.alias)),
        (!bank.cbu.is_empty()).then(|| l.bank_cbu(&bank.cbu)),
        (!bank.holder.is_empty()).then(|| l.bank_holder(&bank.holder)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn rest(booking: &Booking, l: &Locale) -> String {
    let due = booking.balance_due();
    if due.is_positive() {
        l.paid_so_far(booking.total, booking.paid, due)
    } else {
        l.all_paid(booking.total)
    }
}
