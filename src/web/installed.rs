//! What makes the page installable on a phone: its manifest, icons, its worker, and the page without a line.

use super::admin::{Failed, Page};
use super::assets::{self, Files};
use super::gate::{self, Gated};
use askama::Template;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{get, routes};
use serde_json::json;
use std::io::Cursor;

/// A browser asks for the worker anew at each start.
const ANEW: &str = "no-cache";
/// A day: an icon that changes may be old for so long.
const A_DAY: &str = "public, max-age=86400";
/// The worker fetches our own pages, and loads nothing.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";
/// Stands in the worker for the address of the style.
const STYLE: &str = "STYLE";

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![manifest, worker, small_icon, large_icon, offline])
}

/// A file at an address that stays the same.
struct Fixed {
    kind: ContentType,
    cache: &'static str,
    bytes: Vec<u8>,
}

impl<'r> Responder<'r, 'static> for Fixed {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .status(Status::Ok)
            .header(self.kind)
            .header(Header::new("Cache-Control", self.cache))
            .header(Header::new("Content-Security-Policy", WORKER_POLICY))
            .sized_body(self.bytes.len(), Cursor::new(self.bytes))
            .ok()
    }
}

#[get("/manifest.webmanifest")]
fn manifest() -> Fixed {
    let icon = |pixels: u16| {
        let (src, sizes) = (format!("/icon-{pixels}.png"), format!("{pixels}x{pixels}"));
        json!({ "src": src, "sizes": sizes, "type": "image/png", "purpose": "any maskable" })
    };
    let manifest = json!({
        "id": "/admin", "name": "Casero", "short_name": "Casero", "lang": "es-AR",
        "description": "Tus cabañas, tus huéspedes y tus avisos.",
        "start_url": "/admin", "scope": "/", "display": "standalone",
        "background_color": "#ffffff", "theme_color": "#1f5f4a",
        "icons": [icon(192), icon(512)],
    });
    let kind = ContentType::new("application", "manifest+json");
    Fixed { kind, cache: A_DAY, bytes: manifest.to_string().into_bytes() }
}

#[get("/sw.js")]
fn worker() -> Fixed {
    let script = include_str!("../../assets/js/sw.js").replace(STYLE, &assets::files().style);
    Fixed { kind: ContentType::JavaScript, cache: ANEW, bytes: script.into_bytes() }
}

#[get("/icon-192.png")]
fn small_icon() -> Fixed {
    Fixed {
        kind: ContentType::PNG,
        cache: A_DAY,
        bytes: include_bytes!("../../assets/img/icon-192.png").to_vec(),
    }
}

#[get("/icon-512.png")]
fn large_icon() -> Fixed {
    Fixed {
        kind: ContentType::PNG,
        cache: A_DAY,
        bytes: include_bytes!("../../assets/img/icon-512.png").to_vec(),
    }
}

#[derive(Template)]
#[template(path = "offline.html", config = "assets/askama.toml")]
struct Offline {
    files: &'static Files,
}

#[get("/offline")]
fn offline() -> Result<Page, Failed> {
    Page::ok(&Offline { files: assets::files() })
}
