//! Spanish: the house and its rules.

use crate::dialogue::replies::Part;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::say::HouseSay;
use crate::domain::settings::Cancellation;

pub(super) fn house(say: &HouseSay, f: &Format<'_>) -> Part {
    match say {
        HouseSay::Answer { text } => Part::text(text.clone()),
        HouseSay::CheckInTime { from } => Part::text(format!("Se puede entrar desde las {}.", f.hour(*from))),
        HouseSay::CheckOutTime { until } => Part::text(format!("Se sale hasta las {}.", f.hour(*until))),
        HouseSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: hasta {}", f.people(*people))),
        )),
        HouseSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "Para reservar se paga una seña del {} %. Te guardo el lugar {} mientras la pagás, y el resto es al llegar.",
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
        HouseSay::Location { places } => Part::text(format!("Estamos acá:\n{}", places.join("\n"))),
        HouseSay::AskedOwner { .. } => {
            Part::text("Eso no lo sé con seguridad. Ya lo pregunté y te contestan por acá.")
        }
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "después no hay devolución".to_owned(),
        percent => format!("después, el {percent} %"),
    };
    let house = format!(
        "Si cancelás hasta {} días antes de llegar, se devuelve el {} % de lo pagado; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{house} Además, hasta 10 días después de reservar y al menos 24 horas antes de llegar, te podés arrepentir sin costo."
    )
}
