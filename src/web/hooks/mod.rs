//! Webhooks: notifications are verified by their signature, stored, and only then answered.

mod answers;
pub mod mercadopago;
pub mod whatsapp;

use crate::web::gate::{self, Gated};
use rocket::routes;

/// Every webhook.
pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![whatsapp::verify, whatsapp::receive, mercadopago::receive, mercadopago::present])
}
