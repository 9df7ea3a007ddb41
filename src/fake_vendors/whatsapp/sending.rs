//! Handling of casero's messages: accepted or refused, then sent, delivered, read.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::check::{approved, check};
use super::errors::{Refused, title_of};
use super::events;
use super::phones::{Guest, Line, Phones, Sender, TYPING_MS, digits_of, has_argentine_nine};
use crate::fake_vendors::world::{Scene, World};

/// Statuses of a delivered message, with their delay after acceptance.
const STEPS: [(&str, Duration); 3] = [
    ("sent", Duration::from_millis(25)),
    ("delivered", Duration::from_millis(80)),
    ("read", Duration::from_millis(180)),
];
/// The pair limit: most messages to one guest within its span.
const PAIR_BURST_MAX: usize = 45;
/// The span of the pair limit.
const PAIR_SPAN_MS: i64 = 6_000;

/// Accepts or refuses a message.
pub(super) fn accept(world: &Arc<World>, message: &Value) -> Result<Value, Refused> {
    let now = world.clock.millis();
    let (answer, phone, wamid, failure) = world.change(|scene| {
        let kind = check(message, |id| scene.phones.media.contains_key(id))?;
        let recipient = recipient(&scene.phones, message)?;
        let refusal = refusal(scene, &recipient, &kind, message, now);
        let late = scene.phones.behaviour.late_refusals;
        if let Some(code) = scene.phones.behaviour.refuses {
            return Err(Refused::new(code, title_of(code)));
        }
        let failure = match refusal {
            None => scene.phones.behaviour.fails,
            // Meta may report these two later, on delivery.
            Some(refused) if late && matches!(refused.code, 131_026 | 131_047) => Some(refused.code),
            Some(refused) => return Err(refused),
        };
        let wamid = scene.ids.wamid();
        let line = Line {
            wamid: wamid.clone(),
            sender: Sender::Business,
            at: now,
            content: message[kind.as_str()].clone(),
            kind,
            context: text_of(&message["context"]["message_id"]),
            callback_data: text_of(&message["biz_opaque_callback_data"]),
            status: "accepted",
            error: failure,
        };
        let guest = scene.phones.guest(&recipient.phone);
        guest.typing_until = 0;
        guest.recent_sends.push_back(now);
        guest.lines.push(line);
        let answer = acceptance(guest, &recipient.input, &wamid);
        Ok((answer, recipient.phone, wamid, failure))
    })?;
    match failure {
        Some(_) => step(world, STEPS[1].1, phone, wamid, "failed"),
        None => {
            for (status, after) in STEPS {
                step(world, after, phone.clone(), wamid.clone(), status);
            }
        }
    }
    Ok(answer)
}

/// Marks a guest's messages up to this one as read, and shows the typing indicator if asked.
pub(super) fn mark_read(world: &World, message: &Value) -> Result<Value, Refused> {
    let wamid = message["message_id"].as_str().ok_or_else(|| Refused::missing("message_id"))?;
    let typing = &message["typing_indicator"];
    if !typing.is_null() && typing["type"] != "text" {
        return Err(Refused::value("typing_indicator.type", "must be text"));
    }
    let typing_until = world.clock.millis() + TYPING_MS;
    world.change(|scene| {
        for guest in scene.phones.guests.values_mut() {
            let theirs = |line: &Line| line.wamid == wamid && line.sender == Sender::Guest;
            let Some(position) = guest.lines.iter().position(theirs) else {
                continue;
            };
            for line in &mut guest.lines[..=position] {
                if line.sender == Sender::Guest {
                    line.status = "read";
                }
            }
            if !typing.is_null() {
                guest.typing_until = typing_until;
            }
            return Ok(json!({"success": true}));
        }
        Err(Refused::value("message_id", "is not a message from a guest"))
    })
}

struct Recipient {
    phone: String,
    input: String,
    known: bool,
}

fn recipient(phones: &Phones, message: &Value) -> Result<Recipient, Refused> {
    if let Some(to) = message["to"].as_str() {
        let known = phones.find(to);
        return Ok(Recipient {
            known: known.is_some(),
            phone: known.unwrap_or_else(|| digits_of(to)),
            input: to.to_owned(),
        });
    }
    let Some(bsuid) = message["recipient"].as_str() else {
        return Err(Refused::missing("to"));
    };
    let phone = phones.find_bsuid(bsuid).ok_or_else(|| Refused::new(131_026, "Message undeliverable"))?;
    Ok(Recipient { phone, input: bsuid.to_owned(), known: true })
}

fn refusal(
    scene: &mut Scene,
    recipient: &Recipient,
    kind: &str,
    message: &Value,
    now: i64,
) -> Option<Refused> {
    let by_title = |code| Some(Refused::new(code, title_of(code)));
    let behaviour = &scene.phones.behaviour;
    if behaviour.test_number && has_argentine_nine(&digits_of(&recipient.input)) {
        return by_title(131_030);
    }
    if !scene.phones.account.registered {
        return by_title(133_010);
    }
    if kind == "template"
        && scene.phones.account.checks_templates
        && let Err(refused) = approved(&message["template"], &scene.phones.account.templates)
    {
        return Some(refused);
    }
    let guest = scene.phones.guests.get_mut(&recipient.phone);
    let Some(guest) = guest.filter(|guest| recipient.known && guest.on_whatsapp) else {
        return by_title(131_026);
    };
    if kind != "template" && !guest.window_open(now) {
        return Some(Refused::new(
            131_047,
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        ));
    }
    while guest.recent_sends.front().is_some_and(|sent| now - sent >= PAIR_SPAN_MS) {
        guest.recent_sends.pop_front();
    }
    if guest.recent_sends.len() >= PAIR_BURST_MAX {
        return by_title(131_056);
    }
    None
}

fn acceptance(guest: &Guest, input: &str, wamid: &str) -> Value {
    let mut contact = json!({"input": input, "user_id": guest.bsuid});
    if !guest.hides_phone {
        contact["wa_id"] = json!(guest.phone);
    }
    json!({
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": wamid, "message_status": "accepted"}],
    })
}

fn step(world: &Arc<World>, after: Duration, phone: String, wamid: String, status: &'static str) {
    world.later(after, move |world| {
        let at = world.clock.millis();
        world.change(|scene| {
            if status == "read" && scene.phones.behaviour.unread {
                return;
            }
            let guest = scene.phones.guest(&phone);
            let Some(line) = guest.line(&wamid) else { return };
            line.status = status;
            let line = line.clone();
            let hook = events::status(&world.config, guest, &line, status, at);
            world.post(scene, hook);
        });
    });
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
