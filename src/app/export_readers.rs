//! Who reads our calendars: a channel that stops doing so goes on selling nights that we have sold, and nothing
//! else would tell.

use super::{App, AppContext, Error, notify, stay_view};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, NotReading};
use crate::domain::channel::KnownChannel;
use crate::domain::ids::FeedId;
use crate::store::feeds::{self, ExportReader};
use crate::store::{Read, WriteTx, attention};
use jiff::SignedDuration;
use std::sync::Arc;

/// Its subject is the channel's id.
const ATTENTION: AttentionKind = AttentionKind::ChannelNotReading;
/// Sites that sell nights and read often: Airbnb every two or three hours, Booking.com every one or two, Vrbo
/// within six.
const BOOKING_SITES: [KnownChannel; 3] = [KnownChannel::Airbnb, KnownChannel::Booking, KnownChannel::Vrbo];
/// After so long without a reading such a site has stopped: three of Airbnb's longest pauses, and half again as
/// long as Vrbo's.
const SITE_SILENCE_MAX: SignedDuration = SignedDuration::from_hours(9);
/// Every other reader has: calendar programs come once or twice a day, and may leave one time out.
const OTHER_SILENCE_MAX: SignedDuration = SignedDuration::from_hours(48);
/// Longest name of a reader's program that we keep.
const PROGRAM_MAX: usize = 60;

/// Notes that a channel read us, and with which program; if it had stopped, that is over.
pub async fn note(app: &App, id: FeedId, program: &str) -> Result<(), Error> {
    let program: String = program.chars().filter(|c| !c.is_control()).take(PROGRAM_MAX).collect();
    app.store
        .write(move |tx| {
            feeds::fetched(tx, id, &program)?;
            Ok(attention::settle(tx, ATTENTION, &id.to_string())?)
        })
        .await
}

/// Opens an attention item for each channel that read us before and has stopped: one for each silence, so that what the
/// owner has put aside does not come back. A channel that never read us has not been set up yet.
pub async fn look(app: &App) -> Result<(), Error> {
    let silent = app.store.read(|tx| newly_silent(tx)).await?;
    if silent.is_empty() {
        return Ok(());
    }
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            // Asked again: it may have read us just now.
            for reader in newly_silent(tx)? {
                notify_owner_of(tx, &context, reader)?;
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

fn newly_silent(tx: &impl Read) -> Result<Vec<ExportReader>, Error> {
    let mut found = Vec::new();
    // Nobody may be silent for less than a site may.
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
