//! Spanish: money.

use super::booking::rest;
use crate::dialogue::question::Booking;
use crate::dialogue::replies::Part;
use crate::dialogue::replies::all_of;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::say::Bank;
use crate::dialogue::say::PayLink;
use crate::dialogue::say::PaySay;
use crate::dialogue::tap::Tap;
use crate::domain::money::{Money, Percent};

pub(super) fn pay(say: &PaySay, f: &Format<'_>) -> Part {
    match say {
        PaySay::LinkReady { booking, amount, url } => Part::text(format!(
            "Acá podés pagar {} de {} con Mercado Pago. Apenas entre el pago te confirmo.",
            f.money(*amount),
            booking.cabin
        ))
        .link("Pagar ahora", url),
        PaySay::LinksReady { links } => several_links(links, f),
        PaySay::LinkComing => Part::text("Ahí te mando el link para pagar."),
        PaySay::LinkUnavailable { bank, .. } => link_unavailable(bank.as_ref()),
        PaySay::Transfer { booking, bank } => Part::text(format!(
            "Para {}, transferí {} a: {}\nCuando la hagas, mandame el comprobante por acá.",
            booking.cabin,
            f.money(booking.due_next()),
            coordinates(bank)
        )),
        PaySay::Pending { .. } => {
            Part::text("Mercado Pago está revisando tu pago. Mientras tanto te guardo el lugar y te aviso.")
        }
        PaySay::Rejected { url, .. } => rejected(url.as_ref()),
        PaySay::Partial { booking, received } => partial(booking, *received, f),
        PaySay::Settled { booking } => Part::text(format!(
            "¡Recibimos el resto! Tu estadía en {}, {}, está paga.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::Waits { booking } => waits(booking, f),
        PaySay::TooLate { booking } => too_late(booking, f),
        PaySay::ReceiptReceived { booking } => Part::text(format!(
            "¡Gracias! Recibí el comprobante de {}. Apenas lo vean te confirmo.",
            booking.cabin
        )),
        PaySay::TransferApproved { booking, amount } => transfer_approved(booking, *amount, f),
        PaySay::TransferNotFound { booking } => Part::text(format!(
            "Todavía no vemos la transferencia de {}. ¿Me mandás de nuevo el comprobante?",
            booking.cabin
        )),
        PaySay::BalanceReminder { booking, bank } => balance_reminder(booking, bank.as_ref(), f),
        PaySay::Refunded { booking, amount } => refunded(booking, *amount, f),
        PaySay::NotSeenYet { booking } => Part::text(format!(
            "Todavía no me figura el pago de {}. Si ya pagaste, apenas entre te aviso.",
            booking.cabin
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Mandame el link"),
        PaySay::HowOnePays { deposit, online, transfer } => how_one_pays(*deposit, *online, *transfer),
        PaySay::NothingDue { booking } => {
            Part::text(format!("Por ahora no hay nada para pagar de {}. ¡Está todo en orden!", booking.cabin))
        }
        PaySay::OwnerWillSay => Part::text("Ya avisé para que te digan cómo pagar."),
    }
}

fn several_links(links: &[PayLink], f: &Format<'_>) -> Part {
    Part::text(format!(
        "Son {} cabañas y cada una se seña con su link ({} en total):\n{}\nApenas entre cada pago te confirmo esa cabaña.",
        links.len(),
        f.money(all_of(links)),
        lines(links.iter().map(|link| format!(
            "{}, {}: {}",
            link.booking.cabin,
            f.money(link.amount),
            link.url
        )))
    ))
}

fn waits(booking: &Booking, f: &Format<'_>) -> Part {
    Part::text(format!(
        "¡Recibimos tu pago, gracias! {}, {}, queda guardada para vos: el dueño la confirma en un rato y te aviso por acá.",
        booking.cabin,
        f.stay(booking.stay)
    ))
}

fn too_late(booking: &Booking, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Tu pago llegó cuando {}, {}, ya estaba ocupada. Perdón: una persona te escribe para devolverte la plata o buscarte otra fecha.",
        booking.cabin,
        f.stay(booking.stay)
    ))
}

fn partial(booking: &Booking, received: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Recibimos {}, pero no es lo que pedía la seña de {}, {}. Una persona lo mira y te escribe.",
        f.money(received),
        booking.cabin,
        f.money(booking.deposit)
    ))
}

fn transfer_approved(booking: &Booking, amount: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Vimos tu transferencia de {} para {}. {}",
        f.money(amount),
        booking.cabin,
        rest(booking, f)
    ))
}

fn refunded(booking: &Booking, amount: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Te devolvimos {} de la reserva {}. Puede tardar unos días en verse en tu cuenta.",
        f.money(amount),
        booking.code
    ))
}

fn how_one_pays(deposit: Percent, online: bool, transfer: bool) -> Part {
    let ways = match (online, transfer) {
        (true, true) => "con Mercado Pago o por transferencia",
        (true, false) => "con Mercado Pago",
        (false, true) => "por transferencia",
        (false, false) => "como te quede cómodo, lo arreglamos por acá",
    };
    Part::text(format!(
        "Para reservar se paga una seña del {} % {ways}, y el resto al llegar.",
        deposit.value()
    ))
}

fn balance_reminder(booking: &Booking, bank: Option<&Bank>, f: &Format<'_>) -> Part {
    let way = bank
        .as_ref()
        .map(|bank| format!(" Si querés adelantarlo, podés transferir a: {}", coordinates(bank)))
        .unwrap_or_default();
    Part::text(format!(
        "Te recuerdo que al llegar a {} quedan {} por pagar.{way}",
        booking.cabin,
        f.money(booking.balance_due())
    ))
}

fn rejected(url: Option<&String>) -> Part {
    let text = "El pago no pasó. Podés probar de nuevo con el mismo link o con otro medio de pago.";
    match url {
        Some(url) => Part::text(text).link("Probar de nuevo", url),
        None => Part::text(text),
    }
}

fn link_unavailable(bank: Option<&Bank>) -> Part {
    Part::text(match bank {
        Some(bank) => format!(
            "El link de pago no me está funcionando. Podés transferir a: {}\nDespués mandame el comprobante.",
            coordinates(bank)
        ),
        None => "El link de pago no me está funcionando. Ya avisé y te dicen cómo pagar.".to_owned(),
    })
}

pub(super) fn coordinates(bank: &Bank) -> String {
    let mut parts = Vec::new();
    if !bank.alias.is_empty() {
        parts.push(format!("alias {}", bank.alias));
    }
    if !bank.cbu.is_empty() {
        parts.push(format!("CBU {}", bank.cbu));
    }
    if !bank.holder.is_empty() {
        parts.push(format!("a nombre de {}", bank.holder));
    }
    parts.join(", ")
}
