//! Whether a night that a channel shows as taken is its own, or one of ours that came back.
//!
//! Sites and tools repeat the calendars they import: directly, through a tool in between, or through a second site. So
//! what each channel was given to read is on record ([`Given`]), night by night, since sites merge, split and cut
//! ranges, and by its holder, since the nights of a cancelled booking may be sold again.
//!
//! | the night is shown | and was given | verdict |
//! |---|---|---|
//! | under a guest's name or the site's own word of sale | – | [`Verdict::Sale`] |
//! | with an id of ours, of this cabin | its holder is as then | [`Verdict::Echo`] |
//! | with an id of ours, of this cabin | its holder is gone | [`Verdict::Former`] |
//! | with a neutral label | to any channel, before it was first shown, by its holder of today | [`Verdict::Echo`] |
//! | the same | but the channel had read of its end ([`LAG`] ago, another one) when it was first shown | as if never |
//! | with a neutral label | to this channel, by a holder that is gone, and it has not read of the end | [`Verdict::Former`] |
//! | the same | it read of the end, and so did another that shows it too: they repeat each other | [`Verdict::Former`] |
//! | the same | it read of the end before it was first shown | [`Verdict::Theirs`] |
//! | the same | it read of the end hours ago ([`REFRESH`]) and no other channel shows it | [`Verdict::Theirs`] |
//! | the same | it read of the end otherwise | [`Verdict::Unclear`] |
//! | with a neutral label | only to others, of which one has it still or had it up to [`LAG`] ago | [`Verdict::Unclear`] |
//! | with a neutral label | otherwise | [`Verdict::Theirs`] |
//!
//! Only a channel that must still believe a night to be ours can't have sold it. One that may know better, from us or
//! from whoever tells it of us, may have sold it since: under a neutral label a sale looks like the echo before it. Such
//! a night stays closed until it goes, or until nothing but a sale explains it.
//!
//! Our own label is neutral wherever it comes back from. A night shown for the first time counts as first shown now.

use crate::domain::ids::{BlockId, FeedId, ReservationId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a night may take from our calendar through tools and sites back to us: twice the slowest refresh published.
pub const LAG: SignedDuration = SignedDuration::from_hours(48);

/// How long after a reading of ours a site may still show what it read before.
pub const REFRESH: SignedDuration = SignedDuration::from_hours(6);

/// Who has a night here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Source {
    Reservation(ReservationId),
    Block(BlockId),
    /// Another channel's night, which is passed on.
    Feed(FeedId),
}

/// A night that a channel was given to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    pub reader: FeedId,
    pub source: Source,
    /// The first reading with it.
    pub from: Timestamp,
    /// The first reading without it; `None` while the last one had it.
    pub until: Option<Timestamp>,
}

/// A night as a channel shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown<'a> {
    /// By the label: a guest's name or the site's own word of sale.
    pub is_sale: bool,
    /// With an id of ours, of this cabin.
    pub own_id: bool,
    /// Since when it is shown without a break.
    pub since: Timestamp,
    /// Others that repeat it too: they may do so from each other.
    pub elsewhere: &'a [Repeats],
    pub now: Timestamp,
}

/// Another channel that repeats a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeats {
    pub feed: FeedId,
    /// Since when without a break.
    pub since: Timestamp,
    /// When its calendar was last read.
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Certainly sold there.
    Sale,
    /// Sold or closed there.
    Theirs,
    /// Ours, repeated.
    Echo,
    /// Repeated, no longer ours, and not sold there.
    Former,
    /// Repeated and no longer ours, or sold there since.
    Unclear,
}

/// Judges one night of `reader`. `holder` is who has it here now, apart from the reader itself.
pub fn judge(shown: Shown<'_>, reader: FeedId, holder: Option<Source>, given: &[Given]) -> Verdict {
    let of_holder = |given: &Given| Some(given.source) == holder;
    if shown.own_id {
        return if given.iter().any(of_holder) { Verdict::Echo } else { Verdict::Former };
    }
    if shown.is_sale {
        return Verdict::Sale;
    }
    let record = Record { given, reader };
    let lasts = |given: &Given| {
        let longest = if given.reader == reader { SignedDuration::ZERO } else { LAG };
        given.until.is_none_or(|end| shown.since < later(end, longest))
    };
    if record.before(shown.since).any(|given| of_holder(given) && lasts(given)) {
        return Verdict::Echo;
    }
    if record.was_told(reader, shown.since) {
        match record.end(reader) {
            None => Verdict::Former,
            Some(end) if end <= shown.since => Verdict::Theirs,
            Some(_) if record.is_loop(shown) => Verdict::Former,
            Some(end) if shown.elsewhere.is_empty() && later(end, REFRESH) <= shown.now => Verdict::Theirs,
            Some(_) => Verdict::Unclear,
        }
    } else if record.is_loop(shown) {
        Verdict::Former
    } else {
        let is_slow = |given: &Given| record.end(given.reader).is_none_or(|end| shown.now < later(end, LAG));
        if record.before(shown.since).any(is_slow) { Verdict::Unclear } else { Verdict::Theirs }
    }
}

fn later(instant: Timestamp, wait: SignedDuration) -> Timestamp {
    instant.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

/// What the channels of a cabin were given of one night, apart from what they were told of the reader's own.
struct Record<'a> {
    given: &'a [Given],
    reader: FeedId,
}

impl Record<'_> {
    fn all(&self) -> impl Iterator<Item = &Given> {
        self.given.iter().filter(|given| given.source != Source::Feed(self.reader))
    }

    fn before(&self, since: Timestamp) -> impl Iterator<Item = &Given> {
        self.all().filter(move |given| given.from <= since)
    }

    fn was_told(&self, feed: FeedId, since: Timestamp) -> bool {
        self.before(since).any(|given| given.reader == feed)
    }

    /// When a channel read that the night is nobody's any more; `None` while it has it from us, from whomever.
    fn end(&self, feed: FeedId) -> Option<Timestamp> {
        let ends = self.all().filter(|given| given.reader == feed).map(|given| given.until);
        ends.max_by_key(|end| end.unwrap_or(Timestamp::MAX)).flatten()
    }

    /// Whether the reader and another show the night since before its end was read, and go on although none of them can
    /// be what it is by an old reading of ours.
    fn is_loop(&self, shown: Shown<'_>) -> bool {
        let first_end = self.before(shown.since).filter_map(|given| self.end(given.reader)).min();
        let is_old = |feed: FeedId, since: Timestamp| {
            let end = if self.was_told(feed, since) { self.end(feed) } else { first_end };
            end.is_some_and(|end| since < end)
        };
        let knows = |feed: FeedId, at: Timestamp| self.end(feed).is_some_and(|end| later(end, REFRESH) <= at);
        let reads_us = |feed: FeedId| self.all().any(|given| given.reader == feed);
        let could_know = |feed: FeedId, at: Timestamp| !reads_us(feed) || knows(feed, at);
        let here = self.reader;
        is_old(here, shown.since)
            && could_know(here, shown.now)
            && shown.elsewhere.iter().any(|other| {
                is_old(other.feed, other.since)
                    && could_know(other.feed, other.at)
                    && (knows(here, shown.now) || knows(other.feed, other.at))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: FeedId = FeedId(1);
    const OTHER: FeedId = FeedId(2);
    const GUEST: Source = Source::Reservation(ReservationId(7));
    const NEXT_GUEST: Source = Source::Reservation(ReservationId(8));

    fn hour(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    fn given(reader: FeedId, source: Source, from: i64, until: Option<i64>) -> Given {
        Given { reader, source, from: hour(from), until: until.map(hour) }
    }

    fn closed_since(since: i64) -> Shown<'static> {
        Shown { is_sale: false, own_id: false, since: hour(since), elsewhere: &[], now: hour(since) }
    }

    #[test]
    fn each_night_is_judged_by_what_the_channels_were_given() {
        let repeats = [given(SITE, GUEST, 10, None)];
        let through_a_tool = [given(OTHER, GUEST, 10, None)];
        let ended = [given(SITE, GUEST, 10, Some(20))];
        let ended_elsewhere = [given(OTHER, GUEST, 10, Some(20))];
        let block = Source::Block(BlockId(3));
        let theirs_passed_on = [given(OTHER, Source::Feed(SITE), 10, None)];
        let of_the_other = [given(SITE, Source::Feed(OTHER), 10, None)];
        let sale = |since| Shown { is_sale: true, ..closed_since(since) };
        let still = |since, now| Shown { now: hour(now), ..closed_since(since) };
        let both = [given(SITE, GUEST, 10, Some(20)), given(SITE, NEXT_GUEST, 20, None)];
        let next_elsewhere = [given(OTHER, GUEST, 10, Some(20)), given(OTHER, NEXT_GUEST, 20, None)];
        let own_id = |since| Shown { own_id: true, ..sale(since) };
        for (why, shown, holder, given, verdict) in [
            ("it repeats what it read", closed_since(11), Some(GUEST), &repeats[..], Verdict::Echo),
            ("it reads and repeats in one moment", closed_since(10), Some(GUEST), &repeats, Verdict::Echo),
            ("closed there before we sold it", closed_since(9), Some(GUEST), &repeats, Verdict::Theirs),
            ("a tool told it", closed_since(11), Some(GUEST), &through_a_tool, Verdict::Echo),
            ("nobody was told", closed_since(11), Some(GUEST), &[], Verdict::Theirs),
            ("sold there before the guest came back", closed_since(21), Some(GUEST), &ended, Verdict::Theirs),
            ("the same through a tool", closed_since(67), Some(GUEST), &ended_elsewhere, Verdict::Echo),
            ("too slow for a tool", closed_since(68), Some(GUEST), &ended_elsewhere, Verdict::Theirs),
            ("a guest by name is a sale", sale(11), Some(GUEST), &repeats, Verdict::Sale),
            ("our id is ours under any label", own_id(11), Some(GUEST), &repeats, Verdict::Echo),
            ("our id of a booking that is gone", own_id(11), None, &ended, Verdict::Former),
            ("the same, with another", own_id(11), Some(NEXT_GUEST), &ended, Verdict::Former),
            ("it still shows what is cancelled", closed_since(11), None, &repeats, Verdict::Former),
            ("the same with the next guest", closed_since(11), Some(NEXT_GUEST), &repeats, Verdict::Former),
            ("the same, told of the next guest", still(11, 90), Some(NEXT_GUEST), &both, Verdict::Former),
            ("it read of the end and may have sold it", still(11, 25), None, &ended, Verdict::Unclear),
            ("the same for hours", still(11, 26), None, &ended, Verdict::Theirs),
            ("a slow tool, or a sale", closed_since(21), None, &ended_elsewhere, Verdict::Unclear),
            ("the same, shown since before", still(11, 67), None, &ended_elsewhere, Verdict::Unclear),
            ("the tool has not heard of the end", still(11, 90), None, &through_a_tool, Verdict::Unclear),
            (
                "the tool was told of the next guest",
                still(11, 90),
                Some(NEXT_GUEST),
                &next_elsewhere,
                Verdict::Unclear,
            ),
            ("no tool is so slow", still(11, 68), None, &ended_elsewhere, Verdict::Theirs),
            ("the same, shown late", closed_since(70), None, &ended_elsewhere, Verdict::Theirs),
            ("closed anew after it read of the end", closed_since(21), None, &ended, Verdict::Theirs),
            ("the same with the next guest", closed_since(21), Some(NEXT_GUEST), &ended, Verdict::Theirs),
            (
                "the owner's block, repeated",
                closed_since(11),
                Some(block),
                &[given(SITE, block, 10, None)],
                Verdict::Echo,
            ),
            (
                "another channel's night, repeated",
                closed_since(11),
                Some(Source::Feed(OTHER)),
                &of_the_other,
                Verdict::Echo,
            ),
            ("the other channel's night is gone", closed_since(11), None, &of_the_other, Verdict::Former),
            (
                "its own night, of which others know",
                closed_since(11),
                None,
                &theirs_passed_on,
                Verdict::Theirs,
            ),
        ] {
            assert_eq!(judge(shown, SITE, holder, given), verdict, "{why}");
        }
    }

    #[test]
    fn two_that_repeat_each_other_are_known_when_both_know_of_the_end() {
        let both_ended = [given(SITE, GUEST, 10, Some(20)), given(OTHER, GUEST, 10, Some(22))];
        let one_ended = [given(SITE, GUEST, 10, Some(20)), given(OTHER, GUEST, 10, None)];
        let other_reads_us_not = [given(SITE, GUEST, 10, Some(20))];
        let site_reads_us_not = [given(OTHER, GUEST, 10, Some(20))];
        let neither = [given(FeedId(3), GUEST, 10, Some(20))];
        for (why, since, (other_since, other_at), now, given, verdict) in [
            ("both know", 11, (12, 28), 28, &both_ended[..], Verdict::Former),
            ("for long", 11, (12, 90), 90, &both_ended, Verdict::Former),
            ("the other was read before it knew", 11, (12, 27), 90, &both_ended, Verdict::Unclear),
            ("the other does not know", 11, (12, 90), 90, &one_ended, Verdict::Unclear),
            ("the other is told by this one alone", 11, (12, 26), 26, &other_reads_us_not, Verdict::Former),
            ("this one is told by the other alone", 11, (12, 26), 26, &site_reads_us_not, Verdict::Former),
            ("shown here after the end", 21, (12, 26), 26, &site_reads_us_not, Verdict::Unclear),
            ("shown there after the end", 11, (21, 26), 26, &other_reads_us_not, Verdict::Unclear),
            ("both are told by a third", 11, (12, 60), 60, &neither, Verdict::Unclear),
        ] {
            let other = [Repeats { feed: OTHER, since: hour(other_since), at: hour(other_at) }];
            let shown = Shown { elsewhere: &other, now: hour(now), ..closed_since(since) };
            assert_eq!(judge(shown, SITE, None, given), verdict, "{why}");
        }
    }
}
