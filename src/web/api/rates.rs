//! Seasons of a cabin with a price of their own.

use super::cabins::Found;
use super::cabins::existing;
use super::id::Id;
use super::wire::{Day, Factor};
use crate::app::idempotency;
use crate::app::manage::{self, ManageError};
use crate::domain::cabin::Season;
use crate::domain::deposit::{DepositRule, GapPrice};
use crate::domain::ids::{CabinId, SeasonId};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::money::{AMOUNT_MINOR_MAX, Currency, Money, Percent};
use crate::domain::week::Weekdays;
use crate::store::cabins;
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
    /// Days on which a stay that begins in it may end; any when empty.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    departure_days: Weekdays,
    /// What a stay that begins in it pays in advance; the settings' percentage when not given.
    deposit: Option<DepositForm>,
    /// The price of a night of a stay that fills a hole shorter than `min_nights`; no such stay when not given.
    gap: Option<GapForm>,
}

/// What is paid in advance.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepositForm {
    /// Of the total, 0 to 100.
    Percent(u8),
    AmountCents(i64),
    FirstNight,
}

/// The price of a gap night.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GapForm {
    /// Of the night's own price, 1 to 500.
    Percent(u16),
    AmountCents(i64),
}

impl DepositForm {
    fn rule(self) -> Result<DepositRule, ManageError> {
        let high = AMOUNT_MINOR_MAX.unsigned_abs();
        let out = |high| ManageError::Invalid {
            field: Field::Deposit,
            problem: Invalid::Between { low: 0, high, unit: Unit::Plain },
        };
        match self {
            DepositForm::Percent(percent) => {
                Percent::new(percent).map(DepositRule::Percent).ok_or_else(|| out(100))
            }
            DepositForm::AmountCents(minor) if (0..=AMOUNT_MINOR_MAX).contains(&minor) => {
                Ok(DepositRule::AmountCents(minor))
            }
            DepositForm::AmountCents(_) => Err(out(high)),
            DepositForm::FirstNight => Ok(DepositRule::FirstNight),
        }
    }
}

impl From<DepositRule> for DepositForm {
    fn from(rule: DepositRule) -> DepositForm {
        match rule {
            DepositRule::Percent(percent) => DepositForm::Percent(percent.value()),
            DepositRule::AmountCents(minor) => DepositForm::AmountCents(minor),
            DepositRule::FirstNight => DepositForm::FirstNight,
        }
    }
}

impl GapForm {
    fn price(self) -> GapPrice {
        match self {
            GapForm::Percent(percent) => GapPrice::Percent(percent),
            GapForm::AmountCents(minor) => GapPrice::AmountCents(minor),
        }
    }
}

impl From<GapPrice> for GapForm {
    fn from(price: GapPrice) -> GapForm {
        match price {
            GapPrice::Percent(percent) => GapForm::Percent(percent),
            GapPrice::AmountCents(minor) => GapForm::AmountCents(minor),
        }
    }
}

impl RateBody {
    fn season(self, cabin_id: CabinId, id: SeasonId, currency: Currency) -> Result<Season, ManageError> {
        Ok(Season {
            id,
            cabin_id,
            name: self.name,
            from: self.from.0,
            to: self.to.0,
            price: Money::new(self.price_cents, currency),
            weekend_multiplier: self.weekend_multiplier.map(|factor| factor.0),
            min_nights: self.min_nights,
            arrival_days: self.arrival_days,
            departure_days: self.departure_days,
            deposit: self.deposit.map(DepositForm::rule).transpose()?,
            gap: self.gap.map(GapForm::price),
        })
    }
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
    /// Days on which a stay that begins in it may end; any when empty.
    #[schema(value_type = Vec<String>)]
    departure_days: Weekdays,
    /// What a stay that begins in it pays in advance; null follows the settings.
    deposit: Option<DepositForm>,
    /// The price of a night of a stay that fills a hole; null when none is sold.
    gap: Option<GapForm>,
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
            departure_days: season.departure_days,
            deposit: season.deposit.map(DepositForm::from),
            gap: season.gap.map(GapForm::from),
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
                let mut season = rate.season(CabinId(id.0), SeasonId(0), context.currency)?;
                season.id = manage::add_season(tx, &season, &actor)?;
                Ok::<_, ManageError>(season)
            },
            |_, _, season| Ok(HttpResponse::created(&RateView::from(season)).into()),
        );
        idempotency_key::answer(action.await)
    })
    .await
}

/// Change a season: the whole of it is replaced. What was sold keeps its price.
#[utoipa::path(put, path = "/api/v1/rates/{id}", tag = "cabins", security(("bearer" = [])),
    request_body = RateBody, params(("id" = i64, Path, description = "The season")), responses(
    (status = 200, description = "The season", body = RateView),
    (status = 404, description = "No such season", body = ProblemDocument),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[put("/rates/<id>", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    body: Body<RateBody>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), SeasonId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, context| {
            let cabin = cabins::cabin_of_season(tx, id)?.ok_or(ManageError::NotFound("rate"))?;
            let season = body.value.season(cabin, id, context.currency)?;
            manage::change_season(tx, &season, &actor)?;
            Ok::<_, ManageError>(season)
        },
        |_, _, season| Ok(HttpResponse::ok(&RateView::from(season)).into()),
    );
    idempotency_key::answer(action.await)
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
