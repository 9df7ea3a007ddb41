//! The simulated Mercado Pago: its API, its notifications, and its pay page.

mod amount;
pub mod ledger;
mod notify;
mod pay_page;
mod payer;
mod preferences;
mod refunds;
mod refused;
mod search;

use std::sync::Arc;

use rocket::{Route, State, get, post, put, routes};
use serde_json::{Value, json};

pub use payer::{Payment, PaymentOutcome};

use self::refused::{Answered, Refused};
use super::caller::Caller;
use super::faults::Target;
use super::response::{VendorResponse, through};
use super::world::World;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = routes![
        create_preference,
        update_preference,
        preference,
        search_payments,
        payment,
        cancel_payment,
        refund,
        list_refunds,
        merchant_order,
        me,
    ];
    routes.extend(pay_page::routes());
    routes
}

async fn serve(world: &World, caller: &Caller, action: impl FnOnce() -> Answered) -> VendorResponse {
    through(world, Target::Mercadopago, || match authorised(world, caller).and_then(|()| action()) {
        Ok((status, body)) => VendorResponse::json(status, &body),
        Err(refused) => refused.answer(),
    })
    .await
}

fn authorised(world: &World, caller: &Caller) -> Result<(), Refused> {
    let refuses = world.look(|scene| scene.ledger.behaviour.refuses);
    if let Some(status) = refuses.and_then(|status| u16::try_from(status).ok()) {
        return Err(Refused::new(status, "unauthorized", "invalid access token"));
    }
    match &caller.bearer {
        None => Err(Refused::new(401, "unauthorized", "Must provide your access_token to proceed")),
        Some(token) if *token == world.config.mp_access_token => Ok(()),
        Some(_) => Err(Refused::new(401, "unauthorized", "invalid access token")),
    }
}

fn parse(body: &[u8]) -> Result<Value, Refused> {
    serde_json::from_slice(body).map_err(|_| Refused::bad("The request body is not valid JSON"))
}

#[post("/checkout/preferences", data = "<body>")]
async fn create_preference(world: &State<Arc<World>>, caller: Caller, body: Vec<u8>) -> VendorResponse {
    // The vendor's policy agent refuses some valid calls; the same call succeeds a moment later.
    let refused = world.change(|scene| {
        let left = &mut scene.ledger.behaviour.refuses_checkouts;
        let refused = *left > 0;
        *left = left.saturating_sub(1);
        refused
    });
    if refused {
        let why = "At least one policy returned UNAUTHORIZED.";
        return Refused::new(403, "PA_UNAUTHORIZED_RESULT_FROM_POLICIES", why).answer();
    }
    serve(world, &caller, || preferences::create(world, &parse(&body)?, caller.idempotency_key.clone())).await
}

#[put("/checkout/preferences/<id>", data = "<body>")]
async fn update_preference(
    world: &State<Arc<World>>,
    caller: Caller,
    id: &str,
    body: Vec<u8>,
) -> VendorResponse {
    serve(world, &caller, || preferences::update(world, id, &parse(&body)?)).await
}

#[get("/checkout/preferences/<id>")]
async fn preference(world: &State<Arc<World>>, caller: Caller, id: &str) -> VendorResponse {
    serve(world, &caller, || preferences::show(world, id)).await
}

#[get("/v1/payments/search?<query..>")]
async fn search_payments(world: &State<Arc<World>>, caller: Caller, query: search::Query) -> VendorResponse {
    serve(world, &caller, || search::search(world, &query)).await
}

#[get("/v1/payments/<id>", rank = 5)]
async fn payment(world: &State<Arc<World>>, caller: Caller, id: u64) -> VendorResponse {
    serve(world, &caller, || search::show(world, id)).await
}

#[put("/v1/payments/<id>", data = "<body>")]
async fn cancel_payment(world: &State<Arc<World>>, caller: Caller, id: u64, body: Vec<u8>) -> VendorResponse {
    serve(world, &caller, || payer::cancel_by_seller(world, id, &parse(&body)?)).await
}

#[post("/v1/payments/<id>/refunds", data = "<body>")]
async fn refund(world: &State<Arc<World>>, caller: Caller, id: u64, body: Vec<u8>) -> VendorResponse {
    serve(world, &caller, || {
        let asked = if body.is_empty() { json!({}) } else { parse(&body)? };
        refunds::refund(world, id, &asked, caller.idempotency_key.as_deref())
    })
    .await
}

#[get("/v1/payments/<id>/refunds")]
async fn list_refunds(world: &State<Arc<World>>, caller: Caller, id: u64) -> VendorResponse {
    serve(world, &caller, || refunds::list(world, id)).await
}

#[get("/merchant_orders/<id>")]
async fn merchant_order(world: &State<Arc<World>>, caller: Caller, id: u64) -> VendorResponse {
    serve(world, &caller, || search::merchant_order(world, id)).await
}

#[get("/users/me")]
async fn me(world: &State<Arc<World>>, caller: Caller) -> VendorResponse {
    serve(world, &caller, || {
        Ok((
            200,
            json!({
                "id": world.config.collector_id,
                "nickname": "CABANASIMULADA",
                "country_id": "AR",
                "site_id": "MLA",
                "user_type": "normal",
                "status": {"site_status": "active"},
            }),
        ))
    })
    .await
}
