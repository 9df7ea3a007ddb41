//! Reads a feed: tolerant with each event, strict with the whole.
//!
//! **Why our own reader.** A general parser does not answer the questions that decide between a free night and a
//! double booking: was the calendar complete, and which id's nights must stay closed because one of its events
//! could not be read? The parsers we tried either reject a whole feed for one bad line (`icalendar`, which a
//! deeply nested file also kills by stack overflow) or believe a feed that was cut in half (`calcard`). Both
//! questions are answered while walking lines, so a parser underneath would not be used. The rest, about three
//! hundred lines, is checked against `calcard` over the test corpus, where it holds.

use super::classify::{from_summary, mark_sliding};
use super::components::{RawEvent, walk};
use super::dates::{Moment, duration_seconds, end_after, moment, moments, next_day};
use super::event::{Event, Feed, Keeps, Problem, ProblemKind, ReadOptions};
use super::kind::Kind;
use super::nights::NightSet;
use super::recur::{Budget, Expansion, Rule};
use super::zones::Zones;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Problems listed for one feed; the rest is summed up in one.
const PROBLEMS_MAX: usize = 1_000;
/// Nights longer ago are not listed. Feeds keep their past for months, not for decades.
const PAST_YEARS: i32 = 20;

/// Reads a feed. Never fails and never panics: faults are listed as the feed's problems, and when one touches the
/// whole, [`Feed::complete`] is false.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Feed {
    let walked = walk(bytes, &options.limits);
    let mut reader = Reader {
        options,
        zones: Zones::new(options.timezone.clone()),
        budget: Budget { periods: options.limits.periods },
        overridden: BTreeMap::new(),
        complete: walked.complete,
        events: Vec::new(),
        problems: walked.problems,
    };
    reader.note_overrides(&walked.events);
    for raw in &walked.events {
        reader.event(raw);
    }
    reader.finish()
}

struct Reader<'a> {
    options: &'a ReadOptions,
    zones: Zones,
    budget: Budget,
    /// Days of a recurring event replaced or cancelled by another event with the same id.
    overridden: BTreeMap<String, BTreeSet<Date>>,
    complete: bool,
    events: Vec<Event>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn note_overrides(&mut self, events: &[RawEvent]) {
        for raw in events {
            let Some(day) = raw.recurrence_id.as_ref().and_then(|id| moment(id, &mut self.zones)) else {
                continue;
            };
            self.overridden.entry(raw.uid.clone()).or_default().insert(day.date());
        }
    }

    fn event(&mut self, raw: &RawEvent) {
        if raw.status == "CANCELLED" || raw.transparent {
            return;
        }
        let Some(start) = raw.start.as_ref().and_then(|start| moment(start, &mut self.zones)) else {
            self.problem(ProblemKind::BadStart { uid: raw.name() }, raw.keeps());
            return;
        };
        self.general_problems(raw);
        let first_free = self.first_free_night(raw, start);
        let length = (first_free - start.date()).get_days();
        let kind = match raw.status.as_str() {
            "TENTATIVE" => Kind::Tentative,
            _ => from_summary(&raw.summary),
        };
        for day in self.days(raw, start) {
            if self.events.len() == self.options.limits.events {
                self.refuse_as_too_large();
                return;
            }
            let end = day.saturating_add(length.days());
            if self.options.horizon() <= day {
                self.problem(ProblemKind::BeyondHorizon { uid: raw.name() }, Keeps::Nothing);
            }
            self.events.push(Event {
                uid: raw.uid.clone(),
                start: day,
                end,
                summary: raw.summary.clone(),
                kind,
                soft: kind.is_soft(),
                window_from: None,
            });
        }
    }

    fn general_problems(&mut self, raw: &RawEvent) {
        if raw.uid.is_empty() {
            self.problem(ProblemKind::NoUid, Keeps::Nothing);
        }
        if let Some(line) = raw.junk_line {
            self.problem(ProblemKind::JunkLine { line }, raw.keeps());
        }
        if let Some(name) = raw.doubled {
            self.problem(ProblemKind::Doubled { uid: raw.name(), name }, Keeps::Unknown);
        }
    }

    /// The end of the event's nights; one night where the feed has no valid end.
    fn first_free_night(&mut self, raw: &RawEvent, start: Moment) -> Date {
        let one_night = next_day(start.date());
        let end = match (&raw.end, &raw.duration) {
            (Some(end), _) => moment(end, &mut self.zones),
            (None, Some(duration)) => {
                duration_seconds(duration).and_then(|seconds| end_after(start, seconds))
            }
            (None, None) => return one_night,
        };
        let Some(end) = end else {
            self.problem(ProblemKind::BadEnd { uid: raw.name() }, raw.keeps());
            return one_night;
        };
        let first_free = end.first_free_night();
        if end <= start || first_free <= start.date() {
            self.problem(ProblemKind::NoNights { uid: raw.name() }, raw.keeps());
            return one_night;
        }
        first_free
    }

    /// The start days of the event: one, or those of its recurrence.
    fn days(&mut self, raw: &RawEvent, start: Moment) -> Vec<Date> {
        if raw.recurrence_id.is_some() || (raw.rules.is_empty() && raw.added.is_empty()) {
            return vec![start.date()];
        }
        let mut days = BTreeSet::from([start.date()]);
        for rule in &raw.rules {
            match Rule::parse(rule, &mut self.zones) {
                Ok(rule) => {
                    let (today, horizon) = (self.options.today, self.options.horizon());
                    let Expansion { days: found, cut } = rule.expand(start, today, horizon, &mut self.budget);
                    if cut {
                        self.problem(ProblemKind::RecursTooOften { uid: raw.name() }, raw.keeps());
                    }
                    days.extend(found);
                }
                Err(why) => self.problem(ProblemKind::Recurrence { uid: raw.name(), why }, raw.keeps()),
            }
        }
        for added in &raw.added {
            for day in moments(added, &mut self.zones) {
                match day {
                    Some(day) => {
                        days.insert(day.date());
                    }
                    None => {
                        let why = "unreadable RDATE";
                        self.problem(ProblemKind::Recurrence { uid: raw.name(), why }, raw.keeps());
                    }
                }
            }
        }
        // An unreadable exception is ignored: it leaves a night closed, the safe side.
        for excluded in &raw.excluded {
            for day in moments(excluded, &mut self.zones).into_iter().flatten() {
                days.remove(&day.date());
            }
        }
        let overridden = self.overridden.get(&raw.uid);
        days.into_iter().filter(|day| overridden.is_none_or(|gone| !gone.contains(day))).collect()
    }

    fn problem(&mut self, what: ProblemKind, keeps: Keeps) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { what, keeps });
        } else if self.problems.len() == PROBLEMS_MAX {
            self.problems.push(Problem { what: ProblemKind::More, keeps: Keeps::Unknown });
        }
    }

    fn refuse_as_too_large(&mut self) {
        if self.complete {
            self.complete = false;
            let what = ProblemKind::TooLarge { limit: self.options.limits.events, unit: "events" };
            self.problems.insert(0, Problem { what, keeps: Keeps::Unknown });
        }
    }

    fn finish(mut self) -> Feed {
        for name in self.zones.unknown() {
            let what = ProblemKind::UnknownZone { name: name.chars().take(80).collect() };
            self.problems.push(Problem { what, keeps: Keeps::Nothing });
        }
        self.events.sort_by(|a, b| (a.start, a.end, &a.uid).cmp(&(b.start, b.end, &b.uid)));
        self.events.dedup();
        mark_sliding(&mut self.events, self.options.today);
        let past = self.options.today.saturating_sub(PAST_YEARS.years());
        let nights = NightSet::from_ranges(self.events.iter().map(|event| (event.start, event.end)))
            .clipped(past, self.options.horizon());
        Feed { complete: self.complete, events: self.events, nights, problems: self.problems }
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
