//! Canned replies: sentences that the owner reuses.

use super::row::Row;
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canned {
    pub id: i64,
    /// The name under which the owner chooses it.
    pub title: String,
    pub body: String,
}

/// All of them, by name. Their number is limited where they are added.
pub fn list(tx: &impl Read) -> Result<Vec<Canned>, StoreError> {
    all(tx, "SELECT id, title, body FROM canned ORDER BY title COLLATE NOCASE, id", [], canned)
}

pub fn find(tx: &impl Read, id: i64) -> Result<Option<Canned>, StoreError> {
    one(tx, "SELECT id, title, body FROM canned WHERE id = ?1", [id], canned)
}

pub fn insert(tx: &mut WriteTx<'_>, title: &str, body: &str) -> Result<i64, StoreError> {
    tx.insert("INSERT INTO canned (title, body) VALUES (?1, ?2)", params![title, body])
}

/// Changes one; `false` when there is none.
pub fn update(tx: &mut WriteTx<'_>, id: i64, title: &str, body: &str) -> Result<bool, StoreError> {
    Ok(tx.run("UPDATE canned SET title = ?2, body = ?3 WHERE id = ?1", params![id, title, body])? > 0)
}

/// Removes one; `false` when there is none.
pub fn delete(tx: &mut WriteTx<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM canned WHERE id = ?1", [id])? > 0)
}

fn canned(row: &Row<'_>) -> Result<Canned, StoreError> {
    Ok(Canned { id: row.get("id")?, title: row.get("title")?, body: row.get("body")? })
}
