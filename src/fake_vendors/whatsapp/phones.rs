//! The guests' phones: identity, chat, and files.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::account::Account;
use crate::fake_vendors::ids::bsuid_of;

/// Length of the window for free text after a guest's last message.
pub(super) const WINDOW_MS: i64 = 24 * 3_600_000;
/// A typing indicator expires after this.
pub(super) const TYPING_MS: i64 = 25_000;
/// A download address expires after this.
pub(super) const MEDIA_URL_MS: i64 = 5 * 60_000;

/// All phones, files, and the behaviour of the number.
#[derive(Debug)]
pub struct Phones {
    /// Guests by phone number, digits only.
    pub guests: BTreeMap<String, Guest>,
    /// Files by media id.
    pub media: BTreeMap<String, Media>,
    /// Behaviour of the business's number.
    pub behaviour: Behaviour,
    /// The business account behind the number.
    pub account: Account,
}

/// Behaviour of the business's number.
#[derive(Debug, Clone, Default)]
pub struct Behaviour {
    /// A test number: refuses Argentine mobiles written with the 9 (131030).
    pub test_number: bool,
    /// Undeliverable and closed-window refusals come as a `failed` status and not at once.
    pub late_refusals: bool,
    /// Guests leave messages unread: no `read` status comes.
    pub unread: bool,
    /// Every upload of a file fails.
    pub refuses_uploads: bool,
    /// Every message is refused with this code.
    pub refuses: Option<i64>,
    /// Every message is accepted and later reported as failed with this code.
    pub fails: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Guest {
    /// Digits only, with the country code.
    pub phone: String,
    pub name: String,
    /// Business-scoped user id.
    pub bsuid: String,
    /// Has a username: casero sees neither number nor `wa_id`.
    pub hides_phone: bool,
    /// Whether the number has a WhatsApp account.
    pub on_whatsapp: bool,
    /// Another number at which they are reached; their own is told as the recipient.
    pub also_at: Option<String>,
    pub last_wrote_at: Option<i64>,
    /// Time until which casero is shown as typing.
    pub typing_until: i64,
    /// The chat, oldest first.
    pub lines: Vec<Line>,
    /// Times of casero's recent messages, for the pair limit.
    pub recent_sends: VecDeque<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    Guest,
    /// Casero, in the owner's name.
    Business,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub wamid: String,
    pub sender: Sender,
    /// Time in milliseconds since 1970.
    pub at: i64,
    /// `text`, `interactive`, `audio`…
    pub kind: String,
    /// The payload under that name.
    pub content: Value,
    pub context: Option<String>,
    /// The sender's own tag, returned with each status.
    pub callback_data: Option<String>,
    /// `accepted`, `sent`, `delivered`, `read` or `failed`.
    pub status: &'static str,
    pub error: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Media {
    /// Its type, parameters included.
    pub mime_type: String,
    pub bytes: Vec<u8>,
    /// Secret parts of its addresses, with their expiry.
    pub addresses: Vec<(String, i64)>,
}

impl Phones {
    /// No guest has written yet.
    pub fn new(account: Account) -> Self {
        Self { guests: BTreeMap::new(), media: BTreeMap::new(), behaviour: Behaviour::default(), account }
    }

    /// The guest with that number, added if unknown.
    pub fn guest(&mut self, phone: &str) -> &mut Guest {
        self.guests.entry(phone.to_owned()).or_insert_with(|| Guest::new(phone))
    }

    /// The number of a recipient; a mobile is found in each form of its number.
    pub fn find(&self, recipient: &str) -> Option<String> {
        let digits = digits_of(recipient);
        let own = [Some(digits.clone()), other_form(&digits)]
            .into_iter()
            .flatten()
            .find(|phone| self.guests.contains_key(phone));
        let also = |guest: &&Guest| guest.also_at.as_ref() == Some(&digits);
        own.or_else(|| self.guests.values().find(also).map(|guest| guest.phone.clone()))
    }

    /// A guest's message has reached casero: the second tick, unless it is read already.
    pub(in crate::fake_vendors) fn delivered(&mut self, phone: &str, wamid: &str) {
        let guest = self.guests.get_mut(phone);
        if let Some(line) = guest.and_then(|guest| guest.line(wamid))
            && line.status == "sent"
        {
            line.status = "delivered";
        }
    }

    /// The number of the guest with that business-scoped id.
    pub fn find_bsuid(&self, bsuid: &str) -> Option<String> {
        self.guests.values().find(|guest| guest.bsuid == bsuid).map(|guest| guest.phone.clone())
    }
}

impl Guest {
    /// A guest who has not written yet.
    pub fn new(phone: &str) -> Self {
        Self {
            phone: phone.to_owned(),
            name: format!("+{phone}"),
            bsuid: bsuid_of(phone),
            hides_phone: false,
            on_whatsapp: true,
            also_at: None,
            last_wrote_at: None,
            typing_until: 0,
            lines: Vec::new(),
            recent_sends: VecDeque::new(),
        }
    }

    /// Whether free text may be sent now.
    pub fn window_open(&self, now: i64) -> bool {
        self.last_wrote_at.is_some_and(|at| now - at < WINDOW_MS)
    }

    /// The `contacts` entry that accompanies this guest's messages.
    pub fn contact(&self) -> Value {
        let mut contact = json!({
            "profile": {"name": self.name},
            "user_id": self.bsuid,
        });
        if self.hides_phone {
            contact["profile"]["username"] = json!(format!("@{}", username(&self.name)));
        } else {
            contact["wa_id"] = json!(self.phone);
        }
        contact
    }

    pub fn line(&mut self, wamid: &str) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.wamid == wamid)
    }

    /// The chat for the demo page and tests.
    pub fn chat(&self, now: i64) -> Value {
        let lines: Vec<Value> = self.lines.iter().map(Line::to_json).collect();
        json!({
            "phone": self.phone,
            "name": self.name,
            "bsuid": self.bsuid,
            "hides_phone": self.hides_phone,
            "on_whatsapp": self.on_whatsapp,
            "window_open": self.window_open(now),
            "typing": self.typing_until > now,
            "messages": lines,
        })
    }
}

impl Line {
    /// The line as JSON with its choices.
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.wamid,
            "from": match self.sender { Sender::Guest => "guest", Sender::Business => "business" },
            "at": self.at,
            "type": self.kind,
            "text": self.text(),
            "choices": self.choices(),
            "link": self.link(),
            "content": self.content,
            "context": self.context,
            "callback_data": self.callback_data,
            "status": self.status,
            "error": self.error,
        })
    }

    pub fn text(&self) -> String {
        let content = &self.content;
        let found = match self.kind.as_str() {
            "text" => content["body"].as_str(),
            "interactive" => content["body"]["text"].as_str().or_else(|| {
                content["button_reply"]["title"].as_str().or_else(|| content["list_reply"]["title"].as_str())
            }),
            "button" => content["text"].as_str(),
            "reaction" => content["emoji"].as_str(),
            "template" => return template_text(content),
            _ => content["caption"].as_str(),
        };
        found.unwrap_or_default().to_owned()
    }

    /// Buttons and list rows, in order.
    pub fn choices(&self) -> Vec<Value> {
        let action = &self.content["action"];
        let buttons = array(&action["buttons"]).iter().map(
            |button| json!({"id": button["reply"]["id"], "title": button["reply"]["title"], "row": false}),
        );
        let rows = array(&action["sections"]).iter().flat_map(|section| {
            array(&section["rows"]).iter().map(|row| {
                json!({
                    "id": row["id"],
                    "title": row["title"],
                    "description": row["description"],
                    "section": section["title"],
                    "row": true,
                })
            })
        });
        let quick = array(&self.content["components"])
            .iter()
            .filter(|part| part["type"] == "button" && part["sub_type"] == "quick_reply")
            .map(|part| {
                let payload = &part["parameters"][0]["payload"];
                json!({"id": payload, "title": payload, "row": false})
            });
        buttons.chain(rows).chain(quick).collect()
    }

    /// The address behind a link button.
    pub fn link(&self) -> Value {
        let parameters = &self.content["action"]["parameters"];
        match parameters["url"].as_str() {
            Some(url) => json!({"title": parameters["display_text"], "url": url}),
            None => Value::Null,
        }
    }
}

/// Digits of a number in any notation.
pub fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// `549…` for `54…`, `521…` for `52…`, a Brazilian mobile with its ninth digit, and vice versa.
fn other_form(digits: &str) -> Option<String> {
    for (long, short) in [("549", "54"), ("521", "52")] {
        match (digits.strip_prefix(long), digits.strip_prefix(short)) {
            (Some(rest), _) if rest.len() == 10 => return Some(format!("{short}{rest}")),
            (_, Some(rest)) if rest.len() == 10 => return Some(format!("{long}{rest}")),
            _ => {}
        }
    }
    let (area, line) = digits.strip_prefix("55")?.split_at_checked(2)?;
    match line.len() {
        8 => Some(format!("55{area}9{line}")),
        9 => line.strip_prefix('9').map(|line| format!("55{area}{line}")),
        _ => None,
    }
}

/// Whether the number is an Argentine mobile written with its 9.
pub(super) fn has_argentine_nine(digits: &str) -> bool {
    digits.len() == 13 && digits.starts_with("549")
}

/// The elements of a JSON array; none for anything else.
pub(super) fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn template_text(content: &Value) -> String {
    let words: Vec<&str> = array(&content["components"])
        .iter()
        .filter(|part| part["type"] == "body")
        .flat_map(|part| array(&part["parameters"]))
        .filter_map(|parameter| parameter["text"].as_str())
        .collect();
    let name = content["name"].as_str().unwrap_or_default();
    format!("[{name}] {}", words.join(" · "))
}

fn username(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    letters.to_lowercase()
}
