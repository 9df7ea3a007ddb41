//! A handler's answer: a status and a body that is text already, so that it can be stored with an idempotency
//! key and sent again unchanged.

use crate::store::codec::to_json;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde::Serialize;
use std::io::Cursor;

/// Media type of a problem document.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// An answer in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// HTTP status.
    pub status: u16,
    /// The document; empty for 204.
    pub body: String,
    /// Seconds after which a retry makes sense.
    pub retry_after: Option<u64>,
}

impl HttpResponse {
    /// 200 with a document.
    pub fn ok(document: &impl Serialize) -> HttpResponse {
        HttpResponse { status: 200, body: to_json(document), retry_after: None }
    }

    /// 201 with the new document.
    pub fn created(document: &impl Serialize) -> HttpResponse {
        HttpResponse { status: 201, ..HttpResponse::ok(document) }
    }

    /// 204: done, no body.
    pub fn done() -> HttpResponse {
        HttpResponse { status: 204, body: String::new(), retry_after: None }
    }

    /// A stored answer.
    pub fn kept(status: u16, body: String) -> HttpResponse {
        HttpResponse { status, body, retry_after: None }
    }
}

impl<'r> Responder<'r, 'static> for HttpResponse {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build();
        response.status(Status::new(self.status));
        if let Some(seconds) = self.retry_after {
            response.header(Header::new("Retry-After", seconds.to_string()));
        }
        if self.status == 401 {
            response.header(Header::new("WWW-Authenticate", "Bearer"));
        }
        if !self.body.is_empty() {
            if self.status >= 400 {
                response.header(Header::new("Content-Type", PROBLEM_JSON));
            } else {
                response.header(ContentType::JSON);
            }
            response.sized_body(self.body.len(), Cursor::new(self.body));
        }
        response.ok()
    }
}
