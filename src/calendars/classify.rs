//! The kind of an event, by its label, and the blocks that slide with the calendar.
//!
//! Labels decide how we speak about a night and whether it can be a conflict, never whether it is closed: every
//! event closes its nights. So an ambiguous label (stay or block) means [`Kind::Closed`].

use super::event::Event;
use super::kind::Kind;
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeSet;

/// The label in our own calendars. Coming back without our id, it does not tell who booked.
pub const OWN_SUMMARY: &str = "Reservado";

const TENTATIVE: &[&str] =
    &["tentative", "provisoire", "provisional", "pending", "pendiente", "option", "opcion"];
const BLOCKED: &[&str] = &[
    "blocked",
    "block",
    "bloqueado",
    "bloqueada",
    "bloqueo",
    "bloqué",
    "bloquee",
    "blockiert",
    "bloccato",
    "gesperrt",
    "mantenimiento",
    "maintenance",
    "manutenção",
    "wartung",
    "owner",
    "propietario",
    "dueño",
];
const BOOKED: &[&str] = &[
    "reserved",
    "reservation",
    "reservado",
    "reservada",
    "reserva",
    "réservé",
    "réservée",
    "réservation",
    "reserviert",
    "reservierung",
    "booked",
    "booking",
    "gebucht",
    "buchung",
    "prenotato",
    "prenotata",
    "prenotazione",
    "gereserveerd",
    "geboekt",
    "ocupado",
    "ocupada",
];

/// Names of channels, which tools put before or behind a guest's name.
const CHANNELS: &[&str] = &[
    "airbnb",
    "booking",
    "com",
    "vrbo",
    "homeaway",
    "expedia",
    "hostelworld",
    "despegar",
    "direct",
    "directo",
];
/// Small words inside names.
const IN_NAMES: &[&str] = &[
    "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "y", "e", "and",
    "et",
];
/// Labels that name no guest, in any case.
const NOBODY: &[&str] = &[
    "not",
    "no",
    "non",
    "não",
    "nao",
    "nicht",
    "niet",
    "available",
    "unavailable",
    "availability",
    "disponible",
    "disponibles",
    "indisponible",
    "disponível",
    "disponivel",
    "indisponível",
    "disponibile",
    "verfügbar",
    "beschikbaar",
    "busy",
    "free",
    "libre",
    "livre",
    "occupied",
    "occupé",
    "occupato",
    "belegt",
    "besetzt",
    "bezet",
    "cerrado",
    "cerrada",
    "fechado",
    "fechada",
    "fermé",
    "chiuso",
    "geschlossen",
    "gesloten",
    "calendar",
    "calendario",
    "calendário",
    "calendrier",
    "kalender",
    "import",
    "imported",
    "importado",
    "importada",
    "external",
    "externo",
    "externa",
    "sync",
    "ical",
    "ics",
    "event",
    "evento",
    "casero",
    "stay",
    "estadía",
    "estadia",
    "night",
    "nights",
    "noche",
    "noches",
    "room",
    "habitación",
    "habitacion",
    "cabin",
    "cabaña",
    "cabana",
    "cabanas",
    "cabañas",
    "chalé",
    "casa",
    "house",
    "apartment",
    "departamento",
    "guest",
    "huésped",
    "huesped",
    "hóspede",
    "host",
    "anfitrión",
    "name",
    "nombre",
    "nome",
    "private",
    "privado",
    "privada",
    "personal",
    "uso",
    "limpieza",
    "cleaning",
    "limpeza",
    "preparation",
    "preparación",
    "buffer",
    "notice",
    "minimum",
    "rule",
    "regla",
    "feriado",
    "holiday",
    "vacation",
    "vacaciones",
    "temporada",
    "season",
    "test",
    "prueba",
    "check",
    "cancelled",
    "canceled",
    "cancelado",
    "cancelada",
    "anulado",
    "anulada",
    "hold",
    "time",
    "year",
    "new",
    "año",
    "nuevo",
];

/// Whether the label is a guest's name: two or more capitalised words, beside at most a channel's name. One word
/// alone may be a cabin's.
fn names_somebody(summary: &str) -> bool {
    let mut names = 0;
    for word in summary.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        if CHANNELS.contains(&lower.as_str()) || IN_NAMES.contains(&lower.as_str()) {
            continue;
        }
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let rest = letters.all(|c| c.is_lowercase() || c == '\'');
        if !capital || !rest || NOBODY.contains(&lower.as_str()) {
            return false;
        }
        names += 1;
    }
    2 <= names
}

/// The kind of a label. Order matters: a provisional reservation is provisional, a closed one tells nothing.
pub(super) fn from_summary(summary: &str) -> Kind {
    let lower = summary.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if lower.starts_with("airbnb") && lower.contains("not available") {
        Kind::Blocked
    } else if lower.trim() == "reservado" || words.contains(&"closed") {
        Kind::Closed
    } else if has(TENTATIVE) {
        Kind::Tentative
    } else if has(BLOCKED) {
        Kind::Blocked
    } else if has(BOOKED) || names_somebody(summary) {
        Kind::Booked
    } else {
        Kind::Closed
    }
}

/// Labels of the hours at which guests come and go, which some tools list beside the stay itself.
const ARRIVALS: &[&str] = &["check-in", "check in", "checkin", "llegada", "entrada", "ingreso", "arrival"];
const DEPARTURES: &[&str] = &["check-out", "check out", "checkout", "salida", "saída", "egreso", "departure"];

/// Drops the one-day events that only say when the guest of another event comes or goes.
pub(super) fn drop_arrival_marks(events: &mut Vec<Event>) {
    let is_mark = |event: &Event, labels: &[&str]| {
        let label = event.summary.to_lowercase();
        event.start.tomorrow().ok() == Some(event.end) && labels.iter().any(|word| label.starts_with(word))
    };
    let (mut arrivals, mut departures) = (BTreeSet::new(), BTreeSet::new());
    for event in events.iter().filter(|event| !is_mark(event, ARRIVALS) && !is_mark(event, DEPARTURES)) {
        arrivals.insert(event.start);
        departures.insert(event.end);
    }
    events.retain(|event| {
        !(is_mark(event, ARRIVALS) && arrivals.contains(&event.start)
            || is_mark(event, DEPARTURES) && departures.contains(&event.start))
    });
}

/// A notice block begins today, or at most this many days ago (a stale copy, another time zone).
const NOTICE_LAG_DAYS: i32 = 2;
/// The longest notice a channel offers; a longer block is the host's own.
const NOTICE_DAYS_MAX: i32 = 14;
/// An Airbnb horizon ends a year ahead (366 days measured) or later; earlier blocks are the host's own.
const WINDOW_AHEAD_DAYS: i32 = 330;
/// Booking.com's horizon ends 546 to 550 days ahead; its label is the same as a stay's.
const CLOSED_WINDOW_AHEAD_DAYS: std::ops::RangeInclusive<i32> = 540..=560;

/// Marks the blocks that slide every day, from today's date and the events alone.
pub(super) fn mark_sliding(events: &mut [Event], today: Date) {
    let far = today.saturating_add(WINDOW_AHEAD_DAYS.days());
    let last_end = events.iter().map(|event| event.end).max();
    for event in events {
        let ahead = (event.end - today).get_days();
        let is_last = Some(event.end) == last_end;
        event.window_from = match event.kind {
            Kind::Blocked if is_last && WINDOW_AHEAD_DAYS <= ahead => Some(event.start),
            // Booking.com merges a stay that ends where its horizon begins into one range with it.
            Kind::Closed if is_last && CLOSED_WINDOW_AHEAD_DAYS.contains(&ahead) => {
                Some(event.start.max(far))
            }
            Kind::Booked
            | Kind::Closed
            | Kind::Blocked
            | Kind::Tentative
            | Kind::Notice
            | Kind::Window
            | Kind::Releasing => None,
        };
        if event.window_from == Some(event.start) {
            event.kind = Kind::Window;
        } else if event.kind == Kind::Blocked && is_notice(event, today) {
            event.kind = Kind::Notice;
        }
        event.soft = event.kind.is_soft();
    }
}

fn is_notice(event: &Event, today: Date) -> bool {
    let earliest = today.saturating_sub(NOTICE_LAG_DAYS.days());
    let latest_end = today.saturating_add(NOTICE_DAYS_MAX.days());
    earliest <= event.start && event.start <= today && today < event.end && event.end <= latest_end
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn labels_of_the_channels_are_understood() {
        for (summary, kind) in [
            ("Reserved", Kind::Booked),
            ("1013840309172649869 Reserved", Kind::Booked),
            ("Réservée - Camille", Kind::Booked),
            ("Airbnb (Not available)", Kind::Blocked),
            ("Blocked", Kind::Blocked),
            ("Mantenimiento", Kind::Blocked),
            ("CLOSED - Not available", Kind::Closed),
            ("CLOSED - Guest Name", Kind::Closed),
            ("Not available", Kind::Closed),
            ("Indisponible", Kind::Closed),
            ("Reservado", Kind::Closed),
            ("Provisoire - Camille", Kind::Tentative),
            ("María y Jorge", Kind::Booked),
            ("Ana P", Kind::Booked),
            ("Airbnb - João da Silva", Kind::Booked),
            ("Lucía Fernández (Booking.com)", Kind::Booked),
            ("Lenga", Kind::Closed),
            ("Cabaña Lenga", Kind::Closed),
            ("Not Available", Kind::Closed),
            ("No Disponible", Kind::Closed),
            ("Nicht Verfügbar", Kind::Closed),
            ("Imported Calendar", Kind::Closed),
            ("Vienen los primos", Kind::Closed),
            ("1013840309172649869", Kind::Closed),
            ("", Kind::Closed),
        ] {
            assert_eq!(from_summary(summary), kind, "{summary}");
        }
    }

    fn event(start: Date, end: Date, kind: Kind) -> Event {
        Event {
            uid: String::new(),
            start,
            end,
            summary: String::new(),
            kind,
            soft: kind.is_soft(),
            window_from: None,
        }
    }

    #[test]
    fn sliding_blocks_are_soft_and_stays_are_not() {
        let today = date(2026, 11, 24);
        let mut events = [
            event(today, date(2026, 11, 26), Kind::Blocked),
            event(date(2026, 11, 23), date(2026, 11, 25), Kind::Booked),
            event(date(2027, 1, 2), date(2027, 1, 9), Kind::Blocked),
            event(date(2027, 8, 24), date(2027, 11, 25), Kind::Blocked),
        ];
        mark_sliding(&mut events, today);
        assert_eq!(
            events.each_ref().map(|e| e.kind),
            [Kind::Notice, Kind::Booked, Kind::Blocked, Kind::Window]
        );
        assert_eq!(events.each_ref().map(|e| e.soft), [true, false, false, true]);
    }

    #[test]
    fn a_stay_sold_a_year_ahead_is_never_taken_for_a_horizon() {
        let today = date(2026, 11, 24);
        let mut events = [event(date(2027, 11, 1), date(2027, 11, 20), Kind::Closed)];
        mark_sliding(&mut events, today);
        assert_eq!(events[0].kind, Kind::Closed);
        let mut events = [event(date(2028, 2, 1), date(2028, 5, 25), Kind::Closed)];
        mark_sliding(&mut events, today);
        assert_eq!(events[0].kind, Kind::Window);
    }

    #[test]
    fn a_stay_merged_with_the_horizon_stays_a_possible_stay() {
        let mut events = [event(date(2027, 3, 1), date(2028, 5, 25), Kind::Closed)];
        mark_sliding(&mut events, date(2026, 11, 24));
        let on = |night| events[0].kind_on(night);
        assert_eq!((events[0].kind, events[0].soft), (Kind::Closed, false));
        assert_eq!((on(date(2027, 3, 1)), on(date(2028, 1, 1))), (Kind::Closed, Kind::Window));
    }
}
