//! Portuguese: money.

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
            "Aqui você paga {} de {} com Mercado Pago. Assim que o pagamento entrar, confirmo.",
            f.money(*amount),
            booking.cabin
        ))
        .link("Pagar agora", url),
        PaySay::LinksReady { links } => several_links(links, f),
        PaySay::LinkComing => Part::text("Já mando o link para pagar."),
        PaySay::LinkUnavailable { bank, .. } => link_unavailable(bank.as_ref()),
        PaySay::Transfer { booking, bank } => Part::text(format!(
            "Para {}, transfira {} para: {}\nQuando fizer, me mande o comprovante por aqui.",
            booking.cabin,
            f.money(booking.due_next()),
            coordinates(bank)
        )),
        PaySay::Pending { .. } => Part::text(
            "O Mercado Pago está analisando seu pagamento. Enquanto isso guardo a vaga e aviso você.",
        ),
        PaySay::Rejected { url, .. } => rejected(url.as_ref()),
        PaySay::Partial { booking, received } => partial(booking, *received, f),
        PaySay::Settled { booking } => Part::text(format!(
            "Recebemos o resto! Sua estadia em {}, {}, está paga.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::Waits { booking } => waits(booking, f),
        PaySay::TooLate { booking } => too_late(booking, f),
        PaySay::ReceiptReceived { booking } => Part::text(format!(
            "Obrigado! Recebi o comprovante de {}. Assim que virem, confirmo.",
            booking.cabin
        )),
        PaySay::TransferApproved { booking, amount } => transfer_approved(booking, *amount, f),
        PaySay::TransferNotFound { booking } => Part::text(format!(
            "Ainda não vemos a transferência de {}. Pode mandar o comprovante de novo?",
            booking.cabin
        )),
        PaySay::BalanceReminder { booking, bank } => balance_reminder(booking, bank.as_ref(), f),
        PaySay::Refunded { booking, amount } => refunded(booking, *amount, f),
        PaySay::NotSeenYet { booking } => Part::text(format!(
            "O pagamento de {} ainda não apareceu. Se já pagou, aviso assim que entrar.",
            booking.cabin
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Mande o link"),
        PaySay::HowOnePays { deposit, online, transfer } => how_one_pays(*deposit, *online, *transfer),
        PaySay::NothingDue { booking } => {
            Part::text(format!("Por enquanto não há nada a pagar de {}. Está tudo certo!", booking.cabin))
        }
        PaySay::OwnerWillSay => Part::text("Já avisei para dizerem a você como pagar."),
    }
}

fn several_links(links: &[PayLink], f: &Format<'_>) -> Part {
    Part::text(format!(
        "São {} cabanas e cada uma tem seu link para o sinal ({} no total):\n{}\nAssim que cada pagamento entrar, confirmo essa cabana.",
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
        "Recebemos seu pagamento, obrigado! {}, {}, está guardada para você: o dono confirma daqui a pouco e eu aviso por aqui.",
        booking.cabin,
        f.stay(booking.stay)
    ))
}

fn too_late(booking: &Booking, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Seu pagamento chegou quando {}, {}, já estava ocupada. Desculpa: uma pessoa vai escrever para devolver o dinheiro ou achar outra data.",
        booking.cabin,
        f.stay(booking.stay)
    ))
}

fn partial(booking: &Booking, received: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Recebemos {}, mas não é o valor do sinal de {}, {}. Uma pessoa vai ver e escreve para você.",
        f.money(received),
        booking.cabin,
        f.money(booking.deposit)
    ))
}

fn transfer_approved(booking: &Booking, amount: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Vimos sua transferência de {} para {}. {}",
        f.money(amount),
        booking.cabin,
        rest(booking, f)
    ))
}

fn refunded(booking: &Booking, amount: Money, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Devolvemos {} da reserva {}. Pode levar alguns dias para aparecer na sua conta.",
        f.money(amount),
        booking.code
    ))
}

fn how_one_pays(deposit: Percent, online: bool, transfer: bool) -> Part {
    let ways = match (online, transfer) {
        (true, true) => "com Mercado Pago ou por transferência",
        (true, false) => "com Mercado Pago",
        (false, true) => "por transferência",
        (false, false) => "como for melhor para você, combinamos por aqui",
    };
    Part::text(format!(
        "Para reservar se paga um sinal de {} % {ways}, e o resto na chegada.",
        deposit.value()
    ))
}

fn balance_reminder(booking: &Booking, bank: Option<&Bank>, f: &Format<'_>) -> Part {
    let way = bank
        .as_ref()
        .map(|bank| format!(" Se quiser adiantar, pode transferir para: {}", coordinates(bank)))
        .unwrap_or_default();
    Part::text(format!(
        "Lembrando que na chegada a {} ficam {} para pagar.{way}",
        booking.cabin,
        f.money(booking.balance_due())
    ))
}

fn link_unavailable(bank: Option<&Bank>) -> Part {
    Part::text(match bank {
        Some(bank) => format!(
            "O link de pagamento não está funcionando. Você pode transferir para: {}\nDepois me mande o comprovante.",
            coordinates(bank)
        ),
        None => "O link de pagamento não está funcionando. Já avisei e dizem a você como pagar.".to_owned(),
    })
}

fn rejected(url: Option<&String>) -> Part {
    let text = "O pagamento não passou. Você pode tentar de novo com o mesmo link ou com outro meio.";
    match url {
        Some(url) => Part::text(text).link("Tentar de novo", url),
        None => Part::text(text),
    }
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
        parts.push(format!("em nome de {}", bank.holder));
    }
    parts.join(", ")
}
