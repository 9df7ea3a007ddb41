//! Price rules: what is added to the price of the nights or taken off it.

use super::id::Id;
use super::wire::Day;
use crate::app::manage::ManageError;
use crate::app::{idempotency, price_rules};
use crate::domain::ids::{CabinId, PriceRuleId};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::pricing::{PriceRule, PromoCode, Remark, RuleAmount, RuleKind, RulePercent, RuleTerms};
use crate::domain::week::Weekdays;
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, delete, get, post, put};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use std::sync::Arc;
use utoipa::ToSchema;

/// A price rule. All that it names must hold for it to apply.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceRuleForm {
    /// `extra_guest`, `child`, `pet`, `cleaning`, `fee`, `discount` or `tax`.
    kind: String,
    /// The owner's words for it.
    #[serde(default)]
    name: String,
    /// Only for these cabins; for all when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cabin_ids: Option<Vec<i64>>,
    /// Either this or `percent`; above zero, also for a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount_cents: Option<i64>,
    /// 0.01 to 100, of `fee`, `discount` and `tax`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    percent: Option<serde_json::Number>,
    /// `stay`, `night`, `person_night`, `pet` or `pet_night`; the usual one of its kind when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    per: Option<String>,
    /// The first guest who pays: 3 means two are included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from_guests: Option<u16>,
    /// Of `child`, who pays it; of `tax`, who does not. In years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    age_under: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min_nights: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_nights: Option<u16>,
    /// Days from booking to arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_before_min: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_before_max: Option<u16>,
    /// `mercadopago`, `transfer` or `cash`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pay_with: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    promo_code: Option<String>,
    /// How often the promo code may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    uses_max: Option<u32>,
    /// The first night; the first day of arrival where it does not count by the night.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<Day>,
    /// The day after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Day>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    arrival_days: Weekdays,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    departure_days: Weekdays,
    /// Charged only to who takes it.
    #[serde(default)]
    optional: bool,
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

/// A price rule as it is kept.
#[derive(Serialize, ToSchema)]
pub struct PriceRuleView {
    id: i64,
    #[serde(flatten)]
    rule: PriceRuleForm,
    /// How many reservations were sold with its promo code, where `uses_max` limits it.
    uses: u32,
    /// Why it will change no price, as it stands.
    remarks: Vec<RemarkView>,
}

/// Why a rule will change no price.
#[derive(Serialize, ToSchema)]
pub struct RemarkView {
    /// Stable name.
    code: &'static str,
    /// A sentence for people.
    detail: String,
    /// The other rule, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_rule_id: Option<i64>,
}

/// Every price rule.
#[derive(Serialize, ToSchema)]
pub struct PriceRuleList {
    /// The oldest first, which is the order of their lines.
    price_rules: Vec<PriceRuleView>,
}

impl PriceRuleForm {
    fn terms(self) -> Result<RuleTerms, ManageError> {
        let kind: RuleKind = word(Field::Kind, &self.kind)?;
        let plain = RuleTerms::of(kind, self.name.trim(), amount(self.amount_cents, self.percent)?);
        let wrong = |field, problem| ManageError::Invalid { field, problem };
        let code_length =
            || wrong(Field::PromoCode, Invalid::Between { low: 1, high: 24, unit: Unit::Characters });
        Ok(RuleTerms {
            cabin_ids: self.cabin_ids.map(|ids| ids.into_iter().map(CabinId).collect()),
            per: self.per.map_or(Ok(plain.per), |per| word(Field::Per, &per))?,
            from_guests: self.from_guests,
            age_under: self.age_under,
            min_nights: self.min_nights,
            max_nights: self.max_nights,
            days_before_min: self.days_before_min,
            days_before_max: self.days_before_max,
            pay_with: self.pay_with.map(|way| word(Field::PayWith, &way)).transpose()?,
            promo_code: self
                .promo_code
                .map(|code| PromoCode::typed(&code).ok_or_else(code_length))
                .transpose()?,
            uses_max: self.uses_max,
            from: self.from.map(|day| day.0),
            to: self.to.map(|day| day.0),
            arrival_days: self.arrival_days,
            departure_days: self.departure_days,
            optional: self.optional,
            active: self.active,
            ..plain
        })
    }

    fn of(rule: &RuleTerms) -> PriceRuleForm {
        let (amount_cents, percent) = match rule.amount {
            RuleAmount::AmountCents(minor) => (Some(minor), None),
            RuleAmount::Percent(percent) => (None, Some(number(percent))),
        };
        PriceRuleForm {
            kind: rule.kind.code().to_owned(),
            name: rule.name.clone(),
            cabin_ids: rule.cabin_ids.as_ref().map(|ids| ids.iter().map(|id| id.0).collect()),
            amount_cents,
            percent,
            per: Some(rule.per.code().to_owned()),
            from_guests: rule.from_guests,
            age_under: rule.age_under,
            min_nights: rule.min_nights,
            max_nights: rule.max_nights,
            days_before_min: rule.days_before_min,
            days_before_max: rule.days_before_max,
            pay_with: rule.pay_with.map(|way| way.code().to_owned()),
            promo_code: rule.promo_code.as_ref().map(|code| code.as_str().to_owned()),
            uses_max: rule.uses_max,
            from: rule.from.map(Day),
            to: rule.to.map(Day),
            arrival_days: rule.arrival_days,
            departure_days: rule.departure_days,
            optional: rule.optional,
            active: rule.active,
        }
    }
}

/// A word of a closed set.
fn word<T: FromStr>(field: Field, text: &str) -> Result<T, ManageError> {
    text.trim().parse().map_err(|_| ManageError::Invalid { field, problem: Invalid::Unknown })
}

fn amount(minor: Option<i64>, percent: Option<serde_json::Number>) -> Result<RuleAmount, ManageError> {
    let (field, problem) = match (minor, percent) {
        (Some(minor), None) => return Ok(RuleAmount::AmountCents(minor)),
        (None, Some(percent)) => {
            let percent = RulePercent::read(&percent.to_string());
            let bounds = Invalid::Between { low: 0, high: 100, unit: Unit::Plain };
            return percent
                .map(RuleAmount::Percent)
                .ok_or(ManageError::Invalid { field: Field::Percent, problem: bounds });
        }
        (Some(_), Some(_)) => (Field::Percent, Invalid::OneOf(Field::AmountCents, Field::Percent)),
        (None, None) => (Field::AmountCents, Invalid::OneOf(Field::AmountCents, Field::Percent)),
    };
    Err(ManageError::Invalid { field, problem })
}

/// A percentage as a JSON number, by its digits.
fn number(percent: RulePercent) -> serde_json::Number {
    let hundredths = percent.hundredths();
    match hundredths % 100 {
        0 => (hundredths / 100).into(),
        // Division of a small integer by 100: the shortest decimal of the result is the percentage itself.
        _ => serde_json::Number::from_f64(f64::from(hundredths) / 100.0).unwrap_or_else(|| hundredths.into()),
    }
}

fn remark(remark: Remark) -> RemarkView {
    let (code, detail, other) = match remark {
        Remark::Past => ("past", "Its last day is past.".to_owned(), None),
        Remark::LongerThanSold { max } => {
            ("longer_than_sold", format!("No stay is longer than {max} nights."), None)
        }
        Remark::FurtherThanSold { days } => {
            ("further_than_sold", format!("Stays are sold {days} days ahead at most."), None)
        }
        Remark::MoreGuestsThanBeds { capacity } => {
            ("more_guests_than_beds", format!("Its cabins sleep at most {capacity}."), None)
        }
        Remark::NoSuchDay => ("no_such_day", "No day of arrival lies between its dates.".to_owned(), None),
        Remark::NoPets => ("no_pets", "None of its cabins takes pets.".to_owned(), None),
        Remark::UsedUp => ("used_up", "Its promo code was used as often as it may.".to_owned(), None),
        Remark::Replaced { by } => {
            ("replaced", "Another rule always takes its place.".to_owned(), Some(by.0))
        }
        Remark::Replaces { other } => {
            ("replaces", "It always takes the place of another rule.".to_owned(), Some(other.0))
        }
    };
    RemarkView { code, detail, price_rule_id: other }
}

fn view(rule: &PriceRule, remarks: Vec<Remark>) -> PriceRuleView {
    PriceRuleView {
        id: rule.id.0,
        rule: PriceRuleForm::of(rule),
        uses: rule.used,
        remarks: remarks.into_iter().map(remark).collect(),
    }
}

/// Every price rule.
#[utoipa::path(get, path = "/api/v1/price_rules", tag = "cabins", security(("bearer" = [])), responses(
    (status = 200, description = "Every price rule", body = PriceRuleList),
))]
#[get("/price_rules")]
pub async fn list(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let context = Arc::clone(&web.app.context);
    let list = web.app.store.read(move |tx| {
        let rules = price_rules::with_remarks(tx, &context)?.into_iter();
        Ok::<_, ManageError>(rules.map(|(rule, remarks)| view(&rule, remarks)).collect::<Vec<_>>())
    });
    Ok(HttpResponse::ok(&PriceRuleList { price_rules: list.await? }))
}

/// Add a price rule.
#[utoipa::path(post, path = "/api/v1/price_rules", tag = "cabins", security(("bearer" = [])),
    request_body = PriceRuleForm, params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, description = "The rule", body = PriceRuleView),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[post("/price_rules", data = "<body>")]
pub async fn create(
    web: &State<Arc<Web>>,
    caller: Caller,
    key: KeyHeader,
    body: Body<PriceRuleForm>,
) -> HttpResponse {
    let (actor, idempotency_key) = (caller.actor(), key.of(&caller, &body.digest));
    idempotency_key::answer_once(web, idempotency_key, |web, turn| async move {
        let action = idempotency::decide(
            &web.app,
            turn.as_deref(),
            move |tx, _| price_rules::add(tx, &body.value.terms()?, &actor),
            |tx, context, rule| {
                let remarks = price_rules::remarks(tx, context, &rule)?;
                Ok(HttpResponse::created(&view(&rule, remarks)).into())
            },
        );
        idempotency_key::answer(action.await)
    })
    .await
}

/// Change a price rule: the whole of it is replaced. What was sold keeps its price.
#[utoipa::path(put, path = "/api/v1/price_rules/{id}", tag = "cabins", security(("bearer" = [])),
    request_body = PriceRuleForm, params(("id" = i64, Path, description = "The rule")), responses(
    (status = 200, description = "The rule", body = PriceRuleView),
    (status = 404, description = "No such rule", body = ProblemDocument),
    (status = 422, description = "A value can't hold", body = ProblemDocument),
))]
#[put("/price_rules/<id>", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    body: Body<PriceRuleForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), PriceRuleId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| price_rules::change(tx, id, &body.value.terms()?, &actor),
        |tx, context, rule| {
            let remarks = price_rules::remarks(tx, context, &rule)?;
            Ok(HttpResponse::ok(&view(&rule, remarks)).into())
        },
    );
    idempotency_key::answer(action.await)
}

/// Remove a price rule; what was sold keeps its price.
#[utoipa::path(delete, path = "/api/v1/price_rules/{id}", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The rule")), responses(
    (status = 204, description = "Gone"),
    (status = 404, description = "No such rule", body = ProblemDocument),
))]
#[delete("/price_rules/<id>")]
pub async fn remove(web: &State<Arc<Web>>, caller: Caller, id: Id) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), PriceRuleId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| price_rules::remove(tx, id, &actor),
        |_, _, ()| Ok(HttpResponse::done().into()),
    );
    idempotency_key::answer(action.await)
}
