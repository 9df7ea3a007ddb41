//! Control API: actions of guests.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::answers::{done, parse, said};
use crate::fake_vendors::caller::Caller;
use crate::fake_vendors::response::VendorResponse;
use crate::fake_vendors::whatsapp::{FileWords, GuestMessage, NewGuest};
use crate::fake_vendors::world::World;

/// Kinds of files that a guest can send with a raw body.
const FILE_KINDS: [&str; 6] = ["voice", "audio", "image", "video", "document", "sticker"];

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, chat, write, tap, message, change_number, file, media, repeat, raw]
}

#[get("/guests")]
fn list(world: &State<Arc<World>>) -> VendorResponse {
    let now = world.clock.millis();
    let guests: Vec<Value> = world.look(|scene| {
        let mut guests: Vec<_> = scene.phones.guests.values().collect();
        // The latest speaker first, as on a phone.
        guests.sort_by_key(|guest| Reverse(guest.lines.last().map(|line| line.at)));
        guests
            .into_iter()
            .map(|guest| {
                let last = guest.lines.last();
                json!({
                    "phone": guest.phone,
                    "name": guest.name,
                    "hides_phone": guest.hides_phone,
                    "on_whatsapp": guest.on_whatsapp,
                    "window_open": guest.window_open(now),
                    "last": last.map(|line| line.text()),
                    "last_at": last.map(|line| line.at),
                })
            })
            .collect()
    });
    VendorResponse::json(200, &json!({"guests": guests}))
}

/// `{"phone", "name"?, "bsuid_only"?, "on_whatsapp"?, "also_at"?}`
#[post("/guests", data = "<body>")]
fn add(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        let phone = asked["phone"].as_str().unwrap_or_default();
        let phone = introduce(world, phone, &asked);
        if phone.is_empty() {
            return VendorResponse::refusal(422, "phone must hold digits");
        }
        VendorResponse::json(201, &world.chat(&phone))
    }))
}

#[get("/guests/<phone>/chat")]
fn chat(world: &State<Arc<World>>, phone: &str) -> VendorResponse {
    match world.chat(phone) {
        Value::Null => VendorResponse::refusal(404, "no such guest"),
        chat => VendorResponse::json(200, &chat),
    }
}

/// `{"text", "name"?, "bsuid_only"?, "context"?, "age_seconds"?}`
#[post("/guests/<phone>/text", data = "<body>")]
fn write(world: &State<Arc<World>>, phone: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let text = asked["text"]
            .as_str()
            .filter(|text| !text.is_empty())
            .ok_or_else(|| VendorResponse::refusal(422, "text is missing"))?;
        introduce(world, phone, &asked);
        Ok(sent(world, phone, GuestMessage::text(text), &asked))
    }))
}

/// `{"choice"}`: the id or the title of a button or a row that casero has offered.
#[post("/guests/<phone>/tap", data = "<body>")]
fn tap(world: &State<Arc<World>>, phone: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let choice = ["choice", "id", "title"]
            .iter()
            .find_map(|name| asked[name].as_str())
            .ok_or_else(|| VendorResponse::refusal(422, "choice is missing"))?;
        world
            .guest_taps(phone, choice)
            .map(|id| VendorResponse::json(201, &json!({"id": id})))
            .ok_or_else(|| VendorResponse::refusal(404, "casero has offered no such choice"))
    }))
}

/// `{"type", "content", "context"?, "age_seconds"?}`: a message of any type.
#[post("/guests/<phone>/message", data = "<body>")]
fn message(world: &State<Arc<World>>, phone: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let kind = asked["type"].as_str().ok_or_else(|| VendorResponse::refusal(422, "type is missing"))?;
        introduce(world, phone, &asked);
        let message = GuestMessage::new(kind, asked["content"].clone());
        Ok(sent(world, phone, message, &asked))
    }))
}

/// `{"phone"}`: the guest moves to another number, as WhatsApp reports it.
#[post("/guests/<phone>/move", data = "<body>")]
fn change_number(world: &State<Arc<World>>, phone: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let new = asked["phone"].as_str().unwrap_or_default();
        world
            .guest_moves(phone, new)
            .map(|id| VendorResponse::json(201, &json!({"id": id})))
            .ok_or_else(|| VendorResponse::refusal(422, "no such guest, or the new number is taken"))
    }))
}

/// A raw body with its `Content-Type`, sent as a voice note, an image and so on.
#[post("/guests/<phone>/<kind>?<words..>", data = "<body>", rank = 9)]
fn file(
    world: &State<Arc<World>>,
    caller: Caller,
    phone: &str,
    kind: &str,
    words: FileWords,
    body: Vec<u8>,
) -> VendorResponse {
    if !FILE_KINDS.contains(&kind) {
        return VendorResponse::refusal(404, "no such act");
    }
    if body.is_empty() {
        return VendorResponse::refusal(422, "the body is empty");
    }
    let fallback = match kind {
        "voice" => "audio/ogg; codecs=opus",
        "audio" => "audio/mpeg",
        "image" => "image/jpeg",
        "video" => "video/mp4",
        "sticker" => "image/webp",
        _ => "application/pdf",
    };
    let mime_type = caller.content_type.unwrap_or_else(|| fallback.to_owned());
    if mime_type.starts_with("multipart/") {
        return VendorResponse::refusal(415, "send the file itself as the body, with its Content-Type");
    }
    let id = world.guest_sends_file_with(phone, kind, &mime_type, body, words);
    VendorResponse::json(201, &json!({"id": id}))
}

/// A file's bytes, for the page to play.
#[get("/media/<id>")]
fn media(world: &State<Arc<World>>, id: &str) -> VendorResponse {
    let found = world.look(|scene| {
        let media = scene.phones.media.get(id)?;
        Some(VendorResponse::bytes(200, &media.mime_type, media.bytes.clone()))
    });
    found.unwrap_or_else(|| VendorResponse::refusal(404, "no such file"))
}

/// `{"id"}`: repeats the notification of a guest's message.
#[post("/repeat", data = "<body>")]
fn repeat(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        if world.repeat(asked["id"].as_str().unwrap_or_default()) {
            done()
        } else {
            VendorResponse::refusal(404, "no such message")
        }
    }))
}

/// Any body as a correctly signed WhatsApp notification.
#[post("/raw", data = "<body>")]
fn raw(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|body| {
        world.whatsapp_says("raw", &body);
        done()
    }))
}

fn introduce(world: &World, phone: &str, asked: &Value) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return digits;
    }
    world.add_guest(&NewGuest {
        phone: digits,
        name: asked["name"].as_str().map(str::to_owned),
        hides_phone: asked["bsuid_only"].as_bool(),
        on_whatsapp: asked["on_whatsapp"].as_bool(),
        also_at: asked["also_at"].as_str().map(str::to_owned),
    })
}

fn sent(world: &World, phone: &str, message: GuestMessage, asked: &Value) -> VendorResponse {
    let message = GuestMessage {
        context: asked["context"].as_str().map(str::to_owned),
        age: Duration::from_secs(asked["age_seconds"].as_u64().unwrap_or(0)),
        ..message
    };
    let id = world.guest_sends(phone, message);
    VendorResponse::json(201, &json!({"id": id}))
}
