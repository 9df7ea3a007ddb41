//! Other channels' calendars: addresses, state, and the addresses at which they read ours.

use super::cabins::{Found, existing};
use super::id::Id;
use super::wire::Instant;
use crate::app;
use crate::domain::ids::{CabinId, FeedId};
use crate::domain::user::Permission;
use crate::store::feeds::{self, Feed};
use crate::web::auth::Caller;
use crate::web::body::{Body, MaybeBody};
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{Config, State, delete, get, post, put};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Longest name of a channel: it fits a label.
const CHANNEL_CHARS_MAX: usize = 40;
/// Longest address: beyond any that a channel gives out.
const URL_CHARS_MAX: usize = 2000;

/// A channel to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedBody {
    /// What the owner calls it: `airbnb`, `booking`, …
    channel: String,
    /// The address of its calendar; empty when it only reads ours.
    #[serde(default)]
    url: String,
}

/// What changes of a channel; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedChangeBody {
    /// What the owner calls it.
    channel: Option<String>,
    /// The address of its calendar. Nights and the address that the channel reads stay.
    url: Option<String>,
    /// Whether nights that the channel closes by its own rules (notice, horizon) are closed for guests here.
    rules_close: Option<bool>,
}

/// Nothing to say about it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A channel.
#[derive(Serialize, ToSchema)]
pub struct FeedView {
    id: i64,
    cabin_id: i64,
    /// What the owner calls it.
    channel: String,
    /// The address of its calendar; shown only to whoever may change it.
    url: Option<String>,
    /// Where the channel reads our calendar. Whoever has this address can read it.
    export_url: String,
    /// Whether nights that it closes by its own rules are closed for guests here.
    rules_close: bool,
    /// `waiting` (not read yet), `ok`, `failing`, or `export_only`.
    state: &'static str,
    /// What was wrong with the last reading.
    problem: Option<String>,
    /// Readings in a row that failed.
    failures: u32,
    /// Events of the last whole reading.
    events: u32,
    /// When it was last tried.
    last_attempt_at: Option<Instant>,
    /// When it was last read whole.
    last_sync_at: Option<Instant>,
    /// When its nights last changed.
    changed_at: Option<Instant>,
    /// When it last read ours.
    last_read_by_channel_at: Option<Instant>,
}

/// The channels of a cabin.
#[derive(Serialize, ToSchema)]
pub struct FeedList {
    /// Oldest first.
    feeds: Vec<FeedView>,
}

impl FeedView {
    fn new(feed: Feed, base: &str, with_url: bool) -> FeedView {
        let state = match (feed.url.is_empty(), feed.failures, feed.succeeded_at) {
            (true, ..) => "export_only",
            (false, 1.., _) => "failing",
            (false, 0, None) => "waiting",
            (false, 0, Some(_)) => "ok",
        };
        FeedView {
            id: feed.id.0,
            cabin_id: feed.cabin_id.0,
            channel: feed.channel.to_string(),
            url: with_url.then_some(feed.url),
            export_url: format!("{base}/ical/{}.ics", feed.export_token),
            rules_close: feed.rules_close,
            state,
            problem: Some(feed.problem).filter(|problem| !problem.is_empty()),
            failures: feed.failures,
            events: feed.events,
            last_attempt_at: feed.attempted_at.map(Instant),
            last_sync_at: feed.succeeded_at.map(Instant),
            changed_at: feed.changed_at.map(Instant),
            last_read_by_channel_at: feed.fetched_at.map(Instant),
        }
    }
}

/// Our public base address, or this machine's own while there is none.
pub(in crate::web) fn base(web: &Web, config: &Config) -> String {
    match web.options.public_url.trim_end_matches('/') {
        "" => format!("http://{}", std::net::SocketAddr::new(config.address, config.port)),
        public => public.to_owned(),
    }
}

/// The channels of a cabin.
#[utoipa::path(get, path = "/api/v1/cabins/{id}/feeds", tag = "feeds", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin")), responses(
    (status = 200, description = "Its channels", body = FeedList),
    (status = 404, description = "No such cabin", body = ProblemDocument),
))]
#[get("/cabins/<id>/feeds")]
pub async fn list(
    web: &State<Arc<Web>>,
    config: &Config,
    caller: Caller,
    id: Id,
) -> Result<HttpResponse, Problem> {
    let cabin = CabinId(id.0);
    let found = web.app.store.read(move |tx| {
        existing(tx, cabin)?;
        Ok::<_, Found>(feeds::of_cabin(tx, cabin)?)
    });
    let (base, with_url) = (base(web, config), caller.0.role.may(Permission::PricesChange));
    let feeds = found.await?.into_iter().map(|feed| FeedView::new(feed, &base, with_url)).collect();
    Ok(HttpResponse::ok(&FeedList { feeds }))
}

/// Add a channel; it is read at once.
#[utoipa::path(post, path = "/api/v1/cabins/{id}/feeds", tag = "feeds", security(("bearer" = [])),
    request_body = FeedBody, params(
        ("id" = i64, Path, description = "The cabin"), ("Idempotency-Key" = Option<String>, Header),
    ), responses(
    (status = 201, description = "The channel", body = FeedView),
    (status = 404, description = "No such cabin", body = ProblemDocument),
    (status = 409, description = "`exists`: the cabin has this channel", body = ProblemDocument),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[post("/cabins/<id>/feeds", data = "<body>")]
pub async fn create(
    web: &State<Arc<Web>>,
    config: &Config,
    caller: Caller,
    id: Id,
    key: KeyHeader,
    body: Body<FeedBody>,
) -> HttpResponse {
    let (idempotency_key, feed, base) = (key.of(&caller, &body.digest), body.value, base(web, config));
    let by = caller.actor();
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        check(Some(&feed.channel), Some(&feed.url))?;
        let cabin = CabinId(id.0);
        web.app.store.read(move |tx| existing(tx, cabin)).await?;
        let added = app::feeds::add(&web.app, by, cabin, &feed.channel, &feed.url).await;
        let added = added.map_err(|error| match error {
            app::Error::Stale => exists(),
            other => other.into(),
        })?;
        let answer = HttpResponse::created(&FeedView::new(added, &base, true));
        if let Some(turn) = turn {
            turn.keep(&web.app, &answer.clone().into()).await?;
        }
        Ok(answer)
    })
    .await
}

/// Change a channel in place: its nights and the address that it reads stay.
#[utoipa::path(put, path = "/api/v1/feeds/{id}", tag = "feeds", security(("bearer" = [])),
    request_body = FeedChangeBody, params(("id" = i64, Path, description = "The channel")), responses(
    (status = 200, description = "The channel", body = FeedView),
    (status = 404, description = "No such channel", body = ProblemDocument),
    (status = 409, description = "`exists`: the cabin has this channel", body = ProblemDocument),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[put("/feeds/<id>", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    config: &Config,
    caller: Caller,
    id: Id,
    body: Body<FeedChangeBody>,
) -> Result<HttpResponse, Problem> {
    let FeedChangeBody { channel, url, rules_close } = body.value;
    check(channel.as_deref(), url.as_deref())?;
    let change = app::feeds::FeedChange { channel, url, rules_close };
    let changed = app::feeds::change(&web.app, caller.actor(), FeedId(id.0), change).await;
    let changed = changed.map_err(|error| match error {
        app::Error::Stale => exists(),
        other => no_feed(other),
    })?;
    Ok(HttpResponse::ok(&FeedView::new(changed, &base(web, config), true)))
}

fn exists() -> Problem {
    Problem::new(409, "exists", "The cabin has a channel of this name.")
}

/// Read a channel's calendar now.
#[utoipa::path(post, path = "/api/v1/feeds/{id}/sync", tag = "feeds", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The channel")), responses(
    (status = 200, description = "How it went is in its state", body = FeedView),
    (status = 404, description = "No such channel", body = ProblemDocument),
))]
#[post("/feeds/<id>/sync", data = "<_body>")]
pub async fn sync(
    web: &State<Arc<Web>>,
    config: &Config,
    id: Id,
    _body: MaybeBody<Nothing>,
) -> Result<HttpResponse, Problem> {
    let feed = app::feeds::sync(&web.app, FeedId(id.0)).await.map_err(no_feed)?;
    Ok(HttpResponse::ok(&FeedView::new(feed, &base(web, config), true)))
}

/// Take a channel away: its nights come free and its address stops working.
#[utoipa::path(delete, path = "/api/v1/feeds/{id}", tag = "feeds", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The channel")), responses(
    (status = 204, description = "Gone"),
    (status = 404, description = "No such channel", body = ProblemDocument),
))]
#[delete("/feeds/<id>")]
pub async fn remove(web: &State<Arc<Web>>, caller: Caller, id: Id) -> Result<HttpResponse, Problem> {
    app::feeds::remove(&web.app, caller.actor(), FeedId(id.0)).await.map_err(no_feed)?;
    Ok(HttpResponse::done())
}

/// Take a channel of a cabin away.
#[utoipa::path(delete, path = "/api/v1/cabins/{id}/feeds/{feed}", tag = "feeds", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin"), ("feed" = i64, Path, description = "The channel")),
    responses(
    (status = 204, description = "Gone"),
    (status = 404, description = "No such channel", body = ProblemDocument),
))]
#[delete("/cabins/<id>/feeds/<feed>")]
pub async fn remove_of_cabin(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    feed: Id,
) -> Result<HttpResponse, Problem> {
    let found = web.app.store.read(move |tx| feeds::find(tx, FeedId(feed.0))).await?;
    if found.is_none_or(|found| found.cabin_id.0 != id.0) {
        return Err(Problem::not_found("feed"));
    }
    remove(web, caller, feed).await
}

fn check(channel: Option<&str>, url: Option<&str>) -> Result<(), Problem> {
    if !channel.is_none_or(is_fit_channel) {
        return Err(Problem::invalid(
            "channel",
            format!("must be 1 to {CHANNEL_CHARS_MAX} characters of one line"),
        ));
    }
    if url.is_none_or(is_fit_url) {
        return Ok(());
    }
    Err(Problem::invalid("url", "must be an http, https or webcal address, or empty"))
}

/// Whether a text is a valid channel name.
pub(in crate::web) fn is_fit_channel(channel: &str) -> bool {
    let channel = channel.trim();
    (1..=CHANNEL_CHARS_MAX).contains(&channel.chars().count()) && !channel.contains(char::is_control)
}

/// Whether a text is an allowed address, or empty.
pub(in crate::web) fn is_fit_url(url: &str) -> bool {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    let web =
        ["https://", "http://", "webcal://", "webcals://"].iter().any(|scheme| lower.starts_with(scheme));
    let plain = url.len() <= URL_CHARS_MAX && !url.chars().any(|c| c.is_whitespace() || c.is_control());
    url.is_empty() || (web && plain)
}

fn no_feed(error: app::Error) -> Problem {
    match error {
        app::Error::NotFound => Problem::not_found("feed"),
        other => other.into(),
    }
}
