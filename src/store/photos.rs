//! Photographs of the cabins: the image files. Their order is a list in the cabin's row.

use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::CabinId;
use rusqlite::params;

/// A photograph to store: two JPEG files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New<'a> {
    pub cabin: CabinId,
    pub token: &'a str,
    /// Width of the large one, in pixels.
    pub width: u32,
    /// Height of the large one, in pixels.
    pub height: u32,
    pub large: &'a [u8],
    pub small: &'a [u8],
}

pub fn insert(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.insert(
        "INSERT INTO photo (cabin_id, token, width, height, large, small, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![new.cabin.0, new.token, new.width, new.height, new.large, new.small, now],
    )?;
    Ok(())
}

/// The large file of this name.
pub fn large(tx: &impl Read, token: &str) -> Result<Option<Vec<u8>>, StoreError> {
    one(tx, "SELECT large FROM photo WHERE token = ?1", [token], |row| Ok(row.get("large")?))
}

/// The small file of this name.
pub fn small(tx: &impl Read, token: &str) -> Result<Option<Vec<u8>>, StoreError> {
    one(tx, "SELECT small FROM photo WHERE token = ?1", [token], |row| Ok(row.get("small")?))
}

/// The names of a cabin's photographs, oldest first.
pub fn of_cabin(tx: &impl Read, cabin: CabinId) -> Result<Vec<String>, StoreError> {
    all(tx, "SELECT token FROM photo WHERE cabin_id = ?1 ORDER BY id", [cabin.0], |row| Ok(row.get("token")?))
}

pub fn delete(tx: &mut WriteTx<'_>, token: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM photo WHERE token = ?1", [token])?;
    Ok(())
}
