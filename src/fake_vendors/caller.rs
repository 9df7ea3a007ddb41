//! Request headers that the simulated vendors read.

use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

#[derive(Debug, Clone)]
pub struct Caller {
    /// The token of `Authorization: Bearer …`.
    pub bearer: Option<String>,
    /// `X-Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Caller {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let header = |name| request.headers().get_one(name).map(str::to_owned);
        Outcome::Success(Self {
            bearer: header("Authorization")
                .and_then(|value| value.strip_prefix("Bearer ").map(str::to_owned)),
            idempotency_key: header("X-Idempotency-Key"),
            if_none_match: header("If-None-Match"),
            content_type: header("Content-Type"),
        })
    }
}
