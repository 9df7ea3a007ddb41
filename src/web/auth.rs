//! Guards of the API: the caller's identity. Permissions are checked before, by [`super::gate`].

use super::client;
use super::problem::Problem;
use super::refused::refuse;
use super::state::Web;
use crate::domain::audit::Actor;
use crate::domain::user::User;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

/// A caller with a valid token.
#[derive(Debug, Clone)]
pub struct Caller(pub User);

/// Any caller: a stranger under the public rate limit, an account under its own.
#[derive(Debug, Clone, Copy)]
pub struct Visitor;

/// A login attempt, under the rate limit of passwords.
#[derive(Debug, Clone, Copy)]
pub struct LoginAttempt;

impl Caller {
    /// The account as named in a reservation's timeline.
    pub fn actor(&self) -> Actor {
        Actor::User(self.0.email.clone())
    }
}

/// The caller's address, for limits.
#[derive(Debug, Clone, Copy)]
pub struct CallerAddress(pub IpAddr);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for CallerAddress {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<CallerAddress, Infallible> {
        Outcome::Success(CallerAddress(address(request)))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Web {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Problem> {
        Outcome::Success(web(request))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Caller {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Caller, Problem> {
        outcome(request, caller(request).await.map(Caller))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Visitor, Problem> {
        let known = bearer(request).is_some() && caller(request).await.is_ok();
        let pace = if known { Ok(()) } else { web(request).limits.public(address(request)) };
        outcome(request, pace.map(|()| Visitor))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for LoginAttempt {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Outcome<LoginAttempt, Problem> {
        outcome(request, web(request).limits.login(address(request)).map(|()| LoginAttempt))
    }
}

/// The account behind a request's token, looked up once.
pub(super) async fn caller(request: &Request<'_>) -> Result<User, Problem> {
    let found = request.local_cache_async(async {
        let token = bearer(request).ok_or_else(Problem::unauthorized)?;
        let web = web(request);
        let user = web.access.who(token).await?.ok_or_else(Problem::unauthorized)?;
        web.limits.api(user.id)?;
        Ok(user)
    });
    found.await.clone()
}

fn bearer<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let header = request.headers().get_one("Authorization")?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

pub(super) fn web<'r>(request: &'r Request<'_>) -> &'r Web {
    let web: Option<&Arc<Web>> = request.rocket().state();
    web.expect("the server manages its own state")
}

pub(super) fn address(request: &Request<'_>) -> IpAddr {
    client::address(request, &web(request).options)
}

fn outcome<T>(request: &Request<'_>, found: Result<T, Problem>) -> Outcome<T, Problem> {
    match found {
        Ok(found) => Outcome::Success(found),
        Err(problem) => {
            let (status, problem): (Status, Problem) = refuse(request, problem);
            Outcome::Error((status, problem))
        }
    }
}
