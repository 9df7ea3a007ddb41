//! Looks up the reservation of a page.

use crate::domain::ids::ReservationCode;
use crate::domain::reservation::Reservation;
use crate::store::{Read, reservations};
use crate::web::admin::page::Failed;

pub(super) fn find(tx: &impl Read, code: &str) -> Result<Reservation, Failed> {
    let code = ReservationCode::parse(code).ok_or(Failed::NOT_FOUND)?;
    reservations::find_by_code(tx, &code)?.ok_or(Failed::NOT_FOUND)
}
