//! Portuguese: a booking and what becomes of it.

use super::pay::coordinates;
use super::stay::refused;
use crate::dialogue::question::Booking;
use crate::dialogue::replies::Part;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::replies::until;
use crate::dialogue::say::Arrival;
use crate::dialogue::say::BookingSay;
use crate::dialogue::say::PayWays;
use crate::dialogue::tap::Purpose;
use crate::dialogue::tap::Tap;
use crate::domain::money::Money;
use crate::domain::pricing::Quote;
use crate::domain::refund::Ground;
use crate::domain::stay::Stay;

pub(super) fn booking(say: &BookingSay, f: &Format<'_>) -> Part {
    match say {
        BookingSay::Held { bookings, ways } => held(bookings, ways, f),
        BookingSay::HoldEnding { booking } => Part::text(format!(
            "Estou guardando {} até {}. Se ainda quiser, falta o sinal de {}.",
            booking.cabin,
            until(booking, f),
            f.money(booking.deposit_due())
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Pagar o sinal"),
        BookingSay::Expired { booking } => expired(booking, f),
        BookingSay::Confirmed { booking, arrival } => Part::text(format!(
            "Pronto, reserva confirmada! 🎉\n{}\n{}{}",
            card(booking, f),
            rest(booking, f),
            place(arrival, f)
        )),
        BookingSay::Cancelled { booking, refund } => Part::text(format!(
            "Cancelei sua reserva {}: {}, {}. {}",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            goes_back(*refund, f)
        )),
        BookingSay::Moved { booking } => {
            Part::text(format!("Pronto, ficou assim:\n{}\n{}", card(booking, f), rest(booking, f)))
        }
        BookingSay::Cards { bookings } => Part::text(lines(
            bookings.iter().map(|booking| format!("{}\n{}", card(booking, f), standing(booking, f))),
        )),
        BookingSay::NoBooking => Part::text("Com este número não encontro nenhuma reserva. Fez com outro?")
            .choice(Tap::Person, "Falar com alguém"),
        BookingSay::AskCancel { booking, refund, ground } => ask_cancel(booking, *refund, *ground, f),
        BookingSay::Kept => Part::text("Perfeito, a reserva continua como estava."),
        BookingSay::Which { bookings, purpose } => which(bookings, *purpose, f),
        BookingSay::AskNewDates { booking } => Part::text(format!(
            "Hoje você tem {}: {}, {}. Para quais datas, ou para quantas pessoas, mudo?",
            booking.cabin,
            f.stay(booking.stay),
            f.people(booking.guests)
        )),
        BookingSay::AskMove { booking, stay, guests, quote } => ask_move(booking, *stay, *guests, quote, f),
        BookingSay::CannotMove { refusal, .. } => Part::text(format!(
            "Não consigo mudar assim. {} Sua reserva continua como estava.",
            refused(refusal, f)
        )),
        BookingSay::CannotNow { refusal } => Part::text(refused(refusal, f)),
        BookingSay::Withdrawing { code } => {
            let which = code.as_ref().map(|code| format!(" da reserva {code}")).unwrap_or_default();
            Part::text(format!(
                "Anotei seu pedido de desistência{which}, com a data e a hora de hoje. Respondemos em até 24 horas."
            ))
        }
        BookingSay::ArrivalReminder { booking, arrival } => Part::text(format!(
            "Falta pouco! Esperamos você {} em {}.{}{}",
            f.day(booking.stay.check_in()),
            booking.cabin,
            place(arrival, f),
            due(booking, f)
        )),
        BookingSay::CheckIn { booking, arrival, instructions } => check_in(booking, arrival, instructions, f),
        BookingSay::ThankYou { arrival, property, .. } => {
            let place = if property.is_empty() { "com a gente".to_owned() } else { format!("em {property}") };
            let words = if arrival.words.is_empty() { "Tomara que volte logo!" } else { &arrival.words };
            Part::text(format!("Obrigado por ter ficado {place}! {words}"))
        }
    }
}

fn ask_move(booking: &Booking, stay: Stay, guests: u16, quote: &Quote, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Ficaria assim: {}, {}, {}. {}. Mudo?",
        booking.cabin,
        f.stay(stay),
        f.people(guests),
        new_total(booking.total, quote.total, f)
    ))
    .choice(
        Tap::MoveIt { reservation_id: booking.reservation_id, stay, guests, total: quote.total },
        "Sim, mudar",
    )
    .choice(Tap::KeepIt, "Não, deixar")
}

fn check_in(booking: &Booking, arrival: &Arrival, instructions: &str, f: &Format<'_>) -> Part {
    let instructions = if instructions.is_empty() { String::new() } else { format!("\n{instructions}") };
    Part::text(format!(
        "É hoje! {} espera você a partir das {}.{}{instructions}{}",
        booking.cabin,
        f.hour(arrival.check_in),
        place(arrival, f),
        due(booking, f)
    ))
}

fn which(bookings: &[Booking], purpose: Purpose, f: &Format<'_>) -> Part {
    let question = match purpose {
        Purpose::Cancel => "Qual você quer cancelar?",
        Purpose::Change => "Qual você quer mudar?",
        Purpose::Pay => "Qual você quer pagar?",
    };
    bookings.iter().fold(Part::text(question), |part, booking| {
        let tap = Tap::Pick { reservation_id: booking.reservation_id, purpose };
        part.row(tap, booking.cabin.clone(), f.stay(booking.stay))
    })
}

fn expired(booking: &Booking, f: &Format<'_>) -> Part {
    let (cabin, stay) = (&booking.cabin, f.stay(booking.stay));
    Part::text(if booking.paid.minor > 0 {
        let paid = f.money(booking.paid);
        format!("A reserva de {cabin}, {stay}, venceu. Recebemos {paid}: uma pessoa vai escrever para devolver o dinheiro ou seguir com a reserva.")
    } else {
        format!("A reserva de {cabin}, {stay}, venceu porque o sinal não chegou. Se ainda quiser, procuro de novo.")
    })
    .choice(
        Tap::Choose { cabin_id: booking.cabin_id, stay: booking.stay, guests: booking.guests },
        "Procurar de novo",
    )
}

fn ask_cancel(booking: &Booking, refund: Money, ground: Ground, f: &Format<'_>) -> Part {
    Part::text(format!(
        "Quer mesmo cancelar {}, {}? {}",
        booking.cabin,
        f.stay(booking.stay),
        consequence(refund, ground, f)
    ))
    .choice(Tap::CancelIt { reservation_id: booking.reservation_id }, "Sim, cancelar")
    .choice(Tap::KeepIt, "Não, deixar")
}

fn held(bookings: &[Booking], ways: &PayWays, f: &Format<'_>) -> Part {
    let Some(first) = bookings.first() else { return Part::default() };
    let names = f.list(&bookings.iter().map(|booking| booking.cabin.clone()).collect::<Vec<_>>());
    let sum = |part: fn(&Booking) -> Money| {
        bookings
            .iter()
            .map(part)
            .reduce(|sum, next| sum.checked_add(next).unwrap_or(sum))
            .unwrap_or(part(first))
    };
    let mut text = format!(
        "Combinado! Guardo {names}, {}, até {}.\nTotal {}, sinal {}.",
        f.stay(first.stay),
        until(first, f),
        f.money(sum(|booking| booking.total)),
        f.money(sum(|booking| booking.deposit))
    );
    let link = if bookings.len() > 1 {
        "Já mando os links, um para cada cabana, para pagar o sinal"
    } else {
        "Já mando o link para pagar o sinal"
    };
    match (ways.link_follows, &ways.bank) {
        (true, Some(bank)) => {
            text.push_str(&format!("\n{link}. Se preferir transferência: "));
            text.push_str(&coordinates(bank));
        }
        (true, None) => text.push_str(&format!("\n{link}.")),
        (false, Some(bank)) => {
            text.push_str("\nO sinal se transfere para: ");
            text.push_str(&coordinates(bank));
            text.push_str("\nQuando fizer, me mande o comprovante por aqui.");
        }
        (false, None) => text.push_str("\nLogo dizem a você como pagar o sinal."),
    }
    Part::text(text)
}

fn consequence(refund: Money, ground: Ground, f: &Format<'_>) -> String {
    if !refund.is_positive() {
        return match ground {
            Ground::Withdrawal | Ground::InTime => "Não há nada pago, então não se perde nada.".into(),
            Ground::Late => "Pela data, o sinal não é devolvido.".into(),
        };
    }
    match ground {
        Ground::Withdrawal => {
            format!("Você está no prazo de desistência: devolvemos tudo, {}.", f.money(refund))
        }
        Ground::InTime | Ground::Late => format!("Devolvemos {}.", f.money(refund)),
    }
}

fn new_total(before: Money, after: Money, f: &Format<'_>) -> String {
    if before == after {
        format!("O total continua sendo {}", f.money(after))
    } else {
        format!("O total passa de {} para {}", f.money(before), f.money(after))
    }
}

fn goes_back(refund: Money, f: &Format<'_>) -> String {
    if refund.is_positive() {
        format!("Devolvemos {}; pode levar alguns dias para aparecer.", f.money(refund))
    } else {
        "Não ficou nada a devolver.".into()
    }
}

fn card(booking: &Booking, f: &Format<'_>) -> String {
    format!(
        "{}, {}\n{}\nCódigo: {}",
        booking.cabin,
        f.people(booking.guests),
        f.stay(booking.stay),
        booking.code
    )
}

fn standing(booking: &Booking, f: &Format<'_>) -> String {
    if booking.deposit_due().is_positive() && booking.expires_at.is_some() && !booking.paid.is_positive() {
        format!("Falta o sinal de {}; guardo até {}.", f.money(booking.deposit_due()), until(booking, f))
    } else {
        rest(booking, f)
    }
}

pub(super) fn rest(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() {
        format!(
            "Total {}, pago {}, ficam {} na chegada.",
            f.money(booking.total),
            f.money(booking.paid),
            f.money(due)
        )
    } else {
        format!("Total {}, está tudo pago.", f.money(booking.total))
    }
}

fn due(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() { format!("\nFicam {} para pagar na chegada.", f.money(due)) } else { String::new() }
}

fn place(arrival: &Arrival, f: &Format<'_>) -> String {
    let mut text = format!(
        "\nEntrada a partir das {}, saída até as {}.",
        f.hour(arrival.check_in),
        f.hour(arrival.check_out)
    );
    if !arrival.address.is_empty() {
        text.push_str(&format!("\nEndereço: {}", arrival.address));
    }
    if !arrival.words.is_empty() {
        text.push_str(&format!("\n{}", arrival.words));
    }
    text
}
