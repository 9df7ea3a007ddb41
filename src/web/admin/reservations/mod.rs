//! Bookings: search, view, create, move, payments, cancellation.

mod find;
mod list;
mod moves;
mod new;
mod show;
pub(super) mod timeline;
mod voucher;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [list::routes(), show::routes(), moves::routes(), new::routes(), voucher::routes()].concat()
}
