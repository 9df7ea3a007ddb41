//! Our calendar for each channel, at its secret address.

use super::auth::Visitor;
use super::problem::{Problem, ProblemDocument};
use super::state::Web;
use crate::app::exports::{self, Export};
use crate::app::{Error, export_readers};
use crate::web::gate::{self, Gated};
use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use rocket::http::{Header, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use rocket::{State, get, head, routes};
use std::convert::Infallible;
use std::io::Cursor;
use std::sync::Arc;

/// Longest secret that is looked up.
const SECRET_CHARS_MAX: usize = 64;
/// Hex digits of a calendar's `ETag`.
const TAG_DIGITS: usize = 32;

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![calendar, head])
}

/// Identification of a reader.
pub struct ExportReader {
    program: String,
    known_tags: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ExportReader {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<ExportReader, Infallible> {
        let header = |name: &str| request.headers().get_one(name).unwrap_or_default().to_owned();
        Outcome::Success(ExportReader { program: header("User-Agent"), known_tags: header("If-None-Match") })
    }
}

/// A calendar, or 304.
pub struct Calendar {
    text: Option<String>,
    tag: String,
}

/// Our calendar for one channel.
#[utoipa::path(get, path = "/ical/{token}.ics", tag = "feeds",
    params(("token" = String, Path, description = "The channel's secret")), responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
    (status = 304, description = "Still the one that If-None-Match names"),
    (status = 404, description = "No such address", body = ProblemDocument),
))]
#[get("/<file>")]
pub async fn calendar(
    web: &State<Arc<Web>>,
    _visitor: Visitor,
    reader: ExportReader,
    file: &str,
) -> Result<Calendar, Problem> {
    let export = found(web, file).await?;
    export_readers::note(&web.app, &export, &reader.program).await?;
    Ok(reader.answer(export))
}

/// The head of the same, which gives a channel nothing to read.
#[head("/<file>")]
pub async fn head(
    web: &State<Arc<Web>>,
    _visitor: Visitor,
    reader: ExportReader,
    file: &str,
) -> Result<Calendar, Problem> {
    Ok(reader.answer(found(web, file).await?))
}

async fn found(web: &Web, file: &str) -> Result<Export, Problem> {
    let nothing = || Problem::not_found("calendar");
    let secret = file.strip_suffix(".ics").filter(|secret| secret.len() <= SECRET_CHARS_MAX);
    let secret = secret.ok_or_else(nothing)?.to_owned();
    exports::export(&web.app, secret).await.map_err(|error| match error {
        Error::NotFound => nothing(),
        other => other.into(),
    })
}

impl ExportReader {
    /// The calendar, or 304 when the reader has it.
    fn answer(&self, export: Export) -> Calendar {
        let digits = HEXLOWER.encode(digest(&SHA256, export.text.as_bytes()).as_ref());
        let tag = format!("\"{}\"", &digits[..TAG_DIGITS]);
        let mut known = self.known_tags.split(',').map(|known| known.trim().trim_start_matches("W/"));
        let is_known = known.any(|known| known == tag || known == "*");
        Calendar { text: (!is_known).then_some(export.text), tag }
    }
}

impl<'r> Responder<'r, 'static> for Calendar {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build();
        response.header(Header::new("ETag", self.tag));
        // A reader may cache it, but must revalidate each time.
        response.header(Header::new("Cache-Control", "private, no-cache"));
        match self.text {
            Some(text) => {
                response.header(Header::new("Content-Type", "text/calendar; charset=utf-8"));
                response.sized_body(text.len(), Cursor::new(text));
            }
            None => {
                response.status(Status::NotModified);
            }
        }
        response.ok()
    }
}
