//! Actions of guests: write, tap, talk, send a picture. Each becomes a line of the chat and a signed
//! notification.

use std::time::Duration;

use rocket::FromForm;
use serde_json::{Value, json};

use super::events;
use super::files;
use super::phones::{Guest, Line, Sender, digits_of};
use crate::fake_vendors::ids::bsuid_of;
use crate::fake_vendors::world::{Scene, World};

/// A new or changed guest; a field that is `None` is unchanged.
#[derive(Debug, Clone, Default)]
pub struct NewGuest {
    /// Number with country code; anything but digits is ignored.
    pub phone: String,
    pub name: Option<String>,
    /// Hide the number, as a guest with a username does.
    pub hides_phone: Option<bool>,
    /// Whether the number has a WhatsApp account.
    pub on_whatsapp: Option<bool>,
    /// Another number at which they are reached.
    pub also_at: Option<String>,
}

#[derive(Debug, Clone)]
pub struct GuestMessage {
    /// `text`, `location`, `reaction`, `contacts`, `system`, `unsupported`…
    pub kind: String,
    /// The payload under that name.
    pub content: Value,
    pub context: Option<String>,
    /// Age of the message: a late delivery.
    pub age: Duration,
}

impl GuestMessage {
    pub fn new(kind: &str, content: Value) -> Self {
        Self { kind: kind.to_owned(), content, context: None, age: Duration::ZERO }
    }

    pub fn text(text: &str) -> Self {
        Self::new("text", json!({"body": text}))
    }
}

/// What stands beside a file.
#[derive(Debug, Clone, Default, FromForm)]
pub struct FileWords {
    pub caption: Option<String>,
    pub filename: Option<String>,
    /// Id of the message that it quotes.
    pub context: Option<String>,
}

impl World {
    /// Adds or changes a guest; returns the number.
    pub fn add_guest(&self, new: &NewGuest) -> String {
        let phone = digits_of(&new.phone);
        self.change(|scene| {
            let guest = scene.phones.guest(&phone);
            if let Some(name) = &new.name {
                guest.name.clone_from(name);
            }
            guest.hides_phone = new.hides_phone.unwrap_or(guest.hides_phone);
            guest.on_whatsapp = new.on_whatsapp.unwrap_or(guest.on_whatsapp);
            guest.also_at = new.also_at.clone().or(guest.also_at.take());
        });
        phone
    }

    /// A guest sends a message; returns its id. The guest is added if unknown.
    pub fn guest_sends(&self, phone: &str, message: GuestMessage) -> String {
        let phone = digits_of(phone);
        let age = i64::try_from(message.age.as_millis()).unwrap_or(0);
        let at = self.clock.millis() - age;
        self.change(|scene| self.put(scene, &phone, message, at))
    }

    /// A guest writes; returns the message's id.
    pub fn guest_writes(&self, phone: &str, text: &str) -> String {
        self.guest_sends(phone, GuestMessage::text(text))
    }

    /// A guest taps the latest button or row with that id or title; `None` when there is none.
    pub fn guest_taps(&self, phone: &str, choice: &str) -> Option<String> {
        let phone = digits_of(phone);
        let now = self.clock.millis();
        self.change(|scene| {
            let guest = scene.phones.guests.get(&phone)?;
            let message = guest.lines.iter().rev().find_map(|line| tap(line, choice))?;
            Some(self.put(scene, &phone, message, now))
        })
    }

    /// A guest sends a file. The kind is `voice` for a voice note, else the message's type.
    pub fn guest_sends_file(&self, phone: &str, kind: &str, mime_type: &str, bytes: Vec<u8>) -> String {
        self.guest_sends_file_with(phone, kind, mime_type, bytes, FileWords::default())
    }

    /// The same with what stands beside the file.
    pub fn guest_sends_file_with(
        &self,
        phone: &str,
        kind: &str,
        mime_type: &str,
        bytes: Vec<u8>,
        words: FileWords,
    ) -> String {
        let phone = digits_of(phone);
        let now = self.clock.millis();
        self.change(|scene| {
            let mut content = files::receive(scene, &self.base_url(), mime_type, bytes, now);
            let kind = match kind {
                "voice" | "audio" => {
                    content["voice"] = json!(kind == "voice");
                    "audio"
                }
                other => other,
            };
            for (name, text) in [("caption", words.caption), ("filename", words.filename)] {
                if let Some(text) = text {
                    content[name] = json!(text);
                }
            }
            let message = GuestMessage { context: words.context, ..GuestMessage::new(kind, content) };
            self.put(scene, &phone, message, now)
        })
    }

    /// A guest changes to another number: WhatsApp reports it under the old one, and the chat and a new user
    /// id go with the new one. `None` when there is no such guest or the number is taken.
    pub fn guest_moves(&self, phone: &str, new_phone: &str) -> Option<String> {
        let (phone, new_phone) = (digits_of(phone), digits_of(new_phone));
        let now = self.clock.millis();
        self.change(|scene| {
            let taken = new_phone.is_empty() || scene.phones.guests.contains_key(&new_phone);
            let name = scene.phones.guests.get(&phone)?.name.clone();
            if taken {
                return None;
            }
            let content = json!({
                "body": format!("{name} changed from {phone} to {new_phone}"),
                "wa_id": new_phone,
                "type": "user_changed_number",
            });
            let wamid = self.put(scene, &phone, GuestMessage::new("system", content), now);
            let mut guest = scene.phones.guests.remove(&phone)?;
            guest.bsuid = bsuid_of(&new_phone);
            guest.phone.clone_from(&new_phone);
            scene.phones.guests.insert(new_phone, guest);
            Some(wamid)
        })
    }

    /// Repeats the notification of a guest's message.
    pub fn repeat(&self, wamid: &str) -> bool {
        self.change(|scene| {
            let found = scene.phones.guests.values().find_map(|guest| {
                let line = guest.lines.iter().find(|line| line.wamid == wamid)?;
                Some(events::message(&self.config, guest, line))
            });
            let known = found.is_some();
            if let Some(hook) = found {
                self.post(scene, hook);
            }
            known
        })
    }

    /// Sends casero a notification with any body, correctly signed.
    pub fn whatsapp_says(&self, subject: &str, body: &Value) {
        let hook = events::raw(&self.config, subject, body);
        self.change(|scene| self.post(scene, hook));
    }

    /// One guest's chat, `null` when there is no such guest.
    pub fn chat(&self, phone: &str) -> Value {
        let now = self.clock.millis();
        self.look(|scene| {
            let guest = scene.phones.guests.get(&digits_of(phone));
            guest.map_or(Value::Null, |guest| guest.chat(now))
        })
    }

    /// Messages of casero to a guest, oldest first.
    pub fn said_to(&self, phone: &str) -> Vec<Line> {
        self.look(|scene| {
            let guest = scene.phones.guests.get(&digits_of(phone));
            guest.map_or_else(Vec::new, Guest::said)
        })
    }

    fn put(&self, scene: &mut Scene, phone: &str, message: GuestMessage, at: i64) -> String {
        let wamid = scene.ids.wamid();
        let line = Line {
            wamid: wamid.clone(),
            sender: Sender::Guest,
            at,
            kind: message.kind,
            content: message.content,
            context: message.context,
            callback_data: None,
            status: "sent",
            error: None,
        };
        let guest = scene.phones.guest(phone);
        guest.last_wrote_at = guest.last_wrote_at.max(Some(at));
        guest.lines.push(line.clone());
        let hook = events::message(&self.config, guest, &line);
        self.post(scene, hook);
        wamid
    }
}

impl Guest {
    fn said(&self) -> Vec<Line> {
        self.lines.iter().filter(|line| line.sender == Sender::Business).cloned().collect()
    }
}

fn tap(line: &Line, choice: &str) -> Option<GuestMessage> {
    let chosen =
        line.choices().into_iter().find(|offer| offer["id"] == choice || offer["title"] == choice)?;
    let (kind, content) = if line.kind == "template" {
        let label = &chosen["title"];
        ("button", json!({"payload": chosen["id"], "text": label}))
    } else {
        ("interactive", reply(&chosen))
    };
    Some(GuestMessage { context: Some(line.wamid.clone()), ..GuestMessage::new(kind, content) })
}

fn reply(chosen: &Value) -> Value {
    let mut answer = json!({"id": chosen["id"], "title": chosen["title"]});
    if chosen["row"] == false {
        return json!({"type": "button_reply", "button_reply": answer});
    }
    if !chosen["description"].is_null() {
        answer["description"] = chosen["description"].clone();
    }
    json!({"type": "list_reply", "list_reply": answer})
}
