//! Files: uploaded by casero or sent by guests, and downloaded from an address that expires after five
//! minutes.

use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};

use super::errors::Refused;
use super::phones::{MEDIA_URL_MS, Media};
use crate::fake_vendors::response::VendorResponse;
use crate::fake_vendors::sign::sha256;
use crate::fake_vendors::world::{Scene, World};

const MEGABYTE: usize = 1024 * 1024;
/// Allowed uploads: type and largest size in bytes.
const UPLOADS: [(&str, usize); 11] = [
    ("image/jpeg", 5 * MEGABYTE),
    ("image/png", 5 * MEGABYTE),
    ("image/webp", 500 * 1024),
    ("audio/aac", 16 * MEGABYTE),
    ("audio/amr", 16 * MEGABYTE),
    ("audio/mpeg", 16 * MEGABYTE),
    ("audio/mp4", 16 * MEGABYTE),
    ("audio/ogg", 16 * MEGABYTE),
    ("video/mp4", 16 * MEGABYTE),
    ("application/pdf", 100 * MEGABYTE),
    ("text/plain", 100 * MEGABYTE),
];

/// Stores an upload of casero; the answer is `{"id"}`.
pub(super) fn store_upload(world: &World, mime_type: &str, bytes: Vec<u8>) -> Result<Value, Refused> {
    let plain = mime_type.split(';').next().unwrap_or_default().trim();
    let allowed = UPLOADS.iter().find(|(known, _)| *known == plain);
    let Some((_, bytes_max)) = allowed else {
        return Err(Refused::new(
            100,
            format!("Param file must be a file with one of the supported types; received {plain}"),
        ));
    };
    if bytes.is_empty() || bytes.len() > *bytes_max {
        return Err(Refused::new(131_053, format!("file size must be from 1 to {bytes_max} bytes")));
    }
    let id = world.change(|scene| keep(scene, mime_type, bytes));
    Ok(json!({"id": id}))
}

/// Stores a guest's file; returns the message's content.
pub(super) fn receive(scene: &mut Scene, base_url: &str, mime_type: &str, bytes: Vec<u8>, now: i64) -> Value {
    let hash = BASE64.encode(&sha256(&bytes));
    let id = keep(scene, mime_type, bytes);
    let url = new_address(scene, base_url, &id, now);
    json!({"mime_type": mime_type, "sha256": hash, "id": id, "url": url})
}

/// Metadata and a fresh download address of a file.
pub(super) fn describe(world: &World, id: &str) -> Result<Value, Refused> {
    let base_url = world.base_url();
    let now = world.clock.millis();
    world.change(|scene| {
        let url = new_address(scene, &base_url, id, now);
        let media = scene
            .phones
            .media
            .get(id)
            .ok_or_else(|| Refused::new(33, format!("Object with ID '{id}' does not exist")))?;
        Ok(json!({
            "messaging_product": "whatsapp",
            "url": url,
            "mime_type": media.mime_type,
            "sha256": HEXLOWER.encode(&sha256(&media.bytes)),
            "file_size": media.bytes.len().to_string(),
            "id": id,
        }))
    })
}

/// The file of an address that has not expired.
pub(super) fn bytes(world: &World, token: &str) -> Option<VendorResponse> {
    let now = world.clock.millis();
    world.look(|scene| {
        let lives = |(known, until): &(String, i64)| known == token && *until > now;
        let mut files = scene.phones.media.values();
        let media = files.find(|media| media.addresses.iter().any(lives))?;
        Some(VendorResponse::bytes(200, &media.mime_type, media.bytes.clone()))
    })
}

fn keep(scene: &mut Scene, mime_type: &str, bytes: Vec<u8>) -> String {
    let id = scene.ids.media();
    let media = Media { mime_type: mime_type.to_owned(), bytes, addresses: Vec::new() };
    scene.phones.media.insert(id.clone(), media);
    id
}

fn new_address(scene: &mut Scene, base_url: &str, id: &str, now: i64) -> String {
    let token = scene.ids.token();
    if let Some(media) = scene.phones.media.get_mut(id) {
        media.addresses.retain(|(_, until)| *until > now);
        media.addresses.push((token.clone(), now + MEDIA_URL_MS));
    }
    format!("{base_url}/whatsapp_business/attachments/{token}")
}
