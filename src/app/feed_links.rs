//! Links of channels that can't be meant: one of ours, and one that another channel has too. They are read as any other,
//! and the owner is told.

use super::feed_checks::{self, Check};
use super::{AppContext, Error, stay_view};
use crate::domain::attention::FeedCause;
use crate::store::feeds::{self, Feed};
use crate::store::{Read, StoreError, WriteTx};

/// Tells what is wrong with a channel's new link.
pub(super) fn check(tx: &mut WriteTx<'_>, context: &AppContext, feed: &Feed) -> Result<(), Error> {
    let of = |cause, code| Check { about: String::new(), code, ..Check::of(cause, Vec::new()) };
    if is_ours(tx, &feed.url)? {
        feed_checks::raise(tx, context, feed, of(FeedCause::OwnLink, String::new()))?;
    }
    if let Some(other) = twin(&feeds::list(tx)?, feed) {
        let cabin = stay_view::cabin_name(tx, other.cabin_id)?;
        let code = format!("{} ({cabin})", other.channel.label());
        feed_checks::raise(tx, context, feed, of(FeedCause::SameLink, code))?;
    }
    Ok(())
}

/// Ends what was told of links that are right by now, of any channel: each of two with one link may be the one to change.
pub(super) fn settle(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    let all = feeds::list(tx)?;
    for feed in &all {
        if !is_ours(tx, &feed.url)? {
            feed_checks::settle(tx, feed.id, FeedCause::OwnLink, "")?;
        }
        if twin(&all, feed).is_none() {
            feed_checks::settle(tx, feed.id, FeedCause::SameLink, "")?;
        }
    }
    Ok(())
}

/// Another channel, of any cabin, with the same link.
fn twin<'f>(all: &'f [Feed], feed: &Feed) -> Option<&'f Feed> {
    let link = place(&feed.url);
    all.iter().find(|other| !link.is_empty() && other.id != feed.id && place(&other.url) == link)
}

/// Whether a link is of a calendar of ours, under whatever name this server is reached.
fn is_ours(tx: &impl Read, link: &str) -> Result<bool, StoreError> {
    let place = place(link);
    let secret = place.split_once("/ical/").and_then(|(_, file)| file.split_once(".ics"));
    Ok(match secret {
        Some((secret, _)) => feeds::find_by_token(tx, secret)?.is_some(),
        None => false,
    })
}

/// A link without what differs between two ways of writing it: scheme, case of the host, fragment.
fn place(link: &str) -> String {
    let link = link.trim();
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    format!("{}{path}", host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_same_however_it_is_written() {
        let one = place("https://Example.com/ical/Abc.ics?s=1");
        for same in ["webcal://example.com/ical/Abc.ics?s=1", " http://EXAMPLE.com/ical/Abc.ics?s=1#top "] {
            assert_eq!(place(same), one, "{same}");
        }
        for other in ["https://example.com/ical/abc.ics?s=1", "https://example.com/ical/Abc.ics?s=2", ""] {
            assert_ne!(place(other), one, "{other}");
        }
    }
}
