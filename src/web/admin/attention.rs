//! What only a person can decide, in words, with what can be done about it.

use super::words;
use crate::domain::attention::AttentionKind;
use crate::domain::ids::{FeedId, PaymentId};
use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::store::attention::Attention;
use crate::store::{Read, StoreError, cabins, feeds, guests, reservations};
use crate::store::{conversations, payments};
use serde_json::Value;

/// An attention item as it is shown.
#[derive(Debug)]
pub struct AttentionItem {
    pub id: i64,
    /// What happened, in a few words.
    pub title: &'static str,
    pub detail: String,
    pub advice: &'static str,
    pub since: String,
    /// What it is about, to be opened.
    pub links: Vec<Link>,
    /// Money that can be given back with one button.
    pub refund: Option<Refund>,
    /// A receipt that can be approved.
    pub receipt: Option<Receipt>,
}

#[derive(Debug)]
pub struct Link {
    pub path: String,
    pub words: &'static str,
}

/// A payment that can be given back.
#[derive(Debug)]
pub struct Refund {
    pub code: String,
    pub payment: i64,
    pub amount: String,
}

/// A transfer that a guest says to have made.
#[derive(Debug)]
pub struct Receipt {
    pub code: String,
    pub media: i64,
    /// What is expected, in minor units.
    pub due_cents: i64,
    pub due: String,
}

impl AttentionItem {
    /// An attention item with everything its row of the list needs.
    pub fn load(tx: &impl Read, attention: &Attention, moment: &Moment) -> Result<AttentionItem, StoreError> {
        let details: Value = serde_json::from_str(&attention.details).unwrap_or_default();
        let reservation =
            attention.reservation_id.map(|id| reservations::find(tx, id)).transpose()?.flatten();
        let guest = match (&reservation, attention.conversation_id) {
            (Some(reservation), _) => guests::find(tx, reservation.guest_id)?,
            (None, Some(conversation)) => match conversations::find(tx, conversation)? {
                Some(conversation) => guests::find(tx, conversation.guest_id)?,
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
        if let Some(conversation) = attention.conversation_id {
            links.push(Link { path: format!("/admin/inbox/{conversation}"), words: "Ver la conversación" });
        }
        if is_about_a_channel(attention.kind) {
            let feed = attention.subject.split(':').next().and_then(|id| id.parse().ok()).map(FeedId);
            if let Some(feed) = feed.map(|id| feeds::find(tx, id)).transpose()?.flatten() {
                let cabin = cabins::name(tx, feed.cabin_id)?.unwrap_or_default();
                facts.push(format!("{} · {cabin}", words::channel(&feed.channel)));
            }
            links.push(Link { path: "/admin/calendars".into(), words: "Ver los calendarios" });
        }
        facts.extend(said(&details));
        let refund = refund(tx, &details)?;
        let receipt = match (&reservation, attention.kind) {
            (Some(reservation), AttentionKind::TransferReceipt) => {
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
        Ok(AttentionItem {
            id: attention.id.0,
            title: title(attention.kind),
            detail: facts.join("\n"),
            advice: advice(attention.kind),
            since: words::ago(attention.created_at, moment),
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

fn is_about_a_channel(kind: AttentionKind) -> bool {
    matches!(
        kind,
        AttentionKind::CalendarConflict | AttentionKind::CalendarStale | AttentionKind::ChannelNotReading
    )
}

pub fn title(kind: AttentionKind) -> &'static str {
    match kind {
        AttentionKind::WantsAPerson => "Quiere hablar con vos",
        AttentionKind::UnansweredQuestion => "Pregunta algo que no sé",
        AttentionKind::UnansweredMessage => "Quedó un mensaje sin contestar",
        AttentionKind::TransferReceipt => "Mandó un comprobante",
        AttentionKind::Withdrawal => "Pidió el arrepentimiento",
        AttentionKind::PaidWithoutPlace => "Pagó tarde y las noches ya están ocupadas",
        AttentionKind::PaidAfterCancel => "Pagó una reserva cancelada",
        AttentionKind::PaidAndExpired => "Se venció una reserva que tiene algo pagado",
        AttentionKind::PaidTwice => "Pagó dos veces",
        AttentionKind::OtherAmount | AttentionKind::PaymentMismatch => "Llegó un pago que no coincide",
        AttentionKind::ChargedBack | AttentionKind::Chargeback => "La tarjeta desconoció un pago",
        AttentionKind::InMediation => "Hay un reclamo en Mercado Pago",
        AttentionKind::RefundFailed => "No se pudo devolver la plata",
        AttentionKind::UnknownPaymentState => "Mercado Pago informó algo nuevo de un pago",
        AttentionKind::ConfirmationWaits => "Pagó la seña y espera tu confirmación",
        AttentionKind::CalendarConflict => "Doble reserva",
        AttentionKind::CalendarStale => "No puedo leer un calendario",
        AttentionKind::ChannelNotReading => "Un canal dejó de leer tu calendario",
        AttentionKind::BackupUnusable => "La última copia de seguridad no sirve",
        AttentionKind::BackupFailed => "No puedo hacer la copia de seguridad",
        AttentionKind::Undelivered => "No le llega WhatsApp",
        AttentionKind::SameGuestTwice => "El mismo huésped está dos veces",
        AttentionKind::WhatsappAccount => "WhatsApp avisa algo de tu cuenta",
        AttentionKind::UnderReview => "Mercado Pago está revisando un pago",
        AttentionKind::RefundByHand => "Hay plata para devolver a mano",
        AttentionKind::RefundedElsewhere => "Se devolvió un pago desde Mercado Pago",
        AttentionKind::MoneyTakenBack => "Un pago que había entrado se fue",
        AttentionKind::WorkFailed => "Algo quedó sin terminar",
    }
}

fn advice(kind: AttentionKind) -> &'static str {
    match kind {
        AttentionKind::WantsAPerson => "Contestale desde la conversación.",
        AttentionKind::UnansweredQuestion => "Contestale, y agregá la respuesta en Ajustes para la próxima.",
        AttentionKind::UnansweredMessage => "Leelo y contestale.",
        AttentionKind::TransferReceipt => "Fijate en tu cuenta si llegó la plata y aprobalo.",
        AttentionKind::Withdrawal => "Tenés 24 horas para contestarle.",
        AttentionKind::PaidWithoutPlace => "Ofrecele otra fecha o devolvele la plata.",
        AttentionKind::PaidAfterCancel => "Devolvele la plata.",
        AttentionKind::PaidAndExpired => "Devolvele la plata o volvé a tomarle la reserva.",
        AttentionKind::PaidTwice => "Devolvé lo que sobra, o dejalo a cuenta del saldo.",
        AttentionKind::OtherAmount | AttentionKind::PaymentMismatch => "Fijate de qué es y qué hacer.",
        AttentionKind::ChargedBack | AttentionKind::Chargeback => {
            "Presentá los papeles en Mercado Pago: la reserva, los mensajes y la confirmación."
        }
        AttentionKind::InMediation => "Contestalo desde Mercado Pago.",
        AttentionKind::RefundFailed => "Devolvela desde Mercado Pago.",
        AttentionKind::UnknownPaymentState => "Miralo en Mercado Pago.",
        AttentionKind::ConfirmationWaits => {
            "Hay un calendario que no puedo leer. Fijate en ese canal si las noches siguen libres y, en la reserva, confirmala o cancelala: al cancelar se devuelve todo."
        }
        AttentionKind::CalendarConflict => {
            "Las noches se vendieron también en otro canal: hay que mover a uno de los dos."
        }
        AttentionKind::CalendarStale => "Revisá el link: mientras tanto puede haber reservas que no veo.",
        AttentionKind::ChannelNotReading => {
            "Lo que vendas acá puede venderse también ahí. Entrá a ese canal, fijate si el link de tu calendario sigue cargado y pedile que lo actualice."
        }
        AttentionKind::BackupUnusable => {
            "Probé volver a ella y no pude. Hacé una nueva en Copias y estado; si vuelve a pasar, pedí ayuda con el equipo."
        }
        AttentionKind::BackupFailed => "Fijate en Copias y estado si queda lugar en el disco.",
        AttentionKind::Undelivered => "Probá llamarlo o escribirle por otro lado.",
        AttentionKind::SameGuestTwice => "Fijate en Huéspedes cuál es el bueno.",
        AttentionKind::WhatsappAccount => "Miralo en el administrador de WhatsApp.",
        AttentionKind::UnderReview => "No hace falta hacer nada: cuando lo resuelva, sigo yo.",
        AttentionKind::RefundByHand => {
            "Pagó por transferencia o en efectivo: devolvésela por el mismo medio y marcalo."
        }
        AttentionKind::RefundedElsewhere => {
            "La reserva sigue en pie: fijate si va con menos pagado o si la cancelás."
        }
        AttentionKind::MoneyTakenBack => "Miralo en Mercado Pago y, en la reserva, decidí si sigue en pie.",
        AttentionKind::WorkFailed => "Fijate qué pasó; si ya está resuelto, marcalo.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_reads_alike_is_the_same_to_a_person() {
        let mut by_title: BTreeMap<&str, Vec<AttentionKind>> = BTreeMap::new();
        for kind in AttentionKind::ALL {
            by_title.entry(title(kind)).or_default().push(kind);
        }
        by_title.retain(|_, kinds| kinds.len() > 1);
        let alike: Vec<Vec<AttentionKind>> = by_title.into_values().collect();
        assert_eq!(
            alike,
            [
                [AttentionKind::ChargedBack, AttentionKind::Chargeback],
                [AttentionKind::OtherAmount, AttentionKind::PaymentMismatch],
            ]
        );
    }
}
