//! Deletes expired data: idempotency answers, sessions, taps and raw notifications. Messages, stays and money
//! are kept.

use super::{App, Error};
use crate::store::{WriteTx, conversations, idempotency, inbox, sessions};
use jiff::SignedDuration;

/// Retention of raw notifications (up to a day more): long enough to look into a complaint about last week.
const HOOKS_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Notifications deleted per transaction, so that nobody waits long for the writer.
const HOOKS_AT_ONCE: u32 = 1000;

/// Deletes expired data.
pub async fn run(app: &App) -> Result<(), Error> {
    let forget = |tx: &mut WriteTx<'_>| {
        idempotency::prune(tx)?;
        sessions::prune(tx)?;
        conversations::prune_taps(tx)?;
        Ok::<_, Error>(inbox::prune_hooks(tx, HOOKS_KEPT, HOOKS_AT_ONCE)?)
    };
    while app.store.write(forget).await? == HOOKS_AT_ONCE as usize {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, StoreError};
    use jiff::Timestamp;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[test]
    fn a_notification_is_kept_for_two_weeks() {
        let folder = tempfile::tempdir().unwrap();
        let seconds = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&seconds);
        let now = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        let store = Store::open(folder.path(), now).unwrap();
        store
            .write_blocking(|tx| {
                (0..3).try_for_each(|_| inbox::insert_hook(tx, "whatsapp", b"{}", "not readable"))
            })
            .unwrap();
        let prune =
            |limit| store.write_blocking(move |tx| inbox::prune_hooks(tx, HOOKS_KEPT, limit)).unwrap();
        seconds.store(HOOKS_KEPT.as_secs(), Ordering::Relaxed);
        assert_eq!(prune(10), 0);
        seconds.store(HOOKS_KEPT.as_secs() + 1, Ordering::Relaxed);
        assert_eq!((prune(2), prune(2)), (2, 1));
        assert_eq!(store.read_blocking(|tx| inbox::hook_problems(tx)).map_err(|_: StoreError| ()), Ok(0));
    }
}
