//! Which of an event's editions counts, and what its single occurrences were changed to.
//!
//! A calendar may hold an event as it was and as it is. The one with the highest `SEQUENCE` counts. Events that share
//! an id and an edition are several events: channels do reuse ids.

use super::components::RawEvent;
use super::dates::{Moment, moment, parse_duration};
use super::zones::Zones;
use std::collections::BTreeMap;

/// Drops the editions that a later one replaced or cancelled. Events without an id have one edition each.
pub(super) fn keep_latest(events: &mut Vec<RawEvent>) {
    let mut latest: BTreeMap<(String, String), i64> = BTreeMap::new();
    for event in events.iter() {
        let sequence = latest.entry(identity(event)).or_insert(event.sequence);
        *sequence = event.sequence.max(*sequence);
    }
    events.retain(|event| event.uid.is_empty() || latest[&identity(event)] == event.sequence);
    // Of the same edition the one that was cancelled later counts, and with a series its single changes.
    let cancelled: Vec<RawEvent> =
        events.iter().filter(|event| event.is_cancelled() && !event.uid.is_empty()).cloned().collect();
    if cancelled.is_empty() {
        return;
    }
    events.retain(|event| !cancelled.iter().any(|gone| is_cancelled_by(event, gone)));
}

fn identity(event: &RawEvent) -> (String, String) {
    let occurrence = event.recurrence_id.as_ref().map_or("", |id| id.value.trim());
    (event.uid.clone(), occurrence.to_owned())
}

fn is_cancelled_by(event: &RawEvent, gone: &RawEvent) -> bool {
    if event.is_cancelled() || event.uid != gone.uid {
        return false;
    }
    let of_its_series = gone.recurrence_id.is_none() && event.recurrence_id.is_some();
    let same = identity(event) == identity(gone)
        && event.start.as_ref().map(|start| &start.value) == gone.start.as_ref().map(|start| &start.value);
    (of_its_series && event.sequence <= gone.sequence) || (same && event.written_at < gone.written_at)
}

/// A change of one occurrence of a series, or of all from one on.
pub(super) struct Change<'a> {
    /// The occurrence, as the series had it.
    pub(super) of: Moment,
    pub(super) and_later: bool,
    pub(super) event: &'a RawEvent,
    /// Its new start; `None` when it is cancelled.
    pub(super) start: Option<Moment>,
    pub(super) end: Option<Moment>,
}

/// The end of an event that begins at `start`, as written; an error when it can't be read.
pub(super) fn end_of(raw: &RawEvent, start: &Moment, zones: &mut Zones) -> Result<Option<Moment>, ()> {
    match (&raw.end, &raw.duration) {
        (Some(end), _) => moment(end, zones).map(Some).ok_or(()),
        (None, Some(length)) => {
            parse_duration(length).and_then(|length| start.after(length)).map(Some).ok_or(())
        }
        (None, None) => Ok(None),
    }
}

/// The readable changes by id. One that can't be read changes nothing: the occurrence stays where it was.
pub(super) fn changes<'a>(events: &'a [RawEvent], zones: &mut Zones) -> BTreeMap<&'a str, Vec<Change<'a>>> {
    let mut changes: BTreeMap<&str, Vec<Change<'a>>> = BTreeMap::new();
    for event in events {
        let Some(id) = &event.recurrence_id else { continue };
        let Some(of) = moment(id, zones) else { continue };
        let start = event.start.as_ref().and_then(|start| moment(start, zones));
        if start.is_none() && !event.is_cancelled() {
            continue;
        }
        let range = id.param("RANGE").is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
        let start = start.filter(|_| !event.is_cancelled());
        let end = start.as_ref().and_then(|start| end_of(event, start, zones).ok().flatten());
        changes.entry(&event.uid).or_default().push(Change { of, and_later: range, event, start, end });
    }
    changes
}
