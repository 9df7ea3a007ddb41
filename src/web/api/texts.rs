//! The texts that guests read, which may be changed without touching the other settings.

use crate::app::idempotency;
use crate::app::manage;
use crate::domain::settings::Settings;
use crate::store::settings;
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get, put};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// Answers and texts, as in the settings. In a change, what is not given stays as it is.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TextsBody {
    /// Counts changes of all settings. In a change: the version that was read; a newer one is not overwritten.
    version: Option<i64>,
    /// Answers to what guests ask, by topic; as in the settings.
    answers: Option<BTreeMap<String, String>>,
    /// Words for the messages we send, by message; as in the settings.
    texts: Option<BTreeMap<String, String>>,
}

/// The texts and answers.
#[utoipa::path(get, path = "/api/v1/texts", tag = "settings", security(("bearer" = [])), responses(
    (status = 200, description = "The texts and answers", body = TextsBody),
))]
#[get("/texts")]
pub async fn show(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let (settings, version) = web.app.store.read(|tx| settings::load(tx)).await?;
    Ok(HttpResponse::ok(&TextsBody::of(settings, version)))
}

/// Change texts and answers: what is given is changed, the rest stays.
#[utoipa::path(put, path = "/api/v1/texts", tag = "settings", security(("bearer" = [])),
    request_body = TextsBody, responses(
    (status = 200, description = "The texts and answers", body = TextsBody),
    (status = 409, description = "`stale`: somebody saved a newer version", body = ProblemDocument),
    (status = 422, description = "A value can't hold, or an unknown field", body = ProblemDocument),
))]
#[put("/texts", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    caller: Caller,
    body: Body<TextsBody>,
) -> Result<HttpResponse, Problem> {
    let (actor, TextsBody { version, answers, texts }) = (caller.actor(), body.value);
    let decided = idempotency::decide(
        &web.app,
        None,
        move |tx, context| {
            let change = |settings: &mut Settings| {
                settings.answers = answers.unwrap_or(std::mem::take(&mut settings.answers));
                settings.texts = texts.unwrap_or(std::mem::take(&mut settings.texts));
                Ok(())
            };
            manage::change_settings(tx, context, version, change, &actor)
        },
        |_, _, (settings, version)| Ok(HttpResponse::ok(&TextsBody::of(settings, version)).into()),
    );
    idempotency_key::answer(decided.await)
}

impl TextsBody {
    fn of(settings: Settings, version: i64) -> TextsBody {
        TextsBody { version: Some(version), answers: Some(settings.answers), texts: Some(settings.texts) }
    }
}
