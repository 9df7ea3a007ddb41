//! Conversations as a person reads them: the list with each last message, and one conversation in pages, newest
//! first.

use super::codec::{coded, instant, instant_or_none, word, word_or_none};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError};
use crate::domain::attention::AttentionKind;
use crate::domain::code::Coded;
use crate::domain::ids::{AttentionId, ConversationId};
use crate::domain::message::{Author, InboundState, OutboundState, Unheard};
use crate::domain::phone::Phone;
use jiff::Timestamp;
use rusqlite::{named_params, params};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    /// Conversations that wait for a person: one holds it and has not read all, or an attention item is open.
    Waiting,
}

#[derive(Debug, Clone)]
pub struct Listed {
    pub id: ConversationId,
    /// The guest's display name; may be empty.
    pub name: String,
    pub phone: Option<String>,
    /// Messages that no person has looked at.
    pub unread: u32,
    /// Set while a person answers; until when (`None`: until they hand it back).
    pub held: Option<Option<Timestamp>>,
    /// An attention item of theirs is open.
    pub wants_person: bool,
    pub at: Timestamp,
}

/// Conversations, the one with the last message first. `words` are searched in the name, and their digits in the
/// number, and the `number` that they are, in any form; empty finds all.
pub fn list(
    tx: &impl Read,
    which: Which,
    words: &str,
    number: Option<&Phone>,
    limit: u32,
    offset: u32,
) -> Result<Vec<Listed>, StoreError> {
    let words = words.trim();
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    all(
        tx,
        "SELECT c.id, c.unread, c.held_by, c.held_until, c.last_activity_at, g.name, g.phone,
                c.id IN (SELECT conversation_id FROM attention WHERE resolved_at IS NULL) AS wants_person
         FROM conversation c JOIN guest g ON g.id = c.guest_id
         WHERE (:all OR (c.held_by = 'person' AND c.unread > 0)
                OR c.id IN (SELECT conversation_id FROM attention WHERE resolved_at IS NULL))
           AND (:words = '' OR g.name LIKE '%' || :words || '%' ESCAPE '\\'
                OR g.phone_key = :key OR (:digits <> '' AND instr(g.phone, :digits) > 0))
         ORDER BY c.last_activity_at DESC LIMIT :limit OFFSET :offset",
        named_params! {
            ":all": which == Which::All, ":words": like(words), ":digits": digits,
            ":key": number.map(Phone::key), ":limit": limit, ":offset": offset,
        },
        listed,
    )
}

fn listed(row: &Row<'_>) -> Result<Listed, StoreError> {
    let held_by: String = row.get("held_by")?;
    let until = instant_or_none(row, "held_until")?;
    Ok(Listed {
        id: ConversationId(row.get("id")?),
        name: row.get("name")?,
        phone: row.get("phone")?,
        unread: row.get("unread")?,
        held: (held_by == "person").then_some(until),
        wants_person: row.get::<_, Option<bool>>("wants_person")?.unwrap_or(false),
        at: instant(row, "last_activity_at")?,
    })
}

/// Escapes words for a LIKE with `\` as its escape.
pub(super) fn like(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// The delivery state of a message, inbound or outbound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidState {
    Inbound(InboundState),
    Outbound(OutboundState),
}

impl SaidState {
    pub fn code(self) -> &'static str {
        match self {
            SaidState::Inbound(state) => state.into(),
            SaidState::Outbound(state) => state.into(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Said {
    /// Its id in its own table.
    pub id: i64,
    pub kind: String,
    pub body: String,
    pub state: SaidState,
    pub author: Author,
    /// When it came in or was queued.
    pub at: Timestamp,
    /// When it was sent, by the sender's clock.
    pub sent_at: Option<Timestamp>,
    /// Confidence of the transcript, in thousandths.
    pub heard_permille: Option<u16>,
    /// Why a recording has no transcript.
    pub unheard: Option<Unheard>,
    pub has_media: bool,
    /// Its file was deleted after its time.
    pub media_deleted: bool,
    /// The whole message as JSON: the event that came in, or the message that goes out.
    pub whole: String,
    /// WhatsApp's error code of a failed delivery.
    pub error_code: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Piece {
    /// Oldest first.
    pub lines: Vec<Said>,
    /// Cursor of the next page: messages before this instant.
    pub older: Option<Timestamp>,
}

/// The last messages before `before`, about `limit` of them: those of one instant stay together.
pub fn piece(
    tx: &impl Read,
    id: ConversationId,
    before: Option<Timestamp>,
    limit: u32,
) -> Result<Piece, StoreError> {
    let before = before.unwrap_or(Timestamp::MAX).as_millisecond();
    let mut lines = all(tx, PIECE, params![id.0, before, limit.saturating_add(1)], said)?;
    let mut older = None;
    if lines.len() > limit as usize {
        let cut = lines.last().map(|line| line.at);
        let whole = lines.iter().take_while(|line| Some(line.at) != cut).count();
        lines.truncate(if whole == 0 { limit as usize } else { whole });
        older = lines.last().map(|line| line.at);
    }
    lines.reverse();
    Ok(Piece { lines, older })
}

/// The last `limit` messages of a conversation, oldest first.
pub fn latest(tx: &impl Read, id: ConversationId, limit: u32) -> Result<Vec<Said>, StoreError> {
    let mut lines = all(tx, PIECE, params![id.0, i64::MAX, limit], said)?;
    lines.reverse();
    Ok(lines)
}

/// The last message of a conversation.
pub fn last(tx: &impl Read, id: ConversationId) -> Result<Option<Said>, StoreError> {
    one(tx, PIECE, params![id.0, i64::MAX, 1], said)
}

/// Each half reads its own index and no further than needed; only the rows found are sorted.
pub(super) const PIECE: &str = "SELECT * FROM (
    SELECT * FROM (
        SELECT 1 AS inbound, id, kind, body, state, 'guest' AS author, received_at AS at, sent_at,
               heard_permille, unheard, media_path IS NOT NULL AS has_media,
               media_path IS NULL AND media_bytes IS NOT NULL AS media_deleted, event AS whole, NULL AS error_code
        FROM inbound WHERE conversation_id = ?1 AND received_at < ?2 ORDER BY received_at DESC, id DESC LIMIT ?3)
    UNION ALL
    SELECT * FROM (
        SELECT 0, id, kind, body, state, author, created_at, sent_at, NULL, NULL, 0, 0, message, error_code
        FROM outbound WHERE conversation_id = ?1 AND created_at < ?2 ORDER BY created_at DESC, id DESC LIMIT ?3))
 ORDER BY at DESC, inbound ASC, id DESC LIMIT ?3";

impl Said {
    /// Whether the guest sent it.
    pub fn is_inbound(&self) -> bool {
        self.author == Author::Guest
    }
}

fn said(row: &Row<'_>) -> Result<Said, StoreError> {
    let author = word(row, "author", |code| code.parse().ok())?;
    let state = match author {
        Author::Guest => SaidState::Inbound(word(row, "state", |code| code.parse().ok())?),
        Author::Bot | Author::Person => SaidState::Outbound(word(row, "state", |code| code.parse().ok())?),
    };
    Ok(Said {
        id: row.get("id")?,
        kind: row.get("kind")?,
        body: row.get("body")?,
        state,
        author,
        at: instant(row, "at")?,
        sent_at: instant_or_none(row, "sent_at")?,
        heard_permille: row.get("heard_permille")?,
        unheard: word_or_none(row, "unheard")?,
        has_media: row.get("has_media")?,
        media_deleted: row.get("media_deleted")?,
        whole: row.get("whole")?,
        error_code: row.get("error_code")?,
    })
}

/// The open attention items of a conversation: kind and id.
pub fn attention_items(
    tx: &impl Read,
    id: ConversationId,
) -> Result<Vec<(AttentionId, Coded<AttentionKind>)>, StoreError> {
    all(
        tx,
        "SELECT id, kind FROM attention WHERE resolved_at IS NULL AND conversation_id = ?1 ORDER BY id",
        [id.0],
        |row| Ok((AttentionId(row.get("id")?), coded(row, "kind")?)),
    )
}

/// The conversation of a guest, if they ever wrote.
pub fn of_guest(
    tx: &impl Read,
    guest: crate::domain::ids::GuestId,
) -> Result<Option<ConversationId>, StoreError> {
    one(tx, "SELECT id FROM conversation WHERE guest_id = ?1", [guest.0], |row| {
        Ok(ConversationId(row.get(0)?))
    })
}
