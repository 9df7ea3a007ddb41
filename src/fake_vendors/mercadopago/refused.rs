//! Answers of the simulated Mercado Pago: a document, or a refusal in the documented shape.

use serde_json::{Value, json};

use crate::fake_vendors::response::VendorResponse;

pub(super) type Answered = Result<(u16, Value), Refused>;

/// A refusal in the documented shape.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    status: u16,
    error: &'static str,
    message: String,
    cause: Option<i64>,
}

impl Refused {
    pub(super) fn new(status: u16, error: &'static str, message: impl Into<String>) -> Self {
        Self { status, error, message: message.into(), cause: None }
    }

    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(400, "bad_request", message)
    }

    pub(super) fn because(mut self, code: i64) -> Self {
        self.cause = Some(code);
        self
    }

    pub(super) fn answer(&self) -> VendorResponse {
        let cause: Vec<Value> = self
            .cause
            .iter()
            .map(|code| json!({"code": code, "description": self.message, "data": null}))
            .collect();
        VendorResponse::json(
            self.status,
            &json!({
                "message": self.message,
                "error": self.error,
                "status": self.status,
                "cause": cause,
            }),
        )
    }
}
