//! Parses notifications to our own events. Pure: bytes in, events and problems out; nothing is dropped
//! silently.

use super::{codes, wire};
use crate::adapters::http::detail_of;
use crate::domain::geo_point::GeoPoint;
use crate::domain::message::cut;
use crate::ports::error::PortError;
use crate::ports::whatsapp::{
    Content, Delivery, DeliveryState, HookEvent, HookReading, InboundMessage, MediaRef, Sender,
};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Longest summary of an account notice.
const SUMMARY_CHARS_MAX: usize = 300;
/// Longest name of a field or kind that is kept.
const WORD_CHARS_MAX: usize = 60;
/// Longest name of a guest that is kept; it may be a thousand characters of anything.
const NAME_CHARS_MAX: usize = 80;

/// Reads a notification. Changes of another number than ours are ignored.
pub(super) fn read(body: &[u8], our_number: &str) -> HookReading {
    let mut reading = HookReading::default();
    let Ok(notification) = serde_json::from_slice::<wire::Notification>(body) else {
        reading.problems.push("not a notification".to_owned());
        return reading;
    };
    for entry in notification.entry {
        let Some(entry) = shape::<wire::Entry>(&mut reading, entry, "entry") else { continue };
        for change in entry.changes {
            let Some(change) = shape::<wire::Change>(&mut reading, change, "change") else { continue };
            if is_of_number(&change, our_number) {
                reading.account_id = entry.id.clone();
            }
            one_change(&mut reading, change, our_number);
        }
    }
    reading
}

/// Whether a change names our number: then its entry is our account.
fn is_of_number(change: &wire::Change, our_number: &str) -> bool {
    change.value["metadata"]["phone_number_id"] == our_number
}

fn one_change(reading: &mut HookReading, change: wire::Change, our_number: &str) {
    match change.field.as_str() {
        "messages" => messages(reading, change.value, our_number),
        "smb_message_echoes" => echoes(reading, change.value, our_number),
        "calls" => calls(reading, change.value, our_number),
        // History, the owner's address book and marketing preferences: not needed here, and full of personal
        // data.
        field @ ("history" | "smb_app_state_sync" | "user_preferences") => {
            reading.problems.push(format!("{field} is not used"));
        }
        "message_template_status_update" => template_status(reading, change.value),
        field => {
            let field = cut(field, WORD_CHARS_MAX);
            reading.events.push(HookEvent::AccountNotice { field, summary: summary(&change.value) });
        }
    }
}

/// A template's new state; its language may be written with a hyphen here.
fn template_status(reading: &mut HookReading, value: Value) {
    let Some(told) = shape::<wire::TemplateEvent>(reading, value, "template state") else { return };
    reading.events.push(HookEvent::TemplateStatus {
        name: cut(&told.message_template_name, WORD_CHARS_MAX),
        language: cut(&told.message_template_language.replace('-', "_"), WORD_CHARS_MAX),
        status: cut(&told.event.to_ascii_lowercase(), WORD_CHARS_MAX),
        reason: told
            .reason
            .filter(|reason| reason != "NONE")
            .map(|reason| cut(&reason, WORD_CHARS_MAX))
            .unwrap_or_default(),
    });
}

/// The top-level texts and numbers of a notice, as `name: value`.
fn summary(value: &Value) -> String {
    let said = value.as_object().into_iter().flatten().filter_map(|(name, value)| match value {
        Value::String(text) => Some(format!("{name}: {text}")),
        Value::Number(number) => Some(format!("{name}: {number}")),
        Value::Bool(is) => Some(format!("{name}: {is}")),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    });
    cut(&said.collect::<Vec<_>>().join(", "), SUMMARY_CHARS_MAX)
}

fn messages(reading: &mut HookReading, value: Value, our_number: &str) {
    let Some(value) = shape::<wire::Messages>(reading, value, "messages") else { return };
    if value.metadata.phone_number_id.as_deref().is_some_and(|id| id != our_number) {
        return;
    }
    let contacts: Vec<wire::Contact> =
        value.contacts.into_iter().filter_map(|raw| shape(reading, raw, "contact")).collect();
    for raw in value.messages {
        let Some(message) = shape::<wire::Message>(reading, raw, "message") else { continue };
        match event_of(message, &contacts) {
            Ok(event) => reading.events.push(event),
            Err(problem) => reading.problems.push(problem),
        }
    }
    for raw in value.statuses {
        let Some(status) = shape::<wire::Status>(reading, raw, "status") else { continue };
        match delivery(status) {
            Some(delivery) => reading.events.push(HookEvent::Delivery(delivery)),
            None => reading.problems.push("a status of an unknown kind".to_owned()),
        }
    }
    for raw in value.errors {
        let Some(failure) = shape::<wire::Failure>(reading, raw, "error") else { continue };
        reading.problems.push(format!("error {}", failure.code.unwrap_or_default()));
    }
}

fn event_of(message: wire::Message, contacts: &[wire::Contact]) -> Result<HookEvent, String> {
    // Without a readable time it counts as ancient, so that it is asked about rather than acted on.
    let sent_at = instant(message.timestamp.as_deref()).unwrap_or(Timestamp::UNIX_EPOCH);
    let payload = |name: &str| message.payload.get(name).cloned().unwrap_or(Value::Null);
    let from = Sender { phone: message.from.clone(), bsuid: message.from_user_id.clone() };
    if message.kind == "system" {
        // A system message has no author who waits for an answer.
        let system = payload("system");
        let kind = cut(system["type"].as_str().unwrap_or("unnamed"), WORD_CHARS_MAX);
        return identity_change(&message, &system, &from).ok_or(format!("system message {kind} is not used"));
    }
    if message.group_id.is_some() {
        return Err("a message in a group is not for us".to_owned());
    }
    let (from, profile_name) = author(from, contacts)?;
    let content = content(&message.kind, &payload);
    Ok(HookEvent::Message(InboundMessage {
        id: message.id.clone(),
        from,
        profile_name,
        sent_at,
        quotes: message.context.as_ref().and_then(|context| context.id.clone()),
        content,
    }))
}

/// Whoever wrote or called, completed from the contacts, with the name they chose.
fn author(mut from: Sender, contacts: &[wire::Contact]) -> Result<(Sender, Option<String>), String> {
    let contact = contacts
        .iter()
        .find(|contact| {
            (contact.wa_id.is_some() && contact.wa_id == from.phone)
                || (contact.user_id.is_some() && contact.user_id == from.bsuid)
        })
        .or(if contacts.len() == 1 { contacts.first() } else { None });
    if let Some(contact) = contact {
        from.phone = from.phone.or_else(|| contact.wa_id.clone());
        from.bsuid = from.bsuid.or_else(|| contact.user_id.clone());
    }
    if from.phone.is_none() && from.bsuid.is_none() {
        return Err("a message from nobody".to_owned());
    }
    Ok((from, contact.and_then(|contact| name(contact.profile.name.as_deref()?))))
}

fn text_at(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(str::to_owned)
}

fn location(own: &Value) -> Content {
    let degrees = own["latitude"].as_f64().zip(own["longitude"].as_f64());
    Content::Location {
        label: text_at(own, "name").or_else(|| text_at(own, "address")),
        point: degrees.and_then(|(latitude, longitude)| GeoPoint::new(latitude, longitude)),
    }
}

/// Content of a message; an unreadable payload counts as an unknown kind.
fn content(kind: &str, payload: &impl Fn(&str) -> Value) -> Content {
    let unsupported = || Content::Unsupported { kind: cut(kind, WORD_CHARS_MAX) };
    let own = payload(kind);
    match kind {
        "text" => match text_at(&own, "body") {
            Some(body) => Content::Text { body },
            None => unsupported(),
        },
        "audio" | "image" | "document" | "video" => {
            let Ok(media) = serde_json::from_value::<wire::Media>(own) else { return unsupported() };
            let place = MediaRef { id: media.id, mime: media.mime_type, sha256: media.sha256 };
            match kind {
                "audio" => Content::Audio { media: place, voice: media.voice },
                "image" => Content::Image { media: place, caption: media.caption },
                "document" => {
                    Content::Document { media: place, caption: media.caption, filename: media.filename }
                }
                _ => Content::Video { caption: media.caption },
            }
        }
        "sticker" => Content::Sticker,
        "location" => location(&own),
        "contacts" => Content::Contacts { phones: phones(&own) },
        "interactive" => {
            let reply =
                [&own["button_reply"], &own["list_reply"]].into_iter().find(|reply| reply.is_object());
            match reply.map(|reply| (text_at(reply, "id"), text_at(reply, "title"))) {
                Some((Some(token), title)) => Content::Tap { token, title: title.unwrap_or_default() },
                Some((None, _)) | None => unsupported(),
            }
        }
        "button" => {
            let title = text_at(&own, "text").unwrap_or_default();
            Content::Tap { token: text_at(&own, "payload").unwrap_or_else(|| title.clone()), title }
        }
        "reaction" => match text_at(&own, "message_id") {
            Some(message_id) => {
                let emoji = text_at(&own, "emoji").filter(|emoji| !emoji.is_empty());
                Content::Reaction { message_id, emoji }
            }
            None => unsupported(),
        },
        "edit" => match text_at(&own, "original_message_id") {
            Some(original_id) => {
                let edited = &own["message"];
                let caption = edited["type"].as_str().and_then(|kind| edited[kind]["caption"].as_str());
                let body = edited["text"]["body"].as_str().or(caption).map(str::to_owned);
                Content::Edit { original_id, body }
            }
            None => unsupported(),
        },
        "revoke" => match text_at(&own, "original_message_id") {
            Some(original_id) => Content::Revoke { original_id },
            None => unsupported(),
        },
        // WhatsApp can't pass it on, and may name its kind.
        "unsupported" => match text_at(&own, "type") {
            Some(kind) => Content::Unsupported { kind: cut(&kind, WORD_CHARS_MAX) },
            None => unsupported(),
        },
        _ => unsupported(),
    }
}

/// A chosen name on one line; `None` when it has no visible characters.
fn name(chosen: &str) -> Option<String> {
    let shown: String = chosen.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let shown = cut(shown.trim(), NAME_CHARS_MAX);
    (!shown.is_empty()).then_some(shown)
}

fn phones(cards: &Value) -> Vec<String> {
    let cards = cards.as_array().map(Vec::as_slice).unwrap_or_default();
    cards.iter().flat_map(phones_of_card).collect()
}

/// Numbers of one card; the answer to a request for the guest's own number is a vCard only.
fn phones_of_card(card: &Value) -> Vec<String> {
    let listed = card["phones"].as_array().map(Vec::as_slice).unwrap_or_default();
    let listed = listed.iter().filter_map(|phone| phone["phone"].as_str().or(phone["wa_id"].as_str()));
    let listed: Vec<String> = listed.map(str::to_owned).collect();
    if !listed.is_empty() {
        return listed;
    }
    let lines = card["vcard"].as_str().unwrap_or_default().lines();
    let numbers = lines.filter(|line| line.starts_with("TEL")).filter_map(|line| line.rsplit(':').next());
    numbers.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty()).collect()
}

/// A change of a guest's number or id. The old one is the sender.
fn identity_change(message: &wire::Message, system: &Value, from: &Sender) -> Option<HookEvent> {
    let text = |name: &str| system[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    // `from_user_id` is the old id in some samples and the new one in others.
    let sender = from.bsuid.clone().filter(|bsuid| Some(bsuid) != text("user_id").as_ref());
    let old = Sender { phone: from.phone.clone(), bsuid: text("previous_user_id").or(sender) };
    let (old, new) = match system["type"].as_str()? {
        // Older versions of the API name the event and the new number otherwise.
        "user_changed_number" | "customer_changed_number" => {
            (old, Sender { phone: text("wa_id").or_else(|| text("new_wa_id")), bsuid: text("user_id") })
        }
        "user_changed_user_id" => (old, Sender { phone: None, bsuid: text("user_id") }),
        _ => return None,
    };
    let known = |sender: &Sender| sender.phone.is_some() || sender.bsuid.is_some();
    (known(&old) && known(&new)).then(|| HookEvent::IdentityChanged { id: message.id.clone(), old, new })
}

fn delivery(status: wire::Status) -> Option<Delivery> {
    let state = match status.status.as_str() {
        "sent" => DeliveryState::Sent,
        "delivered" => DeliveryState::Delivered,
        "read" | "played" => DeliveryState::Read,
        "failed" => DeliveryState::Failed,
        _ => return None,
    };
    Some(Delivery {
        message_id: status.id,
        state,
        at: instant(status.timestamp.as_deref()).unwrap_or(Timestamp::UNIX_EPOCH),
        tag: status.biz_opaque_callback_data,
        reached: status.recipient_id,
        failure: (state == DeliveryState::Failed).then(|| failure(status.errors.into_iter().next())),
        billable: status.pricing.as_ref().and_then(|pricing| pricing.billable),
        category: status.pricing.and_then(|pricing| pricing.category),
    })
}

/// Reason of a failed delivery; a report may lack a code.
fn failure(error: Option<wire::Failure>) -> PortError {
    let (code, words) = error.map_or((None, None), |error| (error.code, error.title));
    let words = words.unwrap_or_default();
    match code {
        Some(code) => codes::failure(code, None, &words).unwrap_or_else(|| codes::permanent(code, &words)),
        None => PortError::Permanent { code: "unknown".into(), detail: detail_of(&words) },
    }
}

fn echoes(reading: &mut HookReading, value: Value, our_number: &str) {
    let Some(value) = shape::<wire::Echoes>(reading, value, "echoes") else { return };
    if value.metadata.phone_number_id.as_deref().is_some_and(|id| id != our_number) {
        return;
    }
    for raw in value.message_echoes {
        let Some(echo) = shape::<wire::Echo>(reading, raw, "echo") else { continue };
        let to = Sender { phone: echo.to, bsuid: echo.to_user_id };
        let Some(sent_at) = instant(echo.timestamp.as_deref()) else {
            reading.problems.push("an echo without a time".to_owned());
            continue;
        };
        if to.phone.is_none() && to.bsuid.is_none() {
            reading.problems.push("an echo to nobody".to_owned());
            continue;
        }
        let text = echo.text.map(|text| text.body);
        reading.events.push(HookEvent::Echo { id: echo.id, to, text, sent_at });
    }
}

/// Calls of guests, each with its caller. A call is told several times (it rings, it ends) under one id.
fn calls(reading: &mut HookReading, value: Value, our_number: &str) {
    let Some(value) = shape::<wire::Calls>(reading, value, "calls") else { return };
    if value.metadata.phone_number_id.as_deref().is_some_and(|id| id != our_number) {
        return;
    }
    let contacts: Vec<wire::Contact> =
        value.contacts.into_iter().filter_map(|raw| shape(reading, raw, "contact")).collect();
    for raw in value.calls {
        let Some(call) = shape::<wire::Call>(reading, raw, "call") else { continue };
        if call.direction == "BUSINESS_INITIATED" {
            continue;
        }
        match author(Sender { phone: call.from, bsuid: call.from_user_id }, &contacts) {
            Ok((from, profile_name)) => reading.events.push(HookEvent::Message(InboundMessage {
                id: call.id,
                from,
                profile_name,
                sent_at: instant(call.timestamp.as_deref()).unwrap_or(Timestamp::UNIX_EPOCH),
                quotes: None,
                content: Content::Call,
            })),
            Err(problem) => reading.problems.push(problem),
        }
    }
}

fn shape<T: DeserializeOwned>(reading: &mut HookReading, value: Value, what: &str) -> Option<T> {
    let read = serde_json::from_value(value);
    if read.is_err() {
        reading.problems.push(format!("{what} in an unknown shape"));
    }
    read.ok()
}

/// Parses the vendor's Unix seconds.
fn instant(seconds: Option<&str>) -> Option<Timestamp> {
    Timestamp::from_second(seconds?.parse().ok()?).ok()
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
