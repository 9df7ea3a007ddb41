//! The exported text, letter by letter, and that our own reader understands it.

use super::*;
use crate::calendars::{NightRecord, ReadOptions, read};
use crate::domain::ids::{BlockId, ReservationId};
use jiff::civil::date;

fn instant(text: &str) -> Timestamp {
    text.parse().expect("valid")
}

fn guest(id: i64) -> Source {
    Source::Reservation(ReservationId(id))
}

fn ids() -> OwnIds {
    OwnIds::of(CabinId(3), "cabanas.example")
}

fn stay(holder: Source, start: Date, end: Date) -> ExportEvent {
    ExportEvent {
        start,
        end,
        holder,
        code: Some("K7M2QX".to_owned()),
        source: "directo".to_owned(),
        version: 4,
        changed_at: instant("2026-11-20T12:30:00Z"),
    }
}

const AROMO: Presentation<'static> = Presentation { name: "Aromo; la del río", shows_source: true };

#[test]
fn a_channel_s_calendar_is_this_and_nothing_more() {
    let calendar = export(&[stay(guest(12), date(2027, 1, 10), date(2027, 1, 13))], &ids(), AROMO);
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//casero//calendario//ES",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
        r"NAME:Aromo\; la del río",
        r"X-WR-CALNAME:Aromo\; la del río",
        "BEGIN:VEVENT",
        "UID:c3-reservation-12@cabanas.example",
        "DTSTAMP:20261120T123000Z",
        "DTSTART;VALUE=DATE:20270110",
        "DTEND;VALUE=DATE:20270113",
        "SUMMARY:Reservado",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "SEQUENCE:4",
        "LAST-MODIFIED:20261120T123000Z",
        "X-CODE:K7M2QX",
        "X-SOURCE:directo",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    .join("\r\n");
    assert_eq!(calendar, expected);
}

#[test]
fn the_same_bookings_are_the_same_text_in_any_order() {
    let one = stay(guest(1), date(2027, 1, 10), date(2027, 1, 13));
    let two = stay(Source::Block(BlockId(2)), date(2027, 1, 5), date(2027, 1, 6));
    assert_eq!(export(&[one.clone(), two.clone()], &ids(), AROMO), export(&[two, one], &ids(), AROMO));
}

#[test]
fn a_calendar_without_bookings_is_still_a_calendar() {
    let calendar = export(&[stay(guest(1), date(2027, 1, 10), date(2027, 1, 10))], &ids(), AROMO);
    let feed = read(calendar.as_bytes(), &ReadOptions::new(TimeZone::UTC, date(2026, 11, 24)));
    assert!(feed.complete && feed.events.is_empty() && feed.problems.is_empty());
    // RFC 5545, 3.6: "an iCalendar object … MUST include at least one calendar component".
    assert!(calendar.contains("BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\n"), "{calendar}");
    let nameless = export(&[], &ids(), Presentation { name: " ", ..AROMO });
    assert!(!nameless.contains("NAME"), "{nameless}");
}

fn channel(kinds: &[(Date, Kind)]) -> ChannelState {
    let first_seen = instant("2026-11-20T12:30:00Z");
    let record = |kind| NightRecord { kind, ..NightRecord::new(first_seen) };
    ChannelState {
        nights: kinds.iter().map(|(date, kind)| (*date, record(*kind))).collect(),
        ..ChannelState::default()
    }
}

#[test]
fn a_channel_reads_every_other_one_and_never_itself() {
    let airbnb = channel(&[
        (date(2027, 1, 1), Kind::Booked),
        (date(2027, 1, 2), Kind::Blocked),
        (date(2027, 1, 9), Kind::Tentative),
        (date(2027, 11, 1), Kind::Window),
    ]);
    let booking = channel(&[(date(2027, 2, 1), Kind::Closed)]);
    let changed_at = instant("2026-11-20T12:30:00Z");
    let channels = [
        OtherChannel { feed: FeedId(1), name: "airbnb", state: &airbnb, changed_at },
        OtherChannel { feed: FeedId(2), name: "booking", state: &booking, changed_at },
    ];
    let ours = [stay(guest(1), date(2027, 3, 1), date(2027, 3, 4))];
    let keys = |reader| {
        events_for(reader, &ours, &channels).into_iter().map(|event| event.key()).collect::<Vec<_>>()
    };
    assert_eq!(keys(FeedId(1)), ["reservation-1", "feed-2-20270201"]);
    assert_eq!(keys(FeedId(2)), ["reservation-1", "feed-1-20270101", "feed-1-20270109"]);
}

#[test]
fn a_stay_that_two_channels_tell_is_one_event_of_the_surer_one() {
    let closed = channel(&[(date(2027, 1, 1), Kind::Closed), (date(2027, 1, 2), Kind::Closed)]);
    let sold = channel(&[(date(2027, 1, 2), Kind::Booked), (date(2027, 1, 3), Kind::Booked)]);
    let changed_at = instant("2026-11-20T12:30:00Z");
    let of = |feed, state| OtherChannel { feed: FeedId(feed), name: "x", state, changed_at };
    let channels = [of(1, &closed), of(2, &sold)];
    let ours = [stay(guest(1), date(2027, 1, 3), date(2027, 1, 4))];
    let events = events_for(FeedId(3), &ours, &channels);
    let runs: Vec<_> = events.iter().map(|event| (event.holder, event.start, event.end)).collect();
    assert_eq!(
        runs[1..],
        [
            (Source::Feed(FeedId(1)), date(2027, 1, 1), date(2027, 1, 2)),
            (Source::Feed(FeedId(2)), date(2027, 1, 2), date(2027, 1, 3)),
        ]
    );
}

#[test]
fn a_guest_s_file_holds_escaped_text_in_short_lines() {
    let file = invite(
        &Invite {
            key: "reservation-12".to_owned(),
            version: 3,
            summary: "Tu estadía en Cabaña Ñandú; ¡te esperamos!".to_owned(),
            description:
                "Entrás desde las 14:00, salís hasta las 10:00.\nTraé abrigo\\leña: \u{7}de noche refresca, \
                          y mucho, en la sierra aunque sea enero. END:VCALENDAR"
                    .to_owned(),
            address: "Camino de los Molles 123, Villa Ejemplo, Córdoba".to_owned(),
            check_in: instant("2027-01-10T17:00:00Z"),
            check_out: instant("2027-01-13T13:00:00Z"),
            changed_at: instant("2026-11-20T12:30:00Z"),
        },
        "cabanas.example",
    );
    assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{file}");
    let unfolded = file.replace("\r\n ", "");
    for line in [
        "DTSTART:20270110T170000Z",
        "DTEND:20270113T130000Z",
        r"LOCATION:Camino de los Molles 123\, Villa Ejemplo\, Córdoba",
        r"SUMMARY:Tu estadía en Cabaña Ñandú\; ¡te esperamos!",
        "SEQUENCE:3",
        "BEGIN:VALARM",
        "TRIGGER:-P1D",
    ] {
        assert!(unfolded.lines().any(|found| found == line), "{line}\n{unfolded}");
    }
    assert!(unfolded.contains(r"las 10:00.\nTraé abrigo\\leña: de noche"));
    let argentina = TimeZone::fixed(jiff::tz::offset(-3));
    let feed = read(file.as_bytes(), &ReadOptions::new(argentina, date(2026, 11, 24)));
    assert_eq!((feed.events[0].start, feed.events[0].end), (date(2027, 1, 10), date(2027, 1, 13)));
}

#[test]
fn our_own_label_says_nothing_certain_when_it_comes_back() {
    let calendar = export(&[stay(guest(1), date(2027, 1, 10), date(2027, 1, 13))], &ids(), AROMO);
    let feed = read(calendar.as_bytes(), &ReadOptions::new(TimeZone::UTC, date(2026, 11, 24)));
    assert_eq!(feed.events[0].kind, Kind::Closed);
}

#[test]
fn nothing_in_a_source_can_break_a_line() {
    let mut event = stay(guest(1), date(2027, 1, 10), date(2027, 1, 13));
    event.source = "x\r\nEND:VCALENDAR".to_owned();
    let calendar = export(&[event], &ids(), AROMO);
    assert!(calendar.contains("X-SOURCE:x\\nEND:VCALENDAR\r\n"));
}

#[test]
fn where_a_night_was_sold_is_told_only_if_the_owner_wants() {
    let stays = [stay(guest(1), date(2027, 1, 10), date(2027, 1, 13))];
    let calendar = export(&stays, &ids(), Presentation { shows_source: false, ..AROMO });
    assert!(!calendar.contains("X-SOURCE") && calendar.contains("X-CODE:K7M2QX"), "{calendar}");
}
