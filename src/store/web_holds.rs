//! Holds of the public form, by the address that they came from.

use super::tx::one;
use super::{Read, StoreError, WriteTx};
use crate::domain::ids::ReservationId;
use rusqlite::params;

/// Holds of the form that wait for their deposit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Of all addresses.
    pub all: u32,
    /// Of one.
    pub of_address: u32,
    /// The nights of that one.
    pub nights: u32,
}

/// Records from where a hold came, as a digest.
pub fn insert(tx: &mut WriteTx<'_>, reservation: ReservationId, address: &[u8]) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO web_hold (reservation_id, address) VALUES (?1, ?2)",
        params![reservation.0, address],
    )?;
    Ok(())
}

/// What waits now: neither lapsed nor paid, not even in part.
pub fn waiting(tx: &impl Read, address: &[u8]) -> Result<Waiting, StoreError> {
    let found = one(
        tx,
        "SELECT count(*) AS held, coalesce(sum(w.address = ?1), 0) AS of_address,
                CAST(total(CASE WHEN w.address = ?1
                    THEN julianday(r.check_out) - julianday(r.check_in) END) AS INTEGER) AS nights
         FROM web_hold w JOIN reservation r ON r.id = w.reservation_id
         WHERE r.status = 'pre_reserved' AND r.expires_at > ?2
           AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.reservation_id = r.id)",
        params![address, tx.now().as_millisecond()],
        |row| {
            Ok(Waiting {
                all: row.get("held")?,
                of_address: row.get("of_address")?,
                nights: row.get("nights")?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// Forgets from where the holds came that wait no more.
pub fn prune(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "DELETE FROM web_hold WHERE reservation_id IN
             (SELECT id FROM reservation WHERE status <> 'pre_reserved' OR expires_at <= ?1)",
        [now],
    )?;
    Ok(())
}
