//! Prices: a cabin's year with its seasons painted on it, the seasons themselves, and what a stay would cost.

mod looking;
mod season;
mod season_form;
mod show;
mod trial;
mod year;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [show::routes(), season::routes()].concat()
}
