//! Nights that are missing from a channel's calendar: when they come free.
//!
//! Channels serve calendars that lack half their stays for a while. So a missing night comes free after several readings
//! and some hours, after more of them when an error would cost most, and when several stays vanish together only by a
//! person's word.

use super::merge::{Change, Merge, Pending};
use super::reading::Reading;
use super::state::{Missing, NightRecord};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use std::collections::BTreeSet;

/// Consecutive readings without a night before it can be free. Partial calendars recovered within the hour.
pub const READINGS_TO_FREE: u32 = 3;
/// The usual wait before a night is free again.
pub const WAIT_TO_FREE: SignedDuration = SignedDuration::from_hours(2);
/// The wait when an error costs most or is likely: arrival is near, much vanished at once, or the calendar is
/// suddenly empty or partly unreadable.
pub const LONG_WAIT_TO_FREE: SignedDuration = SignedDuration::from_hours(24);
/// Arrivals this near can't be resold in time to justify the risk of a double booking.
pub const NEAR_ARRIVAL_DAYS: i32 = 7;
/// As many future stays that vanish within a day are freed only by a person.
pub const SEVERAL_STAYS: usize = 3;
/// A larger share of a channel's nights gone at once counts as a fault until it lasts.
pub const SUSPICIOUS_SHARE_PERCENT: usize = 30;
impl Merge<'_> {
    /// Handles the nights missing from the calendar. Past ones are forgotten.
    pub(super) fn absent(&mut self, reading: &Reading) {
        if reading.is_part {
            let unseen = |night: &Date| !reading.nights.contains_key(night);
            let nights = self.known.nights.range(self.today..).filter(|(night, _)| unseen(night));
            self.step.next.nights.extend(nights.map(|(night, record)| (*night, record.clone())));
            let echoes = self.known.echoes.range(self.today..).filter(|(night, _)| unseen(night));
            self.step.next.echoes.extend(echoes);
            let of = |nights: &BTreeSet<Date>| -> Vec<Date> {
                nights.range(self.today..).filter(|night| unseen(night)).copied().collect()
            };
            self.step.next.released.extend(of(&self.known.released));
            self.step.next.own_ids.extend(of(&self.known.own_ids));
            return;
        }
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
        let together = self.vanished_together(&gone);
        let mut arrival: Option<(Date, Date)> = None;
        for (night, record) in gone {
            let first = match arrival {
                Some((first, last)) if last.tomorrow().ok() == Some(night) => first,
                Some(_) | None => night,
            };
            arrival = Some((first, night));
            let is_near = first <= self.today.saturating_add(NEAR_ARRIVAL_DAYS.days());
            let slow = all_slow || is_near || if record.kind.is_soft() { soft_slow } else { hard_slow };
            self.miss(night, record, slow, together.contains(&night));
        }
    }

    /// Nights of stays that vanished within a day of each other, when they are several or, of at least two, all: rather
    /// a fault of the channel than so many cancellations.
    fn vanished_together(&self, gone: &[(Date, &NightRecord)]) -> BTreeSet<Date> {
        let since = |record: &NightRecord| record.missing.map_or(self.now, |missing| missing.since);
        let is_hard = |record: &NightRecord| !record.kind.is_soft();
        let known = self.known.nights.range(self.today..).filter(|(_, record)| is_hard(record));
        let all = stays(known.map(|(night, record)| (*night, record)));
        let gone = gone.iter().copied().filter(|(_, record)| is_hard(record));
        let moments: BTreeSet<Timestamp> = gone.clone().map(|(_, record)| since(record)).collect();
        let mut together = BTreeSet::new();
        for moment in moments {
            let is_near =
                |record: &NightRecord| since(record).duration_since(moment).abs() <= LONG_WAIT_TO_FREE;
            let vanished = stays(gone.clone().filter(|(_, record)| is_near(record)));
            if SEVERAL_STAYS <= vanished || (2 <= all && vanished == all) {
                let then = gone.clone().filter(|(_, record)| since(record) == moment);
                together.extend(then.map(|(night, _)| night));
            }
        }
        together
    }

    /// Whether too large a share of the nights is gone; soft and real nights are counted apart, so that a horizon
    /// of three months can't hide that every stay vanished.
    fn is_suspicious(&self, gone: &[(Date, &NightRecord)], soft: bool) -> bool {
        let alike = |record: &NightRecord| record.kind.is_soft() == soft;
        let all = self.known.nights.range(self.today..).filter(|(_, record)| alike(record)).count();
        let missing = gone.iter().filter(|(_, record)| alike(record)).count();
        all * SUSPICIOUS_SHARE_PERCENT < missing * 100
    }

    fn miss(&mut self, night: Date, record: &NightRecord, slow: bool, together: bool) {
        let missing = match record.missing {
            Some(before) => Missing {
                since: before.since,
                readings: before.readings.saturating_add(1),
                slow: before.slow || slow,
                // A fault of some hours passes; what lasted longer stays with the person, also when some come back.
                by_person: together
                    || (before.by_person && LONG_WAIT_TO_FREE <= self.now.duration_since(before.since)),
            },
            None => Missing { since: self.now, readings: 1, slow, by_person: together },
        };
        let agreed = self.own.agreed_at.is_some_and(|at| missing.since <= at);
        let wait = if missing.slow { LONG_WAIT_TO_FREE } else { WAIT_TO_FREE };
        let free_from = missing.since.saturating_add(wait).unwrap_or(Timestamp::MAX);
        if READINGS_TO_FREE <= missing.readings && (agreed || (free_from <= self.now && !missing.by_person)) {
            self.step.removed.push(Change { night, kind: record.kind });
            return;
        }
        if missing.by_person && !agreed {
            self.step.vanished.push(night);
        }
        self.step.pending.push(Pending { night, kind: record.kind, readings: missing.readings, free_from });
        self.step.next.nights.insert(night, NightRecord { missing: Some(missing), ..record.clone() });
    }
}

/// The number of stays among nights in order: neighbours with an event in common are one.
fn stays<'a>(nights: impl Iterator<Item = (Date, &'a NightRecord)>) -> usize {
    let mut stays = 0;
    let mut last: Option<(Date, &NightRecord)> = None;
    for (night, record) in nights {
        let goes_on = last.is_some_and(|(before, other)| {
            before.tomorrow().ok() == Some(night)
                && (record.uids == other.uids || !record.uids.is_disjoint(&other.uids))
        });
        stays += usize::from(!goes_on);
        last = Some((night, record));
    }
    stays
}
