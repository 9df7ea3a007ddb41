//! Channels that read our calendars: one that stops goes on selling nights that we have sold, and nothing
//! else would tell.

use super::exports::Export;
use super::feed_checks::{self, Check};
use super::{App, AppContext, Error, notify, stay_view};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, FeedCause, NotReading};
use crate::domain::channel::KnownChannel;
use crate::store::feeds::{self, ExportReader, Feed};
use crate::store::{Read, WriteTx, attention, given_nights};
use jiff::SignedDuration;
use std::sync::Arc;

/// Attention kind; its subject is the channel's id.
const ATTENTION: AttentionKind = AttentionKind::ChannelNotReading;
/// Booking sites that read often: Airbnb every two or three hours, Booking.com every one or two, Vrbo within
/// six.
const BOOKING_SITES: [KnownChannel; 3] = [KnownChannel::Airbnb, KnownChannel::Booking, KnownChannel::Vrbo];
/// Longest silence of such a site: three of Airbnb's longest pauses, and half again as long as Vrbo's.
const SITE_SILENCE_MAX: SignedDuration = SignedDuration::from_hours(9);
/// Longest silence of any other reader: calendar programs read once or twice a day, and may skip one.
const OTHER_SILENCE_MAX: SignedDuration = SignedDuration::from_hours(48);
/// Time in which a new channel should have read us once.
const FIRST_READING_WITHIN: SignedDuration = SignedDuration::from_hours(24);
/// Longest name of a reader's program that is stored.
const PROGRAM_MAX: usize = 60;

/// Records that a channel read us, with which program and what it was given; ends its silence if there was one.
pub async fn note(app: &App, export: &Export, program: &str) -> Result<(), Error> {
    let (id, given, context) = (export.feed, export.given.clone(), Arc::clone(&app.context));
    let (tag, changed_at) = (export.tag.clone(), export.changed_at);
    let program: String = program.chars().filter(|c| !c.is_control()).take(PROGRAM_MAX).collect();
    app.store
        .write(move |tx| {
            feeds::fetched(tx, id, &program, &tag, changed_at)?;
            feed_checks::settle(tx, id, FeedCause::NeverRead, "")?;
            given_nights::record(tx, id, context.moment(tx).today(), &given)?;
            Ok(attention::settle(tx, ATTENTION, &id.to_string())?)
        })
        .await
}

/// Opens an attention item for each channel that used to read us and has stopped: one per silence, so that a
/// dismissed one does not come back; and one for each that has not read us in its first day.
pub async fn look(app: &App) -> Result<(), Error> {
    let (silent, never) = app.store.read(|tx| Ok::<_, Error>((newly_silent(tx)?, never_read(tx)?))).await?;
    if silent.is_empty() && never.is_empty() {
        return Ok(());
    }
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            // Checked again in the transaction: it may have read us just now.
            for reader in newly_silent(tx)? {
                notify_owner_of(tx, &context, reader)?;
            }
            for feed in never_read(tx)? {
                let check = Check { about: String::new(), ..Check::of(FeedCause::NeverRead, Vec::new()) };
                feed_checks::raise(tx, &context, &feed, check)?;
            }
            Ok(())
        })
        .await
}

fn notify_owner_of(tx: &mut WriteTx<'_>, context: &AppContext, reader: ExportReader) -> Result<(), Error> {
    let silent = AttentionItem::ChannelNotReading(NotReading { channel: reader.channel.to_string() });
    if attention::raise(tx, &attention::New::of(silent, &reader.id.to_string()))? {
        let cabin = stay_view::cabin_name(tx, reader.cabin_id)?;
        let hours = tx.now().duration_since(reader.read_at).as_hours();
        let hours = u32::try_from(hours).unwrap_or(u32::MAX);
        notify::owner(tx, context, &Notice::ReaderSilent { cabin, channel: reader.channel.label(), hours })?;
    }
    Ok(())
}

/// Channels that we read, that have not read us in their first day, and of which that was not told yet.
fn never_read(tx: &impl Read) -> Result<Vec<Feed>, Error> {
    let mut found = Vec::new();
    for feed in feeds::list(tx)? {
        let is_due = !feed.url.is_empty()
            && feed.fetched_at.is_none()
            && FIRST_READING_WITHIN <= tx.now().duration_since(feed.created_at);
        if is_due && !feed_checks::was_told(tx, feed.id, FeedCause::NeverRead, "")? {
            found.push(feed);
        }
    }
    Ok(found)
}

fn newly_silent(tx: &impl Read) -> Result<Vec<ExportReader>, Error> {
    let mut found = Vec::new();
    // No reader's limit is shorter than a site's.
    for reader in feeds::not_reading_since(tx, tx.now() - SITE_SILENCE_MAX)? {
        let site = reader.channel.known().is_some_and(|channel| BOOKING_SITES.contains(&channel));
        let patience = if site { SITE_SILENCE_MAX } else { OTHER_SILENCE_MAX };
        if tx.now().duration_since(reader.read_at) >= patience
            && !attention::was_raised(tx, ATTENTION, &reader.id.to_string(), reader.read_at)?
        {
            found.push(reader);
        }
    }
    Ok(found)
}
