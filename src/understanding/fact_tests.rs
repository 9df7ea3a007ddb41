//! Dates and people as strangers write them: each line stands for a kind.

use super::{Context, Dates, Guests, HolidayCalendar, Reading, read};
use jiff::civil::{Date, date};

/// On 24 November 2026, a Tuesday.
fn reading(text: &str) -> Reading {
    let calendar = HolidayCalendar::argentina();
    let context = Context::of_text(date(2026, 11, 24), &calendar);
    read(text, &context)
}

fn people(text: &str) -> Option<u16> {
    match reading(text).guests {
        Some(Guests::Exactly(people)) => Some(people),
        _ => None,
    }
}

fn stay(text: &str) -> Option<(Date, Date)> {
    match reading(text).dates {
        Dates::Stay(stay) => Some((stay.check_in, stay.check_out)),
        _ => None,
    }
}

#[test]
fn those_of_a_list_come_and_so_do_those_who_go_along() {
    for (text, expected) in [
        ("seríamos mi marido la nena y yo", 3),
        ("seriamos yo, mi mejor amiga y su nene", 3),
        ("somos papá mamá y las mellizas", 4),
        ("eu, minha esposa, meu filho e a namorada dele", 4),
        ("my 2 sons, their wives, and me", 5),
        ("dos adultos una adolescente de 15 y el abuelo", 4),
        ("its me and 3 mates", 4),
        ("it's two of us plus my mum", 3),
        ("precio para una familia tipo 2 y 2", 4),
        ("precio para mi vieja y para mí", 2),
        ("Hóspedes: 2 adultos, 1 criança", 3),
        ("precio para 3 técnicos", 3),
        ("iríamos con mi hermana", 2),
        ("precio por el 12/1, voy por trabajo solo", 1),
        ("precio del 12 al 15, somos yo, Mauro, Seba, el Colo y Domingo", 5),
    ] {
        assert_eq!(people(text), Some(expected), "{text}");
    }
}

#[test]
fn who_is_merely_mentioned_counts_nobody() {
    for text in [
        "mi cuñada perdió la plata con una cabaña trucha, esto es verdad?",
        "mi hijo cumple 12 el mes que viene, hacen cumpleaños?",
        "my dad is 82, is it cold in july?",
        "me recomendó mi sobrina",
        "estive aí em 2022 com 3 amigas. o wifi melhorou?",
        "mi cuñado fue el año pasado, tenés fotos?",
        "o meu filho só tem folga nessa data, tem vaga dia 18?",
    ] {
        assert_eq!(people(text), None, "{text}");
    }
}

#[test]
fn the_days_of_a_stay_are_read_in_every_form() {
    for (text, from, to) in [
        ("doce del siete al diecinueve del siete", (2027, 7, 12), (2027, 7, 19)),
        ("el doce del ocho hasta el quince", (2027, 8, 12), (2027, 8, 15)),
        ("12-12 al 14-12 pareja", (2026, 12, 12), (2026, 12, 14)),
        ("entre navidad y año nuevo, tipo 26 al 30", (2026, 12, 26), (2026, 12, 30)),
        ("New Year's Eve? we'd arrive the 31st and leave Jan 2nd", (2026, 12, 31), (2027, 1, 2)),
        ("2 adultos e 1 criança de 20 a 23 de dezembro", (2026, 12, 20), (2026, 12, 23)),
        ("we’d like the 27th to the 30th. Four adults", (2026, 11, 27), (2026, 11, 30)),
        ("this weekend? no sorry, the weekend of 14 December", (2026, 12, 11), (2026, 12, 13)),
        ("el 7/12 voy, el 8 estoy, el 9 me voy", (2026, 12, 7), (2026, 12, 9)),
        ("chegar no dia 10 e sair no 14", (2026, 12, 10), (2026, 12, 14)),
        ("el 14 de febrero, solo esa noche", (2027, 2, 14), (2027, 2, 15)),
        ("free the night of the 12th?", (2026, 12, 12), (2026, 12, 13)),
        ("sat to sun", (2026, 11, 28), (2026, 11, 29)),
    ] {
        let day = |(year, month, day)| date(year, month, day);
        assert_eq!(stay(text), Some((day(from), day(to))), "{text}");
    }
}

#[test]
fn an_address_an_age_and_the_weather_are_no_days() {
    for text in [
        "vivo en 25 de Mayo 340 dpto 6",
        "minha irmã mora na av. 7 de Setembro",
        "mi hijo cumple 12",
        "it's for my 30th so fingers crossed for sun!",
        "we'd love some sun",
    ] {
        assert_eq!(reading(text).dates, Dates::None, "{text}");
    }
}
