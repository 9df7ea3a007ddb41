//! Seasons of a cabin with a price of their own.

use super::cabins::Found;
use super::cabins::existing;
use super::id::Id;
use super::wire::{Day, Factor};
use crate::app::idempotency;
use crate::app::manage::{self, ManageError};
use crate::domain::cabin::Season;
use crate::domain::ids::{CabinId, SeasonId};
use crate::domain::money::{Currency, Money};
use crate::domain::week::Weekdays;
use crate::store::cabins;
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, delete, get, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A season to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateBody {
    /// What the owner calls it.
    #[serde(default)]
    name: String,
    /// First night.
    from: Day,
    /// The day after the last night.
    to: Day,
    /// Price of a plain night.
    price_cents: i64,
    /// Factor on weekend nights; the cabin's when not given.
    weekend_multiplier: Option<Factor>,
    /// Fewest nights of a stay that begins in it.
    min_nights: Option<u16>,
    /// Days on which a stay may begin (`mon` to `sun`); any when empty.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    arrival_days: Weekdays,
}

/// A season.
#[derive(Serialize, ToSchema)]
pub struct RateView {
    id: i64,
    cabin_id: i64,
    /// What the owner calls it.
    name: String,
    /// First night.
    from: Day,
    /// The day after the last night.
    to: Day,
    /// Price of a plain night.
    price_cents: i64,
    /// ISO 4217 code.
    #[schema(value_type = String)]
    currency: Currency,
    /// Factor on weekend nights; null follows the cabin.
    weekend_multiplier: Option<Factor>,
    /// Fewest nights of a stay that begins in it.
    min_nights: Option<u16>,
    /// Days on which a stay may begin; any when empty.
    #[schema(value_type = Vec<String>)]
    arrival_days: Weekdays,
}

/// The seasons of a cabin.
#[derive(Serialize, ToSchema)]
pub struct RateList {
    /// By first night. Of two that cover a night the shorter holds.
    rates: Vec<RateView>,
}

impl From<Season> for RateView {
    fn from(season: Season) -> RateView {
        RateView {
            id: season.id.0,
            cabin_id: season.cabin_id.0,
            name: season.name,
            from: Day(season.from),
            to: Day(season.to),
            price_cents: season.price.minor,
            currency: season.price.currency,
            weekend_multiplier: season.weekend_multiplier.map(Factor),
            min_nights: season.min_nights,
            arrival_days: season.arrival_days,
        }
    }
}

/// The seasons of a cabin.
#[utoipa::path(get, path = "/api/v1/cabins/{id}/rates", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin")), responses(
    (status = 200, description = "Its seasons", body = RateList),
    (status = 404, description = "No such cabin", body = ProblemDocument),
))]
#[get("/cabins/<id>/rates")]
pub async fn list(web: &State<Arc<Web>>, id: Id) -> Result<HttpResponse, Problem> {
    let cabin = CabinId(id.0);
    let seasons = web.app.store.read(move |tx| {
        existing(tx, cabin)?;
        Ok::<_, Found>(cabins::all_seasons(tx, cabin)?)
    });
    let rates = seasons.await?.into_iter().map(RateView::from).collect();
    Ok(HttpResponse::ok(&RateList { rates }))
}

/// Add a season.
#[utoipa::path(post, path = "/api/v1/cabins/{id}/rates", tag = "cabins", security(("bearer" = [])),
    request_body = RateBody, params(
        ("id" = i64, Path, description = "The cabin"), ("Idempotency-Key" = Option<String>, Header),
    ), responses(
    (status = 201, description = "The season", body = RateView),
    (status = 404, description = "No such cabin", body = ProblemDocument),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[post("/cabins/<id>/rates", data = "<body>")]
pub async fn create(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    key: KeyHeader,
    body: Body<RateBody>,
) -> HttpResponse {
    let (actor, idempotency_key, rate) = (caller.actor(), key.of(&caller, &body.digest), body.value);
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let mut season = Season {
                    id: SeasonId(0),
                    cabin_id: CabinId(id.0),
                    name: rate.name,
                    from: rate.from.0,
                    to: rate.to.0,
                    price: Money::new(rate.price_cents, context.currency),
                    weekend_multiplier: rate.weekend_multiplier.map(|factor| factor.0),
                    min_nights: rate.min_nights,
                    arrival_days: rate.arrival_days,
                };
                season.id = manage::add_season(tx, &season, &actor)?;
                Ok::<_, ManageError>(season)
            },
            |_, _, season| Ok(HttpResponse::created(&RateView::from(season)).into()),
        );
        idempotency_key::answer(action.await)
    })
    .await
}

/// Remove a season.
#[utoipa::path(delete, path = "/api/v1/cabins/{id}/rates/{rate}", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin"), ("rate" = i64, Path, description = "The season")),
    responses(
    (status = 204, description = "Gone"),
    (status = 404, description = "No such season", body = ProblemDocument),
))]
#[delete("/cabins/<id>/rates/<rate>")]
pub async fn remove(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    rate: Id,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor();
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| manage::remove_season(tx, CabinId(id.0), SeasonId(rate.0), &actor),
        |_, _, ()| Ok(HttpResponse::done().into()),
    );
    idempotency_key::answer(action.await)
}

/// Remove a season, by its id alone.
#[utoipa::path(delete, path = "/api/v1/rates/{id}", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The season")), responses(
    (status = 204, description = "Gone"),
    (status = 404, description = "No such season", body = ProblemDocument),
))]
#[delete("/rates/<id>")]
pub async fn remove_by_id(web: &State<Arc<Web>>, caller: Caller, id: Id) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), SeasonId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| {
            let cabin = cabins::cabin_of_season(tx, id)?.ok_or(ManageError::NotFound("rate"))?;
            manage::remove_season(tx, cabin, id, &actor)
        },
        |_, _, ()| Ok(HttpResponse::done().into()),
    );
    idempotency_key::answer(action.await)
}
