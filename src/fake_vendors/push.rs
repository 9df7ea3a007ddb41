//! A push service: keeps what is sent to each endpoint, as long as its headers and its token hold.

use std::sync::Arc;

use data_encoding::{BASE64, BASE64URL_NOPAD};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, Route, State, post, routes};
use serde_json::{Value, json};

use super::clock::unix_seconds;
use super::response::VendorResponse;
use super::world::World;

/// Longest life of a token, in seconds.
const TOKEN_SECONDS_MAX: i64 = 24 * 3600;
/// Largest body.
const BODY_BYTES_MAX: usize = 4096;

pub(super) fn routes() -> Vec<Route> {
    routes![receive]
}

/// The headers of a push.
struct Headers {
    encoding: String,
    ttl: Option<u64>,
    urgency: String,
    topic: String,
    authorization: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Headers {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let header = |name| request.headers().get_one(name).unwrap_or_default().to_owned();
        Outcome::Success(Self {
            encoding: header("Content-Encoding"),
            ttl: header("TTL").parse().ok(),
            urgency: header("Urgency"),
            topic: header("Topic"),
            authorization: header("Authorization"),
        })
    }
}

#[post("/push/<name>", data = "<body>")]
fn receive(world: &State<Arc<World>>, headers: Headers, name: &str, body: Vec<u8>) -> VendorResponse {
    let status = judge(world, &headers, &body).map_or_else(
        |refused| refused,
        |()| {
            world.change(|scene| {
                let endpoint = scene.push.entry(name.to_owned()).or_default();
                if let Some(status) = endpoint.answers {
                    return status;
                }
                endpoint.received.push(json!({
                    "body": BASE64.encode(&body),
                    "ttl": headers.ttl,
                    "urgency": headers.urgency,
                    "topic": headers.topic,
                }));
                201
            })
        },
    );
    VendorResponse::bytes(status, "text/plain", "")
}

/// The status of a refusal: 400 for the headers, 403 for the token, 413 for the size.
fn judge(world: &World, headers: &Headers, body: &[u8]) -> Result<(), u16> {
    if headers.encoding != "aes128gcm" || headers.ttl.is_none() || headers.topic.len() > 32 {
        return Err(400);
    }
    if body.len() > BODY_BYTES_MAX {
        return Err(413);
    }
    let now: i64 = unix_seconds(world.clock.millis()).parse().unwrap_or(0);
    is_ours(&headers.authorization, &world.base_url(), now).then_some(()).ok_or(403)
}

fn is_ours(authorization: &str, origin: &str, now: i64) -> bool {
    let decoded = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
    let parts = authorization.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k="));
    let Some((token, key)) = parts else { return false };
    let Some((signed, signature)) = token.rsplit_once('.') else { return false };
    let claims = signed.split_once('.').map(|(_, claims)| decoded(claims)).unwrap_or_default();
    let claims: Value = serde_json::from_slice(&claims).unwrap_or_default();
    let expires = claims["exp"].as_i64().unwrap_or(0);
    let subject = claims["sub"].as_str().unwrap_or_default();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decoded(key));
    key.verify(signed.as_bytes(), &decoded(signature)).is_ok()
        && claims["aud"] == origin
        && (now..=now + TOKEN_SECONDS_MAX).contains(&expires)
        && (subject.starts_with("mailto:") || subject.starts_with("https:"))
}
