//! WhatsApp's webhook: its one-time verification and its notifications.

use super::answers::{bad_signature, stored};
use crate::app::{hook_signatures, receive as arrivals};
use crate::domain::provider::Provider;
use crate::web::auth::CallerAddress;
use crate::web::body::read_to_limit;
use crate::web::http_response::HttpResponse;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::request_id;
use crate::web::state::Web;
use rocket::data::Data;
use rocket::http::ContentType;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{State, get, post};
use std::convert::Infallible;
use std::sync::Arc;

/// Meta sends up to 3 MB at once; the rest is tolerance for its way of counting.
const BYTES_MAX: usize = 3 * 1024 * 1024 + 64 * 1024;
/// Longest challenge: it is a number.
const CHALLENGE_CHARS_MAX: usize = 128;

/// Meta's question whether this address is ours.
#[derive(rocket::FromForm)]
pub struct Hub<'r> {
    mode: Option<&'r str>,
    verify_token: Option<&'r str>,
    challenge: Option<&'r str>,
}

/// The `X-Hub-Signature-256` header, with the id of the request.
pub struct HubSignature {
    signature: Option<String>,
    request: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for HubSignature {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<HubSignature, Infallible> {
        Outcome::Success(HubSignature {
            signature: request.headers().get_one("X-Hub-Signature-256").map(str::to_owned),
            request: request_id::of(request).to_owned(),
        })
    }
}

/// WhatsApp asks whether this address is ours.
#[utoipa::path(get, path = "/webhooks/whatsapp", tag = "hooks", params(
    ("hub.mode" = String, Query), ("hub.verify_token" = String, Query), ("hub.challenge" = String, Query),
), responses(
    (status = 200, description = "The challenge", body = String, content_type = "text/plain"),
    (status = 403, description = "Another token", body = ProblemDocument),
))]
#[get("/whatsapp?<hub>")]
pub async fn verify(web: &State<Arc<Web>>, hub: Option<Hub<'_>>) -> Result<(ContentType, String), Problem> {
    let refused = || Problem::new(403, "forbidden", "This is not the verification token of this server.");
    let hub = hub.ok_or_else(refused)?;
    let whatsapp = &web.app.ports.whatsapp;
    let known = hub.verify_token.is_some_and(|token| whatsapp.knows_verify_token(token));
    let challenge = hub.challenge.filter(|text| text.len() <= CHALLENGE_CHARS_MAX);
    match (hub.mode, known, challenge) {
        (Some("subscribe"), true, Some(challenge)) => Ok((ContentType::Plain, challenge.to_owned())),
        _ => Err(refused()),
    }
}

/// A notification. Answered 200 once it is stored, whatever is in it.
#[utoipa::path(post, path = "/webhooks/whatsapp", tag = "hooks", request_body = serde_json::Value, responses(
    (status = 200, description = "Stored"),
    (status = 401, description = "The signature does not hold", body = ProblemDocument),
    (status = 413, description = "Too large", body = ProblemDocument),
    (status = 429, description = "Too many without a valid signature", body = ProblemDocument),
))]
#[post("/whatsapp", data = "<data>")]
pub async fn receive(
    web: &State<Arc<Web>>,
    signed: HubSignature,
    caller: CallerAddress,
    data: Data<'_>,
) -> Result<HttpResponse, Problem> {
    if signed.signature.is_none() {
        // It can't hold: not even its body is read.
        web.limits.unsigned_hook(caller.0)?;
    }
    let body = read_to_limit(data, BYTES_MAX).await?;
    let held = web.app.ports.whatsapp.is_authentic(&body, signed.signature.as_deref());
    if !held && signed.signature.is_some() {
        web.limits.unsigned_hook(caller.0)?;
    }
    hook_signatures::note(&web.app, Provider::Whatsapp, held);
    if !held {
        return Err(bad_signature());
    }
    for id in arrivals::whatsapp(&web.app, body).await? {
        tracing::info!(trace = id.0, request = signed.request, "a message came in");
    }
    Ok(stored())
}
