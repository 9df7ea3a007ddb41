//! Invariants after each step, checked in plain SQL, so that no function of the instance checks itself; and
//! against the true state of the simulated world.

use super::broken::{Broken, none};
use super::channel_checks;
use super::counts::Counts;
use super::money_checks;
use super::promises;
use super::words::COURTESIES;
use super::world::World;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// How long a hold may outlive its end: the disk may be full, the process down and the clock wrong.
const HOLD_GRACE: SignedDuration = SignedDuration::from_hours(8);
/// How long a message may wait for its turn.
const TURN_GRACE: SignedDuration = SignedDuration::from_hours(8);
/// How long a message may wait to be sent on fair days: the longest backoff and some.
const OUTBOX_GRACE: SignedDuration = SignedDuration::from_hours(10);
/// How long a night may stay closed that nobody sold: a calendar is read once a day, each of three readings may fail,
/// what is repeated may be the end of a chain, and what vanished with others waits for the owner.
const FREE_AGAIN: SignedDuration = SignedDuration::from_hours(16 * 24);
/// How old a job may be: it is given up after two days.
const WORK_GRACE: SignedDuration = SignedDuration::from_hours(5 * 24);

#[derive(Debug, Default)]
pub(super) struct Checks {
    /// The last message known to be answered.
    answered: i64,
    day: Option<Date>,
    /// The last message known to be explained.
    explained: i64,
    /// The last message whose promise of a person is known to be kept.
    told: i64,
    /// The last end of a booking by another channel that is known to be right.
    gave_way: i64,
    /// Nights that a channel holds here and that nobody has sold, with the day on which that was first seen.
    unsold: BTreeMap<(i64, Date), Timestamp>,
    /// Counters of changes to nights and to money, at the last check.
    touched: Option<(i64, i64)>,
    done: u64,
}

impl Checks {
    /// Checks everything after each step, and once a day the slower invariants.
    pub(super) fn after_step(
        &mut self,
        db: &Connection,
        world: &mut World,
        clock: Timestamp,
    ) -> Result<(), Broken> {
        sent_once(db, world)?;
        channel_checks::believe_what_was_read(db, world)?;
        self.nights_and_money(db, world.today(), clock)?;
        self.of_the_clock(db, world, clock)?;
        self.explained = promises::lapse_and_yes(db, self.explained)?;
        self.told = promises::a_person_is_told(db, self.told)?;
        self.done += 7;
        if self.day != Some(world.today()) {
            self.day = Some(world.today());
            self.once_a_day(db, world, clock)?;
        }
        Ok(())
    }

    /// Checks the invariants that time alone can break.
    pub(super) fn of_the_clock(
        &mut self,
        db: &Connection,
        world: &World,
        clock: Timestamp,
    ) -> Result<(), Broken> {
        holds_end(db, clock)?;
        self.messages_are_answered(db, clock)?;
        promises::messages_go_out(db, world, clock)?;
        self.done += 3;
        Ok(())
    }

    /// The instance was reopened: rows may have changed uncounted.
    pub(super) fn look_at_all(&mut self) {
        self.touched = None;
    }

    /// Checks nights from today on, and payments; skipped while neither has changed.
    fn nights_and_money(&mut self, db: &Connection, today: Date, clock: Timestamp) -> Result<(), Broken> {
        let touched = db
            .prepare_cached("SELECT nights, money FROM temp.touched")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (nights, money) = touched;
        if self.touched.is_none_or(|(looked_at, _)| looked_at != nights) {
            one_holder(db, today)?;
            holders_are_alive(db, today)?;
            channel_checks::imported_nights_are_taken(db, today)?;
        }
        if self.touched.is_none_or(|(_, looked_at)| looked_at != money) {
            money_checks::ledger(db, clock)?;
        }
        self.touched = Some(touched);
        Ok(())
    }

    fn once_a_day(&mut self, db: &Connection, world: &mut World, clock: Timestamp) -> Result<(), Broken> {
        channel_checks::sold_nights_are_taken(db, world)?;
        self.closed_nights_are_sold(db, world)?;
        channel_checks::closed_nights_are_known(db, world.today())?;
        self.what_gave_way_was_sold(db, world)?;
        stays_do_not_overlap(db, world.today())?;
        stays_have_their_nights(db, world.today())?;
        work_ends(db, clock)?;
        if world.faults.fair_since.is_none_or(|since| since + OUTBOX_GRACE < world.now) && !world.disk_is_full
        {
            outbox_drains(db, clock - OUTBOX_GRACE)?;
        }
        let (from, to) = (world.now - SignedDuration::from_hours(7 * 24), world.now - money_checks::GRACE);
        money_checks::payments(db, world, from, to)?;
        self.done += 9;
        Ok(())
    }

    /// A night that a channel holds here is sold there, or was until some days ago: what is only repeated comes free, or
    /// is asked of a person.
    fn closed_nights_are_sold(&mut self, db: &Connection, world: &World) -> Result<(), Broken> {
        let tomorrow = world.today().saturating_add(1.day());
        let mut held = db.prepare_cached(
            "SELECT n.cabin_id, n.day, n.feed_id FROM night n WHERE n.feed_id IS NOT NULL AND n.day >= ?1",
        )?;
        let held =
            held.query_map([tomorrow.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let held: Vec<(i64, String, i64)> = held.collect::<Result<_, _>>()?;
        let mut feeds = db.prepare_cached("SELECT id FROM feed WHERE cabin_id = ?1")?;
        let mut unsold = BTreeMap::new();
        for (cabin, day, feed) in held {
            let of_cabin: Vec<i64> = feeds.query_map([cabin], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let night: Date = day.parse().map_err(|_| Broken::new("days are days", day.clone()))?;
            let mut sites = world.sites.iter().filter(|site| of_cabin.contains(&site.feed));
            let is_sold = sites.any(|site| site.nights().contains(&night));
            let holder = world.sites.iter().find(|site| site.feed == feed);
            let shows_no_end = holder.is_some_and(|site| site.shows_no_end(night, &world.sites));
            if is_sold || shows_no_end || a_person_was_asked(db, feed, &day)? {
                continue;
            }
            let since = self.unsold.get(&(cabin, night)).copied().unwrap_or(world.now);
            if since + FREE_AGAIN < world.now {
                let details = format!("{night} of cabin {cabin}, by feed {feed}, unsold since {since}");
                return Err(Broken::new("what nobody sold comes free again", details));
            }
            unsold.insert((cabin, night), since);
        }
        self.unsold = unsold;
        Ok(())
    }

    /// Only a sale ends a booking of ours, never our own calendar on its way back.
    fn what_gave_way_was_sold(&mut self, db: &Connection, world: &World) -> Result<(), Broken> {
        let mut ended = db.prepare_cached(
            "SELECT a.id, r.id, r.check_in, r.check_out, r.cabin_id FROM audit a
             JOIN reservation r ON r.id = a.reservation_id
             WHERE a.id > ?1 AND (a.event = 'gave_way' OR (a.event = 'cancelled' AND r.cancel_reason = 'sold_elsewhere'))
             ORDER BY a.id",
        )?;
        let rows = ended.query_map([self.gave_way], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let rows: Vec<(i64, i64, String, String, i64)> = rows.collect::<Result<_, _>>()?;
        let mut feeds = db.prepare_cached("SELECT id FROM feed WHERE cabin_id = ?1")?;
        for (id, reservation, from, to, cabin) in rows {
            let of_cabin: Vec<i64> = feeds.query_map([cabin], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let mut sites = world.sites.iter().filter(|site| of_cabin.contains(&site.feed));
            let is_in = |night: &Date| (from.as_str()..to.as_str()).contains(&night.to_string().as_str());
            if !sites.any(|site| site.ever_sold.iter().any(is_in)) {
                let details = format!("reservation {reservation}, {from} to {to} of cabin {cabin}");
                return Err(Broken::new("only a sale ends a booking", details));
            }
            self.gave_way = id;
        }
        Ok(())
    }

    /// Checks the end of a run: nothing may be left open.
    pub(super) fn at_the_end(
        &mut self,
        db: &Connection,
        world: &mut World,
        clock: Timestamp,
    ) -> Result<(), Broken> {
        self.after_step(db, world, clock)?;
        self.once_a_day(db, world, clock)?;
        outbox_drains(db, clock)?;
        let (from, to) = (Timestamp::UNIX_EPOCH, world.now - SignedDuration::from_hours(24));
        money_checks::payments(db, world, from, to)?;
        none(
            db,
            "every message is worked off",
            "SELECT id FROM inbound WHERE state IN ('listen', 'ready')",
            [],
        )?;
        none(db, "every piece of work ends", "SELECT kind || subject FROM job", [])?;
        none(db, "every reference holds", "SELECT \"table\" FROM pragma_foreign_key_check", [])?;
        let sound: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        self.done += 5;
        if sound == "ok" { Ok(()) } else { Err(Broken::new("the file is whole", sound)) }
    }

    /// Adds the counts that only the database has.
    pub(super) fn count(&self, db: &Connection, counts: &mut Counts) -> Result<(), rusqlite::Error> {
        let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
        counts.checks = self.done;
        counts.reservations = count("SELECT count(*) FROM reservation")?;
        counts.confirmed =
            count("SELECT count(DISTINCT reservation_id) FROM audit WHERE event = 'confirmed'")?;
        Ok(())
    }

    /// Each message was answered, or listed for a person, or its guest opted out.
    fn messages_are_answered(&mut self, db: &Connection, clock: Timestamp) -> Result<(), Broken> {
        let mut fresh = db.prepare_cached(
            "SELECT id, state, received_at, kind, conversation_id, body FROM inbound WHERE id > ?1 ORDER BY id",
        )?;
        let mut rows = fresh.query([self.answered])?;
        while let Some(row) = rows.next()? {
            let (id, state): (i64, String) = (row.get(0)?, row.get(1)?);
            let received: i64 = row.get(2)?;
            if state == "listen" || state == "ready" {
                let late = received < (clock - TURN_GRACE).as_millisecond();
                let details = || format!("inbound {id} waits since {received}");
                return if late {
                    Err(Broken::new("every message gets its turn", details()))
                } else {
                    Ok(())
                };
            }
            let kind: String = row.get(3)?;
            let conversation: i64 = row.get(4)?;
            let body: String = row.get(5)?;
            let courtesy =
                matches!(kind.as_str(), "reaction" | "sticker") || COURTESIES.contains(&body.as_str());
            if !courtesy && !is_answered(db, id, received, conversation)? {
                let details = format!("inbound {id} ({kind}) of thread {conversation}: {body}");
                return Err(Broken::new("every message is answered or with a person", details));
            }
            self.answered = id;
        }
        Ok(())
    }
}

/// Whether the owner was told that a channel shows a night that it may have sold: only they can look there.
fn a_person_was_asked(db: &Connection, feed: i64, day: &str) -> Result<bool, rusqlite::Error> {
    let mut asked = db.prepare_cached(
        "SELECT 1 FROM attention WHERE kind = 'calendar_check' AND subject GLOB ?1 || ':maybe_sold:*'
           AND EXISTS (SELECT 1 FROM json_each(details, '$.nights') WHERE value = ?2)",
    )?;
    asked.exists((feed, day))
}

fn sent_once(db: &Connection, world: &World) -> Result<(), Broken> {
    let Some(tag) = world.whatsapp.too_often.first() else { return Ok(()) };
    let sql = "SELECT 'outbound ' || id || ' ' || kind FROM outbound WHERE tag = ?1";
    let row: String = db.query_row(sql, [tag], |row| row.get(0))?;
    Err(Broken::new("no message is sent twice without need", row))
}

fn one_holder(db: &Connection, today: Date) -> Result<(), Broken> {
    none(
        db,
        "no night has two holders",
        "SELECT cabin_id, day FROM night WHERE day >= ?1 GROUP BY cabin_id, day HAVING count(*) > 1",
        [today.to_string()],
    )
}

fn holders_are_alive(db: &Connection, today: Date) -> Result<(), Broken> {
    none(
        db,
        "what is over holds no night",
        "SELECT n.cabin_id, n.day, r.id, r.status FROM night n JOIN reservation r ON r.id = n.reservation_id
         WHERE n.day >= ?1 AND r.status IN ('cancelled', 'expired', 'no_show')",
        [today.to_string()],
    )
}

fn holds_end(db: &Connection, clock: Timestamp) -> Result<(), Broken> {
    none(
        db,
        "every hold ends",
        "SELECT id, expires_at FROM reservation WHERE status = 'pre_reserved' AND expires_at < ?1",
        [(clock - HOLD_GRACE).as_millisecond()],
    )
}

fn is_answered(db: &Connection, id: i64, received: i64, conversation: i64) -> Result<bool, rusqlite::Error> {
    let mut answered = db.prepare_cached(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM outbound WHERE conversation_id = ?2 AND answers_id >= ?1)
         OR EXISTS (SELECT 1 FROM attention WHERE conversation_id = ?2 AND coalesce(resolved_at, ?3) >= ?3)
         OR EXISTS (SELECT 1 FROM conversation c JOIN guest g ON g.id = c.guest_id
                    WHERE c.id = ?2 AND (c.held_by = 'person' OR g.opted_out_at IS NOT NULL))",
    )?;
    answered.exists((id, conversation, received))
}

fn stays_do_not_overlap(db: &Connection, today: Date) -> Result<(), Broken> {
    none(
        db,
        "no two stays overlap",
        "SELECT a.id, b.id FROM reservation a JOIN reservation b ON b.cabin_id = a.cabin_id AND b.id > a.id
             AND a.check_in < b.check_out AND b.check_in < a.check_out
         WHERE a.check_out > ?1 AND a.status IN ('confirmed', 'checked_in')
           AND b.status IN ('confirmed', 'checked_in')",
        [today.to_string()],
    )
}

fn stays_have_their_nights(db: &Connection, today: Date) -> Result<(), Broken> {
    none(
        db,
        "every stay has all its nights",
        "SELECT r.id, r.check_in, r.check_out FROM reservation r
         WHERE r.check_out > ?1 AND r.status IN ('confirmed', 'checked_in')
           AND (SELECT count(*) FROM night n WHERE n.reservation_id = r.id)
               <> julianday(r.check_out) - julianday(r.check_in)",
        [today.to_string()],
    )
}

fn work_ends(db: &Connection, clock: Timestamp) -> Result<(), Broken> {
    let old = (clock - WORK_GRACE).as_millisecond();
    none(db, "every piece of work ends", "SELECT kind, subject FROM job WHERE created_at < ?1", [old])
}

fn outbox_drains(db: &Connection, before: Timestamp) -> Result<(), Broken> {
    none(
        db,
        "the outbox drains",
        "SELECT id, state, attempts, run_at FROM outbound
         WHERE state IN ('queued', 'sending') AND created_at < ?1",
        [before.as_millisecond()],
    )
}
