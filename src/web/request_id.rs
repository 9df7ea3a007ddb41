//! Ids of requests, carried by every answer: the caller quotes it, and the log has it.

use super::client;
use super::options::Options;
use crate::ports::random::{Random, token};
use rocket::Data;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::request::Request;
use rocket::response::Response;
use std::sync::Arc;

pub const HEADER: &str = "X-Request-Id";
/// Longest id accepted from a proxy: a longer one would only fill the log.
const CHARS_MAX: usize = 64;

#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The id of this request; empty before the fairing set one, which no handler sees.
pub fn of<'r>(request: &'r Request<'_>) -> &'r str {
    &request.local_cache(|| RequestId(String::new())).0
}

/// Creates ids and sets them on answers.
pub(super) struct Ids {
    pub(super) random: Arc<dyn Random>,
    pub(super) options: Arc<Options>,
}

#[rocket::async_trait]
impl Fairing for Ids {
    fn info(&self) -> Info {
        Info { name: "request ids", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        // Only our own proxy may name requests: a stranger could forge another's trail. Below /webhooks/ it
        // forwards the sender's id, since Mercado Pago signs it.
        let given = client::is_from_proxy(request, &self.options)
            .then(|| request.headers().get_one(HEADER))
            .flatten()
            .filter(|id| is_sane(id));
        let id = given.map_or_else(|| token(self.random.as_ref()), str::to_owned);
        request.local_cache(|| RequestId(id));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        response.set_header(Header::new(HEADER, of(request).to_owned()));
    }
}

fn is_sane(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    !id.is_empty() && id.len() <= CHARS_MAX && id.bytes().all(plain)
}
