//! Idempotent actions of the API: done in one transaction with their answer, and once for each
//! `Idempotency-Key`.

use super::auth::Caller;
use super::http_response::HttpResponse;
use super::problem::Problem;
use super::refused::refuse;
use super::state::Web;
use crate::app::idempotency::{self, Answered, Decided, IdempotencyKey, KeyState};
use ring::digest::{SHA256, digest};
use rocket::request::{FromRequest, Outcome as Guard, Request};
use std::sync::Arc;

/// Longest key; a UUID has 36 characters.
const KEY_CHARS_MAX: usize = 255;

/// The `Idempotency-Key` header with method and address of the request, if present.
#[derive(Debug, Clone)]
pub struct KeyHeader {
    key: Option<String>,
    address: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for KeyHeader {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Guard<KeyHeader, Problem> {
        let address = format!("{} {}", request.method(), request.uri());
        let key = request.headers().get_one("Idempotency-Key");
        match key {
            Some(key) if !is_fit(key) => {
                let problem =
                    Problem::invalid("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
                Guard::Error(refuse(request, problem))
            }
            key => Guard::Success(KeyHeader { key: key.map(str::to_owned), address }),
        }
    }
}

fn is_fit(key: &str) -> bool {
    !key.is_empty() && key.len() <= KEY_CHARS_MAX && key.bytes().all(|byte| byte.is_ascii_graphic())
}

impl KeyHeader {
    /// The key as stored: scoped to the caller, bound to the request.
    pub(super) fn of(self, caller: &Caller, body: &[u8; 32]) -> Option<IdempotencyKey> {
        let asked = [self.address.as_bytes(), b"\n", body].concat();
        let mut hash = [0u8; 32];
        hash.copy_from_slice(digest(&SHA256, &asked).as_ref());
        self.key.map(|key| IdempotencyKey { key: format!("{}:{key}", caller.0.id), digest: hash })
    }
}

/// Handles a request that may have been answered before. `work` does it, with the turn when there is a key;
/// its problems are answers too, and stored unless they are failures of ours.
pub(super) async fn answer_once<F, W>(
    web: &Arc<Web>,
    idempotency_key: Option<IdempotencyKey>,
    work: W,
) -> HttpResponse
where
    W: FnOnce(Arc<Web>, Option<Arc<idempotency::Turn>>) -> F + Send + 'static,
    F: Future<Output = Result<HttpResponse, Problem>> + Send + 'static,
{
    let Some(idempotency_key) = idempotency_key else {
        return work(Arc::clone(web), None).await.unwrap_or_else(|problem| problem.answer());
    };
    let turn = match web.answers.enter(&web.app, idempotency_key) {
        KeyState::Answered(answered) => return answered.into(),
        KeyState::Mismatch => return mismatch().answer(),
        KeyState::Running => return running().answer(),
        KeyState::Turn(turn) => Arc::new(turn),
    };
    // In a task of its own: it goes on when the caller hangs up.
    let web = Arc::clone(web);
    let task = rocket::tokio::spawn(async move {
        match work(Arc::clone(&web), Some(Arc::clone(&turn))).await {
            Ok(answer) => answer,
            Err(problem) if problem.status >= 500 || problem.code == MISMATCH => problem.answer(),
            Err(problem) => {
                let answer = problem.answer();
                match turn.keep(&web.app, &answer.clone().into()).await {
                    Ok(()) => answer,
                    Err(error) => Problem::from(error).answer(),
                }
            }
        }
    });
    task.await.unwrap_or_else(|_| Problem::internal().answer())
}

/// Answer of a decided action.
pub(super) fn answer<E: Into<Problem>>(outcome: Result<Decided, E>) -> Result<HttpResponse, Problem> {
    match outcome.map_err(Into::into)? {
        Decided::Answered(answered) => Ok(answered.into()),
        Decided::Mismatch => Err(mismatch()),
    }
}

const MISMATCH: &str = "idempotency_mismatch";

fn mismatch() -> Problem {
    Problem::new(422, MISMATCH, "This Idempotency-Key was used for another request.")
}

fn running() -> Problem {
    let detail = "A request with this Idempotency-Key is still running. Ask again in a moment.";
    Problem { retry_after: Some(1), ..Problem::new(409, "idempotency_in_progress", detail) }
}

impl From<Answered> for HttpResponse {
    fn from(answered: Answered) -> HttpResponse {
        HttpResponse::kept(answered.status, answered.body)
    }
}

impl From<HttpResponse> for Answered {
    fn from(answer: HttpResponse) -> Answered {
        Answered { status: answer.status, body: answer.body }
    }
}
