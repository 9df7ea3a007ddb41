//! The tape chart of all cabins over a range of nights: one query for each kind of thing, whatever the number of
//! cabins. Each walks the few rows of `cabin` and seeks from there; none scans nights or stays.

use super::codec::{coded, date, instant_or_none, party, stay, word};
use super::nights::{self, Holder};
use super::tx::all;
use super::{Read, StoreError, cabins};
use crate::domain::cabin::Season;
use crate::domain::channel::Channel;
use crate::domain::ids::{BlockId, CabinId, FeedId, ReservationId};
use crate::domain::party::Party;
use crate::domain::reservation::Status;
use crate::domain::stay::Stay;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;

/// A night that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldNight {
    pub cabin_id: CabinId,
    pub day: Date,
    /// Its holder; lapsed holds are still among them.
    pub holder: Holder,
    /// The event of the channel's calendar it belongs to; empty when no channel holds it.
    pub event: String,
}

pub(super) const NIGHTS: &str =
    "SELECT n.cabin_id, n.day, n.reservation_id, n.block_id, n.feed_id, coalesce(fn.uid, '') AS event
     FROM cabin c CROSS JOIN night n ON n.cabin_id = c.id
     LEFT JOIN feed_night fn ON fn.feed_id = n.feed_id AND fn.day = n.day
     WHERE c.deleted_at IS NULL AND n.day >= ?1 AND n.day < ?2
     ORDER BY n.cabin_id, n.day";

/// Every held night in `from..to`, by cabin and day.
pub fn nights(tx: &impl Read, from: Date, to: Date) -> Result<Vec<HeldNight>, StoreError> {
    all(tx, NIGHTS, params![from.to_string(), to.to_string()], |row| {
        Ok(HeldNight {
            cabin_id: CabinId(row.get("cabin_id")?),
            day: date(row, "day")?,
            holder: nights::holder(row)?,
            event: row.get("event")?,
        })
    })
}

/// A stay as a bar of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub id: ReservationId,
    pub code: String,
    pub stay: Stay,
    pub status: Status,
    pub expires_at: Option<Timestamp>,
    pub channel: Channel,
    pub party: Party,
    pub guest: String,
}

pub(super) const STAYS: &str =
    "SELECT r.id, r.code, r.check_in, r.check_out, r.status, r.expires_at, r.channel, r.guests, r.children, r.pets,
            g.name
     FROM reservation r JOIN guest g ON g.id = r.guest_id
     WHERE r.id IN (SELECT n.reservation_id FROM cabin c CROSS JOIN night n ON n.cabin_id = c.id
                    WHERE c.deleted_at IS NULL AND n.day >= ?1 AND n.day < ?2
                      AND n.reservation_id IS NOT NULL)
     ORDER BY r.id";

/// The stays that hold a night in `from..to`, lapsed holds among them.
pub fn stays(tx: &impl Read, from: Date, to: Date) -> Result<Vec<Bar>, StoreError> {
    all(tx, STAYS, params![from.to_string(), to.to_string()], |row| {
        Ok(Bar {
            id: ReservationId(row.get("id")?),
            code: row.get("code")?,
            stay: stay(row)?,
            status: word(row, "status", Status::from_code)?,
            expires_at: instant_or_none(row, "expires_at")?,
            channel: coded(row, "channel")?,
            party: party(row)?,
            guest: row.get("name")?,
        })
    })
}

pub(super) const BLOCKS: &str =
    "SELECT b.id, b.cabin_id, b.from_day AS check_in, b.to_day AS check_out, b.reason
     FROM cabin c CROSS JOIN block b ON b.cabin_id = c.id
     WHERE c.deleted_at IS NULL AND b.to_day > ?1 AND b.from_day < ?2
     ORDER BY b.cabin_id, b.from_day, b.id";

/// The owner's blocks that touch `from..to`, by cabin and day.
pub fn blocks(tx: &impl Read, from: Date, to: Date) -> Result<Vec<cabins::Block>, StoreError> {
    all(tx, BLOCKS, params![from.to_string(), to.to_string()], |row| {
        Ok(cabins::Block {
            id: BlockId(row.get("id")?),
            cabin_id: CabinId(row.get("cabin_id")?),
            stay: stay(row)?,
            reason: row.get("reason")?,
        })
    })
}

pub(super) const SEASONS: &str = "SELECT s.* FROM cabin c CROSS JOIN season s ON s.cabin_id = c.id
     WHERE c.deleted_at IS NULL AND s.to_day > ?1 AND s.from_day < ?2
     ORDER BY s.cabin_id, s.from_day, s.id";

/// The seasons of every cabin that touch `from..to`, by cabin.
pub fn seasons(tx: &impl Read, from: Date, to: Date) -> Result<Vec<Season>, StoreError> {
    all(tx, SEASONS, params![from.to_string(), to.to_string()], cabins::season)
}

/// A night that a channel sold although one of our guests has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub reservation_id: ReservationId,
    pub day: Date,
    pub channel: Channel,
}

pub(super) const CLASHES: &str = "SELECT n.reservation_id, fn.day, f.channel
     FROM cabin c CROSS JOIN feed f ON f.cabin_id = c.id AND f.deleted_at IS NULL
     CROSS JOIN feed_night fn ON fn.feed_id = f.id
     JOIN night n ON n.cabin_id = f.cabin_id AND n.day = fn.day AND n.reservation_id IS NOT NULL
     WHERE c.deleted_at IS NULL AND fn.day >= ?1 AND fn.day < ?2 AND fn.soft = 0
     ORDER BY n.reservation_id, fn.day, f.channel";

/// The nights in `from..to` that were sold twice, by stay and day.
pub fn clashes(tx: &impl Read, from: Date, to: Date) -> Result<Vec<Clash>, StoreError> {
    all(tx, CLASHES, params![from.to_string(), to.to_string()], |row| {
        Ok(Clash {
            reservation_id: ReservationId(row.get("reservation_id")?),
            day: date(row, "day")?,
            channel: coded(row, "channel")?,
        })
    })
}

pub fn channels(tx: &impl Read) -> Result<Vec<(FeedId, Channel)>, StoreError> {
    all(tx, "SELECT id, channel FROM feed ORDER BY id", [], |row| {
        Ok((FeedId(row.get("id")?), coded(row, "channel")?))
    })
}
