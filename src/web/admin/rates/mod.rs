//! Prices: a cabin's year with its seasons in colour, the seasons themselves, and a trial quote.

mod bulk;
mod looking;
mod season;
mod season_form;
mod show;
mod trial;
mod year;

pub(super) use season_form::DAYS;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [show::routes(), season::routes(), bulk::routes()].concat()
}
