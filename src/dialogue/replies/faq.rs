//! Answers about the place and its rules.

use super::part::{Part, lines};
use crate::dialogue::i18n::{Locale, Minutes, People};
use crate::dialogue::say::FaqSay;

pub(super) fn faq(say: &FaqSay, l: Locale) -> Part {
    Part::text(match say {
        FaqSay::Answer { text } => text.clone(),
        FaqSay::CheckInTime { from } => l.check_in_from(*from),
        FaqSay::CheckOutTime { until } => l.check_out_until(*until),
        FaqSay::Capacity { cabins } => {
            lines(cabins.iter().map(|(name, people)| format!("{name}: {}", l.up_to(People(*people)))))
        }
        FaqSay::Deposit { percent, hold_minutes } => l.deposit_rule(*percent, Minutes(*hold_minutes)),
        FaqSay::CancellationPolicy { policy } => {
            l.cancellation_rule(policy.free_until_days, policy.refund_percent, policy.late_refund_percent)
        }
        FaqSay::Amenities { cabins } => {
            lines(cabins.iter().map(|(name, things)| format!("{name}: {}", l.list(things))))
        }
        FaqSay::Photos { cabins } => {
            lines(cabins.iter().map(|(name, photos)| format!("{name}:\n{}", photos.join("\n"))))
        }
        FaqSay::Location { places } => format!("{}\n{}", l.we_are_here(), places.join("\n")),
        FaqSay::AskedOwner { .. } => l.asked_owner(),
    })
}
