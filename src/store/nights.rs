//! The night-by-night key: who holds which night of which cabin.
//!
//! The primary key `(cabin_id, day)` makes a double booking impossible; [`take`] only turns its violation into an
//! answer. A lapsed hold keeps its rows until they are needed or the sweep comes; reads here do not count them.

use super::codec::date;
use super::row::Row;
use super::tx::{all, one};
use super::{Constraint, Read, StoreError, WriteTx};
use crate::domain::ids::{BlockId, CabinId, FeedId, ReservationId};
use crate::domain::stay::Stay;
use jiff::civil::Date;
use rusqlite::params;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Reservation(ReservationId),
    Block(BlockId),
    /// Another channel, through its calendar.
    Feed(FeedId),
}

impl Holder {
    fn columns(self) -> (Option<i64>, Option<i64>, Option<i64>) {
        match self {
            Holder::Reservation(id) => (Some(id.0), None, None),
            Holder::Block(id) => (None, Some(id.0), None),
            Holder::Feed(id) => (None, None, Some(id.0)),
        }
    }
}

/// A night that another holder has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub day: Date,
}

/// Takes every night of `stay` for `holder`; nights it holds already are fine. On [`Taken`] some nights may have
/// been taken: the caller must undo its transaction or release the holder.
pub fn take(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    stay: Stay,
    holder: Holder,
) -> Result<Result<(), Taken>, StoreError> {
    for day in stay.each_night() {
        if let Err(taken) = take_one(tx, cabin, day, holder)? {
            return Ok(Err(taken));
        }
    }
    Ok(Ok(()))
}

/// Takes one night for `holder`.
pub fn take_one(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    day: Date,
    holder: Holder,
) -> Result<Result<(), Taken>, StoreError> {
    let (reservation, block, feed) = holder.columns();
    let now = tx.now().as_millisecond();
    let inserted = tx.run(
        "INSERT INTO night (cabin_id, day, reservation_id, block_id, feed_id, taken_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![cabin.0, day.to_string(), reservation, block, feed, now],
    );
    match inserted {
        Ok(_) => Ok(Ok(())),
        Err(StoreError::Refused(Constraint::Unique)) => {
            let ours = holder_of(tx, cabin, day)? == Some(holder);
            Ok(if ours { Ok(()) } else { Err(Taken { day }) })
        }
        Err(error) => Err(error),
    }
}

/// The holder of a night, lapsed holds included.
pub fn holder_of(tx: &impl Read, cabin: CabinId, day: Date) -> Result<Option<Holder>, StoreError> {
    one(
        tx,
        "SELECT reservation_id, block_id, feed_id FROM night WHERE cabin_id = ?1 AND day = ?2",
        params![cabin.0, day.to_string()],
        holder,
    )
}

/// Gives back every night of a reservation.
pub fn free_reservation(tx: &mut WriteTx<'_>, id: ReservationId) -> Result<usize, StoreError> {
    tx.run("DELETE FROM night WHERE reservation_id = ?1", [id.0])
}

/// Gives back the nights of a reservation that are not in `stay`. The kept rows are not rewritten: `taken_at`
/// tells since when channels could read of them.
pub fn free_outside(tx: &mut WriteTx<'_>, id: ReservationId, stay: Stay) -> Result<usize, StoreError> {
    tx.run(
        "DELETE FROM night WHERE reservation_id = ?1 AND NOT (day >= ?2 AND day < ?3)",
        params![id.0, stay.check_in().to_string(), stay.check_out().to_string()],
    )
}

/// Gives freed nights of `from..to` to a channel whose calendar says they are taken there, if there is one.
pub fn hand_to_feeds(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    from: Date,
    to: Date,
) -> Result<usize, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO night (cabin_id, day, feed_id, taken_at)
         SELECT f.cabin_id, n.day, min(f.id), ?4 FROM feed f JOIN feed_night n ON n.feed_id = f.id
         WHERE f.cabin_id = ?1 AND f.deleted_at IS NULL AND n.day >= ?2 AND n.day < ?3
         GROUP BY f.cabin_id, n.day
         ON CONFLICT DO NOTHING",
        params![cabin.0, from.to_string(), to.to_string(), now],
    )
}

/// Gives up the nights of a stay that a channel has, for a booking that the same channel sold.
pub fn give_up_to(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    stay: Stay,
    channel: &str,
) -> Result<usize, StoreError> {
    tx.run(
        "DELETE FROM night WHERE cabin_id = ?1 AND day >= ?2 AND day < ?3 AND feed_id IN
             (SELECT id FROM feed WHERE cabin_id = ?1 AND lower(channel) = lower(?4) AND deleted_at IS NULL)",
        params![cabin.0, stay.check_in().to_string(), stay.check_out().to_string(), channel],
    )
}

/// Gives back one night of a channel; `false` when the channel does not hold it.
pub fn free_feed_night(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    day: Date,
    feed: FeedId,
) -> Result<bool, StoreError> {
    let sql = "DELETE FROM night WHERE cabin_id = ?1 AND day = ?2 AND feed_id = ?3";
    Ok(tx.run(sql, params![cabin.0, day.to_string(), feed.0])? > 0)
}

/// Whether every night of `stay` is free now. A lapsed hold's nights are.
pub fn are_free(tx: &impl Read, cabin: CabinId, stay: Stay) -> Result<bool, StoreError> {
    are_free_but_for(tx, cabin, stay, ReservationId(0))
}

/// [`are_free`], not counting the nights of one reservation: for moving it.
pub fn are_free_but_for(
    tx: &impl Read,
    cabin: CabinId,
    stay: Stay,
    but_for: ReservationId,
) -> Result<bool, StoreError> {
    let taken = one(
        tx,
        "SELECT 1 FROM night n LEFT JOIN reservation r ON r.id = n.reservation_id
         WHERE n.cabin_id = ?1 AND n.day >= ?2 AND n.day < ?3
           AND n.reservation_id IS NOT ?4
           AND NOT (r.status IS 'pre_reserved' AND r.expires_at <= ?5)
         LIMIT 1",
        params![
            cabin.0,
            stay.check_in().to_string(),
            stay.check_out().to_string(),
            but_for.0,
            tx.now().as_millisecond()
        ],
        |_| Ok(()),
    )?;
    Ok(taken.is_none())
}

/// Whether a stay fills a hole: the night of its departure is taken, and so is the one before its arrival, which may
/// also be past. The nights of one reservation count as free.
pub fn fills_hole(
    tx: &impl Read,
    cabin: CabinId,
    stay: Stay,
    today: Date,
    but_for: ReservationId,
) -> Result<bool, StoreError> {
    let is_taken = |from: Result<Date, jiff::Error>, to: Result<Date, jiff::Error>| {
        let night = from.ok().zip(to.ok()).and_then(|(from, to)| Stay::new(from, to).ok());
        night.map_or(Ok(false), |night| are_free_but_for(tx, cabin, night, but_for).map(|free| !free))
    };
    let (first, last) = (stay.check_in(), stay.check_out());
    Ok((first <= today || is_taken(first.yesterday(), Ok(first))?) && is_taken(Ok(last), last.tomorrow())?)
}

/// Nights of a cabin in `from..to` that are not free now, in order.
pub fn taken_days(tx: &impl Read, cabin: CabinId, from: Date, to: Date) -> Result<Vec<Date>, StoreError> {
    all(
        tx,
        "SELECT n.day FROM night n LEFT JOIN reservation r ON r.id = n.reservation_id
         WHERE n.cabin_id = ?1 AND n.day >= ?2 AND n.day < ?3
           AND NOT (r.status IS 'pre_reserved' AND r.expires_at <= ?4)
         ORDER BY n.day",
        params![cabin.0, from.to_string(), to.to_string(), tx.now().as_millisecond()],
        |row| date(row, "day"),
    )
}

/// Lapsed holds that still have rows on the nights of a stay.
pub fn lapsed_in(tx: &impl Read, cabin: CabinId, stay: Stay) -> Result<Vec<ReservationId>, StoreError> {
    all(
        tx,
        "SELECT DISTINCT r.id FROM night n JOIN reservation r ON r.id = n.reservation_id
         WHERE n.cabin_id = ?1 AND n.day >= ?2 AND n.day < ?3
           AND r.status = 'pre_reserved' AND r.expires_at <= ?4
         ORDER BY r.id",
        params![
            cabin.0,
            stay.check_in().to_string(),
            stay.check_out().to_string(),
            tx.now().as_millisecond()
        ],
        |row| Ok(ReservationId(row.get(0)?)),
    )
}

/// One night and who holds it, for the chart and for export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Night {
    pub cabin_id: CabinId,
    pub day: Date,
    pub holder: Holder,
}

/// Every held night of a cabin in `from..to`, lapsed holds left out.
pub fn held(tx: &impl Read, cabin: CabinId, from: Date, to: Date) -> Result<Vec<Night>, StoreError> {
    all(
        tx,
        "SELECT n.day, n.reservation_id, n.block_id, n.feed_id
         FROM night n LEFT JOIN reservation r ON r.id = n.reservation_id
         WHERE n.cabin_id = ?1 AND n.day >= ?2 AND n.day < ?3
           AND NOT (r.status IS 'pre_reserved' AND r.expires_at <= ?4)
         ORDER BY n.day",
        params![cabin.0, from.to_string(), to.to_string(), tx.now().as_millisecond()],
        |row| Ok(Night { cabin_id: cabin, day: date(row, "day")?, holder: holder(row)? }),
    )
}

pub(super) fn holder(row: &Row<'_>) -> Result<Holder, StoreError> {
    let reservation: Option<i64> = row.get("reservation_id")?;
    let block: Option<i64> = row.get("block_id")?;
    let feed: Option<i64> = row.get("feed_id")?;
    match (reservation, block, feed) {
        (Some(id), None, None) => Ok(Holder::Reservation(ReservationId(id))),
        (None, Some(id), None) => Ok(Holder::Block(BlockId(id))),
        (None, None, Some(id)) => Ok(Holder::Feed(FeedId(id))),
        other => Err(super::error::corrupt("night holder", &format!("{other:?}"))),
    }
}
