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

use super::echo::{Given, LAG, Repeats, Shown, Source, Verdict, judge};
use super::event::Feed;
use super::kind::Kind;
use super::reading::{Reading, Seen};
use super::state::{ChannelState, NightRecord};
use super::write::OwnIds;
use crate::domain::ids::{BlockId, FeedId, ReservationId};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// What is known here of the nights of a cabin, apart from the channel that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNights {
    /// The channel that is read.
    pub reader: FeedId,
    /// It was never read before.
    pub is_first: bool,
    /// Nights held by our stays, our blocks and other channels.
    pub nights: BTreeMap<Date, Holder>,
    /// What any channel of the cabin was given to read.
    pub given: BTreeMap<Date, Vec<Given>>,
    /// Nights of ours, today or before, and the other channels that repeat them.
    pub repeated: BTreeMap<Date, Vec<Repeats>>,
    pub ids: OwnIds,
    /// When a person last said that stays which vanished together are really gone.
    pub agreed_at: Option<Timestamp>,
    /// How long a night that is no longer ours stays closed while a channel repeats it.
    pub release_after: SignedDuration,
}

impl Default for OwnNights {
    fn default() -> OwnNights {
        OwnNights {
            reader: FeedId(0),
            is_first: false,
            nights: BTreeMap::new(),
            given: BTreeMap::new(),
            repeated: BTreeMap::new(),
            ids: OwnIds::default(),
            agreed_at: None,
            release_after: LAG,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Reservation(ReservationId),
    Block(BlockId),
    Feed { feed: FeedId, kind: Kind },
}

impl Holder {
    fn source(self) -> Source {
        match self {
            Holder::Reservation(id) => Source::Reservation(id),
            Holder::Block(id) => Source::Block(id),
            Holder::Feed { feed, .. } => Source::Feed(feed),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Whether the reading was complete; if not, it closes nights and opens none.
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
    /// Nights of several stays that vanished together, closed until a person says that they are gone.
    pub vanished: Vec<Date>,
    /// Nights that are no longer ours, freed now although the channel goes on showing them.
    pub freed: Vec<Date>,
    /// Nights that are no longer ours, and that stay closed since they may be sold there.
    pub left: Vec<Date>,
    /// Our nights shown as one with others that are new: sold there, or closed there beside ours.
    pub beyond: Vec<Beyond>,
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
    /// Readings without it so far, of [`super::absence::READINGS_TO_FREE`].
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
    /// It is shown as one with nights that are ours, repeated: nothing may end because of it.
    pub could_be_echo: bool,
}

/// A range with a neutral label that holds nights of ours, repeated, and new ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// Who has the first of ours.
    pub holder: Source,
    /// The new nights, in order.
    pub nights: Vec<Date>,
}

/// Compares a reading with the known state. `today` is the property's civil day. What an incomplete calendar shows is
/// closed there, so it closes here; what is missing from it tells nothing.
pub fn step(known: &ChannelState, feed: &Feed, own: &OwnNights, now: Timestamp, today: Date) -> Step {
    let reading = Reading::of(feed, &own.ids, today);
    let step = Merge::new(known, own, now, today).run(&reading);
    Step { believed: feed.complete, ..step }
}

/// [`step`] for "not modified": a successful reading of the last body.
pub fn step_unchanged(known: &ChannelState, own: &OwnNights, now: Timestamp, today: Date) -> Step {
    Merge::new(known, own, now, today).run(&Reading::repeated(known))
}

/// Judges again what the channel repeats of the nights `from..to`, whose holder is gone now, by its last reading: a night
/// that it may have sold is closed before anybody else can have it. Other nights stay as they are.
pub fn step_released(
    known: &ChannelState,
    own: &OwnNights,
    (from, to): (Date, Date),
    now: Timestamp,
    today: Date,
) -> Step {
    let mut reading = Reading { is_part: true, ..Reading::repeated(known) };
    reading.nights.retain(|night, _| from <= *night && *night < to && known.echoes.contains_key(night));
    let step = Merge::new(known, own, now, today).run(&reading);
    Step { believed: false, ..step }
}

/// Nights closed as those of a former stay of ours that the channel can't have sold: it has not read of the end.
pub fn only_repeated(known: &ChannelState, own: &OwnNights, now: Timestamp, today: Date) -> Vec<Date> {
    let merge = Merge::new(known, own, now, today);
    let reading = Reading::repeated(known);
    let shown = reading
        .nights
        .iter()
        .filter(|(night, _)| known.nights.get(night).is_some_and(|record| record.kind == Kind::Releasing));
    shown
        .filter(|(night, seen)| merge.judge(**night, seen) == Verdict::Former)
        .map(|(night, _)| *night)
        .collect()
}

pub(super) struct Merge<'a> {
    pub(super) known: &'a ChannelState,
    pub(super) own: &'a OwnNights,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    pub(super) step: Step,
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
            vanished: Vec::new(),
            freed: Vec::new(),
            left: Vec::new(),
            beyond: Vec::new(),
            next: ChannelState::default(),
        };
        Merge { known, own, now, today, step }
    }

    fn run(mut self, reading: &Reading) -> Step {
        let shown = reading.nights.range(self.today..);
        let judged: BTreeMap<Date, Verdict> =
            shown.clone().map(|(night, seen)| (*night, self.judge(*night, seen))).collect();
        let mixed = self.mixed(reading, &judged);
        for (night, seen) in shown {
            self.present(*night, seen, judged[night], mixed.contains(night));
        }
        self.absent(reading);
        self.step
    }

    fn judge(&self, night: Date, seen: &Seen) -> Verdict {
        let shown = Shown {
            is_sale: seen.kind == Kind::Booked,
            own_id: seen.own_id,
            since: self.since(night),
            elsewhere: self.own.repeated.get(&night).map_or(&[], Vec::as_slice),
            now: self.now,
        };
        let holder = self.own.nights.get(&night).map(|holder| holder.source());
        judge(shown, self.own.reader, holder, self.own.given.get(&night).map_or(&[], Vec::as_slice))
    }

    /// Since when the channel shows a night. A sale goes on through a pause, which may be a fault of the channel; what
    /// comes back after a pause is no echo of what was there before it.
    fn since(&self, night: Date) -> Timestamp {
        match self.known.nights.get(&night) {
            Some(record) if record.kind == Kind::Releasing && record.missing.is_some() => self.now,
            Some(record) => record.first_seen,
            None => self.known.echoes.get(&night).copied().unwrap_or(self.now),
        }
    }

    /// Nights of neutral ranges that also hold nights of ours, repeated. Those that are new there are told of.
    fn mixed(&mut self, reading: &Reading, judged: &BTreeMap<Date, Verdict>) -> BTreeSet<Date> {
        let nights_of = |wanted: &dyn Fn(&Verdict) -> bool| -> BTreeSet<Date> {
            judged.iter().filter(|(_, verdict)| wanted(verdict)).map(|(night, _)| *night).collect()
        };
        let ours =
            nights_of(&|verdict| matches!(verdict, Verdict::Echo | Verdict::Former | Verdict::Unclear));
        let theirs = nights_of(&|verdict| matches!(verdict, Verdict::Theirs));
        let mut mixed = BTreeSet::new();
        for (start, end) in reading.neutral.iter().filter(|(start, end)| start < end) {
            let Some(first) = ours.range(*start..*end).next() else { continue };
            mixed.extend(theirs.range(*start..*end));
            let is_new = |night: &&Date| {
                !self.known.nights.contains_key(*night) && reading.nights[*night].kind == Kind::Closed
            };
            let nights: Vec<Date> = theirs.range(*start..*end).filter(is_new).copied().collect();
            if let (Some(holder), false) = (self.own.nights.get(first), nights.is_empty()) {
                self.step.beyond.push(Beyond { holder: holder.source(), nights });
            }
        }
        mixed
    }

    fn present(&mut self, night: Date, seen: &Seen, verdict: Verdict, mixed: bool) {
        let before = self.known.nights.get(&night);
        let since = self.since(night);
        let was_released = self.known.released.contains(&night);
        let releasing = before.and_then(|record| record.releasing);
        let releasing = releasing.unwrap_or(if was_released { since } else { self.now });
        let is_released = was_released || self.own.release_after <= self.now.duration_since(releasing);
        if seen.own_id {
            self.step.next.own_ids.insert(night);
        }
        match verdict {
            Verdict::Former if is_released => {
                if !was_released && !self.own.nights.contains_key(&night) {
                    self.step.freed.push(night);
                }
                self.step.next.released.insert(night);
                self.ours(night, since, before);
            }
            Verdict::Echo => self.ours(night, since, before),
            Verdict::Former | Verdict::Unclear => self.theirs(
                night,
                Kind::Releasing,
                seen,
                NightRecord { releasing: Some(releasing), ..NightRecord::new(since) },
            ),
            Verdict::Sale => self.theirs(night, Kind::Booked, seen, NightRecord::new(since)),
            Verdict::Theirs => {
                let mixed = mixed || before.is_some_and(|record| record.mixed);
                let (kind, record) = self.copied(night, seen.kind, before, NightRecord::new(since));
                let was_unclear =
                    before.is_some_and(|record| record.kind == Kind::Releasing && record.beside.is_none());
                if was_unclear && since < self.now && !kind.is_soft() {
                    self.step.left.push(night);
                }
                self.theirs(night, kind, seen, NightRecord { mixed, ..record });
            }
        }
    }

    /// A night that was first closed while another channel had it may be that channel's, copied. When the other has it
    /// no more, it stays closed and is passed on to nobody until a copy would be gone too: else the two would keep each
    /// other closed for ever.
    fn copied(
        &self,
        night: Date,
        kind: Kind,
        before: Option<&NightRecord>,
        record: NightRecord,
    ) -> (Kind, NightRecord) {
        let has_it = match self.own.nights.get(&night) {
            Some(Holder::Feed { feed, .. }) => Some(*feed),
            Some(Holder::Reservation(_) | Holder::Block(_)) | None => None,
        };
        let Some(beside) = before.map_or(has_it, |before| before.beside) else { return (kind, record) };
        if has_it == Some(beside) {
            return (kind, NightRecord { beside: Some(beside), ..record });
        }
        let since = before.and_then(|before| before.releasing).unwrap_or(self.now);
        if LAG <= self.now.duration_since(since) {
            return (kind, record);
        }
        (Kind::Releasing, NightRecord { beside: Some(beside), releasing: Some(since), ..record })
    }

    /// A night of ours that the channel repeats.
    fn ours(&mut self, night: Date, since: Timestamp, before: Option<&NightRecord>) {
        self.step.next.echoes.insert(night, since);
        self.step.echoes.push(night);
        if let Some(record) = before {
            self.step.removed.push(Change { night, kind: record.kind });
        }
    }

    /// A night that the channel holds.
    fn theirs(&mut self, night: Date, kind: Kind, seen: &Seen, record: NightRecord) {
        let change = Change { night, kind };
        match self.known.nights.get(&night) {
            None => self.step.added.push(change),
            Some(before) if before.kind != kind => self.step.relabelled.push(change),
            Some(_) => {}
        }
        let holder = self.own.nights.get(&night).copied().filter(|holder| is_conflict(kind, *holder));
        let at_first = match self.known.nights.get(&night) {
            Some(before) => before.at_first,
            None => holder.map(Holder::source).filter(|_| self.own.is_first),
        };
        if let Some(holder) = holder.filter(|holder| self.own.is_first || at_first != Some(holder.source())) {
            let could_be_echo = record.mixed;
            self.step.conflicts.push(Conflict { night, kind, holder, could_be_echo });
        }
        let record = NightRecord { at_first, ..record };
        let shown = Some(seen.kind).filter(|shown| *shown != kind);
        let record = NightRecord { kind, shown, uids: seen.uids.clone(), ..record };
        self.step.next.nights.insert(night, record);
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
