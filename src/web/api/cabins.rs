//! The cabins.

use super::id::Id;
use super::wire::Factor;
use crate::app::manage::{self, ManageError};
use crate::app::{AppContext, idempotency};
use crate::domain::cabin::Cabin;
use crate::domain::ids::CabinId;
use crate::domain::invalid::{Field, Invalid};
use crate::domain::money::{Currency, Money, Multiplier};
use crate::store::{StoreError, cabins, settings};
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, delete, get, post, put};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A cabin to be made, or as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CabinBody {
    /// What the owner calls it.
    name: String,
    /// How many people sleep in it.
    capacity: u16,
    /// Price of a plain night.
    base_price_cents: i64,
    /// ISO 4217 code; must be the property's.
    currency: Option<String>,
    /// Factor on weekend nights; the settings' when not given.
    weekend_multiplier: Option<Factor>,
    /// Fewest nights; the settings' when not given.
    min_nights: Option<u16>,
    /// So many babies sleep in cots, beside the capacity.
    #[serde(default)]
    babies_max: u16,
    /// Most animals; any number when not given.
    pets_max: Option<u16>,
    /// What guests read about it.
    #[serde(default)]
    description: String,
    #[serde(default)]
    amenities: Vec<String>,
    /// Addresses of pictures.
    #[serde(default)]
    photos: Vec<String>,
    #[serde(default)]
    location: String,
    /// House rules.
    #[serde(default)]
    policies: String,
    /// Whether it is offered.
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

/// A cabin.
#[derive(Serialize, ToSchema)]
pub struct CabinView {
    id: i64,
    /// What the owner calls it.
    name: String,
    /// How many people sleep in it.
    capacity: u16,
    /// Price of a plain night.
    base_price_cents: i64,
    /// ISO 4217 code.
    #[schema(value_type = String)]
    currency: Currency,
    /// Factor on weekend nights.
    weekend_multiplier: Factor,
    /// Fewest nights; null follows the settings.
    min_nights: Option<u16>,
    /// So many babies sleep in cots, beside the capacity.
    babies_max: u16,
    /// Most animals; null sets no limit.
    pets_max: Option<u16>,
    /// What guests read about it.
    description: String,
    amenities: Vec<String>,
    /// Addresses of pictures.
    photos: Vec<String>,
    location: String,
    /// House rules.
    policies: String,
    /// Whether it is offered.
    active: bool,
}

/// Every cabin.
#[derive(Serialize, ToSchema)]
pub struct CabinList {
    /// Oldest first.
    cabins: Vec<CabinView>,
}

impl CabinView {
    fn of(cabin: Cabin, context: &AppContext) -> CabinView {
        let cabin = context.with_public_photos(cabin);
        CabinView {
            id: cabin.id.0,
            name: cabin.name,
            capacity: cabin.capacity,
            base_price_cents: cabin.base_price.minor,
            currency: cabin.base_price.currency,
            weekend_multiplier: Factor(cabin.weekend_multiplier),
            min_nights: cabin.min_nights,
            babies_max: cabin.babies_max,
            pets_max: cabin.pets_max,
            description: cabin.description,
            amenities: cabin.amenities,
            photos: cabin.photos,
            location: cabin.location,
            policies: cabin.policies,
            active: cabin.active,
        }
    }
}

impl CabinBody {
    fn into_cabin(self, id: CabinId, context: &AppContext, usual: Multiplier) -> Result<Cabin, ManageError> {
        let currency = context.currency;
        if self.currency.as_deref().is_some_and(|code| code != currency.code()) {
            let problem = Invalid::OtherCurrency(currency);
            return Err(ManageError::Invalid { field: Field::Currency, problem });
        }
        Ok(context.with_kept_photos(Cabin {
            id,
            name: self.name.trim().to_owned(),
            capacity: self.capacity,
            base_price: Money::new(self.base_price_cents, currency),
            weekend_multiplier: self.weekend_multiplier.map_or(usual, |factor| factor.0),
            min_nights: self.min_nights,
            babies_max: self.babies_max,
            pets_max: self.pets_max,
            description: self.description,
            amenities: self.amenities,
            photos: self.photos,
            location: self.location,
            policies: self.policies,
            active: self.active,
        }))
    }
}

/// Every cabin.
#[utoipa::path(get, path = "/api/v1/cabins", tag = "cabins", security(("bearer" = [])), responses(
    (status = 200, description = "Every cabin", body = CabinList),
))]
#[get("/cabins")]
pub async fn list(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let cabins = web.app.store.read(|tx| cabins::list(tx)).await?;
    Ok(HttpResponse::ok(&CabinList {
        cabins: cabins.into_iter().map(|cabin| CabinView::of(cabin, &web.app.context)).collect(),
    }))
}

/// One cabin.
#[utoipa::path(get, path = "/api/v1/cabins/{id}", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin")), responses(
    (status = 200, description = "The cabin", body = CabinView),
    (status = 404, description = "No such cabin", body = ProblemDocument),
))]
#[get("/cabins/<id>")]
pub async fn show(web: &State<Arc<Web>>, id: Id) -> Result<HttpResponse, Problem> {
    let cabin = web.app.store.read(move |tx| cabins::find(tx, CabinId(id.0))).await?;
    let cabin = cabin.ok_or_else(|| Problem::not_found("cabin"))?;
    Ok(HttpResponse::ok(&CabinView::of(cabin, &web.app.context)))
}

/// Add a cabin.
#[utoipa::path(post, path = "/api/v1/cabins", tag = "cabins", security(("bearer" = [])),
    request_body = CabinBody, params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, description = "The cabin", body = CabinView),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[post("/cabins", data = "<body>")]
pub async fn create(
    web: &State<Arc<Web>>,
    caller: Caller,
    key: KeyHeader,
    body: Body<CabinBody>,
) -> HttpResponse {
    let (actor, idempotency_key) = (caller.actor(), key.of(&caller, &body.digest));
    idempotency_key::answer_once(web, idempotency_key, |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let (settings, _) = settings::load(tx)?;
                let cabin = body.value.into_cabin(CabinId(0), context, settings.weekend_multiplier)?;
                manage::add_cabin(tx, &cabin, &actor)
            },
            |tx, context, id| {
                let cabin = cabins::find(tx, id)?.ok_or(ManageError::NotFound("cabin"))?;
                Ok(HttpResponse::created(&CabinView::of(cabin, context)).into())
            },
        );
        idempotency_key::answer(action.await)
    })
    .await
}

/// Change a cabin: the whole of it is replaced.
#[utoipa::path(put, path = "/api/v1/cabins/{id}", tag = "cabins", security(("bearer" = [])),
    request_body = CabinBody, params(("id" = i64, Path, description = "The cabin")), responses(
    (status = 200, description = "The cabin", body = CabinView),
    (status = 404, description = "No such cabin", body = ProblemDocument),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[put("/cabins/<id>", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    body: Body<CabinBody>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), CabinId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, context| {
            let known = cabins::find(tx, id)?.ok_or(ManageError::NotFound("cabin"))?;
            let cabin = body.value.into_cabin(id, context, known.weekend_multiplier)?;
            manage::change_cabin(tx, &cabin, &actor)?;
            Ok::<_, ManageError>(cabin)
        },
        |_, context, cabin| Ok(HttpResponse::ok(&CabinView::of(cabin, context)).into()),
    );
    idempotency_key::answer(action.await)
}

/// Take a cabin off the list for good.
#[utoipa::path(delete, path = "/api/v1/cabins/{id}", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin")), responses(
    (status = 204, description = "Gone"),
    (status = 404, description = "No such cabin", body = ProblemDocument),
    (status = 409, description = "Guests are still to come", body = ProblemDocument),
))]
#[delete("/cabins/<id>")]
pub async fn remove(web: &State<Arc<Web>>, caller: Caller, id: Id) -> Result<HttpResponse, Problem> {
    let actor = caller.actor();
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, context| manage::remove_cabin(tx, context, CabinId(id.0), &actor),
        |_, _, ()| Ok(HttpResponse::done().into()),
    );
    idempotency_key::answer(action.await)
}

/// An existing cabin, or 404; for resources below a cabin.
pub(super) fn existing(tx: &impl crate::store::Read, id: CabinId) -> Result<Cabin, Found> {
    cabins::find(tx, id)?.ok_or(Found::Nothing("cabin"))
}

/// Failures of reading below a cabin.
pub(super) enum Found {
    /// There is no such thing.
    Nothing(&'static str),
    /// The database failed.
    Store(StoreError),
}

impl From<StoreError> for Found {
    fn from(error: StoreError) -> Found {
        Found::Store(error)
    }
}

impl From<Found> for Problem {
    fn from(found: Found) -> Problem {
        match found {
            Found::Nothing(what) => Problem::not_found(what),
            Found::Store(error) => error.into(),
        }
    }
}
