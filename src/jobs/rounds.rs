//! What is done again and again: when each round is due, and that it comes to pass whatever became of the others.

use crate::app::{
    App, Error, export_readers, hook_signatures, outage, pay, provider_outage, prune, remind, unknown_work,
};
use crate::domain::provider::Provider;
use crate::store::{Read, ReadTx, jobs};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use strum::VariantArray;

/// How far back the look through recent payments goes beyond the last one: the provider's index lags, and our clock
/// may have been set back since.
const SWEEP_BACK: SignedDuration = SignedDuration::from_hours(2);

/// So far the kept mark of the last look may be from the true one: it moves how far the first look of the next start
/// goes back and nothing else, and casero would write it all day long.
const SWEPT_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// The name under which it is kept until when recent payments were looked through.
const SWEPT: &str = "payments_swept";

/// What is done again and again, whatever happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum Round {
    /// Says what is to be said by the calendar.
    Remind,
    CatchUp,
    /// Looks whether every channel still reads us: what is measured there is hours.
    ExportReaders,
    /// Looks through all recent payments, for what every other way has missed.
    Sweep,
    /// Looks whether notifications are refused for their signature.
    Signatures,
    /// Looks for queued work that this version can't do.
    UnknownWork,
    /// Forgets what is past its time.
    Prune,
}

impl Round {
    /// The name under which the next one is scheduled.
    fn name(self) -> &'static str {
        match self {
            Round::Remind => "remind",
            Round::CatchUp => "catch_up",
            Round::ExportReaders => "channel_readers",
            Round::Sweep => "sweep_payments",
            Round::Signatures => "hook_signatures",
            Round::UnknownWork => "unknown_work",
            Round::Prune => "prune",
        }
    }

    fn every(self) -> SignedDuration {
        match self {
            Round::Remind | Round::CatchUp | Round::Signatures => SignedDuration::from_mins(1),
            Round::ExportReaders | Round::Sweep | Round::UnknownWork => SignedDuration::from_mins(5),
            Round::Prune => SignedDuration::from_hours(24),
        }
    }
}

/// The rounds that are due, and since when; the next time of each is set before it runs, so that one that fails
/// each time does not run without pause.
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
            // Kept with what is written anyway.
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
        // No round is scheduled further ahead than its pause: the clock was ahead and has been set right.
        let set_back = since > now + round.every();
        if since <= now || set_back {
            due.push((round, since.min(now)));
        }
    }
    due
}

/// The mark to be kept of the last look, when the kept one is too far from it.
fn mark(known: Option<Timestamp>, kept: Option<Timestamp>) -> Option<Timestamp> {
    known.filter(|known| kept.is_none_or(|kept| known.duration_since(kept).abs() >= SWEPT_EVERY))
}

/// When this process last looked through the payments with success.
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
        Round::Prune => prune::run(app).await,
        Round::Sweep => sweep(app, due).await,
    }
}

/// Looks through the payments since the last look that succeeded, so that neither a provider that did not answer
/// for hours nor a process that died leaves a gap.
async fn sweep(app: &App, due: Timestamp) -> Result<(), Error> {
    if !app.context.payments_on {
        return Ok(());
    }
    let (now, kept) = app.store.read(move |tx| Ok::<_, Error>((tx.now(), swept(tx)?))).await?;
    let swept = last_sweep(app).or(kept).unwrap_or(due);
    let looked = pay::sweep(app, unswept_for(now, swept)).await;
    let told = match &looked {
        Err(Error::Port(error)) => Some(error.clone()),
        Ok(_) | Err(_) => None,
    };
    // The one call that is made even when nobody pays: it finds an account that is refused, and one that is well again.
    let is_well = looked.is_ok();
    app.store
        .write(move |tx| match told {
            Some(error) => {
                provider_outage::begin_if_unusable(tx, Provider::Mercadopago, &error, false).map(drop)
            }
            None if is_well => provider_outage::end_by_call(tx, Provider::Mercadopago),
            None => Ok(()),
        })
        .await?;
    if let Err(error) = looked {
        tracing::warn!(%error, "recent payments could not be looked through");
        return Ok(());
    }
    *app.swept_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    Ok(())
}

/// Until when recent payments were looked through, or later; `None` in a server that never did.
fn swept(tx: &impl Read) -> Result<Option<Timestamp>, Error> {
    Ok(jobs::schedule_due(tx, SWEPT)?)
}

/// For how long payments may have changed unseen. Both ends are told by the same clock, right or wrong.
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
        // A day in which each look is begun and none succeeds.
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
