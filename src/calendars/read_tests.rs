//! The reader's rules, one small calendar each.

use super::*;
use crate::calendars::Limits;
use jiff::civil::{Date, date};
use jiff::tz::TimeZoneDatabase;

const TODAY: Date = date(2026, 11, 24);

fn options() -> ReadOptions {
    let zone = TimeZoneDatabase::bundled().get("America/Argentina/Buenos_Aires").expect("bundled");
    ReadOptions::new(zone, TODAY)
}

fn calendar(body: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n")
}

fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:a@x\n{lines}\nEND:VEVENT\n"))
}

fn nights(text: &str) -> String {
    let feed = read(text.as_bytes(), &options());
    assert!(feed.complete, "{:?}", feed.problems);
    feed.nights.runs().iter().map(|(start, end)| format!("{start}/{end}")).collect::<Vec<_>>().join(" ")
}

fn problems(text: &str) -> Vec<(String, Keeps)> {
    read(text.as_bytes(), &options()).problems.into_iter().map(|p| (p.what.to_string(), p.keeps)).collect()
}

fn is_complete(text: &str) -> bool {
    read(text.as_bytes(), &options()).complete
}

#[test]
fn a_stay_holds_its_nights_and_not_the_day_of_departure() {
    assert_eq!(
        nights(&event("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270104")),
        "2027-01-01/2027-01-04"
    );
    assert_eq!(nights(&event("DTSTART:20270101T150000\nDTEND:20270104T100000")), "2027-01-01/2027-01-04");
    assert_eq!(nights(&event("DTSTART:20270101T000000\nDTEND:20270104T000000")), "2027-01-01/2027-01-04");
    assert_eq!(nights(&event("DTSTART:20270101T180000Z\nDURATION:P3D")), "2027-01-01/2027-01-04");
    assert_eq!(nights(&event("DTSTART;VALUE=DATE:20270101\nDURATION:P1W")), "2027-01-01/2027-01-08");
    assert_eq!(nights(&event("DTSTART;VALUE=DATE:20270101")), "2027-01-01/2027-01-02");
    assert_eq!(nights(&event("DTSTART:20270101T150000")), "2027-01-01/2027-01-02");
}

#[test]
fn instants_become_the_property_s_days() {
    // 02:00 UTC on the second is 23:00 on the first here.
    assert_eq!(nights(&event("DTSTART:20270102T020000Z\nDTEND:20270104T130000Z")), "2027-01-01/2027-01-04");
    // No guest can arrive on the third after a departure at 23:00.
    assert_eq!(nights(&event("DTSTART:20270102T020000Z\nDTEND:20270104T020000Z")), "2027-01-01/2027-01-04");
    assert_eq!(
        nights(&event("DTSTART;TZID=Europe/Rome:20270101T160000\nDTEND;TZID=Europe/Rome:20270103T110000")),
        "2027-01-01/2027-01-03"
    );
}

#[test]
fn an_end_that_makes_no_sense_gives_one_night_and_keeps_what_was_known() {
    for lines in [
        "DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270101",
        "DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270104",
        "DTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270230",
        "DTSTART;VALUE=DATE:20270104\nDURATION:-P1D",
        "DTSTART:20270104T100000\nDTEND:20270104T100000",
    ] {
        assert_eq!(nights(&event(lines)), "2027-01-04/2027-01-05", "{lines}");
        let found = problems(&event(lines));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, Keeps::Uid("a@x".to_owned()));
    }
}

#[test]
fn an_event_without_a_beginning_is_reported_and_the_rest_stands() {
    let text = calendar(
        "BEGIN:VEVENT\nUID:bad@x\nDTSTART;VALUE=DATE:20270230\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTEND:20270301\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:good@x\nDTSTART:20270501\nEND:VEVENT\n",
    );
    assert_eq!(nights(&text), "2027-05-01/2027-05-02");
    let keeps: Vec<Keeps> = problems(&text).into_iter().map(|(_, keeps)| keeps).collect();
    assert_eq!(keeps, [Keeps::Uid("bad@x".to_owned()), Keeps::Unknown]);
}

#[test]
fn status_and_transparency_decide_whether_nights_are_held() {
    let stay = "DTSTART:20270101\nDTEND:20270104";
    assert_eq!(nights(&event(&format!("{stay}\nSTATUS:CANCELLED"))), "");
    assert_eq!(nights(&event(&format!("{stay}\nTRANSP:transparent"))), "");
    let feed = read(event(&format!("{stay}\nSTATUS:TENTATIVE\nSUMMARY:Reserved")).as_bytes(), &options());
    assert_eq!((feed.events[0].kind, feed.events[0].soft, feed.nights.len()), (Kind::Tentative, true, 3));
}

#[test]
fn an_alarm_s_properties_are_not_the_event_s() {
    let text = event("DTSTART:20270101\nBEGIN:VALARM\nDTSTART:20300101\nUID:z\nSTATUS:CANCELLED\nEND:VALARM");
    assert_eq!(nights(&text), "2027-01-01/2027-01-02");
}

#[test]
fn ids_shared_by_several_events_lose_nothing() {
    let one = "BEGIN:VEVENT\nUID:a@x\nDTSTART:20270101\nDTEND:20270104\nEND:VEVENT\n";
    let other = "BEGIN:VEVENT\nUID:a@x\nDTSTART:20270110\nDTEND:20270112\nEND:VEVENT\n";
    assert_eq!(nights(&calendar(&[one, other].concat())), "2027-01-01/2027-01-04 2027-01-10/2027-01-12");
    assert_eq!(read(calendar(&[one, one].concat()).as_bytes(), &options()).events.len(), 1);
    assert_eq!(
        nights(&[calendar(one), calendar(other)].join("\u{feff}")),
        "2027-01-01/2027-01-04 2027-01-10/2027-01-12"
    );
}

#[test]
fn recurring_events_hold_each_occurrence_without_the_exceptions() {
    let weekly = "DTSTART:20270101\nDTEND:20270102\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20270115";
    assert_eq!(nights(&event(weekly)), "2027-01-01/2027-01-02 2027-01-08/2027-01-09 2027-01-22/2027-01-23");
    let text = calendar(
        "BEGIN:VEVENT\nUID:a@x\nDTSTART:20270101T150000\nDTEND:20270102T100000\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:a@x\nRECURRENCE-ID:20270102T150000\nDTSTART:20270110T150000\nDTEND:20270111T100000\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:a@x\nRECURRENCE-ID:20270103T150000\nDTSTART:20270103T150000\nSTATUS:CANCELLED\nEND:VEVENT\n",
    );
    assert_eq!(nights(&text), "2027-01-01/2027-01-02 2027-01-10/2027-01-11");
    assert_eq!(nights(&event("DTSTART:20270101\nRDATE:20270105,20270107/P1D")).matches('/').count(), 3);
}

#[test]
fn a_rule_that_can_not_be_followed_holds_what_is_known_and_makes_the_calendar_incomplete() {
    let bomb = event("DTSTART:20270101\nDTEND:20270102\nRRULE:FREQ=SECONDLY");
    let feed = read(bomb.as_bytes(), &options());
    assert!(!feed.complete && feed.nights.contains(date(2027, 1, 1)));
    assert_eq!(problems(&bomb)[0].1, Keeps::Uid("a@x".to_owned()));
}

#[test]
fn a_long_past_does_not_count_against_the_bound() {
    let limits = Limits { events: 3, ..Limits::DEFAULT };
    let old = "BEGIN:VEVENT\nDTSTART:20120101\nEND:VEVENT\n".repeat(9);
    let text = calendar(&format!("{old}BEGIN:VEVENT\nDTSTART:20270101\nEND:VEVENT\n"));
    let feed = read(text.as_bytes(), &ReadOptions { limits, ..options() });
    assert!(feed.complete && feed.nights.contains(date(2027, 1, 1)), "{:?}", feed.problems);
}

/// One case of tests/data/calendars/times.txt.
struct Case {
    why: &'static str,
    text: String,
    /// Nights in runs, and what else is asked.
    right: &'static str,
}

fn cases() -> Vec<Case> {
    let all = include_str!("../../tests/data/calendars/times.txt");
    let (_, cases) = all.split_once("\n# ").expect("cases");
    let cases = cases.split("\n# ").map(|case| {
        let (why, rest) = case.split_once('\n').expect("lines after the reason");
        let (lines, right) = rest.rsplit_once("\n= ").expect("what is right");
        let text = match lines {
            lines if lines.starts_with("BEGIN:VCALENDAR") => format!("{lines}\n"),
            lines if lines.starts_with("BEGIN:") => calendar(&format!("{lines}\n")),
            lines => event(lines),
        };
        Case { why, text, right: right.trim() }
    });
    cases.collect()
}

fn day(text: &str) -> Date {
    let whole = if text.len() == 5 { format!("2027-{text}") } else { text.to_owned() };
    whole.parse().expect("a day")
}

impl Case {
    fn check(&self, bytes: &[u8], how: &str) {
        let feed = read(bytes, &options());
        let words = || self.right.split(' ');
        let runs = words().filter_map(|word| word.split_once("..")).map(|(from, to)| (day(from), day(to)));
        let from = if words().any(|word| word == "future") { TODAY } else { Date::MIN };
        let (why, found) = (self.why, feed.nights.clipped(from, Date::MAX));
        assert_eq!(found, NightSet::from_ranges(runs), "{why}, {how}: {:?}", feed.problems);
        assert_eq!(
            words().any(|word| word == "told"),
            !feed.problems.is_empty(),
            "{why}: {:?}",
            feed.problems
        );
        assert_eq!(words().any(|word| word == "part"), !feed.complete, "{why}: {:?}", feed.problems);
    }
}

#[test]
fn times_mean_the_nights_that_are_written_beside_them_however_they_are_sent() {
    let cases = cases();
    assert!(70 <= cases.len());
    for case in cases {
        case.check(case.text.as_bytes(), "as it is");
        case.check(case.text.replace('\n', "\r\n").as_bytes(), "with CRLF");
        case.check(case.text.replace('\n', "\r").as_bytes(), "with CR");
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        case.check(&utf16(&format!("\u{feff}{}", case.text)), "in UTF-16");
        case.check(&utf16(&case.text), "in UTF-16 without a mark");
        case.check(format!("<br />\nWarning: x in y on line 3\n{}", case.text).as_bytes(), "after a warning");
        case.check(format!("Notice: z{}", case.text).as_bytes(), "after a warning in its line");
    }
}

#[test]
fn the_far_future_is_listed_but_closes_nothing() {
    let text = event("DTSTART:99990101\nDTEND:99991231");
    let feed = read(text.as_bytes(), &options());
    assert!(feed.complete && feed.nights.is_empty() && feed.events.len() == 1 && feed.problems.len() == 1);
    assert_eq!(nights(&event("DTSTART:00010101\nDTEND:99991231")), "2006-11-24/2028-11-24");
}

#[test]
fn a_calendar_that_did_not_come_whole_is_not_believed() {
    let whole = event("DTSTART:20270101");
    assert!(is_complete(&whole));
    for (why, text) in [
        ("empty", String::new()),
        ("blank", "\u{feff} \r\n ".to_owned()),
        ("web page", "<!DOCTYPE html><html><body>429</body></html>".to_owned()),
        ("json", "{\"error\":429}".to_owned()),
        ("words", "Too many requests".to_owned()),
        ("no end", whole.replace("END:VCALENDAR\n", "")),
        ("cut inside an event", whole[..whole.len() - 20].to_owned()),
        ("half an end", whole.replace("END:VCALENDAR\n", "END:VCALEN")),
        ("a second calendar cut", format!("{whole}BEGIN:VCALENDAR\nVERSION:2.0\n")),
        ("an event not closed", whole.replace("END:VEVENT\n", "")),
        ("an event not opened", whole.replace("BEGIN:VEVENT\n", "")),
        ("events inside events", event("BEGIN:VEVENT\nUID:b\nEND:VEVENT")),
        ("an event outside", format!("{whole}BEGIN:VEVENT\nEND:VEVENT\n")),
    ] {
        assert!(!is_complete(&text), "{why}");
        assert!(!problems(&text).is_empty(), "{why}");
    }
}

#[test]
fn what_loses_no_night_leaves_the_calendar_whole() {
    let whole = event("DTSTART:20270101");
    assert!(is_complete(&format!("\u{feff}\r\n {whole}\r\n<!-- cached 3 minutes ago -->\n")));
    assert!(is_complete(&event("DTSTART:20270101\nTHIS IS JUNK")));
    assert!(is_complete(&whole.to_lowercase()));
    assert!(is_complete(&calendar("")), "a channel without bookings");
}

#[test]
fn lines_lost_between_two_events_are_noticed() {
    let merged = event("DTSTART:20270101\nDTEND:20270103\nUID:b@x\nDTSTART:20270110\nDTEND:20270112");
    assert_eq!(
        problems(&merged).iter().map(|(_, keeps)| keeps.clone()).collect::<Vec<_>>(),
        [Keeps::Unknown]
    );
}

#[test]
fn every_bound_makes_the_feed_unbelievable_rather_than_shorter() {
    let with = |limits: Limits| ReadOptions { limits, ..options() };
    let two = calendar(&"BEGIN:VEVENT\nDTSTART:20270101\nEND:VEVENT\n".repeat(2));
    let daily = event("DTSTART:20270101\nRRULE:FREQ=DAILY;COUNT=9");
    for (limits, text) in [
        (Limits { bytes: 30, ..Limits::DEFAULT }, &two),
        (Limits { events: 1, ..Limits::DEFAULT }, &two),
        (Limits { events: 8, ..Limits::DEFAULT }, &daily),
        (Limits { depth: 1, ..Limits::DEFAULT }, &two),
    ] {
        let feed = read(text.as_bytes(), &with(limits));
        assert!(!feed.complete && !feed.problems.is_empty(), "{limits:?}");
    }
    let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VALARM\n".repeat(100_000));
    assert!(!is_complete(&deep));
}

#[test]
fn labels_are_shown_unescaped_and_strange_bytes_do_no_harm() {
    let mut bytes = event("DTSTART:20270101\nSUMMARY:ma?ana\\, s\u{ed}").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'?').expect("written above");
    bytes[at] = 0xF1;
    assert_eq!(read(&bytes, &options()).events[0].summary, "mañana, sí");
}

#[test]
fn an_unknown_zone_is_read_as_local_time_and_reported() {
    let text = event("DTSTART;TZID=Pueblo:20270101T150000\nDTEND;TZID=Pueblo:20270103T100000");
    assert_eq!(nights(&text), "2027-01-01/2027-01-03");
    assert_eq!(
        problems(&text),
        [("unknown time zone Pueblo, read as local time".to_owned(), Keeps::Nothing)]
    );
}
