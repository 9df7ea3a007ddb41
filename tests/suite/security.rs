//! Attacks at the public interfaces of the real binary. The interfaces and their defences are listed in
//! `src/THREATS.md`.

use super::days::{day, in_words};
use super::harness::{EMAIL, GUEST, PASSWORD, TestServer, hold_of, request};
use super::pages::Browser;
use serde_json::{Value, json};
use std::io::Read;
use std::net::TcpListener;

/// A script that would run unless it is escaped.
const SCRIPT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

fn alone() -> TestServer {
    TestServer::with(&[("MERCADOPAGO_ACCESS_TOKEN", "-"), ("MERCADOPAGO_WEBHOOK_SECRET", "-")])
}

#[test]
fn every_answer_says_what_a_browser_may_not_do() {
    let server = alone();
    let owner = Browser::owner(&server);
    for path in ["/admin", "/admin/login", "/admin/chart", "/reservar", "/arrepentimiento", "/nowhere"] {
        let answer = owner.look(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(["same-origin", "no-referrer"].contains(&answer.header("referrer-policy")), "{path}");
        assert_eq!(answer.header("server"), "", "{path}");
    }
    let secrets = server.api("GET", "/api/v1/settings", &Value::Null);
    assert_eq!(secrets.header("cache-control"), "no-store");
}

#[test]
fn the_cookie_is_out_of_reach_of_scripts_other_sites_and_plain_http() {
    let server = TestServer::with(&[("SERVER_PUBLIC_URL", "https://cabins.example")]);
    let fields = [("email", EMAIL), ("password", PASSWORD), ("next", "/admin")];
    let answer = Browser::nobody(&server).send("/admin/login", &fields);
    let cookie = answer.header("set-cookie");
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{part} is missing: {cookie}");
    }
    assert!(answer.header("strict-transport-security").contains("max-age="));
}

#[test]
fn the_login_leads_nowhere_but_inside() {
    let server = alone();
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", next)];
        let answer = Browser::nobody(&server).send("/admin/login", &fields);
        assert_eq!((answer.status, answer.header("location")), (303, "/admin"), "{next}");
    }
}

#[test]
fn who_guesses_learns_nothing_and_is_slowed_down() {
    let server = alone();
    let guess = |email: &str| {
        let body = json!({ "email": email, "password": "no es esta clave" });
        let mut answer = server.call("POST", "/api/v1/login", &[], &body);
        answer.headers.retain(|(name, _)| name != "x-request-id" && name != "date");
        (answer.status, answer.json()["code"].clone())
    };
    assert_eq!(guess(EMAIL), guess("nadie@example.com"));
    let slowed = (0..60).map(|_| guess(EMAIL).0).find(|status| *status == 429);
    assert_eq!(slowed, Some(429), "sixty guesses are let through");
}

#[test]
fn a_token_that_was_tampered_with_opens_nothing() {
    let server = alone();
    let token = server.token().to_owned();
    let parts: Vec<&str> = token.split('.').collect();
    // `{"alg":"none","typ":"JWT"}`, as the oldest trick has it.
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", parts[1]);
    let cut = token[..token.len() - 4].to_owned();
    for forged in [unsigned, cut, format!("{}.{}.", parts[0], parts[1]), String::new()] {
        let header = format!("Bearer {forged}");
        let answer = server.call("GET", "/api/v1/reservations", &[("Authorization", &header)], &Value::Null);
        assert_eq!(answer.status, 401, "{forged}");
    }
}

#[test]
fn what_a_guest_calls_themselves_is_shown_and_never_run() {
    let server = alone();
    let cabin = server.cabin("Aromo", 80_000_00);
    let mut wish = hold_of(cabin, day(0), day(3));
    wish["guest"]["name"] = json!(SCRIPT);
    let held = server.api("POST", "/api/v1/reservations", &wish);
    assert_eq!(held.status, 201, "{}", held.text);
    let code = held.json()["code"].as_str().unwrap().to_owned();
    let owner = Browser::owner(&server);
    let pages = [
        "/admin",
        "/admin/guests",
        "/admin/reservations",
        "/admin/chart",
        "/admin/reservations?q=%3Cscript%3E",
    ];
    for path in pages.into_iter().map(str::to_owned).chain([format!("/admin/reservations/{code}")]) {
        let page = owner.page(&path);
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{path}");
    }
}

#[test]
fn a_table_runs_nothing_in_a_spreadsheet_and_a_calendar_gains_no_lines() {
    let server = alone();
    let cabin = server.cabin("Aromo", 80_000_00);
    let mut wish = hold_of(cabin, day(0), day(3));
    wish["guest"]["name"] = json!("=HYPERLINK(\"http://evil.example\")");
    assert_eq!(server.api("POST", "/api/v1/reservations", &wish).status, 201);
    let table = server.api("GET", "/api/v1/reservations.csv", &Value::Null).text;
    assert!(table.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{table}");

    let feed = json!({ "channel": "directo\r\nEND:VCALENDAR", "url": "" });
    let answer = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &feed);
    assert_eq!(answer.status, 422, "{}", answer.text);
}

#[test]
fn words_of_a_query_are_words() {
    let server = alone();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.hold(cabin, day(0), day(3));
    for words in ["' OR 1=1 --", "%", "_", "'; DROP TABLE night; --", "\\"] {
        let encoded: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let found = server.api("GET", &format!("/api/v1/reservations?q={encoded}"), &Value::Null);
        assert_eq!(found.status, 200, "{words}: {}", found.text);
        assert!(!found.text.contains("Marta"), "{words} finds everybody: {}", found.text);
    }
    assert_eq!(server.count("SELECT count(*) FROM night"), 3);
}

#[test]
fn no_path_leads_to_a_file() {
    let server = alone();
    let owner = Browser::owner(&server);
    let up = ["../casero.db", "..%2fcasero.db", "%2e%2e/casero.db", "..%5ccasero.db", "%00", "/etc/passwd"];
    for before in ["/assets/", "/admin/media/", "/photos/", "/ical/", "/reserva/", "/pago/"] {
        for after in up {
            let answer = owner.look(&format!("{before}{after}"));
            // One word more is read as the number of a message, and is none; anything longer is no address.
            let is_one_word = before == "/admin/media/" && !after.contains('/');
            assert_eq!(answer.status, if is_one_word { 422 } else { 404 }, "{before}{after}");
            assert!(
                !answer.text.contains("SQLite format") && !answer.text.contains("root:"),
                "{before}{after}"
            );
        }
    }
}

#[test]
fn a_calendar_s_address_does_not_reach_into_the_machine_or_its_neighbours() {
    let server = TestServer::with(&[("CALENDARS_ALLOW_PRIVATE_ADDRESSES", "false")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let hosts = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0"];
    for (number, host) in hosts.into_iter().enumerate() {
        for (scheme, problem) in [("http", "not_https"), ("https", "private_address")] {
            let url = format!("{scheme}://{host}:{port}/cal.ics");
            let body = json!({ "channel": format!("sitio{number}{scheme}"), "url": url });
            let made = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body);
            assert_eq!(made.status, 201, "{url}: {}", made.text);
            let path = format!("/api/v1/feeds/{}/sync", made.json()["id"]);
            let read = server.api("POST", &path, &Value::Null);
            assert_eq!(read.json()["problem"], problem, "{url}: {}", read.text);
        }
    }
    let called = listener.accept().map(|(mut stream, _)| {
        let mut said = [0; 64];
        let length = stream.read(&mut said).unwrap_or(0);
        String::from_utf8_lossy(&said[..length]).into_owned()
    });
    assert!(called.is_err(), "somebody inside was called: {called:?}");
}

#[test]
fn a_notification_that_nobody_signed_changes_nothing() {
    let server = TestServer::new();
    let body = json!({ "object": "whatsapp_business_account", "entry": [] }).to_string();
    let signatures = ["", "sha256=", "sha256=00", "sha1=0000", &format!("sha256={}", "0".repeat(64))];
    for signature in signatures {
        let headers = [("X-Hub-Signature-256", signature), ("Content-Type", "application/json")];
        let answer = request("POST", &server.url("/webhooks/whatsapp"), &headers, body.as_bytes());
        assert_eq!(answer.status, 401, "{signature:?}");
    }
    assert_eq!(server.count("SELECT count(*) FROM hook"), 0);
}

#[test]
fn nothing_of_a_guest_and_no_secret_is_in_the_log() {
    let server = TestServer::with(&[("TELEMETRY_LOG_LEVEL", "debug")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    let stay = in_words(8, 11);
    server.write(
        GUEST,
        &format!("hola, soy Marta Quiroga, hay lugar {stay} para 2? mi mail es marta@correo.example"),
    );
    server.next_said(GUEST, 0);
    server.hold(cabin, day(0), day(3));
    let body = json!({ "email": EMAIL, "password": "no es esta clave" });
    server.call("POST", "/api/v1/login", &[], &body);
    let log = server.running().log();
    assert!(!log.is_empty());
    let known = casero::fake_vendors::FakeVendorsConfig::default();
    let private = [
        "Marta",
        "Quiroga",
        "5550101",
        "marta@correo",
        &stay,
        EMAIL,
        PASSWORD,
        "no es esta clave",
        server.token(),
        &known.access_token,
        &known.app_secret,
        &known.verify_token,
        &known.mp_access_token,
        &known.mp_webhook_secret,
    ];
    for word in private {
        assert!(!log.contains(word), "{word:?} is in the log:\n{log}");
    }
}
