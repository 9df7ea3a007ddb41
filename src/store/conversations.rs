//! The conversation with each guest: the dialogue's state, who answers, and what button taps mean.

use super::codec::{instant, instant_or_none, word};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{ConversationId, GuestId};
use jiff::Timestamp;
use rusqlite::params;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBy {
    Bot,
    /// A person, until this instant (`None`: until they hand it back).
    Person(Option<Timestamp>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub id: ConversationId,
    pub guest_id: GuestId,
    /// The dialogue's state, as the dialogue wrote it.
    pub state: String,
    pub held_by: HeldBy,
    /// The guest's last message, which opened the 24-hour window.
    pub last_inbound_at: Option<Timestamp>,
    pub last_activity_at: Timestamp,
    /// Messages of the guest that no person has looked at.
    pub unread: u32,
}

impl Conversation {
    /// Whether a person holds it now.
    pub fn is_held_by_person(&self, now: Timestamp) -> bool {
        match self.held_by {
            HeldBy::Bot => false,
            HeldBy::Person(until) => until.is_none_or(|until| now < until),
        }
    }
}

pub fn find(tx: &impl Read, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    one(tx, "SELECT * FROM conversation WHERE id = ?1", [id.0], conversation)
}

/// The conversation with a guest, made when there is none.
pub fn of_guest(tx: &mut WriteTx<'_>, guest: GuestId) -> Result<Conversation, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO conversation (guest_id, last_activity_at, created_at) VALUES (?1, ?2, ?2)
         ON CONFLICT (guest_id) DO NOTHING",
        params![guest.0, now],
    )?;
    one(tx, "SELECT * FROM conversation WHERE guest_id = ?1", [guest.0], conversation)?
        .ok_or(StoreError::Closed)
}

/// Conversations, the one with the last message first.
pub fn recent(tx: &impl Read, limit: u32, offset: u32) -> Result<Vec<Conversation>, StoreError> {
    all(
        tx,
        "SELECT * FROM conversation ORDER BY last_activity_at DESC LIMIT ?1 OFFSET ?2",
        [limit, offset],
        conversation,
    )
}

/// The number of conversations in which a person answers and has unread messages.
pub fn unread(tx: &impl Read) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM conversation WHERE held_by = 'person' AND unread > 0";
    Ok(one(tx, sql, [], |row| Ok(row.get::<_, i64>(0)?))?.unwrap_or(0).unsigned_abs())
}

/// Conversion of conversations into bookings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    /// Guests whose conversation began in the period.
    pub threads: u64,
    /// Of these, guests who held a cabin.
    pub held: u64,
    /// Of these, guests with a confirmed stay.
    pub booked: u64,
}

/// The conversion of the conversations that began in `from..to`.
pub fn conversion(tx: &impl Read, from: Timestamp, to: Timestamp) -> Result<Conversion, StoreError> {
    let found = one(
        tx,
        "SELECT count(*) AS threads,
                coalesce(sum(EXISTS (SELECT 1 FROM reservation r WHERE r.guest_id = c.guest_id)), 0) AS held,
                coalesce(sum(EXISTS (SELECT 1 FROM reservation r WHERE r.guest_id = c.guest_id
                    AND r.status IN ('confirmed', 'checked_in', 'checked_out'))), 0) AS booked
         FROM conversation c WHERE c.created_at >= ?1 AND c.created_at < ?2",
        [from.as_millisecond(), to.as_millisecond()],
        |row| {
            let number = |name: &str| Ok::<_, StoreError>(row.get::<_, i64>(name)?.unsigned_abs());
            Ok(Conversion { threads: number("threads")?, held: number("held")?, booked: number("booked")? })
        },
    )?;
    Ok(found.unwrap_or(Conversion { threads: 0, held: 0, booked: 0 }))
}

/// Records a guest's message of `sent_at`, which opens the window. An older message than the last does not move it
/// back.
pub fn heard(tx: &mut WriteTx<'_>, id: ConversationId, sent_at: Timestamp) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "UPDATE conversation SET last_inbound_at = max(coalesce(last_inbound_at, 0), ?2),
                last_activity_at = ?3, unread = unread + 1
         WHERE id = ?1",
        params![id.0, sent_at.as_millisecond().min(now), now],
    )?;
    Ok(())
}

/// Saves the dialogue's state.
pub fn set_state(tx: &mut WriteTx<'_>, id: ConversationId, state: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "UPDATE conversation SET state = ?2, last_activity_at = ?3 WHERE id = ?1";
    tx.run(sql, params![id.0, state, now])?;
    Ok(())
}

/// Gives the conversation to a person or back to casero.
pub fn set_held_by(tx: &mut WriteTx<'_>, id: ConversationId, held_by: HeldBy) -> Result<bool, StoreError> {
    let (word, until) = match held_by {
        HeldBy::Bot => ("bot", None),
        HeldBy::Person(until) => ("person", until.map(Timestamp::as_millisecond)),
    };
    let sql = "UPDATE conversation SET held_by = ?2, held_until = ?3 WHERE id = ?1";
    Ok(tx.run(sql, params![id.0, word, until])? > 0)
}

pub fn mark_seen(tx: &mut WriteTx<'_>, id: ConversationId) -> Result<(), StoreError> {
    tx.run("UPDATE conversation SET unread = 0 WHERE id = ?1 AND unread > 0", [id.0])?;
    Ok(())
}

/// Stores what tapping a button means.
pub fn insert_tap(
    tx: &mut WriteTx<'_>,
    id: ConversationId,
    token: &str,
    meaning: &str,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO tap (token, conversation_id, meaning, expires_at) VALUES (?1, ?2, ?3, ?4)",
        params![token, id.0, meaning, expires_at.as_millisecond()],
    )?;
    Ok(())
}

/// The meaning of a token in this conversation; `None` when it is unknown, another guest's, or too old.
pub fn tap(tx: &impl Read, id: ConversationId, token: &str) -> Result<Option<String>, StoreError> {
    one(
        tx,
        "SELECT meaning FROM tap WHERE token = ?1 AND conversation_id = ?2 AND expires_at > ?3",
        params![token, id.0, tx.now().as_millisecond()],
        |row| Ok(row.get(0)?),
    )
}

/// Deletes expired buttons; answers how many.
pub fn prune_taps(tx: &mut WriteTx<'_>) -> Result<usize, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("DELETE FROM tap WHERE expires_at <= ?1", [now])
}

fn conversation(row: &Row<'_>) -> Result<Conversation, StoreError> {
    let until = instant_or_none(row, "held_until")?;
    let by_code = |code: &str| match code {
        "bot" => Some(HeldBy::Bot),
        "person" => Some(HeldBy::Person(until)),
        _ => None,
    };
    Ok(Conversation {
        id: ConversationId(row.get("id")?),
        guest_id: GuestId(row.get("guest_id")?),
        state: row.get("state")?,
        held_by: word(row, "held_by", by_code)?,
        last_inbound_at: instant_or_none(row, "last_inbound_at")?,
        last_activity_at: instant(row, "last_activity_at")?,
        unread: row.get("unread")?,
    })
}
