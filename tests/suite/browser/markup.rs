//! Every page as HTML says it must be: html-validate reads what the running product sends to the owner, a helper, a
//! cleaner and guests, and what it answers to a form that can't hold.

use super::{PAGES, PUBLIC, lived_in, more_pages, query};
use crate::days::day;
use crate::harness::TestServer;
use crate::pages::Browser;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Pages of a helper's that a helper's account changes, and of a cleaner's.
const SHARED: &[&str] =
    &["/admin", "/admin/chart", "/admin/more", "/admin/rates", "/admin/calendars", "/admin/texts"];

#[test]
fn every_page_is_valid_html() {
    let Some(validator) = validator() else {
        println!("skipped: html-validate is not here; ./install.sh test fetches it");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (server, code) = lived_in();
    keep_pages(&server, &code, folder.path());
    let read = std::fs::read_dir(folder.path()).expect("the pages").count();
    assert!(read > PAGES.len() + PUBLIC.len(), "{read} pages");
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/html-validate.mjs");
    let judged = Command::new("node")
        .arg(validator)
        .args(["--config", rules, "--formatter", "text", "--max-warnings", "0"])
        .arg(folder.path())
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&judged.stdout).replace(&format!("{}/", folder.path().display()), "");
    assert!(judged.status.success(), "{said}{}", String::from_utf8_lossy(&judged.stderr));
}

/// Puts each page into a file that bears its reader's name and its path.
fn keep_pages(server: &TestServer, code: &str, folder: &Path) {
    let keep = |reader: &str, path: &str, html: &str| {
        assert!(html.starts_with("<!doctype html>"), "{reader} {path}: {html}");
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
        let name: String = path.chars().map(plain).collect();
        std::fs::write(folder.join(format!("{reader}{name}.html")), html).expect("it is written");
    };
    let owner = Browser::owner(server);
    let thread = server.api("GET", "/api/v1/conversations", &Value::Null).json();
    let booking = format!("/admin/reservations/{code}");
    let mut pages = more_pages(&thread["conversations"][0]["id"]);
    pages.extend(PAGES.iter().map(|page| (*page).to_owned()));
    pages.extend([booking.clone(), format!("{booking}/voucher")]);
    pages.push(format!("/admin/chart/move/{code}?{}", query(9, 12)));
    for page in &pages {
        keep("owner", page, &owner.page(page));
    }
    let (from, last) = (day(5).to_string(), day(6).to_string());
    let nights = [("cabin", "1"), ("cabins", "1"), ("year", "0"), ("from", &from), ("last", &last)];
    let taken = [("reason", "")];
    let unread = [("name", "Verano"), ("price", "mucho"), ("min_nights", ""), ("weekend", "")];
    for (form, more) in [("/admin/chart/block", taken.as_slice()), ("/admin/rates", unread.as_slice())] {
        let refused = owner.post(form, form, &[nights.as_slice(), more].concat());
        assert_eq!(refused.status, 422, "{form}: {}", refused.text);
        keep("refused", form, &refused.text);
    }
    keep("owner", "/admin/nada", &owner.look("/admin/nada").text);
    let (helper, cleaner) = (Browser::helper(server), Browser::cleaner(server));
    for (reader, browser) in [("helper", &helper), ("cleaner", &cleaner)] {
        for page in SHARED {
            keep(reader, page, &browser.look(page).text);
        }
    }
    let nobody = Browser::nobody(server);
    let offers = format!("/reservar?lang=es&{}&guests=2", query(9, 12));
    let shown = owner.page(&booking);
    let own = shown.split("/reserva/").nth(1).and_then(|rest| rest.split('"').next());
    let own = format!("/reserva/{}", own.expect("the guest's own page"));
    for page in PUBLIC.iter().map(|page| (*page).to_owned()).chain([offers, own]) {
        keep("guest", &page, &nobody.look(&page).text);
    }
}

/// Where the validator lies that the tests' own script fetches.
fn validator() -> Option<PathBuf> {
    let found = std::env::var_os("CASERO_HTML_VALIDATE").map(PathBuf::from).filter(|place| place.exists());
    assert!(
        found.is_some() || std::env::var_os("CASERO_BROWSER_TESTS").is_none(),
        "html-validate is missing"
    );
    found
}
