//! What the owner reads on WhatsApp: always Spanish, always short, what happened and what to do.

use super::format::Format;
use crate::dialogue::notice::{Notice, PaymentProblem};
use crate::dialogue::question::Booking;
use crate::domain::language::Language;
use crate::domain::policy::Moment;

/// A notice in words.
pub fn owner(notice: &Notice, moment: &Moment) -> String {
    let f = &Format { language: Language::Es, moment };
    match notice {
        Notice::NewBooking { booking, guest } => format!(
            "✅ Nueva reserva {}: {guest}, {}, {}, {}. Pagado {} de {}.",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            f.people(booking.guests),
            f.money(booking.paid),
            f.money(booking.total)
        ),
        Notice::Cancelled { booking, guest, refund } => format!(
            "❌ {guest} canceló {} ({}, {}). A devolver: {}.",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            f.money(*refund)
        ),
        Notice::Moved { booking, guest } => {
            format!("🔁 {guest} cambió {}: ahora {}, {}.", booking.code, booking.cabin, f.stay(booking.stay))
        }
        Notice::WantsPerson { guest, words } => {
            format!("🙋 {guest} quiere hablar con vos. Escribió: «{words}»")
        }
        Notice::Question { guest, words } => format!("❓ {guest} pregunta algo que no sé: «{words}»"),
        Notice::Receipt { booking, guest, due } => format!(
            "🧾 {guest} mandó un comprobante para {} ({}). Se esperan {}. Fijate si llegó la plata y aprobalo.",
            booking.code,
            booking.cabin,
            f.money(*due)
        ),
        Notice::PaymentProblem { code, amount, problem } => {
            let what = match problem {
                PaymentProblem::NoPlace => {
                    "pero las noches ya están ocupadas. Hay que devolver o buscarle otra fecha."
                }
                PaymentProblem::Cancelled => "pero la reserva estaba cancelada. Hay que devolver.",
                PaymentProblem::OtherAmount => "y no coincide con lo pedido. Fijate qué hacer.",
                PaymentProblem::Unknown => "y no sé de qué es.",
                PaymentProblem::ChargedBack => {
                    "fue desconocido por el titular de la tarjeta. Hay que presentar los papeles."
                }
                PaymentProblem::RefundFailed => "no se pudo devolver. Hay que hacerlo a mano.",
            };
            format!("⚠️ Pago de {} por {code}: {what}", f.money(*amount))
        }
        Notice::Conflict { cabin, stay, channel, code } => format!(
            "🚨 Doble reserva en {cabin}, {}: la vendió {channel} y también la tenés con {code}. Hay que mover a uno de los dos.",
            f.stay(*stay)
        ),
        Notice::CalendarStale { cabin, channel, hours } => format!(
            "📅 Hace {hours} horas que no puedo leer el calendario de {channel} de {cabin}. Revisá el link en Calendarios."
        ),
        Notice::ReaderSilent { cabin, channel, hours } => format!(
            "📅 Hace {hours} horas que {channel} no lee tu calendario de {cabin}: puede vender noches que ya vendiste. Entrá a ese canal, fijate si el link sigue cargado y pedile que lo actualice."
        ),
        Notice::ConfirmationWaits { booking, channel } => waits(booking, channel, f),
        Notice::Withdrawal { guest, code } => {
            let which = code.as_ref().map(|code| format!(" de {code}")).unwrap_or_default();
            format!("↩️ {guest} pidió el arrepentimiento{which}. Tenés 24 horas para contestarle.")
        }
        Notice::Digest { open, lines, url } => {
            format!("Tenés {open} cosas para decidir:\n{}\n{url}", lines.join("\n"))
        }
        Notice::Today { arrivals, departures } => {
            let each = |found: &[(Booking, String)]| match found {
                [] => "nadie".to_owned(),
                found => found
                    .iter()
                    .map(|(booking, guest)| {
                        format!("{guest} ({}, {})", booking.cabin, f.people(booking.guests))
                    })
                    .collect::<Vec<_>>()
                    .join("; "),
            };
            format!("Hoy llegan: {}.\nHoy se van: {}.", each(arrivals), each(departures))
        }
    }
}

fn waits(booking: &Booking, channel: &str, f: &Format<'_>) -> String {
    format!(
        "⏳ Entró la seña de {} ({}, {}): {}. No la confirmé porque no puedo leer el calendario de {channel}. Fijate ahí si las noches siguen libres y confirmala o devolvé la plata. Si el calendario vuelve, la confirmo yo.",
        booking.code,
        booking.cabin,
        f.stay(booking.stay),
        f.money(booking.paid)
    )
}
