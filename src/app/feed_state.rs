//! What is known of a channel, as it is stored, and its holders in the words of `calendars`.

use super::feed_checks::{self, Check};
use super::{AppContext, Error};
use crate::calendars::echo::{Given, Repeats, Source};
use crate::calendars::merge::{self, OwnNights};
use crate::calendars::write::OwnIds;
use crate::calendars::{ChannelState, Kind};
use crate::domain::attention::FeedCause;
use crate::domain::ids::CabinId;
use crate::domain::stay::Stay;
use crate::store::feeds::{self, Feed};
use crate::store::nights::{self, Holder};
use crate::store::{Read, WriteTx, codec::to_json, given_nights, settings};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// Horizon of imported nights; the reader's own horizon.
pub(super) const MONTHS_AHEAD: i32 = 24;
/// Stored state of a channel; an unreadable one is a fresh start: the next reading closes all.
pub(super) fn state_of(feed: &Feed) -> ChannelState {
    serde_json::from_str(&feed.state).unwrap_or_default()
}

/// Gives up the nights of a stay that the owner may always take: those that a channel closes by its own rules, and
/// those of a former stay that it can only repeat.
pub(super) fn give_up_to_owner(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    cabin: CabinId,
    stay: Stay,
) -> Result<(), Error> {
    let (now, today) = (tx.now(), context.moment(tx).today());
    for feed in feeds::of_cabin(tx, cabin)? {
        let state = state_of(&feed);
        let kinds: Vec<(Date, Kind)> = state
            .nights
            .range(stay.check_in()..stay.check_out())
            .map(|(night, record)| (*night, record.kind))
            .collect();
        let repeated = if kinds.iter().any(|(_, kind)| *kind == Kind::Releasing) {
            merge::only_repeated(&state, &own_nights(tx, context, &feed, today)?, now, today)
        } else {
            Vec::new()
        };
        for (night, _) in kinds.iter().filter(|(night, kind)| kind.is_rule() || repeated.contains(night)) {
            nights::free_feed_night(tx, cabin, *night, feed.id)?;
        }
    }
    Ok(())
}

/// Passes on nights of a cabin that came free: a channel gets those that its calendar says are taken there.
pub(super) fn hand_over(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    cabin: CabinId,
    (from, to): (Date, Date),
) -> Result<(), Error> {
    judge_again(tx, context, cabin, (from, to))?;
    nights::hand_to_feeds(tx, cabin, from, to)?;
    Ok(())
}

/// Judges again what channels repeat of nights that came free, by their last readings.
///
/// A sale under a neutral label looks like the echo of whoever had the night here. It waits for no reading: the night
/// may be booked before.
pub(super) fn judge_again(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    cabin: CabinId,
    (from, to): (Date, Date),
) -> Result<(), Error> {
    let (now, today) = (tx.now(), context.moment(tx).today());
    for feed in feeds::of_cabin(tx, cabin)? {
        let known = state_of(&feed);
        if known.echoes.range(from..to).next().is_none() {
            continue;
        }
        let step =
            merge::step_released(&known, &own_nights(tx, context, &feed, today)?, (from, to), now, today);
        for change in step.added.iter().chain(&step.relabelled) {
            show_night(tx, &feed, change.night, change.kind)?;
        }
        if !step.freed.is_empty() {
            feed_checks::raise(tx, context, &feed, Check::of(FeedCause::StillRepeated, step.freed))?;
        }
        feeds::set_state(tx, feed.id, &to_json(&step.next))?;
    }
    Ok(())
}

/// Closes a channel's night here, unless it is of a rule that the owner does not follow.
pub(super) fn show_night(tx: &mut WriteTx<'_>, feed: &Feed, night: Date, kind: Kind) -> Result<(), Error> {
    if kind.is_rule() && !feed.rules_close {
        feeds::open_night(tx, feed, night)?;
    } else {
        feeds::close_night(tx, feed, night, kind.is_soft())?;
    }
    Ok(())
}

/// What is known here of the cabin's nights, apart from this channel's own. A reservation that this channel sold is its
/// own.
pub(super) fn own_nights(
    tx: &impl Read,
    context: &AppContext,
    feed: &Feed,
    today: Date,
) -> Result<OwnNights, Error> {
    let to = today.saturating_add(MONTHS_AHEAD.months());
    let (mut nights, mut repeated) = (BTreeMap::new(), BTreeMap::<Date, Vec<Repeats>>::new());
    for other in feeds::of_cabin(tx, feed.cabin_id)?.iter().filter(|other| other.id != feed.id) {
        let state = state_of(other);
        for (night, since) in state.repeated() {
            let repeats = Repeats { feed: other.id, since, at: other.last_read() };
            repeated.entry(night).or_default().push(repeats);
        }
        let held = state.nights.into_iter();
        nights.extend(
            held.map(|(night, record)| (night, merge::Holder::Feed { feed: other.id, kind: record.kind })),
        );
    }
    for own in feeds::own_nights(tx, feed.cabin_id, today, to)? {
        let holder = match own.holder {
            Holder::Reservation(_) if own.is_sold_by(feed) => continue,
            Holder::Reservation(id) => merge::Holder::Reservation(id),
            Holder::Block(id) => merge::Holder::Block(id),
            Holder::Feed(_) => continue,
        };
        nights.insert(own.day, holder);
    }
    let mut given: BTreeMap<Date, Vec<Given>> = BTreeMap::new();
    for night in given_nights::of_cabin(tx, feed.cabin_id, today)? {
        let source = source_of(night.holder);
        let of_day = Given { reader: night.reader, source, from: night.from, until: night.until };
        given.entry(night.day).or_default().push(of_day);
    }
    Ok(OwnNights {
        reader: feed.id,
        is_first: feed.read_whole_at.is_none(),
        nights,
        given,
        repeated,
        ids: OwnIds::of(feed.cabin_id, &context.export_domain()),
        agreed_at: feed_checks::agreed_at(tx, feed.id)?,
        release_after: settings::load(tx)?.0.calendar_release_time(),
    })
}

/// The same holder in the words of `calendars`.
pub(super) fn source_of(holder: Holder) -> Source {
    match holder {
        Holder::Reservation(id) => Source::Reservation(id),
        Holder::Block(id) => Source::Block(id),
        Holder::Feed(id) => Source::Feed(id),
    }
}

/// The same holder in the words of the store.
pub(super) fn holder_of(source: Source) -> Holder {
    match source {
        Source::Reservation(id) => Holder::Reservation(id),
        Source::Block(id) => Holder::Block(id),
        Source::Feed(id) => Holder::Feed(id),
    }
}
