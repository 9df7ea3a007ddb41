//! What the owner reads on WhatsApp: always Spanish, always short, what happened and what to do.

use super::format::Format;
use crate::dialogue::notice::{Absence, Notice, PaymentProblem};
use crate::dialogue::question::Booking;
use crate::domain::language::Language;
use crate::domain::policy::Moment;

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
                PaymentProblem::HoldEnded => "pero la reserva se venció. Hay que devolver o volver a tomarla.",
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
        Notice::BackHome(absence) => format!("🔌 {}", back_home(absence)),
        Notice::BackupUnusable => {
            "💾 Probé la última copia de seguridad y no sirve. Hacé una nueva en Copias y estado; si vuelve a fallar, pedí ayuda con el equipo.".to_owned()
        }
        Notice::Today { arrivals, departures } => {
            format!("Hoy llegan: {}.\nHoy se van: {}.", each(arrivals, f), each(departures, f))
        }
    }
}

fn each(found: &[(Booking, String)], f: &Format<'_>) -> String {
    let one = |(booking, guest): &(Booking, String)| {
        format!("{guest} ({}, {})", booking.cabin, f.people(booking.guests))
    };
    match found {
        [] => "nadie".to_owned(),
        found => found.iter().map(one).collect::<Vec<_>>().join("; "),
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

/// A time in which nobody was home, in words: on WhatsApp and on the owner's first page.
pub fn back_home(absence: &Absence) -> String {
    let count = |n: u32, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let length = match (absence.minutes / 60, absence.minutes % 60) {
        (0, minutes) => count(minutes, "minuto", "minutos"),
        (hours @ 1..48, minutes) => format!("{hours} h {minutes} min"),
        (hours, _) => count(hours / 24, "día", "días"),
    };
    let done = [
        (absence.messages, "mensaje contestado tarde", "mensajes contestados tarde"),
        (absence.payments, "pago encontrado", "pagos encontrados"),
        (absence.calendars, "calendario releído", "calendarios releídos"),
    ];
    let done: Vec<String> =
        done.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)).collect();
    let done = match done.as_slice() {
        [] => "no se perdió nada".to_owned(),
        done => done.join(", "),
    };
    let behind = match absence.behind {
        0 => "Estoy al día.".to_owned(),
        n => format!("Todavía me falta ponerme al día con {}.", count(n, "cosa", "cosas")),
    };
    let attention_items = match absence.attention_items {
        0 => String::new(),
        n => format!(" Te esperan {} para decidir en Hoy.", count(n, "cosa", "cosas")),
    };
    format!("Estuve {length} sin funcionar y ya volví: {done}. {behind}{attention_items}")
}
