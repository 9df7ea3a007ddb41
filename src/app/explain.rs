//! Explains how a message was understood, for an owner who wonders about an answer: intent, dates, people and
//! topic in plain words.
//!
//! The message is read again, on its own, as of the day it was sent. The conversation's state at the time is
//! not known any more, so a bare "4" says less here than it did then.

use super::AppContext;
use crate::dialogue::i18n::{Locale, OWNER_LOCALE};
use crate::domain::policy::Moment;
use crate::understanding::{
    self, Context, DateReading, Dates, Guests, HolidayCalendar, Intent, Reading, Source, Topic,
};
use jiff::Timestamp;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Label: "Quiere", "Fechas".
    pub name: &'static str,
    pub value: String,
}

/// Reads a guest's message as of the day it was sent.
pub fn message(
    context: &AppContext,
    calendar: &HolidayCalendar,
    text: &str,
    is_voice: bool,
    sent_at: Timestamp,
) -> Vec<Fact> {
    let moment = Moment { now: sent_at, zone: context.zone.clone() };
    let source = if is_voice { Source::Voice } else { Source::Text };
    let context = Context { today: moment.today(), language_hint: None, source, calendar, expecting: None };
    facts(&understanding::read(text, &context))
}

fn facts(reading: &Reading) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |name, value: String| facts.push(Fact { name, value });
    add("Quiere", intent(reading.intent).to_owned());
    if let Some(about) = reading.topic {
        add("Pregunta por", topic(about).to_owned());
    }
    if let Some(said) = dates(&reading.dates) {
        add("Fechas", said);
    }
    if let Some(said) = reading.month {
        let month = OWNER_LOCALE.month(said.first, said.part);
        add("Mes", format!("{month} de {}", said.first.year()));
    }
    if let Some(nights) = reading.nights {
        add("Noches", nights.to_string());
    }
    if let Some(said) = people(reading) {
        add("Personas", said);
    }
    if let Some(pets) = reading.pets {
        add("Mascotas", pets.to_string());
    }
    if let Some(name) = &reading.name {
        add("Nombre", name.clone());
    }
    if let Some(email) = &reading.email {
        add("Correo", email.clone());
    }
    if reading.wrong_number {
        add("Ojo", "dice que se equivocó de número".to_owned());
    }
    add("Idioma", Locale::of(reading.language).language_in_spanish());
    add("Qué tan seguro", sure(reading.confidence).to_owned());
    facts
}

fn dates(dates: &Dates) -> Option<String> {
    let day = |day: Date| OWNER_LOCALE.day(day);
    let one = |reading: &DateReading| match (reading.check_in, reading.check_out) {
        (Some(from), Some(to)) => format!("del {} al {}", day(from), day(to)),
        (Some(from), None) => format!("llega el {}", day(from)),
        (None, Some(to)) => format!("se va el {}", day(to)),
        (None, None) => "sin días".to_owned(),
    };
    match dates {
        Dates::None => None,
        Dates::Arrival(from) => Some(format!("llega el {}", day(*from))),
        Dates::Departure(to) => Some(format!("se va el {}", day(*to))),
        Dates::Stay(stay) => {
            let nights = stay.nights();
            let word = if nights == 1 { "noche" } else { "noches" };
            Some(format!("del {} al {} ({nights} {word})", day(stay.check_in), day(stay.check_out)))
        }
        Dates::Ambiguous(readings) => {
            let each: Vec<String> = readings.iter().map(one).collect();
            Some(format!("puede ser {}", each.join(", o ")))
        }
        Dates::Invalid => Some("no existen o están al revés".to_owned()),
    }
}

fn people(reading: &Reading) -> Option<String> {
    let count = match reading.guests? {
        Guests::Exactly(number) => number.to_string(),
        Guests::Between(low, high) => format!("entre {low} y {high}"),
    };
    Some(match reading.apart {
        Some(apart) if apart.children > 0 => {
            let (adults, children) = (apart.adults, apart.children);
            format!("{count} (mayores: {adults}, chicos: {children})")
        }
        Some(_) | None => count,
    })
}

fn intent(intent: Intent) -> &'static str {
    match intent {
        Intent::Quote => "saber si hay lugar, el precio, o reservar",
        Intent::Accept => "decir que sí",
        Intent::Reject => "decir que no",
        Intent::Cancel => "cancelar su reserva",
        Intent::Change => "cambiar su reserva",
        Intent::Status => "saber cómo está su reserva",
        Intent::Payment => "algo sobre el pago",
        Intent::Question => "saber algo del lugar",
        Intent::Human => "hablar con una persona",
        Intent::Greeting => "saludar",
        Intent::Thanks => "agradecer o despedirse",
        Intent::OptOut => "que no le escribamos más",
        Intent::Other => "no lo entendí",
    }
}

fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Pets => "mascotas",
        Topic::Wifi => "internet",
        Topic::Parking => "lugar para el auto",
        Topic::Pool => "la pileta",
        Topic::Grill => "la parrilla",
        Topic::Linen => "sábanas y toallas",
        Topic::Breakfast => "el desayuno",
        Topic::Heating => "calefacción y aire",
        Topic::Location => "dónde queda",
        Topic::CheckInTime => "a qué hora se entra",
        Topic::CheckOutTime => "a qué hora se sale",
        Topic::Amenities => "qué tiene la cabaña",
        Topic::Capacity => "cuántos entran",
        Topic::CancellationPolicy => "qué pasa si cancela",
        Topic::Deposit => "la seña",
        Topic::Photos => "fotos",
        Topic::Children => "los chicos",
        Topic::Smoking => "si se puede fumar",
        Topic::Rules => "qué se permite",
        Topic::Luggage => "dónde dejar las valijas",
        Topic::Transfer => "traslados",
        Topic::Access => "las llaves y cómo entrar",
        Topic::Activities => "qué hacer en la zona",
        Topic::View => "la vista",
        Topic::Cleaning => "la limpieza",
        Topic::Accessibility => "escalones y accesos",
        Topic::MinNights => "el mínimo de noches",
        Topic::PriceScope => "si el precio es por persona",
        Topic::PaymentMethods => "formas de pago",
        Topic::Instalments => "cuotas",
        Topic::Currency => "en qué moneda",
        Topic::Invoice => "la factura",
        Topic::Discount => "descuentos",
        Topic::Signal => "la señal del celular",
        Topic::Kitchen => "la cocina",
        Topic::Beds => "las camas",
        Topic::AirConditioning => "el aire acondicionado",
        Topic::Firewood => "la leña",
        Topic::Events => "fiestas y eventos",
        Topic::DayUse => "pasar el día",
        Topic::Trust => "si esto es real",
        Topic::Website => "la página o las redes",
        Topic::Supplies => "toallas, papel y secador",
        Topic::Weather => "el clima",
    }
}

/// A confidence from 0 to 1 in words; the borders are those at which answers change.
fn sure(confidence: f32) -> &'static str {
    match confidence {
        0.8.. => "seguro",
        0.5..0.8 => "bastante seguro",
        _ => "con dudas",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::HolidayCalendar;
    use jiff::tz::TimeZone;

    fn read(text: &str) -> Vec<(&'static str, String)> {
        // 2026-11-24, a Tuesday.
        let now = Timestamp::from_second(1_795_521_600).unwrap();
        let moment = Moment { now, zone: TimeZone::UTC };
        let calendar = HolidayCalendar::argentina();
        let context = Context::of_text(moment.today(), &calendar);
        let facts = facts(&understanding::read(text, &context));
        facts.into_iter().map(|fact| (fact.name, fact.value)).collect()
    }

    #[test]
    fn a_question_for_days_says_which_days_and_for_how_many() {
        let facts = read("hola, hay lugar del 4 al 7 de diciembre para 4 personas?");
        let value = |name| facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!(value("Quiere"), Some("saber si hay lugar, el precio, o reservar"));
        assert!(value("Fechas").unwrap().contains("(3 noches)"), "{facts:?}");
        assert_eq!(value("Personas"), Some("4"));
    }

    #[test]
    fn a_question_says_what_it_is_about() {
        let facts = read("se puede llevar perros?");
        assert!(facts.contains(&("Pregunta por", "mascotas".to_owned())), "{facts:?}");
    }
}
