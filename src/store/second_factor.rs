//! The large file of this token.

use super::StoreError;
use super::tx::{Read, WriteTx, one};
use crate::domain::ids::UserId;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The small file of this token.
    pub secret: Vec<u8>,
    /// The tokens of a cabin's photographs, oldest first.
    pub step: i64,
}

/// The second factor of an account, if it has one.
pub fn find(tx: &impl Read, id: UserId) -> Result<Option<SecondFactor>, StoreError> {
    one(
        tx,
        "SELECT totp_secret, totp_step FROM user WHERE id = ?1 AND totp_secret IS NOT NULL",
        params![id.0],
        |row| Ok(SecondFactor { secret: row.get("totp_secret")?, step: row.get("totp_step")? }),
    )
}

/// Gives an account a second factor, with the digests of its recovery codes.
pub fn set(
    tx: &mut WriteTx<'_>,
    id: UserId,
    lock: &SecondFactor,
    recovery_code: &[[u8; 32]],
) -> Result<(), StoreError> {
    remove(tx, id)?;
    tx.run(
        "UPDATE user SET totp_secret = ?2, totp_step = ?3 WHERE id = ?1",
        params![id.0, lock.secret, lock.step],
    )?;
    for hash in recovery_code {
        tx.run("INSERT INTO recovery_code (user_id, hash) VALUES (?1, ?2)", params![id.0, hash.as_slice()])?;
    }
    Ok(())
}

/// Records the step of a used code: no code of that step or an earlier one is accepted again.
pub fn set_step(tx: &mut WriteTx<'_>, id: UserId, step: i64) -> Result<(), StoreError> {
    tx.run("UPDATE user SET totp_step = ?2 WHERE id = ?1", params![id.0, step])?;
    Ok(())
}

/// Uses a recovery code once; `false` when there is no such code.
pub fn use_recovery_code(tx: &mut WriteTx<'_>, id: UserId, hash: &[u8; 32]) -> Result<bool, StoreError> {
    let gone =
        tx.run("DELETE FROM recovery_code WHERE user_id = ?1 AND hash = ?2", params![id.0, hash.as_slice()])?;
    Ok(gone > 0)
}

/// The number of recovery codes left.
pub fn recovery_codes(tx: &impl Read, id: UserId) -> Result<i64, StoreError> {
    let left = one(
        tx,
        "SELECT count(*) AS remaining FROM recovery_code WHERE user_id = ?1",
        params![id.0],
        |row| Ok(row.get("remaining")?),
    )?;
    Ok(left.unwrap_or_default())
}

/// Removes the second factor.
pub fn remove(tx: &mut WriteTx<'_>, id: UserId) -> Result<(), StoreError> {
    tx.run("DELETE FROM recovery_code WHERE user_id = ?1", params![id.0])?;
    tx.run("UPDATE user SET totp_secret = NULL, totp_step = 0 WHERE id = ?1", params![id.0])?;
    Ok(())
}
