//! Properties of the reader for any calendar and any bytes.

use super::{TODAY, options};
use casero::calendars::echo::Source;
use casero::calendars::write::{ExportEvent, Invite, OwnIds, Presentation, export, invite};
use casero::calendars::{NightSet, read};
use casero::domain::ids::{CabinId, ReservationId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

fn ranges() -> impl Strategy<Value = Vec<(Date, Date)>> {
    let range = (0i32..700, 1i32..20).prop_map(|(ahead, nights)| {
        let start = TODAY.saturating_add(ahead.days());
        (start, start.saturating_add(nights.days()))
    });
    proptest::collection::vec(range, 0..60)
}

/// Text made of the words of the format, which reaches further into a parser than noise does.
fn calendar_like() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        Just("BEGIN:VCALENDAR\r\n"),
        Just("END:VCALENDAR\r\n"),
        Just("BEGIN:VEVENT\n"),
        Just("END:VEVENT\n"),
        Just("BEGIN:VALARM\r"),
        Just("END:VALARM\r"),
        Just("DTSTART"),
        Just("DTEND"),
        Just("DURATION:"),
        Just("UID:"),
        Just(";VALUE=DATE:"),
        Just(";TZID="),
        Just("Europe/Rome:"),
        Just("\"Argentina Standard Time\":"),
        Just(":"),
        Just("20270101"),
        Just("99991231T235959Z"),
        Just("00010101"),
        Just("T150000"),
        Just("Z"),
        Just("P3D"),
        Just("-P9W"),
        Just("RRULE:FREQ="),
        Just("DAILY"),
        Just("WEEKLY;BYDAY=MO,-1SU"),
        Just("MONTHLY;BYMONTHDAY=31"),
        Just("YEARLY"),
        Just(";COUNT=999999999"),
        Just(";INTERVAL=2147483647"),
        Just(";UNTIL=00010101"),
        Just("EXDATE:"),
        Just("RDATE:"),
        Just("RECURRENCE-ID:"),
        Just("STATUS:CANCELLED\n"),
        Just("\r\n"),
        Just("\n "),
        Just("\t"),
        Just("\u{feff}"),
        Just("ñ"),
        Just("\\"),
        Just("\""),
        Just(","),
        Just(";"),
    ];
    proptest::collection::vec(word, 0..80).prop_map(|words| words.concat().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn what_we_write_we_read(ranges in ranges()) {
        let events: Vec<ExportEvent> = ranges
            .iter()
            .enumerate()
            .map(|(index, (start, end))| ExportEvent {
                start: *start,
                end: *end,
                holder: Source::Reservation(ReservationId(index as i64)),
                code: None,
                source: "directo".to_owned(),
                version: 0,
                changed_at: Timestamp::UNIX_EPOCH,
            })
            .collect();
        let ids = OwnIds::of(CabinId(1), "cabanas.example");
        let feed = read(export(&events, &ids, Presentation { name: "", shows_source: true }).as_bytes(), &options());
        prop_assert!(feed.complete && feed.problems.is_empty(), "{:?}", feed.problems);
        prop_assert_eq!(feed.nights, NightSet::from_ranges(ranges));
    }

    #[test]
    fn text_of_any_kind_stays_inside_its_line(summary in any::<String>(), description in any::<String>()) {
        let file = invite(
            &Invite {
                key: "reservation-1".to_owned(),
                version: 0,
                summary,
                description,
                address: String::new(),
                check_in: "2027-01-10T17:00:00Z".parse().expect("valid"),
                check_out: "2027-01-13T13:00:00Z".parse().expect("valid"),
                changed_at: Timestamp::UNIX_EPOCH,
            },
            "cabanas.example",
        );
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
        let feed = read(file.as_bytes(), &options());
        prop_assert!(feed.complete && feed.problems.is_empty(), "{:?}", feed.problems);
        prop_assert_eq!(feed.nights.len(), 3);
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(!read(&bytes, &options()).complete || bytes.len() > 26);
    }

    #[test]
    fn any_words_of_the_format_are_read_without_panic(bytes in calendar_like()) {
        let feed = read(&bytes, &options());
        prop_assert!(feed.complete || !feed.problems.is_empty());
        prop_assert!(feed.nights.len() < 9000);
    }

    #[test]
    fn a_set_of_nights_is_the_union_of_its_ranges(ranges in ranges()) {
        let set = NightSet::from_ranges(ranges.clone());
        prop_assert_eq!(set.len(), set.iter().count());
        prop_assert!(set.iter().all(|night| ranges.iter().any(|(start, end)| *start <= night && night < *end)));
        prop_assert!(ranges.iter().all(|(start, _)| set.contains(*start)));
        prop_assert_eq!(NightSet::from_dates(set.iter()), set);
    }
}
