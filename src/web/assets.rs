//! The pages' own files, compiled in. Each address carries the file's digest, so that a browser may cache it
//! for a year and still gets the new one at once after an upgrade.

use crate::web::gate::{self, Gated};
use ring::digest::{SHA256, digest};
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{get, routes};
use std::io::Cursor;
use std::sync::OnceLock;

/// The file under an address never changes: new content has a new address.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Hex digits of a digest in an address: no two versions collide.
const DIGEST_CHARS: usize = 16;

#[derive(Debug, Clone, Copy)]
struct File {
    name: &'static str,
    kind: fn() -> ContentType,
    bytes: &'static [u8],
}

const ALL: &[File] = &[
    File {
        name: "casero.css",
        kind: || ContentType::CSS,
        bytes: include_bytes!("../../assets/css/casero.css"),
    },
    File {
        name: "casero.js",
        kind: || ContentType::JavaScript,
        bytes: include_bytes!("../../assets/js/casero.js"),
    },
    File {
        name: "chart.js",
        kind: || ContentType::JavaScript,
        bytes: include_bytes!("../../assets/js/chart.js"),
    },
    File {
        name: "reports.css",
        kind: || ContentType::CSS,
        bytes: include_bytes!("../../assets/css/reports.css"),
    },
    File {
        name: "chart.css",
        kind: || ContentType::CSS,
        bytes: include_bytes!("../../assets/css/chart.css"),
    },
    File {
        name: "rates.css",
        kind: || ContentType::CSS,
        bytes: include_bytes!("../../assets/css/rates.css"),
    },
    File {
        name: "rates.js",
        kind: || ContentType::JavaScript,
        bytes: include_bytes!("../../assets/js/rates.js"),
    },
    File {
        name: "property.css",
        kind: || ContentType::CSS,
        bytes: include_bytes!("../../assets/css/property.css"),
    },
    File {
        name: "inbox.css",
        kind: || ContentType::CSS,
        bytes: include_bytes!("../../assets/css/inbox.css"),
    },
    File {
        name: "inbox.js",
        kind: || ContentType::JavaScript,
        bytes: include_bytes!("../../assets/js/inbox.js"),
    },
    File {
        name: "notices.js",
        kind: || ContentType::JavaScript,
        bytes: include_bytes!("../../assets/js/notices.js"),
    },
    File {
        name: "icons.svg",
        kind: || ContentType::SVG,
        bytes: include_bytes!("../../assets/img/icons.svg"),
    },
];

/// Addresses of the files, for pages.
#[derive(Debug)]
pub struct Files {
    pub style: String,
    pub script: String,
    /// Script of the tape chart.
    pub chart: String,
    pub reports: String,
    /// Style of the tape chart.
    pub chart_style: String,
    /// Style of the page of prices.
    pub rates_style: String,
    /// Script of the page of prices.
    pub rates: String,
    /// Style of the pages about the property.
    pub property: String,
    pub inbox_style: String,
    pub inbox_script: String,
    /// Script of the page of notices.
    pub notices: String,
    pub icons: String,
}

/// The addresses, computed once.
pub fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| Files {
        style: address("casero.css"),
        script: address("casero.js"),
        chart: address("chart.js"),
        reports: address("reports.css"),
        chart_style: address("chart.css"),
        rates_style: address("rates.css"),
        rates: address("rates.js"),
        property: address("property.css"),
        inbox_style: address("inbox.css"),
        inbox_script: address("inbox.js"),
        notices: address("notices.js"),
        icons: address("icons.svg"),
    })
}

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![file])
}

struct Sent(File);

#[get("/assets/<mark>/<name>")]
fn file(mark: &str, name: &str) -> Option<Sent> {
    ALL.iter().find(|file| file.name == name && mark == mark_of(file)).copied().map(Sent)
}

impl<'r> Responder<'r, 'static> for Sent {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .status(Status::Ok)
            .header((self.0.kind)())
            .header(Header::new("Cache-Control", FOREVER))
            .sized_body(self.0.bytes.len(), Cursor::new(self.0.bytes))
            .ok()
    }
}

fn address(name: &str) -> String {
    let file = ALL.iter().find(|file| file.name == name).expect("a file of ours");
    format!("/assets/{}/{name}", mark_of(file))
}

fn mark_of(file: &File) -> String {
    let digest = digest(&SHA256, file.bytes);
    let mut mark = data_encoding::HEXLOWER.encode(digest.as_ref());
    mark.truncate(DIGEST_CHARS);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_content() {
        let style = files().style.clone();
        let mark = style.split('/').nth(2).unwrap();
        assert!(file(mark, "casero.css").is_some());
        assert!(file(mark, "casero.js").is_none() && file("0", "casero.css").is_none());
    }
}
