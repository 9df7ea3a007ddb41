//! Around every request: security headers, metrics, and a line in the log.

use super::request_id;
use crate::ports::clock::Clock;
use jiff::Timestamp;
use rocket::Data;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::request::Request;
use rocket::response::Response;
use std::sync::Arc;

/// Set on every answer unless the handler set its own. An API document loads nothing and is shown in no
/// frame; the admin pages have a policy of their own.
const HEADERS: [(&str, &str); 7] = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
];
/// After one visit by https, browsers use only https for a year.
const HSTS: &str = "max-age=31536000";

pub(super) struct CarefulHeaders {
    /// Our public address is https.
    pub(super) https: bool,
}

#[rocket::async_trait]
impl Fairing for CarefulHeaders {
    fn info(&self) -> Info {
        Info { name: "careful headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        set_careful(response);
        // Names, phones and prices must not be cached by proxies.
        if !request.uri().path().starts_with("/assets/") {
            set_unless_there(response, "Cache-Control", "no-store");
        }
        if self.https {
            set_unless_there(response, "Strict-Transport-Security", HSTS);
        }
    }
}

/// Sets the security headers.
pub(super) fn set_careful(response: &mut Response<'_>) {
    for (name, value) in HEADERS {
        set_unless_there(response, name, value);
    }
}

fn set_unless_there(response: &mut Response<'_>, name: &'static str, value: &'static str) {
    if !response.headers().contains(name) {
        response.set_header(Header::new(name, value));
    }
}

/// Counts and times requests, by route and not by address, so that labels stay few.
pub(super) struct Counters {
    pub(super) clock: Arc<dyn Clock>,
}

#[derive(Clone, Copy)]
struct Arrived(Option<Timestamp>);

#[rocket::async_trait]
impl Fairing for Counters {
    fn info(&self) -> Info {
        Info { name: "counters", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let arrived = Arrived(Some(self.clock.now()));
        request.local_cache(|| arrived);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let status = response.status().code;
        let route = match request.route() {
            Some(route) => format!("{} {}", request.method(), route.uri),
            None => "unmatched".to_owned(),
        };
        let arrived = request.local_cache(|| Arrived(None)).0;
        let seconds = arrived.map_or(0.0, |then| self.clock.now().duration_since(then).as_secs_f64());
        metrics::counter!("http_requests_total", "route" => route.clone(), "status" => status.to_string())
            .increment(1);
        metrics::histogram!("http_request_duration_seconds", "route" => route.clone())
            .record(seconds.max(0.0));
        let id = request_id::of(request);
        if status >= 500 {
            tracing::warn!(request = id, route, status, seconds, "a request was not served");
        } else {
            tracing::debug!(request = id, route, status, seconds, "a request was served");
        }
    }
}
