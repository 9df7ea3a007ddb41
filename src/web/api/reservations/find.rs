//! Looks up the reservation that a caller names.

use crate::app::Error;
use crate::domain::ids::{ReservationCode, ReservationId};
use crate::domain::reservation::Reservation;
use crate::store::{Read, reservations};

/// The reservation with this id or code.
pub(super) fn find(tx: &impl Read, name: &str) -> Result<Reservation, Error> {
    let by_id = name.parse().ok().map(ReservationId);
    let found = match by_id {
        Some(id) => reservations::find(tx, id)?,
        None => None,
    };
    // A code may consist of digits alone.
    let found = match (found, ReservationCode::parse(name)) {
        (None, Some(code)) => reservations::find_by_code(tx, &code)?,
        (found, _) => found,
    };
    found.ok_or(Error::NotFound)
}
