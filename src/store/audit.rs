//! The audit trail of each reservation: who did what, when.

use super::codec::{coded, instant, to_json};
use super::row::Row;
use super::tx::all;
use super::{Read, StoreError, WriteTx};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::code::Coded;
use crate::domain::ids::ReservationId;
use jiff::Timestamp;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    pub actor: Actor,
    pub event: Coded<AuditEvent>,
    /// Its details as JSON.
    pub details: String,
}

impl Entry {
    /// The money that its details name, in minor units.
    pub fn amount_minor(&self) -> Option<i64> {
        let details: serde_json::Value = serde_json::from_str(&self.details).ok()?;
        details["amount_cents"].as_i64()
    }
}

pub fn note(
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    event: AuditEvent,
    reservation: Option<ReservationId>,
    about: About,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.insert(
        "INSERT INTO audit (at, actor, event, reservation_id, details) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![now, actor.name(), event.code(), reservation.map(|id| id.0), to_json(&about)],
    )?;
    Ok(())
}

/// A line of the whole server's audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its row; a later line has a higher one.
    pub id: i64,
    pub code: Option<String>,
    pub entry: Entry,
}

/// The lines before a row, newest first, in the order of the table's primary key: no sort.
pub(super) const BEFORE: &str = "SELECT a.id, a.at, a.actor, a.event, a.details, r.code
     FROM audit a LEFT JOIN reservation r ON r.id = a.reservation_id
     WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2";

/// At most `most` lines before a row, newest first.
pub fn before(tx: &impl Read, id: i64, most: usize) -> Result<Vec<Line>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    all(tx, BEFORE, [id, most], |row| {
        Ok(Line { id: row.get("id")?, code: row.get("code")?, entry: entry(row)? })
    })
}

/// The audit trail of one reservation, oldest first.
pub fn of_reservation(tx: &impl Read, reservation: ReservationId) -> Result<Vec<Entry>, StoreError> {
    all(
        tx,
        "SELECT at, actor, event, details FROM audit WHERE reservation_id = ?1 ORDER BY id",
        [reservation.0],
        entry,
    )
}

fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    Ok(Entry {
        at: instant(row, "at")?,
        actor: Actor::read(row.text("actor")?),
        event: coded(row, "event")?,
        details: row.get("details")?,
    })
}
