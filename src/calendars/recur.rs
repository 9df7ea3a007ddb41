//! Recurring events, expanded day by day within hard bounds.
//!
//! Owners block "every Monday" in a calendar of their own; nothing more is needed. DAILY, WEEKLY, MONTHLY and
//! YEARLY are expanded with the parts such calendars use. Any other rule is reported and keeps its first
//! occurrence: an unreadable rule must never silently free nights.

use super::dates::{Moment, parse_moment};
use super::zones::Zones;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// Occurrences of one event: more than a year of days, which no cabin's calendar needs within two years.
pub const OCCURRENCES_MAX: usize = 400;
/// Days before today from which an endless rule is expanded. The past is shown, never acted on.
const PAST_DAYS: i32 = 400;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A supported rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: i32,
    count: Option<usize>,
    until: Option<Moment>,
    by_day: Vec<(i8, Weekday)>,
    by_month_day: Vec<i8>,
    by_month: Vec<i8>,
    week_start: Weekday,
}

/// Work left for one feed's rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Periods (days, weeks, months) that may still be visited.
    pub(super) periods: u32,
}

/// The start days of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expansion {
    /// In order, the first one included.
    pub(super) days: Vec<Date>,
    /// Whether a limit cut it short before the horizon.
    pub(super) cut: bool,
}

impl Rule {
    /// Parses the value of `RRULE`; the error names the unsupported part.
    pub(super) fn parse(value: &str, zones: &mut Zones) -> Result<Rule, &'static str> {
        let mut frequency = None;
        let mut rule = Rule {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            week_start: Weekday::Monday,
        };
        for part in value.split(';').filter(|part| !part.trim().is_empty()) {
            let (key, value) = part.split_once('=').ok_or("unreadable rule")?;
            let value = value.trim().to_ascii_uppercase();
            match key.trim().to_ascii_uppercase().as_str() {
                "FREQ" => frequency = Some(Frequency::parse(&value)?),
                "INTERVAL" => {
                    rule.interval = number(&value).filter(|n| *n > 0).ok_or("unreadable INTERVAL")?
                }
                "COUNT" => rule.count = Some(number(&value).ok_or("unreadable COUNT")?),
                "UNTIL" => {
                    rule.until = Some(parse_moment(&value, None, zones).ok_or("unreadable UNTIL")?);
                }
                "BYDAY" => rule.by_day = list(&value, by_day).ok_or("unreadable BYDAY")?,
                "BYMONTHDAY" => rule.by_month_day = list(&value, number).ok_or("unreadable BYMONTHDAY")?,
                "BYMONTH" => rule.by_month = list(&value, number).ok_or("unreadable BYMONTH")?,
                "WKST" => rule.week_start = weekday(&value).ok_or("unreadable WKST")?,
                // Times within a day do not change nights.
                "BYHOUR" | "BYMINUTE" | "BYSECOND" => {}
                _ => return Err("a part of the rule that we do not follow"),
            }
        }
        rule.frequency = frequency.ok_or("rule without FREQ")?;
        if rule.frequency == Frequency::Yearly && !rule.by_day.is_empty() && rule.by_month.is_empty() {
            return Err("a weekday of the year");
        }
        Ok(rule)
    }

    /// The days from the first occurrence to the horizon, within the limits.
    pub(super) fn expand(&self, start: Moment, today: Date, horizon: Date, budget: &mut Budget) -> Expansion {
        let first = start.date();
        let mut days = vec![first];
        let mut left = self.count.unwrap_or(usize::MAX).saturating_sub(1);
        let mut period = self.first_period(first, today);
        loop {
            let Some(candidates) = self.candidates(first, period, horizon) else {
                return Expansion { days, cut: false };
            };
            let Some(left_over) = budget.periods.checked_sub(self.cost()) else {
                return Expansion { days, cut: true };
            };
            budget.periods = left_over;
            period += 1;
            for day in candidates.into_iter().filter(|day| *day > first) {
                if left == 0 || horizon <= day || self.is_past_the_end(start, day) {
                    return Expansion { days, cut: false };
                }
                left -= 1;
                if days.len() == OCCURRENCES_MAX {
                    if days[0] < today && days[1] < today {
                        days.remove(0);
                    } else {
                        return Expansion { days, cut: true };
                    }
                }
                days.push(day);
            }
        }
    }

    /// The cost of visiting one period: a year is visited month by month.
    fn cost(&self) -> u32 {
        match self.frequency {
            Frequency::Daily | Frequency::Weekly | Frequency::Monthly => 1,
            Frequency::Yearly => u32::try_from(self.by_month.len()).unwrap_or(u32::MAX).max(1),
        }
    }

    /// The period to start from: an endless rule from the nineties is not walked from its first day.
    fn first_period(&self, first: Date, today: Date) -> i32 {
        if self.count.is_some() {
            return 0;
        }
        let until = self.until.map_or(today, |until| until.date().min(today));
        let Ok(from) = until.checked_sub(PAST_DAYS.days()) else { return 0 };
        if from <= first {
            return 0;
        }
        let months = i32::from(from.year() - first.year()) * 12 + i32::from(from.month() - first.month());
        let periods = match self.frequency {
            Frequency::Daily => (from - first).get_days(),
            Frequency::Weekly => (from - first).get_days() / 7,
            Frequency::Monthly => months,
            Frequency::Yearly => months / 12,
        };
        (periods / self.interval - 1).max(0)
    }

    fn is_past_the_end(&self, start: Moment, day: Date) -> bool {
        match (self.until, start) {
            (None, _) => false,
            (Some(Moment::Time(until)), Moment::Time(start)) => until < day.to_datetime(start.time()),
            (Some(until), _) => until.date() < day,
        }
    }

    /// The days of one period in order; `None` when no further period begins before the horizon.
    fn candidates(&self, first: Date, period: i32, horizon: Date) -> Option<Vec<Date>> {
        let base = self.period_start(first, period.checked_mul(self.interval)?)?;
        if horizon <= base {
            return None;
        }
        let mut days = match self.frequency {
            Frequency::Daily => {
                let day = base;
                let fits = (self.by_day.is_empty() || self.has_weekday(day)) && self.has_month_day(day);
                if fits { vec![day] } else { Vec::new() }
            }
            Frequency::Weekly => {
                let week_days = (0..7).filter_map(|offset| plus(base, offset.days()));
                if self.by_day.is_empty() {
                    week_days.filter(|day| day.weekday() == first.weekday()).collect()
                } else {
                    week_days.filter(|day| self.has_weekday(*day)).collect()
                }
            }
            Frequency::Monthly => self.month_days(first, base),
            Frequency::Yearly => {
                let months =
                    if self.by_month.is_empty() { vec![first.month()] } else { self.by_month.clone() };
                months
                    .into_iter()
                    .filter_map(|month| Date::new(base.year(), month, 1).ok())
                    .flat_map(|month| self.month_days(first, month))
                    .collect()
            }
        };
        days.retain(|day| self.by_month.is_empty() || self.by_month.contains(&day.month()));
        days.sort_unstable();
        days.dedup();
        Some(days)
    }

    /// The first day of a period.
    fn period_start(&self, first: Date, steps: i32) -> Option<Date> {
        match self.frequency {
            Frequency::Daily => plus(first, Span::new().try_days(steps).ok()?),
            Frequency::Weekly => {
                let week = plus(first, -i32::from(first.weekday().since(self.week_start)).days())?;
                plus(week, Span::new().try_weeks(steps).ok()?)
            }
            Frequency::Monthly => plus(first.first_of_month(), Span::new().try_months(steps).ok()?),
            Frequency::Yearly => {
                let year = i16::try_from(i32::from(first.year()).checked_add(steps)?).ok()?;
                Date::new(year, 1, 1).ok()
            }
        }
    }

    fn month_days(&self, first: Date, month: Date) -> Vec<Date> {
        let length = month.days_in_month();
        let all = (1..=length).filter_map(|day| Date::new(month.year(), month.month(), day).ok());
        if self.by_day.is_empty() && self.by_month_day.is_empty() {
            return all.filter(|day| day.day() == first.day()).collect();
        }
        all.filter(|day| self.has_month_day(*day) && (self.by_day.is_empty() || self.has_nth_weekday(*day)))
            .collect()
    }

    fn has_month_day(&self, day: Date) -> bool {
        let from_end = day.day() - day.days_in_month() - 1;
        self.by_month_day.is_empty() || self.by_month_day.iter().any(|n| *n == day.day() || *n == from_end)
    }

    fn has_weekday(&self, day: Date) -> bool {
        self.by_day.iter().any(|(_, weekday)| *weekday == day.weekday())
    }

    fn has_nth_weekday(&self, day: Date) -> bool {
        let nth = (day.day() - 1) / 7 + 1;
        let nth_from_end = -((day.days_in_month() - day.day()) / 7 + 1);
        self.by_day
            .iter()
            .any(|(n, weekday)| *weekday == day.weekday() && (*n == 0 || *n == nth || *n == nth_from_end))
    }
}

impl Frequency {
    fn parse(value: &str) -> Result<Frequency, &'static str> {
        match value {
            "DAILY" => Ok(Frequency::Daily),
            "WEEKLY" => Ok(Frequency::Weekly),
            "MONTHLY" => Ok(Frequency::Monthly),
            "YEARLY" => Ok(Frequency::Yearly),
            "SECONDLY" | "MINUTELY" | "HOURLY" => Err("repeats more than once a day"),
            _ => Err("unknown FREQ"),
        }
    }
}

fn plus(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

fn number<T: std::str::FromStr>(value: &str) -> Option<T> {
    value.trim().parse().ok()
}

/// Parses a list of at most twice as many entries as a month has days. Repeated entries are dropped.
fn list<T: PartialEq>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    const ENTRIES_MAX: usize = 62;
    let mut entries = Vec::new();
    for (index, entry) in value.split(',').enumerate() {
        let entry = read(entry).filter(|_| index < ENTRIES_MAX)?;
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Some(entries)
}

fn by_day(value: &str) -> Option<(i8, Weekday)> {
    let value = value.trim();
    let at = value.len().checked_sub(2).filter(|at| value.is_char_boundary(*at))?;
    let (nth, name) = value.split_at(at);
    let nth = if nth.is_empty() { 0 } else { nth.strip_prefix('+').unwrap_or(nth).parse().ok()? };
    Some((nth, weekday(name)?))
}

fn weekday(name: &str) -> Option<Weekday> {
    match name {
        "MO" => Some(Weekday::Monday),
        "TU" => Some(Weekday::Tuesday),
        "WE" => Some(Weekday::Wednesday),
        "TH" => Some(Weekday::Thursday),
        "FR" => Some(Weekday::Friday),
        "SA" => Some(Weekday::Saturday),
        "SU" => Some(Weekday::Sunday),
        _ => None,
    }
}

#[cfg(test)]
#[path = "recur_tests.rs"]
mod tests;
