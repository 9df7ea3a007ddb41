//! Guests' words that money was sent. One of them may keep a hold until a person has looked.

use super::codec::{coded, instant, instant_or_none};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx, attention};
use crate::domain::code::Coded;
use crate::domain::ids::{AttentionId, InboundId, ReservationId};
use crate::domain::receipt::{ReceiptBy, ReceiptStanding, ReceiptState};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub id: i64,
    pub reservation_id: ReservationId,
    pub inbound_id: InboundId,
    pub attention_id: Option<AttentionId>,
    pub told_by: Coded<ReceiptBy>,
    pub state: Coded<ReceiptState>,
    pub told_at: Timestamp,
    /// Until when the hold is kept for it.
    pub keeps_until: Option<Timestamp>,
    /// What was left of the hold's own time.
    pub time_left: Option<SignedDuration>,
}

#[derive(Debug, Clone, Copy)]
pub struct New {
    pub reservation_id: ReservationId,
    pub inbound_id: InboundId,
    pub attention_id: Option<AttentionId>,
    pub told_by: ReceiptBy,
    pub keeps_until: Option<Timestamp>,
    pub time_left: Option<SignedDuration>,
}

pub fn insert(tx: &mut WriteTx<'_>, new: &New) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO receipt (reservation_id, inbound_id, attention_id, told_by, told_at, keeps_until, time_left)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new.reservation_id.0,
            new.inbound_id.0,
            new.attention_id.map(|id| id.0),
            new.told_by.code(),
            now,
            new.keeps_until.map(Timestamp::as_millisecond),
            new.time_left.map(|left| i64::try_from(left.as_millis()).unwrap_or(0))
        ],
    )?;
    Ok(())
}

/// Decides every open receipt of a booking, and settles their attention items; answers what they were.
pub fn decide(
    tx: &mut WriteTx<'_>,
    reservation: ReservationId,
    state: ReceiptState,
    by: &str,
) -> Result<Vec<Receipt>, StoreError> {
    let now = tx.now().as_millisecond();
    let open = open_of(tx, reservation)?;
    for receipt in &open {
        tx.run(
            "UPDATE receipt SET state = ?2, decided_at = ?3, decided_by = ?4 WHERE id = ?1",
            params![receipt.id, state.code(), now, by],
        )?;
        if let Some(attention) = receipt.attention_id {
            attention::resolve(tx, attention, by, state.code())?;
        }
    }
    Ok(open)
}

/// Receipts of a booking that nobody has looked at, the oldest first.
pub fn open_of(tx: &impl Read, reservation: ReservationId) -> Result<Vec<Receipt>, StoreError> {
    let sql = "SELECT * FROM receipt WHERE reservation_id = ?1 AND state = 'open' ORDER BY id";
    all(tx, sql, [reservation.0], receipt)
}

pub fn of_attention(tx: &impl Read, id: AttentionId) -> Result<Option<Receipt>, StoreError> {
    one(tx, "SELECT * FROM receipt WHERE attention_id = ?1 ORDER BY id DESC LIMIT 1", [id.0], receipt)
}

/// How the last one of a booking stands; `None` when there is none, or its state is another version's.
pub fn standing(tx: &impl Read, reservation: ReservationId) -> Result<Option<ReceiptStanding>, StoreError> {
    let sql = "SELECT * FROM receipt WHERE reservation_id = ?1 ORDER BY id DESC LIMIT 1";
    let last = one(tx, sql, [reservation.0], receipt)?;
    Ok(last.and_then(|last| {
        Some(ReceiptStanding {
            state: last.state.known()?,
            told_at: last.told_at,
            keeps: last.keeps_until.is_some(),
        })
    }))
}

fn receipt(row: &Row<'_>) -> Result<Receipt, StoreError> {
    Ok(Receipt {
        id: row.get("id")?,
        reservation_id: ReservationId(row.get("reservation_id")?),
        inbound_id: InboundId(row.get("inbound_id")?),
        attention_id: row.get::<_, Option<i64>>("attention_id")?.map(AttentionId),
        told_by: coded(row, "told_by")?,
        state: coded(row, "state")?,
        told_at: instant(row, "told_at")?,
        keeps_until: instant_or_none(row, "keeps_until")?,
        time_left: row.get::<_, Option<i64>>("time_left")?.map(SignedDuration::from_millis),
    })
}
