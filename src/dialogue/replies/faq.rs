//! The place and its rules.

use super::{Part, lines};
use crate::dialogue::i18n::{Locale, Minutes, People};
use crate::dialogue::say::HouseSay;

pub(super) fn faq(say: &HouseSay, l: Locale) -> Part {
    Part::text(match say {
        HouseSay::Answer { text } => text.clone(),
        HouseSay::CheckInTime { from } => l.check_in_from(*from),
        HouseSay::CheckOutTime { until } => l.check_out_until(*until),
        HouseSay::Capacity { cabins } => {
            lines(cabins.iter().map(|(name, people)| format!("{name}: {}", l.up_to(People(*people)))))
        }
        HouseSay::Deposit { percent, hold_minutes } => l.deposit_rule(*percent, Minutes(*hold_minutes)),
        HouseSay::CancellationPolicy { policy } => {
            l.cancellation_rule(policy.free_until_days, policy.refund_percent, policy.late_refund_percent)
        }
        HouseSay::Amenities { cabins } => {
            lines(cabins.iter().map(|(name, things)| format!("{name}: {}", l.list(things))))
        }
        HouseSay::Photos { cabins } => {
            lines(cabins.iter().map(|(name, photos)| format!("{name}:\n{}", photos.join("\n"))))
        }
        HouseSay::Location { places } => format!("{}\n{}", l.we_are_here(), places.join("\n")),
        HouseSay::AskedOwner { .. } => l.asked_owner(),
    })
}
