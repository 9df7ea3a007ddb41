//! Calendar sync: a channel's calendar is read and applied.
//!
//! Nights that a channel reports as taken close at once; those it no longer reports are freed only as
//! `calendars::merge` allows. A night that both sides hold stays with its holder, and a person is told at
//! once, with one exception that needs no person: an unconfirmed hold gives way to a stay that another
//! channel has sold, since the channel's guest has a booking and ours has none yet (`reserve::give_way`
//! handles its money). A hold with money gives way only to a sale. What is shown as one with nights of ours that came
//! back ends nothing (`calendars::echo`).

use super::feed_checks::{self, Check};
use super::feed_conflicts::{gives_way, raise_conflicts, sold_elsewhere_too, tell_beyond};
use super::feed_links;
use super::feed_state::{self, own_nights, show_night, state_of};
use super::{App, AppContext, Error, notify, reserve, stay_view};
use crate::calendars::merge::{self, Step};
use crate::calendars::{self, ReadOptions};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, FeedCause, Unread};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::channel::Channel;
use crate::domain::ids::{CabinId, FeedId};
use crate::domain::job::JobKind;
use crate::ports::error::PortError;
use crate::ports::feeds::{FeedAnswer, FeedRequest};
use crate::ports::random::{fraction, token};
use crate::store::feeds::{self, Feed, Success};
use crate::store::{Constraint, Read, StoreError, WriteTx, attention, audit, codec::to_json, jobs, settings};
use jiff::{SignedDuration, ToSpan, civil::Date};
use std::sync::Arc;

/// Lease of one reading, longer than all time-outs of the fetch together.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// Longest backoff after failures.
const PAUSE_MAX: SignedDuration = SignedDuration::from_mins(60);
/// How often a calendar's text is read even if it is said not to have changed.
const WHOLE_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// Longest name of a channel that is stored.
const NAME_MAX: usize = 60;

/// Adds a channel to a cabin, to be read at once.
pub async fn add(app: &App, by: Actor, cabin: CabinId, channel: &str, url: &str) -> Result<Feed, Error> {
    let channel = Channel::named(channel, NAME_MAX);
    let (url, secret) = (url.trim().to_owned(), token(app.ports.random.as_ref()));
    let context = Arc::clone(&app.context);
    let feed = app
        .store
        .write(move |tx| {
            if feeds::of_cabin(tx, cabin)?.iter().any(|feed| feed.channel.is_same_as(&channel)) {
                return Err(Error::Stale);
            }
            let id = feeds::insert(tx, cabin, &channel, &url, &secret)?;
            let feed = feeds::find(tx, id)?.ok_or(Error::NotFound)?;
            note(tx, &by, AuditEvent::FeedAdded, &feed)?;
            feed_links::check(tx, &context, &feed)?;
            Ok(feed)
        })
        .await;
    app.wake.feeds.notify_one();
    match feed {
        Err(Error::Store(StoreError::Refused(Constraint::Unique))) => Err(Error::Stale),
        other => other,
    }
}

/// What changes of a channel; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct FeedChange {
    pub channel: Option<String>,
    pub url: Option<String>,
    pub rules_close: Option<bool>,
}

/// Changes a channel in place: its nights and the address that it reads stay.
pub async fn change(app: &App, by: Actor, id: FeedId, change: FeedChange) -> Result<Feed, Error> {
    let context = Arc::clone(&app.context);
    let changed = app
        .store
        .write(move |tx| {
            let old = feeds::find(tx, id)?.ok_or(Error::NotFound)?;
            let channel = change.channel.map_or(old.channel.clone(), |name| Channel::named(&name, NAME_MAX));
            let url = change.url.map_or(old.url.clone(), |url| url.trim().to_owned());
            let others = feeds::of_cabin(tx, old.cabin_id)?;
            if others.iter().any(|other| other.id != id && other.channel.is_same_as(&channel)) {
                return Err(Error::Stale);
            }
            feeds::change(tx, id, &channel, &url, change.rules_close.unwrap_or(old.rules_close))?;
            let feed = feeds::find(tx, id)?.ok_or(Error::NotFound)?;
            for (night, record) in state_of(&feed).nights.iter().filter(|(_, record)| record.kind.is_rule()) {
                show_night(tx, &feed, *night, record.kind)?;
            }
            note(tx, &by, AuditEvent::FeedChanged, &feed)?;
            if feed.url != old.url {
                feed_links::check(tx, &context, &feed)?;
                feed_links::settle(tx)?;
            }
            Ok(feed)
        })
        .await;
    app.wake.feeds.notify_one();
    changed
}

/// Removes a channel; its nights are freed unless another channel has them.
pub async fn remove(app: &App, by: Actor, id: FeedId) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            let feed = feeds::find(tx, id)?.ok_or(Error::NotFound)?;
            let today = context.moment(tx).today();
            feeds::delete(tx, id)?;
            note(tx, &by, AuditEvent::FeedRemoved, &feed)?;
            feed_state::hand_over(tx, &context, feed.cabin_id, (today, Date::MAX))?;
            // Its open attention items are settled.
            for attention in [AttentionKind::CalendarStale, AttentionKind::ChannelNotReading] {
                attention::settle(tx, attention, &id.to_string())?;
            }
            feed_checks::settle_all(tx, id)?;
            feed_links::settle(tx)?;
            Ok(())
        })
        .await
}

/// Renews a channel's secret: the address at which it read us stops working at once.
pub async fn renew_secret(app: &App, by: Actor, id: FeedId) -> Result<Feed, Error> {
    let secret = token(app.ports.random.as_ref());
    app.store
        .write(move |tx| {
            feeds::set_token(tx, id, &secret)?;
            let feed = feeds::find(tx, id)?.ok_or(Error::NotFound)?;
            note(tx, &by, AuditEvent::FeedLinkRenewed, &feed)?;
            Ok(feed)
        })
        .await
}

/// Claims at most `limit` channels that are due.
pub async fn claim_due(app: &App, limit: u32) -> Result<Vec<Feed>, Error> {
    let due =
        app.store.read(|tx| Ok::<_, Error>(feeds::next_due(tx)?.is_some_and(|due| due <= tx.now()))).await?;
    if !due {
        return Ok(Vec::new());
    }
    app.store.write(move |tx| Ok(feeds::claim_due(tx, LEASE, limit)?)).await
}

/// Reads one channel now, on request.
pub async fn sync(app: &App, id: FeedId) -> Result<Feed, Error> {
    let feed = app.store.read(move |tx| feeds::find(tx, id)?.ok_or(Error::NotFound)).await?;
    if !feed.url.is_empty() {
        import(app, feed).await?;
    }
    app.store.read(move |tx| feeds::find(tx, id)?.ok_or(Error::NotFound)).await
}

/// Reads one channel and applies the result; once a day the text itself, whatever the channel says of changes. A failure
/// is recorded; only an error of ours is returned.
pub async fn import(app: &App, feed: Feed) -> Result<(), Error> {
    let now = app.ports.clock.now();
    let is_due_whole = feed.read_whole_at.is_none_or(|at| WHOLE_EVERY <= now.duration_since(at));
    read(app, feed, is_due_whole).await
}

/// Reads one channel's text, whatever it says of changes.
pub async fn import_whole(app: &App, feed: Feed) -> Result<(), Error> {
    read(app, feed, true).await
}

async fn read(app: &App, feed: Feed, whole: bool) -> Result<(), Error> {
    let known = |validator: &Option<String>| validator.clone().filter(|_| !whole);
    let (url, etag, modified) = (feed.url.clone(), known(&feed.etag), known(&feed.last_modified));
    let answer = app
        .outside(move |ports| {
            ports.feeds.get(&FeedRequest {
                url: &url,
                etag: etag.as_deref(),
                last_modified: modified.as_deref(),
            })
        })
        .await;
    let jitter = fraction(app.ports.random.as_ref());
    let context = Arc::clone(&app.context);
    app.store.write(move |tx| take_in(tx, &context, feed.id, answer, jitter)).await?;
    app.wake.after_decision();
    Ok(())
}

/// Applies one answer of a channel, in one transaction.
fn take_in(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: FeedId,
    answer: Result<FeedAnswer, PortError>,
    jitter: f64,
) -> Result<(), Error> {
    let Some(feed) = feeds::find(tx, id)? else { return Ok(()) };
    let today = context.moment(tx).today();
    let known = state_of(&feed);
    let own = own_nights(tx, context, &feed, today)?;
    let (step, success) = match &answer {
        Err(error) => return fail(tx, context, &feed, error, jitter),
        Ok(FeedAnswer::NotModified) if feed.read_whole_at.is_none() => {
            let problem = PortError::Permanent { code: "unchanged_at_first".into(), detail: String::new() };
            return fail(tx, context, &feed, &problem, jitter);
        }
        Ok(FeedAnswer::NotModified) => {
            let validators = (feed.etag.clone(), feed.last_modified.clone());
            (merge::step_unchanged(&known, &own, tx.now(), today), (validators, None, feed.problem.clone()))
        }
        Ok(FeedAnswer::Body { bytes, etag, last_modified }) => {
            let read = calendars::read(bytes, &ReadOptions::new(context.zone.clone(), today));
            let step = merge::step(&known, &read, &own, tx.now(), today);
            feed_checks::unread(tx, context, &feed, &read.problems)?;
            if !step.believed {
                let gave_way = apply(tx, context, &feed, &step)?;
                feeds::set_state(tx, id, &to_json(&step.next))?;
                judge_what_came_free(tx, context, &feed, &step, gave_way)?;
                let problem = PortError::Permanent { code: "incomplete".into(), detail: String::new() };
                return fail(tx, context, &feed, &problem, jitter);
            }
            let problems =
                if read.problems.is_empty() { String::new() } else { "partly_unreadable".to_owned() };
            let events = u32::try_from(read.events.len()).ok();
            (step, ((etag.clone(), last_modified.clone()), events, problems))
        }
    };
    let gave_way = apply(tx, context, &feed, &step)?;
    let ((etag, last_modified), events, problem) = success;
    let whole = events.is_some();
    let success = Success {
        whole,
        state: &to_json(&step.next),
        etag: etag.as_deref(),
        last_modified: last_modified.as_deref(),
        events,
        problem: &problem,
        changed: !(step.added.is_empty() && step.removed.is_empty() && step.relabelled.is_empty()),
    };
    let due = tx.now() + jittered(context.poll_every, jitter);
    feeds::succeeded(tx, id, &success, due)?;
    judge_what_came_free(tx, context, &feed, &step, gave_way)?;
    attention::settle(tx, AttentionKind::CalendarStale, &id.to_string())?;
    // Jobs that wait for this cabin's channels run at once.
    Ok(jobs::hasten_for_cabin(tx, JobKind::ConfirmPaid, feed.cabin_id)?)
}

/// Judges again what channels repeat of the nights that a reading freed, now that its own state is stored: what this
/// channel gives up may be sold at another that only repeated it until now, and what a hold gave up may be sold here.
fn judge_what_came_free(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    feed: &Feed,
    step: &Step,
    gave_way: bool,
) -> Result<(), Error> {
    let today = context.moment(tx).today();
    let removed = || step.removed.iter().map(|change| change.night);
    let nights = match (removed().min(), removed().max()) {
        _ if gave_way => (today, Date::MAX),
        (Some(first), Some(last)) => (first, last.saturating_add(1.day())),
        _ => return Ok(()),
    };
    feed_state::judge_again(tx, context, feed.cabin_id, nights)
}

/// Applies the changes of one reading; whether a hold gave way.
fn apply(tx: &mut WriteTx<'_>, context: &AppContext, feed: &Feed, step: &Step) -> Result<bool, Error> {
    let is_first = feed.read_whole_at.is_none();
    let mut gave_way = false;
    for conflict in step.conflicts.iter().filter(|_| !is_first) {
        if let merge::Holder::Reservation(id) = conflict.holder
            && !conflict.could_be_echo
            && gives_way(tx, id, conflict.kind)?
        {
            // It ends once, however many nights it shares.
            reserve::give_way(tx, context, id)?;
            gave_way = true;
        }
    }
    for change in step.added.iter().chain(&step.relabelled) {
        show_night(tx, feed, change.night, change.kind)?;
    }
    for change in &step.removed {
        feeds::open_night(tx, feed, change.night)?;
    }
    if is_first && !step.conflicts.is_empty() {
        let nights = step.conflicts.iter().map(|conflict| conflict.night).collect();
        let first = Check { about: String::new(), ..Check::of(FeedCause::FirstReading, nights) };
        feed_checks::raise(tx, context, feed, first)?;
        return Ok(gave_way);
    }
    raise_conflicts(tx, context, feed, &step.conflicts)?;
    sold_elsewhere_too(tx, context, feed, &step.conflicts)?;
    for beyond in &step.beyond {
        tell_beyond(tx, context, feed, beyond)?;
    }
    for (cause, nights) in [(FeedCause::StillRepeated, &step.freed), (FeedCause::MaybeSold, &step.left)] {
        if !nights.is_empty() {
            feed_checks::raise(tx, context, feed, Check::of(cause, nights.clone()))?;
        }
    }
    if step.believed && step.vanished.is_empty() {
        feed_checks::settle(tx, feed.id, FeedCause::Vanished, "")?;
    } else if step.believed {
        let vanished =
            Check { about: String::new(), ..Check::of(FeedCause::Vanished, step.vanished.clone()) };
        feed_checks::raise(tx, context, feed, vanished)?;
    }
    Ok(gave_way)
}

/// Records a failed reading: nothing is freed, backoff follows; a long failure is told to the owner.
fn fail(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    feed: &Feed,
    error: &PortError,
    jitter: f64,
) -> Result<(), Error> {
    metrics::counter!("ical_sync_errors_total").increment(1);
    let asked = match error {
        PortError::Transient { after: Some(after), .. } => SignedDuration::try_from(*after).ok(),
        _ => None,
    };
    let doubled = context.poll_every.saturating_mul(1 << feed.failures.min(6));
    let pause = asked.unwrap_or_else(|| jittered(doubled, jitter)).min(PAUSE_MAX);
    let due = tx.now() + pause;
    feeds::failed(tx, feed.id, error.code(), due)?;
    let since = feed.last_read();
    let age = tx.now().duration_since(since);
    if age < settings::load(tx)?.0.calendar_stale_time() {
        return Ok(());
    }
    let unread = Unread { channel: feed.channel.to_string(), problem: error.code().to_owned() };
    if attention::raise(tx, &attention::New::of(AttentionItem::CalendarStale(unread), &feed.id.to_string()))?
    {
        let cabin = stay_view::cabin_name(tx, feed.cabin_id)?;
        let hours = u32::try_from(age.as_hours()).unwrap_or(u32::MAX);
        notify::owner(tx, context, &Notice::CalendarStale { cabin, channel: feed.channel.label(), hours })?;
    }
    Ok(())
}

/// The pause with a jitter of a tenth, so that calendars are not all read at the same moment.
fn jittered(pause: SignedDuration, jitter: f64) -> SignedDuration {
    pause.mul_f64(0.9 + jitter / 5.0)
}

fn note(tx: &mut WriteTx<'_>, by: &Actor, event: AuditEvent, feed: &Feed) -> Result<(), StoreError> {
    audit::note(tx, by, event, None, About::Cabin { cabin: feed.cabin_id })
}
