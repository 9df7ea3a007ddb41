//! What each channel was given to read in our calendars: by night and holder, from which reading until which.

use super::codec::{date, instant, instant_or_none};
use super::error::corrupt;
use super::nights::Holder;
use super::row::Row;
use super::tx::all;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::{BlockId, CabinId, FeedId, ReservationId};
use jiff::{Timestamp, civil::Date};
use rusqlite::params;
use std::collections::BTreeSet;

/// A night that a channel was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenNight {
    pub reader: FeedId,
    pub day: Date,
    pub holder: Holder,
    pub from: Timestamp,
    /// The first reading without it; `None` while the last one had it.
    pub until: Option<Timestamp>,
}

/// Records a reading of a channel: the nights that it was given now, and the end of those that it no longer was.
pub fn record(
    tx: &mut WriteTx<'_>,
    reader: FeedId,
    today: Date,
    given: &[(Date, Holder)],
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    let open: BTreeSet<(Date, String)> = all(
        tx,
        "SELECT day, holder FROM given_night WHERE feed_id = ?1 AND day >= ?2 AND given_until IS NULL",
        params![reader.0, today.to_string()],
        |row| Ok((date(row, "day")?, row.get("holder")?)),
    )?
    .into_iter()
    .collect();
    let given: BTreeSet<(Date, String)> = given.iter().map(|(day, holder)| (*day, code(*holder))).collect();
    for (day, holder) in given.difference(&open) {
        tx.run(
            "INSERT INTO given_night (feed_id, day, holder, given_from) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (feed_id, day, holder) DO UPDATE SET given_until = NULL",
            params![reader.0, day.to_string(), holder, now],
        )?;
    }
    for (day, holder) in open.difference(&given) {
        tx.run(
            "UPDATE given_night SET given_until = ?4 WHERE feed_id = ?1 AND day = ?2 AND holder = ?3",
            params![reader.0, day.to_string(), holder, now],
        )?;
    }
    Ok(())
}

/// What any channel of a cabin was given, removed ones included, from a day on.
pub fn of_cabin(tx: &impl Read, cabin: CabinId, from: Date) -> Result<Vec<GivenNight>, StoreError> {
    all(
        tx,
        "SELECT g.feed_id, g.day, g.holder, g.given_from, g.given_until
         FROM feed f JOIN given_night g ON g.feed_id = f.id
         WHERE f.cabin_id = ?1 AND g.day >= ?2",
        params![cabin.0, from.to_string()],
        given_night,
    )
}

/// Deletes the nights before a day.
pub fn prune(tx: &mut WriteTx<'_>, before: Date) -> Result<usize, StoreError> {
    tx.run("DELETE FROM given_night WHERE day < ?1", [before.to_string()])
}

fn given_night(row: &Row<'_>) -> Result<GivenNight, StoreError> {
    let holder: String = row.get("holder")?;
    Ok(GivenNight {
        reader: FeedId(row.get("feed_id")?),
        day: date(row, "day")?,
        holder: decoded(&holder).ok_or_else(|| corrupt("given night", &holder))?,
        from: instant(row, "given_from")?,
        until: instant_or_none(row, "given_until")?,
    })
}

fn code(holder: Holder) -> String {
    match holder {
        Holder::Reservation(id) => format!("reservation-{id}"),
        Holder::Block(id) => format!("block-{id}"),
        Holder::Feed(id) => format!("feed-{id}"),
    }
}

fn decoded(code: &str) -> Option<Holder> {
    let (kind, id) = code.split_once('-')?;
    let id: i64 = id.parse().ok()?;
    match kind {
        "reservation" => Some(Holder::Reservation(ReservationId(id))),
        "block" => Some(Holder::Block(BlockId(id))),
        "feed" => Some(Holder::Feed(FeedId(id))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_holder_is_stored_and_read_again() {
        for holder in
            [Holder::Reservation(ReservationId(7)), Holder::Block(BlockId(3)), Holder::Feed(FeedId(2))]
        {
            assert_eq!(decoded(&code(holder)), Some(holder));
        }
        assert_eq!(decoded("guest-1").or(decoded("feed-")).or(decoded("")), None);
    }
}
