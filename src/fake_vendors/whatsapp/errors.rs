//! The Graph API's refusals in the documented shape.

use serde_json::json;

use crate::fake_vendors::response::VendorResponse;

/// Reason of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Meta's error code.
    pub code: i64,
    /// Details of the error.
    pub details: String,
}

impl Refused {
    pub fn new(code: i64, details: impl Into<String>) -> Self {
        Self { code, details: details.into() }
    }

    /// A required parameter is missing.
    pub fn missing(parameter: &str) -> Self {
        Self::new(131_008, format!("Parameter '{parameter}' is required"))
    }

    /// A parameter's value is not allowed.
    pub fn value(parameter: &str, why: &str) -> Self {
        Self::new(131_009, format!("Parameter '{parameter}' {why}"))
    }

    pub fn answer(&self, trace: &str) -> VendorResponse {
        let mut error = json!({
            "message": format!("(#{}) {}", self.code, title_of(self.code)),
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": trace,
        });
        if self.code == 33 {
            // Meta reports an unknown object as code 100 with subcode 33.
            error["code"] = json!(100);
            error["error_subcode"] = json!(33);
            error["message"] = json!(format!("Unsupported request. {}", self.details));
            error["type"] = json!("GraphMethodException");
        }
        VendorResponse::json(http_status(self.code), &json!({"error": error}))
    }
}

/// The documented title of a code.
pub(super) fn title_of(code: i64) -> &'static str {
    match code {
        33 => "Object does not exist",
        100 => "Invalid parameter",
        190 => "Access token has expired or is invalid",
        131_008 => "Required parameter is missing",
        131_009 => "Parameter value is not valid",
        131_026 => "Message undeliverable",
        131_030 => "Recipient phone number not in allowed list",
        131_047 => "Re-engagement message",
        131_051 => "Unsupported message type",
        131_052 => "Media download error",
        131_053 => "Media upload error",
        131_000 => "Something went wrong",
        131_016 => "Service unavailable",
        131_031 => "Business account has been locked",
        131_042 => "Business eligibility payment issue",
        131_056 => "(Business Account, Consumer Account) pair rate limit hit",
        132_000 => "Number of parameters does not match the expected number of params",
        132_001 => "Template does not exist in the translation",
        132_012 => "Parameter format does not match format in the created template",
        132_015 => "Template is Paused",
        132_016 => "Template is Disabled",
        133_005 => "Two step verification PIN Mismatch",
        133_010 => "Phone number Not Registered",
        _ => "Something went wrong",
    }
}

fn http_status(code: i64) -> u16 {
    match code {
        190 => 401,
        131_000 => 500,
        131_016 => 503,
        131_031 | 131_042 => 403,
        132_001 => 404,
        _ => 400,
    }
}
