//! Permissions of routes. Denied by default: the server mounts only [`Gated`] routes, and a route becomes one
//! by naming its [`Permission`], or by being declared open.
//!
//! The check comes before the handler and its guards. Without a session or a token the answer is 401 (a page
//! then shows the login); with one whose role lacks the permission it is 403.

use super::admin::guard;
use super::auth;
use super::problem::Problem;
use super::refused::refuse;
use crate::domain::user::Permission;
use rocket::data::Data;
use rocket::request::Request;
use rocket::route::{Handler, Outcome};
use rocket::{Build, Rocket, Route};

/// A route with its permission.
#[derive(Debug, Clone)]
pub(super) struct Gated(Route);

/// Kind of proof by which an account identifies itself.
#[derive(Clone, Copy)]
enum Proof {
    Session,
    Token,
}

/// Open routes: they serve public data, or check a signature or a secret of their own.
pub(super) fn open(routes: Vec<Route>) -> Vec<Gated> {
    routes.into_iter().map(Gated).collect()
}

/// Pages with a permission.
pub(super) fn page(permission: Permission, routes: Vec<Route>) -> Vec<Gated> {
    checked(Proof::Session, permission, routes)
}

/// Operations of the API with a permission.
pub(super) fn api(permission: Permission, routes: Vec<Route>) -> Vec<Gated> {
    checked(Proof::Token, permission, routes)
}

/// Mounts further routes.
pub(super) fn mount(server: Rocket<Build>, base: &'static str, routes: Vec<Gated>) -> Rocket<Build> {
    server.mount(base, routes.into_iter().map(Route::from).collect::<Vec<Route>>())
}

impl From<Gated> for Route {
    fn from(gated: Gated) -> Route {
        gated.0
    }
}

fn checked(proof: Proof, permission: Permission, routes: Vec<Route>) -> Vec<Gated> {
    let checked = |mut route: Route| {
        route.handler = Box::new(Checked { proof, permission, handler: route.handler });
        Gated(route)
    };
    routes.into_iter().map(checked).collect()
}

#[derive(Clone)]
struct Checked {
    proof: Proof,
    permission: Permission,
    handler: Box<dyn Handler>,
}

#[rocket::async_trait]
impl Handler for Checked {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let role = match self.proof {
            Proof::Session => guard::session(request).await.map(|session| session.user.role),
            Proof::Token => auth::caller(request).await.map(|user| user.role),
        };
        let problem = match role {
            Ok(role) if role.may(self.permission) => return self.handler.handle(request, data).await,
            Ok(_) => Problem::forbidden(),
            Err(problem) => problem,
        };
        Outcome::Error(refuse(request, problem).0)
    }
}
