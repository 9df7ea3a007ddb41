//! The rules of the import as sequences of readings, with what each may change.

use super::*;
use crate::calendars::absence::{LONG_WAIT_TO_FREE, WAIT_TO_FREE};
use crate::calendars::echo::REFRESH;
use crate::calendars::{ReadOptions, read};
use crate::domain::ids::CabinId;
use jiff::ToSpan;
use jiff::civil::date;
use jiff::tz::TimeZone;

const TODAY: Date = date(2026, 11, 24);

/// A channel followed over time.
struct Story {
    state: ChannelState,
    own: OwnNights,
    now: Timestamp,
    today: Date,
}

impl Story {
    fn new() -> Story {
        let own = OwnNights {
            reader: READER,
            ids: OwnIds::of(CabinId(3), "cabanas.example"),
            ..OwnNights::default()
        };
        Story {
            state: ChannelState::default(),
            own,
            now: "2026-11-24T15:00:00Z".parse().expect("valid"),
            today: TODAY,
        }
    }

    fn wait(&mut self, minutes: i64) -> &mut Story {
        self.now += SignedDuration::from_mins(minutes);
        self
    }

    /// Reads a calendar made of `(uid, start, end, summary)`.
    fn reads(&mut self, events: &[(&str, Date, Date, &str)]) -> Step {
        let body: String = events
            .iter()
            .map(|(uid, start, end, summary)| {
                let (start, end) = (start.strftime("%Y%m%d"), end.strftime("%Y%m%d"));
                format!(
                    "BEGIN:VEVENT\nUID:{uid}\nDTSTART:{start}\nDTEND:{end}\nSUMMARY:{summary}\nEND:VEVENT\n"
                )
            })
            .collect();
        self.reads_text(&format!("BEGIN:VCALENDAR\n{body}END:VCALENDAR\n"))
    }

    fn reads_text(&mut self, text: &str) -> Step {
        let feed = read(text.as_bytes(), &ReadOptions::new(TimeZone::UTC, self.today));
        let step = step(&self.state, &feed, &self.own, self.now, self.today);
        self.state = step.next.clone();
        step
    }

    fn is_told_nothing_changed(&mut self) -> Step {
        let step = step_unchanged(&self.state, &self.own, self.now, self.today);
        self.state = step.next.clone();
        step
    }

    fn holds(&mut self, nights: impl IntoIterator<Item = Date>, holder: Holder) {
        self.own.nights.extend(nights.into_iter().map(|night| (night, holder)));
    }

    /// Nights that a guest of ours has and a channel was given to read.
    fn has_given(&mut self, reader: FeedId, nights: impl IntoIterator<Item = Date>) {
        let given = Given { reader, source: GUEST.source(), from: self.now, until: None };
        for night in nights {
            self.own.nights.insert(night, GUEST);
            self.own.given.entry(night).or_default().push(given);
        }
    }

    /// The guest cancels, and each channel reads of it.
    fn cancels(&mut self) {
        self.own.nights.clear();
        let now = self.now;
        self.own.given.values_mut().flatten().for_each(|given| given.until = Some(now));
    }

    fn closed(&self) -> usize {
        self.state.nights.len()
    }
}

const STAY: (&str, Date, Date, &str) = ("a@x", date(2027, 1, 10), date(2027, 1, 13), "Reserved");
const OTHER: (&str, Date, Date, &str) = ("b@x", date(2027, 2, 1), date(2027, 2, 11), "Reserved");
const READER: FeedId = FeedId(1);
const GUEST: Holder = Holder::Reservation(ReservationId(7));

fn nights(start: Date, count: usize) -> impl Iterator<Item = Date> {
    start.series(1.day()).take(count)
}

#[test]
fn what_is_new_closes_at_once() {
    let mut story = Story::new();
    let step = story.reads(&[STAY]);
    assert_eq!(step.added.len(), 3);
    assert_eq!(step.added[0], Change { night: date(2027, 1, 10), kind: Kind::Booked });
    assert!(story.wait(5).reads(&[STAY]).added.is_empty());
}

#[test]
fn what_is_gone_frees_after_three_readings_and_two_hours() {
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    let step = story.wait(5).reads(&[OTHER]);
    assert_eq!((step.removed.len(), step.pending.len()), (0, 3));
    assert_eq!(step.pending[0].free_from, story.now + WAIT_TO_FREE);
    story.wait(60).reads(&[OTHER]);
    assert_eq!(story.wait(59).reads(&[OTHER]).removed.len(), 0, "three readings, not yet two hours");
    let step = story.wait(1).reads(&[OTHER]);
    assert_eq!((step.removed.len(), step.pending.len(), story.closed()), (3, 0, 10));
}

#[test]
fn two_hours_without_three_readings_free_nothing() {
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    story.wait(5).reads(&[OTHER]);
    assert_eq!(story.wait(600).reads(&[OTHER]).removed.len(), 0);
    assert_eq!(story.wait(5).reads(&[OTHER]).removed.len(), 3);
}

#[test]
fn a_night_seen_again_starts_from_zero() {
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    story.wait(5).reads(&[OTHER]);
    story.wait(120).reads(&[OTHER]);
    story.wait(5).reads(&[STAY, OTHER]);
    for _ in 0..2 {
        assert_eq!(story.wait(61).reads(&[OTHER]).removed.len(), 0);
    }
}

#[test]
fn not_modified_counts_as_a_reading() {
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    story.wait(5).reads(&[OTHER]);
    assert_eq!(story.wait(60).is_told_nothing_changed().removed.len(), 0);
    let step = story.wait(60).is_told_nothing_changed();
    assert_eq!((step.removed.len(), story.closed()), (3, 10));
}

#[test]
fn a_calendar_that_is_not_whole_frees_nothing_and_closes_what_it_shows() {
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    for broken in
        ["", "<html>429</html>", "BEGIN:VCALENDAR\nVERSION:2.0\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b@x"]
    {
        for _ in 0..5 {
            let step = story.wait(600).reads_text(broken);
            assert!(!step.believed && step.removed.is_empty() && step.pending.is_empty());
        }
    }
    assert_eq!(story.closed(), 13);
    let cut = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:c@x\nDTSTART:20270301\nDTEND:20270303\nEND:VEVENT\n";
    let step = story.wait(5).reads_text(cut);
    assert!(!step.believed && step.added.len() == 2 && story.closed() == 15);
}

#[test]
fn an_empty_calendar_takes_a_day() {
    let mut story = Story::new();
    story.reads(&[STAY]);
    for _ in 0..23 {
        assert_eq!(story.wait(60).reads(&[]).removed.len(), 0);
    }
    story.wait(60).reads(&[]);
    assert_eq!(story.wait(60).reads(&[]).removed.len(), 3);
}

#[test]
fn several_stays_that_vanish_together_are_freed_only_by_a_person() {
    let third = ("c@x", date(2027, 3, 1), date(2027, 3, 6), "Reserved");
    let kept = ("d@x", date(2027, 4, 1), date(2027, 5, 20), "Reserved");
    let mut story = Story::new();
    story.reads(&[STAY, OTHER, third, kept]);
    for _ in 0..100 {
        let step = story.wait(60).reads(&[kept]);
        assert_eq!((step.removed.len(), step.vanished.len()), (0, 18));
    }
    // One that comes back is no longer of them.
    assert_eq!(story.wait(60).reads(&[kept, STAY]).vanished.len(), 15);
    story.own.agreed_at = Some(story.now);
    assert_eq!(story.wait(60).reads(&[kept, STAY]).removed.len(), 15);
    // One by one over days they are cancellations.
    let mut story = Story::new();
    story.reads(&[STAY, OTHER, third, kept]);
    for left in [&[OTHER, third, kept][..], &[third, kept], &[kept]] {
        for _ in 0..26 {
            assert!(story.wait(60).reads(left).vanished.is_empty());
        }
    }
    assert_eq!(story.closed(), 49);
}

#[test]
fn a_third_of_the_stays_gone_at_once_takes_a_day_even_beside_a_long_horizon() {
    let window = ("w@x", date(2027, 8, 24), date(2027, 11, 25), "Airbnb (Not available)");
    let mut story = Story::new();
    story.reads(&[STAY, ("c@x", date(2027, 3, 1), date(2027, 3, 6), "Reserved"), window]);
    let step = story.wait(5).reads(&[("c@x", date(2027, 3, 1), date(2027, 3, 6), "Reserved"), window]);
    assert!(step.pending.iter().all(|pending| pending.free_from == story.now + LONG_WAIT_TO_FREE));
    story.wait(60).reads(&[window]);
    assert_eq!(story.wait(600).reads(&[window]).removed.len(), 0);
}

#[test]
fn an_arrival_within_the_week_takes_a_day() {
    let near = ("n@x", date(2026, 11, 30), date(2026, 12, 4), "Reserved");
    let mut story = Story::new();
    story.reads(&[near, OTHER, ("c@x", date(2027, 3, 1), date(2027, 3, 16), "Reserved")]);
    for _ in 0..12 {
        story.wait(119).reads(&[OTHER, ("c@x", date(2027, 3, 1), date(2027, 3, 16), "Reserved")]);
    }
    assert_eq!(story.state.nights.values().filter(|night| night.missing.is_some()).count(), 4);
}

#[test]
fn an_event_that_cannot_be_read_keeps_the_nights_of_its_id() {
    let broken = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@x\nDTSTART:20271350\nEND:VEVENT\n\
                  BEGIN:VEVENT\nUID:b@x\nDTSTART:20270201\nDTEND:20270211\nEND:VEVENT\nEND:VCALENDAR\n";
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    for _ in 0..50 {
        let step = story.wait(60).reads_text(broken);
        assert!(step.believed && step.removed.is_empty() && step.pending.is_empty());
    }
    assert_eq!(story.closed(), 13);
}

#[test]
fn an_unreadable_event_of_unknown_id_makes_everything_wait_a_day_but_not_for_ever() {
    let broken = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:new@x\nDTSTART:20271350\nEND:VEVENT\n\
                  BEGIN:VEVENT\nUID:b@x\nDTSTART:20270201\nDTEND:20270211\nEND:VEVENT\nEND:VCALENDAR\n";
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    for _ in 0..24 {
        assert_eq!(story.wait(60).reads_text(broken).removed.len(), 0);
    }
    assert_eq!(story.wait(60).reads_text(broken).removed.len(), 3);
}

#[test]
fn a_stay_in_progress_that_shrinks_from_the_front_frees_nothing() {
    let mut story = Story::new();
    let end = date(2026, 11, 29);
    for day in 24..29 {
        let today = date(2026, 11, day);
        story.today = today;
        let id = format!("id-of-{day}@booking.com");
        let step = story.wait(24 * 60).reads(&[(&id, today, end, "CLOSED - Not available")]);
        assert!(step.removed.is_empty() && step.pending.is_empty());
        assert_eq!(step.added.len(), if day == 24 { 5 } else { 0 });
    }
}

#[test]
fn merged_and_split_ranges_are_the_same_nights() {
    let closed = "CLOSED - Not available";
    let mut story = Story::new();
    story.reads(&[
        ("p@x", date(2027, 1, 20), date(2027, 1, 23), closed),
        ("q@x", date(2027, 1, 24), date(2027, 1, 26), closed),
    ]);
    let merged = story.wait(5).reads(&[("r@x", date(2027, 1, 20), date(2027, 1, 26), closed)]);
    assert_eq!((merged.added.len(), merged.pending.len()), (1, 0));
    let split = story.wait(5).reads(&[
        ("p@x", date(2027, 1, 20), date(2027, 1, 24), closed),
        ("q@x", date(2027, 1, 24), date(2027, 1, 26), closed),
    ]);
    assert!(split.added.is_empty() && split.pending.is_empty());
}

#[test]
fn blocks_that_slide_every_day_are_no_news() {
    let mut story = Story::new();
    let label = "Airbnb (Not available)";
    for day in 24..30 {
        let today = date(2026, 11, day);
        story.today = today;
        let horizon = date(2027, 11, day);
        let step = story.wait(24 * 60).reads(&[
            ("notice@x", today, today.saturating_add(2.days()), label),
            ("window@x", horizon.saturating_sub(90.days()), horizon, label),
        ]);
        assert!(step.added.iter().all(|change| change.kind.is_soft()), "{:?}", step.added);
        assert!(step.conflicts.is_empty());
    }
    assert!(story.state.nights.values().all(|night| !night.kind.is_passed_on()));
    assert!(!story.state.closed().is_empty());
}

#[test]
fn what_we_exported_comes_back_as_an_echo_and_not_as_a_booking() {
    for reader in [READER, FeedId(2)] {
        let mut story = Story::new();
        story.has_given(reader, nights(date(2027, 1, 10), 3));
        let echo = ("e@booking.com", date(2027, 1, 10), date(2027, 1, 13), "CLOSED - Not available");
        let step = story.wait(60).reads(&[echo]);
        assert_eq!((step.added.len(), step.echoes.len(), step.conflicts.len()), (0, 3, 0));
        assert_eq!(story.wait(60).is_told_nothing_changed().echoes.len(), 3);
    }
}

#[test]
fn what_the_channel_cannot_know_from_us_is_a_conflict() {
    let theirs = ("e@booking.com", date(2027, 1, 12), date(2027, 1, 14), "CLOSED - Not available");
    let mut story = Story::new();
    story.holds(nights(date(2027, 1, 10), 3), GUEST);
    let step = story.reads(&[theirs]);
    let (night, kind) = (date(2027, 1, 12), Kind::Closed);
    assert_eq!(step.conflicts, [Conflict { night, kind, holder: GUEST, could_be_echo: false }]);
    assert_eq!(step.added.len(), 2, "both sides are kept");
    // Exporting our stay afterwards doesn't make theirs an echo.
    story.wait(60).has_given(READER, nights(date(2027, 1, 10), 3));
    let step = story.wait(60).reads(&[theirs]);
    assert_eq!((step.conflicts.len(), step.echoes.len()), (1, 0));
}

#[test]
fn a_range_that_holds_more_than_ours_ends_nothing_and_is_told() {
    let mut story = Story::new();
    story.has_given(READER, nights(date(2027, 1, 10), 3));
    // Two nights that the guest took since, and two that are new.
    story.holds(nights(date(2027, 1, 13), 2), GUEST);
    let range = ("e@booking.com", date(2027, 1, 10), date(2027, 1, 17), "CLOSED - Not available");
    let step = story.wait(60).reads(&[range]);
    assert_eq!((step.echoes.len(), step.added.len()), (3, 4));
    assert_eq!(
        step.beyond,
        [Beyond { holder: GUEST.source(), nights: nights(date(2027, 1, 13), 4).collect() }]
    );
    assert!(step.conflicts.len() == 2 && step.conflicts.iter().all(|conflict| conflict.could_be_echo));
    for step in [story.wait(60).reads(&[range]), story.is_told_nothing_changed()] {
        assert!(step.beyond.is_empty(), "told once");
        assert!(step.conflicts.iter().all(|conflict| conflict.could_be_echo));
    }
}

#[test]
fn what_both_have_at_the_first_reading_is_asked_once_and_ends_nothing_later() {
    let mut story = Story::new();
    story.holds(nights(date(2027, 1, 10), 3), GUEST);
    story.own.is_first = true;
    assert_eq!(story.reads(&[STAY]).conflicts.len(), 3);
    story.own.is_first = false;
    assert!(story.wait(5).reads(&[STAY]).conflicts.is_empty());
    assert!(story.wait(5).is_told_nothing_changed().conflicts.is_empty());
    // The next guest of the nights was not there then.
    story.holds(nights(date(2027, 1, 10), 3), Holder::Reservation(ReservationId(8)));
    assert_eq!(story.wait(5).reads(&[STAY]).conflicts.len(), 3);
}

#[test]
fn a_certain_booking_is_never_taken_for_an_echo() {
    let mut story = Story::new();
    story.has_given(READER, nights(date(2027, 1, 10), 3));
    let step = story.wait(5).reads(&[STAY]);
    assert_eq!((step.conflicts.len(), step.echoes.len()), (3, 0));
    assert!(step.conflicts.iter().all(|conflict| !conflict.could_be_echo));
}

#[test]
fn another_channel_s_nights_conflict_only_when_both_are_certain() {
    let other = |kind| Holder::Feed { feed: FeedId(2), kind };
    for (kind, summary, conflicts) in [
        (Kind::Booked, "Reserved", 3),
        (Kind::Closed, "Reserved", 0),
        (Kind::Booked, "CLOSED - Not available", 0),
    ] {
        let mut story = Story::new();
        story.holds(nights(date(2027, 1, 10), 3), other(kind));
        let step = story.reads(&[("a@x", date(2027, 1, 10), date(2027, 1, 13), summary)]);
        assert_eq!(step.conflicts.len(), conflicts, "{kind:?} {summary}");
    }
}

#[test]
fn our_own_ids_are_ours_whatever_they_say_in_their_own_cabin() {
    let mut story = Story::new();
    story.has_given(READER, nights(date(2027, 1, 10), 3));
    let mine = ("c3-reservation-7@CABANAS.example", date(2027, 1, 10), date(2027, 1, 13), "Reserved");
    let step = story.wait(5).reads(&[mine]);
    assert_eq!((step.added.len(), step.echoes.len()), (0, 3));
    for uid in ["c3-reservation-7@evilcabanas.example", "c33-reservation-7@cabanas.example", "x@", "c3-"] {
        assert!(!story.own.ids.is_own(uid), "{uid}");
    }
}

#[test]
fn an_echo_that_outlives_our_stay_is_closed_for_the_owners_time_and_never_passed_on() {
    let echo = ("e@x", date(2027, 1, 10), date(2027, 1, 13), "CLOSED - Not available");
    let mut story = Story::new();
    story.own.release_after = SignedDuration::from_hours(6);
    story.has_given(READER, nights(date(2027, 1, 10), 3));
    story.wait(5).reads(&[echo]);
    // Cancelled, of which the channel has not read.
    story.wait(5).own.nights.clear();
    let step = story.wait(5).reads(&[echo]);
    assert_eq!(step.added.first(), Some(&Change { night: date(2027, 1, 10), kind: Kind::Releasing }));
    assert!(story.state.nights.values().all(|night| !night.kind.is_passed_on()));
    assert_eq!(story.wait(5 * 60).reads(&[echo]).removed.len(), 0);
    let step = story.wait(60).reads(&[echo]);
    assert_eq!((step.removed.len(), step.freed.len()), (3, 3));
    for _ in 0..100 {
        let step = story.wait(60).reads(&[echo]);
        assert!(step.added.is_empty() && step.removed.is_empty(), "freed for good while it is repeated");
        assert!(step.freed.is_empty(), "told once");
    }
    // Sold there by name it closes at once; shown again when it knows of the end, it is the channel's own.
    assert_eq!(story.reads(&[("e@x", date(2027, 1, 10), date(2027, 1, 13), "Reserved")]).added.len(), 3);
    story.cancels();
    story.wait(5).reads(&[]);
    for _ in 0..25 {
        story.wait(60).reads(&[]);
    }
    assert_eq!(story.closed(), 0);
    let again = story.wait(60).reads(&[echo]);
    assert_eq!(again.added.first(), Some(&Change { night: date(2027, 1, 10), kind: Kind::Closed }));
}

#[test]
fn what_may_be_sold_since_our_stay_ended_stays_closed_and_is_told_when_nothing_else_explains_it() {
    let closed = ("e@x", date(2027, 1, 10), date(2027, 1, 13), "CLOSED - Not available");
    for reader in [READER, FeedId(2)] {
        let mut story = Story::new();
        story.own.release_after = SignedDuration::from_hours(1);
        story.has_given(reader, nights(date(2027, 1, 10), 3));
        story.wait(5).reads(&[closed]);
        story.wait(5).cancels();
        let mut told = Vec::new();
        for hour in 0..60 {
            let step = story.reads(&[closed]);
            assert!(step.removed.is_empty() && story.closed() == 3, "closed at every time");
            assert!(step.freed.is_empty());
            if !step.left.is_empty() {
                told.push((hour, step.left.len()));
            }
            story.wait(60);
        }
        let hours = if reader == READER { REFRESH } else { LAG };
        assert_eq!(told, [(hours.as_hours(), 3)]);
        assert!(story.state.nights.values().all(|night| night.kind == Kind::Closed));
    }
}

#[test]
fn nights_that_come_free_are_judged_at_once_and_the_others_stay_as_they_are() {
    let closed = ("e@x", date(2027, 1, 10), date(2027, 1, 14), "CLOSED - Not available");
    let released = (date(2027, 1, 10), date(2027, 1, 12));
    for (reader, only_repeated) in [(READER, 2), (FeedId(2), 0)] {
        let mut story = Story::new();
        story.has_given(reader, nights(date(2027, 1, 10), 4));
        story.wait(5).reads(&[closed, OTHER]);
        assert_eq!((story.closed(), story.state.echoes.len()), (10, 4));
        story.own.nights.retain(|night, _| released.1 <= *night);
        let step = step_released(&story.state, &story.own, released, story.now, story.today);
        assert!(!step.believed && step.removed.is_empty() && step.freed.is_empty());
        assert_eq!(
            step.added,
            [10, 11].map(|day| Change { night: date(2027, 1, day), kind: Kind::Releasing })
        );
        assert_eq!((step.next.nights.len(), step.next.echoes.len()), (12, 2));
        let kept = OTHER.1.series(1.day()).take(10);
        assert!(kept.into_iter().all(|night| step.next.nights[&night] == story.state.nights[&night]));
        // The owner may have what this channel can't have sold.
        assert_eq!(super::only_repeated(&step.next, &story.own, story.now, story.today).len(), only_repeated);
        // A second judgement changes nothing.
        let again = step_released(&step.next, &story.own, released, story.now, story.today);
        assert_eq!(again.next, step.next);
    }
}

#[test]
fn a_night_that_comes_back_after_it_was_gone_is_a_sale_and_no_echo() {
    let closed = ("e@x", date(2027, 1, 10), date(2027, 1, 13), "CLOSED - Not available");
    let mut story = Story::new();
    story.has_given(READER, nights(date(2027, 1, 10), 3));
    story.wait(5).reads(&[closed]);
    story.wait(5).cancels();
    story.wait(5).reads(&[closed]);
    assert!(story.state.nights.values().all(|night| night.kind == Kind::Releasing));
    story.wait(5).reads(&[]);
    let step = story.wait(5).reads(&[closed]);
    assert_eq!(step.relabelled.len(), 3);
    assert!(story.state.nights.values().all(|night| night.kind == Kind::Closed));
}

#[test]
fn an_unchanged_calendar_shows_each_night_as_it_showed_it() {
    let mine = ("c3-reservation-7@cabanas.example", date(2027, 1, 10), date(2027, 1, 13), "Reserved");
    let blocked = ("e@x", date(2027, 1, 20), date(2027, 1, 22), "Airbnb (Not available)");
    let mut story = Story::new();
    story.own.release_after = SignedDuration::from_hours(1);
    story.has_given(FeedId(2), nights(date(2027, 1, 10), 3));
    story.has_given(FeedId(2), nights(date(2027, 1, 20), 2));
    story.wait(5).reads(&[mine, blocked]);
    story.wait(5).cancels();
    story.wait(5).is_told_nothing_changed();
    story.wait(60).is_told_nothing_changed();
    assert_eq!(story.closed(), 2, "an id of ours is ours");
    story.wait(50 * 60).is_told_nothing_changed();
    assert!(story.state.nights.values().all(|night| night.kind == Kind::Blocked));
}

#[test]
fn a_copy_of_another_channels_sale_is_not_passed_on_when_that_is_gone() {
    let other = Holder::Feed { feed: FeedId(2), kind: Kind::Booked };
    let copy = ("k@x", date(2027, 1, 10), date(2027, 1, 13), "CLOSED - Not available");
    let passed_on = |story: &Story| story.state.nights.values().any(|night| night.kind.is_passed_on());
    let mut story = Story::new();
    story.holds(nights(date(2027, 1, 10), 3), other);
    story.reads(&[copy]);
    assert!(passed_on(&story));
    story.own.nights.clear();
    for _ in 0..48 {
        story.reads(&[copy]);
        assert!(story.closed() == 3 && !passed_on(&story));
        story.wait(60);
    }
    // No copy lasts so long.
    story.reads(&[copy]);
    assert!(passed_on(&story));
}

#[test]
fn the_state_survives_storage() {
    let mut story = Story::new();
    story.reads(&[STAY, OTHER]);
    story.wait(5).reads(&[OTHER]);
    let json = serde_json::to_string(&story.state).expect("plain data");
    let back: ChannelState = serde_json::from_str(&json).expect("our own form");
    assert_eq!(back, story.state);
    let old =
        r#"{"version":1,"nights":{"2027-01-10":{"kind":"closed","first_seen":"2026-11-24T15:00:00Z"}}}"#;
    let old: ChannelState = serde_json::from_str(old).expect("what an earlier program wrote");
    assert_eq!(old.closed().len(), 1);
}

#[test]
fn occurrences_that_lie_over_each_other_hold_what_they_hold_one_by_one() {
    let event = |uid: &str, lines: &str| format!("BEGIN:VEVENT\nUID:{uid}\n{lines}\nEND:VEVENT\n");
    let body = [
        event(
            "a@x",
            "DTSTART:20261101\nDTEND:20261210\nSUMMARY:Reserved\nRRULE:FREQ=DAILY;INTERVAL=3;COUNT=90",
        ),
        event("a@x", "DTSTART:20261201\nDTEND:20270801\nSUMMARY:Blocked"),
        event("b@x", "DTSTART:20261202\nDTEND:20261204\nRRULE:FREQ=WEEKLY;COUNT=9"),
        event("b@x", "DTSTART:20261209\nDTEND:20271130\nSUMMARY:Blocked\nRRULE:FREQ=MONTHLY;COUNT=3"),
        event("c3-block-1@cabanas.example", "DTSTART:20280310\nDTEND:20280312\nRRULE:FREQ=DAILY;COUNT=9"),
    ];
    let text = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", body.concat());
    let feed = read(text.as_bytes(), &ReadOptions::new(TimeZone::UTC, TODAY));
    assert!(feed.complete && feed.events.len() > 100, "{:?}", feed.problems);
    let read = Reading::of(&feed, &Story::new().own.ids, TODAY);
    let mut one_by_one = Reading::default();
    for event in feed.events.iter().filter(|event| !event.uid.starts_with("c3-")) {
        let nights = event.start.max(TODAY).series(1.day()).take_while(|night| *night < event.end);
        nights.for_each(|night| one_by_one.see(night, event));
    }
    let (ours, theirs): (BTreeMap<_, _>, BTreeMap<_, _>) =
        read.nights.into_iter().partition(|(_, seen)| seen.own_id);
    assert_eq!(theirs, one_by_one.nights);
    assert_eq!((ours.first_key_value().map(|(night, _)| *night), ours.len()), (Some(date(2028, 3, 10)), 10));
}
