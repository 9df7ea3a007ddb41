//! Price rules on the owner's page: what is added to the price of the nights, what is taken off it, and an example
//! of what they come to.

mod actions;
mod example;
mod form;
mod sentences;
mod show;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [show::routes(), actions::routes()].concat()
}
