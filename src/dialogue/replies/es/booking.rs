//! Spanish: a booking and what becomes of it.

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
            "Te guardo {} hasta {}. Si todavía la querés, falta la seña de {}.",
            booking.cabin,
            until(booking, f),
            f.money(booking.deposit_due())
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Pagar la seña"),
        BookingSay::Expired { booking } => expired(booking, f),
        BookingSay::Confirmed { booking, arrival } => Part::text(format!(
            "¡Listo, reserva confirmada! 🎉\n{}\n{}{}",
            card(booking, f),
            rest(booking, f),
            place(arrival, f)
        )),
        BookingSay::Cancelled { booking, refund } => Part::text(format!(
            "Cancelé tu reserva {}: {}, {}. {}",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            goes_back(*refund, f)
        )),
        BookingSay::Moved { booking } => {
            Part::text(format!("Listo, quedó cambiada:\n{}\n{}", card(booking, f), rest(booking, f)))
        }
        BookingSay::Cards { bookings } => Part::text(lines(
            bookings.iter().map(|booking| format!("{}\n{}", card(booking, f), standing(booking, f))),
        )),
        BookingSay::NoBooking => {
            Part::text("Con este número no encuentro ninguna reserva. ¿La hiciste con otro?")
                .choice(Tap::Person, "Hablar con alguien")
        }
        BookingSay::AskCancel { booking, refund, ground } => ask_cancel(booking, *refund, *ground, f),
        BookingSay::Kept => Part::text("Perfecto, la reserva sigue como estaba."),
        BookingSay::Which { bookings, purpose } => which(bookings, *purpose, f),
        BookingSay::AskNewDates { booking } => Part::text(format!(
            "Hoy tenés {}: {}, {}. ¿Para qué fechas, o para cuántas personas, la cambio?",
            booking.cabin,
            f.stay(booking.stay),
            f.people(booking.guests)
        )),
        BookingSay::AskMove { booking, stay, guests, quote } => ask_move(booking, *stay, *guests, quote, f),
        BookingSay::CannotMove { refusal, .. } => Part::text(format!(
            "No la puedo cambiar así. {} Tu reserva sigue como estaba.",
            refused(refusal, f)
        )),
        BookingSay::CannotNow { refusal } => Part::text(refused(refusal, f)),
        BookingSay::Withdrawing { code } => {
            let which = code.as_ref().map(|code| format!(" de la reserva {code}")).unwrap_or_default();
            Part::text(format!(
                "Anoté tu pedido de arrepentimiento{which}, con la fecha y la hora de hoy. Te contestamos dentro de las 24 horas."
            ))
        }
        BookingSay::ArrivalReminder { booking, arrival } => Part::text(format!(
            "¡Ya falta poco! Te esperamos el {} en {}.{}{}",
            f.day(booking.stay.check_in()),
            booking.cabin,
            place(arrival, f),
            due(booking, f)
        )),
        BookingSay::CheckIn { booking, arrival, instructions } => check_in(booking, arrival, instructions, f),
        BookingSay::ThankYou { arrival, property, .. } => thank_you(property, &arrival.words),
    }
}

fn thank_you(property: &str, words: &str) -> Part {
    let place = if property.is_empty() { "con nosotros".to_owned() } else { format!("en {property}") };
    let words = if words.is_empty() { "¡Ojalá vuelvas pronto!" } else { words };
    Part::text(format!("¡Gracias por haber estado {place}! {words}"))
}

fn ask_move(booking: &Booking, stay: Stay, guests: u16, quote: &Quote, f: &Format<'_>) -> Part {
    Part::text(format!(
        "La cambiaría así: {}, {}, {}. {}. ¿La cambio?",
        booking.cabin,
        f.stay(stay),
        f.people(guests),
        new_total(booking.total, quote.total, f)
    ))
    .choice(
        Tap::MoveIt { reservation_id: booking.reservation_id, stay, guests, total: quote.total },
        "Sí, cambiarla",
    )
    .choice(Tap::KeepIt, "No, dejarla")
}

fn check_in(booking: &Booking, arrival: &Arrival, instructions: &str, f: &Format<'_>) -> Part {
    let instructions = if instructions.is_empty() { String::new() } else { format!("\n{instructions}") };
    Part::text(format!(
        "¡Hoy es el día! {} te espera desde las {}.{}{instructions}{}",
        booking.cabin,
        f.hour(arrival.check_in),
        place(arrival, f),
        due(booking, f)
    ))
}

fn which(bookings: &[Booking], purpose: Purpose, f: &Format<'_>) -> Part {
    let question = match purpose {
        Purpose::Cancel => "¿Cuál querés cancelar?",
        Purpose::Change => "¿Cuál querés cambiar?",
        Purpose::Pay => "¿Cuál querés pagar?",
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
        format!("Se venció la reserva de {cabin}, {stay}. Recibimos {paid}: una persona te escribe para devolverte la plata o seguir con la reserva.")
    } else {
        format!("Se venció la reserva de {cabin}, {stay}, porque no llegó la seña. Si todavía la querés, la vuelvo a buscar.")
    })
    .choice(
        Tap::Choose { cabin_id: booking.cabin_id, stay: booking.stay, guests: booking.guests },
        "Buscar de nuevo",
    )
}

fn ask_cancel(booking: &Booking, refund: Money, ground: Ground, f: &Format<'_>) -> Part {
    Part::text(format!(
        "¿Seguro querés cancelar {}, {}? {}",
        booking.cabin,
        f.stay(booking.stay),
        consequence(refund, ground, f)
    ))
    .choice(Tap::CancelIt { reservation_id: booking.reservation_id }, "Sí, cancelar")
    .choice(Tap::KeepIt, "No, dejarla")
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
        "¡Dale! Te guardo {names}, {}, hasta {}.\nTotal {}, seña {}.",
        f.stay(first.stay),
        until(first, f),
        f.money(sum(|booking| booking.total)),
        f.money(sum(|booking| booking.deposit))
    );
    let link = if bookings.len() > 1 {
        "Ahora te mando los links, uno por cabaña, para pagar la seña"
    } else {
        "Ahora te mando el link para pagar la seña"
    };
    match (ways.link_follows, &ways.bank) {
        (true, Some(bank)) => {
            text.push_str(&format!("\n{link}. Si preferís transferencia: "));
            text.push_str(&coordinates(bank));
        }
        (true, None) => text.push_str(&format!("\n{link}.")),
        (false, Some(bank)) => {
            text.push_str("\nLa seña se transfiere a: ");
            text.push_str(&coordinates(bank));
            text.push_str("\nCuando la hagas, mandame el comprobante por acá.");
        }
        (false, None) => text.push_str("\nEnseguida te dicen cómo pagar la seña."),
    }
    Part::text(text)
}

fn consequence(refund: Money, ground: Ground, f: &Format<'_>) -> String {
    if !refund.is_positive() {
        return match ground {
            Ground::Withdrawal | Ground::InTime => "No hay nada pago, así que no se pierde nada.".into(),
            Ground::Late => "Por la fecha, la seña no se devuelve.".into(),
        };
    }
    match ground {
        Ground::Withdrawal => {
            format!("Estás en tiempo de arrepentirte: te devolvemos todo, {}.", f.money(refund))
        }
        Ground::InTime | Ground::Late => format!("Se te devuelven {}.", f.money(refund)),
    }
}

fn new_total(before: Money, after: Money, f: &Format<'_>) -> String {
    if before == after {
        format!("El total sigue siendo {}", f.money(after))
    } else {
        format!("El total pasa de {} a {}", f.money(before), f.money(after))
    }
}

fn goes_back(refund: Money, f: &Format<'_>) -> String {
    if refund.is_positive() {
        format!("Te devolvemos {}; puede tardar unos días en verse.", f.money(refund))
    } else {
        "No quedó nada por devolver.".into()
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
        format!(
            "Falta la seña de {}; te la guardo hasta {}.",
            f.money(booking.deposit_due()),
            until(booking, f)
        )
    } else {
        rest(booking, f)
    }
}

pub(super) fn rest(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() {
        format!(
            "Total {}, pagado {}, quedan {} al llegar.",
            f.money(booking.total),
            f.money(booking.paid),
            f.money(due)
        )
    } else {
        format!("Total {}, está todo pago.", f.money(booking.total))
    }
}

fn due(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() { format!("\nQuedan {} para pagar al llegar.", f.money(due)) } else { String::new() }
}

fn place(arrival: &Arrival, f: &Format<'_>) -> String {
    let mut text = format!(
        "\nEntrada desde las {}, salida hasta las {}.",
        f.hour(arrival.check_in),
        f.hour(arrival.check_out)
    );
    if !arrival.address.is_empty() {
        text.push_str(&format!("\nDirección: {}", arrival.address));
    }
    if !arrival.words.is_empty() {
        text.push_str(&format!("\n{}", arrival.words));
    }
    text
}
