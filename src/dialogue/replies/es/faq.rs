//! Spanish: the property and its rules.

use crate::dialogue::replies::Part;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::say::FaqSay;
use crate::domain::settings::Cancellation;

pub(super) fn faq(say: &FaqSay, f: &Format<'_>) -> Part {
    match say {
        FaqSay::Answer { text } => Part::text(text.clone()),
        FaqSay::CheckInTime { from } => Part::text(format!("Se puede entrar desde las {}.", f.hour(*from))),
        FaqSay::CheckOutTime { until } => Part::text(format!("Se sale hasta las {}.", f.hour(*until))),
        FaqSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: hasta {}", f.people(*people))),
        )),
        FaqSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "Para reservar se paga una seña del {} %. Te guardo el lugar {} mientras la pagás, y el resto es al llegar.",
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
        FaqSay::Location { places } => Part::text(format!("Estamos acá:\n{}", places.join("\n"))),
        FaqSay::AskedOwner { .. } => {
            Part::text("Eso no lo sé con seguridad. Ya lo pregunté y te contestan por acá.")
        }
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "después no hay devolución".to_owned(),
        percent => format!("después, el {percent} %"),
    };
    let faq = format!(
        "Si cancelás hasta {} días antes de llegar, se devuelve el {} % de lo pagado; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{faq} Además, hasta 10 días después de reservar y al menos 24 horas antes de llegar, te podés arrepentir sin costo."
    )
}
