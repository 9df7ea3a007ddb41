//! The owner's messages, typed or spoken, and their commands.

use super::*;
use crate::dialogue::owner::{BookingCommand, Days, NewDates};
use crate::domain::cabin::Cabin;
use crate::domain::ids::{CabinId, ReservationCode};
use crate::domain::money::{Currency, Money};
use crate::domain::rates::RateChange;
use crate::domain::request::Off;
use crate::domain::stay::Stay;
use crate::understanding::HolidayCalendar;
use jiff::ToSpan;
use jiff::civil::{Date, date};

fn cabin(id: i64, name: &str) -> Cabin {
    Cabin { id: CabinId(id), ..Cabin::new(name, 4, Money::new(100_00, Currency::Ars)) }
}

fn parse(text: &str) -> Parsed {
    let cabins = [cabin(11, "Los Aromos"), cabin(12, "El Ceibo"), cabin(13, "Cabaña del Lago")];
    let calendar = HolidayCalendar::argentina();
    let guests = ["Marta Quiroga", "Ana Pereyra", "Ana María Ruiz"].map(str::to_owned);
    let (today, currency) = (date(2026, 11, 24), Currency::Ars);
    understand(text, &Setting { today, calendar: &calendar, cabins: &cabins, guests: &guests, currency })
}

#[track_caller]
fn command(text: &str) -> Command {
    match parse(text) {
        Parsed::Command(command) => command,
        other => panic!("{text}: {other:?}"),
    }
}

fn stay(from: Date, to: Date) -> Stay {
    Stay::new(from, to).unwrap()
}

#[test]
fn nights_are_closed_by_number_and_by_name() {
    let december = stay(date(2026, 12, 10), date(2026, 12, 15));
    let block = |id, stay, reason: &str| Command::Block {
        cabins: vec![CabinId(id)],
        stay,
        reason: reason.to_owned(),
    };
    assert_eq!(command("bloqueá la 3 del 10 al 15 de diciembre"), block(13, december, ""));
    assert_eq!(command("Bloqueá la tres del diez al quince de diciembre."), block(13, december, ""));
    assert_eq!(command("bloquea los aromos del 10 al 15/12 por pintura"), block(11, december, "pintura"));
    assert_eq!(command("cerrá la segunda del 10 al 15 de diciembre"), block(12, december, ""));
    assert_eq!(command("bloqueame el lago del 10 al 15 de diciembre"), block(13, december, ""));
}

#[test]
fn the_number_in_a_name_comes_before_the_place_in_the_list() {
    let cabins = [cabin(1, "Cabaña 2"), cabin(2, "Cabaña 1")];
    let calendar = HolidayCalendar::argentina();
    let (today, currency) = (date(2026, 11, 24), Currency::Ars);
    let setting = Setting { today, calendar: &calendar, cabins: &cabins, guests: &[], currency };
    let parsed = understand("desbloqueá la 1", &setting);
    assert_eq!(parsed, Parsed::Command(Command::Unblock { cabins: vec![CabinId(2)], stay: None }));
}

#[test]
fn what_is_missing_is_named() {
    assert!(
        matches!(parse("bloqueá del 10 al 15 de diciembre"), Parsed::Missing(Missing::Cabin(names)) if names.len() == 3)
    );
    assert_eq!(parse("bloqueá la 3"), Parsed::Missing(Missing::Dates));
    assert_eq!(parse("bloqueá la 3 del 31/11 al 2/12"), Parsed::Missing(Missing::BadDates));
    assert!(matches!(parse("bloqueá la 9 del 10 al 15 de diciembre"), Parsed::Missing(Missing::Cabin(_))));
    assert_eq!(parse("qué hay libre"), Parsed::Missing(Missing::Dates));
}

#[test]
fn comings_and_goings_are_of_today_unless_a_day_is_said() {
    let days = |from, to| Days { from, to };
    let today = date(2026, 11, 24);
    assert_eq!(command("quién llega hoy?"), Command::WhoArrives(days(today, today)));
    assert_eq!(command("quien llega"), Command::WhoArrives(days(today, today)));
    let tomorrow = date(2026, 11, 25);
    assert_eq!(command("¿Quién se va mañana?"), Command::WhoLeaves(days(tomorrow, tomorrow)));
    assert_eq!(command("check out de mañana"), Command::WhoLeaves(days(tomorrow, tomorrow)));
    assert_eq!(
        command("llegadas del viernes"),
        Command::WhoArrives(days(date(2026, 11, 27), date(2026, 11, 27)))
    );
}

#[test]
fn a_month_is_the_nearest_of_its_name() {
    let month = |year, month| {
        let first = date(year, month, 1);
        Command::Occupancy(stay(first, first.saturating_add(1.month())))
    };
    assert_eq!(command("ocupación de enero"), month(2027, 1));
    assert_eq!(command("ocupacion de octubre"), month(2026, 10));
    assert_eq!(command("ocupación de enero 2026"), month(2026, 1));
    assert_eq!(command("cómo viene la ocupación del mes que viene"), month(2026, 12));
    assert_eq!(command("ocupación"), month(2026, 11));
}

#[test]
fn what_is_free_and_what_waits_can_be_asked() {
    let december = stay(date(2026, 12, 10), date(2026, 12, 15));
    assert_eq!(
        command("qué hay libre del 10 al 15 de diciembre"),
        Command::Availability { stay: december, cabins: Vec::new() }
    );
    assert_eq!(command("qué tengo pendiente"), Command::Pending);
    assert_eq!(command("ayuda"), Command::Help);
}

#[test]
fn reservations_are_found_by_code_and_by_name() {
    let code = Search::Code(ReservationCode::parse("K7M2QX").unwrap());
    assert_eq!(command("reserva K7M2QX"), Command::Bookings(code.clone()));
    assert_eq!(command("k7m2qx"), Command::Bookings(code));
    assert_eq!(
        command("mostrame las reservas de Marta Quiroga"),
        Command::Bookings(Search::Name("Marta Quiroga".into()))
    );
    assert_eq!(command("reservas"), Command::Bookings(Search::Next));
}

#[test]
fn a_conversation_is_taken_and_given_back_by_name() {
    assert_eq!(command("atiendo yo a Marta"), Command::TakeOver { guest: "Marta".into() });
    assert_eq!(command("seguí vos con Marta Quiroga"), Command::HandBack { guest: "Marta Quiroga".into() });
    assert_eq!(parse("atiendo yo"), Parsed::Missing(Missing::Guest));
}

#[test]
fn a_guest_is_named_by_number_too() {
    let told = Command::Tell { guest: "54 9 351 555-0101".into(), words: "Lo esperamos desde las 15".into() };
    assert_eq!(command("decile al +54 9 351 555-0101 que lo esperamos desde las 15"), told);
    assert_eq!(command("atiendo yo al 3515550101"), Command::TakeOver { guest: "3515550101".into() });
}

#[test]
fn whoever_is_in_a_cabin_is_named_by_it() {
    let told = Command::Tell { guest: "Aromos".into(), words: "Cortan la luz".into() };
    assert_eq!(command("avisale a los de los Aromos que cortan la luz"), told);
    let marta = Command::Tell { guest: "Marta".into(), words: "El Ceibo está listo".into() };
    assert_eq!(command("avisale a Marta que el Ceibo está listo"), marta);
}

#[test]
fn a_stay_changes_by_days_and_nights_against_its_own() {
    let booked = stay(date(2027, 1, 10), date(2027, 1, 13));
    let becomes = |text: &str| match command(text) {
        Command::Booking { wish: BookingCommand::Move { to, cabin: None }, .. } => to.for_booking(booked),
        other => panic!("{text}: {other:?}"),
    };
    for (text, from, to) in [
        ("Ana Pereyra se queda una noche más", 10, 14),
        ("alargale a Ana Pereyra dos noches", 10, 15),
        ("Ana Pereyra se queda una noche menos", 10, 12),
        ("Ana Pereyra llega un día antes, acomodala", 9, 13),
        ("Ana Pereyra llega un día después", 11, 13),
        ("Ana Pereyra se va un día antes", 10, 12),
        ("correla a Ana Pereyra una semana para adelante", 17, 20),
        ("pasá a Ana Pereyra dos días para atrás", 8, 11),
        ("Ana Pereyra quiere 5 noches en vez de 3, cambiala", 10, 15),
        ("acortá lo de Ana Pereyra, vienen solo dos noches", 10, 12),
    ] {
        assert_eq!(becomes(text), Some(stay(date(2027, 1, from), date(2027, 1, to))), "{text}");
    }
    assert_eq!(parse("corré lo de Ana Pereyra dos días"), Parsed::Missing(Missing::NewDates), "which way?");
}

#[test]
fn cabins_are_named_by_size_and_all_at_once() {
    let price = Money::new(100_00, Currency::Ars);
    let sized = |id, name: &str, people| Cabin { id: CabinId(id), ..Cabin::new(name, people, price) };
    let cabins = [sized(1, "Radal", 2), sized(2, "Notro", 4), sized(3, "Lenga", 4), sized(4, "Maitén", 6)];
    let calendar = HolidayCalendar::argentina();
    let (today, currency) = (date(2026, 11, 24), Currency::Ars);
    let setting = Setting { today, calendar: &calendar, cabins: &cabins, guests: &[], currency };
    let blocked = |text: &str| match understand(text, &setting) {
        Parsed::Command(Command::Block { cabins, .. }) => {
            Ok(cabins.iter().map(|id| id.0).collect::<Vec<_>>())
        }
        Parsed::Missing(Missing::Cabin(names)) => Err(names),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(blocked("bloqueá la grande del 10 al 12 de diciembre"), Ok(vec![4]));
    assert_eq!(blocked("cerrá la más chica del 10 al 12 de diciembre"), Ok(vec![1]));
    assert_eq!(
        blocked("cerrá la de cuatro del 10 al 12 de diciembre"),
        Err(vec!["Notro".into(), "Lenga".into()])
    );
    assert_eq!(blocked("cerrá las de cuatro del 10 al 12 de diciembre"), Ok(vec![2, 3]));
    assert_eq!(blocked("cerrá las cuatro del 10 al 12 de diciembre"), Ok(vec![1, 2, 3, 4]));
    assert_eq!(blocked("del 10 al 12 de diciembre no tomes nada"), Ok(vec![1, 2, 3, 4]));
    let opened = understand("abrí del 10 al 12 de diciembre", &setting);
    assert!(
        matches!(opened, Parsed::Command(Command::Unblock { cabins, stay: Some(_) }) if cabins.len() == 4)
    );
}

#[test]
fn prices_and_discounts_are_said_without_their_units() {
    let price = |text: &str| match command(text) {
        Command::ChangeRates { change: RateChange::Price(price), .. } => price.minor / 100,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(price("el Ceibo estaba a 75, que quede en 82 todo febrero"), 82_000);
    assert_eq!(price("poné el Ceibo a ciento cuarenta en enero"), 140_000);
    let off = |text: &str| match command(text) {
        Command::Booking { wish: BookingCommand::Discount { off }, .. } => off,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(off("haceles un quince menos a Ana Pereyra"), Off::Percent(15));
    assert_eq!(off("descontale 20.000 a Ana Pereyra"), Off::Amount(Money::new(20_000_00, Currency::Ars)));
    let least = |text: &str| match command(text) {
        Command::ChangeRates { change: RateChange::MinNights(nights), .. } => nights,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(least("en agosto por lo menos dos noches en el Ceibo"), 2);
    assert_eq!(least("en enero semana entera o nada, mínimo"), 7);
}

#[test]
fn yes_no_and_nonsense_are_told_apart() {
    assert_eq!(parse("dale"), Parsed::Yes);
    assert_eq!(parse("sí"), Parsed::Yes);
    assert_eq!(parse("no"), Parsed::No);
    assert_eq!(parse("la luna es de queso"), Parsed::Unclear);
}

fn named(name: &str) -> Search {
    Search::Name(name.to_owned())
}

#[test]
fn a_booking_is_called_off_by_name_or_code() {
    let cancel = |which, arriving| Command::Booking { which, wish: BookingCommand::Cancel { arriving } };
    let code = Search::Code(ReservationCode::parse("K7M2QX").unwrap());
    assert_eq!(command("cancelá la reserva de Ana"), cancel(named("Ana"), None));
    assert_eq!(command("Cancelame la de Ana Paula de la Cruz por favor"), {
        cancel(named("Ana Paula de la Cruz"), None)
    });
    assert_eq!(command("cancelá K7M2QX"), cancel(code, None));
    assert_eq!(command("dale de baja a Quiroga"), cancel(named("Quiroga"), None));
    let january = date(2027, 1, 10);
    assert_eq!(command("anulá la reserva de Marta del 10 de enero"), cancel(named("Marta"), Some(january)));
    assert_eq!(parse("cancelá la reserva"), Parsed::Missing(Missing::Booking));
    assert_eq!(parse("no, cancelá"), Parsed::No);
    assert_eq!(
        command("cancelá el bloqueo de la 3"),
        Command::Unblock { cabins: vec![CabinId(13)], stay: None }
    );
    assert!(matches!(command("reservas canceladas de Ana"), Command::Bookings(_)));
}

#[test]
fn a_booking_is_moved_to_a_day_or_from_one_to_another() {
    let moved = |which, to| Command::Booking { which, wish: BookingCommand::Move { to, cabin: None } };
    let code = || Search::Code(ReservationCode::parse("K7M2QX").unwrap());
    let from = |arrival, nights| NewDates::From { arrival, nights };
    let january = date(2027, 1, 10);
    assert_eq!(command("pasá a Ana al 10 de enero"), moved(named("Ana"), from(january, None)));
    assert_eq!(command("pasame a Ana para el diez de enero"), moved(named("Ana"), from(january, None)));
    assert_eq!(
        command("corré la reserva de María del Carmen al 10 de enero por 3 noches"),
        moved(named("María del Carmen"), from(january, Some(3)))
    );
    let span = NewDates::Span { stay: stay(date(2026, 12, 10), date(2026, 12, 12)) };
    assert_eq!(command("mové la reserva K7M2QX del 10 al 12"), moved(code(), span));
    assert_eq!(parse("mové la reserva"), Parsed::Missing(Missing::Booking));
    assert_eq!(parse("mové la reserva de Ana"), Parsed::Missing(Missing::NewDates));
    assert!(!matches!(parse("qué pasa hoy"), Parsed::Command(Command::Booking { .. })));
    assert!(matches!(command("ocupación del mes pasado"), Command::Occupancy(_)));
}

#[test]
fn new_dates_depend_on_the_bookings_own() {
    let booked = stay(date(2027, 1, 10), date(2027, 1, 13));
    let span = |from, to| NewDates::Span { stay: stay(from, to) };
    let (tenth, twelfth, twentieth) = (date(2027, 1, 10), date(2027, 1, 12), date(2027, 1, 20));
    // From the old day to the new one: the number of nights stays.
    assert_eq!(span(tenth, twelfth).for_booking(booked), Some(stay(twelfth, date(2027, 1, 15))));
    assert_eq!(span(twelfth, twentieth).for_booking(booked), Some(stay(twelfth, twentieth)));
    let from = NewDates::From { arrival: twentieth, nights: None };
    assert_eq!(from.for_booking(booked), Some(stay(twentieth, date(2027, 1, 23))));
    let until = NewDates::Until { departure: twelfth };
    assert_eq!(until.for_booking(booked), Some(stay(tenth, twelfth)));
    assert_eq!(NewDates::Until { departure: tenth }.for_booking(booked), None);
}
