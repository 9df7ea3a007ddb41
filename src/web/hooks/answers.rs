//! Answers of a webhook.

use crate::web::http_response::HttpResponse;
use crate::web::problem::Problem;

/// Stored.
pub(super) fn stored() -> HttpResponse {
    HttpResponse { status: 200, body: "{\"stored\":true}".to_owned(), retry_after: None }
}

pub(super) fn bad_signature() -> Problem {
    Problem::new(401, "bad_signature", "The signature does not hold.")
}
