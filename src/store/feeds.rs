//! Other channels' calendars: their addresses, their known state, and how the last reading went.

use super::codec::{coded, date, instant, instant_or_none};
use super::nights::{self, Holder};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::channel::Channel;
use crate::domain::ids::{CabinId, FeedId, ReservationId};
use crate::domain::reservation::Status;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use rusqlite::{named_params, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub id: FeedId,
    pub cabin_id: CabinId,
    /// Its name: `airbnb`, `booking`, whatever the owner calls it.
    pub channel: Channel,
    /// The address we read; empty when the channel only reads us. Holds a secret.
    pub url: String,
    /// The secret of the address the channel reads.
    pub export_token: String,
    /// Validators of the last body.
    pub etag: Option<String>,
    /// Validators of the last body.
    pub last_modified: Option<String>,
    /// The known state of the channel, as the import wrote it.
    pub state: String,
    /// Consecutive failed readings.
    pub failures: u32,
    /// The error of the last reading; empty when none.
    pub problem: String,
    pub attempted_at: Option<Timestamp>,
    /// When we last read it whole.
    pub succeeded_at: Option<Timestamp>,
    pub changed_at: Option<Timestamp>,
    /// When its text was last read whole.
    pub read_whole_at: Option<Timestamp>,
    /// Whether nights that it closes by its own rules are closed for guests here.
    pub rules_close: bool,
    /// Events of the last reading.
    pub events: u32,
    pub fetched_at: Option<Timestamp>,
    pub fetched_by: String,
    /// The digest of our calendar as it last read it, and since when it is this text.
    pub export_tag: String,
    pub export_changed_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl Feed {
    /// When we last read it whole; when it was added, if never.
    pub fn last_read(&self) -> Timestamp {
        self.succeeded_at.unwrap_or(self.created_at)
    }
}

/// Adds a channel, due at once. [`super::Constraint::Unique`] when the cabin has one of that name.
pub fn insert(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    channel: &Channel,
    url: &str,
    export_token: &str,
) -> Result<FeedId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO feed (cabin_id, channel, url, export_token, due_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        params![cabin.0, channel.code(), url, export_token, now],
    )?;
    Ok(FeedId(id))
}

/// One channel that was not removed.
pub fn find(tx: &impl Read, id: FeedId) -> Result<Option<Feed>, StoreError> {
    one(tx, "SELECT * FROM feed WHERE id = ?1 AND deleted_at IS NULL", [id.0], feed)
}

/// The channel whose secret this is.
pub fn find_by_token(tx: &impl Read, token: &str) -> Result<Option<Feed>, StoreError> {
    one(tx, "SELECT * FROM feed WHERE export_token = ?1 AND deleted_at IS NULL", [token], feed)
}

pub fn of_cabin(tx: &impl Read, cabin: CabinId) -> Result<Vec<Feed>, StoreError> {
    all(tx, "SELECT * FROM feed WHERE cabin_id = ?1 AND deleted_at IS NULL ORDER BY id", [cabin.0], feed)
}

pub fn list(tx: &impl Read) -> Result<Vec<Feed>, StoreError> {
    all(tx, "SELECT * FROM feed WHERE deleted_at IS NULL ORDER BY cabin_id, id", [], feed)
}

/// A channel that read us before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportReader {
    pub id: FeedId,
    pub cabin_id: CabinId,
    pub channel: Channel,
    pub read_at: Timestamp,
}

/// Channels that read us before, and last at `since` or earlier.
pub fn not_reading_since(tx: &impl Read, since: Timestamp) -> Result<Vec<ExportReader>, StoreError> {
    all(
        tx,
        "SELECT id, cabin_id, channel, fetched_at FROM feed WHERE deleted_at IS NULL AND fetched_at <= ?1
         ORDER BY cabin_id, id",
        [since.as_millisecond()],
        |row| {
            Ok(ExportReader {
                id: FeedId(row.get("id")?),
                cabin_id: CabinId(row.get("cabin_id")?),
                channel: coded(row, "channel")?,
                read_at: instant(row, "fetched_at")?,
            })
        },
    )
}

/// Removes a channel: its address stops working, and its nights go to other channels that have them, or become
/// free.
pub fn delete(tx: &mut WriteTx<'_>, id: FeedId) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("DELETE FROM night WHERE feed_id = ?1", [id.0])?;
    tx.run("DELETE FROM feed_night WHERE feed_id = ?1", [id.0])?;
    Ok(tx.run("UPDATE feed SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL", params![id.0, now])?
        > 0)
}

/// Changes a channel in place, to be read at once; its nights and the address that it reads stay.
pub fn change(
    tx: &mut WriteTx<'_>,
    id: FeedId,
    channel: &Channel,
    url: &str,
    rules_close: bool,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE feed SET channel = ?2, rules_close = ?4, due_at = ?5, url = ?3,
                etag = CASE WHEN url = ?3 THEN etag END,
                last_modified = CASE WHEN url = ?3 THEN last_modified END
         WHERE id = ?1 AND deleted_at IS NULL",
        params![id.0, channel.code(), url, rules_close, tx.now().as_millisecond()],
    )?;
    Ok(())
}

/// Gives the channel a new secret; the old address stops working.
pub fn set_token(tx: &mut WriteTx<'_>, id: FeedId, token: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE feed SET export_token = ?2 WHERE id = ?1 AND deleted_at IS NULL";
    Ok(tx.run(sql, params![id.0, token])? > 0)
}

/// When the next channel is due.
pub fn next_due(tx: &impl Read) -> Result<Option<Timestamp>, StoreError> {
    let found = one(
        tx,
        "SELECT min(max(due_at, coalesce(leased_until, 0))) AS at FROM feed WHERE deleted_at IS NULL AND url <> ''",
        [],
        |row| instant_or_none(row, "at"),
    )?;
    Ok(found.flatten())
}

/// Claims channels that are due, the most overdue first.
pub fn claim_due(tx: &mut WriteTx<'_>, lease: SignedDuration, limit: u32) -> Result<Vec<Feed>, StoreError> {
    let now = tx.now();
    let due = all(
        tx,
        "SELECT * FROM feed WHERE deleted_at IS NULL AND url <> '' AND due_at <= ?1
           AND (leased_until IS NULL OR leased_until <= ?1)
         ORDER BY due_at LIMIT ?2",
        params![now.as_millisecond(), limit],
        feed,
    )?;
    for feed in &due {
        let until = (now + lease).as_millisecond();
        tx.run(
            "UPDATE feed SET leased_until = ?2, attempted_at = ?3 WHERE id = ?1",
            params![feed.id.0, until, now.as_millisecond()],
        )?;
    }
    Ok(due)
}

/// A whole reading, to be recorded.
#[derive(Debug, Clone, Default)]
pub struct Success<'a> {
    /// The channel's new state.
    pub state: &'a str,
    /// Validators to send next time.
    pub etag: Option<&'a str>,
    /// Validators to send next time.
    pub last_modified: Option<&'a str>,
    /// The number of its events; `None` when it had not changed.
    pub events: Option<u32>,
    /// What could not be read in it; empty when nothing.
    pub problem: &'a str,
    pub changed: bool,
    /// Its text was read.
    pub whole: bool,
}

/// Records a whole reading and when the next is due.
pub fn succeeded(
    tx: &mut WriteTx<'_>,
    id: FeedId,
    success: &Success<'_>,
    due: Timestamp,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE feed SET state = :state, etag = :etag, last_modified = :modified, failures = 0,
                problem = :problem, succeeded_at = :now, events = coalesce(:events, events), leased_until = NULL,
                read_whole_at = CASE WHEN :whole THEN :now ELSE read_whole_at END,
                changed_at = CASE WHEN :changed THEN :now ELSE changed_at END, due_at = :due
         WHERE id = :id",
        named_params! {
            ":state": success.state, ":etag": success.etag, ":modified": success.last_modified,
            ":problem": success.problem, ":now": now, ":events": success.events, ":changed": success.changed,
            ":due": due.as_millisecond(), ":id": id.0, ":whole": success.whole,
        },
    )?;
    Ok(())
}

/// Stores what an incomplete reading showed; the channel still counts as not read.
pub fn set_state(tx: &mut WriteTx<'_>, id: FeedId, state: &str) -> Result<(), StoreError> {
    tx.run("UPDATE feed SET state = ?2 WHERE id = ?1", params![id.0, state])?;
    Ok(())
}

/// Records a reading that failed or was incomplete: nothing else changes.
pub fn failed(tx: &mut WriteTx<'_>, id: FeedId, problem: &str, due: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "UPDATE feed SET failures = failures + 1, problem = ?2, leased_until = NULL, due_at = ?3 WHERE id = ?1",
        params![id.0, problem, due.as_millisecond()],
    )?;
    Ok(())
}

/// The number of nights from this day on that the channel says are taken.
pub fn nights_from(tx: &impl Read, id: FeedId, from: Date) -> Result<u64, StoreError> {
    let found = one(
        tx,
        "SELECT count(*) AS nights FROM feed_night WHERE feed_id = ?1 AND day >= ?2",
        params![id.0, from.to_string()],
        |row| Ok(row.get::<_, i64>("nights")?.unsigned_abs()),
    )?;
    Ok(found.unwrap_or_default())
}

/// Notes that the channel read us, and which text.
pub fn fetched(
    tx: &mut WriteTx<'_>,
    id: FeedId,
    by: &str,
    tag: &str,
    changed_at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE feed SET fetched_at = ?2, fetched_by = ?3, export_tag = ?4, export_changed_at = ?5 WHERE id = ?1",
        params![id.0, tx.now().as_millisecond(), by, tag, changed_at.as_millisecond()],
    )?;
    Ok(())
}

/// Records that the channel says a night is taken: it gets the night when it is free. Answers the holder.
pub fn close_night(
    tx: &mut WriteTx<'_>,
    feed: &Feed,
    day: Date,
    soft: bool,
) -> Result<Option<Holder>, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO feed_night (feed_id, day, soft, first_seen_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (feed_id, day) DO UPDATE SET soft = excluded.soft",
        params![feed.id.0, day.to_string(), soft, now],
    )?;
    let taken = nights::take_one(tx, feed.cabin_id, day, Holder::Feed(feed.id))?;
    if taken.is_ok() { Ok(Some(Holder::Feed(feed.id))) } else { nights::holder_of(tx, feed.cabin_id, day) }
}

/// Gives back a channel's night; another channel that says it is taken gets it.
pub fn open_night(tx: &mut WriteTx<'_>, feed: &Feed, day: Date) -> Result<(), StoreError> {
    tx.run("DELETE FROM feed_night WHERE feed_id = ?1 AND day = ?2", params![feed.id.0, day.to_string()])?;
    if nights::free_feed_night(tx, feed.cabin_id, day, feed.id)? {
        nights::hand_to_feeds(tx, feed.cabin_id, day, day.saturating_add(1.day()))?;
    }
    Ok(())
}

/// A night held by a reservation or a block, with what export and import need of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNight {
    pub day: Date,
    pub holder: Holder,
    /// When its holder last changed.
    pub changed_at: Timestamp,
    pub code: Option<String>,
    pub source: Option<String>,
    /// Grows with each change of its holder.
    pub version: i64,
}

impl OwnNight {
    /// Whether a reservation of the channel itself has it.
    pub fn is_sold_by(&self, feed: &Feed) -> bool {
        self.source.as_ref().is_some_and(|source| source.to_lowercase() == feed.channel.code().to_lowercase())
    }
}

/// Nights of a cabin in `from..to` that reservations and blocks hold, lapsed holds left out, in order.
pub fn own_nights(tx: &impl Read, cabin: CabinId, from: Date, to: Date) -> Result<Vec<OwnNight>, StoreError> {
    all(
        tx,
        "SELECT n.day, n.reservation_id, n.block_id, n.feed_id, r.code, r.channel, coalesce(r.version, 0) AS version,
                coalesce(r.updated_at, b.created_at, 0) AS changed_at
         FROM night n LEFT JOIN reservation r ON r.id = n.reservation_id LEFT JOIN block b ON b.id = n.block_id
         WHERE n.cabin_id = ?1 AND n.day >= ?2 AND n.day < ?3 AND n.feed_id IS NULL
           AND NOT (r.status IS 'pre_reserved' AND r.expires_at <= ?4)
         ORDER BY n.day",
        params![cabin.0, from.to_string(), to.to_string(), tx.now().as_millisecond()],
        |row| {
            Ok(OwnNight {
                day: date(row, "day")?,
                holder: nights::holder(row)?,
                changed_at: instant(row, "changed_at")?,
                code: row.get("code")?,
                source: row.get("channel")?,
                version: row.get("version")?,
            })
        },
    )
}

/// Whether a reservation is an unpaid hold.
pub fn is_hold(tx: &impl Read, id: ReservationId) -> Result<bool, StoreError> {
    let status =
        one(tx, "SELECT status FROM reservation WHERE id = ?1", [id.0], |row| Ok(row.get::<_, String>(0)?))?;
    Ok(status.as_deref() == Some(Status::PreReserved.code()))
}

fn feed(row: &Row<'_>) -> Result<Feed, StoreError> {
    Ok(Feed {
        id: FeedId(row.get("id")?),
        cabin_id: CabinId(row.get("cabin_id")?),
        channel: coded(row, "channel")?,
        url: row.get("url")?,
        export_token: row.get("export_token")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        state: row.get("state")?,
        failures: row.get("failures")?,
        problem: row.get("problem")?,
        attempted_at: instant_or_none(row, "attempted_at")?,
        succeeded_at: instant_or_none(row, "succeeded_at")?,
        changed_at: instant_or_none(row, "changed_at")?,
        read_whole_at: instant_or_none(row, "read_whole_at")?,
        rules_close: row.get("rules_close")?,
        events: row.get("events")?,
        fetched_at: instant_or_none(row, "fetched_at")?,
        fetched_by: row.get("fetched_by")?,
        export_tag: row.get("export_tag")?,
        export_changed_at: instant_or_none(row, "export_changed_at")?,
        created_at: instant(row, "created_at")?,
    })
}
