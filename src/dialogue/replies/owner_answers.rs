//! What the owner is asked to decide for a guest, and what became of it.

use super::stay::refused;
use crate::dialogue::i18n::{Format, OWNER};
use crate::dialogue::notice::{Notice, RequestAbout};
use crate::dialogue::owner::{OwnerSay, OwnerTap};
use crate::dialogue::question::Booking;
use crate::domain::ids::{AttentionId, RequestId};
use crate::domain::receipt::ReceiptBy;
use crate::domain::request::RequestKind;

/// What a guest asks, or says of a payment.
pub(super) fn asked(notice: &Notice, f: &Format<'_>) -> String {
    match notice {
        Notice::Request { guest, about, kind, words, until } => {
            let asked = match about {
                RequestAbout::Booking(Booking { code, cabin, stay, .. }) => {
                    OWNER.guest_asks(guest, *kind, &OWNER.request_of_booking(code, cabin, *stay), words)
                }
                RequestAbout::Offer(offer) => OWNER.guest_asks(guest, *kind, &f.stay(offer.stay), words),
                RequestAbout::Nothing => OWNER.stranger_asks(guest, *kind, words),
            };
            let how = match (kind, until) {
                (RequestKind::MoreTime, Some(until)) => OWNER.request_how_more_time(&f.moment(*until)),
                (RequestKind::Discount, _) => OWNER.request_how_discount(),
                (RequestKind::Refund, _) => OWNER.request_how_refund(),
                _ => OWNER.request_how(),
            };
            format!("{asked} {how}")
        }
        Notice::RequestsCalledOff { guest, words } => OWNER.requests_called_off(guest, words),
        Notice::Receipt { booking, guest, due, by, keeps_until } => {
            let Booking { code, cabin, .. } = booking;
            let told = match by {
                ReceiptBy::File => OWNER.receipt(guest, code, cabin, *due),
                ReceiptBy::Words => OWNER.receipt_told_by(guest, code, cabin, *due),
                ReceiptBy::Question => OWNER.receipt_asked_by(guest, code, cabin, *due),
            };
            let kept = keeps_until.map(|until| OWNER.receipt_keeps(&f.moment(until)));
            [Some(told), kept].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

/// The buttons of a request.
pub fn request_buttons(id: RequestId) -> Vec<(String, OwnerTap)> {
    vec![
        (OWNER.button_yes(), OwnerTap::Decide { request_id: id, yes: true }),
        (OWNER.button_request_no(), OwnerTap::Decide { request_id: id, yes: false }),
        (OWNER.button_request_other(), OwnerTap::AnswerRequest { request_id: id }),
    ]
}

/// The buttons of a guest's word that money was sent.
pub fn receipt_buttons(id: AttentionId) -> Vec<(String, OwnerTap)> {
    vec![
        (OWNER.button_arrived(), OwnerTap::Arrived { attention_id: id }),
        (OWNER.button_not_arrived(), OwnerTap::NotArrived { attention_id: id }),
        (OWNER.button_other_amount(), OwnerTap::OtherAmount { attention_id: id }),
    ]
}

/// What became of an answer; empty for any other.
pub(super) fn body(say: &OwnerSay, f: &Format<'_>) -> String {
    match say {
        OwnerSay::RequestGranted { guest } => OWNER.request_granted_to(guest),
        OwnerSay::RequestRefused { guest } => OWNER.request_refused_to(guest),
        OwnerSay::RequestClosed { guest, state, by } => {
            closed(OWNER.request_closed(guest, *state), by.as_deref())
        }
        OwnerSay::HowMuch { guest, kind: RequestKind::Refund } => OWNER.request_how_much_back(guest),
        OwnerSay::HowMuch { guest, .. } => OWNER.request_how_much_off(guest),
        OwnerSay::HowMuchArrived { guest } => OWNER.receipt_how_much(guest),
        OwnerSay::WhatToSay { guest } => OWNER.request_what_to_say(guest),
        OwnerSay::CannotGrant { guest, refusal } => OWNER.request_cannot(guest, &refused(refusal, **f)),
        OwnerSay::NotArrived { guest, until: Some(until) } => {
            OWNER.receipt_not_found_until(guest, &f.moment(*until))
        }
        OwnerSay::NotArrived { guest, until: None } => OWNER.receipt_not_found(guest),
        OwnerSay::ReceiptClosed { guest, by } => closed(OWNER.receipt_closed(guest), by.as_deref()),
        OwnerSay::PassedOn { guest, what } => OWNER.passed_on(guest, *what),
        OwnerSay::CannotPass { guest } => OWNER.cannot_pass(guest),
        OwnerSay::CannotPassType => OWNER.cannot_pass_type(),
        OwnerSay::WhoseFile => OWNER.whose_file(),
        OwnerSay::AnsweredBy { guest, by } => OWNER.answered_by(guest, by),
        OwnerSay::MatterOver => OWNER.matter_over(),
        _ => String::new(),
    }
}

fn closed(said: String, by: Option<&str>) -> String {
    match by {
        Some(by) => format!("{said} {}", OWNER.closed_by(by)),
        None => said,
    }
}
