//! The 24-hour window: free text inside it; outside it only an approved template
//! (developers.facebook.com/docs/whatsapp/pricing, "customer service window").

use crate::domain::message::{Message, cut};
use crate::domain::settings::Settings;
use jiff::{SignedDuration, Timestamp};

/// How long a guest's message keeps the window open.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// Our clock and WhatsApp's differ; the window counts as closed this much before its end.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);
/// Most characters of the news in a template.
pub const NEWS_CHARS_MAX: usize = 700;

/// Whether free text may be sent now.
pub fn is_open(last_inbound: Option<Timestamp>, now: Timestamp) -> bool {
    last_inbound.is_some_and(|last| now.duration_since(last) < WINDOW - MARGIN)
}

/// The same news as a template, for outside the window. One that is a template already changes its name alone: all take
/// the same variables.
pub fn outside(message: &Message, name: &str, language: String, settings: &Settings) -> Message {
    if let Message::Template { parameters, copy_code, .. } = message {
        let (parameters, copy_code) = (parameters.clone(), *copy_code);
        return Message::Template { name: name.to_owned(), language, parameters, copy_code };
    }
    let place = if settings.property_name.is_empty() { "Casero" } else { &settings.property_name };
    let mut news = message.preview().to_owned();
    if let Message::Link { url, .. } = message {
        news = format!("{news} {url}");
    }
    if let Message::Location { point, .. } = message {
        news = format!("{news} {}", point.map_url()).trim().to_owned();
    }
    Message::Template {
        name: name.to_owned(),
        language,
        parameters: vec![place.to_owned(), cut(&news, NEWS_CHARS_MAX)],
        copy_code: false,
    }
}

/// Text too long for one template, as several messages that each fit whole: a guest's instructions to get in must
/// not be cut. Any other is one.
pub fn in_pieces(message: Message) -> Vec<Message> {
    let Message::Text { body } = &message else { return vec![message] };
    let mut pieces = Vec::new();
    let mut rest = body.trim();
    while rest.chars().count() > NEWS_CHARS_MAX {
        let end = rest.char_indices().nth(NEWS_CHARS_MAX).map_or(rest.len(), |(at, _)| at);
        let whole = &rest[..end];
        // Between lines rather than sentences, between sentences rather than words; never a tiny first piece.
        let late = |at: &usize| *at >= end / 2;
        let at = whole.rfind('\n').filter(late);
        let at = at.or_else(|| whole.rfind(". ").map(|dot| dot + 1).filter(late));
        let at = at.or_else(|| whole.rfind(' ').filter(late)).unwrap_or(end);
        pieces.push(Message::text(rest[..at].trim_end()));
        rest = rest[at..].trim_start();
    }
    if pieces.is_empty() {
        return vec![message];
    }
    pieces.push(Message::text(rest));
    pieces
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
    fn what_is_too_long_for_a_template_goes_in_pieces_and_loses_nothing() {
        let long = "Doblá a la derecha en el arroyo. La llave está en la caja.\n".repeat(40);
        let pieces = in_pieces(Message::text(long.trim()));
        assert!(pieces.len() > 2);
        let mut said = String::new();
        for piece in &pieces {
            let Message::Template { parameters, .. } =
                outside(piece, "casero_reserva", "es_AR".into(), &Settings::default())
            else {
                panic!("a template")
            };
            assert_eq!(parameters[1], piece.preview(), "whole");
            assert!(piece.preview().ends_with("caja."), "between lines: {:?}", piece.preview());
            said.push_str(piece.preview());
            said.push('\n');
        }
        assert_eq!(said, long);
        assert_eq!(in_pieces(Message::text("ñ".repeat(1500))).len(), 3);
        assert_eq!(in_pieces(Message::text("corto")).len(), 1);
    }

    #[test]
    fn outside_it_a_link_goes_along_in_the_template() {
        let link =
            Message::Link {
                body: "Acá podés pagar.".into(), label: "Pagar".into(), url: "https://x".into()
            };
        let template = outside(&link, "casero_pago", "pt_BR".into(), &Settings::default());
        let Message::Template { name, language, parameters, .. } = &template else { panic!("a template") };
        assert_eq!((name.as_str(), language.as_str()), ("casero_pago", "pt_BR"));
        assert_eq!(parameters[1], "Acá podés pagar. https://x");
        let other = outside(&template, "casero_aviso", "pt_BR".into(), &Settings::default());
        let Message::Template { name, parameters: kept, .. } = &other else { panic!("a template") };
        assert_eq!((name.as_str(), kept), ("casero_aviso", parameters), "another stands in for it");
    }
}
