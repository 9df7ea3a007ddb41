//! What the owner is answered to a command: Spanish, short, always with whole dates.

use super::format::Format;
use super::owner_bookings;
use crate::dialogue::owner::{AttentionItem, Change, Days, GuestBooking, Missing, OwnerSay, OwnerTap};
use crate::domain::attention::AttentionKind;
use crate::domain::code::Coded;
use crate::domain::language::Language;
use crate::domain::policy::Moment;
use crate::domain::reservation::Status;
use crate::domain::stay::Stay;

/// An answer in words, with its buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerWords {
    pub body: String,
    /// Buttons: what they read and mean. None, or up to three.
    pub buttons: Vec<(String, OwnerTap)>,
}

const CAN_SAY: &str = "• «quién llega hoy», «quién se va mañana»\n\
    • «qué hay libre del 10 al 15»\n\
    • «ocupación de enero»\n\
    • «qué tengo pendiente»\n\
    • «reserva» y el código o el nombre\n\
    • «bloqueá la 3 del 10 al 15», «desbloqueá la 3»\n\
    • «cancelá la reserva de Ana», «pasá a Ana al 10 de enero»\n\
    • «atiendo yo a Marta», «seguí vos con Marta»";

/// Puts an answer to the owner into words.
pub fn owner_says(say: &OwnerSay, moment: &Moment) -> OwnerWords {
    let f = &Format { language: Language::Es, moment };
    let yes_no = |change: &Change, yes| {
        let leave = ("No, dejalo".to_owned(), OwnerTap::Leave);
        vec![(String::from(yes), OwnerTap::Do { change: change.clone() }), leave]
    };
    let buttons = match say {
        OwnerSay::AskBlock { change, .. } => yes_no(change, "Sí, bloqueala"),
        OwnerSay::AskUnblock { change, .. } => yes_no(change, "Sí, abrila"),
        OwnerSay::AskConversation { change, .. } => yes_no(change, "Sí"),
        OwnerSay::AskCancel { change, .. } => yes_no(change, "Sí, cancelala"),
        OwnerSay::AskMove { change, .. } => yes_no(change, "Sí, movela"),
        OwnerSay::WhichBooking { rows, wish } => owner_bookings::picks(rows, *wish, f),
        _ => Vec::new(),
    };
    OwnerWords { body: body(say, f), buttons }
}

fn body(say: &OwnerSay, f: &Format<'_>) -> String {
    match say {
        OwnerSay::Help => format!("Podés pedirme, escrito o hablado:\n{CAN_SAY}"),
        OwnerSay::NotUnderstood => format!("No te entendí. Probá así:\n{CAN_SAY}"),
        OwnerSay::Unheard => "No llegué a entender el audio. ¿Me lo repetís o lo escribís?".to_owned(),
        OwnerSay::NothingAsked => "No hay nada por confirmar. Decime de nuevo qué hago.".to_owned(),
        OwnerSay::Missing(missing) => self::missing(missing, f),
        OwnerSay::Left => "Listo, lo dejo como está.".to_owned(),
        OwnerSay::NoGuest { said } => format!("No encuentro a «{said}» entre los que escribieron."),
        OwnerSay::WhichGuest { names } => {
            format!("¿A cuál? Decímelo con el número:\n{}", bullets(names.iter().cloned()))
        }
        OwnerSay::AskConversation { guest, change } => match change {
            Change::TakeOver { .. } => {
                format!("¿Atendés vos a {guest}? Yo no le contesto hasta que me digas.")
            }
            Change::HandBack { .. }
            | Change::Block { .. }
            | Change::Unblock { .. }
            | Change::Cancel { .. }
            | Change::Move { .. } => {
                format!("¿Sigo yo con {guest}?")
            }
        },
        OwnerSay::TakenOver { guest } => {
            format!("Dale, {guest} es tu conversación. Cuando quieras que siga yo: «seguí vos con {guest}».")
        }
        OwnerSay::HandedBack { guest } => format!("Listo, sigo yo con {guest}."),
        OwnerSay::AskBlock { .. }
        | OwnerSay::AskUnblock { .. }
        | OwnerSay::Blocked { .. }
        | OwnerSay::Unblocked { .. }
        | OwnerSay::CannotBlock { .. }
        | OwnerSay::BlockedAlready { .. }
        | OwnerSay::NothingBlocked { .. }
        | OwnerSay::WhichBlock { .. } => closed_nights(say, f),
        OwnerSay::AskCancel { .. }
        | OwnerSay::AskMove { .. }
        | OwnerSay::Cancelled { .. }
        | OwnerSay::Moved { .. }
        | OwnerSay::CannotChange { .. }
        | OwnerSay::WhichBooking { .. } => owner_bookings::body(say, f).unwrap_or_default(),
        OwnerSay::Arrivals { .. }
        | OwnerSay::Departures { .. }
        | OwnerSay::Occupancy { .. }
        | OwnerSay::Availability { .. }
        | OwnerSay::Bookings { .. }
        | OwnerSay::Pending { .. } => news(say, f),
    }
}

fn missing(missing: &Missing, f: &Format<'_>) -> String {
    match missing {
        Missing::Cabin(names) if names.is_empty() => "Todavía no hay cabañas cargadas.".to_owned(),
        Missing::Cabin(names) => format!("¿Qué cabaña?\n{}", bullets(names.iter().cloned())),
        Missing::Dates => "¿De qué día a qué día?".to_owned(),
        Missing::WhichDates(stays) => {
            format!("¿Cuál de estas fechas?\n{}", bullets(stays.iter().map(|stay| f.stay(*stay))))
        }
        Missing::BadDates => "Esas fechas no me cierran. ¿Me las decís de nuevo?".to_owned(),
        Missing::Guest => "¿A quién? Decime el nombre o el número.".to_owned(),
        Missing::Booking => "¿Qué reserva? Decime el código o el nombre.".to_owned(),
        Missing::NewDates => "¿A qué fechas la paso?".to_owned(),
    }
}

fn closed_nights(say: &OwnerSay, f: &Format<'_>) -> String {
    match say {
        OwnerSay::AskBlock { cabin, stay, reason, .. } => {
            let why = if reason.is_empty() { String::new() } else { format!(" Motivo: {reason}.") };
            format!("¿Bloqueo {cabin}, {}?{why}", f.stay(*stay))
        }
        OwnerSay::AskUnblock { cabin, stays, .. } => {
            format!("¿Abro {cabin}? Está bloqueada:\n{}", list(stays, f))
        }
        OwnerSay::Blocked { cabin, stay } => format!("🔒 Listo, {cabin} queda bloqueada: {}.", f.stay(*stay)),
        OwnerSay::Unblocked { cabin, stays } => {
            format!("🔓 Listo, {cabin} queda abierta:\n{}", list(stays, f))
        }
        OwnerSay::CannotBlock { cabin, stay, by } if by.is_empty() => {
            format!("No puedo bloquear {cabin}, {}: hay noches ocupadas o ya pasaron.", f.stay(*stay))
        }
        OwnerSay::CannotBlock { cabin, stay, by } => format!(
            "No puedo bloquear {cabin}, {}. Ahí están:\n{}",
            f.stay(*stay),
            bullets(by.iter().map(|row| self::row(row, f)))
        ),
        OwnerSay::BlockedAlready { cabin, stay } => {
            format!("{cabin} ya estaba bloqueada: {}.", f.stay(*stay))
        }
        OwnerSay::NothingBlocked { cabin } => format!("{cabin} no tiene nada bloqueado ahí."),
        OwnerSay::WhichBlock { cabin, stays } => {
            format!("{cabin} está bloqueada varias veces. ¿Cuál abro?\n{}", list(stays, f))
        }
        _ => String::new(),
    }
}

fn news(say: &OwnerSay, f: &Format<'_>) -> String {
    match say {
        OwnerSay::Arrivals { days, rows } => coming("llega", days, rows, f),
        OwnerSay::Departures { days, rows } => coming("se va", days, rows, f),
        OwnerSay::Occupancy { nights, sold, available, basis_points, revenue } => format!(
            "📊 {}: {sold} de {available} noches vendidas ({} %), {}.",
            range(*nights, f),
            (basis_points + 50) / 100,
            f.money(*revenue)
        ),
        OwnerSay::Availability { stay, free, taken } => {
            let priced = |(name, price): &(String, crate::domain::money::Money)| {
                format!("{name}: {}", f.money(*price))
            };
            let none = if free.is_empty() { "\nNo queda nada libre." } else { "" };
            let gone = if taken.is_empty() { String::new() } else { format!("\nNo: {}.", taken.join(", ")) };
            format!("{}{none}\n{}{gone}", f.stay(*stay), bullets(free.iter().map(priced)))
        }
        OwnerSay::Bookings { rows, .. } if rows.is_empty() => "No encuentro ninguna reserva así.".to_owned(),
        OwnerSay::Bookings { rows, total } => {
            let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            let more = if *total > shown { format!("\nY {} más.", total - shown) } else { String::new() };
            format!("{}{more}", bullets(rows.iter().map(|row| card(row, f))))
        }
        OwnerSay::Pending { attention_items, .. } if attention_items.is_empty() => {
            "No tenés nada pendiente. 🙌".to_owned()
        }
        OwnerSay::Pending { attention_items, total, url } => {
            let more = if *total > attention_items.len() {
                format!("\nY {} más.", total - attention_items.len())
            } else {
                String::new()
            };
            let head =
                if *total == 1 { "Tenés una cosa".to_owned() } else { format!("Tenés {total} cosas") };
            format!(
                "{head} para decidir:\n{}{more}\n{url}",
                bullets(attention_items.iter().map(|m| attention(m, f)))
            )
            .trim_end()
            .to_owned()
        }
        _ => String::new(),
    }
}

fn coming(verb: &str, days: &Days, rows: &[GuestBooking], f: &Format<'_>) -> String {
    let when = if days.from == days.to {
        f.day(days.from)
    } else {
        format!("{} al {}", f.day(days.from), f.day(days.to))
    };
    if rows.is_empty() {
        return format!("{when}: no {verb} nadie.");
    }
    format!("{when}, {verb}:\n{}", bullets(rows.iter().map(|row| self::row(row, f))))
}

/// One line: who, where, when, which code.
pub(super) fn row(row: &GuestBooking, f: &Format<'_>) -> String {
    let GuestBooking { booking, guest } = row;
    let due = booking.balance_due();
    let owes = if due.is_positive() { format!(", debe {}", f.money(due)) } else { String::new() };
    format!(
        "{guest}, {}, {}, {} ({}{owes})",
        booking.cabin,
        f.short_stay(booking.stay),
        f.people(booking.guests),
        booking.code
    )
}

fn card(row: &GuestBooking, f: &Format<'_>) -> String {
    let GuestBooking { booking, guest } = row;
    let status = match booking.status {
        Status::PreReserved if booking.awaits_yes() => "pagó la seña y espera tu confirmación",
        Status::PreReserved => "espera la seña",
        Status::Confirmed => "confirmada",
        Status::CheckedIn => "está en la cabaña",
        Status::CheckedOut => "ya se fue",
        Status::Cancelled => "cancelada",
        Status::Expired => "vencida",
        Status::NoShow => "no vino",
    };
    format!(
        "{}: {guest}, {}, {}, {}. {status}; pagó {} de {}.",
        booking.code,
        booking.cabin,
        f.stay(booking.stay),
        f.people(booking.guests),
        f.money(booking.paid),
        f.money(booking.total)
    )
}

fn attention(attention: &AttentionItem, f: &Format<'_>) -> String {
    let what = match &attention.kind {
        Coded::Known(kind) => matter_words(*kind).to_owned(),
        Coded::Other(code) => format!("algo que esta versión no conoce ({code})"),
    };
    let about: Vec<&str> =
        [attention.guest.as_deref(), attention.code.as_deref()].into_iter().flatten().collect();
    let about = if about.is_empty() { String::new() } else { format!("{}: ", about.join(", ")) };
    format!("{about}{what} (desde {})", f.moment(attention.since))
}

fn matter_words(kind: AttentionKind) -> &'static str {
    match kind {
        AttentionKind::WantsAPerson => "quiere hablar con vos",
        AttentionKind::UnansweredQuestion => "preguntó algo que no sé",
        AttentionKind::UnansweredMessage => "un mensaje quedó sin contestar",
        AttentionKind::Undelivered => "un mensaje no le llegó",
        AttentionKind::TransferReceipt => "mandó un comprobante: fijate si llegó la plata",
        AttentionKind::Withdrawal => "pidió el arrepentimiento",
        AttentionKind::PaidWithoutPlace => "pagó y las noches ya estaban ocupadas",
        AttentionKind::PaidAfterCancel => "pagó una reserva cancelada",
        AttentionKind::PaidAndExpired => "pagó algo y su reserva se venció",
        AttentionKind::PaidTwice => "pagó dos veces",
        AttentionKind::OtherAmount | AttentionKind::PaymentMismatch => "llegó un pago que no coincide",
        AttentionKind::UnderReview => "Mercado Pago está revisando su pago",
        AttentionKind::UnknownPaymentState => "Mercado Pago informó algo nuevo de un pago",
        AttentionKind::CalendarConflict => "dos canales vendieron las mismas noches",
        AttentionKind::ConfirmationWaits => "pagó la seña y espera tu confirmación",
        AttentionKind::CalendarStale => "hay un calendario que no se puede leer",
        AttentionKind::ChannelNotReading => "un canal dejó de leer tu calendario",
        AttentionKind::RefundFailed | AttentionKind::RefundByHand => "hay una devolución para hacer a mano",
        AttentionKind::RefundedElsewhere => "le devolviste plata desde Mercado Pago",
        AttentionKind::ChargedBack | AttentionKind::Chargeback | AttentionKind::InMediation => {
            "hay un reclamo por un pago"
        }
        AttentionKind::MoneyTakenBack => "un pago que había entrado se fue",
        AttentionKind::BackupFailed => "no puedo hacer la copia de seguridad",
        AttentionKind::BackupUnusable => "la última copia de seguridad no sirve",
        AttentionKind::SameGuestTwice => "el mismo huésped está dos veces",
        AttentionKind::WhatsappAccount => "WhatsApp avisa algo de tu cuenta",
        AttentionKind::WorkFailed => "algo quedó sin terminar",
        AttentionKind::UnknownWork => "quedó trabajo que esta versión no sabe hacer",
    }
}

/// A whole month by its first and last day, which leaves no doubt about the year.
fn range(nights: Stay, f: &Format<'_>) -> String {
    format!("Del {} al {}", f.day(nights.check_in()), f.day(nights.check_out()))
}

fn list(stays: &[Stay], f: &Format<'_>) -> String {
    bullets(stays.iter().map(|stay| f.stay(*stay)))
}

pub(super) fn bullets(lines: impl Iterator<Item = String>) -> String {
    lines.map(|line| format!("• {line}")).collect::<Vec<_>>().join("\n")
}
