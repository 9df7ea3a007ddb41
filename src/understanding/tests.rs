//! Readings that depend on the conversation, and ambiguous ones.

use jiff::civil::{Date, date};

use super::*;
use crate::domain::language::Language;

fn said(text: &str, expecting: Option<Expecting>) -> Reading {
    let calendar = HolidayCalendar::argentina();
    let today = date(2026, 11, 24);
    read(text, &Context { today, language_hint: None, source: Source::Text, calendar: &calendar, expecting })
}

fn ways(text: &str) -> usize {
    match said(text, None).dates {
        Dates::Ambiguous(readings) => readings.len(),
        Dates::None | Dates::Arrival(_) | Dates::Departure(_) | Dates::Stay(_) | Dates::Invalid => 1,
    }
}

#[test]
fn a_bare_number_answers_what_was_asked() {
    assert_eq!(said("4", Some(Expecting::Guests)).guests, Some(Guests::Exactly(4)));
    assert_eq!(said("uno", Some(Expecting::Guests)).guests, Some(Guests::Exactly(1)));
    assert_eq!(said("14", Some(Expecting::Dates)).dates, Dates::Arrival(date(2026, 12, 14)));
    assert_eq!(said("del 14", Some(Expecting::Dates)).dates, Dates::Arrival(date(2026, 12, 14)));
    assert_eq!(said("3", Some(Expecting::Nights)).nights, Some(3));
    assert_eq!(said("4", None).guests, None);
}

#[test]
fn who_is_asked_for_days_and_people_answers_with_both() {
    for text in [
        "del 10/2/2027 al 13/2/2027 para 2",
        "10/2/2027 al 13/2/2027, para 2",
        "del 10 al 13 de febrero somos 2",
        "de 10 a 13 de fevereiro para 2",
        "february 10 to 13 for 2",
        "10 al 13 de febrero, 2 personas",
    ] {
        let reading = said(text, Some(Expecting::Dates));
        assert_eq!(reading.dates, Dates::stay(date(2027, 2, 10), date(2027, 2, 13)), "{text}");
        assert_eq!(reading.guests, Some(Guests::Exactly(2)), "{text}");
    }
    assert_eq!(said("para 2", Some(Expecting::Dates)).guests, Some(Guests::Exactly(2)));
}

#[test]
fn a_cabin_is_chosen_by_its_place_in_the_list() {
    for text in ["2", "la segunda", "el segundo", "opción 2", "la 2"] {
        assert_eq!(said(text, Some(Expecting::CabinChoice)).cabin_ordinal, Some(2), "{text}");
    }
    assert_eq!(said("me quedo con la opción 3", None).cabin_ordinal, Some(3));
}

#[test]
fn what_people_mean_in_two_ways_is_two_readings() {
    for text in [
        "el finde que viene",
        "3 días desde el 10 de enero",
        "el viernes que viene",
        "del 10 al 12 de enero o del 15 al 18",
    ] {
        assert!(ways(text) >= 2, "{text}");
    }
    assert_eq!(said("somos 5 o 6", None).guests, Some(Guests::Between(5, 6)));
}

#[test]
fn a_day_that_does_not_exist_is_said_to_be_so() {
    assert_eq!(said("del 31/2 al 3/3", None).dates, Dates::Invalid);
    assert_eq!(said("el 31 de noviembre", None).dates, Dates::Invalid);
}

#[test]
fn a_stated_past_year_is_kept() {
    let reading = said("del 5 al 8 de enero de 2025", None);
    assert_eq!(reading.dates, Dates::stay(date(2025, 1, 5), date(2025, 1, 8)));
    assert!(reading.dates.is_past(date(2026, 11, 24)));
}

#[test]
fn names_addresses_and_sums_are_kept_as_said() {
    assert_eq!(said("me llamo Ana Díaz", None).name.as_deref(), Some("Ana Díaz"));
    assert_eq!(said("Ana Díaz", Some(Expecting::Name)).name.as_deref(), Some("Ana Díaz"));
    assert_eq!(said("mi mail es Ana.Diaz@correo.com", None).email.as_deref(), Some("ana.diaz@correo.com"));
    let cents = |text| said(text, None).amount.map(|amount| (amount.cents, amount.currency));
    assert_eq!(cents("te transferí $ 120.000"), Some((12_000_000, None)));
    assert_eq!(cents("son 80 lucas"), Some((8_000_000, None)));
    assert_eq!(cents("pago USD 100"), Some((10_000, Some(SaidCurrency::Usd))));
}

#[test]
fn adults_children_and_animals_are_told_apart() {
    let reading = said("2 adultos y 3 chicos con 2 perros", None);
    assert_eq!(reading.apart, Some(AdultsAndChildren { adults: 2, children: 3 }));
    assert_eq!((reading.guests, reading.pets), (Some(Guests::Exactly(5)), Some(2)));
    let pets = |text| said(text, None).pets;
    for text in ["somos 4 y un perro", "vamos con el perro", "somos 2 com um cachorro"] {
        assert_eq!(pets(text), Some(1), "{text}");
    }
    for text in ["al final vamos sin el perro", "somos 4 sin mascotas", "we come without our dog"] {
        assert_eq!(pets(text), Some(0), "{text}");
    }
    assert_eq!(pets("somos 4, no llevamos al perro"), None);
}

#[test]
fn short_portuguese_is_read_as_portuguese() {
    for text in ["quero cancelar a reserva", "direito de arrependimento", "quero reservar", "quero 2 noites"]
    {
        let reading = said(text, None);
        assert_eq!((reading.language, reading.language_sure), (Language::of("pt"), true), "{text}");
    }
    for text in ["derecho de arrepentimiento", "quero reservar para cuatro personas en enero"] {
        assert_eq!(said(text, None).language, Language::SPANISH, "{text}");
    }
}

#[test]
fn what_each_couple_brings_is_counted_for_each() {
    for text in
        ["2 parejas con 2 chicos cada una", "2 casais com 2 filhos cada", "2 couples with 2 kids each"]
    {
        assert_eq!(said(text, None).guests, Some(Guests::Exactly(8)), "{text}");
    }
}

#[test]
fn fifteen_first_days_are_half_a_month() {
    let half = Dates::stay(date(2027, 1, 1), date(2027, 1, 16));
    for text in [
        "los primeros quince días de enero",
        "primeros 15 dias de enero",
        "os primeiros quinze dias de janeiro",
        "the first 15 days of January",
    ] {
        assert_eq!(said(text, None).dates, half, "{text}");
    }
}

/// The readings of dates of a message, of which the first may be preferred.
fn possible(text: &str) -> Vec<(Option<Date>, Option<Date>, bool)> {
    match said(text, None).dates {
        Dates::Ambiguous(readings) => readings
            .into_iter()
            .map(|reading| (reading.check_in, reading.check_out, reading.preferred))
            .collect(),
        Dates::None | Dates::Arrival(_) | Dates::Departure(_) | Dates::Stay(_) | Dates::Invalid => Vec::new(),
    }
}

#[test]
fn a_change_from_one_day_to_another_keeps_both_readings() {
    let (jan_5, jan_10) = (Some(date(2027, 1, 5)), Some(date(2027, 1, 10)));
    assert_eq!(possible("move it from jan 5 to jan 10"), [(jan_5, jan_10, false), (jan_10, None, true)]);
    assert_eq!(possible("cambiarla del 5 al 10 de enero"), [(jan_5, jan_10, true), (jan_10, None, false)]);
    for whole in [
        "quiero cambiar la reserva, sería del 5 al 10 de enero",
        "cambiar la reserva para el 5 al 10 de enero",
        "quiero extender mi reserva del 5 al 10 de enero",
        "change my booking to January 5-10",
    ] {
        assert_eq!(possible(whole), [], "{whole}");
    }
}

#[test]
fn days_far_apart_are_the_old_and_the_new_one() {
    let readings = possible("puedo mover la reserva del 5 de enero al 10 de febrero?");
    assert_eq!(readings[1], (Some(date(2027, 2, 10)), None, true));
}

#[test]
fn a_month_without_a_day_keeps_its_part() {
    let march = date(2027, 3, 1);
    for (text, part) in [
        ("a principios de marzo para 4", Some(MonthPart::Start)),
        ("mediados de marzo", Some(MonthPart::Middle)),
        ("algo a fines de marzo", Some(MonthPart::End)),
        ("los primeros días de marzo", Some(MonthPart::Start)),
        ("no início de março", Some(MonthPart::Start)),
        ("no fim de março", Some(MonthPart::End)),
        ("early March for two", Some(MonthPart::Start)),
        ("mid-March", Some(MonthPart::Middle)),
        ("late march please", Some(MonthPart::End)),
        ("the end of March", Some(MonthPart::End)),
        ("en marzo", None),
    ] {
        let reading = said(text, None);
        assert_eq!(reading.month, Some(MonthSaid { first: march, part }), "{text}");
        assert_eq!(reading.dates, Dates::None, "{text}");
    }
}

#[test]
fn a_month_with_its_days_is_no_month_alone() {
    assert_eq!(said("del 5 al 8 de marzo", None).month, None);
}
