//! Idempotency of requests with a key: the answer is kept with the key, in the transaction of the action, and is
//! given again when the request is repeated.
//!
//! There is one writer, so "look, do, keep" in one transaction cannot race with another request of the same key,
//! and a crash leaves either the action with its answer or neither. A row without an answer is never committed.

use super::tx::{Read, WriteTx, one};
use super::{StoreError, codec};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

/// How long an answer is kept, as promised to the API's users.
pub const KEPT: SignedDuration = SignedDuration::from_hours(48);

/// The state of a request's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The key is new.
    No,
    /// It was used, but its answer is no longer kept.
    Expired,
    /// The same request was answered.
    Answered(Kept),
    /// It was used for another request.
    Mismatch,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub status: u16,
    /// Body as it was sent.
    pub body: String,
    pub expires_at: Timestamp,
}

/// The state of `key` for the request whose digest is `request_hash`.
pub fn look(tx: &impl Read, key: &str, request_hash: &[u8]) -> Result<Known, StoreError> {
    let found = one(
        tx,
        "SELECT request_hash, status, body, expires_at FROM idempotency WHERE key = ?1 AND status IS NOT NULL",
        params![key],
        |row| {
            let hash: Vec<u8> = row.get("request_hash")?;
            let expires_at = codec::instant(row, "expires_at")?;
            let body: Option<String> = row.get("body")?;
            Ok((hash, Kept { status: row.get("status")?, body: body.unwrap_or_default(), expires_at }))
        },
    )?;
    Ok(match found {
        None => Known::No,
        Some((_, kept)) if kept.expires_at <= tx.now() => Known::Expired,
        Some((hash, _)) if hash != request_hash => Known::Mismatch,
        Some((_, kept)) => Known::Answered(kept),
    })
}

/// Keeps the answer to the request of this key; it takes the place of an older one.
pub fn keep(
    tx: &mut WriteTx<'_>,
    key: &str,
    request_hash: &[u8],
    status: u16,
    body: &str,
) -> Result<Kept, StoreError> {
    let now = tx.now();
    let expires_at = now.saturating_add(KEPT).unwrap_or(Timestamp::MAX);
    tx.run(
        "INSERT INTO idempotency (key, request_hash, status, body, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (key) DO UPDATE SET request_hash = excluded.request_hash, status = excluded.status,
             body = excluded.body, created_at = excluded.created_at, expires_at = excluded.expires_at",
        params![key, request_hash, status, body, now.as_millisecond(), expires_at.as_millisecond()],
    )?;
    Ok(Kept { status, body: body.to_owned(), expires_at })
}

/// Deletes expired answers; answers how many.
pub fn prune(tx: &mut WriteTx<'_>) -> Result<usize, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("DELETE FROM idempotency WHERE expires_at <= ?1", params![now])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[test]
    fn the_same_request_is_answered_again_for_two_days() {
        let folder = tempfile::tempdir().unwrap();
        let seconds = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&seconds);
        let now = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        let store = Store::open(folder.path(), now).unwrap();
        let known = |hash: &'static [u8]| store.read_blocking(|tx| look(tx, "1:k", hash)).unwrap();

        assert_eq!(known(b"a"), Known::No);
        store.write_blocking(|tx| keep(tx, "1:k", b"a", 201, "{}")).unwrap();
        assert!(matches!(known(b"a"), Known::Answered(Kept { status: 201, .. })));
        assert_eq!(known(b"b"), Known::Mismatch);
        seconds.store(48 * 3600, Ordering::Relaxed);
        assert_eq!(known(b"b"), Known::Expired);
        assert_eq!(store.write_blocking(prune).unwrap(), 1);
        assert_eq!(known(b"b"), Known::No);
    }
}
