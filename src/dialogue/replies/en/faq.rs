//! English: the property and its rules.

use crate::dialogue::replies::Part;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::say::FaqSay;
use crate::domain::settings::Cancellation;

pub(super) fn faq(say: &FaqSay, f: &Format<'_>) -> Part {
    match say {
        FaqSay::Answer { text } => Part::text(text.clone()),
        FaqSay::CheckInTime { from } => Part::text(format!("Check-in is from {}.", f.hour(*from))),
        FaqSay::CheckOutTime { until } => Part::text(format!("Check-out is until {}.", f.hour(*until))),
        FaqSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: up to {}", f.people(*people))),
        )),
        FaqSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "To book, a deposit of {} % is paid. I keep the place for {} while you pay it; the rest is on arrival.",
            percent.value(),
            f.duration(*hold_minutes)
        )),
        FaqSay::CancellationPolicy { policy } => Part::text(cancellation(*policy)),
        FaqSay::Amenities { cabins } => {
            Part::text(lines(cabins.iter().map(|(name, things)| format!("{name}: {}", f.list(things)))))
        }
        FaqSay::Photos { cabins } => {
            Part::text(lines(cabins.iter().map(|(name, photos)| format!("{name}:\n{}", photos.join("\n")))))
        }
        FaqSay::Location { places } => Part::text(format!("We are here:\n{}", places.join("\n"))),
        FaqSay::AskedOwner { .. } => {
            Part::text("I'm not sure about that. I've asked, and they'll answer you here.")
        }
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "later there is no refund".to_owned(),
        percent => format!("later, {percent} %"),
    };
    let faq = format!(
        "If you cancel at least {} days before arrival, {} % of what you paid is refunded; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{faq} Besides, within 10 days of booking and at least 24 hours before arrival, you may withdraw at no cost."
    )
}
