//! Deletes expired data: idempotency answers, sessions, taps, raw notifications and guests' files. Messages, stays and
//! money are kept.

use super::media as stored_files;
use super::{App, Error};
use crate::store::media::StoredFile;
use crate::store::{
    StoreError, WriteTx, conversations, given_nights, idempotency, inbox, mails, media, pushes, sent_files,
    sessions, settings, web_holds,
};
use jiff::SignedDuration;
use std::sync::Arc;

/// Retention of raw notifications (up to a day more): long enough to look into a complaint about last week.
const HOOKS_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Notifications deleted per transaction, so that nobody waits long for the writer.
const HOOKS_AT_ONCE: u32 = 1000;
/// Retention of receipts: for so long a payment may be disputed (Código Civil y Comercial, art. 2560). The owner may
/// keep all files for longer.
const RECEIPTS_KEPT: SignedDuration = SignedDuration::from_hours(5 * 365 * 24);
/// Retention of the record of letters and pushes: a season, to look into a complaint about what arrived.
const OUTGOING_KEPT: SignedDuration = SignedDuration::from_hours(120 * 24);
/// Least time that a file of the house is kept: longer than its message waits to be sent.
const SENT_KEPT_MIN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Files deleted at a time.
const FILES_AT_ONCE: u32 = 100;

/// Deletes expired data.
pub async fn run(app: &App) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    let forget = move |tx: &mut WriteTx<'_>| {
        given_nights::prune(tx, context.moment(tx).today())?;
        idempotency::prune(tx)?;
        sessions::prune(tx)?;
        conversations::prune_taps(tx)?;
        web_holds::prune(tx)?;
        mails::prune(tx, OUTGOING_KEPT)?;
        pushes::prune(tx, OUTGOING_KEPT)?;
        Ok::<_, Error>(inbox::prune_hooks(tx, HOOKS_KEPT, HOOKS_AT_ONCE)?)
    };
    while app.store.write(forget.clone()).await? == HOOKS_AT_ONCE as usize {}
    files(app).await
}

/// Deletes guests' files that are older than the owner keeps them, and the oldest of those that take too much room.
async fn files(app: &App) -> Result<(), Error> {
    let (settings, _) = app.store.read(|tx| settings::load(tx)).await?;
    if let Some(kept) = settings.media_time() {
        let receipts = kept.max(RECEIPTS_KEPT);
        app.store.write(move |tx| sent_files::prune(tx, kept.max(SENT_KEPT_MIN))).await?;
        while delete(app, app.store.read(move |tx| media::expired(tx, kept, receipts, FILES_AT_ONCE)).await?)
            .await?
            > 0
        {}
    }
    let Some(room) = settings.media_bytes() else { return Ok(()) };
    loop {
        let (total, mut first) = app
            .store
            .read(|tx| Ok::<_, StoreError>((media::total_bytes(tx)?, media::oldest(tx, FILES_AT_ONCE)?)))
            .await?;
        let mut over = total.saturating_sub(room);
        first.retain(|file| {
            let goes = over > 0;
            over = over.saturating_sub(file.bytes);
            goes
        });
        if delete(app, first).await? == 0 {
            return Ok(());
        }
    }
}

/// Deletes files and then their places, so that none is forgotten on the disk; answers how many.
async fn delete(app: &App, files: Vec<StoredFile>) -> Result<usize, Error> {
    let mut gone = Vec::new();
    for file in files {
        if stored_files::remove(app, &file.name).await {
            gone.push(file.id);
        }
    }
    let count = gone.len();
    if count > 0 {
        let forget = move |tx: &mut WriteTx<'_>| gone.into_iter().try_for_each(|id| media::deleted(tx, id));
        app.store.write(forget.clone()).await?;
    }
    Ok(count)
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
