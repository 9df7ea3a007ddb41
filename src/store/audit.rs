//! The story of each reservation: who did what, when.

use super::codec::instant;
use super::tx::all;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::ReservationId;
use jiff::Timestamp;
use rusqlite::params;

/// One line of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who: `guest`, `casero`, `mercadopago`, or a user's e-mail.
    pub actor: String,
    /// What, as a stable word.
    pub event: String,
    /// What a sentence about it needs, as JSON.
    pub details: String,
}

/// Adds a line.
pub fn note(
    tx: &mut WriteTx<'_>,
    actor: &str,
    event: &str,
    reservation: Option<ReservationId>,
    details: &str,
) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.insert(
        "INSERT INTO audit (at, actor, event, reservation_id, details) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![now, actor, event, reservation.map(|id| id.0), details],
    )?;
    Ok(())
}

/// The story of one reservation, oldest first.
pub fn of_reservation(tx: &impl Read, reservation: ReservationId) -> Result<Vec<Entry>, StoreError> {
    all(
        tx,
        "SELECT at, actor, event, details FROM audit WHERE reservation_id = ?1 ORDER BY id",
        [reservation.0],
        |row| {
            Ok(Entry {
                at: instant(row, "at")?,
                actor: row.get("actor")?,
                event: row.get("event")?,
                details: row.get("details")?,
            })
        },
    )
}
