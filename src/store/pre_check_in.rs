//! Pre-check-in: what a guest tells before arriving (people, hour, car).

use super::tx::one;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::ReservationId;
use rusqlite::params;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub arrival_time: String,
    pub plate: String,
    /// The party, a line for each: name and document.
    pub people: String,
    pub notes: String,
}

pub fn find(tx: &impl Read, id: ReservationId) -> Result<Option<Told>, StoreError> {
    one(tx, "SELECT * FROM pre_check_in WHERE reservation_id = ?1", [id.0], |row| {
        Ok(Told {
            arrival_time: row.get("arrival_time")?,
            plate: row.get("plate")?,
            people: row.get("people")?,
            notes: row.get("notes")?,
        })
    })
}

/// Saves the answers, replacing earlier ones.
pub fn keep(tx: &mut WriteTx<'_>, id: ReservationId, told: &Told) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO pre_check_in (reservation_id, arrival_time, plate, people, notes, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (reservation_id) DO UPDATE SET arrival_time = excluded.arrival_time, plate = excluded.plate,
             people = excluded.people, notes = excluded.notes, updated_at = excluded.updated_at",
        params![id.0, told.arrival_time, told.plate, told.people, told.notes, now],
    )?;
    Ok(())
}
