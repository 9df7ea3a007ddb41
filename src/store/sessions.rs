//! Sessions of the admin page. The cookie itself is not kept, only its digest: a stolen database opens no
//! session.

use super::tx::{Read, WriteTx, one};
use super::{StoreError, codec, pushes};
use crate::domain::ids::UserId;
use jiff::Timestamp;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub user_id: UserId,
    /// The token of this session's forms.
    pub csrf: String,
    pub expires_at: Timestamp,
}

/// Saves a session under the digest of its cookie.
pub fn insert(tx: &mut WriteTx<'_>, token_hash: &[u8], session: &Session) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![token_hash, session.user_id.0, session.csrf, now, session.expires_at.as_millisecond()],
    )?;
    Ok(())
}

/// The unexpired session of this digest.
pub fn find(tx: &impl Read, token_hash: &[u8]) -> Result<Option<Session>, StoreError> {
    let now = tx.now().as_millisecond();
    one(
        tx,
        "SELECT user_id, csrf, expires_at FROM session WHERE token_hash = ?1 AND expires_at > ?2",
        params![token_hash, now],
        |row| {
            Ok(Session {
                user_id: UserId(row.get("user_id")?),
                csrf: row.get("csrf")?,
                expires_at: codec::instant(row, "expires_at")?,
            })
        },
    )
}

/// Ends a session; its browser is told nothing more.
pub fn delete(tx: &mut WriteTx<'_>, token_hash: &[u8]) -> Result<(), StoreError> {
    pushes::forget_session(tx, token_hash)?;
    tx.run("DELETE FROM session WHERE token_hash = ?1", params![token_hash])?;
    Ok(())
}

/// Deletes expired sessions; answers how many.
pub fn prune(tx: &mut WriteTx<'_>) -> Result<usize, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("DELETE FROM session WHERE expires_at <= ?1", params![now])
}
