//! The recordings of guests, for whoever listens to what the house has heard.

use super::Id;
use crate::app::listen;
use crate::domain::ids::InboundId;
use crate::web::Web;
use crate::web::auth::Caller;
use crate::web::problem::{Problem, ProblemDocument};
use rocket::http::Header;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::tokio::fs::File;
use rocket::{State, get};
use std::sync::Arc;

/// What a recording may be called to a browser, with the ending of its name. What a guest's phone claims is passed
/// on only when it is one of these: nothing that comes from a stranger is ever shown as a page.
const KINDS: [(&str, &str); 6] = [
    ("audio/ogg", "ogg"),
    ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"),
    ("audio/aac", "aac"),
    ("audio/wav", "wav"),
    ("audio/amr", "amr"),
];
/// Anything else is a file to be saved.
const UNKNOWN: (&str, &str) = ("application/octet-stream", "bin");

/// A recording, read while it is sent.
pub struct Recording {
    id: i64,
    file: File,
    kind: (&'static str, &'static str),
}

/// The recording of a guest's message.
#[utoipa::path(get, path = "/api/v1/messages/{id}/media", tag = "conversations", security(("bearer" = [])),
    params(("id" = i64, Path, description = "A guest's message, as a thread names it")), responses(
    (status = 200, description = "The recording as it came", body = Vec<u8>, content_type = "audio/ogg"),
    (status = 404, description = "No such message, or nothing is kept of it", body = ProblemDocument),
))]
#[get("/messages/<id>/media")]
pub async fn show(web: &State<Arc<Web>>, _caller: Caller, id: Id) -> Result<Recording, Problem> {
    let kept = listen::recording(&web.app, InboundId(id.0)).await?;
    let (file, mime) = kept.ok_or_else(|| Problem::not_found("recording"))?;
    let essence = mime.split(';').next().unwrap_or_default().trim();
    let kind = KINDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(essence)).unwrap_or(UNKNOWN);
    Ok(Recording { id: id.0, file, kind })
}

impl<'r> Responder<'r, 'static> for Recording {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let (mime, ending) = self.kind;
        let place = if self.kind == UNKNOWN { "attachment" } else { "inline" };
        let mut response = Response::build();
        response.header(Header::new("Content-Type", mime));
        let name = format!("{place}; filename=\"voice-{}.{ending}\"", self.id);
        response.header(Header::new("Content-Disposition", name));
        response.sized_body(None, self.file);
        response.ok()
    }
}
