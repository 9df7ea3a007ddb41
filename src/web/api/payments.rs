//! Payments in the state last reported by the provider.

use super::query;
use super::wire::Instant;
use crate::store::payments::{self, Payment};
use crate::web::http_response::HttpResponse;
use crate::web::problem::Problem;
use crate::web::state::Web;
use rocket::{State, get};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A page of payments.
#[derive(Serialize, ToSchema)]
pub struct PaymentList {
    /// The latest first.
    payments: Vec<PaymentView>,
    /// This page, from 1.
    page: u32,
    /// Rows of a page.
    per_page: u32,
}

/// A payment.
#[derive(Serialize, ToSchema)]
pub struct PaymentView {
    id: i64,
    /// `mercadopago`, `transfer` or `cash`.
    provider: String,
    /// The provider's id.
    provider_id: String,
    /// What it is for, when that is known.
    reservation_id: Option<i64>,
    /// The provider's word for its state.
    status: String,
    /// What it is to us: `matches`, `other_amount`, `other_currency`, `other_collector`, `unknown_reference`.
    verdict: String,
    amount_cents: i64,
    /// How much of it was given back.
    refunded_cents: i64,
    /// ISO 4217 code.
    currency: String,
    /// When we first saw it.
    created_at: Instant,
}

impl From<Payment> for PaymentView {
    fn from(payment: Payment) -> PaymentView {
        PaymentView {
            id: payment.id.0,
            provider: payment.provider.to_string(),
            provider_id: payment.provider_id,
            reservation_id: payment.reservation_id.map(|id| id.0),
            status: payment.status.to_string(),
            verdict: payment.verdict.to_string(),
            amount_cents: payment.amount_minor,
            refunded_cents: payment.refunded_minor,
            currency: payment.currency,
            created_at: Instant(payment.created_at),
        }
    }
}

/// Payments.
#[utoipa::path(get, path = "/api/v1/payments", tag = "payments", security(("bearer" = [])),
    params(("page" = Option<u32>, Query, description = "From 1")), responses(
    (status = 200, description = "A page", body = PaymentList),
))]
#[get("/payments?<page>")]
pub async fn list(web: &State<Arc<Web>>, page: Option<&str>) -> Result<HttpResponse, Problem> {
    let (page, offset) = query::page(page)?;
    let found = web.app.store.read(move |tx| payments::recent(tx, query::PAGE_ROWS, offset)).await?;
    let payments = found.into_iter().map(PaymentView::from).collect();
    Ok(HttpResponse::ok(&PaymentList { payments, page, per_page: query::PAGE_ROWS }))
}
