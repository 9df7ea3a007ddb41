//! Our calendars: one for each channel of a cabin, with every night but the channel's own.

use super::feed_state::{MONTHS_AHEAD, holder_of, source_of, state_of};
use super::{App, Error, stay_view};
use crate::calendars::ChannelState;
use crate::calendars::write::{self, ExportEvent, OtherChannel, OwnIds, Presentation};
use crate::domain::ids::FeedId;
use crate::store::nights::Holder;
use crate::store::{Read, feeds, settings};
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use ring::digest::{SHA256, digest};
use std::sync::Arc;

/// Hex digits of a calendar's digest.
const TAG_DIGITS: usize = 32;
/// Days of past stays in an exported calendar: a channel does not need the past.
const EXPORT_BACK_DAYS: i64 = 1;

/// A calendar of ours for one channel.
pub struct Export {
    pub feed: FeedId,
    pub text: String,
    /// A digest of the text.
    pub tag: String,
    /// Since when it is this text, as far as this channel can know: its first reading of it.
    pub changed_at: Timestamp,
    /// The channel has read it before.
    pub is_known: bool,
    /// The nights in it and who has them, to be recorded when it is read.
    pub(super) given: Vec<(Date, Holder)>,
}

/// The calendar for the channel with this secret. [`Error::NotFound`] for an unknown secret; a failure is an error,
/// never an empty calendar.
pub async fn export(app: &App, secret: String) -> Result<Export, Error> {
    let context = Arc::clone(&app.context);
    app.store
        .read(move |tx| {
            let reader = feeds::find_by_token(tx, &secret)?.ok_or(Error::NotFound)?;
            let today = context.moment(tx).today();
            let from = today.saturating_sub(EXPORT_BACK_DAYS.days());
            let to = today.saturating_add(MONTHS_AHEAD.months());
            let mut nights = feeds::own_nights(tx, reader.cabin_id, from, to)?;
            // What the channel itself sold it could never free again.
            nights.retain(|night| !night.is_sold_by(&reader));
            let ours = stays_of(&nights);
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
            let ids = OwnIds::of(reader.cabin_id, &context.export_domain());
            let given = events.iter().flat_map(nights_of).collect();
            let name = stay_view::cabin_name(tx, reader.cabin_id)?;
            let shows_source = settings::load(tx)?.0.calendar_shows_source;
            let text = write::export(&events, &ids, Presentation { name: &name, shows_source });
            let digits = HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref());
            let tag = digits[..TAG_DIGITS].to_owned();
            let changed_at = reader.export_changed_at.filter(|_| reader.export_tag == tag);
            let is_known = changed_at.is_some();
            // A date in HTTP has no parts of a second: two texts never share one.
            let next = reader
                .export_changed_at
                .map_or(tx.now(), |at| tx.now().max(at + SignedDuration::from_secs(1)));
            let changed_at = changed_at.unwrap_or(next);
            Ok(Export { feed: reader.id, text, tag, changed_at, is_known, given })
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
        let source = match night.holder {
            Holder::Reservation(_) => night.source.clone().unwrap_or_else(|| "directo".into()),
            Holder::Block(_) => "bloqueo".into(),
            Holder::Feed(_) => continue,
        };
        let event = ExportEvent {
            start: night.day,
            end: next,
            holder: source_of(night.holder),
            code: night.code.clone(),
            source,
            version: u32::try_from(night.version).unwrap_or(0),
            changed_at: night.changed_at,
        };
        events.push((night.holder, event));
    }
    events.into_iter().map(|(_, event)| event).collect()
}

fn nights_of(event: &ExportEvent) -> impl Iterator<Item = (Date, Holder)> + use<> {
    let (end, holder) = (event.end, holder_of(event.holder));
    event.start.series(1.day()).take_while(move |night| *night < end).map(move |night| (night, holder))
}
