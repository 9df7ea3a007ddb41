//! English: the house and its rules.

use crate::dialogue::replies::Part;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::say::HouseSay;
use crate::domain::settings::Cancellation;

pub(super) fn house(say: &HouseSay, f: &Format<'_>) -> Part {
    match say {
        HouseSay::Answer { text } => Part::text(text.clone()),
        HouseSay::CheckInTime { from } => Part::text(format!("Check-in is from {}.", f.hour(*from))),
        HouseSay::CheckOutTime { until } => Part::text(format!("Check-out is until {}.", f.hour(*until))),
        HouseSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: up to {}", f.people(*people))),
        )),
        HouseSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "To book, a deposit of {} % is paid. I keep the place for {} while you pay it; the rest is on arrival.",
            percent.value(),
            f.duration(*hold_minutes)
        )),
        HouseSay::CancellationPolicy { policy } => Part::text(cancellation(*policy)),
        HouseSay::Amenities { cabins } => {
            Part::text(lines(cabins.iter().map(|(name, things)| format!("{name}: {}", f.list(things)))))
        }
        HouseSay::Photos { cabins } => {
            Part::text(lines(cabins.iter().map(|(name, photos)| format!("{name}:\n{}", photos.join("\n")))))
        }
        HouseSay::Location { places } => Part::text(format!("We are here:\n{}", places.join("\n"))),
        HouseSay::AskedOwner { .. } => {
            Part::text("I'm not sure about that. I've asked, and they'll answer you here.")
        }
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "later there is no refund".to_owned(),
        percent => format!("later, {percent} %"),
    };
    let house = format!(
        "If you cancel at least {} days before arrival, {} % of what you paid is refunded; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{house} Besides, within 10 days of booking and at least 24 hours before arrival, you may withdraw at no cost."
    )
}
