//! What only a person can decide. The same attention item is listed once while it is open.

use super::codec::{instant, instant_or_none, word};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::attention::AttentionKind;
use crate::domain::ids::{AttentionId, ConversationId, GuestId, ReservationId};
use jiff::Timestamp;
use rusqlite::params;

/// An attention item for the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    pub id: AttentionId,
    pub kind: AttentionKind,
    pub subject: String,
    pub reservation_id: Option<ReservationId>,
    pub conversation_id: Option<ConversationId>,
    /// What a sentence about it needs, as JSON.
    pub details: String,
    pub created_at: Timestamp,
    pub resolved_at: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub struct New<'a> {
    pub kind: AttentionKind,
    /// What it is about: one of a kind and subject is open at a time.
    pub subject: &'a str,
    pub reservation_id: Option<ReservationId>,
    pub conversation_id: Option<ConversationId>,
    /// What a sentence about it needs, as JSON.
    pub details: String,
}

impl<'a> New<'a> {
    /// An attention item of which nothing more is to be said.
    pub fn of(kind: AttentionKind, subject: &'a str) -> New<'a> {
        New { kind, subject, reservation_id: None, conversation_id: None, details: String::new() }
    }
}

/// Lists an attention item; `false` when it is listed already.
pub fn raise(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let details = if new.details.is_empty() { "{}" } else { &new.details };
    let fresh = tx.run(
        "INSERT INTO attention (kind, subject, reservation_id, conversation_id, details, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        params![
            new.kind.code(),
            new.subject,
            new.reservation_id.map(|id| id.0),
            new.conversation_id.map(|id| id.0),
            details,
            now
        ],
    )?;
    Ok(fresh > 0)
}

/// A person, or casero when the attention item went away, dealt with it. `false` when it is not open.
pub fn resolve(tx: &mut WriteTx<'_>, id: AttentionId, by: &str, how: &str) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE attention SET resolved_at = ?2, resolved_by = ?3, resolution = ?4
         WHERE id = ?1 AND resolved_at IS NULL",
        params![id.0, now, by, how],
    )
    .map(|touched| touched > 0)
}

pub fn settle(tx: &mut WriteTx<'_>, kind: AttentionKind, subject: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE attention SET resolved_at = ?3, resolved_by = 'casero', resolution = 'settled'
         WHERE kind = ?1 AND subject = ?2 AND resolved_at IS NULL",
        params![kind.code(), subject, now],
    )?;
    Ok(())
}

pub fn find(tx: &impl Read, id: AttentionId) -> Result<Option<Attention>, StoreError> {
    one(tx, "SELECT * FROM attention WHERE id = ?1", [id.0], attention)
}

/// Whether an attention item of this kind about this subject was opened after `since`, whatever became of it.
pub fn was_raised(
    tx: &impl Read,
    kind: AttentionKind,
    subject: &str,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let found = one(
        tx,
        "SELECT 1 FROM attention WHERE kind = ?1 AND subject = ?2 AND created_at > ?3 LIMIT 1",
        params![kind.code(), subject, since.as_millisecond()],
        |row| Ok(row.get::<_, i64>(0)?),
    )?;
    Ok(found.is_some())
}

/// Whether an attention item of this kind about this subject is open.
pub fn is_open(tx: &impl Read, kind: AttentionKind, subject: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention WHERE kind = ?1 AND subject = ?2 AND resolved_at IS NULL";
    Ok(one(tx, sql, [kind.code(), subject], |_| Ok(()))?.is_some())
}

/// Whether an item of this kind about this reservation is open.
pub fn is_open_for(
    tx: &impl Read,
    kind: AttentionKind,
    reservation: ReservationId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention WHERE kind = ?1 AND reservation_id = ?2 AND resolved_at IS NULL";
    Ok(one(tx, sql, params![kind.code(), reservation.0], |_| Ok(()))?.is_some())
}

/// Whether an item of this kind, with just these details, is open in a conversation.
pub fn is_open_with(
    tx: &impl Read,
    kind: AttentionKind,
    conversation: ConversationId,
    details: &str,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention
               WHERE kind = ?1 AND conversation_id = ?2 AND details = ?3 AND resolved_at IS NULL";
    Ok(one(tx, sql, params![kind.code(), conversation.0, details], |_| Ok(()))?.is_some())
}

/// Whether anything is open about a guest: in their conversation, or about a booking of theirs.
pub fn is_open_about(
    tx: &impl Read,
    conversation: ConversationId,
    guest: GuestId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM attention a LEFT JOIN reservation r ON r.id = a.reservation_id
               WHERE a.resolved_at IS NULL AND (a.conversation_id = ?1 OR r.guest_id = ?2) LIMIT 1";
    Ok(one(tx, sql, params![conversation.0, guest.0], |_| Ok(()))?.is_some())
}

/// How many attention items are open: it stands on every page.
pub fn count(tx: &impl Read) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM attention WHERE resolved_at IS NULL";
    Ok(one(tx, sql, [], |row| Ok(row.get::<_, u32>(0)?))?.unwrap_or(0) as usize)
}

/// What is open, the oldest first.
pub fn open(tx: &impl Read) -> Result<Vec<Attention>, StoreError> {
    all(tx, "SELECT * FROM attention WHERE resolved_at IS NULL ORDER BY id", [], attention)
}

fn attention(row: &Row<'_>) -> Result<Attention, StoreError> {
    Ok(Attention {
        id: AttentionId(row.get("id")?),
        kind: word(row, "kind", AttentionKind::from_code)?,
        subject: row.get("subject")?,
        reservation_id: row.get::<_, Option<i64>>("reservation_id")?.map(ReservationId),
        conversation_id: row.get::<_, Option<i64>>("conversation_id")?.map(ConversationId),
        details: row.get("details")?,
        created_at: instant(row, "created_at")?,
        resolved_at: instant_or_none(row, "resolved_at")?,
    })
}
