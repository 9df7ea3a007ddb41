//! Reasons of refusals, for the owner.

use super::invalid;
use super::words::{count, status};
use crate::app::Error;
use crate::app::access::AccessError;
use crate::app::manage::ManageError;
use crate::domain::party::{CHILD_AGE_MAX, CHILDREN_MAX, PETS_MAX, PartyRefused};
use crate::domain::phone::PhoneRefused;
use crate::domain::refusal::Refusal;
use jiff::civil::Date;

/// Reason why a party is invalid, for the owner.
pub fn party_refused(why: PartyRefused) -> String {
    match why {
        PartyRefused::AdultsMissing => "Falta cuántas personas vienen.".into(),
        PartyRefused::Disagree => "Los menores se cuentan también en «Personas».".into(),
        PartyRefused::TooManyChildren => format!("Son demasiados menores: hasta {CHILDREN_MAX}."),
        PartyRefused::NoChild => format!("Las edades van de 0 a {CHILD_AGE_MAX}, separadas por comas: 3, 9."),
        PartyRefused::TooManyPets => format!("Son demasiadas mascotas: hasta {PETS_MAX}."),
    }
}

/// Reason why a number can't be read, for the owner.
pub fn phone(why: PhoneRefused) -> &'static str {
    match why {
        PhoneRefused::NotANumber => {
            "No encontramos un teléfono así. Fijate si sobra o falta algún número: 351 555 0101, o +54 9 351 555 0101."
        }
        PhoneRefused::AreaCodeMissing => "Falta el código de área: 351 555 0101, no 555 0101.",
        PhoneRefused::CountryCodeMissing => "Falta el código de país, con el + adelante: +54 9 351 555 0101.",
    }
}

/// Reason of a refusal, for the owner.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BadDates => "La salida tiene que ser después de la llegada.".into(),
        Refusal::PastDate => "La llegada ya pasó.".into(),
        Refusal::OverCapacity { capacity } => {
            format!("En esa cabaña entran {}.", count(u64::from(*capacity), "persona", "personas"))
        }
        Refusal::NoGuests => "Falta cuántas personas vienen.".into(),
        Refusal::TooManyPets { max: 0 } => "Esa cabaña no recibe mascotas.".into(),
        Refusal::TooManyPets { max } => {
            format!("Esa cabaña recibe hasta {}.", count(u64::from(*max), "mascota", "mascotas"))
        }
        Refusal::MinNights { min } => {
            format!("Para esas fechas el mínimo es de {}.", count(u64::from(*min), "noche", "noches"))
        }
        Refusal::TooLong { max } => format!("El máximo es de {max} noches."),
        Refusal::ArrivalDay { .. } => "En esa temporada no se puede llegar ese día de la semana.".into(),
        Refusal::DepartureDay { .. } => "En esa temporada no se puede salir ese día de la semana.".into(),
        Refusal::LeadTime { earliest } => {
            format!("Es demasiado pronto: la primera llegada posible es el {}.", short(*earliest))
        }
        Refusal::TooFarAhead { latest } => format!("Por ahora se reserva hasta el {}.", short(*latest)),
        Refusal::NightsTaken => "Alguna de esas noches ya está ocupada.".into(),
        Refusal::Paused { until: Some(until) } => {
            format!("No se toman reservas hasta el {}.", short(*until))
        }
        Refusal::Paused { until: None } => "Por ahora no se toman reservas.".into(),
        Refusal::CabinUnavailable => "Esa cabaña no está en oferta.".into(),
        Refusal::PromoCodeUnknown => "Ese código de descuento no existe.".into(),
        Refusal::PromoCodeUsedUp => "Ese código de descuento ya se usó todas las veces que se podía.".into(),
        Refusal::PromoCodeConditions => "Ese código de descuento no vale para esa estadía.".into(),
        Refusal::PriceOverflow => "El precio es demasiado grande.".into(),
        Refusal::NotNow { status: now } => {
            format!("No se puede: la reserva está en «{}».", status(*now))
        }
        Refusal::HoldExpired => "El tiempo para la seña ya terminó.".into(),
        Refusal::TooManyHolds { max } => {
            format!("Ese huésped ya tiene {} sin pagar.", count(u64::from(*max), "reserva", "reservas"))
        }
        Refusal::TooManyWebHolds => "Ya hay demasiadas reservas del formulario esperando la seña.".into(),
        Refusal::NothingToRefund => "No hay tanta plata para devolver.".into(),
    }
}

fn short(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// Reason of a use-case's refusal; `None` for a failure, which is for the log.
pub fn error(error: &Error) -> Option<String> {
    match error {
        Error::Refused(why) => Some(refusal(why)),
        Error::Stale => Some("Cambió mientras lo mirabas. Fijate cómo quedó y probá otra vez.".into()),
        Error::ReconcileFirst(_) => Some("Estamos consultando un pago. Probá otra vez en un momento.".into()),
        Error::Port(_) => Some("El otro servicio no contestó. Probá otra vez en un rato.".into()),
        Error::NotFound | Error::Store(_) => None,
    }
}

/// Reason of a refused change; `None` for a failure, which is for the log.
pub fn manage_error(refused: &ManageError) -> Option<String> {
    Some(match refused {
        ManageError::Invalid { field, problem } => invalid::named(*field, problem),
        ManageError::Settings(_) => "Hay un ajuste que no es válido.".into(),
        ManageError::NotFound(_) => "Ya no existe.".into(),
        ManageError::CabinInUse => {
            "Hay huéspedes por venir. Cambiá o cancelá esas reservas, o sacala de la oferta.".into()
        }
        ManageError::NightsTaken(day) => format!("La noche del {} está ocupada.", short(*day)),
        ManageError::Stale => "Cambió mientras lo mirabas. Fijate cómo quedó y probá otra vez.".into(),
        ManageError::WindowClosed => {
            "El huésped escribió hace más de 24 horas: WhatsApp ya no deja mandarle un mensaje libre.".into()
        }
        ManageError::OptedOut => "Pidió que no le escribamos más.".into(),
        ManageError::RequestClosed(_) => "Ese pedido ya está contestado, o ya no corre.".into(),
        ManageError::ReceiptClosed => "Ese pago ya está resuelto.".into(),
        ManageError::AmountMissing => "Falta el importe.".into(),
        ManageError::App(inner) => return error(inner),
        ManageError::Store(_) => return None,
    })
}

/// Reason of a refused change of an account; `None` for a failure, which is for the log.
pub fn access_error(error: &AccessError) -> Option<&'static str> {
    Some(match error {
        AccessError::Exists => "Ya hay una cuenta con ese correo.",
        AccessError::NoSuchUser => "Esa cuenta ya no existe.",
        AccessError::BadEmail => "Fijate el correo: no parece completo.",
        AccessError::BadPassword => "La contraseña tiene que tener 8 letras o más, y no más que una frase.",
        AccessError::LastOwner => "Tiene que quedar un dueño o una dueña. Agregá primero otra cuenta así.",
        AccessError::Oneself => "No podés borrar tu propia cuenta. Pedíselo a otro dueño o dueña.",
        AccessError::WrongCode => {
            "Ese código no sirve. Poné el que tu aplicación muestra ahora; cada uno sirve una vez."
        }
        AccessError::TwoFactorOn => "Ya está activado.",
        AccessError::Hash | AccessError::Store(_) => return None,
    })
}
