//! Portuguese: the property and its rules.

use crate::dialogue::replies::Part;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::say::FaqSay;
use crate::domain::settings::Cancellation;

pub(super) fn faq(say: &FaqSay, f: &Format<'_>) -> Part {
    match say {
        FaqSay::Answer { text } => Part::text(text.clone()),
        FaqSay::CheckInTime { from } => Part::text(format!("Dá para entrar a partir das {}.", f.hour(*from))),
        FaqSay::CheckOutTime { until } => Part::text(format!("A saída é até as {}.", f.hour(*until))),
        FaqSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: até {}", f.people(*people))),
        )),
        FaqSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "Para reservar se paga um sinal de {} %. Guardo a vaga por {} enquanto você paga, e o resto é na chegada.",
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
        FaqSay::Location { places } => Part::text(format!("Estamos aqui:\n{}", places.join("\n"))),
        FaqSay::AskedOwner { .. } => {
            Part::text("Isso eu não sei com certeza. Já perguntei e respondem você por aqui.")
        }
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "depois não há devolução".to_owned(),
        percent => format!("depois, {percent} %"),
    };
    let faq = format!(
        "Cancelando até {} dias antes da chegada, devolvemos {} % do que foi pago; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{faq} Além disso, até 10 dias depois de reservar e pelo menos 24 horas antes da chegada, você pode desistir sem custo."
    )
}
