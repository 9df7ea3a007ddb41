//! Counts of each provider's notifications refused for their signature since the last valid one.

use super::codec::{coded, instant};
use super::tx::all;
use super::{Read, StoreError, WriteTx};
use crate::domain::code::Coded;
use crate::domain::provider::Provider;
use jiff::Timestamp;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedSignatures {
    pub provider: Coded<Provider>,
    pub refused: u64,
    pub first_refused_at: Timestamp,
    pub last_refused_at: Timestamp,
}

/// Adds to a provider's count.
pub fn add(tx: &mut WriteTx<'_>, provider: Provider, refused: u64) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO refused_signature (provider, refused, first_refused_at, last_refused_at)
         VALUES (?1, ?2, ?3, ?3)
         ON CONFLICT (provider) DO UPDATE SET refused = refused + ?2, last_refused_at = ?3",
        params![provider.code(), i64::try_from(refused).unwrap_or(i64::MAX), now],
    )?;
    Ok(())
}

/// Resets a provider's count after a valid signature: the secret is right, and the refused ones came from others.
pub fn clear(tx: &mut WriteTx<'_>, provider: Provider) -> Result<(), StoreError> {
    tx.run("DELETE FROM refused_signature WHERE provider = ?1", [provider.code()])?;
    Ok(())
}

pub fn list(tx: &impl Read) -> Result<Vec<RefusedSignatures>, StoreError> {
    all(tx, "SELECT * FROM refused_signature ORDER BY provider", [], |row| {
        Ok(RefusedSignatures {
            provider: coded(row, "provider")?,
            refused: row.get::<_, i64>("refused")?.unsigned_abs(),
            first_refused_at: instant(row, "first_refused_at")?,
            last_refused_at: instant(row, "last_refused_at")?,
        })
    })
}
