//! Who wants to be told when nights come free.

use super::codec::{count, stay};
use super::tx::all;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::ConversationId;
use crate::domain::stay::Stay;
use jiff::civil::Date;
use rusqlite::params;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub id: i64,
    pub conversation_id: ConversationId,
    pub stay: Stay,
    pub guests: u16,
}

/// Most wishes looked at when something comes free; the longest waiting first.
const WISHES_MAX: u32 = 50;

/// Notes a wish; the same wish again is the same row, and waits anew.
pub fn insert(tx: &mut WriteTx<'_>, id: ConversationId, wish: Stay, guests: u16) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO waiting (conversation_id, check_in, check_out, guests, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (conversation_id, check_in, check_out, guests) DO UPDATE SET told_at = NULL",
        params![id.0, wish.check_in().to_string(), wish.check_out().to_string(), guests, now],
    )?;
    Ok(())
}

/// Open wishes for stays from this day on, the longest waiting first.
pub fn open(tx: &impl Read, from: Date) -> Result<Vec<Waiting>, StoreError> {
    all(
        tx,
        "SELECT * FROM waiting WHERE told_at IS NULL AND check_in >= ?1 ORDER BY id LIMIT ?2",
        params![from.to_string(), WISHES_MAX],
        |row| {
            Ok(Waiting {
                id: row.get("id")?,
                conversation_id: ConversationId(row.get("conversation_id")?),
                stay: stay(row)?,
                guests: count(row, "guests")?,
            })
        },
    )
}

/// The guest was told; the wish is fulfilled, or they wish again.
pub fn told(tx: &mut WriteTx<'_>, id: i64) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("UPDATE waiting SET told_at = ?2 WHERE id = ?1", params![id, now])?;
    Ok(())
}
