//! An HTTP answer of a simulated vendor, with its faults.

use std::io::Cursor;
use std::time::Duration;

use rocket::http::{Header, Status};
use rocket::response::{Responder, Result as RocketResult};
use rocket::{Request, Response};
use serde_json::{Value, json};

use super::faults::{Struck, Target};
use super::world::World;

/// Status, headers and body, complete or broken off.
#[derive(Debug, Clone)]
pub struct VendorResponse {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    cut: bool,
}

impl VendorResponse {
    /// A JSON answer.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::bytes(status, "application/json; charset=utf-8", body.to_string())
    }

    /// An answer of any media type.
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("Content-Type", media_type.to_owned())], body: body.into(), cut: false }
    }

    /// A refusal of the control API: a sentence for a developer.
    pub fn refusal(status: u16, why: impl Into<String>) -> Self {
        Self::json(status, &json!({"error": why.into()}))
    }

    /// The same with one more header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, cut in the middle of its body.
    fn broken_off(mut self) -> Self {
        self.cut = true;
        self
    }
}

/// Runs a vendor's action under the active faults.
pub async fn through(
    world: &World,
    target: Target,
    action: impl FnOnce() -> VendorResponse,
) -> VendorResponse {
    let struck = world.change(|state| state.faults.draw(target));
    wait(struck.delay).await;
    if let Some(answer) = instead(struck, target) {
        return answer;
    }
    let answer = action();
    if struck.cut { answer.broken_off() } else { answer }
}

async fn wait(delay: Option<Duration>) {
    if let Some(delay) = delay {
        tokio::time::sleep(delay).await;
    }
}

fn instead(struck: Struck, target: Target) -> Option<VendorResponse> {
    if struck.drop {
        return Some(VendorResponse::bytes(502, "text/plain", "upstream").broken_off());
    }
    if struck.error429 {
        return Some(too_many(target).with("Retry-After", "1"));
    }
    struck.error500.then(|| out_of_order(target))
}

fn too_many(target: Target) -> VendorResponse {
    match target {
        Target::Whatsapp => VendorResponse::json(
            429,
            &json!({"error": {
                "message": "(#130429) Rate limit hit",
                "type": "OAuthException",
                "code": 130429,
                "error_data": {
                    "messaging_product": "whatsapp",
                    "details": "Message failed to send because there were too many messages sent from this phone number in a short period of time"
                },
                "fbtrace_id": "SimulatedRateLimit"
            }}),
        ),
        Target::Mercadopago => VendorResponse::json(
            429,
            &json!({"message": "too many requests", "error": "local_rate_limited", "status": 429, "cause": []}),
        ),
        Target::Feeds | Target::Webhooks => VendorResponse::bytes(429, "text/plain", "Too Many Requests"),
    }
}

fn out_of_order(target: Target) -> VendorResponse {
    match target {
        Target::Whatsapp => VendorResponse::json(
            500,
            &json!({"error": {
                "message": "(#131000) Something went wrong",
                "type": "OAuthException",
                "code": 131000,
                "error_data": {
                    "messaging_product": "whatsapp",
                    "details": "Message failed to send due to an unknown error"
                },
                "fbtrace_id": "SimulatedOutage"
            }}),
        ),
        Target::Mercadopago => VendorResponse::json(
            500,
            &json!({"message": "internal_error", "error": "internal_error", "status": 500, "cause": []}),
        ),
        Target::Feeds | Target::Webhooks => VendorResponse::bytes(
            500,
            "text/html; charset=utf-8",
            "<!doctype html><title>500</title><h1>Internal Server Error</h1>",
        ),
    }
}

impl<'r> Responder<'r, 'static> for VendorResponse {
    fn respond_to(self, _: &'r Request<'_>) -> RocketResult<'static> {
        let mut response = Response::build();
        response.status(Status::new(self.status));
        for (name, value) in self.headers {
            response.raw_header(name, value);
        }
        response.header(Header::new("Cache-Control", "no-store"));
        // A body shorter than its announced length makes the server break the connection.
        let announced = self.body.len();
        let mut body = self.body;
        if self.cut {
            body.truncate(announced / 2);
        }
        response.sized_body(announced, Cursor::new(body));
        response.ok()
    }
}
