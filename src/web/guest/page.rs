//! Common to the pages for guests: the visitor's language, and the name of the place.

use crate::app::house_number;
use crate::domain::language::Language;
use crate::web::state::Web;
use rocket::http::RawStr;
use rocket::request::{FromRequest, Outcome, Request};
use std::convert::Infallible;

/// The visitor's language: the chosen one, else the first of the browser's that we have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reads(pub(super) Language);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Reads {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Reads, Infallible> {
        let chosen = request.query_value::<&str>("lang").and_then(Result::ok).and_then(Language::from_code);
        let listed = request.headers().get_one("Accept-Language").unwrap_or_default();
        Outcome::Success(Reads(chosen.unwrap_or_else(|| preferred(listed))))
    }
}

fn preferred(listed: &str) -> Language {
    let codes = listed.split(',').filter_map(|one| one.trim().get(..2));
    codes.map(str::to_ascii_lowercase).find_map(|code| Language::from_code(&code)).unwrap_or_default()
}

/// Link by which a visitor writes to the house on WhatsApp, with these words to begin with.
pub(super) async fn write_to_house(web: &Web, words: &str) -> Option<String> {
    let digits = house_number::digits(&web.app).await?;
    Some(format!("https://wa.me/{digits}?text={}", RawStr::new(words).percent_encode()))
}

pub(super) fn place(name: &str) -> String {
    if name.is_empty() { "Casero".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_is_met_in_the_first_language_that_we_speak() {
        assert_eq!(preferred("fr-FR,fr;q=0.9,pt-BR;q=0.8,en;q=0.7"), Language::of("pt"));
        assert_eq!(preferred("en-GB,en"), Language::of("en"));
        assert_eq!(preferred(""), Language::SPANISH);
        assert_eq!(preferred("ñ"), Language::SPANISH);
    }
}
