//! Parses `DTSTART`, `DTEND`, `DURATION` and the like into the property's civil time.

use super::lines::Property;
use super::zones::Zones;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, ToSpan};

/// After a later departure no guest can arrive that day, so its night is closed too. Check-out rules put
/// departures between 10:00 and 14:00; one until 16:00 still leaves room.
const LATEST_DEPARTURE: Time = Time::constant(16, 0, 0, 0);

/// A point of a calendar, in the property's civil time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    Day(Date),
    Time(DateTime),
}

impl Moment {
    /// The local day it falls on.
    pub(super) fn date(self) -> Date {
        match self {
            Moment::Day(date) => date,
            Moment::Time(time) => time.date(),
        }
    }

    /// As the end of an event: the first free night.
    pub(super) fn first_free_night(self) -> Date {
        match self {
            Moment::Day(date) => date,
            Moment::Time(time) if time.time() > LATEST_DEPARTURE => next_day(time.date()),
            Moment::Time(time) => time.date(),
        }
    }

    /// Moved by whole days, as an occurrence of a recurring event is.
    pub(super) fn plus_days(self, days: i64) -> Option<Moment> {
        let span = Span::new().try_days(days).ok()?;
        match self {
            Moment::Day(date) => date.checked_add(span).ok().map(Moment::Day),
            Moment::Time(time) => time.checked_add(span).ok().map(Moment::Time),
        }
    }
}

/// The day after, or the same one at the end of the calendar.
pub(super) fn next_day(date: Date) -> Date {
    date.checked_add(1.day()).unwrap_or(date)
}

/// Parses a date or date-time property; `None` when it is neither.
pub(super) fn moment(property: &Property, zones: &mut Zones) -> Option<Moment> {
    parse_moment(&property.value, property.param("TZID"), zones)
}

/// Parses a list of dates or date-times (`EXDATE`, `RDATE`); of a period, its start.
pub(super) fn moments(property: &Property, zones: &mut Zones) -> Vec<Option<Moment>> {
    let zone = property.param("TZID");
    property
        .value
        .split(',')
        .map(|value| parse_moment(value.split('/').next().unwrap_or(value), zone, zones))
        .collect()
}

/// Parses `19971231`, `1997-12-31`, `19971231T235959`, with or without `Z`.
pub(super) fn parse_moment(value: &str, zone: Option<&str>, zones: &mut Zones) -> Option<Moment> {
    let value = value.trim();
    let (day, time) = match value.split_once(['T', 't']) {
        Some((day, time)) => (parse_date(day)?, time),
        None => return parse_date(value).map(Moment::Day),
    };
    let (digits, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (&time[..at], Some(fixed_zone(&time[at..])?)),
        None => (time, zone.map(|name| zones.get(name))),
    };
    let written = parse_time(day, digits)?;
    let Some(zone) = zone else { return Some(Moment::Time(written)) };
    let there = written.to_zoned_datetime(zone).ok()?;
    Some(Moment::Time(there.with_time_zone(zones.local().clone()).datetime()))
}

/// `Z`, or an offset such as `-0300`, which is not in the format and which some writers use.
fn fixed_zone(text: &str) -> Option<TimeZone> {
    if text.eq_ignore_ascii_case("Z") {
        return Some(TimeZone::UTC);
    }
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    let seconds = hours * 3_600 + minutes * 60;
    Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds }).ok().map(TimeZone::fixed)
}

fn parse_date(text: &str) -> Option<Date> {
    let digits: String = match text.len() {
        8 => text.to_owned(),
        10 => text.split('-').collect(),
        _ => return None,
    };
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}

fn parse_time(day: Date, text: &str) -> Option<DateTime> {
    let whole = text.split('.').next().unwrap_or(text);
    let digits: String = whole.chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let two = |at: usize| digits.get(at..at + 2).map_or(Some(0), |part| part.parse::<i8>().ok());
    let (hour, minute, second) = (two(0)?, two(2)?, two(4)?);
    if (hour, minute, second) == (24, 0, 0) {
        return Some(next_day(day).at(0, 0, 0, 0));
    }
    // A leap second is read as second 59.
    DateTime::new(day.year(), day.month(), day.day(), hour, minute, second.min(59), 0).ok()
}

/// A duration in seconds: `P3D`, `P1W`, `P1DT12H`, with a sign; `None` when invalid or absurdly long.
pub(super) fn duration_seconds(value: &str) -> Option<i64> {
    let value = value.trim().to_ascii_uppercase();
    let (sign, rest) = match value.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, value.strip_prefix('+').unwrap_or(&value)),
    };
    let mut number = String::new();
    let mut seconds: i64 = 0;
    for c in rest.strip_prefix('P').filter(|rest| !rest.is_empty())?.chars() {
        let unit: i64 = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'T' if number.is_empty() => continue,
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let count: i64 = number.parse().ok()?;
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        number.clear();
    }
    number.is_empty().then_some(sign * seconds)
}

/// The end of an event with a start and a duration. Part of a day counts as a day when the start is a date.
pub(super) fn end_after(start: Moment, seconds: i64) -> Option<Moment> {
    match start {
        Moment::Day(_) => start.plus_days(seconds.div_euclid(86_400) + i64::from(seconds % 86_400 != 0)),
        Moment::Time(time) => {
            let span = Span::new().try_seconds(seconds).ok()?;
            time.checked_add(span).ok().map(Moment::Time)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZoneDatabase;

    fn read(line: &str) -> Option<Moment> {
        let zone = TimeZoneDatabase::bundled().get("America/Argentina/Buenos_Aires").expect("bundled");
        moment(&Property::parse(line).expect("a property"), &mut Zones::new(zone))
    }

    #[test]
    fn dates_and_times_come_out_in_the_property_s_civil_time() {
        let three = Some(Moment::Time(date(2027, 1, 1).at(15, 0, 0, 0)));
        assert_eq!(read("DTSTART;VALUE=DATE:20270101"), Some(Moment::Day(date(2027, 1, 1))));
        assert_eq!(read("DTSTART:20270101"), Some(Moment::Day(date(2027, 1, 1))));
        assert_eq!(read("DTSTART:20270101T150000"), three);
        assert_eq!(read("DTSTART:20270101T180000Z"), three);
        assert_eq!(read("DTSTART;TZID=Europe/Rome:20270101T190000"), three);
        assert_eq!(read("DTSTART;TZID=\"Argentina Standard Time\":20270101T150000"), three);
        assert_eq!(read("DTSTART;TZID=Nowhere:20270101T150000"), three);
        assert_eq!(read("DTSTART:2027-01-01T18:00:00.000Z"), three);
        assert_eq!(read("DTSTART:20270101T200000+02:00"), three);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for value in [
            "20270230",
            "2027010",
            "hoy",
            "",
            "20270101T",
            "20270101T250000",
            "2027ñ101",
            "20270101T15+9",
            "20270101T15-ñ9",
            "20270101T150000+9999",
            "T",
            "-2027-1-1",
        ] {
            assert_eq!(read(&format!("DTSTART:{value}")), None, "{value}");
        }
        // Out of the range of zone conversion.
        assert_eq!(read("DTSTART:99991231T235959Z"), None);
    }

    #[test]
    fn a_late_departure_keeps_the_night() {
        let end = |hour| Moment::Time(date(2027, 1, 4).at(hour, 0, 0, 0)).first_free_night();
        assert_eq!([end(0), end(10), end(14)], [date(2027, 1, 4); 3]);
        assert_eq!([end(17), end(23)], [date(2027, 1, 5); 2]);
    }

    #[test]
    fn durations_are_counted_in_seconds() {
        assert_eq!(duration_seconds("P3D"), Some(3 * 86_400));
        assert_eq!(duration_seconds("p1w"), Some(7 * 86_400));
        assert_eq!(duration_seconds("P1DT12H30M5S"), Some(86_400 + 45_005));
        assert_eq!(duration_seconds("-PT15M"), Some(-900));
        for value in ["", "P", "3D", "PD", "P3", "P3X", "P99999999999999999999D", "P9223372036854775807W"] {
            assert_eq!(duration_seconds(value), None, "{value}");
        }
        let start = Moment::Day(date(2027, 1, 1));
        assert_eq!(end_after(start, 86_400 + 1), Some(Moment::Day(date(2027, 1, 3))));
        assert_eq!(end_after(start, i64::MAX), None);
    }
}
