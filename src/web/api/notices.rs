//! What the owner was told, and whether it was seen.

use super::wire::Instant;
use crate::store::notices::{self, Notice, Told};
use crate::store::{Read, StoreError};
use crate::web::http_response::HttpResponse;
use crate::web::problem::Problem;
use crate::web::state::Web;
use rocket::{State, get};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Notices to the owner.
#[derive(Serialize, ToSchema)]
pub struct NoticeList {
    /// Newest first, at most 200.
    notices: Vec<NoticeView>,
}

/// A notice to the owner about a guest who was promised a person.
#[derive(Serialize, ToSchema)]
pub struct NoticeView {
    id: i64,
    /// A stable word.
    kind: String,
    /// The matter that it tells of.
    attention_id: i64,
    conversation_id: Option<i64>,
    reservation_id: Option<i64>,
    urgent: bool,
    /// The guest's words.
    words: String,
    /// What the owner was told.
    text: String,
    created_at: Instant,
    /// Each time that it went out; empty while the owner has no number.
    ways: Vec<NoticeWayView>,
    seen_at: Option<Instant>,
    /// `answered`, `resolved`, `read` or `opened`.
    seen_by: Option<String>,
}

/// One time that a notice went out.
#[derive(Serialize, ToSchema)]
pub struct NoticeWayView {
    /// `whatsapp`.
    way: String,
    at: Instant,
    /// The state of the message: `queued`, `sent`, `delivered`, `read`, `failed`, ….
    state: Option<String>,
}

impl NoticeView {
    fn load(tx: &impl Read, notice: Notice) -> Result<NoticeView, StoreError> {
        let way = |told: Told| NoticeWayView { way: told.way, at: Instant(told.at), state: told.state };
        Ok(NoticeView {
            id: notice.id.0,
            kind: notice.kind,
            attention_id: notice.attention_id.0,
            conversation_id: notice.conversation_id.map(|id| id.0),
            reservation_id: notice.reservation_id.map(|id| id.0),
            urgent: notice.urgent,
            words: notice.words,
            text: notice.body,
            created_at: Instant(notice.created_at),
            ways: notices::ways(tx, notice.id)?.into_iter().map(way).collect(),
            seen_at: notice.seen_at.map(Instant),
            seen_by: notice.seen_by,
        })
    }
}

/// What the owner was told.
#[utoipa::path(get, path = "/api/v1/notices", tag = "attention", security(("bearer" = [])), responses(
    (status = 200, description = "Notices to the owner, newest first", body = NoticeList),
))]
#[get("/notices")]
pub async fn list(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let read = web.app.store.read(|tx| {
        let newest = notices::newest(tx)?.into_iter();
        newest.map(|notice| NoticeView::load(tx, notice)).collect::<Result<Vec<_>, StoreError>>()
    });
    Ok(HttpResponse::ok(&NoticeList { notices: read.await? }))
}
