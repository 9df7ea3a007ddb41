//! Two-factor login of an account: the secret that its phone knows, and what opens when the phone is lost.
//!
//! The secret is kept as it is, since codes are computed from it; like casero's other keys it is guarded by
//! the file's mode, and who reads the file has the data that the door protects.

use super::StoreError;
use super::tx::{Read, WriteTx, one};
use crate::domain::ids::UserId;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// What the phone knows too.
    pub secret: Vec<u8>,
    /// The latest step whose code was used.
    pub step: i64,
}

/// Two-factor login of an account, if it has one.
pub fn find(tx: &impl Read, id: UserId) -> Result<Option<SecondFactor>, StoreError> {
    one(
        tx,
        "SELECT totp_secret, totp_step FROM user WHERE id = ?1 AND totp_secret IS NOT NULL",
        params![id.0],
        |row| Ok(SecondFactor { secret: row.get("totp_secret")?, step: row.get("totp_step")? }),
    )
}

/// Gives an account a second factor, with the digests of what opens it without the phone.
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

/// A code was used: none of its step or before opens again.
pub fn set_step(tx: &mut WriteTx<'_>, id: UserId, step: i64) -> Result<(), StoreError> {
    tx.run("UPDATE user SET totp_step = ?2 WHERE id = ?1", params![id.0, step])?;
    Ok(())
}

/// Uses what opens without the phone; whether there was such a thing. It opens once.
pub fn use_recovery_code(tx: &mut WriteTx<'_>, id: UserId, hash: &[u8; 32]) -> Result<bool, StoreError> {
    let gone =
        tx.run("DELETE FROM recovery_code WHERE user_id = ?1 AND hash = ?2", params![id.0, hash.as_slice()])?;
    Ok(gone > 0)
}

/// How often an account can still be opened without its phone.
pub fn recovery_codes(tx: &impl Read, id: UserId) -> Result<i64, StoreError> {
    let left = one(
        tx,
        "SELECT count(*) AS remaining FROM recovery_code WHERE user_id = ?1",
        params![id.0],
        |row| Ok(row.get("remaining")?),
    )?;
    Ok(left.unwrap_or_default())
}

/// Takes the second factor away.
pub fn remove(tx: &mut WriteTx<'_>, id: UserId) -> Result<(), StoreError> {
    tx.run("DELETE FROM recovery_code WHERE user_id = ?1", params![id.0])?;
    tx.run("UPDATE user SET totp_secret = NULL, totp_step = 0 WHERE id = ?1", params![id.0])?;
    Ok(())
}
