//! Numbers of further owners, each proven by the code that was sent to it.

use super::codec::{instant, instant_or_none};
use super::tx::one;
use super::{Read, StoreError, WriteTx};
use jiff::Timestamp;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerNumber {
    pub code_hash: Vec<u8>,
    /// Codes that were entered wrongly.
    pub tries: u16,
    pub asked_at: Timestamp,
    pub proven_at: Option<Timestamp>,
}

/// Begins a proof, or begins it anew.
pub fn ask(tx: &mut WriteTx<'_>, phone_key: &str, code_hash: &[u8]) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO owner_number (phone_key, code_hash, asked_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (phone_key) DO UPDATE SET code_hash = ?2, tries = 0, asked_at = ?3, proven_at = NULL",
        params![phone_key, code_hash, now],
    )?;
    Ok(())
}

pub fn find(tx: &impl Read, phone_key: &str) -> Result<Option<OwnerNumber>, StoreError> {
    one(tx, "SELECT * FROM owner_number WHERE phone_key = ?1", [phone_key], |row| {
        Ok(OwnerNumber {
            code_hash: row.get("code_hash")?,
            tries: row.get("tries")?,
            asked_at: instant(row, "asked_at")?,
            proven_at: instant_or_none(row, "proven_at")?,
        })
    })
}

pub fn wrong_try(tx: &mut WriteTx<'_>, phone_key: &str) -> Result<(), StoreError> {
    tx.run("UPDATE owner_number SET tries = tries + 1 WHERE phone_key = ?1", [phone_key])?;
    Ok(())
}

pub fn proven(tx: &mut WriteTx<'_>, phone_key: &str) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("UPDATE owner_number SET proven_at = ?2 WHERE phone_key = ?1", params![phone_key, now])?;
    Ok(())
}

pub fn remove(tx: &mut WriteTx<'_>, phone_key: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM owner_number WHERE phone_key = ?1", [phone_key])?;
    Ok(())
}
