//! Deeds of the API: done in one transaction with their answer, and once for each `Idempotency-Key`.

use super::answer::Answer;
use super::auth::Caller;
use super::problem::Problem;
use super::{Web, refuse};
use crate::app::once::{self, Answered, Entry, Keyed, Outcome};
use ring::digest::{SHA256, digest};
use rocket::request::{FromRequest, Outcome as Guard, Request};
use std::sync::Arc;

/// Longest key: a UUID many times over.
const KEY_CHARS_MAX: usize = 255;

/// The caller's `Idempotency-Key` with the method and address it came with, if they sent one.
#[derive(Debug, Clone)]
pub struct Key {
    key: Option<String>,
    address: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Key {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Guard<Key, Problem> {
        let address = format!("{} {}", request.method(), request.uri());
        let key = request.headers().get_one("Idempotency-Key");
        match key {
            Some(key) if !is_fit(key) => {
                let problem =
                    Problem::invalid("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
                Guard::Error(refuse(request, problem))
            }
            key => Guard::Success(Key { key: key.map(str::to_owned), address }),
        }
    }
}

fn is_fit(key: &str) -> bool {
    !key.is_empty() && key.len() <= KEY_CHARS_MAX && key.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Key {
    /// The key as it is stored: scoped to the caller, bound to what was asked.
    pub(super) fn of(self, caller: &Caller, body: &[u8; 32]) -> Option<Keyed> {
        let asked = [self.address.as_bytes(), b"\n", body].concat();
        let mut hash = [0u8; 32];
        hash.copy_from_slice(digest(&SHA256, &asked).as_ref());
        self.key.map(|key| Keyed { key: format!("{}:{key}", caller.0.id), digest: hash })
    }
}

/// Works on a request that may have been answered before. `work` does it, with the turn when there is a key;
/// its problems are answers too, and kept unless they are failures of ours.
pub(super) async fn once<F, W>(web: &Arc<Web>, keyed: Option<Keyed>, work: W) -> Answer
where
    W: FnOnce(Arc<Web>, Option<Arc<once::Turn>>) -> F + Send + 'static,
    F: Future<Output = Result<Answer, Problem>> + Send + 'static,
{
    let Some(keyed) = keyed else {
        return work(Arc::clone(web), None).await.unwrap_or_else(|problem| problem.answer());
    };
    let turn = match web.answers.enter(&web.app, keyed) {
        Entry::Answered(answered) => return answered.into(),
        Entry::Mismatch => return mismatch().answer(),
        Entry::Running => return running().answer(),
        Entry::Turn(turn) => Arc::new(turn),
    };
    // A task of its own: the caller may hang up, the deed and its answer go on.
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

/// What a decided deed answers.
pub(super) fn answer<E: Into<Problem>>(outcome: Result<Outcome, E>) -> Result<Answer, Problem> {
    match outcome.map_err(Into::into)? {
        Outcome::Answered(answered) => Ok(answered.into()),
        Outcome::Mismatch => Err(mismatch()),
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

impl From<Answered> for Answer {
    fn from(answered: Answered) -> Answer {
        Answer::kept(answered.status, answered.body)
    }
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Answered {
        Answered { status: answer.status, body: answer.body }
    }
}
