//! Changing many prices at once: a preview, the change, and taking it back.

use super::id::Id;
use super::wire::Day;
use crate::app::manage::ManageError;
use crate::app::rate_changes::{self, Scope};
use crate::app::{AppContext, idempotency};
use crate::domain::cabin::Season;
use crate::domain::ids::{CabinId, RateChangeId};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::money::Currency;
use crate::domain::pricing::RulePercent;
use crate::domain::rates::{By, PriceChange, RateEdits};
use crate::store::{Read, cabins};
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Most percent that a price goes up at once: more is a typing error.
const PERCENT_MAX: u32 = 1000;
/// Largest number to whose multiples prices are rounded, in minor units.
const ROUND_TO_MAX: i64 = 100_000_000;

/// What changes, and by how much.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateChangeBody {
    /// Every cabin when not given.
    #[serde(default)]
    cabin_ids: Vec<i64>,
    /// First night; without a span every season that is not past changes, and the base prices.
    from: Option<Day>,
    /// The day after the last night.
    to: Option<Day>,
    /// Either this, below zero for less, or `amount_cents`.
    #[schema(value_type = Option<f64>)]
    percent: Option<serde_json::Number>,
    /// Below zero for less.
    amount_cents: Option<i64>,
    /// Prices become multiples of it.
    round_to_cents: Option<i64>,
    /// Only says what would change.
    #[serde(default)]
    preview: bool,
}

/// Which seasons are copied, and by how much their prices change.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RateCopyBody {
    /// Every cabin when not given.
    #[serde(default)]
    cabin_ids: Vec<i64>,
    /// Seasons that begin on this day or later…
    from: Day,
    /// …and before this one.
    to: Day,
    /// How many years later; 1 when not given.
    years: Option<i16>,
    /// Below zero for less; the same prices when neither is given.
    #[schema(value_type = Option<f64>)]
    percent: Option<serde_json::Number>,
    amount_cents: Option<i64>,
    round_to_cents: Option<i64>,
    #[serde(default)]
    preview: bool,
}

/// What changed, or would.
#[derive(Serialize, ToSchema)]
pub struct RateChangeView {
    /// Takes it back; null for a preview.
    id: Option<i64>,
    changes: Vec<RateChangeLine>,
    /// ISO 4217 code of every amount.
    #[schema(value_type = String)]
    currency: Currency,
}

/// One price.
#[derive(Serialize, ToSchema)]
pub struct RateChangeLine {
    cabin_id: i64,
    cabin_name: String,
    /// `base`, `season`, or `new_season` for nights that had none.
    what: &'static str,
    /// The season; null for a base price, and for a new one in a preview.
    rate_id: Option<i64>,
    name: String,
    /// First night.
    from: Option<Day>,
    /// The day after the last night.
    to: Option<Day>,
    /// Null for nights that had no season.
    before_cents: Option<i64>,
    after_cents: i64,
}

fn price_change(
    percent: Option<&serde_json::Number>,
    amount: Option<i64>,
    round_to: Option<i64>,
) -> Result<PriceChange, ManageError> {
    let refused = |field, problem| ManageError::Invalid { field, problem };
    let by = match (percent, amount) {
        (Some(percent), None) => By::Percent(hundredths(&percent.to_string()).ok_or_else(|| {
            let high = PERCENT_MAX.into();
            refused(Field::Percent, Invalid::AtMost { high, unit: Unit::Plain })
        })?),
        (None, Some(amount)) => By::Amount(amount),
        (Some(_), Some(_)) | (None, None) => {
            let one = Invalid::OneOf(Field::AmountCents, Field::Percent);
            return Err(refused(Field::Percent, one));
        }
    };
    let round_to = round_to.unwrap_or(1);
    if !(1..=ROUND_TO_MAX).contains(&round_to) {
        let high = ROUND_TO_MAX.unsigned_abs();
        return Err(refused(Field::RoundToCents, Invalid::Between { low: 1, high, unit: Unit::Plain }));
    }
    Ok(PriceChange { by, round_to })
}

/// Hundredths of a percentage of -100 to [`PERCENT_MAX`], by its digits.
fn hundredths(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= PERCENT_MAX)?;
    // The decimals as those of a percentage that has no whole part but one.
    let decimals = RulePercent::read(&format!("1.{decimals}")).filter(|_| decimals.len() <= 2)?;
    let size = i32::try_from(whole * 100).ok()? + i32::from(decimals.hundredths()) - 100;
    (sign > 0 || size <= 10_000).then_some(sign * size)
}

fn view(
    tx: &impl Read,
    context: &AppContext,
    id: Option<RateChangeId>,
    edits: &RateEdits,
) -> Result<RateChangeView, ManageError> {
    let name = |cabin: CabinId| Ok::<_, ManageError>(cabins::name(tx, cabin)?.unwrap_or_default());
    let mut changes = Vec::new();
    for base in &edits.bases {
        changes.push(RateChangeLine {
            cabin_id: base.cabin.0,
            cabin_name: name(base.cabin)?,
            what: "base",
            rate_id: None,
            name: String::new(),
            from: None,
            to: None,
            before_cents: Some(base.before.minor),
            after_cents: base.after.minor,
        });
    }
    let seasons = edits.changed.iter().map(|(before, after)| (Some(before), after));
    for (before, after) in seasons.chain(edits.added.iter().map(|after| (None, after))) {
        changes.push(of_season(name(after.cabin_id)?, before, after));
    }
    Ok(RateChangeView { id: id.map(|id| id.0), changes, currency: context.currency })
}

fn of_season(cabin_name: String, before: Option<&Season>, after: &Season) -> RateChangeLine {
    RateChangeLine {
        cabin_id: after.cabin_id.0,
        cabin_name,
        what: if before.is_some() { "season" } else { "new_season" },
        rate_id: Some(after.id.0).filter(|id| *id != 0),
        name: after.name.clone(),
        from: Some(Day(after.from)),
        to: Some(Day(after.to)),
        before_cents: before.map(|before| before.price.minor),
        after_cents: after.price.minor,
    }
}

/// Change many prices at once. What was sold keeps its price.
#[utoipa::path(post, path = "/api/v1/rates/change", tag = "cabins", security(("bearer" = [])),
    request_body = RateChangeBody, params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 200, description = "What changed, or would", body = RateChangeView),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[post("/rates/change", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    caller: Caller,
    key: KeyHeader,
    body: Body<RateChangeBody>,
) -> HttpResponse {
    let (actor, idempotency_key, wanted) = (caller.actor(), key.of(&caller, &body.digest), body.value);
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, context| {
                let change =
                    price_change(wanted.percent.as_ref(), wanted.amount_cents, wanted.round_to_cents)?;
                let one = |field, other| ManageError::Invalid { field, problem: Invalid::NotWithout(other) };
                let span = match (wanted.from, wanted.to) {
                    (Some(from), Some(to)) => Some((from.0, to.0)),
                    (None, None) => None,
                    (Some(_), None) => return Err(one(Field::From, Field::To)),
                    (None, Some(_)) => return Err(one(Field::To, Field::From)),
                };
                let scope = Scope { cabins: wanted.cabin_ids.iter().map(|id| CabinId(*id)).collect(), span };
                let edits = rate_changes::plan(tx, &scope, change, context.moment(tx).today())?;
                rate_changes::make(tx, edits, wanted.preview, &actor)
            },
            |tx, context, (id, edits)| Ok(HttpResponse::ok(&view(tx, context, id, &edits)?).into()),
        );
        idempotency_key::answer(action.await)
    })
    .await
}

/// Copy the seasons of a span to another year.
#[utoipa::path(post, path = "/api/v1/rates/copy", tag = "cabins", security(("bearer" = [])),
    request_body = RateCopyBody, params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 200, description = "What was added, or would be", body = RateChangeView),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[post("/rates/copy", data = "<body>")]
pub async fn copy(
    web: &State<Arc<Web>>,
    caller: Caller,
    key: KeyHeader,
    body: Body<RateCopyBody>,
) -> HttpResponse {
    let (actor, idempotency_key, wanted) = (caller.actor(), key.of(&caller, &body.digest), body.value);
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, _| {
                let same = wanted.percent.is_none() && wanted.amount_cents.is_none();
                let amount = if same { Some(0) } else { wanted.amount_cents };
                let change = price_change(wanted.percent.as_ref(), amount, wanted.round_to_cents)?;
                let cabins = wanted.cabin_ids.iter().map(|id| CabinId(*id)).collect();
                let scope = Scope { cabins, span: Some((wanted.from.0, wanted.to.0)) };
                let years = wanted.years.unwrap_or(1).clamp(1, 10);
                let edits = rate_changes::plan_copy(tx, &scope, years, change)?;
                rate_changes::make(tx, edits, wanted.preview, &actor)
            },
            |tx, context, (id, edits)| Ok(HttpResponse::ok(&view(tx, context, id, &edits)?).into()),
        );
        idempotency_key::answer(action.await)
    })
    .await
}

/// Put every price of a change back as it was.
#[utoipa::path(post, path = "/api/v1/rates/changes/{id}/undo", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The change")), responses(
    (status = 200, description = "What was taken back", body = RateChangeView),
    (status = 404, description = "No such change", body = ProblemDocument),
    (status = 409, description = "One of the prices was changed since", body = ProblemDocument),
))]
#[post("/rates/changes/<id>/undo")]
pub async fn undo(web: &State<Arc<Web>>, caller: Caller, id: Id) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), RateChangeId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| rate_changes::undo(tx, id, &actor),
        move |tx, context, edits| Ok(HttpResponse::ok(&view(tx, context, Some(id), &edits)?).into()),
    );
    idempotency_key::answer(action.await)
}

#[cfg(test)]
#[test]
fn a_percentage_is_read_by_its_digits() {
    let read = ["10", "10.5", "-7.25", "-100", "0", "1000"].map(hundredths);
    assert_eq!(read, [Some(1000), Some(1050), Some(-725), Some(-10_000), Some(0), Some(100_000)]);
    assert_eq!(["1001", "-101", "1e3", "10.555", ""].map(hundredths), [None; 5]);
}
