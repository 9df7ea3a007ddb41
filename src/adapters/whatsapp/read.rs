//! Notifications to our own events. Pure: bytes in, events and problems out; nothing is dropped silently.

use super::wire;
use crate::ports::whatsapp::{
    Content, Delivery, DeliveryState, HookEvent, HookReading, InboundMessage, MediaRef, Sender,
};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How much of an account notice is kept.
const SUMMARY_CHARS_MAX: usize = 300;

/// Reads a notification. Changes for another number than ours are somebody else's.
pub(super) fn read(body: &[u8], our_number: &str) -> HookReading {
    let mut reading = HookReading::default();
    let Ok(notification) = serde_json::from_slice::<wire::Notification>(body) else {
        reading.problems.push("not a notification".to_owned());
        return reading;
    };
    for change in notification.entry.into_iter().flat_map(|entry| entry.changes) {
        match change.field.as_str() {
            "messages" => messages(&mut reading, change.value, our_number),
            "smb_message_echoes" => echoes(&mut reading, change.value, our_number),
            // These tell of the past or of the owner's address book: nothing for the house.
            "history" | "smb_app_state_sync" => {}
            field => {
                let summary = change.value.to_string().chars().take(SUMMARY_CHARS_MAX).collect();
                reading.events.push(HookEvent::AccountNotice { field: field.to_owned(), summary });
            }
        }
    }
    reading
}

fn messages(reading: &mut HookReading, value: Value, our_number: &str) {
    let Some(value) = shape::<wire::Messages>(reading, value, "messages") else { return };
    if value.metadata.phone_number_id.as_deref().is_some_and(|id| id != our_number) {
        return;
    }
    for raw in value.messages {
        let Some(message) = shape::<wire::Message>(reading, raw, "message") else { continue };
        match event_of(message, &value.contacts) {
            Ok(event) => reading.events.push(event),
            Err(problem) => reading.problems.push(problem.to_owned()),
        }
    }
    for raw in value.statuses {
        let Some(status) = shape::<wire::Status>(reading, raw, "status") else { continue };
        match delivery(status) {
            Some(delivery) => reading.events.push(HookEvent::Delivery(delivery)),
            None => reading.problems.push("a status of an unknown kind".to_owned()),
        }
    }
    for failure in value.errors {
        reading.problems.push(format!("error {}", failure.code.unwrap_or_default()));
    }
}

fn event_of(message: wire::Message, contacts: &[wire::Contact]) -> Result<HookEvent, &'static str> {
    let sent_at = instant(message.timestamp.as_deref()).ok_or("a message without a time")?;
    let payload = |name: &str| message.payload.get(name).cloned().unwrap_or(Value::Null);
    let mut from = Sender { phone: message.from.clone(), bsuid: message.from_user_id.clone() };
    if message.kind == "system"
        && let Some(event) = identity_change(&message, &payload("system"), &from)
    {
        return Ok(event);
    }
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
        return Err("a message from nobody");
    }
    let content = content(&message.kind, &payload);
    Ok(HookEvent::Message(InboundMessage {
        id: message.id.clone(),
        from,
        profile_name: contact.and_then(|contact| contact.profile.name.clone()),
        sent_at,
        quotes: message.context.as_ref().and_then(|context| context.id.clone()),
        content,
    }))
}

/// What a message holds; a payload that can't be read counts as a kind we do not know.
fn content(kind: &str, payload: &impl Fn(&str) -> Value) -> Content {
    let unsupported = || Content::Unsupported { kind: kind.to_owned() };
    let text_at = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
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
        "location" => Content::Location { label: text_at(&own, "name").or_else(|| text_at(&own, "address")) },
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
                let body = own["message"]["text"]["body"].as_str().map(str::to_owned);
                Content::Edit { original_id, body }
            }
            None => unsupported(),
        },
        "revoke" => match text_at(&own, "original_message_id") {
            Some(original_id) => Content::Revoke { original_id },
            None => unsupported(),
        },
        _ => unsupported(),
    }
}

fn phones(cards: &Value) -> Vec<String> {
    let cards = cards.as_array().map(Vec::as_slice).unwrap_or_default();
    let phones = cards.iter().flat_map(|card| card["phones"].as_array().cloned().unwrap_or_default());
    phones.filter_map(|phone| phone["phone"].as_str().map(str::to_owned)).collect()
}

/// A guest's number or id that changed. The old one stands as the sender.
fn identity_change(message: &wire::Message, system: &Value, from: &Sender) -> Option<HookEvent> {
    let text = |name: &str| system[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let (old, new) = match system["type"].as_str()? {
        "user_changed_number" => {
            let old =
                Sender { phone: from.phone.clone(), bsuid: text("previous_user_id").or(from.bsuid.clone()) };
            (old, Sender { phone: text("wa_id"), bsuid: text("user_id") })
        }
        "user_changed_user_id" => {
            let old =
                Sender { phone: from.phone.clone(), bsuid: text("previous_user_id").or(from.bsuid.clone()) };
            (old, Sender { phone: None, bsuid: text("user_id") })
        }
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
        error_code: status.errors.first().and_then(|error| error.code),
        billable: status.pricing.as_ref().and_then(|pricing| pricing.billable),
        category: status.pricing.and_then(|pricing| pricing.category),
    })
}

fn echoes(reading: &mut HookReading, value: Value, our_number: &str) {
    let Some(value) = shape::<wire::Echoes>(reading, value, "echoes") else { return };
    if value.metadata.phone_number_id.as_deref().is_some_and(|id| id != our_number) {
        return;
    }
    for echo in value.message_echoes {
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

fn shape<T: DeserializeOwned>(reading: &mut HookReading, value: Value, what: &str) -> Option<T> {
    let read = serde_json::from_value(value);
    if read.is_err() {
        reading.problems.push(format!("{what} in an unknown shape"));
    }
    read.ok()
}

/// Unix seconds as the vendor writes them.
fn instant(seconds: Option<&str>) -> Option<Timestamp> {
    Timestamp::from_second(seconds?.parse().ok()?).ok()
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
