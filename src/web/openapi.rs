//! The OpenAPI document, made from the handlers' own types.

use super::api::reservations::{create, csv, list, moves};
use super::api::{
    attention, availability, blocks, cabins, conversations, feeds, login, media, messages, payments, rates,
    reports, settings,
};
use super::health;
use rocket::get;
use rocket::http::ContentType;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
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
        rates::list,
        rates::create,
        rates::remove,
        rates::remove_by_id,
        blocks::list,
        blocks::create,
        blocks::remove,
        blocks::remove_by_id,
        feeds::list,
        feeds::create,
        feeds::sync,
        feeds::remove,
        feeds::remove_of_cabin,
        create::create,
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
        reports::occupancy,
        messages::messages,
        settings::show,
        settings::change,
        payments::list,
        super::ical::calendar,
        super::photos::photo,
        health::healthz,
        health::readyz,
        health::numbers,
        super::hooks::whatsapp::verify,
        super::hooks::whatsapp::receive,
        super::hooks::mercadopago::receive,
    ),
    modifiers(&Bearer)
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

/// The document as JSON, indented.
pub fn document() -> String {
    Document::openapi().to_pretty_json().expect("the document is plain data")
}

/// The document.
#[get("/openapi.json")]
pub(super) fn show() -> (ContentType, String) {
    (ContentType::JSON, document())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// `GET /api/v1/cabins/{id}` for each route and each operation.
    #[test]
    fn every_route_of_the_api_is_in_the_document_and_nothing_else() {
        let mounted: BTreeSet<String> = super::super::api::routes()
            .iter()
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
