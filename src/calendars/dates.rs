//! Parses `DTSTART`, `DTEND`, `DURATION` and the like into days and clock times as they are written. Which night
//! they mean is told by [`super::held`].

use super::lines::Property;
use super::zones::Zones;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, ToSpan};

/// A point of a calendar, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Date),
    Time(Clock),
}

/// A clock time and the zone it is told in; `None` when it is told in the property's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) wall: DateTime,
    pub(super) zone: Option<TimeZone>,
}

impl Clock {
    /// The same instant on the clocks of another zone; `local` is the property's.
    pub(super) fn within(&self, zone: &TimeZone, local: &TimeZone) -> Option<DateTime> {
        let there = self.wall.to_zoned_datetime(self.zone.as_ref().unwrap_or(local).clone()).ok()?;
        Some(there.with_time_zone(zone.clone()).datetime())
    }

    /// Told as an instant (`Z`, `-0300`), which does not say where its writer is.
    pub(super) fn is_instant(&self) -> bool {
        self.zone.as_ref().is_some_and(|zone| zone.to_fixed_offset().is_ok())
    }

    /// The day that begins at this time, or at the next second: some write an end as the last second of a day.
    pub(super) fn midnight(&self) -> Option<Date> {
        midnight(self.wall)
    }
}

/// The day that begins at a time: midnight, or the last minute of the day before.
pub(super) fn midnight(time: DateTime) -> Option<Date> {
    if time.time() == Time::midnight() {
        Some(time.date())
    } else if (time.hour(), time.minute()) == (23, 59) {
        Some(next_day(time.date()))
    } else {
        None
    }
}

impl Moment {
    /// The day it is written on.
    pub(super) fn date(&self) -> Date {
        match self {
            Moment::Day(date) => *date,
            Moment::Time(clock) => clock.wall.date(),
        }
    }

    /// As a time of its own clock; a day begins at midnight.
    pub(super) fn wall(&self) -> DateTime {
        match self {
            Moment::Day(date) => date.at(0, 0, 0, 0),
            Moment::Time(clock) => clock.wall,
        }
    }

    /// The same kind of moment at another time of the same clock.
    pub(super) fn at(&self, wall: DateTime) -> Moment {
        match self {
            Moment::Day(_) => Moment::Day(wall.date()),
            Moment::Time(clock) => Moment::Time(Clock { wall, zone: clock.zone.clone() }),
        }
    }

    /// Moved by nominal days and clock time, as an occurrence of a recurring event is.
    pub(super) fn moved(&self, span: Span) -> Option<Moment> {
        Some(self.at(self.wall().checked_add(span).ok()?))
    }

    /// The end of an event that begins here. Part of a day counts as a day when the start is a date.
    pub(super) fn after(&self, length: Span) -> Option<Moment> {
        let end = self.wall().checked_add(length).ok()?;
        let whole = matches!(self, Moment::Time(_)) || end.time() == Time::midnight();
        Some(self.at(if whole { end } else { next_day(end.date()).at(0, 0, 0, 0) }))
    }
}

/// The day after, or the same one at the end of the calendar.
pub(super) fn next_day(date: Date) -> Date {
    date.checked_add(1.day()).unwrap_or(date)
}

/// Parses a date or date-time property; `None` when it is neither.
pub(super) fn moment(property: &Property, zones: &mut Zones) -> Option<Moment> {
    parse_typed(property, &property.value, zones)
}

/// Parses a list of dates or date-times (`EXDATE`).
pub(super) fn moments(property: &Property, zones: &mut Zones) -> Vec<Option<Moment>> {
    property.value.split([',', ';']).map(|value| parse_typed(property, value, zones)).collect()
}

/// Parses a list of dates, date-times or periods (`RDATE`, `FREEBUSY`): starts, and ends where they have one.
pub(super) fn periods(property: &Property, zones: &mut Zones) -> Vec<Option<(Moment, Option<Moment>)>> {
    property.value.split(',').map(|value| period(property, value, zones)).collect()
}

fn period(property: &Property, value: &str, zones: &mut Zones) -> Option<(Moment, Option<Moment>)> {
    let Some((start, end)) = value.split_once('/') else {
        return Some((parse_typed(property, value, zones)?, None));
    };
    let start = parse_typed(property, start, zones)?;
    let end = match parse_duration(end) {
        Some(length) => start.after(length)?,
        None => parse_typed(property, end, zones)?,
    };
    Some((start, Some(end)))
}

/// A value of a property. One declared as a date is a date, whatever time some writers add to it.
fn parse_typed(property: &Property, value: &str, zones: &mut Zones) -> Option<Moment> {
    let moment = parse_moment(value, property.param("TZID"), zones)?;
    let declared_day = property.param("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE"));
    Some(if declared_day { Moment::Day(moment.date()) } else { moment })
}

/// Parses `19971231`, `1997-12-31`, `19971231T235959` and `1997-12-31 23:59:59`, with or without `Z`.
pub(super) fn parse_moment(value: &str, zone: Option<&str>, zones: &mut Zones) -> Option<Moment> {
    let value = value.trim();
    let (day, time) = match value.split_once(['T', 't', ' ']) {
        Some((day, time)) => (parse_date(day)?, time.trim()),
        None => return parse_date(value).map(Moment::Day),
    };
    let (digits, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (time[..at].trim(), Some(fixed_zone(&time[at..])?)),
        None => (time, zone.map(|name| zones.get(name))),
    };
    let clock = Clock { wall: parse_time(day, digits)?, zone };
    // Out of the range of zone conversion it is no time either.
    clock.within(zones.local(), zones.local())?;
    Some(Moment::Time(clock))
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
        10 => text.split(['-', '/']).collect(),
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

/// Parses a duration: `P3D`, `P1W`, `P1DT12H`, `P1M`, with a sign; `None` when invalid or absurdly long.
pub(super) fn parse_duration(value: &str) -> Option<Span> {
    let value = value.trim();
    value.trim_start_matches(['+', '-']).starts_with(['P', 'p']).then(|| value.parse().ok()).flatten()
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

    /// The time on the property's clocks.
    fn local(line: &str) -> Option<DateTime> {
        let zone = TimeZoneDatabase::bundled().get("America/Argentina/Buenos_Aires").expect("bundled");
        match read(line)? {
            Moment::Day(_) => None,
            Moment::Time(clock) => clock.within(&zone, &zone),
        }
    }

    #[test]
    fn dates_and_times_are_read_in_every_form_that_calendars_have() {
        let day = Some(Moment::Day(date(2027, 1, 1)));
        for line in [
            "DTSTART;VALUE=DATE:20270101",
            "DTSTART:20270101",
            "DTSTART:2027-01-01",
            "DTSTART:2027/01/01",
            "DTSTART;VALUE=DATE:20270101T000000Z",
        ] {
            assert_eq!(read(line), day, "{line}");
        }
        for line in [
            "DTSTART:20270101T150000",
            "DTSTART:20270101T180000Z",
            "DTSTART;TZID=Europe/Rome:20270101T190000",
            "DTSTART;TZID=\"Argentina Standard Time\":20270101T150000",
            "DTSTART;TZID=Nowhere:20270101T150000",
            "DTSTART:2027-01-01T18:00:00.000Z",
            "DTSTART:2027-01-01 15:00:00",
            "DTSTART:2027-01-01 15:00",
            "DTSTART:20270101T200000+02:00",
            "DTSTART:20270101T200000 +0200",
        ] {
            assert_eq!(local(line), Some(date(2027, 1, 1).at(15, 0, 0, 0)), "{line}");
        }
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
            "99991231T235959Z",
        ] {
            assert_eq!(read(&format!("DTSTART:{value}")), None, "{value}");
        }
    }

    #[test]
    fn durations_are_nominal_and_a_part_of_a_day_is_a_day() {
        let after = |length: &str| {
            let length = parse_duration(length)?;
            Moment::Day(date(2027, 1, 1)).after(length).map(|end| end.date())
        };
        assert_eq!(after("P3D"), Some(date(2027, 1, 4)));
        assert_eq!(after("p1w"), Some(date(2027, 1, 8)));
        assert_eq!(after("P1M"), Some(date(2027, 2, 1)));
        assert_eq!(after("+P1DT12H30M5S"), Some(date(2027, 1, 3)));
        assert_eq!(after("-P1D"), Some(date(2026, 12, 31)));
        for value in ["", "P", "3D", "PD", "P3", "P3X", "P99999999999999999999D", "P9223372036854775807W"] {
            assert_eq!(after(value), None, "{value}");
        }
    }
}
