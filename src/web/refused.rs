//! What a guard hands to the catcher: the problem for which it let a request not through.

use super::problem::Problem;
use rocket::http::Status;
use rocket::request::Request;

/// Why a guard let a request not through.
pub(super) struct Refused(pub(super) Option<Problem>);

/// Fails a guard with a problem, which the catcher will find again.
pub(super) fn refuse(request: &Request<'_>, problem: Problem) -> (Status, Problem) {
    let refused = request.local_cache(|| Refused(Some(problem.clone()))).0.clone();
    let problem = refused.unwrap_or(problem);
    (Status::new(problem.status), problem)
}
