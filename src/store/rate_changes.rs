//! Prices that were changed at once, with what they were before.

use super::codec::{instant, instant_or_none, json, to_json};
use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::audit::Actor;
use crate::domain::ids::RateChangeId;
use crate::domain::rates::RateEdits;
use jiff::Timestamp;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateChanged {
    pub id: RateChangeId,
    pub made_at: Timestamp,
    pub made_by: String,
    pub edits: RateEdits,
    pub undone_at: Option<Timestamp>,
}

pub fn insert(tx: &mut WriteTx<'_>, by: &Actor, edits: &RateEdits) -> Result<RateChangeId, StoreError> {
    let now = tx.now().as_millisecond();
    let sql = "INSERT INTO rate_change (made_at, made_by, edits) VALUES (?1, ?2, ?3)";
    Ok(RateChangeId(tx.insert(sql, params![now, by.name(), to_json(edits)])?))
}

pub fn find(tx: &impl Read, id: RateChangeId) -> Result<Option<RateChanged>, StoreError> {
    one(tx, "SELECT * FROM rate_change WHERE id = ?1", [id.0], changed)
}

/// The last ones, the newest first.
pub fn last(tx: &impl Read, limit: u32) -> Result<Vec<RateChanged>, StoreError> {
    all(tx, "SELECT * FROM rate_change ORDER BY id DESC LIMIT ?1", [limit], changed)
}

pub fn set_undone(tx: &mut WriteTx<'_>, id: RateChangeId) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("UPDATE rate_change SET undone_at = ?2 WHERE id = ?1", params![id.0, now])?;
    Ok(())
}

fn changed(row: &Row<'_>) -> Result<RateChanged, StoreError> {
    Ok(RateChanged {
        id: RateChangeId(row.get("id")?),
        made_at: instant(row, "made_at")?,
        made_by: row.get("made_by")?,
        edits: json(row, "edits")?,
        undone_at: instant_or_none(row, "undone_at")?,
    })
}
