//! Pieces of work that call the outside: what each kind does, and what becomes of it when it fails.

use crate::app::{App, Error, confirm, links, media, pay, waitlist};
use crate::domain::attention::{AttentionItem, Failed};
use crate::domain::ids::{CabinId, CheckoutId, InboundId, RefundId, ReservationId};
use crate::domain::job::JobKind;
use crate::ports::error::PortError;
use crate::ports::random::fraction;
use crate::store::jobs::{self, Job};
use crate::store::{Read, attention};
use jiff::SignedDuration;
use std::time::Duration;

/// How long a piece of work may take before it is anybody's again.
pub(super) const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// Tries before work is given up; with the pauses below that is about two days.
const TRIES_MAX: u32 = 24;
/// First pause; doubled each time.
const PAUSE_FIRST: SignedDuration = SignedDuration::from_secs(2);
/// Longest pause.
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(3);
/// A payment that can't be found right after its notification often can a moment later; one that still can't
/// was a test of the provider's panel.
const UNKNOWN_PAYMENT_TRIES: u32 = 6;

/// What becomes of a piece of work.
enum JobOutcome {
    /// Done, or not needed any more.
    Done,
    /// Nothing is wrong, and it has to be looked at again after this long.
    Wait(Duration),
    /// Worth another try after this long, when the other side said how long.
    Retry(Option<Duration>),
    /// Hopeless: a person must know.
    Dead(String),
}

/// Why a piece of work did not come to its end.
enum Undone {
    /// The subject is none of this kind of work: nobody can say what was to be done.
    BadSubject,
    Failed(Error),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Undone {
        Undone::Failed(error)
    }
}

/// Does one claimed piece of work and records what came of it.
pub(super) async fn run(app: &App, job: Job) {
    let outcome = match perform(app, &job).await {
        Ok(None) => JobOutcome::Done,
        Ok(Some(wait)) => JobOutcome::Wait(wait),
        Err(Undone::BadSubject) => JobOutcome::Dead("bad_subject".into()),
        Err(Undone::Failed(error)) => judge(&job, error),
    };
    if let Err(error) = record(app, job, outcome).await {
        tracing::error!(%error, "the end of a piece of work could not be recorded; its lease will lapse");
    }
}

/// Does it; `Some` when nothing is wrong and it has to be done again after this long.
async fn perform(app: &App, job: &Job) -> Result<Option<Duration>, Undone> {
    let number = || job.subject.parse::<i64>().map_err(|_| Undone::BadSubject);
    match job.kind {
        JobKind::ConfirmPaid => {
            return Ok(confirm::run(app, ReservationId(number()?), job.attempts).await?);
        }
        JobKind::OpenCheckout => pay::open(app, CheckoutId(number()?)).await.map(drop),
        JobKind::SendLink => links::send_link(app, ReservationId(number()?)).await,
        JobKind::CloseCheckout => pay::close(app, CheckoutId(number()?)).await,
        JobKind::ReconcilePayment => pay::reconcile(app, job.subject.clone()).await,
        JobKind::SendRefund => pay::send_refund(app, RefundId(number()?)).await,
        JobKind::TellWaiting => waitlist::notify_waiting(app, CabinId(number()?)).await,
        JobKind::FetchMedia => media::fetch(app, InboundId(number()?)).await,
        JobKind::RemoveMedia => {
            media::remove(app, &job.subject).await;
            Ok(())
        }
    }?;
    Ok(None)
}

fn judge(job: &Job, error: Error) -> JobOutcome {
    match error {
        Error::Port(PortError::Permanent { code, .. })
            if code == "http_404" && job.kind == JobKind::ReconcilePayment =>
        {
            if job.attempts < UNKNOWN_PAYMENT_TRIES { JobOutcome::Retry(None) } else { JobOutcome::Done }
        }
        Error::Port(PortError::Transient { after, code }) => retry_or_dead(job, after, code),
        Error::Port(PortError::Open(after)) => retry_or_dead(job, Some(after), "circuit_open".into()),
        Error::Port(PortError::Permanent { code, .. }) => JobOutcome::Dead(code),
        Error::Port(PortError::Off) => JobOutcome::Dead("off".into()),
        Error::Store(error) => retry_or_dead(job, None, error.to_string()),
        Error::Stale | Error::ReconcileFirst(_) => retry_or_dead(job, None, "stale".into()),
        Error::Refused(refusal) => JobOutcome::Dead(refusal.code().into()),
        Error::NotFound => JobOutcome::Done,
    }
}

fn retry_or_dead(job: &Job, after: Option<Duration>, code: String) -> JobOutcome {
    if job.attempts < TRIES_MAX { JobOutcome::Retry(after) } else { JobOutcome::Dead(code) }
}

async fn record(app: &App, job: Job, outcome: JobOutcome) -> Result<(), Error> {
    match outcome {
        JobOutcome::Done => app.store.write(move |tx| Ok(jobs::finish(tx, job.id)?)).await,
        JobOutcome::Wait(pause) => {
            app.store
                .write(move |tx| {
                    let at = tx.now() + pause;
                    Ok(jobs::wait(tx, job.id, at)?)
                })
                .await
        }
        JobOutcome::Retry(after) => {
            let jitter = fraction(app.ports.random.as_ref());
            let doubled = PAUSE_FIRST.saturating_mul(1 << job.attempts.saturating_sub(1).min(16));
            let pause = after
                .and_then(|after| SignedDuration::try_from(after).ok())
                .unwrap_or(doubled.mul_f64(0.875 + jitter / 4.0))
                .min(PAUSE_MAX);
            app.store
                .write(move |tx| {
                    let at = tx.now() + pause;
                    Ok(jobs::retry(tx, job.id, at)?)
                })
                .await
        }
        JobOutcome::Dead(code) => bury(app, job, code).await,
    }
}

/// Work that is given up becomes an attention item for the owner, and whoever waits for it is told. A yes to a deposit that is
/// in is never given up for good, since nothing else would ever say it: it is listed, and tried again seldom.
async fn bury(app: &App, job: Job, code: String) -> Result<(), Error> {
    tracing::warn!(kind = job.kind.code(), code, "a piece of work was given up");
    let id = job.subject.parse::<i64>().ok();
    let stay = match (job.kind, id) {
        (JobKind::SendRefund, Some(id)) => {
            pay::refund_failed(app, RefundId(id)).await?;
            None
        }
        (JobKind::SendLink, Some(id)) => {
            links::no_link(app, ReservationId(id)).await?;
            Some(ReservationId(id))
        }
        (JobKind::ConfirmPaid, Some(id)) => Some(ReservationId(id)),
        (_, _) => None,
    };
    app.store
        .write(move |tx| {
            let failed = Failed { kind: job.kind.code().to_owned(), code };
            let subject = jobs::given_up(job.kind, &job.subject);
            let new = attention::New {
                reservation_id: stay,
                ..attention::New::of(AttentionItem::WorkFailed(failed), &subject)
            };
            attention::raise(tx, &new)?;
            if job.kind == JobKind::ConfirmPaid {
                let at = tx.now() + PAUSE_MAX;
                return Ok(jobs::retry(tx, job.id, at)?);
            }
            Ok(jobs::finish(tx, job.id)?)
        })
        .await
}
