//! Weeks of a channel that behaves as the worst ones were measured to: stays in progress are cut to today
//! under a new id, neighbours merge and split, the horizon slides, and for up to an hour at a time the
//! calendar is cut, empty, half, or not a calendar. No night that is sold there may become free here, and
//! what is really cancelled must come back.

use super::options;
use casero::calendars::merge::{OwnNights, Step, step, step_unchanged};
use casero::calendars::{ChannelState, ReadOptions, read};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// Minutes between two readings.
const POLL_MINUTES: i64 = 5;
/// A cancellation must be through by then: the long wait, a fault in between, and the readings.
const FREE_AGAIN_HOURS: i64 = 27;

/// A small generator, so that a seed is a story.
struct Rng(u64);

impl Rng {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// The channel: what it has sold, and what it says.
struct Channel {
    rng: Rng,
    sold: BTreeSet<Date>,
    fault: Option<(u64, Timestamp)>,
}

impl Channel {
    fn sell_or_cancel(&mut self, today: Date) {
        let start = today.saturating_add(i32::try_from(self.rng.roll(120)).expect("small").days());
        let length = 1 + usize::try_from(self.rng.roll(6)).expect("small");
        let stay: BTreeSet<Date> = start.series(1.day()).take(length).collect();
        if self.rng.roll(4) == 0 {
            // The guest cancels the whole run around that day.
            let mut night = start;
            while self.sold.remove(&night) {
                night = night.tomorrow().expect("far from the end");
            }
        } else if self.sold.is_disjoint(&stay) {
            self.sold.extend(stay);
        }
    }

    /// The calendar as text, in ranges of neighbouring nights whose ids follow from their first day.
    fn calendar(&mut self, today: Date, drops: bool) -> String {
        let mut ranges: Vec<(Date, Date)> = Vec::new();
        for night in self.sold.range(today..) {
            let next = night.tomorrow().expect("far from the end");
            match ranges.last_mut() {
                Some((_, end)) if *end == *night && self.rng.roll(8) != 0 => *end = next,
                _ => ranges.push((*night, next)),
            }
        }
        let horizon = today.saturating_add(548.days());
        ranges.push((horizon.saturating_sub(30.days()), horizon));
        let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
        for (start, end) in ranges {
            if drops && self.rng.roll(2) == 0 {
                continue;
            }
            let (first, last) = (start.strftime("%Y%m%d"), end.strftime("%Y%m%d"));
            text += &format!(
                "BEGIN:VEVENT\r\nUID:{first}@booking.com\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{last}\r\n\
                 SUMMARY:CLOSED - Not available\r\nEND:VEVENT\r\n"
            );
        }
        text + "END:VCALENDAR\r\n"
    }

    /// The answer to one request; `None` is "not modified".
    fn answer(&mut self, now: Timestamp, today: Date) -> Option<String> {
        if self.fault.is_none_or(|(_, until)| until <= now) {
            self.fault = (self.rng.roll(60) == 0).then(|| {
                let minutes = i64::try_from(1 + self.rng.roll(60)).expect("small");
                (self.rng.roll(5), now + SignedDuration::from_mins(minutes))
            });
        }
        let whole = self.calendar(today, false);
        match self.fault {
            None => Some(whole),
            Some((0, _)) => Some("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n".to_owned()),
            Some((1, _)) => Some(self.calendar(today, true)),
            Some((2, _)) => {
                let cut = usize::try_from(self.rng.roll(whole.len() as u64 - 16)).expect("small");
                Some(whole[..cut].to_owned())
            }
            Some((3, _)) => Some("<html><body>Service Unavailable</body></html>".to_owned()),
            Some(_) => None,
        }
    }
}

fn replay(seed: u64, days: i64) -> (usize, usize) {
    let mut channel = Channel { rng: Rng(seed), sold: BTreeSet::new(), fault: None };
    let mut state = ChannelState::default();
    let begin: Timestamp = "2026-11-24T03:00:00Z".parse().expect("valid");
    let first_day = date(2026, 11, 24);
    let mut unsold_since: BTreeMap<Date, Timestamp> = BTreeMap::new();
    let mut seen: BTreeSet<Date> = BTreeSet::new();
    let (mut removed, mut conflicts) = (0, 0);
    for tick in 0..days * 24 * 60 / POLL_MINUTES {
        let now = begin + SignedDuration::from_mins(tick * POLL_MINUTES);
        let today = first_day.saturating_add((tick * POLL_MINUTES / (24 * 60)).days());
        if channel.rng.roll(40) == 0 {
            channel.sell_or_cancel(today);
        }
        // The owner says after a day that stays which vanished together are gone.
        let own = OwnNights { agreed_at: Some(now - SignedDuration::from_hours(24)), ..OwnNights::default() };
        let answer = channel.answer(now, today);
        let Step { next, removed: freed, conflicts: found, .. } = match &answer {
            None => step_unchanged(&state, &own, now, today),
            Some(text) => {
                let feed = read(text.as_bytes(), &ReadOptions { today, ..options() });
                step(&state, &feed, &own, now, today)
            }
        };
        state = next;
        removed += freed.len();
        conflicts += found.len();
        let closed = state.closed();
        seen.extend(closed.iter());
        for night in channel.sold.range(today..) {
            assert!(
                closed.contains(*night) || !seen.contains(night),
                "seed {seed}: {night} is sold and free at {now}"
            );
        }
        seen.retain(|night| closed.contains(*night));
        let horizon = today.saturating_add(500.days());
        unsold_since.retain(|night, _| closed.contains(*night) && !channel.sold.contains(night));
        for night in closed.iter().filter(|night| *night < horizon && !channel.sold.contains(night)) {
            let since = *unsold_since.entry(night).or_insert(now);
            let hours = now.duration_since(since).as_hours();
            assert!(
                hours < FREE_AGAIN_HOURS,
                "seed {seed}: {night} is closed {hours} hours after its cancellation"
            );
        }
    }
    (removed, conflicts)
}

#[test]
fn no_sold_night_becomes_free_and_every_cancelled_one_does() {
    let mut freed = 0;
    for seed in 1..=4 {
        let (removed, conflicts) = replay(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed), 8);
        assert_eq!(conflicts, 0);
        freed += removed;
    }
    assert!(0 < freed, "the stories must hold cancellations");
}
