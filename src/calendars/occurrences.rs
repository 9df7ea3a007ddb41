//! The occurrences of one event: its rules and extra dates without its exceptions and changes.

use super::components::RawEvent;
use super::dates::{Moment, moments, periods};
use super::editions::Change;
use super::event::ProblemKind;
use super::held::Places;
use super::recur::{Budget, Rule};
use super::zones::Zones;
use jiff::civil::{Date, DateTime};
use std::collections::{BTreeMap, BTreeSet};

/// One occurrence.
pub(super) struct Occurrence<'a> {
    pub(super) start: Moment,
    pub(super) end: Option<Moment>,
    /// The event it is told by: its own, or the change that later ones follow.
    pub(super) event: &'a RawEvent,
    /// Part of a run within the day, which holds the day.
    pub(super) is_part_of_day: bool,
}

/// The bounds and the work left of one reading.
pub(super) struct Bounds<'a> {
    pub(super) places: Places<'a>,
    /// Today and the first day beyond the horizon.
    pub(super) days: (Date, Date),
    pub(super) budget: &'a mut Budget,
}

/// An event with its start and end, as it is first told.
pub(super) struct First<'a> {
    pub(super) event: &'a RawEvent,
    pub(super) start: Moment,
    pub(super) end: Option<Moment>,
}

impl<'a> First<'a> {
    /// The occurrences of the event. What could not be followed is a problem, and then some are missing.
    pub(super) fn occurrences(
        &self,
        changes: &[Change<'a>],
        zones: &mut Zones,
        bounds: &mut Bounds<'_>,
    ) -> (Vec<Occurrence<'a>>, Vec<ProblemKind>) {
        let mut series = Series {
            starts: BTreeMap::from([(self.start.wall(), None)]),
            is_within_days: false,
            problems: Vec::new(),
        };
        for rule in &self.event.rules {
            if let Some(starts) = series.expand(self, rule, zones, bounds) {
                series.starts.extend(starts.into_iter().map(|start| (start, None)));
            }
        }
        for (start, end) in series.added(self, zones, bounds.places) {
            series.starts.insert(start, end);
        }
        for rule in &self.event.excluding_rules {
            for start in series.expand(self, rule, zones, bounds).unwrap_or_default() {
                series.starts.remove(&start);
            }
        }
        let gone = self.excluded(changes, zones, bounds.places);
        series.starts.retain(|start, _| !gone.contains(&start.date()));
        if series.is_within_days {
            let mut days = BTreeSet::new();
            series.starts.retain(|start, _| days.insert(start.date()));
        }
        let found = series.starts.iter().filter_map(|(start, end)| {
            let occurrence = self.at(*start, end.clone(), changes, bounds.places)?;
            Some(Occurrence { is_part_of_day: series.is_within_days, ..occurrence })
        });
        (found.collect(), series.problems)
    }

    /// Days of the event's own clock on which no occurrence is, or another is told. An exception that can't be read
    /// is ignored: it leaves a night closed, the safe side.
    fn excluded(&self, changes: &[Change<'a>], zones: &mut Zones, places: Places<'_>) -> BTreeSet<Date> {
        let dates = self.event.excluded.iter().flat_map(|dates| moments(dates, zones)).flatten();
        let mut days: BTreeSet<Date> = dates.map(|date| places.day_of(&date, &self.start)).collect();
        days.extend(changes.iter().map(|change| places.day_of(&change.of, &self.start)));
        days
    }

    /// The occurrence that the series has at a time, moved with the last change of all from one on.
    fn at(
        &self,
        start: DateTime,
        end: Option<Moment>,
        changes: &[Change<'a>],
        places: Places<'_>,
    ) -> Option<Occurrence<'a>> {
        let before = changes.iter().filter(|change| change.and_later);
        let before = before.map(|change| (places.day_of(&change.of, &self.start), change));
        let last = before.filter(|(day, _)| *day <= start.date()).max_by_key(|(day, _)| *day);
        let Some((day, change)) = last else {
            let moved = start.since(self.start.wall()).ok()?;
            let end = end.or_else(|| self.end.as_ref()?.moved(moved));
            return Some(Occurrence {
                start: self.start.at(start),
                end,
                event: self.event,
                is_part_of_day: false,
            });
        };
        let new = change.start.as_ref()?;
        let moved = start.since(day.to_datetime(places.wall_of(&change.of, &self.start).time())).ok()?;
        Some(Occurrence {
            start: new.moved(moved)?,
            end: change.end.as_ref().and_then(|end| end.moved(moved)),
            event: change.event,
            is_part_of_day: false,
        })
    }
}

struct Series {
    /// By their start on the event's own clock, with an end where it is one of its own.
    starts: BTreeMap<DateTime, Option<Moment>>,
    is_within_days: bool,
    problems: Vec<ProblemKind>,
}

impl Series {
    fn expand(
        &mut self,
        first: &First<'_>,
        rule: &str,
        zones: &mut Zones,
        bounds: &mut Bounds<'_>,
    ) -> Option<Vec<DateTime>> {
        let expansion = Rule::parse(rule, zones).and_then(|rule| {
            self.is_within_days |= rule.is_within_days();
            rule.expand(&first.start, &bounds.places, bounds.days, bounds.budget)
        });
        let uid = first.event.name();
        match expansion {
            Ok(expansion) => {
                if expansion.cut {
                    self.problems.push(ProblemKind::RecursTooOften { uid });
                }
                Some(expansion.starts)
            }
            Err(why) => {
                self.problems.push(ProblemKind::Recurrence { uid, why });
                None
            }
        }
    }

    fn added(
        &mut self,
        first: &First<'_>,
        zones: &mut Zones,
        places: Places<'_>,
    ) -> Vec<(DateTime, Option<Moment>)> {
        let mut added = Vec::new();
        for period in first.event.added.iter().flat_map(|dates| periods(dates, zones)) {
            let Some((start, end)) = period else {
                let why = "unreadable RDATE";
                self.problems.push(ProblemKind::Recurrence { uid: first.event.name(), why });
                continue;
            };
            let wall = match (&start, &first.start) {
                (Moment::Time(_), Moment::Time(_)) => places.wall_of(&start, &first.start),
                _ => places.day_of(&start, &first.start).to_datetime(first.start.wall().time()),
            };
            added.push((wall, end));
        }
        added
    }
}
