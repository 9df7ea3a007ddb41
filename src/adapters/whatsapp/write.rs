//! Converts our messages to the JSON of `POST /{phone_number_id}/messages`
//! (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages). Pure. The vendor's limits are
//! applied here too: a message refused for a long title would be no answer at all.

use crate::domain::message::{
    BODY_CHARS_MAX, BUTTON_CHARS_MAX, BUTTONS_MAX, Choice, Header, Message, ROW_DESCRIPTION_CHARS_MAX,
    ROW_TITLE_CHARS_MAX, ROWS_MAX, TEXT_CHARS_MAX, cut,
};
use crate::ports::whatsapp::Recipient;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Longest token of a button or row that the vendor returns.
const TOKEN_CHARS_MAX: usize = 200;
/// Longest value of a template's variable.
const PARAMETER_CHARS_MAX: usize = 700;

/// The whole request. A file needs the id of its upload.
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
        Message::Text { body } => plain_text(body),
        Message::Buttons { body, buttons, header } => {
            with_buttons(body, buttons, header.as_ref().zip(uploaded))
        }
        Message::List { body, open, rows } => {
            let rows = distinct(rows, ROW_TITLE_CHARS_MAX, ROWS_MAX);
            if rows.is_empty() {
                return plain_text(body);
            }
            let rows: Vec<Value> = rows
                .into_iter()
                .map(|(id, title, description)| {
                    let mut row = json!({ "id": id, "title": title });
                    if !description.is_empty() {
                        row["description"] = json!(fit(description, ROW_DESCRIPTION_CHARS_MAX));
                    }
                    row
                })
                .collect();
            let action = json!({ "button": fit(open, BUTTON_CHARS_MAX), "sections": [{ "rows": rows }] });
            let body = json!({ "text": fit(body, TEXT_CHARS_MAX) });
            ("interactive", json!({ "type": "list", "body": body, "action": action }))
        }
        Message::Link { body, label, url } => {
            let parameters = json!({ "display_text": fit(label, BUTTON_CHARS_MAX), "url": url });
            let body = json!({ "text": fit(body, BODY_CHARS_MAX) });
            let action = json!({ "name": "cta_url", "parameters": parameters });
            ("interactive", json!({ "type": "cta_url", "body": body, "action": action }))
        }
        Message::Template { name, language, parameters, copy_code } => {
            template(name, language, parameters, *copy_code)
        }
        Message::Document { filename, caption, .. } | Message::File { filename, caption, .. } => {
            let document = json!({ "id": uploaded.unwrap_or_default(), "filename": filename });
            ("document", captioned(document, caption))
        }
        Message::Image { caption, .. } => {
            ("image", captioned(json!({ "id": uploaded.unwrap_or_default() }), caption))
        }
        Message::Audio { voice, .. } => {
            ("audio", json!({ "id": uploaded.unwrap_or_default(), "voice": voice }))
        }
        Message::Location { point, name, address } => {
            let mut place = json!({ "latitude": point.latitude(), "longitude": point.longitude() });
            for (field, text) in [("name", name), ("address", address)] {
                if !text.is_empty() {
                    place[field] = json!(fit(text, BODY_CHARS_MAX));
                }
            }
            ("location", place)
        }
    }
}

fn with_buttons(body: &str, buttons: &[Choice], header: Option<(&Header, &str)>) -> (&'static str, Value) {
    let buttons = distinct(buttons, BUTTON_CHARS_MAX, BUTTONS_MAX);
    if buttons.is_empty() {
        return plain_text(body);
    }
    let buttons: Vec<Value> = buttons
        .into_iter()
        .map(|(id, title, _)| json!({ "type": "reply", "reply": { "id": id, "title": title } }))
        .collect();
    let body = json!({ "text": fit(body, BODY_CHARS_MAX) });
    let mut sent = json!({ "type": "button", "body": body, "action": { "buttons": buttons } });
    match header {
        Some((Header::Image { .. }, id)) => {
            sent["header"] = json!({ "type": "image", "image": { "id": id } });
        }
        Some((Header::Document { filename, .. }, id)) => {
            let document = json!({ "id": id, "filename": filename });
            sent["header"] = json!({ "type": "document", "document": document });
        }
        None => {}
    }
    ("interactive", sent)
}

fn template(name: &str, language: &str, parameters: &[String], copy_code: bool) -> (&'static str, Value) {
    let parameters: Vec<Value> =
        parameters.iter().map(|text| json!({ "type": "text", "text": one_line(text) })).collect();
    let components = match (parameters.is_empty(), copy_code) {
        (true, _) => json!([]),
        (false, false) => json!([{ "type": "body", "parameters": parameters }]),
        (false, true) => json!([
            { "type": "body", "parameters": parameters },
            { "type": "button", "sub_type": "url", "index": "0", "parameters": parameters },
        ]),
    };
    ("template", json!({ "name": name, "language": { "code": language }, "components": components }))
}

fn captioned(mut file: Value, caption: &str) -> Value {
    if !caption.is_empty() {
        file["caption"] = json!(fit(caption, BODY_CHARS_MAX));
    }
    file
}

fn plain_text(body: &str) -> (&'static str, Value) {
    ("text", json!({ "body": fit(body, TEXT_CHARS_MAX), "preview_url": false }))
}

/// Cuts a text to the limit, counted as JavaScript does (UTF-16), where most emoji are two: one title too
/// long makes the vendor refuse the whole message.
fn fit(text: &str, max: usize) -> String {
    let over = |text: &str| text.encode_utf16().count().saturating_sub(max);
    let mut short = cut(text, max);
    let mut keep = short.chars().count();
    while over(&short) > 0 {
        keep = keep.saturating_sub(over(&short).div_ceil(2));
        short = cut(text, keep);
    }
    short
}

/// Choices within the vendor's rules: no empty title, no title or token twice, not too long, not too many.
fn distinct(choices: &[Choice], title_max: usize, most: usize) -> Vec<(&str, String, &str)> {
    let (mut titles, mut tokens) = (BTreeSet::new(), BTreeSet::new());
    choices
        .iter()
        .map(|choice| {
            (choice.token.as_str(), fit(choice.title.trim(), title_max), choice.description.as_str())
        })
        .filter(|(token, title, _)| (1..=TOKEN_CHARS_MAX).contains(&token.len()) && !title.is_empty())
        .filter(|(token, title, _)| tokens.insert(*token) && titles.insert(title.clone()))
        .take(most)
        .collect()
}

/// A variable's value: the vendor refuses line breaks, tabs, runs of blanks and empty values.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "-".to_owned() } else { fit(&line, PARAMETER_CHARS_MAX) }
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
        let message = Message::Buttons { body: "x".repeat(2000), buttons, header: None };
        let sent = &request(&to(), &message, "t", None)["interactive"];
        let sent_buttons = sent["action"]["buttons"].as_array().unwrap();
        let titles: Vec<&str> =
            sent_buttons.iter().map(|button| button["reply"]["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Reservar Cabaña El…", "Otra fecha", "Hablar"]);
        assert_eq!(sent["body"]["text"].as_str().unwrap().chars().count(), BODY_CHARS_MAX);
    }

    #[test]
    fn emoji_count_twice_so_that_no_counting_makes_a_title_too_long() {
        let row = choice("a", "🏡🏡🏡🏡🏡🏡🏡🏡🏡🏡🏡🏡🏡🏡");
        let message = Message::List { body: "b".into(), open: "Ver".into(), rows: vec![row] };
        let sent = &request(&to(), &message, "t", None)["interactive"]["action"]["sections"][0]["rows"][0];
        assert_eq!(sent["title"], "🏡🏡🏡🏡🏡🏡🏡🏡🏡🏡🏡…");
    }

    #[test]
    fn choices_that_nobody_could_tell_apart_are_offered_once_and_without_any_it_is_a_text() {
        let rows = vec![choice("", "Aromo"), choice("x", "  ")];
        let message = Message::List { body: "¿Cuál?".into(), open: "Ver".into(), rows };
        assert_eq!(request(&to(), &message, "t", None)["text"]["body"], "¿Cuál?");
        let buttons = vec![choice("a", "Uno"), choice("a", "Dos")];
        let message = Message::Buttons { body: "b".into(), buttons, header: None };
        let sent = &request(&to(), &message, "t", None)["interactive"]["action"]["buttons"];
        assert_eq!(sent, &json!([{ "type": "reply", "reply": { "id": "a", "title": "Uno" } }]));
    }

    #[test]
    fn a_templates_variables_are_one_line_each() {
        let message = Message::Template {
            name: "reserva".into(),
            language: "es_AR".into(),
            parameters: vec!["a\n\tb    c".into(), String::new()],
            copy_code: false,
        };
        let sent = &request(&to(), &message, "t", None)["template"]["components"][0]["parameters"];
        assert_eq!(sent, &json!([{ "type": "text", "text": "a b c" }, { "type": "text", "text": "-" }]));
    }
}
