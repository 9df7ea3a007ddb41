//! The tests' days lie ahead on any day of the year, and no test of the running product names its own.

use super::days::{AHEAD_DAYS, first_monday};
use jiff::civil::{Weekday, date};
use jiff::{Span, ToSpan};
use std::path::{Path, PathBuf};

/// Files whose days are handed to what they test: no clock takes part there.
const OF_FIXED_CLOCKS: [&str; 18] = [
    "calendars/differential.rs",
    "calendars/files.rs",
    "calendars/mod.rs",
    "calendars/properties.rs",
    "calendars/replay.rs",
    "concerns.rs",
    "days.rs",
    "days_tests.rs",
    "dialogues/facts.rs",
    "dialogues/limits.rs",
    "dialogues/mod.rs",
    "dialogues/outside.rs",
    "dialogues/player.rs",
    "dialogues/property.rs",
    "dialogues/shown.rs",
    "mercadopago.rs",
    "sentences.rs",
    "understanding.rs",
];

#[test]
fn from_any_day_there_are_four_weeks_of_one_month_ahead() {
    let mut today = date(2026, 1, 1);
    while today < date(2030, 1, 1) {
        let monday = first_monday(today);
        let ahead = (monday - today).get_days();
        assert_eq!(monday.weekday(), Weekday::Monday, "{today}");
        assert!((AHEAD_DAYS..AHEAD_DAYS + 38).contains(&i64::from(ahead)), "{today}: {ahead}");
        assert_eq!(monday.saturating_add(21.days()).month(), monday.month(), "{today}");
        today = today.saturating_add(Span::new().days(1));
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// Whether a line names a day or a month of the calendar: `2027-02-01`, `15/1/2027`, `date(2027`.
fn names_a_day(line: &str) -> bool {
    let year_at = |at: usize| {
        let year = line.get(at..at + 4).and_then(|year| year.parse::<u16>().ok());
        year.is_some_and(|year| (2026..2100).contains(&year))
    };
    line.match_indices("20").any(|(at, _)| {
        let (before, after) = (&line[..at], line.get(at + 4..).unwrap_or_default());
        let month_follows = after.starts_with("-0") || after.starts_with("-1") || after.starts_with("-{");
        let day_before = before.ends_with('/') || before.ends_with("date(");
        year_at(at) && (month_follows || day_before)
    })
}

#[test]
fn no_test_of_the_running_product_names_a_day_of_the_calendar() {
    let found: Vec<String> = sources(Path::new("tests/suite"))
        .into_iter()
        .filter(|path| !OF_FIXED_CLOCKS.iter().any(|name| path.ends_with(name)))
        .flat_map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter(|line| names_a_day(line));
            lines.map(|line| format!("{}: {}", path.display(), line.trim())).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "take the days from tests/suite/days.rs: {found:#?}");
    for named in [r#""2027-02-01""#, "al 15/1/2027", "date(2030, 1, 1)", r#"format!("2027-{month:02}")"#] {
        assert!(names_a_day(named), "{named}");
    }
}
