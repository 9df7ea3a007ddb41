//! Photographs of the cabins, public: guests get their addresses, and other sites may embed them.

use super::auth::Visitor;
use super::problem::{Problem, ProblemDocument};
use super::state::Web;
use crate::store::photos;
use crate::web::gate::{self, Gated};
use rocket::http::{ContentType, Header};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{State, get, routes};
use std::io::Cursor;
use std::sync::Arc;

/// The picture under an address never changes: a new picture has a new address.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Longest token of an address.
const TOKEN_CHARS_MAX: usize = 64;

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![photo])
}

pub struct Picture(Vec<u8>);

/// A photograph of a cabin, for everybody.
#[utoipa::path(get, path = "/photos/{token}/{file}", tag = "cabins", params(
    ("token" = String, Path, description = "The photograph, as a cabin's `photos` name it"),
    ("file" = String, Path, description = "`large.jpg` or `small.jpg`"),
), responses(
    (status = 200, description = "The picture; it never changes", body = Vec<u8>, content_type = "image/jpeg"),
    (status = 404, description = "No such photograph", body = ProblemDocument),
))]
#[get("/photos/<token>/<file>")]
pub(super) async fn photo(
    web: &State<Arc<Web>>,
    _visitor: Visitor,
    token: &str,
    file: &str,
) -> Result<Picture, Problem> {
    let nothing = || Problem::not_found("photo");
    let name = Some(token.to_owned()).filter(|token| token.len() <= TOKEN_CHARS_MAX).ok_or_else(nothing)?;
    let found = match file {
        "large.jpg" => web.app.store.read(move |tx| photos::large(tx, &name)).await?,
        "small.jpg" => web.app.store.read(move |tx| photos::small(tx, &name)).await?,
        _ => None,
    };
    found.map(Picture).ok_or_else(nothing)
}

impl<'r> Responder<'r, 'static> for Picture {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(ContentType::JPEG)
            .header(Header::new("Cache-Control", FOREVER))
            .header(Header::new("Cross-Origin-Resource-Policy", "cross-origin"))
            .sized_body(self.0.len(), Cursor::new(self.0))
            .ok()
    }
}
