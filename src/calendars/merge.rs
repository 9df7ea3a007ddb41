//! Compares a reading of a channel's calendar with the one before: which nights close, come free, or are echoes of
//! ours.
//!
//! Everything goes **by nights, never by ids**: Booking.com derives ids from the first day, moves that day while a
//! guest is in the cabin, and merges and splits neighbouring stays; Airbnb keeps ids across a change of dates. A
//! night that is in both readings is taken, whatever its id did.
//!
//! The two errors differ in cost. A night closed for some hours too many costs little; a night freed too soon is a
//! guest in front of an occupied cabin. So new nights close at once, and missing ones come free only after several
//! readings and some hours agree, because channels do serve calendars that lack half their stays for a while. A
//! reading that failed or was incomplete frees nothing.

use super::event::{Event, Feed, Keeps};
use super::kind::Kind;
use super::state::{ChannelState, Missing, NightRecord};
use crate::domain::ids::{BlockId, FeedId, ReservationId};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// Consecutive readings without a night before it can be free. Partial calendars recovered within the hour.
pub const READINGS_TO_FREE: u32 = 3;
/// The usual wait before a night is free again.
pub const WAIT_TO_FREE: SignedDuration = SignedDuration::from_hours(2);
/// The wait when an error costs most or is likely: arrival is near, much vanished at once, or the calendar is
/// suddenly empty or partly unreadable.
pub const LONG_WAIT_TO_FREE: SignedDuration = SignedDuration::from_hours(24);
/// Arrivals this near can't be resold in time to justify the risk of a double booking.
pub const NEAR_ARRIVAL_DAYS: i32 = 7;
/// A larger share of a channel's nights gone at once counts as a fault until it lasts.
pub const SUSPICIOUS_SHARE_PERCENT: usize = 30;
/// How long a channel may keep sending nights that we released: twice the slowest refresh published.
pub const ECHO_LASTS: SignedDuration = SignedDuration::from_hours(48);
/// Ids remembered per night; normally there are at most two.
const UIDS_PER_NIGHT_MAX: usize = 16;

/// Nights held here by others than the channel: our stays, our blocks, other channels' nights.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnNights {
    pub nights: BTreeMap<Date, OwnNight>,
    /// The domain of our ids: an event that comes back with one is ours, whatever it says.
    pub uid_domain: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnNight {
    pub holder: Holder,
    /// When the channel last fetched a calendar of ours with this night; `None` when it can't know it.
    pub exported_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Reservation(ReservationId),
    Block(BlockId),
    Feed { feed: FeedId, kind: Kind },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Whether the reading was believed; if not, nothing changes.
    pub believed: bool,
    pub added: Vec<Change>,
    pub removed: Vec<Change>,
    /// Nights whose kind changed and nothing else.
    pub relabelled: Vec<Change>,
    /// Nights missing from the calendar, closed until that is confirmed.
    pub pending: Vec<Pending>,
    /// Nights of ours that the channel repeats.
    pub echoes: Vec<Date>,
    /// Nights held twice. Both sides are kept: a person decides.
    pub conflicts: Vec<Conflict>,
    /// The state to store until the next reading.
    pub next: ChannelState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub night: Date,
    /// Its kind now or, when freed, before.
    pub kind: Kind,
}

/// A night that will be free if it stays missing from the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    pub night: Date,
    pub kind: Kind,
    /// Readings without it so far, of [`READINGS_TO_FREE`].
    pub readings: u32,
    /// The earliest instant it can be free.
    pub free_from: Timestamp,
}

/// A night held by the channel and by another holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    pub night: Date,
    pub kind: Kind,
    pub holder: Holder,
}

/// Compares a reading with the known state. `today` is the property's civil day.
pub fn step(known: &ChannelState, feed: &Feed, own: &OwnNights, now: Timestamp, today: Date) -> Step {
    if !feed.complete {
        return Step {
            believed: false,
            added: Vec::new(),
            removed: Vec::new(),
            relabelled: Vec::new(),
            pending: Vec::new(),
            echoes: Vec::new(),
            conflicts: Vec::new(),
            next: known.clone(),
        };
    }
    let reading = Reading::of(feed, own, today);
    Merge::new(known, own, now, today).run(&reading)
}

/// [`step`] for "not modified": a successful reading of the last body.
pub fn step_unchanged(known: &ChannelState, own: &OwnNights, now: Timestamp, today: Date) -> Step {
    Merge::new(known, own, now, today).run(&Reading::repeated(known))
}

/// Whether an id was written by us.
pub fn is_own_uid(uid: &str, domain: &str) -> bool {
    uid.rsplit_once('@').is_some_and(|(_, host)| !domain.is_empty() && host.eq_ignore_ascii_case(domain))
}

/// A feed's nights from today on.
#[derive(Debug, Default)]
struct Reading {
    nights: BTreeMap<Date, Seen>,
    /// Ids with an event that could not be read.
    unread_uids: BTreeSet<String>,
    /// An unreadable part with unknown nights.
    has_gap: bool,
    /// Nights that carry an id of ours.
    own: BTreeSet<Date>,
}

#[derive(Debug, Clone)]
struct Seen {
    kind: Kind,
    uids: BTreeSet<String>,
}

impl Reading {
    fn of(feed: &Feed, own: &OwnNights, today: Date) -> Reading {
        let mut reading = Reading::default();
        for problem in &feed.problems {
            match &problem.keeps {
                Keeps::Nothing => {}
                Keeps::Uid(uid) => {
                    reading.unread_uids.insert(uid.clone());
                }
                Keeps::Unknown => reading.has_gap = true,
            }
        }
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
            if is_own_uid(&event.uid, &own.uid_domain) {
                reading.own.extend(nights);
            } else {
                nights.for_each(|night| reading.see(night, event));
            }
        }
        reading
    }

    fn see(&mut self, night: Date, event: &Event) {
        let kind = event.kind_on(night);
        let seen = self.nights.entry(night).or_insert_with(|| Seen { kind, uids: BTreeSet::new() });
        // Kinds are ordered by certainty that somebody will sleep there.
        seen.kind = seen.kind.min(kind);
        // A full set is not searched, and a present id is not copied.
        let has_room = !event.uid.is_empty() && seen.uids.len() < UIDS_PER_NIGHT_MAX;
        if has_room && !seen.uids.contains(&event.uid) {
            seen.uids.insert(event.uid.clone());
        }
    }

    fn repeated(known: &ChannelState) -> Reading {
        let held = known.nights.iter().filter(|(_, night)| night.missing.is_none());
        let mut nights: BTreeMap<Date, Seen> =
            held.map(|(date, night)| (*date, Seen { kind: night.kind, uids: night.uids.clone() })).collect();
        for night in known.echoes.keys() {
            nights.entry(*night).or_insert_with(|| Seen { kind: Kind::Closed, uids: BTreeSet::new() });
        }
        Reading { nights, ..Reading::default() }
    }
}

struct Merge<'a> {
    known: &'a ChannelState,
    own: &'a OwnNights,
    now: Timestamp,
    today: Date,
    step: Step,
}

impl<'a> Merge<'a> {
    fn new(known: &'a ChannelState, own: &'a OwnNights, now: Timestamp, today: Date) -> Merge<'a> {
        let step = Step {
            believed: true,
            added: Vec::new(),
            removed: Vec::new(),
            relabelled: Vec::new(),
            pending: Vec::new(),
            echoes: Vec::new(),
            conflicts: Vec::new(),
            next: ChannelState::default(),
        };
        Merge { known, own, now, today, step }
    }

    fn run(mut self, reading: &Reading) -> Step {
        for (night, seen) in reading.nights.range(self.today..) {
            self.present(*night, seen);
        }
        for night in &reading.own {
            if !reading.nights.contains_key(night) {
                self.step.echoes.push(*night);
            }
        }
        self.absent(reading);
        self.step.echoes.sort_unstable();
        self.step
    }

    fn present(&mut self, night: Date, seen: &Seen) {
        let own = self.own.nights.get(&night);
        let before = self.known.nights.get(&night);
        let may_be_echo =
            before.is_none_or(|record| record.kind == Kind::Releasing) && seen.kind != Kind::Booked;
        if may_be_echo && own.is_some_and(|own| own.exported_at.is_some_and(|at| at <= self.now)) {
            let since = self.known.echoes.get(&night).copied().unwrap_or(self.now);
            self.step.next.echoes.insert(night, since);
            self.step.echoes.push(night);
            if let Some(record) = before {
                self.step.removed.push(Change { night, kind: record.kind });
            }
            return;
        }
        let was_echo = self.known.echoes.contains_key(&night);
        let first_seen = before.map_or(self.now, |record| record.first_seen);
        let kind = match before.map(|record| record.kind) {
            _ if seen.kind == Kind::Booked => Kind::Booked,
            Some(Kind::Releasing) if self.now.duration_since(first_seen) < ECHO_LASTS => Kind::Releasing,
            Some(Kind::Releasing) if seen.kind == Kind::Releasing => Kind::Closed,
            None if was_echo && own.is_none() => Kind::Releasing,
            Some(_) | None => seen.kind,
        };
        let change = Change { night, kind };
        match before {
            None => self.step.added.push(change),
            Some(record) if record.kind != kind => self.step.relabelled.push(change),
            Some(_) => {}
        }
        if let Some(own) = own.filter(|own| is_conflict(kind, own.holder)) {
            self.step.conflicts.push(Conflict { night, kind, holder: own.holder });
        }
        let record = NightRecord { kind, uids: seen.uids.clone(), first_seen, missing: None };
        self.step.next.nights.insert(night, record);
    }

    /// Handles the nights missing from the calendar. Past ones are forgotten.
    fn absent(&mut self, reading: &Reading) {
        let known_uids: BTreeSet<&String> =
            self.known.nights.values().flat_map(|record| &record.uids).collect();
        let has_gap = reading.has_gap || reading.unread_uids.iter().any(|uid| !known_uids.contains(uid));
        let mut gone: Vec<(Date, &NightRecord)> = Vec::new();
        for (night, record) in self.known.nights.range(self.today..) {
            if reading.nights.contains_key(night) {
                continue;
            }
            if record.uids.is_disjoint(&reading.unread_uids) {
                gone.push((*night, record));
            } else {
                self.step.next.nights.insert(*night, NightRecord { missing: None, ..record.clone() });
            }
        }
        let all_slow = has_gap || reading.nights.is_empty();
        let soft_slow = self.is_suspicious(&gone, true);
        let hard_slow = self.is_suspicious(&gone, false);
        let mut arrival: Option<(Date, Date)> = None;
        for (night, record) in gone {
            let first = match arrival {
                Some((first, last)) if last.tomorrow().ok() == Some(night) => first,
                Some(_) | None => night,
            };
            arrival = Some((first, night));
            let is_near = first <= self.today.saturating_add(NEAR_ARRIVAL_DAYS.days());
            let slow = all_slow || is_near || if record.kind.is_soft() { soft_slow } else { hard_slow };
            self.miss(night, record, slow);
        }
    }

    /// Whether too large a share of the nights is gone; soft and real nights are counted apart, so that a horizon
    /// of three months can't hide that every stay vanished.
    fn is_suspicious(&self, gone: &[(Date, &NightRecord)], soft: bool) -> bool {
        let alike = |record: &NightRecord| record.kind.is_soft() == soft;
        let all = self.known.nights.range(self.today..).filter(|(_, record)| alike(record)).count();
        let missing = gone.iter().filter(|(_, record)| alike(record)).count();
        all * SUSPICIOUS_SHARE_PERCENT < missing * 100
    }

    fn miss(&mut self, night: Date, record: &NightRecord, slow: bool) {
        let missing = match record.missing {
            Some(before) => Missing {
                since: before.since,
                readings: before.readings.saturating_add(1),
                slow: before.slow || slow,
            },
            None => Missing { since: self.now, readings: 1, slow },
        };
        let wait = if missing.slow { LONG_WAIT_TO_FREE } else { WAIT_TO_FREE };
        let free_from = missing.since.saturating_add(wait).unwrap_or(Timestamp::MAX);
        if READINGS_TO_FREE <= missing.readings && free_from <= self.now {
            self.step.removed.push(Change { night, kind: record.kind });
            return;
        }
        self.step.pending.push(Pending { night, kind: record.kind, readings: missing.readings, free_from });
        self.step.next.nights.insert(night, NightRecord { missing: Some(missing), ..record.clone() });
    }
}

/// Whether the channel's claim and the holder exclude each other. A channel's mere closing may be its own copy of
/// a third calendar, so only our own guests make that a conflict.
fn is_conflict(kind: Kind, holder: Holder) -> bool {
    match (kind, holder) {
        (Kind::Booked, Holder::Reservation(_) | Holder::Block(_)) => true,
        (Kind::Booked, Holder::Feed { kind, .. }) => kind == Kind::Booked,
        (Kind::Closed, Holder::Reservation(_)) => true,
        (Kind::Closed, Holder::Block(_) | Holder::Feed { .. }) => false,
        (Kind::Blocked | Kind::Tentative | Kind::Notice | Kind::Window | Kind::Releasing, _) => false,
    }
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
