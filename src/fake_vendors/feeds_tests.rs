//! Format of the simulated calendars.

use jiff::civil::date;

use super::*;

fn range(start: Date, end: Date, code: Option<&str>) -> Occupied {
    Occupied { start, end, code: code.map(str::to_owned), label: None }
}

#[test]
fn an_airbnb_reservation_keeps_its_uid_when_its_dates_change() {
    let mut feed = Feed::new(Site::Airbnb);
    feed.occupied = vec![range(date(2026, 12, 3), date(2026, 12, 7), Some("HMAAAA2222"))];
    let today = date(2026, 11, 24);
    let before = write("uno", &feed, today, "20261124T120000Z");
    feed.occupied[0].start = date(2026, 12, 4);
    let after = write("uno", &feed, today, "20261124T120000Z");
    let uid = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("UID:"));
        line.map(str::to_owned)
    };
    assert_eq!(uid(&before), uid(&after));
    assert!(after.contains("DTSTART;VALUE=DATE:20261204\r\nDTEND;VALUE=DATE:20261207\r\n"));
    assert!(after.lines().all(|line| line.len() <= LINE_OCTETS_MAX));
    assert!(after.contains("\r\n "), "the description is folded");
}

#[test]
fn a_booking_calendar_melts_neighbours_and_cuts_the_past() {
    let occupied = [
        range(date(2026, 12, 3), date(2026, 12, 5), Some("a")),
        range(date(2026, 12, 5), date(2026, 12, 8), Some("b")),
        range(date(2026, 11, 20), date(2026, 11, 26), Some("c")),
        range(date(2026, 11, 1), date(2026, 11, 3), Some("d")),
    ];
    assert_eq!(
        melted(&occupied, date(2026, 11, 24)),
        [(date(2026, 11, 24), date(2026, 11, 26)), (date(2026, 12, 3), date(2026, 12, 8)),]
    );
}
