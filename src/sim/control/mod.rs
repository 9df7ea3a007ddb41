//! The hand that moves the simulated world: `/sim/…`, for tests and for the demo page.

mod guests;
mod stage;

use rocket::Route;
use serde_json::{Value, json};

use super::answer::Answer;

/// Everything under `/sim`.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = guests::routes();
    routes.extend(stage::routes());
    routes
}

fn parse(body: &[u8]) -> Result<Value, Answer> {
    serde_json::from_slice(body)
        .map_err(|error| Answer::refusal(400, format!("the body is not JSON: {error}")))
}

fn done() -> Answer {
    Answer::json(200, &json!({"ok": true}))
}

fn said(answer: Result<Answer, Answer>) -> Answer {
    answer.unwrap_or_else(|refusal| refusal)
}
