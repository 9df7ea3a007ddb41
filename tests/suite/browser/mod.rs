//! The owner's pages and the guests', in a real browser: each page at a phone's width and a desk's, without a
//! complaint of the console, nothing wider than the screen, nothing that keeps somebody out; and what an owner
//! does in a day, with the pages' script and without it.

mod calendar;
mod chrome;
mod markup;
mod messages;
mod notices;
mod pointer;
mod prices;

use crate::days::{day, in_words, year_month};
use crate::harness::{EMAIL, PASSWORD, TestServer, first_run, until};
use casero::app::access::totp;
use chrome::{Chrome, Script};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A phone that is small, and a desk.
const WIDTHS: [u32; 2] = [360, 1280];
/// Every page of the owner's that needs no id.
const PAGES: &[&str] = &[
    "/admin",
    "/admin/more",
    "/admin/reservations",
    "/admin/reservations?status=all",
    "/admin/chart",
    "/admin/chart/block",
    "/admin/rates",
    "/admin/cabins",
    "/admin/cabins/new",
    "/admin/cabins/1",
    "/admin/calendars",
    "/admin/inbox",
    "/admin/inbox/canned",
    "/admin/guests",
    "/admin/settings",
    "/admin/texts",
    "/admin/users",
    "/admin/notices",
    "/admin/audit",
    "/admin/code",
    "/admin/start",
    "/admin/health",
];
/// Pages of the guests.
const PUBLIC: &[&str] = &[
    "/admin/login",
    "/reservar?lang=en",
    "/arrepentimiento?lang=pt",
    "/pago/listo",
    "/pago/pendiente?lang=pt",
    "/pago/rechazado?lang=en",
];

#[test]
fn every_page_fits_reads_and_complains_of_nothing() {
    if !chrome::is_here() {
        return;
    }
    let (server, code) = lived_in();
    let thread = server.api("GET", "/api/v1/conversations", &Value::Null).json();
    let thread = &thread["conversations"][0]["id"];
    let mut pages: Vec<String> = PAGES.iter().map(|page| (*page).to_owned()).collect();
    pages.push(format!("/admin/reservations/{code}"));
    pages.push(format!("/admin/reservations/{code}/voucher"));
    pages.extend(more_pages(thread));
    for (width, script) in WIDTHS.into_iter().flat_map(|width| [(width, Script::On), (width, Script::Off)]) {
        let chrome = Chrome::open(width, script);
        for page in PUBLIC {
            look(&chrome, &server.url(page), width, script);
        }
        look(&chrome, &server.url(&format!("/reservar?lang=es&{}&guests=2", query(9, 12))), width, script);
        enter(&chrome, &server);
        for page in &pages {
            look(&chrome, &server.url(page), width, script);
        }
        chrome.go(&server.url(&format!("/admin/reservations/{code}")));
        let link = chrome.ask("document.querySelector('a[href*=\"/reserva/\"]').href");
        look(&chrome, link.as_str().expect("the guest's own page"), width, script);
    }
}

#[test]
fn what_a_helper_and_a_cleaner_see_fits_and_reads() {
    if !chrome::is_here() {
        return;
    }
    let (server, code) = lived_in();
    let (booking, cabin) = (format!("/admin/reservations/{code}"), "/admin/cabins/1".to_owned());
    let own = |pages: &[&str]| pages.iter().map(|page| (*page).to_owned()).collect::<Vec<_>>();
    let cleaner = own(&["/admin", "/admin/chart", "/admin/more"]);
    let mut helper = own(&["/admin/rates", "/admin/calendars", "/admin/texts", "/admin/reports"]);
    helper.extend(cleaner.iter().cloned().chain([booking, cabin]));
    for (role, pages) in [("helper", helper), ("cleaner", cleaner)] {
        let email = format!("{role}@example.com");
        server.user(&email, role);
        for width in WIDTHS {
            let chrome = Chrome::open(width, Script::On);
            enter_as(&chrome, &server, &email);
            for page in &pages {
                look(&chrome, &server.url(page), width, Script::On);
            }
            chrome.go(&server.url("/admin/settings"));
            assert!(chrome.text().contains("Tu cuenta no tiene permiso para esto"), "{}", chrome.text());
        }
    }
}

#[test]
fn an_owner_books_confirms_and_calls_off_with_script() {
    a_day_at_the_desk(Script::On, 1280);
}

#[test]
fn an_owner_books_confirms_and_calls_off_without_script() {
    a_day_at_the_desk(Script::Off, 360);
}

#[test]
fn a_guest_books_on_the_page_and_tells_who_comes() {
    if !chrome::is_here() {
        return;
    }
    let server = TestServer::new();
    server.cabin("Coihue", 8_000_000);
    let chrome = Chrome::open(360, Script::Off);
    chrome.go(&server.url(&format!("/reservar?lang=pt&{}&guests=2", query(1, 4))));
    assert!(chrome.text().contains("Coihue"), "{}", chrome.text());
    chrome.fill("[name=name]", "Beatriz Souza");
    chrome.fill("[name=phone]", "+55 11 98765-4321");
    chrome.press("form[method=post] button.main");
    until("the reservation's own page", || chrome.address().contains("/reserva/").then_some(()));
    assert!(chrome.has("a.button.main[href^='http']"), "{}", chrome.text());
    chrome.fill("[name=arrival_time]", "às 15h");
    chrome.fill("[name=people]", "Beatriz Souza\nPaulo Souza");
    chrome.press("form[method=post] button.main");
    until("a word of thanks", || chrome.address().contains("said=saved").then_some(()));
    assert_eq!(server.count("SELECT count(*) FROM pre_check_in WHERE people LIKE '%Paulo%'"), 1);
    assert_eq!(chrome.complaints(), Vec::<String>::new());
}

#[test]
fn an_open_page_shows_what_happens_elsewhere() {
    if !chrome::is_here() {
        return;
    }
    let server = TestServer::new();
    let cabin = server.cabin("Lenga", 8_000_000);
    let chrome = Chrome::open(360, Script::On);
    enter(&chrome, &server);
    assert!(!chrome.text().contains("Espera la seña"));
    server.hold(cabin, day(5), day(7));
    until("the hold on the open page", || chrome.text().contains("seña hasta").then_some(()));
    assert_eq!(chrome.complaints(), Vec::<String>::new());
}

#[test]
fn the_first_steps_and_the_second_lock_read_well() {
    if !chrome::is_here() {
        return;
    }
    let (_data, mut child, link) = first_run();
    for width in WIDTHS {
        look(&Chrome::open(width, Script::On), &link, width, Script::On);
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it can be waited for");

    let server = TestServer::new();
    let chrome = Chrome::open(360, Script::Off);
    enter(&chrome, &server);
    chrome.go(&server.url("/admin/code"));
    let spelled = chrome.ask("document.querySelector('[name=secret]').value");
    let secret = totp::read(spelled.as_str().expect("a secret")).expect("a secret");
    chrome.fill("[name=code]", &totp::code(&secret, Timestamp::now()));
    chrome.press("form[action='/admin/code'] button.main");
    until("codes for paper", || chrome.has(".codes li").then_some(()));
    let paper = chrome.ask("document.querySelector('.codes li').textContent");
    for width in WIDTHS {
        let chrome = Chrome::open(width, Script::On);
        chrome.go(&server.url("/admin/login"));
        chrome.fill("[name=email]", EMAIL);
        chrome.fill("[name=password]", PASSWORD);
        chrome.press("button.main");
        until("the second factor", || chrome.has("[name=pending_login]").then_some(()));
        look_here(&chrome, "the second lock", width, Script::On);
        if width == WIDTHS[0] {
            chrome.press("summary");
            chrome.fill("[name=recovery_code]", paper.as_str().expect("a code"));
            chrome.press("button.main");
            until("the first page", || chrome.text().contains("Hoy").then_some(()));
            look(&chrome, &server.url("/admin/code"), width, Script::On);
        }
    }
}

/// Books for a guest, confirms, and calls it off; each with its own button.
fn a_day_at_the_desk(script: Script, width: u32) {
    if !chrome::is_here() {
        return;
    }
    let server = TestServer::new();
    server.cabin("Ñire", 8_000_000);
    let chrome = Chrome::open(width, script);
    enter(&chrome, &server);
    chrome.go(&server.url(&format!("/admin/reservations/new?{}&guests=2", query(9, 12))));
    chrome.fill("[name=name]", "Rosa Quiroga");
    chrome.fill("[name=phone]", "+54 9 294 412-3456");
    chrome.press("form[method=post] button.main");
    until("the booking's page", || chrome.address().contains("said=held").then_some(()));
    let text = chrome.text();
    assert!(text.contains("Rosa Quiroga") && text.contains("Espera la seña"), "{text}");

    if script == Script::On {
        // The page asks first.
        chrome.ask("window.confirm = () => true");
    }
    chrome.press("form[action$='/confirm'] button");
    until("the confirmation", || chrome.address().contains("said=confirmed").then_some(()));
    let code =
        server.api("GET", "/api/v1/reservations", &Value::Null).json()["reservations"][0]["code"].clone();
    let code = code.as_str().expect("a code").to_owned();
    assert_eq!(server.reservation(&code)["status"], "confirmed");

    if script == Script::On {
        chrome.ask("window.confirm = () => true");
    }
    chrome.press("details:has(form[action$='/cancel']) > summary");
    chrome.fill("form[action$='/cancel'] [name=reason]", "Se enfermó");
    chrome.press("form[action$='/cancel'] button");
    until("the end of it", || chrome.address().contains("said=cancelled").then_some(()));
    assert_eq!(server.reservation(&code)["status"], "cancelled");
    assert!(chrome.text().contains("Se enfermó"));
    assert_eq!(chrome.complaints(), Vec::<String>::new());
}

/// A server in which something happens: a cabin, a thread, a stay that was paid, a hold.
fn lived_in() -> (TestServer, String) {
    let server = TestServer::new();
    let cabin = server.cabin("Maitén", 8_000_000);
    server.write("5492944123456", &format!("hola, precio para 2 {} de {}?", in_words(9, 11), day(11).year()));
    until("an answer", || (!server.said("5492944123456").is_empty()).then_some(()));
    let held = server.hold(cabin, day(5), day(9));
    let code = held["code"].as_str().expect("a code").to_owned();
    let paid = json!({ "amount_cents": 40_000_000, "method": "transfer" });
    let answer = server.api("POST", &format!("/api/v1/reservations/{code}/payments"), &paid);
    assert_eq!(answer.status, 200, "{}", answer.text);
    server.hold(cabin, day(14), day(16));
    (server, code)
}

/// Pages whose address has an id or a day.
fn more_pages(thread: &Value) -> Vec<String> {
    vec![
        format!("/admin/inbox/{thread}"),
        "/admin/guests/1".to_owned(),
        format!("/admin/reservations/new?{}&guests=3", query(9, 12)),
        format!("/admin/reports?year={}", day(0).year()),
        format!("/admin/chart?from={}", year_month(day(0))),
    ]
}

/// A stay as an address names it.
fn query(from: i64, to: i64) -> String {
    format!("check_in={}&check_out={}", day(from), day(to))
}

/// Through the door, as the owner.
fn enter(chrome: &Chrome, server: &TestServer) {
    enter_as(chrome, server, EMAIL);
}

fn enter_as(chrome: &Chrome, server: &TestServer, email: &str) {
    chrome.go(&server.url("/admin"));
    chrome.fill("[name=email]", email);
    chrome.fill("[name=password]", PASSWORD);
    chrome.press("button.main");
    until("the first page", || chrome.text().contains("Hoy").then_some(()));
}

/// Checks one page: it exists, fits, is accessible, and logs no errors.
fn look(chrome: &Chrome, page: &str, width: u32, script: Script) {
    chrome.go(page);
    look_here(chrome, page, width, script);
}

/// Looks at the page that is open.
fn look_here(chrome: &Chrome, page: &str, width: u32, script: Script) {
    let at = format!("{page} at {width}, script {script:?}");
    assert!(chrome.has("h1"), "{at}: {}", chrome.text());
    let too_wide = chrome.ask("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(too_wide, 0, "{at} is wider than its screen");
    let unnamed = chrome.ask(
        "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
         .filter(field => !field.labels?.length && !field.ariaLabel).map(field => field.name)",
    );
    assert_eq!(unnamed, json!([]), "{at}: fields without a name");
    // Its rules need a page in which promises run.
    if let Some(axe) = axe().filter(|_| script == Script::On) {
        let found = chrome.ask(&format!(
            "{axe};axe.run({{ resultTypes: ['violations'] }}).then(found => found.violations
             .filter(fault => ['serious', 'critical'].includes(fault.impact))
             .map(fault => fault.id + ': ' + fault.nodes.map(node => node.target.join(' ')).join(', ')))"
        ));
        assert_eq!(found, json!([]), "{at}");
    }
    assert_eq!(chrome.complaints(), Vec::<String>::new(), "{at}");
}

/// The rules of accessibility by Deque, fetched by the tests' own script; without them only our own checks run.
fn axe() -> Option<String> {
    let place = std::env::var_os("CASERO_AXE").map(PathBuf::from);
    let place = place.unwrap_or_else(|| {
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/axe/package/axe.min.js"))
    });
    let found = std::fs::read_to_string(&place).ok();
    assert!(found.is_some() || std::env::var_os("CASERO_BROWSER_TESTS").is_none(), "axe is missing");
    found
}
