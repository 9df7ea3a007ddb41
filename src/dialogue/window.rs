//! The 24-hour rule: inside it anything may be said; outside it only an approved template
//! (developers.facebook.com/docs/whatsapp/pricing, "customer service window").

use crate::domain::language::Language;
use crate::domain::message::{Message, cut};
use crate::domain::settings::Settings;
use jiff::{SignedDuration, Timestamp};

/// How long a guest's message keeps the window open.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// Our clock and WhatsApp's differ; this much before the end we already count it as closed.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);
/// The template that carries any news: two variables, the place's name and the news itself.
pub const TEMPLATE: &str = "casero_aviso";
/// A template's text may be this long in all.
const NEWS_CHARS_MAX: usize = 700;

/// Whether free text may be sent now.
pub fn is_open(last_inbound: Option<Timestamp>, now: Timestamp) -> bool {
    last_inbound.is_some_and(|last| now.duration_since(last) < WINDOW - MARGIN)
}

/// The same news as a template, for outside the window. The owner's own template name is used when they set
/// one (`texts.template`).
pub fn outside(message: &Message, language: Language, settings: &Settings) -> Message {
    if let Message::Template { .. } = message {
        return message.clone();
    }
    let name = settings.texts.get("template").filter(|name| !name.is_empty());
    let place = if settings.property_name.is_empty() { "Casero" } else { &settings.property_name };
    let mut news = message.preview().to_owned();
    if let Message::Link { url, .. } = message {
        news = format!("{news} {url}");
    }
    Message::Template {
        name: name.map_or(TEMPLATE, String::as_str).to_owned(),
        language: code(language).to_owned(),
        parameters: vec![place.to_owned(), cut(&news, NEWS_CHARS_MAX)],
    }
}

/// The template's language at Meta.
fn code(language: Language) -> &'static str {
    match language {
        Language::Es => "es_AR",
        Language::Pt => "pt_BR",
        Language::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_open_for_a_day_after_the_guests_last_message() {
        let then = Timestamp::UNIX_EPOCH;
        assert!(is_open(Some(then), then + SignedDuration::from_hours(23)));
        assert!(!is_open(Some(then), then + SignedDuration::from_hours(24)));
        assert!(!is_open(None, then));
    }

    #[test]
    fn outside_it_a_link_goes_along_in_the_template() {
        let link =
            Message::Link {
                body: "Acá podés pagar.".into(), label: "Pagar".into(), url: "https://x".into()
            };
        let Message::Template { name, language, parameters } =
            outside(&link, Language::Pt, &Settings::default())
        else {
            panic!("a template")
        };
        assert_eq!((name.as_str(), language.as_str()), (TEMPLATE, "pt_BR"));
        assert_eq!(parameters[1], "Acá podés pagar. https://x");
    }
}
