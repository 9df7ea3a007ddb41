//! The days of the tests: four weeks of one month that lies ahead of today, in the property's zone. A test that named
//! a day of the calendar would fail once that day is past.
//!
//! The weeks begin with the first Monday of the first month that starts at least [`AHEAD_DAYS`] from today: later than
//! any period of notice, earlier than the last day on sale. Weekdays and months are exact, so prices are too.
//! `./install.sh test-clock` runs the suite on other days.

#![allow(dead_code, reason = "measurements use their part of it")]

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::sync::LazyLock;

/// The property's time zone, unless its settings say otherwise.
const ZONE: &str = "America/Argentina/Buenos_Aires";
/// Days between today and the month of the tests, at least: free cancellation ends a week before a stay.
pub const AHEAD_DAYS: i64 = 30;
/// As guests write them.
const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// Found once: a run that goes on past midnight keeps its days.
static FIRST_MONDAY: LazyLock<Date> = LazyLock::new(|| first_monday(today()));

/// Today, where the property is.
pub fn today() -> Date {
    TimeZone::get(ZONE).expect("a zone").to_datetime(Timestamp::now()).date()
}

/// The first of the tests' days as seen from this one.
pub fn first_monday(today: Date) -> Date {
    let earliest = today.saturating_add(AHEAD_DAYS.days());
    let first = if earliest.day() == 1 { earliest } else { earliest.last_of_month().saturating_add(1.day()) };
    let to_monday = (7 - first.weekday().to_monday_zero_offset()) % 7;
    first.saturating_add(i64::from(to_monday).days())
}

/// So many days after the first Monday; up to `day(21)` all are of one month.
pub fn day(number: i64) -> Date {
    FIRST_MONDAY.saturating_add(number.days())
}

/// The first day of the month of the tests.
pub fn first_of_month() -> Date {
    day(0).first_of_month()
}

/// The last day of the month of the tests.
pub fn last_of_month() -> Date {
    day(0).last_of_month()
}

/// A stay as a guest says it: `del 12 al 15 de enero`.
pub fn in_words(from: i64, to: i64) -> String {
    let (from, to) = (day(from), day(to));
    assert_eq!(from.month(), to.month(), "said by its last month alone");
    format!("del {} al {} de {}", from.day(), to.day(), month_name(to))
}

/// A stay in figures: `del 12/1/2027 al 15/1/2027`.
pub fn in_figures(from: i64, to: i64) -> String {
    format!("del {} al {}", figures(day(from)), figures(day(to)))
}

/// A day in figures: `12/1/2027`.
pub fn figures(day: Date) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

/// A day in figures of fixed width, as the product writes it: `12/01/2027`.
pub fn wide_figures(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// A day as calendars write it: `20270112`.
pub fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A month as an address names it: `2027-01`.
pub fn year_month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

/// A month's Spanish name.
pub fn month_name(day: Date) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}
