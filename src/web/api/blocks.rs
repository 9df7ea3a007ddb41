//! Blocks: nights of a cabin closed by the owner.

use super::cabins::{Found, existing};
use super::id::Id;
use super::query;
use super::wire::Day;
use crate::app::manage::{self, ManageError};
use crate::app::reserve::ReconcileFirst;
use crate::app::{Error, idempotency, pay};
use crate::domain::ids::{BlockId, CabinId};
use crate::store::cabins::{self, Block};
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key::{self, KeyHeader};
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use jiff::civil::Date;
use rocket::{State, delete, get, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Nights to be closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockBody {
    /// First night.
    #[serde(alias = "check_in")]
    from: Day,
    /// The day after the last night.
    #[serde(alias = "check_out")]
    to: Day,
    #[serde(default)]
    reason: String,
}

/// Closed nights.
#[derive(Serialize, ToSchema)]
pub struct BlockView {
    id: i64,
    cabin_id: i64,
    /// First night.
    from: Day,
    /// The day after the last night.
    to: Day,
    reason: String,
}

/// The closed nights of a cabin.
#[derive(Serialize, ToSchema)]
pub struct BlockList {
    /// By first night.
    blocks: Vec<BlockView>,
}

impl From<Block> for BlockView {
    fn from(block: Block) -> BlockView {
        BlockView {
            id: block.id.0,
            cabin_id: block.cabin_id.0,
            from: Day(block.stay.check_in()),
            to: Day(block.stay.check_out()),
            reason: block.reason,
        }
    }
}

/// The closed nights of a cabin.
#[utoipa::path(get, path = "/api/v1/cabins/{id}/blocks", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin")), responses(
    (status = 200, description = "Its closed nights", body = BlockList),
    (status = 404, description = "No such cabin", body = ProblemDocument),
))]
#[get("/cabins/<id>/blocks")]
pub async fn list(web: &State<Arc<Web>>, id: Id) -> Result<HttpResponse, Problem> {
    let cabin = CabinId(id.0);
    let blocks = web.app.store.read(move |tx| {
        existing(tx, cabin)?;
        Ok::<_, Found>(cabins::blocks(tx, cabin, Date::ZERO)?)
    });
    let blocks = blocks.await?.into_iter().map(BlockView::from).collect();
    Ok(HttpResponse::ok(&BlockList { blocks }))
}

/// Close nights.
#[utoipa::path(post, path = "/api/v1/cabins/{id}/blocks", tag = "cabins", security(("bearer" = [])),
    request_body = BlockBody, params(
        ("id" = i64, Path, description = "The cabin"), ("Idempotency-Key" = Option<String>, Header),
    ), responses(
    (status = 201, description = "The closed nights", body = BlockView),
    (status = 404, description = "No such cabin", body = ProblemDocument),
    (status = 409, description = "A night is taken", body = ProblemDocument),
))]
#[post("/cabins/<id>/blocks", data = "<body>")]
pub async fn create(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    key: KeyHeader,
    body: Body<BlockBody>,
) -> HttpResponse {
    let (actor, idempotency_key, block) = (caller.actor(), key.of(&caller, &body.digest), body.value);
    idempotency_key::answer_once(web, idempotency_key, move |web, turn| async move {
        let stay = query::stay(block.from.0, block.to.0)?;
        let close = |reconcile| {
            let (actor, reason, cabin_id) = (actor.clone(), block.reason.clone(), CabinId(id.0));
            idempotency::decide(
                &web.app,
                turn.as_deref(),
                move |tx, context| {
                    let id = manage::add_block(tx, context, cabin_id, stay, &reason, reconcile, &actor)?;
                    Ok::<_, ManageError>(Block { id, cabin_id, stay, reason })
                },
                |_, _, block| Ok(HttpResponse::created(&BlockView::from(block)).into()),
            )
        };
        let closed = match close(ReconcileFirst::AskFirst).await {
            Err(ManageError::App(Error::ReconcileFirst(ids))) => {
                pay::ask_about(&web.app, &ids).await;
                close(ReconcileFirst::Asked).await
            }
            other => other,
        };
        idempotency_key::answer(closed)
    })
    .await
}

/// Open closed nights again.
#[utoipa::path(delete, path = "/api/v1/cabins/{id}/blocks/{block}", tag = "cabins",
    security(("bearer" = [])),
    params(("id" = i64, Path, description = "The cabin"), ("block" = i64, Path, description = "The closed nights")),
    responses(
    (status = 204, description = "Open"),
    (status = 404, description = "No such closed nights", body = ProblemDocument),
))]
#[delete("/cabins/<id>/blocks/<block>")]
pub async fn remove(
    web: &State<Arc<Web>>,
    caller: Caller,
    id: Id,
    block: Id,
) -> Result<HttpResponse, Problem> {
    let actor = caller.actor();
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, context| manage::remove_block(tx, context, CabinId(id.0), BlockId(block.0), &actor),
        |_, _, ()| Ok(HttpResponse::done().into()),
    );
    idempotency_key::answer(action.await)
}

/// Open closed nights again, by their id alone.
#[utoipa::path(delete, path = "/api/v1/blocks/{id}", tag = "cabins", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The closed nights")), responses(
    (status = 204, description = "Open"),
    (status = 404, description = "No such closed nights", body = ProblemDocument),
))]
#[delete("/blocks/<id>")]
pub async fn remove_by_id(web: &State<Arc<Web>>, caller: Caller, id: Id) -> Result<HttpResponse, Problem> {
    let (actor, id) = (caller.actor(), BlockId(id.0));
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, context| {
            let cabin = cabins::cabin_of_block(tx, id)?.ok_or(ManageError::NotFound("block"))?;
            manage::remove_block(tx, context, cabin, id, &actor)
        },
        |_, _, ()| Ok(HttpResponse::done().into()),
    );
    idempotency_key::answer(action.await)
}
