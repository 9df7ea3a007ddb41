//! Compresses pages, their files and calendars for those that accept it: on a phone in the mountains a tenth of the
//! bytes is a tenth of the wait. A constant secret is never compressed together with a stranger's input
//! (BREACH): a page's CSRF tokens differ each time.

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::request::Request;
use rocket::response::Response;
use std::io::{Cursor, Write};

/// Smallest body worth compressing: less than a packet gains nothing.
const BYTES_MIN: usize = 1200;
/// Largest body compressed: a larger one would take too long; no page of ours comes near.
const BYTES_MAX: usize = 8 * 1024 * 1024;
/// Level: half a millisecond for a page; higher ones take twice that for a few per cent.
const LEVEL: Compression = Compression::new(4);

/// Compresses pages, styles, scripts, drawings, tables and calendars.
pub(super) struct CompressResponses;

#[rocket::async_trait]
impl Fairing for CompressResponses {
    fn info(&self) -> Info {
        Info { name: "compression", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let kind = response.content_type();
        let fits = kind.is_some_and(|kind| {
            let is_calendar = kind.top() == "text" && kind.sub() == "calendar";
            is_calendar
                || kind.is_html()
                || kind.is_css()
                || kind.is_javascript()
                || kind.is_svg()
                || kind.is_csv()
        });
        if !fits {
            return;
        }
        response.adjoin_header(Header::new("Vary", "Accept-Encoding"));
        let known = response.body().preset_size();
        let worth = known.is_some_and(|size| (BYTES_MIN..=BYTES_MAX).contains(&size));
        if !worth || !takes_gzip(request) {
            return;
        }
        let Ok(bytes) = response.body_mut().take().to_bytes().await else { return };
        match gzip(&bytes) {
            Ok(small) => {
                response.set_header(Header::new("Content-Encoding", "gzip"));
                response.set_sized_body(small.len(), Cursor::new(small));
            }
            Err(_) => response.set_sized_body(bytes.len(), Cursor::new(bytes)),
        }
    }
}

fn takes_gzip(request: &Request<'_>) -> bool {
    let accepted = request.headers().get("Accept-Encoding");
    accepted.flat_map(|list| list.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some("gzip") && parts.next().is_none_or(|weight| weight != "q=0")
    })
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), LEVEL);
    encoder.write_all(bytes)?;
    encoder.finish()
}
