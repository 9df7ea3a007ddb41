//! Sentences about requests that a person decides.

use super::part::Part;
use crate::dialogue::i18n::Format;
use crate::dialogue::question::Booking;
use crate::dialogue::say::RequestSay;
use crate::domain::request::RequestKind;

pub(super) fn request(say: &RequestSay, f: &Format<'_>) -> Part {
    Part::text(match say {
        RequestSay::PassedOn { kind, by, again: false } => f.request_passed_on(*kind, &f.moment(*by)),
        RequestSay::PassedOn { by, again: true, .. } => f.request_passed_on_again(&f.moment(*by)),
        RequestSay::StillWaiting { kind, by: Some(by) } => f.request_still_waiting(*kind, &f.moment(*by)),
        RequestSay::StillWaiting { kind, by: None } => f.request_unanswered(*kind),
        RequestSay::NoLongerNeeded => f.request_no_longer_needed(),
        RequestSay::Granted { kind } => f.request_granted(*kind),
        RequestSay::MoreTime { booking, until } => {
            f.request_granted_more_time(&booking.cabin, &f.moment(*until))
        }
        RequestSay::DiscountOnOffer { stay, off } => f.request_granted_discount(*off, *stay),
        RequestSay::Refunding { amount } => f.request_granted_refund(*amount),
        RequestSay::Refused { kind, booking, check_in, check_out } => {
            let instead = match kind {
                RequestKind::LateCheckOut | RequestKind::EarlyCheckIn => {
                    Some(f.arrival_hours(*check_in, *check_out))
                }
                RequestKind::MoreTime | RequestKind::HoldWithoutDeposit => {
                    booking.as_ref().and_then(|booking| deposit_missing(booking, f))
                }
                RequestKind::Discount => Some(f.request_refused_discount()),
                _ => Some(f.request_refused_other()),
            };
            [Some(f.request_refused(*kind)), instead].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    })
}

fn deposit_missing(booking: &Booking, f: &Format<'_>) -> Option<String> {
    let until = booking.expires_at.filter(|_| booking.deposit_due().is_positive())?;
    Some(f.deposit_missing(booking.deposit_due(), &f.moment(until)))
}
