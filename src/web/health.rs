//! Health and metrics: for monitors, for Prometheus, and for diagnosing a missing answer.

use super::api::wire::Instant;
use super::health_part::{Part, PartName, PartState};
use super::http_response::HttpResponse;
use super::problem::Problem;
use super::state::Web;
use crate::app::hook_signatures::REFUSED_MIN;
use crate::app::{Error, account_state, counts};
use crate::domain::provider::Provider;
use crate::domain::whatsapp_account::SetupGap;
use crate::ports::speech::SpeechState;
use crate::store::operations::{self, DrillRecord};
use crate::store::provider_outages::{self, ProviderOutage};
use crate::store::refused_signatures::{self, RefusedSignatures};
use crate::store::unknown::{self, Unknown};
use crate::store::{LogState, StoreError, feeds, outbox};
use crate::web::gate::{self, Gated};
use jiff::{SignedDuration, Timestamp};
use rocket::http::ContentType;
use rocket::{State, get, routes};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use utoipa::ToSchema;

/// Time limit of the database's answer to a monitor.
const PATIENCE: Duration = Duration::from_secs(3);
/// Age of a calendar's last good reading at which its state is `warn`.
pub const CALENDAR_OLD: SignedDuration = SignedDuration::from_mins(60);
/// Waiting messages above which the outbox is not being delivered as it should.
const OUTBOX_FULL: u64 = 100;

/// How casero is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`, `warn` (something needs a look) or `fail` (it can't serve).
    #[schema(value_type = String)]
    status: PartState,
    /// Its parts.
    parts: Vec<Part>,
    /// When this was found.
    at: Instant,
    /// Which server this is: the same for as long as its database lives.
    instance: String,
}

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![healthz, readyz, numbers])
}

/// How casero is: 503 when it can't serve.
#[utoipa::path(get, path = "/healthz", tag = "health", responses(
    (status = 200, description = "It serves", body = Health),
    (status = 503, description = "It can't serve", body = Health),
))]
#[get("/healthz")]
pub async fn healthz(web: &State<Arc<Web>>) -> HttpResponse {
    let parts = parts(web).await;
    answer(web, parts)
}

/// Health of each part.
pub(super) async fn parts(web: &Web) -> Vec<Part> {
    let app = &web.app;
    let mut parts = vec![database(web).await];
    parts.extend((web.options.parts)());
    let account_id = app.ports.whatsapp_account.account_id();
    let read = app.store.read(move |tx| {
        let work = unknown::work(tx)?;
        let outages = (provider_outages::list(tx)?, refused_signatures::list(tx)?);
        let account = account_state::state(tx, account_id)?;
        Ok::<_, Error>((
            feeds::list(tx)?,
            outbox::pending(tx)?,
            operations::last_drill(tx)?,
            work,
            outages,
            account.gaps(),
        ))
    });
    let (mut trouble, mut gaps) = ((Vec::new(), Vec::new()), Vec::new());
    if let Ok(Ok(found)) = rocket::tokio::time::timeout(PATIENCE, read).await {
        if let (Some(part), Some(drill)) =
            (parts.iter_mut().find(|part| part.name == PartName::Backups), found.2)
        {
            add_drill(part, &drill, app.ports.clock.now());
        }
        parts.push(calendars(&found.0, app.ports.clock.now()));
        parts.push(outbox_part(found.1));
        parts.push(work(&found.3));
        trouble = found.4;
        gaps = found.5;
    }
    let (outages, refused) = &trouble;
    let mut integration = |name, provider: Provider, is_on| {
        let outage = outages.iter().find(|outage| outage.provider == provider);
        let refused = refused.iter().find(|refused| refused.provider == provider);
        parts.push(integration(name, is_on, outage, refused));
    };
    integration(PartName::Whatsapp, Provider::Whatsapp, app.ports.whatsapp.is_on());
    integration(PartName::Mercadopago, Provider::Mercadopago, app.ports.payments.is_on());
    if let Some(part) = parts.iter_mut().find(|part| part.name == PartName::Whatsapp) {
        add_gaps(part, &gaps);
    }
    parts.push(speech(app.ports.speech.state()));
    parts
}

/// Whether requests can be served.
#[utoipa::path(get, path = "/readyz", tag = "health", responses(
    (status = 200, description = "It serves", body = Health),
    (status = 503, description = "It can't serve", body = Health),
))]
#[get("/readyz")]
pub async fn readyz(web: &State<Arc<Web>>) -> HttpResponse {
    let parts = vec![database(web).await];
    answer(web, parts)
}

/// Everything that is counted, as Prometheus reads it.
#[utoipa::path(get, path = "/metrics", tag = "health", responses(
    (status = 200, description = "Prometheus text", body = String, content_type = "text/plain"),
))]
#[get("/metrics")]
pub async fn numbers(web: &State<Arc<Web>>) -> Result<(ContentType, String), Problem> {
    counts::measure(&web.app).await?;
    let text = ContentType::new("text", "plain").with_params([("version", "0.0.4"), ("charset", "utf-8")]);
    Ok((text, (web.options.numbers)()))
}

/// Health of the database by a write and a read transaction: the writer is alive and readers answer. Neither
/// touches the disk, so that a monitor costs nothing; whether the disk accepts writes is known from the last
/// real commit, which the heartbeat keeps recent.
async fn database(web: &Web) -> Part {
    let store = &web.app.store;
    let probe = async {
        store.write(|_| Ok::<_, StoreError>(())).await?;
        store.read(|_| Ok::<_, StoreError>(())).await
    };
    match rocket::tokio::time::timeout(PATIENCE, probe).await {
        Ok(Ok(())) if store.is_failing() => {
            Part::new(PartName::Database, PartState::Fail, "the last commit could not be made")
        }
        Ok(Ok(())) => log_problem(&store.log(), web.options.limits.log_bytes_max).unwrap_or_else(|| {
            Part::new(PartName::Database, PartState::Ok, format!("{} writes wait", store.waiting()))
        }),
        Ok(Err(error)) => Part::new(PartName::Database, PartState::Fail, error.to_string()),
        Err(_) => Part::new(PartName::Database, PartState::Fail, "no answer in time"),
    }
}

/// What is wrong with the database's log, with its remedy. Nothing is lost by it, but it fills the disk.
fn log_problem(log: &LogState, bytes_max: u64) -> Option<Part> {
    let warn = |detail: String| Some(Part::new(PartName::Database, PartState::Warn, detail));
    if let Some(problem) = &log.problem {
        return warn(format!(
            "its log can't be moved into the database ({problem}): make room on the disk and look at its errors (dmesg)"
        ));
    }
    if log.bytes <= bytes_max {
        return None;
    }
    warn(format!(
        "its log has {} MB: another program reads the database without end; stop it (sqlite3, a backup tool) or restart casero",
        log.bytes >> 20
    ))
}

fn calendars(feeds: &[feeds::Feed], now: Timestamp) -> Part {
    let read: Vec<_> = feeds.iter().filter(|feed| !feed.url.is_empty()).collect();
    if read.is_empty() {
        return Part::new(PartName::Calendars, PartState::Off, "no channel's calendar is read");
    }
    let age =
        |feed: &&feeds::Feed| feed.succeeded_at.map_or(SignedDuration::MAX, |at| now.duration_since(at));
    let old = read.iter().filter(|feed| age(feed) > CALENDAR_OLD).count();
    let oldest = read.iter().filter_map(|feed| feed.succeeded_at).min();
    let detail = match oldest {
        Some(at) => {
            format!("{} read, {old} old, the oldest {} min ago", read.len(), now.duration_since(at).as_mins())
        }
        None => format!("{} to be read, none was yet", read.len()),
    };
    Part::new(PartName::Calendars, if old == 0 { PartState::Ok } else { PartState::Warn }, detail)
}

/// Adds the result of the last drill: a backup that could not be restored is none.
fn add_drill(part: &mut Part, drill: &DrillRecord, now: Timestamp) {
    let days = now.duration_since(drill.at).as_hours() / 24;
    if drill.problem.is_empty() {
        part.detail = format!("{}; gone back to {days} days ago, {} rows", part.detail, drill.rows);
    } else {
        part.state = PartState::Warn;
        part.detail = format!("{}; could not be gone back to: {}", part.detail, drill.problem);
    }
}

fn outbox_part(pending: u64) -> Part {
    let state = if pending <= OUTBOX_FULL { PartState::Ok } else { PartState::Warn };
    Part::new(PartName::Outbox, state, format!("{pending} messages wait"))
}

/// Health of the queue: jobs that this version can't do.
fn work(unknown: &[Unknown]) -> Part {
    match Unknown::told(unknown) {
        None => Part::new(PartName::Work, PartState::Ok, ""),
        Some(told) => Part::new(
            PartName::Work,
            PartState::Warn,
            format!("another version left what this one can't do: {told}"),
        ),
    }
}

fn integration(
    name: PartName,
    is_on: bool,
    outage: Option<&ProviderOutage>,
    refused: Option<&RefusedSignatures>,
) -> Part {
    if !is_on {
        return Part::new(name, PartState::Off, "no credentials");
    }
    if let Some(outage) = outage {
        let told = format!("{} ({}) since {}; what needs it waits", outage.cause, outage.code, outage.since);
        return Part::new(name, PartState::Fail, told);
    }
    match refused.filter(|refused| refused.refused >= REFUSED_MIN) {
        None => Part::new(name, PartState::Ok, "on"),
        Some(refused) => Part::new(
            name,
            PartState::Warn,
            format!("{} notifications refused for their signature, and none held since", refused.refused),
        ),
    }
}

/// Adds what the business account lacks. What Meta is looking at is no failure yet.
fn add_gaps(part: &mut Part, gaps: &[SetupGap]) {
    if part.state != PartState::Ok || gaps.is_empty() {
        return;
    }
    let only_waits = gaps.iter().all(SetupGap::is_waiting);
    part.state = if only_waits { PartState::Warn } else { PartState::Fail };
    part.detail = gaps.iter().map(SetupGap::to_string).collect::<Vec<_>>().join("; ");
}

fn speech(state: SpeechState) -> Part {
    match state {
        SpeechState::Loaded => Part::new(PartName::Speech, PartState::Ok, "the model is in memory"),
        SpeechState::Idle => Part::new(PartName::Speech, PartState::Ok, "ready"),
        SpeechState::Off(reason) => Part::new(PartName::Speech, PartState::Off, reason),
    }
}

/// A provider's outage is no reason to restart casero or to send its guests elsewhere.
fn worst(parts: &[Part]) -> PartState {
    let serves = |part: &Part| !matches!(part.name, PartName::Whatsapp | PartName::Mercadopago);
    let has = |state| parts.iter().any(|part| part.state == state);
    if parts.iter().any(|part| part.state == PartState::Fail && serves(part)) {
        PartState::Fail
    } else if has(PartState::Fail) || has(PartState::Warn) {
        PartState::Warn
    } else {
        PartState::Ok
    }
}

fn answer(web: &Web, parts: Vec<Part>) -> HttpResponse {
    let (at, instance) = (Instant(web.app.ports.clock.now()), web.app.context.link_key.instance());
    let health = Health { status: worst(&parts), parts, at, instance };
    let status = if health.status == PartState::Fail { 503 } else { 200 };
    HttpResponse { status, ..HttpResponse::ok(&health) }
}
