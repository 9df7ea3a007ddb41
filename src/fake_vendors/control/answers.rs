//! Parsing and answers of the control API.

use serde_json::{Value, json};

use crate::fake_vendors::response::VendorResponse;

pub(super) fn parse(body: &[u8]) -> Result<Value, VendorResponse> {
    serde_json::from_slice(body)
        .map_err(|error| VendorResponse::refusal(400, format!("the body is not JSON: {error}")))
}

pub(super) fn done() -> VendorResponse {
    VendorResponse::json(200, &json!({"ok": true}))
}

pub(super) fn said(answer: Result<VendorResponse, VendorResponse>) -> VendorResponse {
    answer.unwrap_or_else(|refusal| refusal)
}
