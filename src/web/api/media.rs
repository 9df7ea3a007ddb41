//! Files that guests sent.

use super::id::Id;
use crate::app::media;
use crate::domain::ids::InboundId;
use crate::web::media::File;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, get};
use std::sync::Arc;

/// The recording, picture or document of a guest's message.
#[utoipa::path(get, path = "/api/v1/messages/{id}/media", tag = "conversations", security(("bearer" = [])),
    params(("id" = i64, Path, description = "A guest's message, as a thread names it")), responses(
    (status = 200, description = "The file as it came", body = Vec<u8>, content_type = "audio/ogg"),
    (status = 404, description = "No such message, or nothing is kept of it", body = ProblemDocument),
))]
#[get("/messages/<id>/media")]
pub async fn show(web: &State<Arc<Web>>, id: Id) -> Result<File, Problem> {
    let id = InboundId(id.0);
    let kept = media::kept(&web.app, id).await?;
    kept.map(|kept| File::new(id.0, kept)).ok_or_else(|| Problem::not_found("recording"))
}
