//! A feed as nights from today on: what each is shown as, and which of them could not be read.

use super::event::{Event, Feed, Keeps};
use super::kind::Kind;
use super::state::ChannelState;
use super::write::OwnIds;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Ids remembered per night; normally there are at most two.
const UIDS_PER_NIGHT_MAX: usize = 16;

/// A feed's nights from today on.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) nights: BTreeMap<Date, Seen>,
    /// Ids with an event that could not be read.
    pub(super) unread_uids: BTreeSet<String>,
    /// An unreadable part with unknown nights.
    pub(super) has_gap: bool,
    /// Nights may be missing that the channel holds.
    pub(super) is_part: bool,
    /// Ranges that may be ours, repeated: those of neutral labels.
    pub(super) neutral: Vec<(Date, Date)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) kind: Kind,
    pub(super) uids: BTreeSet<String>,
    /// Only events with an id of ours have it.
    pub(super) own_id: bool,
}

impl Seen {
    pub(super) fn of(kind: Kind) -> Seen {
        Seen { kind, uids: BTreeSet::new(), own_id: false }
    }
}

impl Reading {
    pub(super) fn of(feed: &Feed, ids: &OwnIds, today: Date) -> Reading {
        let mut reading = Reading { is_part: !feed.complete, ..Reading::default() };
        for problem in &feed.problems {
            match &problem.keeps {
                Keeps::Nothing => {}
                Keeps::Uid(uid) => {
                    reading.unread_uids.insert(uid.clone());
                }
                Keeps::Unknown => reading.has_gap = true,
            }
        }
        let mut ours = BTreeSet::new();
        let horizon = feed.nights.runs().last().map_or(today, |&(_, end)| end);
        // Occurrences of one event may overlap by the hundred. They come by start, so that an id and kind's nights
        // are covered without a gap up to the latest end so far.
        let mut held_to: BTreeMap<(&str, Kind, Option<Date>), Date> = BTreeMap::new();
        for event in &feed.events {
            let held = held_to.entry((&event.uid, event.kind, event.window_from)).or_insert(today);
            let first = event.start.max(*held);
            *held = event.end.max(*held);
            // Stepping by `tomorrow` is several times as fast as adding a span: thousands of events may hold two
            // years each.
            let nights = std::iter::successors(Some(first), |night| night.tomorrow().ok());
            let nights = nights.take_while(|night| *night < event.end.min(horizon));
            if ids.is_own(&event.uid) {
                ours.extend(nights);
                continue;
            }
            nights.for_each(|night| reading.see(night, event));
            if event.kind != Kind::Booked {
                reading.neutral.push((event.start.max(today), event.end));
            }
        }
        for night in ours {
            reading.nights.entry(night).or_insert_with(|| Seen { own_id: true, ..Seen::of(Kind::Closed) });
        }
        reading
    }

    pub(super) fn see(&mut self, night: Date, event: &Event) {
        let kind = event.kind_on(night);
        let seen = self.nights.entry(night).or_insert_with(|| Seen::of(kind));
        // Kinds are ordered by certainty that somebody will sleep there.
        seen.kind = seen.kind.min(kind);
        // A full set is not searched, and a present id is not copied.
        let has_room = !event.uid.is_empty() && seen.uids.len() < UIDS_PER_NIGHT_MAX;
        if has_room && !seen.uids.contains(&event.uid) {
            seen.uids.insert(event.uid.clone());
        }
    }

    pub(super) fn repeated(known: &ChannelState) -> Reading {
        let held = known.nights.iter().filter(|(_, night)| night.missing.is_none());
        let mut nights: BTreeMap<Date, Seen> = held
            .map(|(date, night)| {
                let kind = night.shown.unwrap_or(night.kind);
                (*date, Seen { uids: night.uids.clone(), ..Seen::of(kind) })
            })
            .collect();
        for night in known.echoes.keys() {
            // As what it was shown is not kept: until its text is read it closes the night and contradicts nobody.
            nights.entry(*night).or_insert_with(|| Seen::of(Kind::Blocked));
        }
        for night in &known.own_ids {
            if let Some(seen) = nights.get_mut(night) {
                seen.own_id = true;
            }
        }
        Reading { nights, ..Reading::default() }
    }
}
