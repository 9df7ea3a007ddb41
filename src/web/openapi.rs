//! The OpenAPI document, generated from the handlers' own types.

use super::api::reservations::{adjustments, create, csv, list, moves};
use super::api::{
    attention, availability, blocks, cabins, conversations, feeds, login, media, messages, notices, payments,
    price_rules, rate_changes, rates, reports, requests, settings, texts,
};
use super::gate::{self, Gated};
use super::health;
use super::problem::ProblemDocument;
use rocket::http::ContentType;
use rocket::{get, routes};
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, Response};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(title = "casero", description = "The caretaker that answers: cabins, stays, deposits and threads.
Times are RFC 3339, dates YYYY-MM-DD, money integer minor units beside its currency."),
    paths(
        login::login,
        availability::availability,
        availability::quote_one,
        cabins::list,
        cabins::create,
        cabins::show,
        cabins::change,
        cabins::remove,
        price_rules::list,
        price_rules::create,
        price_rules::change,
        price_rules::remove,
        rates::list,
        rates::create,
        rates::change,
        rate_changes::change,
        rate_changes::copy,
        rate_changes::undo,
        rates::remove,
        rates::remove_by_id,
        blocks::list,
        blocks::create,
        blocks::remove,
        blocks::remove_by_id,
        feeds::list,
        feeds::create,
        feeds::change,
        feeds::sync,
        feeds::remove,
        feeds::remove_of_cabin,
        create::create,
        adjustments::add,
        adjustments::remove,
        list::list,
        list::show,
        csv::table,
        moves::confirm,
        moves::cancel,
        moves::move_to,
        moves::check_in,
        moves::check_out,
        moves::no_show,
        moves::refund,
        moves::receive,
        conversations::list,
        conversations::show,
        conversations::reply,
        conversations::take_over,
        conversations::hand_back,
        media::show,
        attention::list,
        attention::resolve,
        notices::list,
        notices::test,
        notices::prove,
        requests::list,
        requests::decide,
        reports::occupancy,
        messages::messages,
        settings::show,
        settings::change,
        texts::show,
        texts::change,
        payments::list,
        super::ical::calendar,
        super::photos::photo,
        health::healthz,
        health::readyz,
        health::numbers,
        super::hooks::whatsapp::verify,
        super::hooks::whatsapp::receive,
        super::hooks::mercadopago::receive,
        super::hooks::mercadopago::present,
    ),
    components(schemas(ProblemDocument)),
    modifiers(&Bearer, &Refusals)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Errors common to all operations: each is a problem document, of its own media type.
struct Refusals;

/// Errors of any operation.
const ANYWHERE: [(&str, &str); 4] = [
    ("400", "`bad_request`: it can't be read"),
    ("429", "`rate_limited`: too often; `Retry-After` says when to try again"),
    ("500", "`internal`: our fault; nothing was changed"),
    ("503", "`busy` or `unavailable`: try again soon"),
];
/// Errors of operations that need a token.
const GUARDED: [(&str, &str); 2] = [
    ("401", "`unauthorized`: no token, or one that does not hold"),
    ("403", "`forbidden`: this account may not"),
];
/// Errors of operations with a body.
const WITH_BODY: [(&str, &str); 3] = [
    ("408", "`timeout`: the body took too long to arrive"),
    ("413", "`too_large`: the body is larger than what is taken"),
    ("422", "`invalid`: a value can't hold; `errors` names the fields"),
];
/// Errors of operations with a path parameter.
const WITH_PATH: [(&str, &str); 1] = [("404", "`not_found`: there is no such row")];
/// Errors of operations with query parameters.
const WITH_PARAMETERS: [(&str, &str); 1] = [("422", "`invalid`: a parameter can't hold")];
/// Errors of operations that take an idempotency key.
const KEYED: [(&str, &str); 1] = [("409", "`idempotency_in_progress`: a request with this key still runs")];

impl Modify for Refusals {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut document.paths.paths {
            // Health and metrics have answers of their own.
            let ours =
                ["/api/", "/webhooks/", "/ical/", "/photos/"].iter().any(|start| path.starts_with(start));
            let methods = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
            for operation in methods.into_iter().flatten().filter(|_| ours) {
                refuse(path, operation);
            }
        }
    }
}

/// Adds the common errors to an operation, and gives each its media type.
fn refuse(path: &str, operation: &mut Operation) {
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        })
        .collect();
    let mut may: Vec<(&str, &str)> = ANYWHERE.to_vec();
    if operation.security.is_some() {
        may.extend(GUARDED);
    }
    if operation.request_body.is_some() {
        may.extend(WITH_BODY);
    }
    if path.contains('{') {
        may.extend(WITH_PATH);
    }
    if parameters.iter().any(|parameter| parameter.parameter_in == ParameterIn::Query) || path.contains('{') {
        may.extend(WITH_PARAMETERS);
    }
    if parameters.iter().any(|parameter| parameter.name == "Idempotency-Key") {
        may.extend(KEYED);
    }
    let responses = &mut operation.responses.responses;
    for (status, description) in may {
        let made = || RefOr::T(Response::new(description));
        responses.entry(status.to_owned()).or_insert_with(made);
    }
    for (status, response) in responses.iter_mut() {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
        {
            let problem = Content::new(Some(Ref::from_schema_name("ProblemDocument")));
            response.content.clear();
            response.content.insert("application/problem+json".to_owned(), RefOr::T(problem));
        }
    }
}

/// The document as JSON, indented.
pub fn document() -> String {
    Document::openapi().to_pretty_json().expect("the document is plain data")
}

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![show])
}

#[get("/openapi.json")]
fn show() -> (ContentType, String) {
    (ContentType::JSON, document())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket::Route;
    use std::collections::BTreeSet;

    /// `GET /api/v1/cabins/{id}` for each route and each operation. Outside the API too (webhooks, calendars,
    /// health), each described route must be mounted.
    #[test]
    fn what_is_described_outside_the_api_is_there_too() {
        let mounts = [("", super::super::health::routes()), ("/webhooks", super::super::hooks::routes())];
        let mut mounted: BTreeSet<String> = mounts
            .into_iter()
            .flat_map(|(base, routes)| {
                let routes = routes.into_iter().map(Route::from);
                routes.map(move |route| format!("{} {base}{}", route.method, route.uri.path()))
            })
            .collect();
        mounted.extend(["GET /ical/{token}.ics", "GET /photos/{token}/{file}"].map(str::to_owned));
        let document: serde_json::Value = serde_json::from_str(&document()).unwrap();
        let outside =
            document["paths"].as_object().unwrap().iter().filter(|(path, _)| !path.starts_with("/api/"));
        let described: BTreeSet<String> = outside
            .flat_map(|(path, item)| {
                let methods = item.as_object().unwrap().keys();
                methods.map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect();
        assert_eq!(mounted, described);
    }

    #[test]
    fn every_refusal_is_a_problem_document_and_every_guarded_operation_says_401() {
        let document: serde_json::Value = serde_json::from_str(&document()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let responses = operation["responses"].as_object().unwrap();
                let guarded = operation["security"].is_array();
                assert!(!guarded || responses.contains_key("401"), "{method} {path}");
                let refusals = responses.iter().filter(|(status, _)| status.starts_with(['4', '5']));
                for (status, response) in refusals.filter(|_| !path.ends_with("yz") && !path.ends_with("thz"))
                {
                    assert!(
                        response["content"]["application/problem+json"].is_object(),
                        "{method} {path} {status}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_route_of_the_api_is_in_the_document_and_nothing_else() {
        let mounted: BTreeSet<String> = super::super::api::routes()
            .into_iter()
            .map(Route::from)
            .map(|route| {
                let path = route.uri.path().trim_end_matches('/').replace('<', "{").replace('>', "}");
                format!("{} /api/v1{path}", route.method)
            })
            .collect();
        let document: serde_json::Value = serde_json::from_str(&document()).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let described: BTreeSet<String> = paths
            .iter()
            .filter(|(path, _)| path.starts_with("/api/"))
            .flat_map(|(path, item)| {
                item.as_object()
                    .unwrap()
                    .keys()
                    .map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect();
        assert_eq!(mounted, described);
    }
}
