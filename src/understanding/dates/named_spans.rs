//! Dates of named spans: weekends, feasts, halves of a month.

use jiff::civil::Date;

use super::ambiguity::{ambiguous, reading};
use super::durations::Durations;
use super::point::Point;
use super::resolve::{last_of_month, monday, new_date, next_day_month, next_weekday, weekday_number};
use super::setting::Setting;
use super::spans::{Nth, Span};
use crate::understanding::holidays::{days_after, easter};
use crate::understanding::reading::{Dates, Stay};

const FRIDAY: u8 = 5;
const SATURDAY: u8 = 6;
/// First day of the second half of a month.
const SECOND_HALF: u8 = 16;
/// Days before Easter: Holy Thursday, the Friday before Carnival, Carnival Tuesday.
const HOLY_THURSDAY: i32 = 3;
const CARNIVAL_FRIDAY: i32 = 51;
const CARNIVAL_TUESDAY: i32 = 47;

/// The stay of a span.
pub(crate) fn dates(
    span: Span,
    hint: Option<(u8, Option<i16>)>,
    durations: &Durations,
    setting: Setting<'_>,
) -> Dates {
    let today = setting.today;
    let stay = match span {
        Span::ThisWeekend => return this_weekend(today, durations),
        Span::ComingWeekend => return coming_weekend(today),
        Span::WeekendOfMonth(month, nth) => weekend_of_month(today, month, nth),
        Span::LongWeekend(month) => {
            let month = month.or(hint.map(|(month, _)| month)).and_then(|month| i8::try_from(month).ok());
            setting.calendar.next_long_weekend(today, month)
        }
        Span::Carnival => feast_around(today, CARNIVAL_FRIDAY, CARNIVAL_TUESDAY),
        Span::HolyWeek => feast_around(today, HOLY_THURSDAY, 0),
        Span::Half(first, month) => {
            half(today, first, month.map(|month| (month, hint.and_then(|(_, year)| year))).or(hint))
        }
        Span::WeekendOf(_) | Span::LongWeekendOf(_) | Span::NextWeek => None,
    };
    stay.map_or(Dates::None, Dates::Stay)
}

/// Friday to Sunday of the weekend nearest to a date.
pub(crate) fn weekend_around(date: Date) -> Stay {
    let weekday = weekday_number(date);
    let back = if weekday <= 2 { i32::from(weekday) + 2 } else { i32::from(weekday) - i32::from(FRIDAY) };
    weekend(days_after(date, -back))
}

/// "la semana que viene" alone: Monday to Sunday or to Monday.
pub(crate) fn next_week(durations: &Durations, setting: Setting<'_>) -> Dates {
    let from = days_after(monday(setting.today), 7);
    match durations.nights {
        Some(nights) => ambiguous(
            (0..=1)
                .map(|shift| days_after(from, shift))
                .map(|day| reading(day, days_after(day, i32::from(nights)), false))
                .collect(),
        ),
        None => ambiguous(
            [6, 7].into_iter().map(|nights| reading(from, days_after(from, nights), false)).collect(),
        ),
    }
}

/// Christmas or New Year alone: the eve for one or two nights, or for the given number.
pub(crate) fn feast(point: &Point, durations: &Durations, setting: Setting<'_>) -> Dates {
    let (Some(day), Some(month)) = (point.day, point.month) else { return Dates::None };
    let date = match point.year {
        Some(year) => new_date(year, month, day),
        None => next_day_month(setting.today, day, month),
    };
    let Some(date) = date else { return Dates::None };
    let eve = days_after(date, -1);
    match durations.nights {
        Some(nights) => ambiguous(
            [eve, date]
                .into_iter()
                .map(|from| reading(from, days_after(from, i32::from(nights)), false))
                .collect(),
        ),
        None => {
            ambiguous([1, 2].into_iter().map(|nights| reading(eve, days_after(eve, nights), false)).collect())
        }
    }
}

fn weekend(friday: Date) -> Stay {
    Stay { check_in: friday, check_out: days_after(friday, 2) }
}

fn this_weekend(today: Date, durations: &Durations) -> Dates {
    let friday = days_after(monday(today), i32::from(FRIDAY) - 1);
    let sunday = days_after(friday, 2);
    if today > friday {
        let next = days_after(friday, 7);
        let current = reading(today, sunday.max(days_after(today, 1)), today < sunday);
        return ambiguous(vec![current, reading(next, days_after(next, 2), today == sunday)]);
    }
    match durations.nights {
        None | Some(2) => Dates::Stay(weekend(friday)),
        Some(nights) => {
            let nights = i32::from(nights);
            let early = days_after(sunday, -nights);
            ambiguous(vec![reading(friday, days_after(friday, nights), false), reading(early, sunday, false)])
        }
    }
}

fn coming_weekend(today: Date) -> Dates {
    let friday = days_after(monday(today), i32::from(FRIDAY) - 1);
    let next = weekend(days_after(friday, 7));
    if today > friday {
        return Dates::Stay(next);
    }
    let this = weekend(friday);
    ambiguous([this, next].into_iter().map(|stay| reading(stay.check_in, stay.check_out, false)).collect())
}

/// A weekend belongs to the month of its Saturday.
fn weekend_of_month(today: Date, month: u8, nth: Nth) -> Option<Stay> {
    [today.year(), today.year() + 1].into_iter().find_map(|year| {
        let saturday = match nth {
            Nth::From(n) => {
                let first = next_weekday(new_date(year, month, 1)?, SATURDAY);
                days_after(first, 7 * (i32::from(n) - 1))
            }
            Nth::Last => {
                let last = last_of_month(year, month)?;
                next_weekday(days_after(last, -6), SATURDAY)
            }
        };
        let stay = weekend(days_after(saturday, -1));
        (stay.check_in >= today).then_some(stay)
    })
}

fn feast_around(today: Date, first: i32, last: i32) -> Option<Stay> {
    [today.year(), today.year() + 1].into_iter().find_map(|year| {
        let sunday = easter(year);
        let stay = Stay::new(days_after(sunday, -first), days_after(sunday, -last))?;
        (stay.check_out > today).then_some(stay)
    })
}

fn half(today: Date, first: bool, month: Option<(u8, Option<i16>)>) -> Option<Stay> {
    let day = if first { 1 } else { SECOND_HALF };
    let from = match month {
        Some((month, Some(year))) => new_date(year, month, day)?,
        Some((month, None)) => next_day_month(today, day, month)?,
        None => super::resolve::next_day(today, day)?,
    };
    let until = if first { days_after(from, i32::from(SECOND_HALF) - 1) } else { from.last_of_month() };
    Stay::new(from, until)
}
