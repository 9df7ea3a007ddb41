//! The waiting list: guests who want to be told when nights come free.

use super::codec::{ages, party, stay};
use super::tx::all;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::ConversationId;
use crate::domain::party::Party;
use crate::domain::stay::Stay;
use jiff::civil::Date;
use rusqlite::{named_params, params};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub id: i64,
    pub conversation_id: ConversationId,
    pub stay: Stay,
    pub party: Party,
}

/// Entries read at most when something comes free, the longest waiting first.
const WISHES_MAX: u32 = 50;

/// Adds an entry; the same one for as many people again is the same row, and waits anew.
pub fn insert(tx: &mut WriteTx<'_>, id: ConversationId, wish: Stay, party: Party) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO waiting (conversation_id, check_in, check_out, guests, children, pets, created_at)
         VALUES (:conversation, :check_in, :check_out, :guests, :children, :pets, :now)
         ON CONFLICT (conversation_id, check_in, check_out, guests)
         DO UPDATE SET told_at = NULL, children = excluded.children, pets = excluded.pets",
        named_params! {
            ":conversation": id.0, ":check_in": wish.check_in().to_string(),
            ":check_out": wish.check_out().to_string(), ":guests": party.people(), ":children": ages(&party),
            ":pets": party.pets(), ":now": now,
        },
    )?;
    Ok(())
}

/// Open entries for stays from this day on, the longest waiting first.
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
                party: party(row)?,
            })
        },
    )
}

/// Closes an entry whose guest was told; they may ask again.
pub fn told(tx: &mut WriteTx<'_>, id: i64) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("UPDATE waiting SET told_at = ?2 WHERE id = ?1", params![id, now])?;
    Ok(())
}
