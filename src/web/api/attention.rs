//! Attention items.

use super::id::Id;
use super::wire::Instant;
use crate::app::idempotency;
use crate::app::manage::{self, ManageError};
use crate::domain::ids::AttentionId;
use crate::store::attention::{self, Attention};
use crate::web::auth::Caller;
use crate::web::body::MaybeBody;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Open matters.
#[derive(Serialize, ToSchema)]
pub struct AttentionList {
    /// Oldest first.
    attention: Vec<AttentionView>,
}

/// An attention item.
#[derive(Serialize, ToSchema)]
pub struct AttentionView {
    id: i64,
    /// What kind of matter: a stable word.
    kind: String,
    subject: String,
    /// The reservation it concerns.
    reservation_id: Option<i64>,
    /// The conversation it concerns.
    conversation_id: Option<i64>,
    /// What a sentence about it needs.
    details: serde_json::Value,
    created_at: Instant,
    resolved_at: Option<Instant>,
}

/// How it was settled.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// In a person's words.
    #[serde(default, alias = "note")]
    resolution: String,
}

impl From<Attention> for AttentionView {
    fn from(attention: Attention) -> AttentionView {
        AttentionView {
            id: attention.id.0,
            kind: attention.kind.to_string(),
            subject: attention.subject,
            reservation_id: attention.reservation_id.map(|id| id.0),
            conversation_id: attention.conversation_id.map(|id| id.0),
            details: attention.details,
            created_at: Instant(attention.created_at),
            resolved_at: attention.resolved_at.map(Instant),
        }
    }
}

/// Open matters.
#[utoipa::path(get, path = "/api/v1/attention", tag = "attention", security(("bearer" = [])), responses(
    (status = 200, description = "Open matters", body = AttentionList),
))]
#[get("/attention")]
pub async fn list(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let open = web.app.store.read(|tx| attention::open(tx)).await?;
    Ok(HttpResponse::ok(&AttentionList { attention: open.into_iter().map(AttentionView::from).collect() }))
}

/// Settle an attention item.
#[utoipa::path(post, path = "/api/v1/attention/{id}/resolve", tag = "attention", security(("bearer" = [])),
    request_body = Resolution, params(("id" = i64, Path, description = "The matter")), responses(
    (status = 200, description = "Settled", body = AttentionView),
    (status = 404, description = "No such matter", body = ProblemDocument),
))]
#[post("/attention/<id>/resolve", data = "<body>")]
pub async fn resolve(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    body: MaybeBody<Resolution>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, how) = (caller.actor(), AttentionId(id.0), body.0.value.resolution);
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| manage::resolve(tx, id, &how, &actor),
        move |tx, _, ()| {
            let attention = attention::find(tx, id)?.ok_or(ManageError::NotFound("matter"))?;
            Ok(HttpResponse::ok(&AttentionView::from(attention)).into())
        },
    );
    idempotency_key::answer(action.await)
}
