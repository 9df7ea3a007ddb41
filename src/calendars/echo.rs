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
//! | with a neutral label | by a holder that is gone, up to [`LAG`] before it was first shown | [`Verdict::Former`] |
//! | the same, but this channel had read of the end before it was first shown | – | [`Verdict::Theirs`] |
//! | the same, but it read of the end hours ago ([`REFRESH`]) and no other channel shows it | – | [`Verdict::Theirs`] |
//! | with a neutral label | otherwise | [`Verdict::Theirs`] |
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
pub struct Shown {
    /// By the label: a guest's name or the site's own word of sale.
    pub is_sale: bool,
    /// With an id of ours, of this cabin.
    pub own_id: bool,
    /// Since when it is shown without a break.
    pub since: Timestamp,
    /// Another channel repeats it too: they may do so from each other.
    pub elsewhere: bool,
    pub now: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Certainly sold there.
    Sale,
    /// Sold or closed there.
    Theirs,
    /// Ours, repeated.
    Echo,
    /// Repeated, and no longer ours.
    Former,
}

/// Judges one night of `reader`. `holder` is who has it here now, apart from the reader itself.
pub fn judge(shown: Shown, reader: FeedId, holder: Option<Source>, given: &[Given]) -> Verdict {
    let of_holder = |given: &Given| Some(given.source) == holder;
    if shown.own_id {
        return if given.iter().any(of_holder) { Verdict::Echo } else { Verdict::Former };
    }
    if shown.is_sale {
        return Verdict::Sale;
    }
    let mut before =
        given.iter().filter(|given| given.from <= shown.since && given.source != Source::Feed(reader));
    if before.clone().any(of_holder) {
        return Verdict::Echo;
    }
    let was_told = before.clone().any(|given| given.reader == reader);
    // The last end that it read, when nothing of the night is left in what it was given.
    let end =
        given.iter().filter(|given| given.reader == reader).map(|given| given.until).max_by_key(|end| {
            // An open one is later than any.
            end.unwrap_or(Timestamp::MAX)
        });
    let knows_of_the_end = was_told
        && end.flatten().is_some_and(|end| {
            end <= shown.since
                || (!shown.elsewhere && end.saturating_add(REFRESH).is_ok_and(|end| end <= shown.now))
        });
    let is_recent = |given: &Given| {
        given.until.is_none_or(|end| end.saturating_add(LAG).is_ok_and(|end| shown.since < end))
    };
    if !knows_of_the_end && before.any(is_recent) { Verdict::Former } else { Verdict::Theirs }
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

    fn closed_since(since: i64) -> Shown {
        Shown { is_sale: false, own_id: false, since: hour(since), elsewhere: false, now: hour(since) }
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
        let still_elsewhere = |since, now| Shown { elsewhere: true, ..still(since, now) };
        let both = [given(SITE, GUEST, 10, Some(20)), given(SITE, NEXT_GUEST, 20, None)];
        let own_id = |since| Shown { own_id: true, ..sale(since) };
        for (why, shown, holder, given, verdict) in [
            ("it repeats what it read", closed_since(11), Some(GUEST), &repeats[..], Verdict::Echo),
            ("it reads and repeats in one moment", closed_since(10), Some(GUEST), &repeats, Verdict::Echo),
            ("closed there before we sold it", closed_since(9), Some(GUEST), &repeats, Verdict::Theirs),
            ("a tool told it", closed_since(11), Some(GUEST), &through_a_tool, Verdict::Echo),
            ("nobody was told", closed_since(11), Some(GUEST), &[], Verdict::Theirs),
            ("a guest by name is a sale", sale(11), Some(GUEST), &repeats, Verdict::Sale),
            ("our id is ours under any label", own_id(11), Some(GUEST), &repeats, Verdict::Echo),
            ("our id of a booking that is gone", own_id(11), None, &ended, Verdict::Former),
            (
                "our id of a booking that is gone, with another",
                own_id(11),
                Some(NEXT_GUEST),
                &ended,
                Verdict::Former,
            ),
            ("it still shows what is cancelled", closed_since(11), None, &repeats, Verdict::Former),
            ("the same soon after it read of the end", still(11, 25), None, &ended, Verdict::Former),
            ("the same long after it read of the end", still(11, 26), None, &ended, Verdict::Theirs),
            ("the same with another that repeats it", still_elsewhere(11, 90), None, &ended, Verdict::Former),
            (
                "the same, told of the next guest meanwhile",
                still(11, 90),
                Some(NEXT_GUEST),
                &both,
                Verdict::Former,
            ),
            ("the same with the next guest", closed_since(11), Some(NEXT_GUEST), &repeats, Verdict::Former),
            (
                "a slow tool shows the end of a chain",
                closed_since(21),
                None,
                &ended_elsewhere,
                Verdict::Former,
            ),
            ("too slow for any chain", closed_since(70), None, &ended_elsewhere, Verdict::Theirs),
            ("closed anew after it read of the end", closed_since(21), None, &ended, Verdict::Theirs),
            (
                "the next guest, after it read of the end",
                closed_since(21),
                Some(NEXT_GUEST),
                &ended,
                Verdict::Theirs,
            ),
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
                "its own night, which others were told",
                closed_since(11),
                None,
                &theirs_passed_on,
                Verdict::Theirs,
            ),
        ] {
            assert_eq!(judge(shown, SITE, holder, given), verdict, "{why}");
        }
    }
}
