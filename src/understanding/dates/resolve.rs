//! Resolves named days to dates of the calendar.

use jiff::ToSpan;
use jiff::civil::Date;

use super::point::{Point, WeekSaid};
use crate::understanding::holidays::days_after;

/// Months searched for a day of the month: the 31st is never farther.
const MONTHS_AHEAD: i32 = 14;
/// Years searched for 29 February.
const YEARS_AHEAD: i16 = 9;
/// Months searched for a weekday with a day.
const WEEKDAY_MONTHS: i32 = 3;

/// Why a point is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// "31/2".
    Impossible,
}

/// The date of a point, on or after `earliest`; a stated year is kept.
pub(crate) fn date_of(point: &Point, earliest: Date, today: Date) -> Result<Date, NoDate> {
    if let Some(date) = point.fixed {
        return Ok(date);
    }
    let found = match (point.day, point.month, point.year) {
        (Some(day), Some(month), Some(year)) => new_date(year, month, day),
        (Some(day), Some(month), None) => next_day_month(earliest, day, month),
        (Some(day), None, _) => {
            match point.weekday.and_then(|weekday| next_day_on_weekday(earliest, day, weekday)) {
                Some(date) => Some(date),
                None => next_day(earliest, day),
            }
        }
        (None, _, _) => point.weekday.map(|weekday| match point.week {
            WeekSaid::NextWeek => in_next_week(today, weekday),
            WeekSaid::Unsaid | WeekSaid::Coming => next_weekday(earliest.max(days_after(today, 1)), weekday),
        }),
    };
    found.ok_or(NoDate::Impossible)
}

/// The next date with this day and month, on or after another.
pub(crate) fn next_day_month(earliest: Date, day: u8, month: u8) -> Option<Date> {
    (0..YEARS_AHEAD)
        .filter_map(|years| new_date(earliest.year().checked_add(years)?, month, day))
        .find(|&date| date >= earliest)
}

/// The next date with this day of the month, on or after another.
pub(crate) fn next_day(earliest: Date, day: u8) -> Option<Date> {
    days_of_months(earliest, day, MONTHS_AHEAD).find(|&date| date >= earliest)
}

/// The next date with this day of the month that falls on this weekday, if it is near.
pub(crate) fn next_day_on_weekday(earliest: Date, day: u8, weekday: u8) -> Option<Date> {
    days_of_months(earliest, day, WEEKDAY_MONTHS)
        .find(|&date| date >= earliest && weekday_number(date) == weekday)
}

/// The next such weekday, on or after a date.
pub(crate) fn next_weekday(earliest: Date, weekday: u8) -> Date {
    let ahead = (i32::from(weekday) - i32::from(weekday_number(earliest))).rem_euclid(7);
    days_after(earliest, ahead)
}

/// That weekday of the calendar week after today's, Monday first.
pub(crate) fn in_next_week(today: Date, weekday: u8) -> Date {
    days_after(monday(today), 6 + i32::from(weekday))
}

/// Monday of a date's week.
pub(crate) fn monday(date: Date) -> Date {
    days_after(date, 1 - i32::from(weekday_number(date)))
}

/// Last day of a month.
pub(crate) fn last_of_month(year: i16, month: u8) -> Option<Date> {
    Some(new_date(year, month, 1)?.last_of_month())
}

/// A date from loose parts.
pub(crate) fn new_date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn days_of_months(from: Date, day: u8, months: i32) -> impl Iterator<Item = Date> {
    let first = from.first_of_month();
    (0..=months).filter_map(move |ahead| {
        let month = first.checked_add(ahead.months()).ok()?;
        new_date(month.year(), u8::try_from(month.month()).ok()?, day)
    })
}

/// 1 to 7, Monday first.
pub(super) fn weekday_number(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_one_offset()).unwrap_or(1)
}
