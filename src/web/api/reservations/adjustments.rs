//! What the owner agrees on a reservation that there is: lines of its own, a whole price; and taking a line back.

use super::super::id::Id;
use super::super::wire::{AdjustmentForm, agreed};
use super::find::find;
use super::view::ReservationView;
use crate::app::{Error, agreement, idempotency};
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, delete, post};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What was agreed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Adjustments {
    #[serde(default)]
    adjustments: Vec<AdjustmentForm>,
    /// The whole price.
    agreed_total_cents: Option<i64>,
}

/// Add what was agreed to the price.
#[utoipa::path(post, path = "/api/v1/reservations/{id}/adjustments", tag = "reservations",
    security(("bearer" = [])), request_body = Adjustments,
    params(("id" = String, Path, description = "Its id or its code"), ("Idempotency-Key" = Option<String>, Header)),
    responses(
    (status = 200, description = "The reservation at its new price", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
    (status = 409, description = "Not now", body = ProblemDocument),
    (status = 422, description = "A value can't hold, or the price would be below zero", body = ProblemDocument),
))]
#[post("/reservations/<id>/adjustments", data = "<body>")]
pub async fn add(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    key: KeyHeader,
    body: Body<Adjustments>,
) -> HttpResponse {
    let (actor, idempotency_key, id) = (caller.actor(), key.of(&caller, &body.digest), id.to_owned());
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let Adjustments { adjustments, agreed_total_cents } = body.value;
        let agreed = agreed(web.app.context.currency, adjustments, agreed_total_cents)?;
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let id = find(tx, &id)?.id;
                agreement::agree(tx, context, id, &agreed, &actor)
            },
            |tx, _, reservation| Ok(HttpResponse::ok(&ReservationView::load(tx, reservation)?).into()),
        );
        idempotency_key::answer::<Error>(action.await)
    })
    .await
}

/// Take an agreed line back.
#[utoipa::path(delete, path = "/api/v1/reservations/{id}/adjustments/{place}", tag = "reservations",
    security(("bearer" = [])), params(
        ("id" = String, Path, description = "Its id or its code"),
        ("place" = i64, Path, description = "The line's place among `lines`, from 0"),
    ), responses(
    (status = 200, description = "The reservation at its new price", body = ReservationView),
    (status = 404, description = "No such reservation, or no agreed line at that place", body = ProblemDocument),
    (status = 409, description = "Not now", body = ProblemDocument),
))]
#[delete("/reservations/<id>/adjustments/<place>")]
pub async fn remove(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: &str,
    place: Id,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), id.to_owned());
    let place = usize::try_from(place.0).map_err(|_| Problem::not_found("line"))?;
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, context| {
            let id = find(tx, &id)?.id;
            agreement::take_back(tx, context, id, place, &actor)
        },
        |tx, _, reservation| Ok(HttpResponse::ok(&ReservationView::load(tx, reservation)?).into()),
    );
    idempotency_key::answer::<Error>(action.await)
}
