//! A second parser's opinion. Where `calcard` reads a calendar that came whole, both must see the same nights.

use super::{TODAY, options};
use calcard::common::timezone::Tz;
use calcard::icalendar::ICalendar;
use casero::calendars::echo::Source;
use casero::calendars::write::{ExportEvent, Invite, OwnIds, Presentation, export, invite};
use casero::calendars::{NightSet, read};
use casero::domain::ids::{CabinId, ReservationId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use std::str::FromStr;

/// Occurrences asked of the other parser, beyond ours.
const OCCURRENCES: usize = 2_000;

/// The nights another parser sees, between the day of arrival and the day of departure in local time.
fn others_nights(text: &str) -> NightSet {
    let zone = Tz::from_str("America/Argentina/Buenos_Aires").expect("a place");
    let calendar = ICalendar::parse(text).expect("a calendar");
    let expanded = calendar.expand_dates(zone, OCCURRENCES);
    assert!(expanded.errors.is_empty(), "{:?}\n{text}", expanded.errors);
    let ranges = expanded.events.into_iter().map(|event| {
        let event = event.try_into_date_time().expect("an end");
        let day = |text: String| Date::from_str(&text[..10]).expect("a day");
        (
            day(event.start.with_timezone(&zone).naive_local().to_string()),
            day(event.end.with_timezone(&zone).naive_local().to_string()),
        )
    });
    NightSet::from_ranges(ranges).clipped(Date::MIN, options().horizon())
}

fn same_nights(text: &str) {
    let feed = read(text.as_bytes(), &options());
    assert!(feed.complete && feed.problems.is_empty(), "{:?}\n{text}", feed.problems);
    assert_eq!(feed.nights, others_nights(text), "{text}");
}

fn event() -> impl Strategy<Value = String> {
    let rule = prop_oneof![
        6 => Just(String::new()),
        1 => (1..9, 1..4).prop_map(|(count, interval)| format!("RRULE:FREQ=DAILY;COUNT={count};INTERVAL={interval}\r\n")),
        1 => (1..9, 1..3).prop_map(|(count, interval)| format!("RRULE:FREQ=WEEKLY;COUNT={count};INTERVAL={interval}\r\n")),
        1 => (1..9).prop_map(|count| format!("RRULE:FREQ=WEEKLY;BYDAY=MO,SA;COUNT={count};WKST=SU\r\n")),
        1 => (1..6).prop_map(|count| format!("RRULE:FREQ=MONTHLY;COUNT={count}\r\n")),
    ];
    // The first day of a month has a weekday in every rule above only when the rule does not name one.
    (0u32..1_000_000, 0i32..500, 1i32..8, 0..5, rule).prop_map(|(id, ahead, nights, form, rule)| {
        let start = TODAY.saturating_add(ahead.days());
        let end = start.saturating_add(nights.days());
        let (first, last) = (start.strftime("%Y%m%d"), end.strftime("%Y%m%d"));
        let dates = match form {
            0 => format!("DTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{last}\r\n"),
            1 => format!("DTSTART;VALUE=DATE:{first}\r\nDURATION:P{nights}D\r\n"),
            2 => format!("DTSTART:{first}T150000\r\nDTEND:{last}T100000\r\n"),
            3 => format!("DTSTART:{first}T180000Z\r\nDTEND:{last}T130000Z\r\n"),
            _ => {
                format!("DTSTART;TZID=Europe/Rome:{first}T190000\r\nDTEND;TZID=Europe/Rome:{last}T140000\r\n")
            }
        };
        // A rule that names weekdays begins on one of them, as RFC 5545 asks.
        let rule = if rule.contains("BYDAY") && !matches!(start.weekday().to_monday_zero_offset(), 0 | 5) {
            String::new()
        } else {
            rule
        };
        format!("BEGIN:VEVENT\r\nUID:{id}@example.com\r\n{dates}{rule}SUMMARY:Reserved\r\nEND:VEVENT\r\n")
    })
}

/// A stay of ours, with words that need escaping in a calendar.
fn own_stay() -> impl Strategy<Value = ExportEvent> {
    let code = proptest::option::of("[A-Z0-9]{6}");
    let facts = (0i64..1_000_000, 0i32..700, 1i32..20, code, "[a-zñ ,;:\\\\\"]{1,90}", 0i64..4_000_000_000);
    facts.prop_map(|(id, ahead, nights, code, source, changed)| {
        let start = TODAY.saturating_add(ahead.days());
        ExportEvent {
            start,
            end: start.saturating_add(nights.days()),
            holder: Source::Reservation(ReservationId(id)),
            code,
            source,
            version: 1,
            changed_at: Timestamp::from_second(changed).expect("a moment"),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn both_see_the_same_nights(events in proptest::collection::vec(event(), 0..12)) {
        same_nights(&format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.concat()));
    }

    #[test]
    fn the_other_reads_in_our_calendar_the_nights_we_meant(stays in proptest::collection::vec(own_stay(), 0..12)) {
        let presentation = Presentation { name: "Aromo, \"la del río\"", shows_source: true };
        let text = export(&stays, &OwnIds::of(CabinId(1), "cabins.example"), presentation);
        let meant = NightSet::from_ranges(stays.iter().map(|stay| (stay.start, stay.end)));
        prop_assert_eq!(others_nights(&text), meant.clipped(Date::MIN, options().horizon()), "{}", text);
        let calendar = ICalendar::parse(&text).expect("a calendar");
        let uids: Vec<&str> = calendar.uids().collect();
        prop_assert_eq!(uids.len(), stays.len());
        prop_assert!(uids.iter().all(|uid| uid.ends_with("@cabins.example")), "{:?}", uids);
    }
}

#[test]
fn both_see_the_same_nights_in_the_channels_own_forms() {
    for name in ["airbnb", "booking", "vrbo_french"] {
        let path = format!("{}/tests/data/calendars/{name}.ics", env!("CARGO_MANIFEST_DIR"));
        same_nights(&std::fs::read_to_string(path).expect("part of the repository"));
    }
}

#[test]
fn the_other_reads_a_guests_own_file_with_the_nights_of_the_stay() {
    let arrival = TODAY.saturating_add(10.days());
    let at =
        |day: Date, hour| day.at(hour, 0, 0, 0).in_tz("America/Argentina/Buenos_Aires").expect("a place");
    let text = invite(
        &Invite {
            key: "reservation-7".into(),
            version: 2,
            summary: "Aromo, cabaña; «Puerta»".into(),
            description: "Traigan abrigo,\nlinterna\\y ganas".into(),
            address: "Ruta 5, km 3; Villa".into(),
            check_in: at(arrival, 15).timestamp(),
            check_out: at(arrival.saturating_add(3.days()), 10).timestamp(),
            changed_at: Timestamp::UNIX_EPOCH,
        },
        "cabins.example",
    );
    assert_eq!(
        others_nights(&text),
        NightSet::from_ranges([(arrival, arrival.saturating_add(3.days()))]),
        "{text}"
    );
}
