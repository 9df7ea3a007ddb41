//! Jobs that call the outside: what each kind does, and how its failures are handled.

use crate::app::{App, Error, confirm, links, media, outgoing, pay, provider_outage, waitlist};
use crate::domain::attention::{AttentionItem, AttentionKind, Failed};
use crate::domain::ids::{CabinId, CheckoutId, InboundId, MailId, PushId, RefundId, ReservationId};
use crate::domain::job::JobKind;
use crate::ports::error::PortError;
use crate::ports::random::fraction;
use crate::store::jobs::{self, Job};
use crate::store::{Read, WriteTx, attention, provider_outages};
use jiff::SignedDuration;
use std::time::Duration;

/// Lease of a job: after this another worker may claim it.
pub(super) const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// Tries before a job is given up: about two days with the backoff below.
const TRIES_MAX: u32 = 24;
/// First backoff; doubled each time.
const PAUSE_FIRST: SignedDuration = SignedDuration::from_secs(2);
/// Longest backoff.
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(3);
/// Longest backoff of a job for which a guest waits.
const GUEST_PAUSE_MAX: SignedDuration = SignedDuration::from_mins(2);
/// Wait for a link to pay after which the guest is told of another way; the link is still sent once it
/// exists.
const LINK_PATIENCE: SignedDuration = SignedDuration::from_secs(60);
/// Tries for a payment that is not found: right after its notification it often appears a moment later; one
/// that never does was a test from the provider's panel.
const UNKNOWN_PAYMENT_TRIES: u32 = 6;

/// Result of a job.
enum JobOutcome {
    /// Done, or not needed any more.
    Done,
    /// No error; check again after this long.
    Wait(Duration),
    /// Retry, after this long if the provider said how long.
    Retry(Option<Duration>),
    /// Its provider can't be used now: it was put back together with the record of the outage.
    Parked,
    /// Given up: a person must know.
    Dead(String),
}

/// Reason why a job did not finish.
enum Undone {
    /// The subject does not fit the kind of job.
    BadSubject,
    Failed(Error),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Undone {
        Undone::Failed(error)
    }
}

/// Runs one claimed job and records its result.
pub(super) async fn run(app: &App, job: Job) {
    if let Err(error) = settle(app, job).await {
        tracing::error!(%error, "the end of a piece of work could not be recorded; its lease will lapse");
    }
}

async fn settle(app: &App, job: Job) -> Result<(), Error> {
    let outcome = match perform(app, &job).await {
        Ok(None) => JobOutcome::Done,
        Ok(Some(wait)) => JobOutcome::Wait(wait),
        Err(Undone::BadSubject) => JobOutcome::Dead("bad_subject".into()),
        Err(Undone::Failed(error)) => judge(app, &job, error).await?,
    };
    record(app, job, outcome).await
}

/// Does the job; `Some` when nothing is wrong and it has to run again after this long.
async fn perform(app: &App, job: &Job) -> Result<Option<Duration>, Undone> {
    let number = || job.subject.parse::<i64>().map_err(|_| Undone::BadSubject);
    match job.kind {
        JobKind::ConfirmPaid => {
            return Ok(confirm::run(app, ReservationId(number()?), job.attempts).await?);
        }
        JobKind::OpenCheckout => pay::open(app, CheckoutId(number()?)).await.map(drop),
        JobKind::SendLink => links::send_link(app, ReservationId(number()?)).await,
        JobKind::CloseCheckout => pay::close(app, CheckoutId(number()?)).await,
        JobKind::ReconcilePayment | JobKind::ReadPaymentHint => {
            pay::reconcile(app, job.subject.clone()).await
        }
        JobKind::SendRefund => pay::send_refund(app, RefundId(number()?)).await,
        JobKind::TellWaiting => waitlist::notify_waiting(app, CabinId(number()?)).await,
        JobKind::FetchMedia => media::fetch(app, InboundId(number()?)).await,
        JobKind::SendMail => outgoing::send_mail(app, MailId(number()?)).await,
        JobKind::SendPush => outgoing::send_push(app, PushId(number()?)).await,
        JobKind::RemoveMedia => {
            media::remove(app, &job.subject).await;
            Ok(())
        }
    }?;
    Ok(None)
}

async fn judge(app: &App, job: &Job, error: Error) -> Result<JobOutcome, Error> {
    Ok(match error {
        Error::Port(error) => judge_call(app, job, error).await?,
        Error::Store(error) => retry_or_dead(job, None, error.to_string()),
        Error::Stale | Error::ReconcileFirst(_) => retry_or_dead(job, None, "stale".into()),
        Error::Refused(refusal) => JobOutcome::Dead(refusal.code().into()),
        Error::NotFound => JobOutcome::Done,
    })
}

/// Judges a failed call to the outside.
async fn judge_call(app: &App, job: &Job, error: PortError) -> Result<JobOutcome, Error> {
    match (&error, job.kind) {
        (PortError::Permanent { code, .. }, JobKind::ReconcilePayment) if code == "http_404" => {
            let again = job.attempts < UNKNOWN_PAYMENT_TRIES;
            return Ok(if again { JobOutcome::Retry(None) } else { JobOutcome::Done });
        }
        // A stranger's notification named it and it does not exist.
        (PortError::Permanent { .. }, JobKind::ReadPaymentHint) => return Ok(JobOutcome::Done),
        _ => {}
    }
    tell_of_missing_link(app, job).await?;
    let (waits, failure) = (job.clone(), error.clone());
    if app.store.write(move |tx| wait_for_provider(tx, &waits, &failure)).await? {
        return Ok(JobOutcome::Parked);
    }
    Ok(match error {
        PortError::Transient { after, code } => retry_or_dead(job, after, code),
        PortError::Open(after) => retry_or_dead(job, Some(after), "circuit_open".into()),
        // Vendors refuse one checkout in twenty for days at a time.
        PortError::Permanent { .. } if matches!(job.kind, JobKind::SendLink | JobKind::OpenCheckout) => {
            JobOutcome::Retry(None)
        }
        PortError::Permanent { code, .. } | PortError::Account { code, .. } => JobOutcome::Dead(code),
        PortError::Off => JobOutcome::Dead("off".into()),
    })
}

/// Postpones a job whose provider can't be used now; `false` when the failure is about this call alone.
fn wait_for_provider(tx: &mut WriteTx<'_>, job: &Job, error: &PortError) -> Result<bool, Error> {
    let Some(provider) = job.kind.provider() else { return Ok(false) };
    if !provider_outage::begin_if_unusable(tx, provider, error, false)? {
        return Ok(false);
    }
    let probe_at = provider_outages::find(tx, provider)?.map_or(tx.now(), |outage| outage.probe_at);
    jobs::put_back(tx, job.id, probe_at)?;
    Ok(true)
}

fn retry_or_dead(job: &Job, after: Option<Duration>, code: String) -> JobOutcome {
    // A link is retried for as long as it can be paid; after that it is not needed and the job is done.
    let goes_on = job.attempts < TRIES_MAX || job.kind == JobKind::SendLink;
    if goes_on { JobOutcome::Retry(after) } else { JobOutcome::Dead(code) }
}

async fn record(app: &App, job: Job, outcome: JobOutcome) -> Result<(), Error> {
    match outcome {
        JobOutcome::Done => {
            app.store
                .write(move |tx| {
                    if let Some(provider) = job.kind.provider() {
                        provider_outage::end_by_call(tx, provider)?;
                    }
                    attention::settle(
                        tx,
                        AttentionKind::WorkFailed,
                        &jobs::given_up(job.kind, &job.subject),
                    )?;
                    Ok(jobs::finish(tx, job.id)?)
                })
                .await
        }
        JobOutcome::Wait(pause) => {
            app.store
                .write(move |tx| {
                    let at = tx.now() + pause;
                    Ok(jobs::wait(tx, job.id, at)?)
                })
                .await
        }
        JobOutcome::Parked => Ok(()),
        JobOutcome::Retry(after) => retry(app, job, after).await,
        JobOutcome::Dead(code) => bury(app, job, code).await,
    }
}

async fn retry(app: &App, job: Job, after: Option<Duration>) -> Result<(), Error> {
    let jitter = fraction(app.ports.random.as_ref());
    let longest = if job.kind == JobKind::SendLink { GUEST_PAUSE_MAX } else { PAUSE_MAX };
    let doubled = PAUSE_FIRST.saturating_mul(1 << job.attempts.saturating_sub(1).min(16));
    let pause = after
        .and_then(|after| SignedDuration::try_from(after).ok())
        .unwrap_or(doubled.mul_f64(0.875 + jitter / 4.0))
        .min(longest);
    app.store
        .write(move |tx| {
            let at = tx.now() + pause;
            Ok(jobs::retry(tx, job.id, at)?)
        })
        .await
}

/// Tells the guest that the link is late.
async fn tell_of_missing_link(app: &App, job: &Job) -> Result<(), Error> {
    let (JobKind::SendLink, Ok(id)) = (job.kind, job.subject.parse()) else { return Ok(()) };
    if app.ports.clock.now().duration_since(job.created_at) < LINK_PATIENCE {
        return Ok(());
    }
    links::no_link(app, ReservationId(id)).await
}

/// Turns a job that is given up into an attention item for the owner and tells the waiting guest. A
/// confirmation of a deposit that is in is never given up, since nothing else would send it: it is listed and
/// retried seldom.
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
