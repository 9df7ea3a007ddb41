//! Requests of guests: each waits for a person's answer until it is decided, withdrawn, or its matter is over.

use super::codec::{coded, instant, instant_or_none, to_json};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx, attention};
use crate::domain::code::Coded;
use crate::domain::ids::{AttentionId, ConversationId, RequestId, ReservationId};
use crate::domain::request::{DecidedBy, Off, RequestKind, RequestState, RequestedOffer};
use crate::domain::reservation::Status;
use jiff::Timestamp;
use rusqlite::params;

/// Most requests listed.
const LISTED_MAX: u32 = 200;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub id: RequestId,
    pub kind: Coded<RequestKind>,
    pub conversation_id: ConversationId,
    pub reservation_id: Option<ReservationId>,
    /// The offer it is about, when there is no booking.
    pub offer: Option<RequestedOffer>,
    pub attention_id: Option<AttentionId>,
    pub words: String,
    pub answer: String,
    /// Until when a yes keeps the hold.
    pub until: Option<Timestamp>,
    /// What was granted off the offered price.
    pub off: Option<Off>,
    pub state: Coded<RequestState>,
    pub deadline: Timestamp,
    /// How often the deadline passed without an answer.
    pub overdue: u16,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    pub decided_by: Option<String>,
    /// A code of [`DecidedBy`].
    pub decided_way: Option<String>,
}

#[derive(Debug, Clone)]
pub struct New<'a> {
    pub kind: RequestKind,
    pub conversation_id: ConversationId,
    pub reservation_id: Option<ReservationId>,
    pub offer: Option<&'a RequestedOffer>,
    pub words: &'a str,
    pub until: Option<Timestamp>,
    pub deadline: Timestamp,
}

/// A person's answer as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    pub state: RequestState,
    pub by: &'a str,
    pub way: Option<DecidedBy>,
    pub answer: &'a str,
    pub off: Option<Off>,
}

impl<'a> Decided<'a> {
    /// Without anybody's answer.
    pub fn without_answer(state: RequestState, by: &'a str) -> Decided<'a> {
        Decided { state, by, way: None, answer: "", off: None }
    }
}

impl Request {
    pub fn is_open(&self) -> bool {
        self.state == RequestState::Open
    }
}

pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<RequestId, StoreError> {
    let now = tx.now().as_millisecond();
    let id = tx.insert(
        "INSERT INTO request (kind, conversation_id, reservation_id, offer, words, until, deadline, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            new.kind.code(),
            new.conversation_id.0,
            new.reservation_id.map(|id| id.0),
            new.offer.map(to_json),
            new.words,
            new.until.map(Timestamp::as_millisecond),
            new.deadline.as_millisecond(),
            now
        ],
    )?;
    Ok(RequestId(id))
}

/// Notes by which attention item the owner knows of it.
pub fn told_by(tx: &mut WriteTx<'_>, id: RequestId, attention: AttentionId) -> Result<(), StoreError> {
    tx.run("UPDATE request SET attention_id = ?2 WHERE id = ?1", params![id.0, attention.0])?;
    Ok(())
}

/// The guest asked again, in these words.
pub fn asked_again(tx: &mut WriteTx<'_>, id: RequestId, words: &str) -> Result<(), StoreError> {
    tx.run("UPDATE request SET words = ?2 WHERE id = ?1", params![id.0, words])?;
    Ok(())
}

/// Decides an open request and settles its attention item; `false` when it is not open any more.
pub fn decide(tx: &mut WriteTx<'_>, id: RequestId, decided: &Decided<'_>) -> Result<bool, StoreError> {
    let now = tx.now().as_millisecond();
    let touched = tx.run(
        "UPDATE request SET state = ?2, decided_at = ?3, decided_by = ?4, decided_way = ?5, answer = ?6, off = ?7
         WHERE id = ?1 AND state = 'open'",
        params![
            id.0,
            decided.state.code(),
            now,
            decided.by,
            decided.way.map(DecidedBy::code),
            decided.answer,
            decided.off.map(|off| to_json(&off))
        ],
    )?;
    let attention = find(tx, id)?.and_then(|request| request.attention_id);
    if touched > 0
        && let Some(attention) = attention
    {
        attention::resolve(tx, attention, decided.by, decided.state.code())?;
    }
    Ok(touched > 0)
}

/// Ends the requests that have no object any more now that their booking has this status.
pub fn end_with(tx: &mut WriteTx<'_>, id: ReservationId, status: Status) -> Result<(), StoreError> {
    let over = |request: &Request| request.kind.known().is_some_and(|kind| kind.ends_with(status));
    for request in of_reservation(tx, id)?.iter().filter(|request| request.is_open() && over(request)) {
        decide(tx, request.id, &Decided::without_answer(RequestState::Ended, "casero"))?;
    }
    Ok(())
}

/// The deadline passed without an answer: the next one.
pub fn overdue(tx: &mut WriteTx<'_>, id: RequestId, deadline: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "UPDATE request SET overdue = overdue + 1, deadline = ?2 WHERE id = ?1",
        params![id.0, deadline.as_millisecond()],
    )?;
    Ok(())
}

/// A granted request about an offer has become part of this booking.
pub fn booked(tx: &mut WriteTx<'_>, id: RequestId, reservation: ReservationId) -> Result<(), StoreError> {
    tx.run("UPDATE request SET reservation_id = ?2 WHERE id = ?1", params![id.0, reservation.0])?;
    Ok(())
}

pub fn find(tx: &impl Read, id: RequestId) -> Result<Option<Request>, StoreError> {
    one(tx, "SELECT * FROM request WHERE id = ?1", [id.0], request)
}

pub fn of_attention(tx: &impl Read, id: AttentionId) -> Result<Option<Request>, StoreError> {
    one(tx, "SELECT * FROM request WHERE attention_id = ?1 ORDER BY id DESC LIMIT 1", [id.0], request)
}

/// All of a booking, the oldest first.
pub fn of_reservation(tx: &impl Read, id: ReservationId) -> Result<Vec<Request>, StoreError> {
    all(tx, "SELECT * FROM request WHERE reservation_id = ?1 ORDER BY id", [id.0], request)
}

/// All of a conversation, the oldest first.
pub fn of_conversation(tx: &impl Read, id: ConversationId) -> Result<Vec<Request>, StoreError> {
    all(tx, "SELECT * FROM request WHERE conversation_id = ?1 ORDER BY id", [id.0], request)
}

pub(super) const DUE: &str =
    "SELECT * FROM request WHERE state = 'open' AND deadline <= ?1 AND overdue < ?2 ORDER BY deadline";

/// Open requests whose deadline has passed, and that passed fewer than `most` deadlines.
pub fn due(tx: &impl Read, most: u16) -> Result<Vec<Request>, StoreError> {
    all(tx, DUE, params![tx.now().as_millisecond(), most], request)
}

/// The newest requests, the newest first, of one state or of all.
pub fn newest(tx: &impl Read, state: Option<&str>) -> Result<Vec<Request>, StoreError> {
    let sql = "SELECT * FROM request WHERE ?1 IS NULL OR state = ?1 ORDER BY id DESC LIMIT ?2";
    all(tx, sql, params![state, LISTED_MAX], request)
}

fn request(row: &Row<'_>) -> Result<Request, StoreError> {
    // Another version's form is no obstacle: the words say what it was.
    let read = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(Request {
        id: RequestId(row.get("id")?),
        kind: coded(row, "kind")?,
        conversation_id: ConversationId(row.get("conversation_id")?),
        reservation_id: row.get::<_, Option<i64>>("reservation_id")?.map(ReservationId),
        offer: read(row.get("offer")?),
        attention_id: row.get::<_, Option<i64>>("attention_id")?.map(AttentionId),
        words: row.get("words")?,
        answer: row.get("answer")?,
        until: instant_or_none(row, "until")?,
        off: row.get::<_, Option<String>>("off")?.and_then(|text| serde_json::from_str(&text).ok()),
        state: coded(row, "state")?,
        deadline: instant(row, "deadline")?,
        overdue: row.get("overdue")?,
        created_at: instant(row, "created_at")?,
        decided_at: instant_or_none(row, "decided_at")?,
        decided_by: row.get("decided_by")?,
        decided_way: row.get("decided_way")?,
    })
}
