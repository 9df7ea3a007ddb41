//! The owner's settings, read whole and changed in part. The body and its description are generated from the
//! rows of [`crate::domain::settings`].

use super::wire::{Factor, Hour};
use crate::app::idempotency;
use crate::app::manage::{self, ManageError};
use crate::domain::settings::{self as business, Kind, Setting, SettingRefused, Settings, Value};
use crate::store::settings;
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get, put};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};
use std::borrow::Cow;
use std::sync::Arc;
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Field of the version.
const VERSION: &str = "version";

/// The settings as they are sent: each row by its name, what stands in a document inside in an object.
struct SettingsBody;

/// The settings.
#[utoipa::path(get, path = "/api/v1/settings", tag = "settings", security(("bearer" = [])), responses(
    (status = 200, description = "The settings", body = SettingsBody),
))]
#[get("/settings")]
pub async fn show(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let (settings, version) = web.app.store.read(|tx| settings::load(tx)).await?;
    Ok(HttpResponse::ok(&shown(&settings, version)))
}

/// Change settings: what is given is changed, the rest stays.
#[utoipa::path(put, path = "/api/v1/settings", tag = "settings", security(("bearer" = [])),
    request_body = SettingsBody, responses(
    (status = 200, description = "The settings", body = SettingsBody),
    (status = 409, description = "`stale`: somebody saved a newer version", body = ProblemDocument),
    (status = 422, description = "A value can't hold, or an unknown field", body = ProblemDocument),
))]
#[put("/settings", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    caller: Caller,
    body: Body<Map<String, Json>>,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor();
    let mut given = body.value;
    let seen = match given.remove(VERSION) {
        None | Some(Json::Null) => None,
        Some(version) => Some(read(VERSION, version, "must be a whole number")?),
    };
    let changes = changes("", given)?;
    let decided = idempotency::decide(
        &web.app,
        None,
        move |tx, context| {
            let change = |settings: &mut Settings| {
                changes.into_iter().try_for_each(|(setting, value)| put_into(settings, setting, value))
            };
            manage::change_settings(tx, context, seen, change, &actor)
        },
        |_, _, (settings, version)| Ok(HttpResponse::ok(&shown(&settings, version)).into()),
    );
    idempotency_key::answer(decided.await)
}

/// The settings and their version, as JSON.
fn shown(settings: &Settings, version: i64) -> Json {
    let mut all = Map::new();
    all.insert(VERSION.to_owned(), json!(version));
    for setting in business::all() {
        let value = to_json((setting.get)(settings));
        match setting.name.split_once('.') {
            None => all.insert(setting.name.to_owned(), value),
            Some((outer, inner)) => {
                let object = all.entry(outer).or_insert_with(|| Json::Object(Map::new()));
                object.as_object_mut().and_then(|object| object.insert(inner.to_owned(), value))
            }
        };
    }
    Json::Object(all)
}

fn to_json(value: Value) -> Json {
    match value {
        Value::Whole(number) => json!(number),
        Value::Factor(factor) => json!(Factor(factor)),
        Value::Days(days) => json!(days),
        Value::Hour(time) => json!(Hour(time)),
        Value::Words(words) => json!(words),
        Value::Switch(is) => json!(is),
        Value::List(list) => json!(list),
        Value::Named(words) => json!(words),
    }
}

/// The changes of a body. `prefix` is the path of its object, with a dot.
fn changes(prefix: &str, given: Map<String, Json>) -> Result<Vec<(&'static Setting, Value)>, Problem> {
    let mut changes = Vec::new();
    for (name, value) in given {
        let name = format!("{prefix}{name}");
        let inner = format!("{name}.");
        match (business::all().find(|setting| setting.name == name), value) {
            // Null means absent.
            (_, Json::Null) => {}
            (Some(setting), value) => changes.push((setting, from_json(setting, value)?)),
            (None, Json::Object(object)) if business::all().any(|row| row.name.starts_with(&inner)) => {
                changes.extend(self::changes(&inner, object)?);
            }
            (None, _) => return Err(Problem::invalid(&name, "is not a known setting")),
        }
    }
    Ok(changes)
}

fn from_json(setting: &Setting, value: Json) -> Result<Value, Problem> {
    let name = setting.name;
    Ok(match setting.kind {
        Kind::Whole { .. } | Kind::Percent => Value::Whole(read(name, value, "must be a whole number")?),
        Kind::Factor => Value::Factor(read::<Factor>(name, value, "must be a number of 0.1 to 10")?.0),
        Kind::Switch => Value::Switch(read(name, value, "must be true or false")?),
        Kind::Phones | Kind::Ways => Value::List(read(name, value, "must be a list of texts")?),
        Kind::Weekdays => Value::Days(read(name, value, "must be a list of mon to sun")?),
        Kind::Hour => Value::Hour(read::<Hour>(name, value, "must be an hour, written HH:MM")?.0),
        Kind::Answers | Kind::Texts => Value::Named(read(name, value, "must be an object of texts")?),
        Kind::Line { .. }
        | Kind::Day
        | Kind::Hours
        | Kind::Answer
        | Kind::Phone
        | Kind::BankAlias
        | Kind::BankCbu
        | Kind::Holidays => Value::Words(read(name, value, "must be a text")?),
    })
}

fn read<T: DeserializeOwned>(name: &str, value: Json, why: &str) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|_| Problem::invalid(name, why))
}

fn put_into(settings: &mut Settings, setting: &'static Setting, value: Value) -> Result<(), ManageError> {
    let refused =
        |problem| ManageError::Settings(vec![SettingRefused { field: setting.name.into(), problem }]);
    (setting.put)(settings, value).map_err(refused)
}

impl ToSchema for SettingsBody {
    fn name() -> Cow<'static, str> {
        "SettingsBody".into()
    }
}

impl PartialSchema for SettingsBody {
    fn schema() -> RefOr<Schema> {
        let version = whole(0, None).description(Some(
            "Counts changes. In a change: the version that was read; a newer one is not overwritten.",
        ));
        let mut body = ObjectBuilder::new()
            .description(Some("The settings. In a change, what is not given stays as it is."))
            .property(VERSION, version);
        let mut inner: Vec<(&str, ObjectBuilder)> = Vec::new();
        for setting in business::all() {
            let Some((outer, name)) = setting.name.split_once('.') else {
                body = body.property(setting.name, described(setting));
                continue;
            };
            let object = match inner.iter().position(|(known, _)| *known == outer) {
                Some(at) => inner.remove(at).1,
                None => ObjectBuilder::new(),
            };
            inner.push((outer, object.property(name, described(setting))));
        }
        inner.into_iter().fold(body, |body, (name, object)| body.property(name, object)).into()
    }
}

/// Schema of a setting for the OpenAPI document.
fn described(setting: &Setting) -> RefOr<Schema> {
    let about = Some(setting.about());
    let text = || ObjectBuilder::new().schema_type(Type::String);
    match setting.kind {
        Kind::Whole { min, max } => whole(min, Some(max)).description(about).into(),
        Kind::Percent => whole(0, Some(100)).description(about).into(),
        Kind::Factor => {
            let number = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0.1)).maximum(Some(10));
            number.description(about).into()
        }
        Kind::Switch => ObjectBuilder::new().schema_type(Type::Boolean).description(about).into(),
        Kind::Weekdays | Kind::Phones | Kind::Ways => {
            ArrayBuilder::new().items(text()).description(about).into()
        }
        Kind::Answers | Kind::Texts => {
            ObjectBuilder::new().additional_properties(Some(text())).description(about).into()
        }
        Kind::Line { chars_max } => text().max_length(Some(chars_max)).description(about).into(),
        Kind::Hour
        | Kind::Day
        | Kind::Hours
        | Kind::Answer
        | Kind::Phone
        | Kind::BankAlias
        | Kind::BankCbu
        | Kind::Holidays => text().description(about).into(),
    }
}

fn whole(min: u32, max: Option<u32>) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(min))
        .maximum(max)
}
