//! Mercado Pago's webhook. A notification is a hint to read a payment; its content is not trusted.

use super::answers::{bad_signature, stored};
use crate::app::{hook_signatures, receive as arrivals};
use crate::domain::provider::Provider;
use crate::ports::payments::{PaymentHook, RawPaymentHook, Signature};
use crate::web::auth;
use crate::web::body::read_to_limit;
use crate::web::http_response::HttpResponse;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::data::Data;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{State, get, post};
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

/// Largest notification; ordinary ones have some hundred bytes.
const BYTES_MAX: usize = 64 * 1024;

/// `data.id` of the address.
#[derive(rocket::FromForm)]
pub struct About<'r> {
    id: Option<&'r str>,
}

/// Headers of a notification's signature, and the address that it came from.
pub struct Signed {
    address: IpAddr,
    signature: Option<String>,
    request_id: Option<String>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Signed {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Signed, Infallible> {
        let header = |name: &str| request.headers().get_one(name).map(str::to_owned);
        let address = auth::address(request);
        Outcome::Success(Signed {
            address,
            signature: header("x-signature"),
            request_id: header("x-request-id"),
        })
    }
}

/// A notification. Answered 200 once it is stored, whatever is in it.
#[utoipa::path(post, path = "/webhooks/mercadopago", tag = "hooks", request_body = serde_json::Value, params(
    ("data.id" = Option<String>, Query), ("type" = Option<String>, Query),
    ("id" = Option<String>, Query), ("topic" = Option<String>, Query),
), responses(
    (status = 200, description = "Stored"),
    (status = 401, description = "The signature does not hold", body = ProblemDocument),
    (status = 413, description = "Too large", body = ProblemDocument),
    (status = 429, description = "Too many without a valid signature", body = ProblemDocument),
))]
#[post("/mercadopago?<data>&<id>&<type>&<topic>", data = "<payload>")]
pub async fn receive(
    web: &State<Arc<Web>>,
    signed: Signed,
    data: Option<About<'_>>,
    id: Option<&str>,
    r#type: Option<&str>,
    topic: Option<&str>,
    payload: Data<'_>,
) -> Result<HttpResponse, Problem> {
    if signed.signature.is_none() {
        web.limits.unsigned_hook(signed.address)?;
    }
    let body = read_to_limit(payload, BYTES_MAX).await?;
    let (hook, signature) = web.app.ports.payments.read_hook(&RawPaymentHook {
        data_id: data.and_then(|about| about.id),
        id,
        topic: r#type.or(topic),
        signature: signed.signature.as_deref(),
        request_id: signed.request_id.as_deref(),
        body: &body,
    });
    if signature != Signature::Valid && signed.signature.is_some() {
        web.limits.unsigned_hook(signed.address)?;
    }
    match signature {
        Signature::Valid => hook_signatures::note(&web.app, Provider::Mercadopago, true),
        Signature::Invalid | Signature::Tolerated => {
            hook_signatures::note(&web.app, Provider::Mercadopago, false)
        }
        // A legacy notification can't be verified.
        Signature::Legacy => {}
    }
    match (signature, hook) {
        (Signature::Invalid, _) => return Err(bad_signature()),
        (Signature::Valid, hook) => arrivals::mercadopago(&web.app, body, hook).await?,
        // Only the payment's id is used, and only to read the payment ourselves.
        (Signature::Legacy | Signature::Tolerated, PaymentHook::Payment { id }) => {
            arrivals::payment_hint(&web.app, &id).await?;
        }
        (Signature::Legacy | Signature::Tolerated, _) => {}
    }
    Ok(stored())
}

/// The panel asks so whether somebody is there.
#[utoipa::path(get, path = "/webhooks/mercadopago", tag = "hooks", responses((status = 200, description = "Here")))]
#[get("/mercadopago")]
pub fn present() -> HttpResponse {
    stored()
}
