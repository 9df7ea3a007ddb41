//! Hands the problem of a guard to the catcher.

use super::problem::Problem;
use rocket::http::Status;
use rocket::request::Request;

/// Problem for which a guard refused the request.
pub(super) struct Refused(pub(super) Option<Problem>);

/// Fails a guard with a problem, which the catcher will send.
pub(super) fn refuse(request: &Request<'_>, problem: Problem) -> (Status, Problem) {
    let refused = request.local_cache(|| Refused(Some(problem.clone()))).0.clone();
    let problem = refused.unwrap_or(problem);
    (Status::new(problem.status), problem)
}
