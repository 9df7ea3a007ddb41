//! Periodic rounds: when each is due. A failing round does not stop the others.

use crate::app::{
    App, Error, export_readers, hook_signatures, notify, outage, pay, provider_outage, prune, remind,
    unknown_work, whatsapp_setup,
};
use crate::domain::provider::Provider;
use crate::store::{Read, ReadTx, WriteTx, jobs};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;
use strum::VariantArray;

/// Overlap of a payment sweep with the last one: the provider's index lags, and our clock may have been set
/// back since.
const SWEEP_BACK: SignedDuration = SignedDuration::from_hours(2);

/// Largest distance between the stored and the true time of the last sweep. It only affects how far the first
/// sweep after a start goes back; storing each sweep would write all day long.
const SWEPT_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// How long a start waits for the payments that this database has not seen; systemd's own limit is 90 s.
const CATCH_UP_TIMEOUT: Duration = Duration::from_secs(30);

/// Name of the schedule row that stores until when payments were swept.
const SWEPT: &str = "payments_swept";

/// A periodic round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum Round {
    /// Sends reminders that the calendar makes due.
    Remind,
    CatchUp,
    /// Checks that every channel still reads our calendar; the limit is in hours.
    ExportReaders,
    /// Reads all recent payments, to find those missed by every other way.
    Sweep,
    /// Checks for notifications refused for their signature.
    Signatures,
    /// Checks for queued jobs that this version can't do.
    UnknownWork,
    /// Looks at the business account behind the WhatsApp number.
    WhatsappAccount,
    /// Deletes data past its retention time.
    Prune,
}

impl Round {
    /// Name of its schedule row.
    fn name(self) -> &'static str {
        match self {
            Round::Remind => notify::ROUND,
            Round::CatchUp => "catch_up",
            Round::ExportReaders => "channel_readers",
            Round::Sweep => "sweep_payments",
            Round::Signatures => "hook_signatures",
            Round::UnknownWork => "unknown_work",
            Round::WhatsappAccount => "whatsapp_account",
            Round::Prune => "prune",
        }
    }

    fn every(self) -> SignedDuration {
        match self {
            Round::Remind | Round::CatchUp | Round::Signatures | Round::WhatsappAccount => {
                SignedDuration::from_mins(1)
            }
            Round::ExportReaders | Round::Sweep | Round::UnknownWork => SignedDuration::from_mins(5),
            Round::Prune => SignedDuration::from_hours(24),
        }
    }
}

/// The due rounds, each with the time since when it is due. The next time is set before the round runs, so
/// one that always fails does not loop.
pub(super) async fn claim(app: &App) -> Result<Vec<(Round, Timestamp)>, Error> {
    let known = last_sweep(app);
    let look = move |tx: &ReadTx<'_>| {
        let schedule = jobs::schedule(tx)?;
        Ok::<_, Error>((due_rounds(tx.now(), &schedule), mark(known, schedule.get(SWEPT).copied())))
    };
    let (due, mark) = app.store.read(look).await?;
    if due.is_empty() {
        return Ok(due);
    }
    let claimed = due.clone();
    app.store
        .write(move |tx| {
            for (round, _) in &claimed {
                let next = tx.now() + round.every();
                jobs::reschedule(tx, round.name(), next)?;
            }
            // Written only together with something else.
            mark.into_iter().try_for_each(|mark| jobs::reschedule(tx, SWEPT, mark))?;
            Ok::<_, Error>(())
        })
        .await?;
    Ok(due)
}

fn due_rounds(now: Timestamp, schedule: &BTreeMap<String, Timestamp>) -> Vec<(Round, Timestamp)> {
    let mut due = Vec::new();
    for round in Round::VARIANTS.iter().copied() {
        let since = schedule.get(round.name()).copied().unwrap_or(now);
        // A round scheduled further ahead than its interval: the clock was ahead and was set right.
        let set_back = since > now + round.every();
        if since <= now || set_back {
            due.push((round, since.min(now)));
        }
    }
    due
}

/// The new value to store for the last sweep, if the stored one is too far off.
fn mark(known: Option<Timestamp>, kept: Option<Timestamp>) -> Option<Timestamp> {
    known.filter(|known| kept.is_none_or(|kept| known.duration_since(kept).abs() >= SWEPT_EVERY))
}

/// Time of this process's last successful sweep.
fn last_sweep(app: &App) -> Option<Timestamp> {
    *app.swept_at.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) async fn run(app: &App, round: Round, due: Timestamp) -> Result<(), Error> {
    match round {
        Round::Remind => remind::run(app).await,
        Round::CatchUp => outage::report_when_due(app).await,
        Round::ExportReaders => export_readers::look(app).await,
        Round::Signatures => hook_signatures::look(app).await,
        Round::UnknownWork => unknown_work::look(app).await,
        Round::WhatsappAccount => whatsapp_setup::look_when_due(app).await,
        Round::Prune => prune::run(app).await,
        Round::Sweep => sweep(app, due).await,
    }
}

/// Sweeps the payments of the time that this database has not seen, before anything is sold on it. When the provider
/// does not answer in time the round goes on trying, over the same time.
pub(super) async fn catch_up(app: &App) -> Result<(), Error> {
    let Some(since) = outage::unseen_since(app).await? else { return Ok(()) };
    app.store
        .write(move |tx| match swept(tx)? {
            Some(known) if known <= since => Ok::<_, Error>(()),
            Some(_) | None => Ok(jobs::reschedule(tx, SWEPT, since)?),
        })
        .await?;
    if tokio::time::timeout(CATCH_UP_TIMEOUT, sweep(app, since)).await.is_err() {
        tracing::warn!(
            "the payments since the last use of this database could not be looked through in time"
        );
    }
    Ok(())
}

/// Sweeps the payments since the last successful sweep, so that neither an outage of the provider nor a crash
/// leaves a gap.
async fn sweep(app: &App, due: Timestamp) -> Result<(), Error> {
    if !app.context.payments_on {
        return Ok(());
    }
    let (now, kept) = app.store.read(move |tx| Ok::<_, Error>((tx.now(), swept(tx)?))).await?;
    let swept = last_sweep(app).or(kept).unwrap_or(due);
    // This call is made even when nobody pays: it finds an account that is refused, and one that is well again.
    if let Err(error) = pay::sweep(app, unswept_for(now, swept)).await {
        tracing::warn!(%error, "recent payments could not be looked through");
        let Error::Port(failure) = error else { return Ok(()) };
        let begin = move |tx: &mut WriteTx<'_>| {
            provider_outage::begin_if_unusable(tx, Provider::Mercadopago, &failure, false).map(drop)
        };
        return app.store.write(begin).await;
    }
    app.store.write(|tx| provider_outage::end_by_call(tx, Provider::Mercadopago)).await?;
    *app.swept_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    Ok(())
}

/// Lower bound of the time until which payments were swept; `None` if never.
fn swept(tx: &impl Read) -> Result<Option<Timestamp>, Error> {
    Ok(jobs::schedule_due(tx, SWEPT)?)
}

/// Period in which payments may have changed unseen. Both ends come from the same clock, right or wrong.
fn unswept_for(now: Timestamp, swept: Timestamp) -> SignedDuration {
    now.duration_since(swept.min(now)) + Round::Sweep.every() + SWEEP_BACK
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    const MINUTE: i64 = 60;

    #[test]
    fn a_provider_that_does_not_answer_for_a_day_leaves_no_gap_in_the_look_through_payments() {
        let folder = tempfile::tempdir().unwrap();
        let seconds = Arc::new(AtomicI64::new(1_795_514_400));
        let clock = Arc::clone(&seconds);
        let at = move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap();
        let store = Store::open(folder.path(), Arc::new(at.clone())).unwrap();
        let answered = at();
        store.write_blocking(move |tx| Ok::<_, Error>(jobs::reschedule(tx, SWEPT, answered)?)).unwrap();
        // A day on which every sweep starts and none succeeds.
        for _ in 0..24 * 12 {
            seconds.fetch_add(5 * MINUTE, Ordering::Relaxed);
            let next = at() + Round::Sweep.every();
            store
                .write_blocking(move |tx| Ok::<_, Error>(jobs::reschedule(tx, Round::Sweep.name(), next)?))
                .unwrap();
        }
        let swept = store.read_blocking(|tx| swept(tx)).unwrap();
        let back = unswept_for(at(), swept.unwrap());
        let unanswered = at().duration_since(answered);
        assert!(back > unanswered, "{back} is less than {unanswered}");
        assert!(back < unanswered + SignedDuration::from_hours(3), "no further back than it must be");
    }

    #[test]
    fn a_clock_that_was_ahead_does_not_hide_what_changes_now() {
        let folder = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let store = Store::open(folder.path(), Arc::new(move || now)).unwrap();
        let ahead = now + SignedDuration::from_hours(36);
        store.write_blocking(move |tx| Ok::<_, Error>(jobs::reschedule(tx, SWEPT, ahead)?)).unwrap();
        let swept = store.read_blocking(|tx| swept(tx)).unwrap();
        assert!(unswept_for(now, swept.unwrap()) >= SWEEP_BACK);
        let plan = |at: Timestamp| {
            store
                .write_blocking(move |tx| {
                    Round::VARIANTS.iter().try_for_each(|round| jobs::reschedule(tx, round.name(), at))?;
                    Ok::<_, Error>(due_rounds(tx.now(), &jobs::schedule(tx)?).len())
                })
                .unwrap()
        };
        assert_eq!(plan(now + SignedDuration::from_secs(30)), 0);
        assert_eq!(plan(ahead), Round::VARIANTS.len(), "what was planned by the wrong clock is due now");
    }

    #[test]
    fn the_mark_of_the_last_look_is_written_when_the_kept_one_is_far_from_it() {
        let noon: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let hour = SignedDuration::from_hours(1);
        assert_eq!(mark(None, Some(noon)), None, "this process has not looked yet");
        assert_eq!(mark(Some(noon), None), Some(noon));
        assert_eq!(mark(Some(noon + hour / 2), Some(noon)), None);
        assert_eq!(mark(Some(noon + hour), Some(noon)), Some(noon + hour));
        assert_eq!(mark(Some(noon), Some(noon + hour)), Some(noon), "the clock was ahead");
    }
}
