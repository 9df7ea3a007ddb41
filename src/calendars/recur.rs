//! Recurring events, expanded by `rrule` on the event's own clock.
//!
//! The crate is given clock times as if they were UTC: a rule repeats on the clock of its writer, and what those
//! times mean here is asked of each occurrence. Work is bounded by the feed's [`Budget`].

use super::dates::{Moment, parse_moment};
use super::held::Places;
use super::zones::Zones;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};
use std::collections::BTreeMap;

/// Days before today from which an endless rule is expanded. The past is shown, never acted on.
const PAST_DAYS: i32 = 400;

/// A rule that can be expanded.
#[derive(Debug)]
pub(super) struct Rule {
    rule: RRule<Unvalidated>,
    until: Option<Moment>,
}

/// Work left for one feed's rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Occurrences that may still be visited.
    pub(super) occurrences: u32,
}

/// The starts of an event's occurrences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expansion {
    /// In order, on the event's own clock.
    pub(super) starts: Vec<DateTime>,
    /// Whether the budget cut it short before the horizon.
    pub(super) cut: bool,
}

impl Rule {
    /// Parses the value of `RRULE`; the error names the part that is at fault.
    pub(super) fn parse(value: &str, zones: &mut Zones) -> Result<Rule, &'static str> {
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        for part in value.split(';').filter(|part| !part.trim().is_empty()) {
            let (key, value) = part.split_once('=').ok_or("unreadable rule")?;
            parts.insert(key.trim().to_ascii_uppercase(), value.trim().to_ascii_uppercase());
        }
        let frequency = parts.get("FREQ").ok_or("rule without FREQ")?;
        if matches!(frequency.as_str(), "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY") {
            // Times within a day do not change nights.
            parts.retain(|key, _| !matches!(key.as_str(), "BYHOUR" | "BYMINUTE" | "BYSECOND"));
        }
        if parts.get("INTERVAL").is_some_and(|interval| interval.trim_start_matches('0').is_empty()) {
            return Err("unreadable INTERVAL");
        }
        let until = match parts.remove("UNTIL") {
            Some(until) => Some(parse_moment(&until, None, zones).ok_or("unreadable UNTIL")?),
            None => None,
        };
        parts.retain(|key, value| !key.starts_with("X-") && (key != "RSCALE" || value != "GREGORIAN"));
        let text = parts.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(";");
        let rule = text.parse().map_err(|_| "a part that can't be read")?;
        Ok(Rule { rule, until })
    }

    /// Whether it repeats within a day: then what it covers is days and not visits.
    pub(super) fn is_within_days(&self) -> bool {
        matches!(self.rule.get_freq(), Frequency::Hourly | Frequency::Minutely | Frequency::Secondly)
    }

    /// The occurrences of an event that begins at `start`, up to the horizon.
    pub(super) fn expand(
        &self,
        start: &Moment,
        places: &Places<'_>,
        (today, horizon): (Date, Date),
        budget: &mut Budget,
    ) -> Result<Expansion, &'static str> {
        let end = self.end(start, places);
        let from = self.first_visited(start.wall(), end.map_or(today, |end| end.date().min(today)));
        let mut expansion = Expansion { starts: Vec::new(), cut: false };
        for occurrence in &set(self.rule.clone(), from).ok_or("parts that do not fit each other")? {
            let Some(left) = budget.occurrences.checked_sub(1) else {
                expansion.cut = true;
                break;
            };
            budget.occurrences = left;
            let Some(wall) = wall(&occurrence).filter(|wall| wall.date() < horizon) else { break };
            if end.is_some_and(|end| end < wall) {
                break;
            }
            expansion.starts.push(wall);
        }
        Ok(expansion)
    }

    /// The last time that counts, on the event's own clock. A date is a whole day.
    fn end(&self, start: &Moment, places: &Places<'_>) -> Option<DateTime> {
        let until = self.until.as_ref()?;
        Some(match (until, start) {
            (Moment::Time(_), Moment::Time(_)) => places.wall_of(until, start),
            _ => places.day_of(until, start).at(23, 59, 59, 0),
        })
    }

    /// Where the expansion begins: an endless rule from the nineties is not walked from its first day.
    fn first_visited(&self, start: DateTime, today: Date) -> DateTime {
        let interval = i32::from(self.rule.get_interval());
        let step = match self.rule.get_freq() {
            Frequency::Yearly | Frequency::Monthly => return start,
            Frequency::Weekly => 7 * interval,
            Frequency::Daily => interval,
            // The pace within the day stays the same from one day to another only when it divides the day.
            Frequency::Hourly if 24 % interval == 0 => 1,
            Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => return start,
        };
        let past = (today.saturating_sub(PAST_DAYS.days()) - start.date()).get_days() / step * step;
        if self.rule.get_count().is_some() || past <= 0 {
            return start;
        }
        start.checked_add(past.days()).unwrap_or(start)
    }
}

fn set(rule: RRule<Unvalidated>, from: DateTime) -> Option<RRuleSet> {
    let seconds = from.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp().as_second();
    let start = chrono::DateTime::from_timestamp(seconds, 0)?.with_timezone(&Tz::UTC);
    Some(rule.build(start).ok()?.limit())
}

fn wall(occurrence: &chrono::DateTime<Tz>) -> Option<DateTime> {
    let instant = jiff::Timestamp::from_second(occurrence.timestamp()).ok()?;
    Some(instant.to_zoned_datetime(TimeZone::UTC).datetime())
}

#[cfg(test)]
#[path = "recur_tests.rs"]
mod tests;
