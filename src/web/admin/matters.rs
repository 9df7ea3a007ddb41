//! What only a person can decide, in words, with what can be done about it.

use super::words;
use crate::domain::ids::{FeedId, PaymentId};
use crate::domain::matter::MatterKind;
use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::store::attention::Attention;
use crate::store::{Read, StoreError, cabins, feeds, guests, reservations};
use crate::store::{conversations, payments};
use serde_json::Value;

/// A matter as it is shown.
#[derive(Debug)]
pub struct Matter {
    /// Its row.
    pub id: i64,
    /// What happened, in a few words.
    pub title: &'static str,
    /// What to know about it.
    pub detail: String,
    /// What to do.
    pub advice: &'static str,
    /// Since when.
    pub since: String,
    /// What it is about, to be opened.
    pub links: Vec<Link>,
    /// Money that can be given back with one button.
    pub refund: Option<Refund>,
    /// A receipt that can be approved.
    pub receipt: Option<Receipt>,
}

/// Something to open.
#[derive(Debug)]
pub struct Link {
    /// Its address.
    pub path: String,
    /// Its words.
    pub words: &'static str,
}

/// A payment that can be given back.
#[derive(Debug)]
pub struct Refund {
    /// The reservation it was paid for.
    pub code: String,
    /// The payment.
    pub payment: i64,
    /// How much, in words.
    pub amount: String,
}

/// A transfer that a guest says to have made.
#[derive(Debug)]
pub struct Receipt {
    /// The reservation it is for.
    pub code: String,
    /// The picture or document.
    pub media: i64,
    /// What is expected, in minor units.
    pub due_cents: i64,
    /// The same in words.
    pub due: String,
}

impl Matter {
    /// A matter with everything its row of the list needs.
    pub fn load(tx: &impl Read, matter: &Attention, moment: &Moment) -> Result<Matter, StoreError> {
        let details: Value = serde_json::from_str(&matter.details).unwrap_or_default();
        let reservation = matter.reservation_id.map(|id| reservations::find(tx, id)).transpose()?.flatten();
        let guest = match (&reservation, matter.conversation_id) {
            (Some(reservation), _) => guests::find(tx, reservation.guest_id)?,
            (None, Some(thread)) => match conversations::find(tx, thread)? {
                Some(thread) => guests::find(tx, thread.guest_id)?,
                None => None,
            },
            (None, None) => None,
        };
        let mut links = Vec::new();
        let mut facts = Vec::new();
        if let Some(guest) = guest {
            facts.push(words::guest_name(&guest));
        }
        if let Some(reservation) = &reservation {
            let cabin = cabins::name(tx, reservation.cabin_id)?.unwrap_or_default();
            let stay = words::format(moment).stay(reservation.stay);
            facts.push(format!("{} · {cabin} · {stay}", reservation.code));
            links.push(Link {
                path: format!("/admin/reservations/{}", reservation.code),
                words: "Ver la reserva",
            });
        }
        if let Some(thread) = matter.conversation_id {
            links.push(Link { path: format!("/admin/inbox/{thread}"), words: "Ver la conversación" });
        }
        if is_about_a_channel(matter.kind) {
            let feed = matter.subject.split(':').next().and_then(|id| id.parse().ok()).map(FeedId);
            if let Some(feed) = feed.map(|id| feeds::find(tx, id)).transpose()?.flatten() {
                let cabin = cabins::name(tx, feed.cabin_id)?.unwrap_or_default();
                facts.push(format!("{} · {cabin}", words::channel(&feed.channel)));
            }
            links.push(Link { path: "/admin/calendars".into(), words: "Ver los calendarios" });
        }
        facts.extend(said(&details));
        let refund = refund(tx, &details)?;
        let receipt = match (&reservation, matter.kind) {
            (Some(reservation), MatterKind::TransferReceipt) => {
                let paid = payments::paid(tx, reservation.id)?;
                let due_cents = (reservation.quote.deposit.minor - paid).max(0);
                details["inbound_id"].as_i64().map(|media| Receipt {
                    code: reservation.code.to_string(),
                    media,
                    due_cents,
                    due: words::money(due_cents, reservation.quote.total.currency),
                })
            }
            _ => None,
        };
        Ok(Matter {
            id: matter.id.0,
            title: title(matter.kind),
            detail: facts.join("\n"),
            advice: advice(matter.kind),
            since: words::ago(matter.created_at, moment),
            links,
            refund,
            receipt,
        })
    }
}

fn refund(tx: &impl Read, details: &Value) -> Result<Option<Refund>, StoreError> {
    let proposed = details["propose"] == "refund";
    let Some(id) = details["payment_id"].as_i64().filter(|_| proposed) else { return Ok(None) };
    let Some(payment) = payments::find(tx, PaymentId(id))? else { return Ok(None) };
    let currency = Currency::from_code(&payment.currency).unwrap_or(Currency::Ars);
    let left = payment.amount_minor - payment.refunded_minor;
    Ok(details["code"].as_str().filter(|_| left > 0).map(|code| Refund {
        code: code.to_owned(),
        payment: id,
        amount: words::money(left, currency),
    }))
}

/// What the details say that a person wants to read.
fn said(details: &Value) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(question) = details["question"].as_str() {
        facts.push(format!("«{question}»"));
    }
    if let (Some(amount), Some(currency)) = (details["amount_cents"].as_i64(), details["currency"].as_str()) {
        let currency = Currency::from_code(currency).unwrap_or(Currency::Ars);
        facts.push(format!("Importe: {}", words::money(amount, currency)));
    }
    if let Some(summary) = details["summary"].as_str() {
        facts.push(summary.to_owned());
    }
    facts
}

fn is_about_a_channel(kind: MatterKind) -> bool {
    matches!(kind, MatterKind::CalendarConflict | MatterKind::CalendarStale | MatterKind::ChannelNotReading)
}

/// What happened, by kind.
pub fn title(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::WantsAPerson => "Quiere hablar con vos",
        MatterKind::UnansweredQuestion => "Pregunta algo que no sé",
        MatterKind::UnansweredMessage => "Quedó un mensaje sin contestar",
        MatterKind::TransferReceipt => "Mandó un comprobante",
        MatterKind::Withdrawal => "Pidió el arrepentimiento",
        MatterKind::PaidWithoutPlace => "Pagó tarde y las noches ya están ocupadas",
        MatterKind::PaidAfterCancel => "Pagó una reserva cancelada",
        MatterKind::PaidAndExpired => "Se venció una reserva que tiene algo pagado",
        MatterKind::PaidTwice => "Pagó dos veces",
        MatterKind::OtherAmount | MatterKind::PaymentMismatch => "Llegó un pago que no coincide",
        MatterKind::ChargedBack | MatterKind::Chargeback => "La tarjeta desconoció un pago",
        MatterKind::InMediation => "Hay un reclamo en Mercado Pago",
        MatterKind::RefundFailed => "No se pudo devolver la plata",
        MatterKind::UnknownPaymentState => "Mercado Pago informó algo nuevo de un pago",
        MatterKind::ConfirmationWaits => "Pagó la seña y espera tu confirmación",
        MatterKind::CalendarConflict => "Doble reserva",
        MatterKind::CalendarStale => "No puedo leer un calendario",
        MatterKind::ChannelNotReading => "Un canal dejó de leer tu calendario",
        MatterKind::CopyNoGood => "La última copia de seguridad no sirve",
        MatterKind::CopyFailed => "No puedo hacer la copia de seguridad",
        MatterKind::Undelivered => "No le llega WhatsApp",
        MatterKind::SameGuestTwice => "El mismo huésped está dos veces",
        MatterKind::WhatsappAccount => "WhatsApp avisa algo de tu cuenta",
        MatterKind::UnderReview => "Mercado Pago está revisando un pago",
        MatterKind::RefundByHand => "Hay plata para devolver a mano",
        MatterKind::RefundedElsewhere => "Se devolvió un pago desde Mercado Pago",
        MatterKind::MoneyTakenBack => "Un pago que había entrado se fue",
        MatterKind::WorkFailed => "Algo quedó sin terminar",
    }
}

/// What to do, by kind.
fn advice(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::WantsAPerson => "Contestale desde la conversación.",
        MatterKind::UnansweredQuestion => {
            "Contestale, y agregá la respuesta en Textos y respuestas para la próxima."
        }
        MatterKind::UnansweredMessage => "Leelo y contestale.",
        MatterKind::TransferReceipt => "Fijate en tu cuenta si llegó la plata y aprobalo.",
        MatterKind::Withdrawal => "Tenés 24 horas para contestarle.",
        MatterKind::PaidWithoutPlace => "Ofrecele otra fecha o devolvele la plata.",
        MatterKind::PaidAfterCancel => "Devolvele la plata.",
        MatterKind::PaidAndExpired => "Devolvele la plata o volvé a tomarle la reserva.",
        MatterKind::PaidTwice => "Devolvé lo que sobra, o dejalo a cuenta del saldo.",
        MatterKind::OtherAmount | MatterKind::PaymentMismatch => "Fijate de qué es y qué hacer.",
        MatterKind::ChargedBack | MatterKind::Chargeback => {
            "Presentá los papeles en Mercado Pago: la reserva, los mensajes y la confirmación."
        }
        MatterKind::InMediation => "Contestalo desde Mercado Pago.",
        MatterKind::RefundFailed => "Devolvela desde Mercado Pago.",
        MatterKind::UnknownPaymentState => "Miralo en Mercado Pago.",
        MatterKind::ConfirmationWaits => {
            "Hay un calendario que no puedo leer. Fijate en ese canal si las noches siguen libres y, en la reserva, confirmala o cancelala: al cancelar se devuelve todo."
        }
        MatterKind::CalendarConflict => {
            "Las noches se vendieron también en otro canal: hay que mover a uno de los dos."
        }
        MatterKind::CalendarStale => "Revisá el link: mientras tanto puede haber reservas que no veo.",
        MatterKind::ChannelNotReading => {
            "Lo que vendas acá puede venderse también ahí. Entrá a ese canal, fijate si el link de tu calendario sigue cargado y pedile que lo actualice."
        }
        MatterKind::CopyNoGood => {
            "Probé volver a ella y no pude. Hacé una nueva en Copias y estado; si vuelve a pasar, pedí ayuda con el equipo."
        }
        MatterKind::CopyFailed => "Fijate en Copias y estado si queda lugar en el disco.",
        MatterKind::Undelivered => "Probá llamarlo o escribirle por otro lado.",
        MatterKind::SameGuestTwice => "Fijate en Huéspedes cuál es el bueno.",
        MatterKind::WhatsappAccount => "Miralo en el administrador de WhatsApp.",
        MatterKind::UnderReview => "No hace falta hacer nada: cuando lo resuelva, sigo yo.",
        MatterKind::RefundByHand => {
            "Pagó por transferencia o en efectivo: devolvésela por el mismo medio y marcalo."
        }
        MatterKind::RefundedElsewhere => {
            "La reserva sigue en pie: fijate si va con menos pagado o si la cancelás."
        }
        MatterKind::MoneyTakenBack => "Miralo en Mercado Pago y, en la reserva, decidí si sigue en pie.",
        MatterKind::WorkFailed => "Fijate qué pasó; si ya está resuelto, marcalo.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_reads_alike_is_the_same_to_a_person() {
        let mut by_title: BTreeMap<&str, Vec<MatterKind>> = BTreeMap::new();
        for kind in MatterKind::ALL {
            by_title.entry(title(kind)).or_default().push(kind);
        }
        by_title.retain(|_, kinds| kinds.len() > 1);
        let alike: Vec<Vec<MatterKind>> = by_title.into_values().collect();
        assert_eq!(
            alike,
            [
                [MatterKind::ChargedBack, MatterKind::Chargeback],
                [MatterKind::OtherAmount, MatterKind::PaymentMismatch],
            ]
        );
    }
}
