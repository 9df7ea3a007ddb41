//! The cabins: what is rented, at what price, and how it looks.

mod pages;
mod photos;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [pages::routes(), photos::routes()].concat()
}
