//! Error sentences about fields, for the owner.

use super::words::{count, money};
use crate::dialogue::i18n::grouped;
use crate::domain::invalid::{Field, Invalid, Unit};

/// "Precio: tiene que estar entre $ 1 y $ 10.000." for a sentence of its own.
pub fn named(field: Field, problem: &Invalid) -> String {
    format!("{}: {}", label(field), sentence(problem))
}

/// The sentence beside the field; it begins in lower case, to follow the field's name.
pub fn sentence(problem: &Invalid) -> String {
    match problem {
        Invalid::Empty => "no puede quedar vacío.".into(),
        Invalid::NotAfter(field) => format!("tiene que ser después de «{}».", label(*field)),
        Invalid::Between { low, high, unit } => {
            format!("tiene que estar entre {} y {}.", bare(*low, *unit), quantity(*high, *unit))
        }
        Invalid::AtMost { high, unit } => format!("como mucho {}.", quantity(*high, *unit)),
        Invalid::NoEmail => "fijate el correo: no parece completo.".into(),
        Invalid::Below(field) => format!("no puede ser menos que «{}».", label(*field)),
        Invalid::NotForThisKind => "no va en este tipo de precio.".into(),
        Invalid::NotWithPercent => "no va con un porcentaje.".into(),
        Invalid::NotWithout(field) => format!("necesita también «{}».", label(*field)),
        Invalid::OneOf(one, other) => {
            format!("completá «{}» o «{}», uno solo de los dos.", label(*one), label(*other))
        }
        Invalid::UnknownCabin => "nombra una cabaña que ya no está.".into(),
        Invalid::Taken => "ya lo usa otro descuento para las mismas estadías.".into(),
        Invalid::Unknown => "elegí uno de la lista.".into(),
        Invalid::OtherCurrency(currency) => format!("los precios de acá van en {}.", currency.code()),
    }
}

fn quantity(number: u64, unit: Unit) -> String {
    let many = |one: &str, many: &str| {
        let said = count(number, one, many);
        said.replacen(&number.to_string(), &grouped(number, "."), 1)
    };
    match unit {
        Unit::People => many("persona", "personas"),
        Unit::Nights => many("noche", "noches"),
        Unit::Characters => many("letra", "letras"),
        Unit::Lines => many("renglón", "renglones"),
        Unit::Rules => many("precio adicional", "precios adicionales"),
        Unit::Plain => grouped(number, "."),
        Unit::Seasons => many("temporada por cabaña", "temporadas por cabaña"),
        Unit::Money(currency) => money(i64::try_from(number).unwrap_or(i64::MAX), currency),
    }
}

/// The lower of two bounds: the unit stands only at the higher one, but money has its sign at both.
fn bare(number: u64, unit: Unit) -> String {
    match unit {
        Unit::Money(_) => quantity(number, unit),
        _ => grouped(number, "."),
    }
}

fn label(field: Field) -> &'static str {
    match field {
        Field::Name | Field::Title => "Nombre",
        Field::Capacity => "Capacidad",
        Field::BasePriceCents | Field::PriceCents => "Precio",
        Field::AmountCents => "Importe",
        Field::MinNights => "Mínimo de noches",
        Field::Description => "Descripción",
        Field::Policies => "Reglas",
        Field::Location => "Ubicación",
        Field::Amenities => "Comodidades",
        Field::Photos => "Fotos",
        Field::Reason => "Motivo",
        Field::From => "Desde",
        Field::To => "Hasta",
        Field::Text => "Mensaje",
        Field::Body => "Texto",
        Field::Canned => "Textos guardados",
        Field::Once => "Mensaje",
        Field::Notes => "Notas",
        Field::Email => "Correo",
        Field::Currency => "Moneda",
        Field::Resolution => "Cómo se resolvió",
        Field::BabiesMax => "Cunas",
        Field::PetsMax => "Mascotas",
        Field::Kind => "Qué es",
        Field::CabinIds => "Cabañas",
        Field::Percent => "Porcentaje",
        Field::Per => "Se cobra",
        Field::FromGuests => "Desde qué persona",
        Field::AgeUnder => "Menores de",
        Field::MaxNights => "Máximo de noches",
        Field::DaysBeforeMin => "Con al menos tantos días",
        Field::DaysBeforeMax => "Con hasta tantos días",
        Field::PayWith => "Pagando con",
        Field::PromoCode => "Código",
        Field::UsesMax => "Cuántas veces se puede usar",
        Field::ArrivalDays => "Llegando",
        Field::DepartureDays => "Saliendo",
        Field::Optional => "A elección del huésped",
        Field::RoundToCents => "Redondeo",
        Field::Deposit => "Seña",
        Field::Gap => "Huecos",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn bounds_read_as_people_write_them() {
        let said = |problem| sentence(&problem);
        let price = Invalid::Between { low: 100, high: 1_000_000_000_000, unit: Unit::Money(Currency::Ars) };
        assert_eq!(named(Field::PriceCents, &price), "Precio: tiene que estar entre $ 1 y $ 10.000.000.000.");
        let people = Invalid::Between { low: 1, high: 60, unit: Unit::People };
        assert_eq!(said(people), "tiene que estar entre 1 y 60 personas.");
        assert_eq!(said(Invalid::AtMost { high: 4000, unit: Unit::Characters }), "como mucho 4.000 letras.");
        assert_eq!(said(Invalid::NotAfter(Field::From)), "tiene que ser después de «Desde».");
    }
}
