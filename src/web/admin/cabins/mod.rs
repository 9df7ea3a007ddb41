//! Cabins: their data, prices and photographs.

mod pages;
mod photos;

use crate::web::gate::Gated;

pub(super) fn routes() -> Vec<Gated> {
    [pages::routes(), photos::routes()].concat()
}
