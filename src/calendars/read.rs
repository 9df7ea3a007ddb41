//! Reads a feed: tolerant with each event, strict with the whole.
//!
//! **Why our own reader.** A general parser does not answer the questions that decide between a free night and a
//! double booking: was the calendar complete, and which id's nights must stay closed because one of its events
//! could not be read? The parsers we tried either reject a whole feed for one bad line (`icalendar`, which a
//! deeply nested file also kills by stack overflow) or believe a feed that was cut in half (`calcard`). Both
//! questions are answered while walking lines, so a parser underneath would not be used. The rest, about three
//! hundred lines, is checked against `calcard` over the test corpus, where it holds.

use super::classify::{drop_arrival_marks, from_summary, mark_sliding};
use super::components::{RawEvent, walk};
use super::dates::{Moment, moment, next_day, periods};
use super::editions::{Change, changes, end_of, keep_latest};
use super::event::{Event, Feed, Keeps, Problem, ProblemKind, ReadOptions};
use super::held::{Held, Places};
use super::kind::Kind;
use super::nights::NightSet;
use super::occurrences::{Bounds, First, Occurrence};
use super::recur::Budget;
use super::zones::Zones;
use jiff::ToSpan;

/// Problems listed for one feed; the rest is summed up in one.
const PROBLEMS_MAX: usize = 1_000;
/// Nights longer ago are not listed. Feeds keep their past for months, not for decades.
const PAST_YEARS: i32 = 20;

/// Reads a feed. Never fails and never panics: faults are listed as the feed's problems, and when one touches the
/// whole, [`Feed::complete`] is false.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Feed {
    let mut walked = walk(bytes, &options.limits);
    keep_latest(&mut walked.events);
    let mut zones = Zones::new(options.timezone.clone());
    let of_calendar = walked.zone.as_deref().and_then(|name| zones.look_up(name));
    let changes = changes(&walked.events, &mut zones);
    let mut reader = Reader {
        options,
        places: Places { local: &options.timezone, of_calendar: of_calendar.as_ref() },
        zones,
        budget: Budget { occurrences: options.limits.occurrences },
        complete: walked.complete,
        events: Vec::new(),
        past: 0,
        problems: walked.problems,
    };
    for raw in &walked.events {
        let of_series = changes.get(raw.uid.as_str()).filter(|_| !raw.uid.is_empty());
        reader.event(raw, of_series.map_or(&[], Vec::as_slice));
    }
    reader.finish()
}

struct Reader<'a> {
    options: &'a ReadOptions,
    places: Places<'a>,
    zones: Zones,
    budget: Budget,
    complete: bool,
    events: Vec<Event>,
    /// Events that are over.
    past: usize,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn event(&mut self, raw: &RawEvent, changes: &[Change<'_>]) {
        if raw.is_cancelled() {
            return;
        }
        if !raw.busy.is_empty() {
            self.busy(raw);
            return;
        }
        let start = raw.start.as_ref().and_then(|start| moment(start, &mut self.zones));
        let Some(start) = start else {
            if !raw.transparent {
                self.problem(ProblemKind::BadStart { uid: raw.name() }, raw.keeps());
            }
            return;
        };
        if raw.transparent {
            self.transparent(raw, &start);
            return;
        }
        self.general_problems(raw);
        let end = end_of(raw, &start, &mut self.zones).unwrap_or_else(|()| {
            self.problem(ProblemKind::BadEnd { uid: raw.name() }, raw.keeps());
            None
        });
        if let Held::Backward = self.places.held(&start, end.as_ref()) {
            self.problem(ProblemKind::NoNights { uid: raw.name() }, raw.keeps());
        }
        let first = First { event: raw, start, end };
        for occurrence in self.occurrences(first, changes) {
            self.hold(&occurrence);
        }
    }

    fn occurrences<'e>(&mut self, first: First<'e>, changes: &[Change<'e>]) -> Vec<Occurrence<'e>> {
        let raw = first.event;
        let is_single = raw.rules.is_empty() && raw.added.is_empty();
        if raw.recurrence_id.is_some() || (is_single && changes.is_empty() && raw.excluded.is_empty()) {
            let First { start, end, event } = first;
            return vec![Occurrence { start, end, event, is_part_of_day: false }];
        }
        let days = (self.options.today, self.options.horizon());
        let mut bounds = Bounds { places: self.places, days, budget: &mut self.budget };
        let (found, problems) = first.occurrences(changes, &mut self.zones, &mut bounds);
        for what in problems {
            // Occurrences are missing, and with them perhaps a stay.
            self.complete = false;
            self.problem(what, raw.keeps());
        }
        found
    }

    /// The periods of a free/busy component.
    fn busy(&mut self, raw: &RawEvent) {
        for period in raw.busy.iter().flat_map(|line| periods(line, &mut self.zones)).collect::<Vec<_>>() {
            match period {
                Some((start, end)) => {
                    self.hold(&Occurrence { start, end, event: raw, is_part_of_day: false });
                }
                None => self.problem(ProblemKind::BadStart { uid: raw.name() }, raw.keeps()),
            }
        }
    }

    /// An event that its calendar shows as free time holds nothing. Google gives that to every whole day that its
    /// owner does not mark otherwise, so it is said.
    fn transparent(&mut self, raw: &RawEvent, start: &Moment) {
        let end = end_of(raw, start, &mut self.zones).ok().flatten();
        if let Held::Nights(_, free) = self.places.held(start, end.as_ref())
            && (self.options.today < free || !raw.rules.is_empty())
        {
            self.problem(ProblemKind::ShownAsFree { uid: raw.name() }, Keeps::Nothing);
        }
    }

    fn general_problems(&mut self, raw: &RawEvent) {
        if raw.uid.is_empty() {
            self.problem(ProblemKind::NoUid, Keeps::Nothing);
        }
        if let Some(line) = raw.junk_line {
            // Where the event still has both ends, the line was neither.
            let is_whole = raw.end.is_some() || raw.duration.is_some();
            self.problem(ProblemKind::JunkLine { line }, if is_whole { Keeps::Nothing } else { raw.keeps() });
        }
        if let Some(name) = raw.doubled {
            self.problem(ProblemKind::Doubled { uid: raw.name(), name }, Keeps::Unknown);
        }
    }

    /// Adds the nights of one occurrence; one where they can't be told.
    fn hold(&mut self, occurrence: &Occurrence<'_>) {
        let raw = occurrence.event;
        let day = occurrence.start.date();
        let (start, end) = match self.places.held(&occurrence.start, occurrence.end.as_ref()) {
            Held::Nights(first, free) => (first, free),
            Held::Visit if !occurrence.is_part_of_day => return,
            Held::Visit | Held::Backward => (day, next_day(day)),
        };
        if end <= self.options.today {
            // The past is shown and never acted on.
            self.past += 1;
            if self.options.limits.events < self.past {
                return;
            }
        } else if self.options.limits.events <= self.events.len() - self.past.min(self.options.limits.events)
        {
            self.refuse_as_too_large();
            return;
        }
        let kind = match raw.status.as_str() {
            "TENTATIVE" => Kind::Tentative,
            _ => from_summary(&raw.summary),
        };
        if self.options.horizon() <= start {
            self.problem(ProblemKind::BeyondHorizon { uid: raw.name() }, Keeps::Nothing);
        }
        self.events.push(Event {
            uid: raw.uid.clone(),
            start,
            end,
            summary: raw.summary.clone(),
            kind,
            soft: kind.is_soft(),
            window_from: None,
        });
    }

    fn problem(&mut self, what: ProblemKind, keeps: Keeps) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { what, keeps });
        } else if self.problems.len() == PROBLEMS_MAX {
            self.problems.push(Problem { what: ProblemKind::More, keeps: Keeps::Unknown });
        }
    }

    fn refuse_as_too_large(&mut self) {
        let what = ProblemKind::TooLarge { limit: self.options.limits.events, unit: "events" };
        self.complete = false;
        if self.problems.first().is_none_or(|first| first.what != what) {
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
        drop_arrival_marks(&mut self.events);
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
