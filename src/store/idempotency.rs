//! Requests that carry a key are answered once: the answer is kept with the key, in the transaction that
//! did what was asked, and given again to whoever repeats the request.
//!
//! Known races and what is decided about them:
//! - *Two requests with one key at once*: the first claims the row, the second finds it running.
//! - *The process dies between claim and answer*: the claim is a lease; when it has lapsed the next request
//!   takes it over. Nothing was done for the first one, since the answer commits with the deed.
//! - *The request outlives its lease*: its answer would be written over another's; [`finish`] only answers a
//!   claim of the same body, and both did the same.

use super::tx::{Read, WriteTx, one};
use super::{StoreError, codec};
use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

/// How long an answer is kept, as promised to the API's users.
pub const KEPT: SignedDuration = SignedDuration::from_hours(48);
/// How long a request may run before another one with its key may try: longer than any request takes.
pub const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// What a key stands for when a request arrives with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nobody used it: it is this request's now.
    Fresh {
        /// Whether an older answer's time was over.
        expired: bool,
    },
    /// The same request was answered.
    Answered(Kept),
    /// The key belongs to another request.
    Mismatch,
    /// The same request is being answered at this moment.
    Running,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// HTTP status.
    pub status: u16,
    /// Body as it was sent.
    pub body: String,
    /// Until when it is kept.
    pub expires_at: Timestamp,
}

/// Claims `key` for the request whose digest is `request_hash`.
pub fn claim(tx: &mut WriteTx<'_>, key: &str, request_hash: &[u8]) -> Result<Claim, StoreError> {
    let now = tx.now();
    let mut expired = false;
    if let Some((hash, kept, expires_at)) = find(tx, key)? {
        match kept {
            kept if expires_at <= now => expired = kept.is_some(),
            _ if hash != request_hash => return Ok(Claim::Mismatch),
            Some(kept) => return Ok(Claim::Answered(kept)),
            None => return Ok(Claim::Running),
        }
    }
    let lapses = now.saturating_add(LEASE).unwrap_or(now);
    tx.run(
        "INSERT INTO idempotency (key, request_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (key) DO UPDATE SET request_hash = excluded.request_hash, status = NULL, body = NULL,
             created_at = excluded.created_at, expires_at = excluded.expires_at",
        params![key, request_hash, now.as_millisecond(), lapses.as_millisecond()],
    )?;
    Ok(Claim::Fresh { expired })
}

/// Keeps the answer to a claimed request.
pub fn finish(
    tx: &mut WriteTx<'_>,
    key: &str,
    request_hash: &[u8],
    status: u16,
    body: &str,
) -> Result<Timestamp, StoreError> {
    let expires_at = tx.now().saturating_add(KEPT).unwrap_or(Timestamp::MAX);
    tx.run(
        "UPDATE idempotency SET status = ?3, body = ?4, expires_at = ?5
         WHERE key = ?1 AND request_hash = ?2 AND status IS NULL",
        params![key, request_hash, status, body, expires_at.as_millisecond()],
    )?;
    Ok(expires_at)
}

/// Gives up a claim whose request came to nothing, so that it may be tried again at once.
pub fn release(tx: &mut WriteTx<'_>, key: &str, request_hash: &[u8]) -> Result<(), StoreError> {
    tx.run(
        "DELETE FROM idempotency WHERE key = ?1 AND request_hash = ?2 AND status IS NULL",
        params![key, request_hash],
    )?;
    Ok(())
}

/// Forgets what is no longer kept; answers how many answers that were.
pub fn prune(tx: &mut WriteTx<'_>) -> Result<usize, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run("DELETE FROM idempotency WHERE expires_at <= ?1", params![now])
}

type Found = (Vec<u8>, Option<Kept>, Timestamp);

fn find(tx: &impl Read, key: &str) -> Result<Option<Found>, StoreError> {
    one(
        tx,
        "SELECT request_hash, status, body, expires_at FROM idempotency WHERE key = ?1",
        params![key],
        |row| {
            let expires_at = codec::instant(row, "expires_at")?;
            let (status, body): (Option<u16>, Option<String>) = (row.get("status")?, row.get("body")?);
            let kept = status.map(|status| Kept { status, body: body.unwrap_or_default(), expires_at });
            Ok((row.get("request_hash")?, kept, expires_at))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    fn store() -> (tempfile::TempDir, Store, Arc<AtomicI64>) {
        let folder = tempfile::tempdir().unwrap();
        let seconds = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&seconds);
        let now = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        let store = Store::open(folder.path(), now).unwrap();
        (folder, store, seconds)
    }

    fn claimed(store: &Store, hash: &'static [u8]) -> Claim {
        store.write_blocking(move |tx| claim(tx, "1:k", hash)).unwrap()
    }

    #[test]
    fn the_same_request_is_answered_again_for_two_days() {
        let (_folder, store, seconds) = store();
        assert_eq!(claimed(&store, b"a"), Claim::Fresh { expired: false });
        assert_eq!(claimed(&store, b"a"), Claim::Running);
        store.write_blocking(|tx| finish(tx, "1:k", b"a", 201, "{}")).unwrap();
        assert!(matches!(claimed(&store, b"a"), Claim::Answered(Kept { status: 201, .. })));
        assert_eq!(claimed(&store, b"b"), Claim::Mismatch);
        seconds.store(48 * 3600, Ordering::Relaxed);
        assert_eq!(claimed(&store, b"b"), Claim::Fresh { expired: true });
    }

    #[test]
    fn a_request_that_died_blocks_its_key_only_until_its_lease_lapses() {
        let (_folder, store, seconds) = store();
        assert_eq!(claimed(&store, b"a"), Claim::Fresh { expired: false });
        seconds.store(LEASE.as_secs(), Ordering::Relaxed);
        assert_eq!(claimed(&store, b"a"), Claim::Fresh { expired: false });
    }

    #[test]
    fn a_request_that_came_to_nothing_frees_its_key() {
        let (_folder, store, _) = store();
        claimed(&store, b"a");
        store.write_blocking(|tx| release(tx, "1:k", b"a")).unwrap();
        assert_eq!(claimed(&store, b"b"), Claim::Fresh { expired: false });
    }
}
