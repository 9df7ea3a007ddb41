//! Which nights an event holds, from its start and end as written.
//!
//! Calendars mean days and write clock times. A day begins and ends at midnight **of the writer**, whose zone is
//! often not ours and, in an instant, not told. So a clock time counts on the writer's own day where that is a
//! plausible hour to arrive or leave, and on the property's day where it is not.

use super::dates::{Clock, Moment, midnight, next_day};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

/// Nobody arrives between midnight and this hour: a clock that says so is another zone's.
const EARLIEST_ARRIVAL: Time = Time::constant(6, 0, 0, 0);
/// After a departure this late no other guest arrives, so its night is held too. Late check-outs end before.
const LATEST_DEPARTURE: Time = Time::constant(20, 0, 0, 0);
/// A shorter event within one day is a cleaning, a visit or the hour of a check-in, and nobody's night.
const VISIT_MAX: SignedDuration = SignedDuration::from_hours(6);
/// From this local time on, an instant that comes back after whole days is another zone's midnight: Europe's is
/// between 18:00 and 20:00 here.
const FOREIGN_MIDNIGHT: std::ops::RangeInclusive<i8> = 18..=20;

/// The zones that a calendar is told in.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    /// The property's.
    pub(super) local: &'a TimeZone,
    /// The one that the calendar names for all of it (`X-WR-TIMEZONE`).
    pub(super) of_calendar: Option<&'a TimeZone>,
}

/// The nights of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// From the first night to the first free one.
    Nights(Date, Date),
    /// A visit within one day.
    Visit,
    /// It ends at or before its beginning.
    Backward,
}

impl Places<'_> {
    /// The nights from `start` to `end`; one where there is no end.
    pub(super) fn held(&self, start: &Moment, end: Option<&Moment>) -> Held {
        let Some(end) = end else {
            let first = match start {
                Moment::Day(day) => *day,
                Moment::Time(clock) => clock.midnight().unwrap_or_else(|| self.arrival(clock)),
            };
            return Held::Nights(first, next_day(first));
        };
        let (first, free) = match (start, end) {
            (Moment::Day(first), Moment::Day(free)) => (*first, *free),
            (Moment::Day(first), Moment::Time(end)) => (*first, self.departure(end)),
            (Moment::Time(start), Moment::Day(free)) => {
                (start.midnight().unwrap_or_else(|| self.arrival(start)), *free)
            }
            (Moment::Time(start), Moment::Time(end)) => match self.whole_days(start, end) {
                Some(days) => days,
                None if self.is_backward(start, end) => return Held::Backward,
                None if self.is_visit(start, end) => return Held::Visit,
                None => {
                    let first = self.arrival(start);
                    (first, self.departure(end).max(next_day(first)))
                }
            },
        };
        if first < free { Held::Nights(first, free) } else { Held::Backward }
    }

    /// The day on which a moment names an occurrence of an event that begins like `like`.
    pub(super) fn day_of(&self, moment: &Moment, like: &Moment) -> Date {
        match (moment, like) {
            (Moment::Day(day), _) => *day,
            (Moment::Time(clock), Moment::Day(_)) if clock.wall.time() == Time::midnight() => {
                clock.wall.date()
            }
            (Moment::Time(clock), Moment::Day(_)) => {
                let local = self.here(clock);
                if self.is_foreign_midnight(local) { next_day(local.date()) } else { local.date() }
            }
            (Moment::Time(_), Moment::Time(_)) => self.wall_of(moment, like).date(),
        }
    }

    /// A moment on the clock that `like` is told in.
    pub(super) fn wall_of(&self, moment: &Moment, like: &Moment) -> DateTime {
        match (moment, like) {
            (Moment::Time(clock), Moment::Time(like)) if clock.zone.is_some() => {
                let zone = like.zone.as_ref().unwrap_or(self.local);
                clock.within(zone, self.local).unwrap_or(clock.wall)
            }
            _ => moment.wall(),
        }
    }

    fn here(&self, clock: &Clock) -> DateTime {
        clock.within(self.local, self.local).unwrap_or(clock.wall)
    }

    /// Days from midnight to midnight, on the writer's clock, the calendar's, or that of a zone we can only guess.
    fn whole_days(&self, start: &Clock, end: &Clock) -> Option<(Date, Date)> {
        if let (Some(first), Some(free)) = (start.midnight(), end.midnight())
            && first < free
        {
            return Some((first, free));
        }
        if !start.is_instant() || !end.is_instant() {
            return None;
        }
        let there = self.of_calendar.and_then(|zone| {
            let on = |clock: &Clock| midnight(clock.within(zone, self.local)?);
            Some((on(start)?, on(end)?))
        });
        if let Some((first, free)) = there
            && first < free
        {
            return Some((first, free));
        }
        let (from, to) = (self.here(start), self.here(end));
        let is_guess = self.is_foreign_midnight(from) && self.is_foreign_midnight(to);
        (is_guess && from.date() < to.date()).then(|| (next_day(from.date()), next_day(to.date())))
    }

    fn is_foreign_midnight(&self, local: DateTime) -> bool {
        FOREIGN_MIDNIGHT.contains(&local.hour()) && (local.minute(), local.second()) == (0, 0)
    }

    fn arrival(&self, clock: &Clock) -> Date {
        let midnight_there = !clock.is_instant() && clock.wall.time() == Time::midnight();
        if clock.zone.is_none() || midnight_there || EARLIEST_ARRIVAL <= clock.wall.time() {
            return clock.wall.date();
        }
        self.here(clock).date()
    }

    /// The first free night after a departure.
    fn departure(&self, clock: &Clock) -> Date {
        let plausible = EARLIEST_ARRIVAL <= clock.wall.time() && clock.wall.time() < LATEST_DEPARTURE;
        let leaves = if plausible { clock.wall } else { self.here(clock) };
        if leaves.time() < LATEST_DEPARTURE { leaves.date() } else { next_day(leaves.date()) }
    }

    fn length(&self, start: &Clock, end: &Clock) -> SignedDuration {
        self.here(end).duration_since(self.here(start))
    }

    fn is_backward(&self, start: &Clock, end: &Clock) -> bool {
        self.length(start, end) <= SignedDuration::ZERO
    }

    fn is_visit(&self, start: &Clock, end: &Clock) -> bool {
        let (from, to) = (self.here(start), self.here(end));
        let last = to.checked_sub(1.second()).unwrap_or(to);
        from.date() == last.date() && self.length(start, end) < VISIT_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendars::dates::moment;
    use crate::calendars::lines::Property;
    use crate::calendars::zones::Zones;
    use jiff::civil::date;
    use jiff::tz::TimeZoneDatabase;

    fn held(start: &str, end: &str) -> Held {
        let local = TimeZoneDatabase::bundled().get("America/Argentina/Buenos_Aires").expect("bundled");
        let mut zones = Zones::new(local.clone());
        let mut read = |line: &str| moment(&Property::parse(line).expect("a property"), &mut zones);
        let (start, end) = (read(start).expect("a start"), read(end));
        Places { local: &local, of_calendar: None }.held(&start, end.as_ref())
    }

    #[test]
    fn a_late_departure_leaves_its_night_free_until_nobody_can_arrive_any_more() {
        let until = |hour: &str| held("A:20270101T150000", &format!("A:20270104T{hour}0000"));
        for hour in ["00", "10", "14", "17", "19"] {
            assert_eq!(until(hour), Held::Nights(date(2027, 1, 1), date(2027, 1, 4)), "{hour}");
        }
        for hour in ["20", "23"] {
            assert_eq!(until(hour), Held::Nights(date(2027, 1, 1), date(2027, 1, 5)), "{hour}");
        }
    }

    #[test]
    fn an_hour_within_a_day_is_a_visit_and_a_day_is_a_night() {
        assert_eq!(held("A:20270104T100000", "A:20270104T120000"), Held::Visit);
        assert_eq!(held("A:20270104T210000", "A:20270105T000000"), Held::Visit);
        let night = Held::Nights(date(2027, 1, 4), date(2027, 1, 5));
        assert_eq!(held("A:20270104T210000", "A:20270105T010000"), night);
        assert_eq!(held("A:20270104T080000", "A:20270104T180000"), night);
        assert_eq!(held("A:20270104T100000", "A:20270104T100000"), Held::Backward);
    }
}
