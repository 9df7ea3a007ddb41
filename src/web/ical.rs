//! Our calendar for each channel, at its secret address.

use super::auth::Visitor;
use super::problem::{Problem, ProblemDocument};
use super::state::Web;
use crate::app::exports::{self, Export};
use crate::app::{Error, export_readers};
use crate::web::gate::{self, Gated};
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use jiff::{SignedDuration, Timestamp};
use rocket::http::{Header, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use rocket::{State, get, head, routes};
use std::convert::Infallible;
use std::io::Cursor;
use std::sync::Arc;

/// Longest secret that is looked up.
const SECRET_CHARS_MAX: usize = 64;

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![calendar, head])
}

/// Identification of a reader.
pub struct ExportReader {
    program: String,
    known_tags: Option<String>,
    known_since: Option<Timestamp>,
}

/// What a reader has of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Has {
    Nothing,
    /// This very text.
    It,
    /// Some text or other, and it wants none (`If-None-Match: *`).
    Any,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ExportReader {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<ExportReader, Infallible> {
        let header = |name: &str| request.headers().get_one(name);
        let tags: Vec<&str> = request.headers().get("If-None-Match").collect();
        let since = header("If-Modified-Since");
        let since = since.and_then(|since| DateTimeParser::new().parse_timestamp(since).ok());
        Outcome::Success(ExportReader {
            program: header("User-Agent").unwrap_or_default().to_owned(),
            known_tags: (!tags.is_empty()).then(|| tags.join(",")),
            known_since: since,
        })
    }
}

/// A calendar, or 304.
pub struct Calendar {
    text: Option<String>,
    tag: String,
    changed_at: Timestamp,
}

/// Our calendar for one channel.
#[utoipa::path(get, path = "/ical/{token}.ics", tag = "feeds",
    params(("token" = String, Path, description = "The channel's secret")), responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
    (status = 304, description = "Still the one that `If-None-Match` names, or `If-Modified-Since`"),
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
    let has = reader.has(&export);
    if has != Has::Any {
        export_readers::note(&web.app, &export, &reader.program).await?;
    }
    Ok(Calendar::of(export, has))
}

/// The head of the same, which gives a channel nothing to read.
#[head("/<file>")]
pub async fn head(
    web: &State<Arc<Web>>,
    _visitor: Visitor,
    reader: ExportReader,
    file: &str,
) -> Result<Calendar, Problem> {
    let export = found(web, file).await?;
    let has = reader.has(&export);
    Ok(Calendar::of(export, has))
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
    fn has(&self, export: &Export) -> Has {
        if let Some(known) = &self.known_tags {
            let mut known = known.split(',').map(|known| known.trim().trim_start_matches("W/"));
            return if known.clone().any(|known| known.trim_matches('"') == export.tag) {
                Has::It
            } else if known.any(|known| known == "*") {
                Has::Any
            } else {
                Has::Nothing
            };
        }
        // A date has no parts of a second.
        let is_known = self.known_since.is_some_and(|since| {
            export.is_known && export.changed_at.duration_since(since) < SignedDuration::from_secs(1)
        });
        if is_known { Has::It } else { Has::Nothing }
    }
}

impl Calendar {
    /// The calendar, or 304 when the reader has it.
    fn of(export: Export, has: Has) -> Calendar {
        // One for the text in every encoding: a weak one.
        let tag = format!("W/\"{}\"", export.tag);
        let changed_at = export.changed_at;
        Calendar { text: (has == Has::Nothing).then_some(export.text), tag, changed_at }
    }
}

impl<'r> Responder<'r, 'static> for Calendar {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build();
        response.header(Header::new("ETag", self.tag));
        if let Ok(date) = DateTimePrinter::new().timestamp_to_rfc9110_string(&self.changed_at) {
            response.header(Header::new("Last-Modified", date));
        }
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
