//! Answers without a handler: a problem document, or a page for the owner.

use super::admin;
use super::assets::{self, Files};
use super::http_response::HttpResponse;
use super::problem::Problem;
use super::refused::Refused;
use super::state::Web;
use super::{fairings, paths, request_id};
use crate::ports::random::token;
use askama::Template;
use rocket::http::{Header, Method, RawStr, Status};
use rocket::response::{self, Redirect, Responder};
use rocket::{Catcher, Request, catch, catchers};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn problems() -> Vec<Catcher> {
    catchers![problem]
}

pub(super) fn pages() -> Vec<Catcher> {
    catchers![page]
}

/// An answer to a request that no handler took. An unreadable request has passed no fairing, so its id and
/// headers are set here.
struct Caught<R> {
    answer: R,
    allowed: Option<String>,
}

impl<'r, R: Responder<'r, 'static>> Responder<'r, 'static> for Caught<R> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = self.answer.respond_to(request)?;
        if let Some(allowed) = self.allowed {
            response.set_header(Header::new("Allow", allowed));
        }
        if request_id::of(request).is_empty()
            && let Some(web) = request.rocket().state::<Arc<Web>>()
        {
            let id = token(web.app.ports.random.as_ref());
            response.set_header(Header::new(request_id::HEADER, id));
            fairings::set_careful(&mut response);
        }
        Ok(response)
    }
}

#[catch(default)]
fn problem(status: Status, request: &Request<'_>) -> Caught<HttpResponse> {
    let known = request.local_cache(|| Refused(None)).0.clone();
    if known.is_none() && status == Status::NotFound {
        let allowed = methods_here(request);
        if !allowed.is_empty() {
            let allowed = Some(allowed.into_iter().collect::<Vec<_>>().join(", "));
            return Caught { answer: Problem::of_status(Status::MethodNotAllowed).answer(), allowed };
        }
    }
    Caught { answer: known.unwrap_or_else(|| Problem::of_status(status)).answer(), allowed: None }
}

/// Methods allowed at this address, if it is one of ours.
fn methods_here(request: &Request<'_>) -> BTreeSet<&'static str> {
    let path: Vec<&str> = segments(request.uri().path().as_str());
    let same = |route: &&rocket::Route| {
        let known = segments(route.uri.path());
        known.len() == path.len()
            && known.iter().zip(&path).all(|(known, given)| known.starts_with('<') || known == given)
    };
    let methods = request.rocket().routes().filter(same).map(|route| route.method.as_str());
    let methods: BTreeSet<&'static str> = methods.collect();
    // The method was right: its handler forwarded the request.
    if methods.contains(request.method().as_str()) { BTreeSet::new() } else { methods }
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// Error answer for a browser below `/admin`.
#[derive(rocket::Responder)]
enum ErrorResponse {
    Page(admin::Page),
    Login(Box<Redirect>),
    Bare(Status),
}

#[derive(Template)]
#[template(path = "failed.html", config = "assets/askama.toml")]
struct FailedPage {
    files: &'static Files,
    title: &'static str,
    words: &'static str,
}

#[catch(default)]
fn page(status: Status, request: &Request<'_>) -> Caught<ErrorResponse> {
    Caught { answer: shown(status, request), allowed: None }
}

fn shown(status: Status, request: &Request<'_>) -> ErrorResponse {
    if status == Status::Unauthorized {
        let next = match request.method() {
            Method::Get => request.uri().to_string(),
            _ => paths::HOME.to_owned(),
        };
        let next = RawStr::new(&next).percent_encode().to_string();
        return ErrorResponse::Login(Box::new(Redirect::to(format!("/admin/login?next={next}"))));
    }
    let refused = request.local_cache(|| Refused(None)).0.as_ref();
    let (title, words) = match status.code {
        403 if refused == Some(&Problem::forbidden()) => (
            "No se puede",
            "Tu cuenta no tiene permiso para esto. Si lo necesitás, pedíselo al dueño o a la dueña.",
        ),
        403 => (
            "No se puede",
            "No cambiamos nada: la página quedó vieja. Volvé atrás, recargala y probá otra vez.",
        ),
        404 => ("No está", "Esta página no existe, o ya no."),
        413 => ("Demasiado grande", "Lo que mandaste es demasiado grande."),
        429 => ("Despacio", "Fueron muchos intentos seguidos. Esperá un minuto y probá otra vez."),
        400..=499 => ("No se entendió", "Algo en el pedido no está bien. Volvé atrás y probá otra vez."),
        _ => ("Algo falló", "No fue culpa tuya. Probá otra vez en un momento."),
    };
    let failed = FailedPage { files: assets::files(), title, words };
    admin::Page::with(status, &failed).map_or(ErrorResponse::Bare(status), ErrorResponse::Page)
}
