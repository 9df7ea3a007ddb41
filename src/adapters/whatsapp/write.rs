//! Our messages to the JSON of `POST /{phone_number_id}/messages`
//! (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages). Pure. The vendor's limits are applied
//! here once more: a message that is refused for a long title would be no answer at all.

use crate::domain::message::{
    BODY_CHARS_MAX, BUTTON_CHARS_MAX, BUTTONS_MAX, Choice, Message, ROW_DESCRIPTION_CHARS_MAX,
    ROW_TITLE_CHARS_MAX, ROWS_MAX, TEXT_CHARS_MAX, cut,
};
use crate::ports::whatsapp::Recipient;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Longest value of a template's variable that is worth sending.
const PARAMETER_CHARS_MAX: usize = 700;

/// The whole request. A document needs the id its upload got.
pub(super) fn request(to: &Recipient, message: &Message, tag: &str, uploaded: Option<&str>) -> Value {
    let mut request = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": tag,
    });
    match to {
        Recipient::Phone(phone) => request["to"] = json!(phone),
        Recipient::Bsuid(bsuid) => request["recipient"] = json!(bsuid),
    }
    let (kind, payload) = payload(message, uploaded);
    request["type"] = json!(kind);
    request[kind] = payload;
    request
}

fn payload(message: &Message, uploaded: Option<&str>) -> (&'static str, Value) {
    match message {
        Message::Text { body } => {
            ("text", json!({ "body": cut(body, TEXT_CHARS_MAX), "preview_url": false }))
        }
        Message::Buttons { body, buttons } => {
            let buttons = distinct(buttons, BUTTON_CHARS_MAX, BUTTONS_MAX);
            if buttons.is_empty() {
                return ("text", json!({ "body": cut(body, TEXT_CHARS_MAX), "preview_url": false }));
            }
            let buttons: Vec<Value> = buttons
                .into_iter()
                .map(|(id, title, _)| json!({ "type": "reply", "reply": { "id": id, "title": title } }))
                .collect();
            let body = json!({ "text": cut(body, BODY_CHARS_MAX) });
            ("interactive", json!({ "type": "button", "body": body, "action": { "buttons": buttons } }))
        }
        Message::List { body, open, rows } => {
            let rows: Vec<Value> = distinct(rows, ROW_TITLE_CHARS_MAX, ROWS_MAX)
                .into_iter()
                .map(|(id, title, description)| {
                    let mut row = json!({ "id": id, "title": title });
                    if !description.is_empty() {
                        row["description"] = json!(cut(description, ROW_DESCRIPTION_CHARS_MAX));
                    }
                    row
                })
                .collect();
            let action = json!({ "button": cut(open, BUTTON_CHARS_MAX), "sections": [{ "rows": rows }] });
            let body = json!({ "text": cut(body, TEXT_CHARS_MAX) });
            ("interactive", json!({ "type": "list", "body": body, "action": action }))
        }
        Message::Link { body, label, url } => {
            let parameters = json!({ "display_text": cut(label, BUTTON_CHARS_MAX), "url": url });
            let body = json!({ "text": cut(body, BODY_CHARS_MAX) });
            let action = json!({ "name": "cta_url", "parameters": parameters });
            ("interactive", json!({ "type": "cta_url", "body": body, "action": action }))
        }
        Message::Template { name, language, parameters } => {
            let parameters: Vec<Value> =
                parameters.iter().map(|text| json!({ "type": "text", "text": one_line(text) })).collect();
            let components = match parameters.is_empty() {
                true => json!([]),
                false => json!([{ "type": "body", "parameters": parameters }]),
            };
            ("template", json!({ "name": name, "language": { "code": language }, "components": components }))
        }
        Message::Document { filename, caption, .. } => {
            let mut document = json!({ "id": uploaded.unwrap_or_default(), "filename": filename });
            if !caption.is_empty() {
                document["caption"] = json!(cut(caption, BODY_CHARS_MAX));
            }
            ("document", document)
        }
    }
}

/// Choices as the vendor takes them: no empty title, none twice, not too long, not too many.
fn distinct(choices: &[Choice], title_max: usize, most: usize) -> Vec<(&str, String, &str)> {
    let mut titles = BTreeSet::new();
    choices
        .iter()
        .map(|choice| {
            (choice.token.as_str(), cut(choice.title.trim(), title_max), choice.description.as_str())
        })
        .filter(|(_, title, _)| !title.is_empty() && titles.insert(title.clone()))
        .take(most)
        .collect()
}

/// A variable's value: the vendor refuses line breaks, tabs and runs of blanks in it, and nothing at all.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "-".to_owned() } else { cut(&line, PARAMETER_CHARS_MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(token: &str, title: &str) -> Choice {
        Choice { token: token.into(), title: title.into(), description: String::new() }
    }

    fn to() -> Recipient {
        Recipient::Phone("5493515550101".into())
    }

    #[test]
    fn a_text_goes_to_a_number_with_our_tag() {
        let request = request(&to(), &Message::text("Hola"), "t-1", None);
        assert_eq!(
            request,
            json!({
                "messaging_product": "whatsapp", "recipient_type": "individual", "to": "5493515550101",
                "type": "text", "text": { "body": "Hola", "preview_url": false },
                "biz_opaque_callback_data": "t-1",
            })
        );
    }

    #[test]
    fn a_guest_without_a_number_is_addressed_by_their_id() {
        let request = request(&Recipient::Bsuid("AR.17".into()), &Message::text("Hola"), "t", None);
        assert_eq!((request.get("to"), &request["recipient"]), (None, &json!("AR.17")));
    }

    #[test]
    fn buttons_keep_the_vendors_limits() {
        let buttons = vec![
            choice("a", "Reservar Cabaña El Aromo"),
            choice("b", ""),
            choice("c", "Otra fecha"),
            choice("d", "Otra fecha"),
            choice("e", "Hablar"),
            choice("f", "Cuarto"),
        ];
        let message = Message::Buttons { body: "x".repeat(2000), buttons };
        let sent = &request(&to(), &message, "t", None)["interactive"];
        let sent_buttons = sent["action"]["buttons"].as_array().unwrap();
        let titles: Vec<&str> =
            sent_buttons.iter().map(|button| button["reply"]["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Reservar Cabaña El…", "Otra fecha", "Hablar"]);
        assert_eq!(sent["body"]["text"].as_str().unwrap().chars().count(), BODY_CHARS_MAX);
    }

    #[test]
    fn a_templates_variables_are_one_line_each() {
        let message = Message::Template {
            name: "reserva".into(),
            language: "es_AR".into(),
            parameters: vec!["a\n\tb    c".into(), String::new()],
        };
        let sent = &request(&to(), &message, "t", None)["template"]["components"][0]["parameters"];
        assert_eq!(sent, &json!([{ "type": "text", "text": "a b c" }, { "type": "text", "text": "-" }]));
    }
}
