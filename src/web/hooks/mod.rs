//! Notifications from outside: checked by their signature, stored, and only then answered.

pub mod mercadopago;
pub mod whatsapp;

use super::http_response::HttpResponse;
use super::problem::Problem;
use crate::web::gate::{self, Gated};
use rocket::routes;

/// Every hook.
pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![whatsapp::verify, whatsapp::receive, mercadopago::receive])
}

/// Stored.
fn stored() -> HttpResponse {
    HttpResponse { status: 200, body: "{\"stored\":true}".to_owned(), retry_after: None }
}

fn bad_signature() -> Problem {
    Problem::new(401, "bad_signature", "The signature does not hold.")
}
