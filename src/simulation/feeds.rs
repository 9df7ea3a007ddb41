//! Other channels that sell the same cabins: each with its own bookings, a calendar that we read, and slow
//! readings of ours.

use super::faults::{Party, dead};
use super::machine::Machine;
use super::site::Sold;
use super::world::{Event, Shared, World};
use crate::ports::error::PortError;
use crate::ports::feeds::{FeedAnswer, FeedRequest, FeedSource};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

/// Wrong calendars per thousand readings.
const LIES: u64 = 50;

pub struct SimulatedFeeds {
    pub world: Shared,
    pub machine: Arc<Machine>,
}

impl FeedSource for SimulatedFeeds {
    fn get(&self, request: &FeedRequest<'_>) -> Result<FeedAnswer, PortError> {
        if !self.machine.survives() {
            return Err(dead());
        }
        let clock = crate::ports::clock::Clock::now(self.machine.as_ref());
        let world = &mut *self.world.lock();
        world.asked(Party::Feeds)?;
        world.counts.readings += 1;
        let today = world.today();
        let index: usize = request.url.rsplit('/').next().and_then(|name| name.parse().ok()).unwrap_or(0);
        let lie = !world.faults.calm && world.sites[index].honest >= 4 && world.rng.permille(LIES);
        let half = world.rng.below(3);
        let site = &mut world.sites[index];
        if lie {
            site.honest = 0;
            site.told = None;
            world.counts.calendars_broken += 1;
            let whole = site.calendar(today, if half == 0 { site.sold.len() } else { site.sold.len() / 2 });
            let cut = if half == 2 { whole.len() * 2 / 3 } else { whole.len() };
            let bytes = whole.as_bytes()[..cut].to_vec();
            return Ok(FeedAnswer::Body { bytes, etag: None, last_modified: None });
        }
        site.honest += 1;
        site.unread_sale = false;
        site.told = Some((clock, site.nights()));
        let bytes = site.calendar(today, 0).into_bytes();
        let etag = etag_of(&bytes);
        if request.etag == Some(etag.as_str()) {
            world.counts.readings_unchanged += 1;
            return Ok(FeedAnswer::NotModified);
        }
        Ok(FeedAnswer::Body { bytes, etag: Some(etag), last_modified: None })
    }
}

fn etag_of(calendar: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(calendar);
    format!("\"{:x}\"", hasher.finish())
}

/// A site sells some nights that it believes to be free.
pub(super) fn sells(world: &mut World, index: usize) {
    let (from, to, _) = world.some_stay();
    let uid = world.number();
    let today = world.today();
    let site = &mut world.sites[index];
    site.sold.retain(|sold| sold.to >= today);
    let taken = site.nights();
    let free = from
        .series(1.day())
        .take_while(|day| *day < to)
        .all(|day| !taken.contains(&day) && !site.closed.contains(&day));
    if free {
        site.sold.push(Sold { uid, from, to });
        site.ever_sold.extend(from.series(1.day()).take_while(|day| *day < to));
        site.unread_sale = true;
        let feed = site.feed;
        world.counts.sold_elsewhere += 1;
        world.note(|| format!("feed {feed} sells {from} to {to}"));
        if world.rng.permille(150) {
            world.within((3600, 2_000_000), Event::CallsOff(index));
        }
    }
}

/// A guest of a site cancels a stay.
pub(super) fn calls_off(world: &mut World, index: usize) {
    let coming = world.sites[index].sold.len();
    if coming == 0 {
        return;
    }
    let which = world.rng.below(coming);
    let site = &mut world.sites[index];
    let gone = site.sold.remove(which);
    let feed = site.feed;
    world.counts.called_off_elsewhere += 1;
    world.note(|| format!("feed {feed} calls off {} to {}", gone.from, gone.to));
}

/// A site has read our calendar.
pub(super) fn looked_at(world: &mut World, index: usize, seen: String, closed: BTreeSet<Date>) {
    let site = &mut world.sites[index];
    site.seen = seen;
    site.closed = closed;
}
