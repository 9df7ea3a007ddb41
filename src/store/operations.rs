//! Records of casero's own operation: heartbeat, drills, outages.

use super::codec::{instant, instant_or_none};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx, attention};
use crate::domain::audit::AuditEvent;
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

/// Brings forward by ?1 milliseconds all that is due or free again after ?2 and still waits; of holds, those made
/// by the clock that was ahead.
const NEARER: [&str; 12] = [
    "UPDATE outbound SET run_at = run_at - ?1 WHERE run_at > ?2 AND state IN ('queued', 'sending', 'uncertain')",
    "UPDATE outbound SET leased_until = leased_until - ?1 WHERE leased_until > ?2 AND state IN ('queued', 'sending', 'uncertain')",
    "UPDATE inbound SET run_at = run_at - ?1 WHERE run_at > ?2 AND state IN ('listen', 'ready')",
    "UPDATE inbound SET leased_until = leased_until - ?1 WHERE leased_until > ?2 AND state IN ('listen', 'ready')",
    "UPDATE job SET run_at = run_at - ?1 WHERE run_at > ?2",
    "UPDATE job SET leased_until = leased_until - ?1 WHERE leased_until > ?2",
    "UPDATE feed SET due_at = due_at - ?1 WHERE due_at > ?2",
    "UPDATE feed SET leased_until = leased_until - ?1 WHERE leased_until > ?2",
    "UPDATE schedule SET due_at = due_at - ?1 WHERE due_at > ?2",
    "UPDATE provider_outage SET probe_at = probe_at - ?1 WHERE probe_at > ?2",
    "UPDATE checkout SET check_at = check_at - ?1 WHERE check_at > ?2",
    "UPDATE reservation SET expires_at = expires_at - ?1
     WHERE expires_at > ?2 AND created_at > ?2 AND status = 'pre_reserved'",
];

/// Ends the leases of a dead process.
const END_LEASES: [&str; 4] = [
    "UPDATE outbound SET leased_until = ?1 WHERE leased_until > ?1 AND state IN ('queued', 'sending', 'uncertain')",
    "UPDATE inbound SET leased_until = ?1 WHERE leased_until > ?1 AND state IN ('listen', 'ready')",
    "UPDATE job SET leased_until = ?1 WHERE leased_until > ?1",
    "UPDATE feed SET leased_until = ?1 WHERE leased_until > ?1",
];

/// Rows by table and state; the states are codes of ours, never personal data.
const CENSUS: [(&str, &str); 17] = [
    ("cabin", "SELECT '', count(*) FROM cabin GROUP BY 1 ORDER BY 1"),
    ("guest", "SELECT '', count(*) FROM guest GROUP BY 1 ORDER BY 1"),
    ("reservation", "SELECT status, count(*) FROM reservation GROUP BY 1 ORDER BY 1"),
    ("payment", "SELECT status, count(*) FROM payment GROUP BY 1 ORDER BY 1"),
    ("ledger", "SELECT '', count(*) FROM ledger GROUP BY 1 ORDER BY 1"),
    ("conversation", "SELECT held_by, count(*) FROM conversation GROUP BY 1 ORDER BY 1"),
    ("hook", "SELECT source, count(*) FROM hook GROUP BY 1 ORDER BY 1"),
    ("inbound", "SELECT state, count(*) FROM inbound GROUP BY 1 ORDER BY 1"),
    ("outbound", "SELECT state, count(*) FROM outbound GROUP BY 1 ORDER BY 1"),
    (
        "feed",
        "SELECT CASE WHEN failures > 0 THEN 'failing' ELSE 'good' END, count(*) FROM feed GROUP BY 1 ORDER BY 1",
    ),
    ("night", "SELECT '', count(*) FROM night GROUP BY 1 ORDER BY 1"),
    ("job", "SELECT kind, count(*) FROM job GROUP BY 1 ORDER BY 1"),
    (
        "attention",
        "SELECT CASE WHEN resolved_at IS NULL THEN 'open ' ELSE 'resolved ' END || kind, count(*) FROM attention GROUP BY 1 ORDER BY 1",
    ),
    ("audit", "SELECT '', count(*) FROM audit GROUP BY 1 ORDER BY 1"),
    ("user", "SELECT role, count(*) FROM user GROUP BY 1 ORDER BY 1"),
    (
        "drill",
        "SELECT CASE WHEN problem = '' THEN 'good' ELSE 'bad' END, count(*) FROM drill GROUP BY 1 ORDER BY 1",
    ),
    ("outage", "SELECT '', count(*) FROM outage GROUP BY 1 ORDER BY 1"),
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillRecord {
    pub at: Timestamp,
    pub backup: String,
    /// Rows it restored.
    pub rows: u64,
    /// Why the backup is bad; empty when it is good.
    pub problem: String,
}

/// A time in which the process was down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    pub id: i64,
    /// The last heartbeat before it.
    pub began_at: Timestamp,
    /// The start after it.
    pub ended_at: Timestamp,
    /// When the catching up was finished and reported.
    pub reported_at: Option<Timestamp>,
    pub found: CaughtUp,
}

/// The work caught up with after an outage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaughtUp {
    /// Messages from during or before the outage, answered after it.
    pub messages: u32,
    /// Payments that were found after it.
    pub payments: u32,
    /// Calendars that were read again.
    pub calendars: u32,
    /// Messages that wait and calendars not read yet.
    pub behind: u32,
    pub attention_items: u32,
}

pub fn beat(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO pulse (id, beat_at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET beat_at = ?1",
        [now],
    )?;
    Ok(())
}

/// The last heartbeat; `None` in a new database.
pub fn last_beat(tx: &impl Read) -> Result<Option<Timestamp>, StoreError> {
    one(tx, "SELECT beat_at FROM pulse", [], |row| instant(row, "beat_at"))
}

/// Whether an older copy was restored after `since`, by the audit trail.
pub fn was_restored_since(tx: &impl Read, since: Timestamp) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM audit WHERE event = ?1 AND at > ?2 LIMIT 1";
    let restored = params![AuditEvent::CopyRestored.code(), since.as_millisecond()];
    Ok(one(tx, sql, restored, |_| Ok(()))?.is_some())
}

pub fn drilled(tx: &mut WriteTx<'_>, backup: &str, rows: u64, problem: &str) -> Result<(), StoreError> {
    let (now, rows) = (tx.now().as_millisecond(), i64::try_from(rows).unwrap_or(i64::MAX));
    tx.run(
        "INSERT INTO drill (at, copy, rows, problem) VALUES (?1, ?2, ?3, ?4)",
        params![now, backup, rows, problem],
    )?;
    Ok(())
}

/// Ends every lease. At a start the lock of the data folder proves that no process is left to hold one.
pub fn end_leases(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    END_LEASES.iter().try_for_each(|statement| tx.run(statement, [now]).map(drop))
}

/// Brings due times forward after the clock was set back by `by`: else work due by the old clock would wait that
/// much longer, and a hold made by it would not end.
pub fn clock_set_back(tx: &mut WriteTx<'_>, by: SignedDuration) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
    for sql in NEARER {
        tx.run(sql, [by, now])?;
    }
    Ok(())
}

pub fn last_drill(tx: &impl Read) -> Result<Option<DrillRecord>, StoreError> {
    one(tx, "SELECT * FROM drill ORDER BY id DESC LIMIT 1", [], |row| {
        Ok(DrillRecord {
            at: instant(row, "at")?,
            backup: row.get("copy")?,
            rows: row.get::<_, i64>("rows")?.unsigned_abs(),
            problem: row.get("problem")?,
        })
    })
}

/// The time of the oldest message that waits to be answered or sent; a conversation's agreed pause does not count.
pub fn oldest_waiting(tx: &impl Read) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(at) AS at FROM (
                   SELECT min(received_at) AS at FROM inbound WHERE state IN ('listen', 'ready')
                   UNION ALL SELECT min(created_at) FROM outbound WHERE state IN ('queued', 'sending'))";
    Ok(one(tx, sql, [], |row| instant_or_none(row, "at"))?.flatten())
}

/// When casero was first used: the first line of its audit trail.
pub fn first_use(tx: &impl Read) -> Result<Option<Timestamp>, StoreError> {
    Ok(one(tx, "SELECT min(at) AS at FROM audit", [], |row| instant_or_none(row, "at"))?.flatten())
}

/// Row counts by table and state, for remote support.
pub fn census(tx: &impl Read) -> Result<Vec<(String, String, u64)>, StoreError> {
    let mut found = Vec::new();
    for (table, sql) in CENSUS {
        let rows = all(tx, sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        found.extend(rows.into_iter().map(|(state, count)| (table.to_owned(), state, count.unsigned_abs())));
    }
    Ok(found)
}

/// Records an outage from `began` until now.
pub fn was_out(tx: &mut WriteTx<'_>, began: Timestamp) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("INSERT INTO outage (began_at, ended_at) VALUES (?1, ?2)", params![began.as_millisecond(), now])?;
    Ok(())
}

/// The oldest unreported outage.
pub fn unreported(tx: &impl Read) -> Result<Option<Outage>, StoreError> {
    one(tx, "SELECT * FROM outage WHERE reported_at IS NULL ORDER BY id LIMIT 1", [], outage)
}

/// The last outage reported after `since`.
pub fn reported_since(tx: &impl Read, since: Timestamp) -> Result<Option<Outage>, StoreError> {
    let sql = "SELECT * FROM outage WHERE reported_at >= ?1 ORDER BY id DESC LIMIT 1";
    one(tx, sql, [since.as_millisecond()], outage)
}

pub fn report(tx: &mut WriteTx<'_>, id: i64, found: &CaughtUp) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let CaughtUp { messages, payments, calendars, behind, attention_items } = found;
    tx.run(
        "UPDATE outage SET reported_at = ?2, messages = ?3, payments = ?4, calendars = ?5, behind = ?6,
             matters = ?7 WHERE id = ?1 AND reported_at IS NULL",
        params![id, now, messages, payments, calendars, behind, attention_items],
    )?;
    Ok(())
}

/// The work caught up with since an outage ended, counted from the rows.
pub fn caught_up(tx: &impl Read, outage: &Outage) -> Result<CaughtUp, StoreError> {
    let end = outage.ended_at.as_millisecond();
    let count = |sql: &'static str| {
        Ok::<_, StoreError>(one(tx, sql, [end], |row| Ok(row.get::<_, u32>(0)?))?.unwrap_or(0))
    };
    Ok(CaughtUp {
        messages: count(
            "SELECT count(*) FROM inbound WHERE min(sent_at, received_at) < ?1 AND EXISTS
                 (SELECT 1 FROM outbound WHERE answers_id = inbound.id AND created_at >= ?1)",
        )?,
        payments: count("SELECT count(*) FROM payment WHERE provider = 'mercadopago' AND created_at >= ?1")?,
        calendars: count(
            "SELECT count(*) FROM feed WHERE deleted_at IS NULL AND url <> '' AND succeeded_at >= ?1",
        )?,
        behind: count(
            "SELECT (SELECT count(*) FROM inbound WHERE min(sent_at, received_at) < ?1
                         AND state IN ('listen', 'ready'))
                  + (SELECT count(*) FROM outbound WHERE created_at < ?1 AND state IN ('queued', 'sending'))
                  + (SELECT count(*) FROM feed WHERE deleted_at IS NULL AND url <> '' AND created_at < ?1
                         AND coalesce(succeeded_at, 0) < ?1)",
        )?,
        attention_items: u32::try_from(attention::count(tx)?).unwrap_or(u32::MAX),
    })
}

fn outage(row: &Row<'_>) -> Result<Outage, StoreError> {
    Ok(Outage {
        id: row.get("id")?,
        began_at: instant(row, "began_at")?,
        ended_at: instant(row, "ended_at")?,
        reported_at: instant_or_none(row, "reported_at")?,
        found: CaughtUp {
            messages: row.get("messages")?,
            payments: row.get("payments")?,
            calendars: row.get("calendars")?,
            behind: row.get("behind")?,
            attention_items: row.get("matters")?,
        },
    })
}
