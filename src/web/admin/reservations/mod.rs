//! Bookings: found, looked at, made, moved, paid, called off.

mod list;
mod moves;
mod new;
mod show;
pub(super) mod timeline;
mod voucher;

use super::page::Failed;
use crate::domain::ids::ReservationCode;
use crate::domain::reservation::Reservation;
use crate::store::{Read, reservations};
use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [list::routes(), show::routes(), moves::routes(), new::routes(), voucher::routes()].concat()
}

fn find(tx: &impl Read, code: &str) -> Result<Reservation, Failed> {
    let code = ReservationCode::parse(code).ok_or(Failed::NOT_FOUND)?;
    reservations::find_by_code(tx, &code)?.ok_or(Failed::NOT_FOUND)
}
