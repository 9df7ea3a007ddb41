//! What happened to a reservation, one sentence a line.

use super::super::words;
use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::domain::reservation::Status;
use crate::store::audit::Entry;

pub(in super::super) struct Happened {
    pub(in super::super) at: String,
    pub(in super::super) who: String,
    pub(in super::super) what: String,
}

impl Happened {
    pub(in super::super) fn new(entry: &Entry, currency: Currency, moment: &Moment) -> Happened {
        Happened { at: words::when(entry.at, moment), who: who(&entry.actor), what: what(entry, currency) }
    }
}

/// Who did it, as the owner calls them.
pub(in super::super) fn who(actor: &str) -> String {
    match actor {
        "guest" => "El huésped".into(),
        "casero" => "Casero".into(),
        "mercadopago" => "Mercado Pago".into(),
        "owner" => "Vos, por WhatsApp".into(),
        "console" => "Alguien, en el equipo".into(),
        other if other.contains('@') => other.to_owned(),
        channel => words::channel(channel),
    }
}

fn what(entry: &Entry, currency: Currency) -> String {
    if let Some(status) = Status::from_code(&entry.event) {
        return match status {
            Status::PreReserved => "Cambió fechas o personas.".into(),
            Status::Confirmed => "Quedó confirmada.".into(),
            Status::CheckedIn => "Llegaron.".into(),
            Status::CheckedOut => "Se fueron.".into(),
            Status::Cancelled => "Se canceló.".into(),
            Status::Expired => "Venció sin seña: las noches quedaron libres.".into(),
            Status::NoShow => "No vinieron.".into(),
        };
    }
    let details: serde_json::Value = serde_json::from_str(&entry.details).unwrap_or_default();
    let amount = details["amount_cents"].as_i64();
    match (entry.event.as_str(), amount) {
        ("held", _) => "Se guardaron las noches y se pidió la seña.".into(),
        ("money", Some(minor)) if minor < 0 => format!("Se devolvieron {}.", words::money(-minor, currency)),
        ("money", Some(minor)) => format!("Entraron {}.", words::money(minor, currency)),
        ("money", None) => "Se anotó un pago.".into(),
        ("deposit_in", _) => {
            "La seña está: el lugar queda guardado mientras miramos los otros calendarios.".into()
        }
        ("gave_way", _) => "Dejó el lugar a una reserva de otro canal.".into(),
        ("under_review", _) => "Mercado Pago está revisando el pago: se guarda el lugar.".into(),
        ("told_before_arrival", _) => "Contó quiénes vienen y cuándo llegan.".into(),
        ("withdrawal_asked", _) => "Pidió el arrepentimiento.".into(),
        ("refund_wanted", _) => "Se pidió una devolución.".into(),
        _ => "Se anotó un cambio.".into(),
    }
}
