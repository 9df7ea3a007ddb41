//! Idempotency: a repeated request with the same key gets the first answer, and nothing is done again.
//!
//! Properties:
//! - *Never twice*: the lookup of the key, the action and its answer are one write transaction.
//! - *A refusal is an answer too*: it is stored, since a caller who repeats a request wants to know its
//!   result and not to try again.
//! - *A failure is no answer*: nothing is stored, and the same key may be tried again.
//! - *The caller hangs up*: the action goes on in a task of its own and its answer is stored under the key.
//! - *Two at once*: the second one is told that the first is still running. This is known in memory only,
//!   since a process that dies takes its running requests with it.

use super::{App, AppContext};
use crate::store::idempotency::{self, Kept, Known};
use crate::store::{ReadTx, StoreError, WriteTx};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Size in bytes of the answers cached in front of the table.
const CACHE_BYTES: u64 = 4 * 1024 * 1024;
/// How long a key counts as running: longer than any request may take. Later requests find the answer in the
/// table, or none.
const RUN_MAX: Duration = Duration::from_secs(120);

/// A request that may be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The caller and its key.
    pub key: String,
    /// Digest of the request.
    pub digest: [u8; 32],
}

/// An answer: status and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    pub body: String,
}

pub enum KeyState {
    Answered(Answered),
    /// The key belongs to another request.
    Mismatch,
    Running,
    Turn(Turn),
}

/// Result of a keyed action.
pub enum Decided {
    /// Done now, or found in the store.
    Answered(Answered),
    /// The key belongs to another request.
    Mismatch,
}

/// Cached answers and running requests.
#[derive(Clone)]
pub struct Answers {
    kept: moka::sync::Cache<String, Arc<([u8; 32], Kept)>>,
    running: moka::sync::Cache<String, [u8; 32]>,
}

/// The right to work on a key; given back when dropped. Its last answer is published only then: until the end
/// a better one may follow.
pub struct Turn {
    idempotency_key: IdempotencyKey,
    answers: Answers,
    last: Mutex<Option<Kept>>,
}

impl Default for Answers {
    fn default() -> Answers {
        let weigh = |key: &String, kept: &Arc<([u8; 32], Kept)>| {
            u32::try_from(key.len() + kept.1.body.len() + 128).unwrap_or(u32::MAX)
        };
        let kept = moka::sync::Cache::builder().weigher(weigh).max_capacity(CACHE_BYTES).build();
        let running = moka::sync::Cache::builder().time_to_live(RUN_MAX).build();
        Answers { kept, running }
    }
}

impl Answers {
    /// Clears the cache; answers in the table are found there.
    pub fn forget(&self) {
        self.kept.invalidate_all();
    }

    pub fn enter(&self, app: &App, idempotency_key: IdempotencyKey) -> KeyState {
        if let Some(kept) = self.kept.get(&idempotency_key.key) {
            let (digest, kept) = kept.as_ref();
            if app.ports.clock.now() < kept.expires_at {
                if *digest != idempotency_key.digest {
                    return KeyState::Mismatch;
                }
                metrics::counter!("idempotency_hits_total").increment(1);
                return KeyState::Answered(Answered::from(kept.clone()));
            }
            self.kept.invalidate(&idempotency_key.key);
        }
        // Of concurrent requests only one finds the entry fresh and owns the key.
        let entry = self.running.entry_by_ref(&idempotency_key.key).or_insert(idempotency_key.digest);
        match (entry.is_fresh(), entry.into_value() == idempotency_key.digest) {
            (true, _) => {
                KeyState::Turn(Turn { idempotency_key, answers: self.clone(), last: Mutex::default() })
            }
            (false, true) => KeyState::Running,
            (false, false) => KeyState::Mismatch,
        }
    }
}

impl Turn {
    /// Stores an answer that no transaction made: a refusal, or a better wording of the result.
    pub async fn keep(&self, app: &App, answered: &Answered) -> Result<(), StoreError> {
        let (idempotency_key, wanted) = (self.idempotency_key.clone(), answered.clone());
        let kept = app
            .store
            .write(move |tx| {
                idempotency::keep(
                    tx,
                    &idempotency_key.key,
                    &idempotency_key.digest,
                    wanted.status,
                    &wanted.body,
                )
            })
            .await?;
        self.remember(kept);
        Ok(())
    }

    fn remember(&self, kept: Kept) -> Decided {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept.clone());
        Decided::Answered(kept.into())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // First the answer, then the key: a request that finds the key free finds the answer, cached or in
        // the table.
        let last = self.last.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(kept) = last {
            self.answers
                .kept
                .insert(self.idempotency_key.key.clone(), Arc::new((self.idempotency_key.digest, kept)));
        }
        self.answers.running.invalidate(&self.idempotency_key.key);
    }
}

/// An answer that the transaction found or made.
enum Found {
    Unkeyed(Answered),
    Kept(Kept),
    Fresh { kept: Kept, expired: bool },
    Mismatch,
}

impl From<Kept> for Answered {
    fn from(kept: Kept) -> Answered {
        Answered { status: kept.status, body: kept.body }
    }
}

/// Performs a form's action once, however often the form is sent, and returns its first answer.
pub async fn only<E, D>(
    app: &App,
    answers: &Answers,
    idempotency_key: IdempotencyKey,
    action: D,
) -> Result<String, E>
where
    E: From<StoreError> + From<super::Error> + Send + 'static,
    D: FnOnce(&mut WriteTx<'_>, &AppContext) -> Result<String, E> + Send + 'static,
{
    let turn = match answers.enter(app, idempotency_key) {
        KeyState::Answered(answered) => return Ok(answered.body),
        KeyState::Mismatch | KeyState::Running => return Err(super::Error::Stale.into()),
        KeyState::Turn(turn) => turn,
    };
    let say = |_: &ReadTx<'_>, _: &AppContext, body: String| Ok(Answered { status: 200, body });
    match decide(app, Some(&turn), action, say).await? {
        Decided::Answered(answered) => Ok(answered.body),
        Decided::Mismatch => Err(super::Error::Stale.into()),
    }
}

/// Performs an action and stores its answer, in one write transaction. With a turn, an answer stored before
/// is returned and nothing is done.
pub async fn decide<T, E, D, S>(app: &App, turn: Option<&Turn>, action: D, say: S) -> Result<Decided, E>
where
    T: 'static,
    E: From<StoreError> + Send + 'static,
    D: FnOnce(&mut WriteTx<'_>, &AppContext) -> Result<T, E> + Send + 'static,
    S: FnOnce(&ReadTx<'_>, &AppContext, T) -> Result<Answered, E> + Send + 'static,
{
    let context = Arc::clone(&app.context);
    let idempotency_key = turn.map(|turn| turn.idempotency_key.clone());
    let work = move |tx: &mut WriteTx<'_>| -> Result<Found, E> {
        let known = idempotency_key
            .as_ref()
            .map(|idempotency_key| idempotency::look(tx, &idempotency_key.key, &idempotency_key.digest))
            .transpose()?;
        let expired = match known {
            Some(Known::Answered(kept)) => return Ok(Found::Kept(kept)),
            Some(Known::Mismatch) => return Ok(Found::Mismatch),
            Some(Known::Expired) => true,
            Some(Known::No) | None => false,
        };
        let done = action(tx, &context)?;
        let said = say(&tx.as_read(), &context, done)?;
        match idempotency_key {
            Some(idempotency_key) => {
                let kept = idempotency::keep(
                    tx,
                    &idempotency_key.key,
                    &idempotency_key.digest,
                    said.status,
                    &said.body,
                )?;
                Ok(Found::Fresh { kept, expired })
            }
            None => Ok(Found::Unkeyed(said)),
        }
    };
    let found = app.store.write(work).await?;
    app.wake.after_decision();
    Ok(match (found, turn) {
        (Found::Unkeyed(said), _) => Decided::Answered(said),
        (Found::Mismatch, _) => Decided::Mismatch,
        (Found::Fresh { kept, expired }, Some(turn)) => {
            metrics::counter!("idempotency_misses_total").increment(1);
            metrics::counter!("idempotency_expired_total").increment(u64::from(expired));
            turn.remember(kept)
        }
        (Found::Kept(kept), Some(turn)) => {
            metrics::counter!("idempotency_hits_total").increment(1);
            turn.remember(kept)
        }
        (Found::Kept(kept) | Found::Fresh { kept, .. }, None) => Decided::Answered(kept.into()),
    })
}
