//! What a channel's calendar has that only the owner can know: listed and told once, by cause, with what to do.

use super::{AppContext, Error, notify, stay_view};
use crate::calendars::Problem;
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, FeedCause, FeedCheck};
use crate::domain::ids::{FeedId, ReservationId};
use crate::store::feeds::Feed;
use crate::store::{Read, StoreError, WriteTx, attention};
use jiff::{Timestamp, civil::Date};

const KIND: AttentionKind = AttentionKind::CalendarCheck;
/// Problems named in one message; the rest is summed up.
const PROBLEMS_TOLD: usize = 3;

/// One matter of a channel's calendar.
pub(super) struct Check {
    pub(super) cause: FeedCause,
    /// What tells it from another of the same cause.
    pub(super) about: String,
    /// The code of a booking or the name of another channel.
    pub(super) code: String,
    pub(super) nights: Vec<Date>,
    pub(super) words: String,
    pub(super) reservation: Option<ReservationId>,
}

impl Check {
    pub(super) fn of(cause: FeedCause, nights: Vec<Date>) -> Check {
        let about = nights.last().map(Date::to_string).unwrap_or_default();
        Check { cause, about, code: String::new(), nights, words: String::new(), reservation: None }
    }
}

fn subject(feed: FeedId, cause: FeedCause, about: &str) -> String {
    format!("{feed}:{}:{about}", <&str>::from(cause))
}

/// Lists a matter and tells it, if it was never told before. What comes anew with each stay is told each time.
pub(super) fn raise(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    feed: &Feed,
    check: Check,
) -> Result<(), Error> {
    if !check.cause.comes_anew() && was_told(tx, feed.id, check.cause, &check.about)? {
        return Ok(());
    }
    let subject = subject(feed.id, check.cause, &check.about);
    let Check { cause, code, nights, words, reservation, .. } = check;
    let check = FeedCheck { channel: feed.channel.to_string(), cause, code, nights, words };
    let new = attention::New {
        reservation_id: reservation,
        ..attention::New::of(AttentionItem::CalendarCheck(check.clone()), &subject)
    };
    if attention::raise(tx, &new)? {
        let cabin = stay_view::cabin_name(tx, feed.cabin_id)?;
        notify::owner(tx, context, &Notice::CalendarCheck { cabin, channel: feed.channel.label(), check })?;
    }
    Ok(())
}

/// Whether a matter was ever told.
pub(super) fn was_told(
    tx: &impl Read,
    feed: FeedId,
    cause: FeedCause,
    about: &str,
) -> Result<bool, StoreError> {
    attention::was_raised(tx, KIND, &subject(feed, cause, about), Timestamp::UNIX_EPOCH)
}

/// Ends a matter whose cause went away; `about` as it was raised.
pub(super) fn settle(
    tx: &mut WriteTx<'_>,
    feed: FeedId,
    cause: FeedCause,
    about: &str,
) -> Result<(), StoreError> {
    attention::settle(tx, KIND, &subject(feed, cause, about))
}

/// Ends every matter of a channel that is gone.
pub(super) fn settle_all(tx: &mut WriteTx<'_>, feed: FeedId) -> Result<(), StoreError> {
    attention::settle_all(tx, KIND, &format!("{feed}:"))
}

/// When a person last said of this channel that several stays are really gone.
pub(super) fn agreed_at(tx: &impl Read, feed: FeedId) -> Result<Option<Timestamp>, StoreError> {
    attention::resolved_by_a_person(tx, KIND, &subject(feed, FeedCause::Vanished, ""))
}

/// Tells what could not be read in a calendar, once for the same parts.
pub(super) fn unread(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    feed: &Feed,
    problems: &[Problem],
) -> Result<(), Error> {
    let mut words: Vec<String> =
        problems.iter().filter(|problem| problem.what.matters()).map(|p| p.what.for_owner()).collect();
    words.dedup();
    if words.is_empty() {
        return Ok(());
    }
    let more = words.len().saturating_sub(PROBLEMS_TOLD);
    words.truncate(PROBLEMS_TOLD);
    let mut words = words.join(" ");
    if more > 0 {
        words.push_str(&format!(" Y {more} más."));
    }
    raise(
        tx,
        context,
        feed,
        Check { about: words.clone(), words, ..Check::of(FeedCause::Unread, Vec::new()) },
    )
}
