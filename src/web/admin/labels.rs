//! Labels of stored codes, for the owner's pages; nowhere else are codes put into words. Each set is closed,
//! so a new code does not compile without a label; a code that this version does not know is shown as it is
//! stored.

use super::words::money;
use crate::dialogue::i18n::Locale;
use crate::dialogue::replies;
use crate::domain::attention::AttentionKind;
use crate::domain::audit::{Actor, AuditEvent};
use crate::domain::capitalised::capitalised;
use crate::domain::code::Coded;
use crate::domain::delivery_failure::DeliveryCause;
use crate::domain::job::JobKind;
use crate::domain::language::Language;
use crate::domain::message::{Author, InboundKind, OutboundState, Unheard};
use crate::domain::money::Currency;
use crate::domain::payment::{PaymentMethod, PaymentStatus};
use crate::domain::provider::Provider;
use crate::store::audit::Entry;

/// A value's label; a code of another version is shown as it is.
pub fn of<T: Copy, W: Into<String>>(coded: &Coded<T>, words: impl FnOnce(T) -> W) -> String {
    match coded {
        Coded::Known(value) => words(*value).into(),
        Coded::Other(code) => unknown(code),
    }
}

/// Label of a code that this version does not know.
pub fn unknown(code: &str) -> String {
    format!("Algo que esta versión no conoce ({code})")
}

/// A language as the owner calls it: "Portugués".
pub fn language(language: &Coded<Language>) -> String {
    let Some(language) = language.known() else { return unknown(language.code()) };
    capitalised(&Locale::of(language).language_in_spanish())
}

/// Label of a guest's message; `None` for plain text.
pub fn inbound(kind: InboundKind) -> Option<&'static str> {
    Some(match kind {
        InboundKind::Text | InboundKind::Tap => return None,
        InboundKind::Audio => "Audio",
        InboundKind::Image => "Foto",
        InboundKind::Document => "Documento",
        InboundKind::Video => "Video",
        InboundKind::Location => "Ubicación",
        InboundKind::Sticker => "Sticker",
        InboundKind::Contacts => "Contacto",
        InboundKind::Reaction => "Reacción",
        InboundKind::Edit => "Mensaje corregido",
        InboundKind::Revoke => "Mensaje borrado",
        InboundKind::Call => "Llamada por WhatsApp (no se puede atender)",
        InboundKind::Unsupported => "Mensaje que no se puede mostrar",
    })
}

/// Author of a message.
pub fn author(author: Author) -> &'static str {
    match author {
        Author::Guest => "Huésped",
        Author::Bot => "Casero",
        Author::Person => "Vos",
    }
}

/// Reason for a missing transcript.
pub fn unheard(why: Unheard) -> &'static str {
    match why {
        Unheard::Unclear => "Audio que no se entiende",
        Unheard::TooLong => "Audio demasiado largo: no lo escuché",
        Unheard::Off => "Audio: no puedo escuchar audios",
    }
}

/// Delivery state of a message of ours, as a mark and in words.
pub fn outbound(state: OutboundState) -> (&'static str, &'static str) {
    match state {
        OutboundState::Queued | OutboundState::Sending => ("…", "Por salir"),
        OutboundState::Sent => ("✓", "Enviado"),
        OutboundState::Delivered => ("✓✓", "Entregado"),
        OutboundState::Read => ("✓✓", "Leído"),
        OutboundState::Failed => ("!", "No llegó"),
        OutboundState::Uncertain => ("?", "No sé si llegó"),
    }
}

/// Reason why a message was not delivered, by the code under which it was given up.
pub fn undelivered(code: &str) -> String {
    match code {
        "wa_132001" | "template_waits" => ": falta una plantilla aprobada".to_owned(),
        "wa_132015" | "wa_132016" => ": Meta frenó la plantilla".to_owned(),
        "off" => ": WhatsApp no está conectado".to_owned(),
        code => format!(": {}", replies::delivery_cause(DeliveryCause::of(code))),
    }
}

pub fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Guest => "El huésped".into(),
        Actor::System => "Casero".into(),
        Actor::Provider => "Mercado Pago".into(),
        Actor::Owner => "Vos, por WhatsApp".into(),
        Actor::Console => "Alguien, en el equipo".into(),
        Actor::User(email) => email.clone(),
        Actor::Channel(channel) => channel.label(),
    }
}

/// A line of the audit trail as a sentence; `currency` is the property's.
pub fn happened(entry: &Entry, currency: Currency) -> String {
    if entry.event == AuditEvent::Money
        && let Some(minor) = entry.amount_minor()
    {
        let (verb, amount) = if minor < 0 { ("Se devolvieron", -minor) } else { ("Entraron", minor) };
        return format!("{verb} {}.", money(amount, currency));
    }
    match &entry.event {
        Coded::Known(event) => audit_event(*event).to_owned(),
        Coded::Other(code) => format!("{}.", unknown(code)),
    }
}

fn audit_event(event: AuditEvent) -> &'static str {
    match event {
        AuditEvent::AccountAdded => "Agregó una cuenta.",
        AuditEvent::AccountPassword => "Cambió la contraseña de una cuenta.",
        AuditEvent::AccountRole => "Cambió lo que puede hacer una cuenta.",
        AuditEvent::AccountRemoved => "Borró una cuenta.",
        AuditEvent::CodesOn => "Puso la segunda llave en su cuenta.",
        AuditEvent::CodesOff => "Sacó la segunda llave de una cuenta.",
        AuditEvent::RescueUsed => "Entró con un código de papel.",
        AuditEvent::CabinAdded => "Agregó una cabaña.",
        AuditEvent::CabinChanged => "Cambió una cabaña.",
        AuditEvent::CabinRemoved => "Borró una cabaña.",
        AuditEvent::PhotoAdded => "Agregó una foto.",
        AuditEvent::PhotoMoved => "Cambió el orden de las fotos.",
        AuditEvent::PhotoRemoved => "Borró una foto.",
        AuditEvent::PriceRuleAdded => "Agregó un adicional o descuento.",
        AuditEvent::PriceRuleChanged => "Cambió un adicional o descuento.",
        AuditEvent::PriceRuleRemoved => "Sacó un adicional o descuento.",
        AuditEvent::RatesChanged => "Cambió muchos precios juntos.",
        AuditEvent::RatesRestored => "Volvió atrás un cambio de precios.",
        AuditEvent::SeasonAdded => "Agregó una temporada.",
        AuditEvent::SeasonChanged => "Cambió una temporada.",
        AuditEvent::SeasonRemoved => "Borró una temporada.",
        AuditEvent::NightsClosed => "Cerró noches.",
        AuditEvent::NightsOpened => "Abrió noches.",
        AuditEvent::FeedAdded => "Agregó el calendario de un canal.",
        AuditEvent::FeedRemoved => "Sacó el calendario de un canal.",
        AuditEvent::FeedChanged => "Cambió un calendario.",
        AuditEvent::FeedLinkRenewed => "Anuló el link de un calendario y sacó uno nuevo.",
        AuditEvent::CopyMade => "Hizo una copia de seguridad.",
        AuditEvent::CopyRestored => "Volvió a una copia de seguridad.",
        AuditEvent::MatterSettled => "Dio por resuelto un asunto.",
        AuditEvent::SettingsChanged => "Cambió los ajustes.",
        AuditEvent::ThreadTakenOver => "Tomó una conversación.",
        AuditEvent::ThreadHandedBack => "Dejó una conversación en manos de Casero.",
        AuditEvent::ThreadAnswered => "Contestó a un huésped.",
        AuditEvent::CannedAdded => "Agregó un texto guardado.",
        AuditEvent::CannedChanged => "Cambió un texto guardado.",
        AuditEvent::CannedRemoved => "Borró un texto guardado.",
        AuditEvent::GuestChanged => "Cambió los datos de un huésped.",
        AuditEvent::GuestExported => "Se llevó los datos de un huésped.",
        AuditEvent::GuestErased => "Borró los datos de un huésped.",
        AuditEvent::Held => "Se guardaron las noches y se pidió la seña.",
        AuditEvent::Money => "Se anotó un pago.",
        AuditEvent::PriceAgreed => "Se acordó otro precio.",
        AuditEvent::Discounted => "Se hizo un descuento.",
        AuditEvent::HoldKept => "Cambió hasta cuándo se guardan las noches.",
        AuditEvent::RequestDecided => "Se contestó un pedido.",
        AuditEvent::DepositIn => {
            "La seña está: el lugar queda guardado mientras miramos los otros calendarios."
        }
        AuditEvent::GaveWay => "Dejó el lugar a una reserva de otro canal.",
        AuditEvent::UnderReview => "Mercado Pago está revisando el pago: se guarda el lugar.",
        AuditEvent::ToldBeforeArrival => "Contó quiénes vienen y cuándo llegan.",
        AuditEvent::WithdrawalAsked => "Pidió el arrepentimiento.",
        AuditEvent::RefundWanted => "Se pidió una devolución.",
        AuditEvent::PreReserved => "Cambió fechas o personas.",
        AuditEvent::Confirmed => "Quedó confirmada.",
        AuditEvent::CheckedIn => "Llegaron.",
        AuditEvent::CheckedOut => "Se fueron.",
        AuditEvent::Cancelled => "Se canceló.",
        AuditEvent::Expired => "Venció sin seña: las noches quedaron libres.",
        AuditEvent::NoShow => "No vinieron.",
    }
}

/// Label of a job.
pub fn job(kind: JobKind) -> &'static str {
    match kind {
        JobKind::ConfirmPaid => "Confirmar una reserva con la seña paga",
        JobKind::OpenCheckout => "Preparar un link de pago",
        JobKind::CloseCheckout => "Anular un link de pago",
        JobKind::SendLink => "Mandar el link de pago",
        JobKind::ReadPaymentHint => "Mirar un pago que alguien nombró",
        JobKind::ReconcilePayment => "Consultar un pago en Mercado Pago",
        JobKind::SendRefund => "Mandar una devolución",
        JobKind::TellWaiting => "Avisar que se liberaron noches",
        JobKind::FetchMedia => "Guardar una foto o un documento",
        JobKind::RemoveMedia => "Borrar una foto o un documento",
        JobKind::SendMail => "Mandar un correo",
        JobKind::SendPush => "Avisar en un teléfono",
    }
}

pub fn payment_method(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Mercadopago => "Mercado Pago",
        PaymentMethod::Transfer => "Transferencia",
        PaymentMethod::Cash => "Efectivo",
    }
}

pub fn payment_status(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Approved => "acreditado",
        PaymentStatus::Pending => "pendiente",
        PaymentStatus::Authorized => "reservado en la tarjeta",
        PaymentStatus::InProcess => "en revisión",
        PaymentStatus::Rejected => "rechazado",
        PaymentStatus::Cancelled => "cancelado",
        PaymentStatus::Refunded => "devuelto",
        PaymentStatus::ChargedBack => "desconocido por la tarjeta",
        PaymentStatus::InMediation => "en reclamo",
        PaymentStatus::Unknown => "en otro estado",
    }
}

pub fn provider(provider: Provider) -> &'static str {
    match provider {
        Provider::Whatsapp => "WhatsApp",
        Provider::Mercadopago => "Mercado Pago",
    }
}

/// Short label of an attention item.
pub fn attention(kind: AttentionKind) -> &'static str {
    match kind {
        AttentionKind::WantsAPerson => "Quiere hablar con vos",
        AttentionKind::GuestNeeds => "Necesita que le contestes",
        AttentionKind::GuestRequest => "Pide algo que decidís vos",
        AttentionKind::UnansweredQuestion => "Pregunta algo que no sé",
        AttentionKind::UnansweredMessage => "Quedó un mensaje sin contestar",
        AttentionKind::TransferReceipt => "Mandó un comprobante",
        AttentionKind::Withdrawal => "Pidió el arrepentimiento",
        AttentionKind::PaidWithoutPlace => "Pagó tarde y las noches ya están ocupadas",
        AttentionKind::PaidAfterCancel => "Pagó una reserva cancelada",
        AttentionKind::PaidAndExpired => "Se venció una reserva que tiene algo pagado",
        AttentionKind::PaidTwice => "Pagó dos veces",
        AttentionKind::OtherAmount | AttentionKind::PaymentMismatch => "Llegó un pago que no coincide",
        AttentionKind::PaidUnknownBooking => "Pagó una reserva que no tengo",
        AttentionKind::ChargedBack | AttentionKind::Chargeback => "La tarjeta desconoció un pago",
        AttentionKind::InMediation => "Hay un reclamo en Mercado Pago",
        AttentionKind::PaymentClaim => "Mercado Pago avisa de un reclamo o de un posible fraude",
        AttentionKind::RefundFailed => "No se pudo devolver la plata",
        AttentionKind::UnknownPaymentState => "Mercado Pago informó algo nuevo de un pago",
        AttentionKind::ConfirmationWaits => "Pagó la seña y espera tu confirmación",
        AttentionKind::CalendarConflict => "Doble reserva",
        AttentionKind::CalendarStale => "No puedo leer un calendario",
        AttentionKind::ChannelNotReading => "Un canal dejó de leer tu calendario",
        AttentionKind::CalendarCheck => "Hay algo para mirar en un calendario",
        AttentionKind::BackupUnusable => "La última copia de seguridad no sirve",
        AttentionKind::BackupFailed => "No puedo hacer la copia de seguridad",
        AttentionKind::Undelivered => "Hay mensajes que no llegan",
        AttentionKind::SameGuestTwice => "El mismo huésped está dos veces",
        AttentionKind::WhatsappAccount => "WhatsApp avisa algo de tu cuenta",
        AttentionKind::ProviderOutage => "Un servicio que necesito no anda",
        AttentionKind::SignaturesRefused => "Llegan avisos con una firma que no vale",
        AttentionKind::UnderReview => "Mercado Pago está revisando un pago",
        AttentionKind::RefundByHand => "Hay plata para devolver a mano",
        AttentionKind::RefundedElsewhere => "Se devolvió un pago desde Mercado Pago",
        AttentionKind::MoneyTakenBack => "Un pago que había entrado se fue",
        AttentionKind::WorkFailed => "Algo quedó sin terminar",
        AttentionKind::UnknownWork => "Quedó trabajo que esta versión no sabe hacer",
    }
}

pub fn advice(kind: AttentionKind) -> &'static str {
    match kind {
        AttentionKind::WantsAPerson | AttentionKind::GuestNeeds => "Contestale desde la conversación.",
        AttentionKind::GuestRequest => "Decile que sí, que no, o contestale con tus palabras.",
        AttentionKind::UnansweredQuestion => {
            "Contestale, y agregá la respuesta en Textos y respuestas para la próxima."
        }
        AttentionKind::UnansweredMessage => "Leelo y contestale.",
        AttentionKind::TransferReceipt => "Fijate en tu cuenta si llegó la plata y aprobalo.",
        AttentionKind::Withdrawal => "Tenés 24 horas para contestarle.",
        AttentionKind::PaidWithoutPlace => "Ofrecele otra fecha o devolvele la plata.",
        AttentionKind::PaidAfterCancel => "Devolvele la plata.",
        AttentionKind::PaidAndExpired => "Devolvele la plata o volvé a tomarle la reserva.",
        AttentionKind::PaidTwice => "Devolvé lo que sobra, o dejalo a cuenta del saldo.",
        AttentionKind::OtherAmount | AttentionKind::PaymentMismatch => "Fijate de qué es y qué hacer.",
        AttentionKind::PaidUnknownBooking => {
            "Es de después de la copia que se restauró. Pasala a reserva o devolvele la plata."
        }
        AttentionKind::ChargedBack | AttentionKind::Chargeback => {
            "Presentá los papeles en Mercado Pago: la reserva, los mensajes y la confirmación."
        }
        AttentionKind::InMediation | AttentionKind::PaymentClaim => {
            "Miralo y contestalo desde Mercado Pago antes de entregar la cabaña."
        }
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
        AttentionKind::CalendarCheck => "Fijate en ese canal; cuando lo hayas resuelto, marcalo.",
        AttentionKind::BackupUnusable => {
            "Probé volver a ella y no pude. Hacé una nueva en Copias y estado; si vuelve a pasar, pedí ayuda con el equipo."
        }
        AttentionKind::BackupFailed => "Fijate en Copias y estado si queda lugar en el disco.",
        AttentionKind::Undelivered => "Cuando lo hayas resuelto, marcalo.",
        AttentionKind::SameGuestTwice => "Fijate en Huéspedes cuál es el bueno.",
        AttentionKind::WhatsappAccount => "Miralo en el administrador de WhatsApp.",
        AttentionKind::ProviderOutage => "Lo que espera sale solo apenas vuelva a andar.",
        AttentionKind::SignaturesRefused => {
            "Los pagos y los mensajes pueden enterarse tarde. La clave secreta cargada en Casero no es la de ese servicio, o algo en el camino cambia los avisos."
        }
        AttentionKind::UnderReview => "No hace falta hacer nada: cuando lo resuelva, sigo yo.",
        AttentionKind::RefundByHand => {
            "Pagó por transferencia o en efectivo: devolvésela por el mismo medio y marcalo."
        }
        AttentionKind::RefundedElsewhere => {
            "La reserva sigue en pie: fijate si va con menos pagado o si la cancelás."
        }
        AttentionKind::MoneyTakenBack => "Miralo en Mercado Pago y, en la reserva, decidí si sigue en pie.",
        AttentionKind::WorkFailed => "Fijate qué pasó; si ya está resuelto, marcalo.",
        AttentionKind::UnknownWork => {
            "Lo dejó otra versión de Casero y sigue guardado: actualizá Casero y se hace solo."
        }
    }
}

/// Advice for an attention item that this version does not know.
pub const ADVICE_UNKNOWN: &str =
    "Lo anotó otra versión de Casero. Actualizalo para ver qué es; acá están los datos.";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use strum::VariantArray;

    /// Values with equal labels.
    fn alike<T: VariantArray + Copy>(label: impl Fn(T) -> &'static str) -> Vec<Vec<T>> {
        let mut by_label: BTreeMap<&str, Vec<T>> = BTreeMap::new();
        for value in T::VARIANTS {
            assert!(!label(*value).is_empty());
            by_label.entry(label(*value)).or_default().push(*value);
        }
        by_label.into_values().filter(|values| values.len() > 1).collect()
    }

    #[test]
    fn each_value_has_a_label_of_its_own() {
        assert!(alike(audit_event).is_empty());
        assert!(alike(job).is_empty());
        assert!(alike(payment_method).is_empty());
        assert!(alike(payment_status).is_empty());
        let same_to_a_person = [
            [AttentionKind::ChargedBack, AttentionKind::Chargeback],
            [AttentionKind::OtherAmount, AttentionKind::PaymentMismatch],
        ];
        assert_eq!(alike(attention), same_to_a_person);
        assert!(AttentionKind::VARIANTS.iter().all(|kind| !advice(*kind).is_empty()));
    }

    #[test]
    fn a_code_of_another_version_is_shown() {
        assert_eq!(
            of(&Coded::read("pool_closed"), attention),
            "Algo que esta versión no conoce (pool_closed)"
        );
        assert_eq!(of(&Coded::read("cash"), payment_method), "Efectivo");
    }
}
