//! Nights that a channel and somebody else have: which booking gives way, and what the owner is told.

use super::feed_checks::{self, Check};
use super::{AppContext, Error, notify, stay_view};
use crate::calendars::Kind;
use crate::calendars::echo::Source;
use crate::calendars::merge::{self, Conflict};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, FeedCause, SoldTwice};
use crate::domain::ids::{FeedId, ReservationId};
use crate::domain::stay::Stay;
use crate::store::feeds::{self, Feed};
use crate::store::{Read, WriteTx, attention, payments};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// Nights of ours and new ones that the channel shows as one: a sale of its own, or closed there beside ours.
pub(super) fn tell_beyond(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    feed: &Feed,
    beyond: &merge::Beyond,
) -> Result<(), Error> {
    let Source::Reservation(id) = beyond.holder else { return Ok(()) };
    let reservation = stay_view::load(tx, id)?;
    let check = Check {
        code: reservation.code.to_string(),
        reservation: Some(id),
        ..Check::of(FeedCause::Beyond, beyond.nights.clone())
    };
    feed_checks::raise(tx, context, feed, check)
}

/// Nights that the channel has certainly sold and that another channel sold too, or that the owner had closed.
pub(super) fn sold_elsewhere_too(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    feed: &Feed,
    conflicts: &[Conflict],
) -> Result<(), Error> {
    let mut by_cause: BTreeMap<Option<FeedId>, Vec<Date>> = BTreeMap::new();
    for conflict in conflicts {
        match conflict.holder {
            merge::Holder::Feed { feed, .. } => by_cause.entry(Some(feed)).or_default().push(conflict.night),
            merge::Holder::Block(_) => by_cause.entry(None).or_default().push(conflict.night),
            merge::Holder::Reservation(_) => {}
        }
    }
    for (other, nights) in by_cause {
        let other = other.map(|id| feeds::find(tx, id)).transpose()?.flatten();
        let check = match other {
            // Told once, by the channel that was added later.
            Some(other) if feed.id < other.id => continue,
            Some(other) => Check { code: other.channel.label(), ..Check::of(FeedCause::SoldByTwo, nights) },
            None => Check::of(FeedCause::SoldBlocked, nights),
        };
        feed_checks::raise(tx, context, feed, check)?;
    }
    Ok(())
}

/// Whether a reservation ends because of a channel's night: a hold does for a sale, and for a merely closed night only
/// while no money came or may be on its way.
pub(super) fn gives_way(tx: &impl Read, id: ReservationId, kind: Kind) -> Result<bool, Error> {
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
pub(super) fn raise_conflicts(
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
