//! What is known of a channel, as it is stored, and its holders in the words of `calendars`.

use super::Error;
use crate::calendars::ChannelState;
use crate::calendars::echo::Source;
use crate::domain::ids::CabinId;
use crate::domain::stay::Stay;
use crate::store::WriteTx;
use crate::store::feeds::{self, Feed};
use crate::store::nights::{self, Holder};

/// Horizon of imported nights; the reader's own horizon.
pub(super) const MONTHS_AHEAD: i32 = 24;
/// Stored state of a channel; an unreadable one is a fresh start: the next reading closes all.
pub(super) fn state_of(feed: &Feed) -> ChannelState {
    serde_json::from_str(&feed.state).unwrap_or_default()
}

/// Gives up the nights of a stay that a channel closes by its own rules: the owner may always take them.
pub(super) fn give_up_rules(tx: &mut WriteTx<'_>, cabin: CabinId, stay: Stay) -> Result<(), Error> {
    for feed in feeds::of_cabin(tx, cabin)? {
        let state = state_of(&feed);
        let nights = state.nights.range(stay.check_in()..stay.check_out());
        for (night, _) in nights.filter(|(_, record)| record.kind.is_rule()) {
            nights::free_feed_night(tx, cabin, *night, feed.id)?;
        }
    }
    Ok(())
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
