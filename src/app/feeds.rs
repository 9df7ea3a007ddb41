//! Calendar sync: a channel's calendar is read and applied, and ours is written for each channel.
//!
//! Nights that a channel reports as taken close at once; those it no longer reports are freed only as
//! `calendars::merge` allows. A night that both sides hold stays with its holder, and a person is told at
//! once, with one exception that needs no person: an unconfirmed hold gives way to a stay that another
//! channel has sold, since the channel's guest has a booking and ours has none yet (`reserve::give_way`
//! handles its money). A hold with money gives way only to a sale: nights that are merely closed may be our
//! own calendar, repeated.

use super::{App, AppContext, Error, notify, reserve, stay_view};
use crate::calendars::merge::{self, Conflict, OwnNight, OwnNights, Step};
use crate::calendars::write::{self, ExportEvent, OtherChannel};
use crate::calendars::{self, ChannelState, Kind, ReadOptions};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, SoldTwice, Unread};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::channel::Channel;
use crate::domain::ids::{CabinId, FeedId, ReservationId};
use crate::domain::job::JobKind;
use crate::domain::stay::Stay;
use crate::ports::error::PortError;
use crate::ports::feeds::{FeedAnswer, FeedRequest};
use crate::ports::random::{fraction, token};
use crate::store::feeds::{self, Feed, Success};
use crate::store::nights::{self, Holder};
use crate::store::{
    Constraint, Read, StoreError, WriteTx, attention, audit, codec::to_json, jobs, payments, settings,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lease of one reading, longer than all time-outs of the fetch together.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// Longest backoff after failures.
const PAUSE_MAX: SignedDuration = SignedDuration::from_mins(60);
/// Horizon of imported nights; the reader's own horizon.
const MONTHS_AHEAD: i32 = 24;
/// Days of past stays in an exported calendar: a channel does not need the past.
const EXPORT_BACK_DAYS: i64 = 1;
/// Longest name of a channel that is stored.
const NAME_MAX: usize = 60;

/// Adds a channel to a cabin, to be read at once.
pub async fn add(app: &App, by: Actor, cabin: CabinId, channel: &str, url: &str) -> Result<Feed, Error> {
    let channel = Channel::named(channel, NAME_MAX);
    let (url, secret) = (url.trim().to_owned(), token(app.ports.random.as_ref()));
    let feed = app
        .store
        .write(move |tx| {
            if feeds::of_cabin(tx, cabin)?.iter().any(|feed| feed.channel.is_same_as(&channel)) {
                return Err(Error::Stale);
            }
            let id = feeds::insert(tx, cabin, &channel, &url, &secret)?;
            let feed = feeds::find(tx, id)?.ok_or(Error::NotFound)?;
            note(tx, &by, AuditEvent::FeedAdded, &feed)?;
            Ok(feed)
        })
        .await;
    app.wake.feeds.notify_one();
    match feed {
        Err(Error::Store(StoreError::Refused(Constraint::Unique))) => Err(Error::Stale),
        other => other,
    }
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
            nights::hand_to_feeds(tx, feed.cabin_id, today, Date::MAX)?;
            // Its open attention items are settled.
            for attention in [AttentionKind::CalendarStale, AttentionKind::ChannelNotReading] {
                attention::settle(tx, attention, &id.to_string())?;
            }
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

/// Reads one channel and applies the result. A failure is recorded; only an error of ours is returned.
pub async fn import(app: &App, feed: Feed) -> Result<(), Error> {
    let (url, etag, modified) = (feed.url.clone(), feed.etag.clone(), feed.last_modified.clone());
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
        Ok(FeedAnswer::NotModified) => {
            let validators = (feed.etag.clone(), feed.last_modified.clone());
            (merge::step_unchanged(&known, &own, tx.now(), today), (validators, None, feed.problem.clone()))
        }
        Ok(FeedAnswer::Body { bytes, etag, last_modified }) => {
            let read = calendars::read(bytes, &ReadOptions::new(context.zone.clone(), today));
            let step = merge::step(&known, &read, &own, tx.now(), today);
            if !step.believed {
                let problem = PortError::Permanent { code: "incomplete".into(), detail: String::new() };
                return fail(tx, context, &feed, &problem, jitter);
            }
            let problems =
                if read.problems.is_empty() { String::new() } else { "partly_unreadable".to_owned() };
            let events = u32::try_from(read.events.len()).ok();
            (step, ((etag.clone(), last_modified.clone()), events, problems))
        }
    };
    apply(tx, context, &feed, &step)?;
    let ((etag, last_modified), events, problem) = success;
    let success = Success {
        state: &to_json(&step.next),
        etag: etag.as_deref(),
        last_modified: last_modified.as_deref(),
        events,
        problem: &problem,
        changed: !step.added.is_empty() || !step.removed.is_empty(),
    };
    let due = tx.now() + jittered(context.poll_every, jitter);
    feeds::succeeded(tx, id, &success, due)?;
    attention::settle(tx, AttentionKind::CalendarStale, &id.to_string())?;
    // Jobs that wait for this cabin's channels run at once.
    Ok(jobs::hasten_for_cabin(tx, JobKind::ConfirmPaid, feed.cabin_id)?)
}

/// Applies the changes of one reading.
fn apply(tx: &mut WriteTx<'_>, context: &AppContext, feed: &Feed, step: &Step) -> Result<(), Error> {
    for conflict in &step.conflicts {
        if let merge::Holder::Reservation(id) = conflict.holder
            && gives_way(tx, id, conflict.kind)?
        {
            // It ends once, however many nights it shares.
            reserve::give_way(tx, context, id)?;
        }
    }
    for change in &step.added {
        feeds::close_night(tx, feed, change.night, change.kind.is_soft())?;
    }
    for change in &step.removed {
        feeds::open_night(tx, feed, change.night)?;
    }
    raise_conflicts(tx, context, feed, &step.conflicts)
}

/// Whether a reservation ends because of a channel's night: a hold does for a sale, and for a merely closed
/// night (which may be our own calendar, repeated) only while no money came or may be on its way.
fn gives_way(tx: &impl Read, id: ReservationId, kind: Kind) -> Result<bool, Error> {
    if !feeds::is_hold(tx, id)? || stay_view::is_under_review(tx, id)? {
        return Ok(false);
    }
    Ok(match kind {
        Kind::Booked => true,
        Kind::Closed => {
            payments::paid(tx, id)? <= 0 && !attention::is_open_for(tx, AttentionKind::TransferReceipt, id)?
        }
        Kind::Blocked | Kind::Tentative | Kind::Notice | Kind::Window | Kind::Releasing => false,
    })
}

/// Nights held by a guest of ours and by the channel: an attention item per reservation, and a message at once.
fn raise_conflicts(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    feed: &Feed,
    conflicts: &[Conflict],
) -> Result<(), Error> {
    let mut by_stay: BTreeMap<ReservationId, Vec<Date>> = BTreeMap::new();
    for conflict in conflicts {
        if let merge::Holder::Reservation(id) = conflict.holder
            && matches!(conflict.kind, Kind::Booked | Kind::Closed)
        {
            by_stay.entry(id).or_default().push(conflict.night);
        }
    }
    for (id, nights) in by_stay {
        let reservation = stay_view::load(tx, id)?;
        if !reservation.status.holds_nights() {
            continue;
        }
        let conflict = SoldTwice {
            channel: feed.channel.to_string(),
            code: reservation.code.to_string(),
            nights: nights.clone(),
        };
        let subject = format!("{}:{id}", feed.id);
        let new = attention::New {
            reservation_id: Some(id),
            ..attention::New::of(AttentionItem::CalendarConflict(conflict), &subject)
        };
        let fresh = attention::raise(tx, &new)?;
        let (first, last) = (nights[0], nights[nights.len() - 1]);
        if let (true, Ok(stay)) = (fresh, Stay::new(first, last.saturating_add(1.day()))) {
            metrics::counter!("reservations_conflicts_total").increment(1);
            let cabin = stay_view::cabin_name(tx, feed.cabin_id)?;
            let code = reservation.code.to_string();
            notify::owner(
                tx,
                context,
                &Notice::Conflict { cabin, stay, channel: feed.channel.label(), code },
            )?;
        }
    }
    Ok(())
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

/// Our nights without those of this channel.
fn own_nights(tx: &impl Read, context: &AppContext, feed: &Feed, today: Date) -> Result<OwnNights, Error> {
    let to = today.saturating_add(MONTHS_AHEAD.months());
    let mut nights = BTreeMap::new();
    for other in feeds::of_cabin(tx, feed.cabin_id)?.iter().filter(|other| other.id != feed.id) {
        for (night, record) in state_of(other).nights {
            let holder = merge::Holder::Feed { feed: other.id, kind: record.kind };
            nights.insert(night, OwnNight { holder, exported_at: exported(feed, record.first_seen) });
        }
    }
    for own in feeds::own_nights(tx, feed.cabin_id, today, to)? {
        let holder = match own.holder {
            Holder::Reservation(id) => merge::Holder::Reservation(id),
            Holder::Block(id) => merge::Holder::Block(id),
            Holder::Feed(_) => continue,
        };
        nights.insert(own.day, OwnNight { holder, exported_at: exported(feed, own.taken_at) });
    }
    Ok(OwnNights { nights, uid_domain: context.calendar_domain().to_owned() })
}

/// Time at which the channel last read a calendar of ours with a night taken at `taken_at`.
fn exported(feed: &Feed, taken_at: Timestamp) -> Option<Timestamp> {
    feed.fetched_at.filter(|at| *at >= taken_at)
}

/// Stored state of a channel; an unreadable one is a fresh start: the next reading closes all.
fn state_of(feed: &Feed) -> ChannelState {
    serde_json::from_str(&feed.state).unwrap_or_default()
}

/// The pause with a jitter of a tenth, so that calendars are not all read at the same moment.
fn jittered(pause: SignedDuration, jitter: f64) -> SignedDuration {
    pause.mul_f64(0.9 + jitter / 5.0)
}

/// The calendar for the channel with this secret, with its id. [`Error::NotFound`] for an unknown secret; a
/// failure is an error, never an empty calendar.
pub async fn export(app: &App, secret: String) -> Result<(FeedId, String), Error> {
    let context = Arc::clone(&app.context);
    app.store
        .read(move |tx| {
            let reader = feeds::find_by_token(tx, &secret)?.ok_or(Error::NotFound)?;
            let today = context.moment(tx).today();
            let from = today.saturating_sub(EXPORT_BACK_DAYS.days());
            let to = today.saturating_add(MONTHS_AHEAD.months());
            let ours = stays_of(&feeds::own_nights(tx, reader.cabin_id, from, to)?);
            let others = feeds::of_cabin(tx, reader.cabin_id)?;
            let states: Vec<ChannelState> = others.iter().map(state_of).collect();
            let channels: Vec<OtherChannel<'_>> = others
                .iter()
                .zip(&states)
                .map(|(other, state)| OtherChannel {
                    feed: other.id,
                    name: other.channel.code(),
                    state,
                    changed_at: other.changed_at.unwrap_or(other.created_at),
                })
                .collect();
            let events = write::events_for(reader.id, &ours, &channels);
            Ok((reader.id, write::export(&events, context.calendar_domain())))
        })
        .await
}

/// Consecutive nights of one holder, as one event.
fn stays_of(nights: &[feeds::OwnNight]) -> Vec<ExportEvent> {
    let mut events: Vec<(Holder, ExportEvent)> = Vec::new();
    for night in nights {
        let next = night.day.saturating_add(1.day());
        if let Some((holder, event)) = events.last_mut()
            && *holder == night.holder
            && event.end == night.day
        {
            event.end = next;
            continue;
        }
        let (key, source) = match night.holder {
            Holder::Reservation(id) => {
                (format!("reservation-{id}"), night.source.clone().unwrap_or_else(|| "directo".into()))
            }
            Holder::Block(id) => (format!("block-{id}"), "bloqueo".into()),
            Holder::Feed(_) => continue,
        };
        let event = ExportEvent {
            start: night.day,
            end: next,
            key,
            code: night.code.clone(),
            source,
            changed_at: night.changed_at,
        };
        events.push((night.holder, event));
    }
    events.into_iter().map(|(_, event)| event).collect()
}

fn note(tx: &mut WriteTx<'_>, by: &Actor, event: AuditEvent, feed: &Feed) -> Result<(), StoreError> {
    audit::note(tx, by, event, None, About::Cabin { cabin: feed.cabin_id })
}
