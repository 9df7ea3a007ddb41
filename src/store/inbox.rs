//! The inbox: every inbound event is stored before it is answered, and processed in order for each guest.
//!
//! A row is leased while it is processed. A crash lets the lease lapse, and the work is done again: its decisions
//! commit in one transaction with the row's end, so they count once.

use super::codec::{instant, word_or_none};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{ConversationId, InboundId};
use crate::domain::message::Unheard;
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

/// Added to each wait, so that of two new recordings the shorter is transcribed first; with a wait of zero all
/// would be equal.
const JUST_CAME_MILLIS: i64 = 1000;

/// Stores a raw notification; `problem` says what could not be parsed.
pub fn insert_hook(tx: &mut WriteTx<'_>, source: &str, body: &[u8], problem: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.insert(
        "INSERT INTO hook (source, body, problem, received_at) VALUES (?1, ?2, ?3, ?4)",
        params![source, body, problem, now],
    )?;
    Ok(())
}

/// Deletes at most `limit` notifications older than `kept`; answers how many.
pub fn prune_hooks(tx: &mut WriteTx<'_>, kept: SignedDuration, limit: u32) -> Result<usize, StoreError> {
    let before = tx.now() - kept;
    tx.run(PRUNE_HOOKS, params![before.as_millisecond(), limit])
}

/// Reads by index only the rows old enough.
pub(super) const PRUNE_HOOKS: &str =
    "DELETE FROM hook WHERE id IN (SELECT id FROM hook INDEXED BY hook_age WHERE received_at < ?1 LIMIT ?2)";

/// The number of notifications that could not be parsed.
pub fn hook_problems(tx: &impl Read) -> Result<u64, StoreError> {
    let count =
        one(tx, "SELECT count(*) FROM hook WHERE problem <> ''", [], |row| Ok(row.get::<_, i64>(0)?))?;
    Ok(count.unwrap_or(0).unsigned_abs())
}

#[derive(Debug, Clone)]
pub struct New<'a> {
    /// `whatsapp` or `mercadopago`.
    pub source: &'a str,
    pub external_id: &'a str,
    pub conversation_id: Option<ConversationId>,
    pub kind: &'a str,
    /// The event as JSON.
    pub event: &'a str,
    pub body: &'a str,
    /// When it was sent, by the provider's clock.
    pub sent_at: Timestamp,
    /// Whether it must be transcribed first.
    pub is_voice: bool,
}

/// Stores an event; `None` when it was stored before.
pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<Option<InboundId>, StoreError> {
    let now = tx.now().as_millisecond();
    let state = if new.is_voice { "listen" } else { "ready" };
    let fresh = tx.run(
        "INSERT INTO inbound (source, external_id, conversation_id, kind, event, body, sent_at, received_at,
                              state, run_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8)
         ON CONFLICT (source, external_id) DO NOTHING",
        params![
            new.source,
            new.external_id,
            new.conversation_id.map(|id| id.0),
            new.kind,
            new.event,
            new.body,
            new.sent_at.as_millisecond(),
            now,
            state
        ],
    )?;
    Ok((fresh > 0).then(|| InboundId(tx.connection().last_insert_rowid())))
}

/// An event that waits or was processed.
#[derive(Debug, Clone)]
pub struct Inbound {
    pub id: InboundId,
    /// `whatsapp` or `mercadopago`.
    pub source: String,
    pub external_id: String,
    pub conversation_id: Option<ConversationId>,
    pub kind: String,
    /// The event as JSON.
    pub event: String,
    pub body: String,
    /// Confidence of the transcript, in thousandths; `None` for a written message.
    pub heard_permille: Option<u16>,
    /// Why a recording has no transcript.
    pub unheard: Option<Unheard>,
    pub sent_at: Timestamp,
    pub received_at: Timestamp,
    pub attempts: u32,
}

/// Claims the oldest ready event of each conversation that is not being processed, at most `limit`.
///
/// A conversation whose oldest event is an untranscribed recording waits for it, so that a guest's messages keep
/// their order.
pub fn claim(tx: &mut WriteTx<'_>, lease: SignedDuration, limit: u32) -> Result<Vec<Inbound>, StoreError> {
    claim_in(
        tx,
        "SELECT i.* FROM inbound i
         WHERE i.state = 'ready' AND i.run_at <= ?1 AND (i.leased_until IS NULL OR i.leased_until <= ?1)
           AND NOT EXISTS (SELECT 1 FROM inbound o WHERE o.conversation_id = i.conversation_id AND o.id < i.id
                           AND o.state IN ('listen', 'ready'))
         ORDER BY i.id LIMIT ?2",
        lease,
        limit,
    )
}

/// Claims the oldest recordings not fetched yet, at most `limit`.
pub fn claim_unfetched(
    tx: &mut WriteTx<'_>,
    lease: SignedDuration,
    limit: u32,
) -> Result<Vec<Inbound>, StoreError> {
    claim_in(
        tx,
        "SELECT * FROM inbound
         WHERE state = 'listen' AND media_bytes IS NULL AND run_at <= ?1
           AND (leased_until IS NULL OR leased_until <= ?1)
         ORDER BY id LIMIT ?2",
        lease,
        limit,
    )
}

/// Whether [`claim_unfetched`] would find any.
pub fn has_unfetched(tx: &impl Read) -> Result<bool, StoreError> {
    let found = one(
        tx,
        "SELECT 1 FROM inbound
         WHERE state = 'listen' AND media_bytes IS NULL AND run_at <= ?1
           AND (leased_until IS NULL OR leased_until <= ?1)
         LIMIT 1",
        [tx.now().as_millisecond()],
        |row| Ok(row.get::<_, i64>(0)?),
    )?;
    Ok(found.is_some())
}

/// Which fetched recordings may be transcribed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recordings {
    Any,
    /// Recordings of at most so many bytes, never tried before.
    FreshUpTo(u32),
}

/// The recording to transcribe next: the one with the longest wait for its size. A short one soon passes a long
/// one, and a long one that waits long enough passes all shorter ones. Messages of a conversation keep their
/// order.
pub fn next_recording(tx: &impl Read, which: Recordings) -> Result<Option<InboundId>, StoreError> {
    let (bytes_max, attempts_max) = match which {
        Recordings::Any => (i64::MAX, u32::MAX),
        Recordings::FreshUpTo(bytes) => (i64::from(bytes), 0),
    };
    one(
        tx,
        "SELECT i.id FROM inbound i
         WHERE i.state = 'listen' AND i.media_bytes <= ?2 AND i.attempts <= ?3 AND i.run_at <= ?1
           AND (i.leased_until IS NULL OR i.leased_until <= ?1)
           AND NOT EXISTS (SELECT 1 FROM inbound o WHERE o.conversation_id = i.conversation_id AND o.id < i.id
                           AND o.state IN ('listen', 'ready') AND o.state = 'listen')
         ORDER BY (?1 - i.received_at + ?4) / (i.media_bytes + 1.0) DESC, i.id LIMIT 1",
        params![tx.now().as_millisecond(), bytes_max, attempts_max, JUST_CAME_MILLIS],
        |row| Ok(InboundId(row.get(0)?)),
    )
}

/// Claims one event, unless it is claimed already.
pub fn claim_one(
    tx: &mut WriteTx<'_>,
    id: InboundId,
    lease: SignedDuration,
) -> Result<Option<Inbound>, StoreError> {
    let now = tx.now();
    let found = one(
        tx,
        "SELECT * FROM inbound WHERE id = ?1 AND state IN ('listen', 'ready') AND run_at <= ?2
           AND (leased_until IS NULL OR leased_until <= ?2)",
        params![id.0, now.as_millisecond()],
        inbound,
    )?;
    found.map(|found| begin(tx, found, lease)).transpose()
}

/// Ready events of the same conversation right after `id`, to be answered in one turn with it.
pub fn followers(
    tx: &impl Read,
    conversation: ConversationId,
    id: InboundId,
) -> Result<Vec<Inbound>, StoreError> {
    let mut waiting = all(
        tx,
        "SELECT * FROM inbound WHERE conversation_id = ?1 AND id > ?2 AND state IN ('listen', 'ready') ORDER BY id",
        params![conversation.0, id.0],
        |row| Ok((row.get::<_, String>("state")? == "ready", inbound(row)?)),
    )?;
    let ready = waiting.iter().take_while(|(ready, _)| *ready).count();
    waiting.truncate(ready);
    Ok(waiting.into_iter().map(|(_, inbound)| inbound).collect())
}

pub fn find(tx: &impl Read, id: InboundId) -> Result<Option<Inbound>, StoreError> {
    one(tx, "SELECT * FROM inbound WHERE id = ?1", [id.0], inbound)
}

pub fn finish(tx: &mut WriteTx<'_>, id: InboundId) -> Result<(), StoreError> {
    tx.run("UPDATE inbound SET state = 'done', leased_until = NULL WHERE id = ?1", [id.0])?;
    Ok(())
}

/// Marks an event failed for good.
pub fn fail(tx: &mut WriteTx<'_>, id: InboundId) -> Result<(), StoreError> {
    tx.run("UPDATE inbound SET state = 'failed', leased_until = NULL WHERE id = ?1", [id.0])?;
    Ok(())
}

/// Releases the event for a retry at `at`.
pub fn retry(tx: &mut WriteTx<'_>, id: InboundId, at: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE inbound SET run_at = ?2, leased_until = NULL WHERE id = ?1";
    tx.run(sql, params![id.0, at.as_millisecond()])?;
    Ok(())
}

/// Delays an event that no turn has claimed, with those of its conversation behind it, until `until`: later when
/// more is likely to come, at once when the last message is complete.
pub fn wait_for_more(
    tx: &mut WriteTx<'_>,
    conversation: ConversationId,
    id: InboundId,
    until: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE inbound SET run_at = ?3
         WHERE conversation_id = ?1 AND id <= ?2 AND state = 'ready' AND attempts = 0",
        params![conversation.0, id.0, until.as_millisecond()],
    )?;
    Ok(())
}

/// When the oldest unclaimed event of a conversation came.
pub fn waits_since(tx: &impl Read, conversation: ConversationId) -> Result<Option<Timestamp>, StoreError> {
    let found = one(
        tx,
        "SELECT min(received_at) AS at FROM inbound
         WHERE conversation_id = ?1 AND state = 'ready' AND attempts = 0",
        [conversation.0],
        |row| super::codec::instant_or_none(row, "at"),
    )?;
    Ok(found.flatten())
}

/// The result of a transcription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transcription {
    /// Words, and how sure they are in thousandths.
    Words(String, u16),
    /// None, and why.
    Nothing(Unheard),
}

/// Saves the result of a transcription: the recording, with or without words, takes its place in the queue.
pub fn transcribed(
    tx: &mut WriteTx<'_>,
    id: InboundId,
    transcription: &Transcription,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let (body, permille, why) = match transcription {
        Transcription::Words(body, permille) => (body.as_str(), Some(*permille), None),
        Transcription::Nothing(why) => ("", None, Some(<&str>::from(*why))),
    };
    tx.run(
        "UPDATE inbound SET state = 'ready', body = ?2, heard_permille = ?3, unheard = ?4,
                attempts = 0, leased_until = NULL, run_at = ?5
         WHERE id = ?1 AND state = 'listen'",
        params![id.0, body, permille, why, now],
    )?;
    Ok(())
}

/// Records that a recording lies in the media folder: it may be transcribed.
pub fn fetched(tx: &mut WriteTx<'_>, id: InboundId, path: &str, bytes: u64) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE inbound SET media_path = ?2, media_bytes = ?3, attempts = 0, leased_until = NULL, run_at = ?4
         WHERE id = ?1",
        params![id.0, path, bytes.min(i64::MAX.unsigned_abs()) as i64, now],
    )?;
    Ok(())
}

/// Records that a picture or document lies in the media folder; `false` when its message was erased meanwhile.
pub fn kept(tx: &mut WriteTx<'_>, id: InboundId, path: &str, bytes: u64) -> Result<bool, StoreError> {
    let touched = tx.run(
        "UPDATE inbound SET media_path = ?2, media_bytes = ?3 WHERE id = ?1 AND event <> ''",
        params![id.0, path, bytes.min(i64::MAX.unsigned_abs()) as i64],
    )?;
    Ok(touched > 0)
}

/// The path of an event's recording or picture.
pub fn media_path(tx: &impl Read, id: InboundId) -> Result<Option<String>, StoreError> {
    let found = one(tx, "SELECT media_path FROM inbound WHERE id = ?1", [id.0], |row| Ok(row.get(0)?))?;
    Ok(found.flatten())
}

/// When the next event may be claimed.
pub fn next_due(tx: &impl Read) -> Result<Option<Timestamp>, StoreError> {
    let found = one(
        tx,
        "SELECT min(max(run_at, coalesce(leased_until, 0))) AS at FROM inbound WHERE state IN ('listen', 'ready')",
        [],
        |row| super::codec::instant_or_none(row, "at"),
    )?;
    Ok(found.flatten())
}

pub fn waiting(tx: &impl Read) -> Result<u64, StoreError> {
    let count = one(tx, "SELECT count(*) FROM inbound WHERE state IN ('listen', 'ready')", [], |row| {
        Ok(row.get::<_, i64>(0)?)
    })?;
    Ok(count.unwrap_or(0).unsigned_abs())
}

fn claim_in(
    tx: &mut WriteTx<'_>,
    sql: &'static str,
    lease: SignedDuration,
    limit: u32,
) -> Result<Vec<Inbound>, StoreError> {
    let found = all(tx, sql, params![tx.now().as_millisecond(), limit], inbound)?;
    found.into_iter().map(|found| begin(tx, found, lease)).collect()
}

/// Leases an event.
fn begin(tx: &mut WriteTx<'_>, found: Inbound, lease: SignedDuration) -> Result<Inbound, StoreError> {
    let until = tx.now() + lease;
    tx.run(
        "UPDATE inbound SET attempts = attempts + 1, leased_until = ?2 WHERE id = ?1",
        params![found.id.0, until.as_millisecond()],
    )?;
    Ok(Inbound { attempts: found.attempts + 1, ..found })
}

pub(super) fn inbound(row: &Row<'_>) -> Result<Inbound, StoreError> {
    Ok(Inbound {
        id: InboundId(row.get("id")?),
        source: row.get("source")?,
        external_id: row.get("external_id")?,
        conversation_id: row.get::<_, Option<i64>>("conversation_id")?.map(ConversationId),
        kind: row.get("kind")?,
        event: row.get("event")?,
        body: row.get("body")?,
        heard_permille: row.get("heard_permille")?,
        unheard: word_or_none(row, "unheard")?,
        sent_at: instant(row, "sent_at")?,
        received_at: instant(row, "received_at")?,
        attempts: row.get("attempts")?,
    })
}
