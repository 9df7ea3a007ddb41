//! The job queue and the schedule of recurring tasks. Due times are rows: a restart loses nothing, and a missed
//! tick is done late, once.

use super::codec::{instant, instant_or_none, to_json, word};
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{CabinId, JobId};
use crate::domain::job::{JobKind, Queue};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use strum::VariantArray;

/// The kinds that this version knows in each queue, as a JSON array. Jobs of any other kind stay queued for a
/// version that knows them.
static FOREGROUND: LazyLock<String> = LazyLock::new(|| kinds_of(Queue::Foreground));
static BACKGROUND: LazyLock<String> = LazyLock::new(|| kinds_of(Queue::Background));

fn kinds_of(queue: Queue) -> String {
    let kinds = JobKind::VARIANTS.iter().filter(|kind| kind.queue() == queue);
    to_json(&kinds.map(|kind| kind.code()).collect::<Vec<_>>())
}

fn known(queue: Queue) -> &'static str {
    match queue {
        Queue::Foreground => &FOREGROUND,
        Queue::Background => &BACKGROUND,
    }
}

/// The subject of the attention item of a job that was given up.
pub fn given_up(kind: JobKind, subject: &str) -> String {
    format!("{}:{subject}", kind.code())
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub kind: JobKind,
    pub subject: String,
    /// Tries, this one included.
    pub attempts: u32,
    /// When it was first enqueued.
    pub created_at: Timestamp,
}

/// Queues work for `at`. If the same work waits already, it is only brought forward.
pub fn enqueue(tx: &mut WriteTx<'_>, kind: JobKind, subject: &str, at: Timestamp) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO job (kind, subject, run_at, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (kind, subject) DO UPDATE SET run_at = min(run_at, excluded.run_at), attempts = 0",
        params![kind.code(), subject, at.as_millisecond(), now],
    )?;
    Ok(())
}

/// Claims due jobs of a queue that this version knows, at most `limit`.
pub fn claim(
    tx: &mut WriteTx<'_>,
    queue: Queue,
    lease: SignedDuration,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    let now = tx.now();
    let mut claimed = all(
        tx,
        "SELECT * FROM job WHERE run_at <= ?1 AND (leased_until IS NULL OR leased_until <= ?1)
           AND kind IN (SELECT value FROM json_each(?3))
         ORDER BY run_at, id LIMIT ?2",
        params![now.as_millisecond(), limit, known(queue)],
        |row| {
            Ok(Job {
                id: JobId(row.get("id")?),
                kind: word(row, "kind", |code| code.parse().ok())?,
                subject: row.get("subject")?,
                attempts: row.get("attempts")?,
                created_at: instant(row, "created_at")?,
            })
        },
    )?;
    for job in &mut claimed {
        job.attempts += 1;
        tx.run(
            "UPDATE job SET attempts = attempts + 1, leased_until = ?2 WHERE id = ?1",
            params![job.id.0, (now + lease).as_millisecond()],
        )?;
    }
    Ok(claimed)
}

/// Deletes a finished or given-up job. One that was enqueued again while it ran (its tries are then zero, where a
/// running job has one) is released to run once more.
pub fn finish(tx: &mut WriteTx<'_>, id: JobId) -> Result<(), StoreError> {
    if tx.run("DELETE FROM job WHERE id = ?1 AND attempts > 0", [id.0])? == 0 {
        tx.run("UPDATE job SET leased_until = NULL WHERE id = ?1", [id.0])?;
    }
    Ok(())
}

/// Releases the job for a retry at `at`.
pub fn retry(tx: &mut WriteTx<'_>, id: JobId, at: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "UPDATE job SET run_at = ?2, leased_until = NULL WHERE id = ?1",
        params![id.0, at.as_millisecond()],
    )?;
    Ok(())
}

/// Releases the job until its provider may be back at `at`; this try does not count.
pub fn put_back(tx: &mut WriteTx<'_>, id: JobId, at: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "UPDATE job SET run_at = ?2, leased_until = NULL, attempts = max(attempts - 1, 0) WHERE id = ?1",
        params![id.0, at.as_millisecond()],
    )?;
    Ok(())
}

/// Releases a job that must run again at `at` though nothing failed: its tries are set to one, so that a later
/// failure has all its retries.
pub fn wait(tx: &mut WriteTx<'_>, id: JobId, at: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "UPDATE job SET run_at = ?2, leased_until = NULL, attempts = min(attempts, 1) WHERE id = ?1",
        params![id.0, at.as_millisecond()],
    )?;
    Ok(())
}

/// Makes all waiting jobs of this kind due now.
pub fn hasten(tx: &mut WriteTx<'_>, kind: JobKind) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("UPDATE job SET run_at = ?2 WHERE kind = ?1 AND run_at > ?2", params![kind.code(), now])?;
    Ok(())
}

/// Makes waiting jobs of this kind about holds of this cabin due now.
pub fn hasten_for_cabin(tx: &mut WriteTx<'_>, kind: JobKind, cabin: CabinId) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE job SET run_at = ?3 WHERE kind = ?1 AND run_at > ?3 AND EXISTS
             (SELECT 1 FROM reservation r WHERE r.id = CAST(job.subject AS INTEGER) AND r.cabin_id = ?2
              AND r.status = 'pre_reserved')",
        params![kind.code(), cabin.0, now],
    )?;
    Ok(())
}

/// When the next job of a queue is due that this version knows.
pub fn next_due(tx: &impl Read, queue: Queue) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(run_at) AS at FROM job WHERE kind IN (SELECT value FROM json_each(?1))";
    let found = one(tx, sql, [known(queue)], |row| instant_or_none(row, "at"))?;
    Ok(found.flatten())
}

/// The number of waiting jobs of this kind.
pub fn waiting_of(tx: &impl Read, kind: JobKind) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM job WHERE kind = ?1";
    let count = one(tx, sql, [kind.code()], |row| Ok(row.get::<_, i64>(0)?))?;
    Ok(count.unwrap_or(0).unsigned_abs())
}

/// The number of waiting jobs.
pub fn waiting(tx: &impl Read) -> Result<u64, StoreError> {
    let count = one(tx, "SELECT count(*) FROM job", [], |row| Ok(row.get::<_, i64>(0)?))?;
    Ok(count.unwrap_or(0).unsigned_abs())
}

/// When a recurring task is next due; `None` before its first time.
pub fn schedule_due(tx: &impl Read, name: &str) -> Result<Option<Timestamp>, StoreError> {
    let found =
        one(tx, "SELECT due_at FROM schedule WHERE name = ?1", [name], |row| instant_or_none(row, "due_at"))?;
    Ok(found.flatten())
}

/// When each recurring task is next due, by name; one that never ran has none.
pub fn schedule(tx: &impl Read) -> Result<BTreeMap<String, Timestamp>, StoreError> {
    let found =
        all(tx, "SELECT name, due_at FROM schedule", [], |row| Ok((row.get(0)?, instant(row, "due_at")?)))?;
    Ok(found.into_iter().collect())
}

/// Sets when a recurring task is next due.
pub fn reschedule(tx: &mut WriteTx<'_>, name: &str, due_at: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO schedule (name, due_at) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET due_at = ?2",
        params![name, due_at.as_millisecond()],
    )?;
    Ok(())
}
