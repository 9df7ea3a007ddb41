//! The operator's view: the doctor and its bundle, the metrics, the log; and that none of it holds personal data.

use super::days::{day, in_words};
use super::harness::{GUEST, PASSWORD, TestServer, command, preference, request, until};
use casero::fake_vendors::FakeVendorsConfig;
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use std::io::Read;

/// The names that dashboards and alerts rely on.
const METRICS: [&str; 33] = [
    "reservations_total",
    "reservations_conflicts_total",
    "reservation_lock_acquired_total",
    "reservation_lock_failed_total",
    "holds_expired_total",
    "circuit_breaker_state",
    "circuit_breaker_failures_total",
    "circuit_breaker_successes_total",
    "idempotency_hits_total",
    "idempotency_misses_total",
    "idempotency_expired_total",
    "ical_last_sync_age_minutes",
    "ical_sync_errors_total",
    "http_requests_total",
    "http_request_duration_seconds_bucket",
    "rate_limited_total",
    "whatsapp_messages_total",
    "outbox_pending",
    "payments_total",
    "transcription_seconds",
    "reply_seconds_bucket",
    "inbox_pending",
    "jobs_pending",
    "attention_open",
    "oldest_waiting_seconds",
    "writes_waiting",
    "database_write_seconds_bucket",
    "backup_age_hours",
    "backup_drill_age_seconds",
    "backup_drill_ok",
    "disk_free_bytes",
    "reply_seconds_count",
    "http_request_duration_seconds_count",
];

/// A guest's journey: questions, a hold by chat's twin the API, a payment, a calendar.
fn lived_in(settings: &[(&str, &str)]) -> TestServer {
    let server = TestServer::with(settings);
    let cabin = server.cabin("Quebracho", 80_000_00);
    server.world("PUT", "/feeds/uno", &json!({ "site": "airbnb", "occupied": [] }));
    let feed = json!({ "channel": "airbnb", "url": server.vendors.feed_url("uno") });
    server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &feed);
    server.write(GUEST, &format!("hola soy Ermenegilda Zabala, hay lugar {} para 2?", in_words(8, 11)));
    server.hears(GUEST, "240.000");
    let held = server.hold(cabin, day(0), day(2));
    let code = held["code"].as_str().unwrap().to_owned();
    let opened = until("the link", || {
        Some(server.reservation(&code)).filter(|reservation| reservation["payment_url"].is_string())
    });
    server.pay(&preference(&opened), "approve", &json!({}));
    server.becomes(&code, "confirmed");
    server
}

#[test]
fn every_number_that_dashboards_rely_on_is_there_after_a_journey() {
    let server = lived_in(&[]);
    until("the first drill", || (server.count("SELECT count(*) FROM drill") == 1).then_some(()));
    let text = server.call("GET", "/metrics", &[], &Value::Null).text;
    let missing: Vec<_> = METRICS
        .iter()
        // This journey has no voice note.
        .filter(|name| **name != "transcription_seconds")
        .filter(|name| {
            !text
                .lines()
                .any(|line| line.strip_prefix(**name).is_some_and(|rest| rest.starts_with(['{', ' '])))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?} in\n{text}");
    assert!(!text.contains("Ermenegilda") && !text.contains("5493515550101"));
}

#[test]
fn a_message_has_one_trail_from_the_door_to_the_reply_and_no_log_names_anybody() {
    let server = lived_in(&[("TELEMETRY_LOG_FORMAT", "json"), ("TELEMETRY_LOG_LEVEL", "debug")]);
    let of = |words: &str| -> Option<Value> {
        let log = server.running().log();
        let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines.into_iter().find(|line| line["message"] == words)
    };
    let came = until("the door's line", || of("a message came in"));
    let answered = until("the answer's line", || of("a message was answered"));
    let sent = until("the sender's line", || of("a message was accepted by WhatsApp"));
    assert!(came["trace"].is_i64() && came["request"].as_str().is_some_and(|id| !id.is_empty()), "{came}");
    assert_eq!(came["trace"], answered["trace"]);
    assert_eq!(came["trace"], sent["trace"]);
    let log = server.running().log();
    for private in [
        "Ermenegilda",
        "Zabala",
        "Marta",
        "Quiroga",
        "5493515550101",
        "351 555",
        "hay lugar",
        "240.000",
        "Quebracho",
    ] {
        assert!(!log.contains(private), "{private} stands in the log");
    }
    assert!(!log.contains(&FakeVendorsConfig::default().access_token) && !log.contains(server.token()));
}

#[test]
fn the_doctor_names_what_is_wrong_and_its_bundle_holds_nothing_private() {
    let mut server = lived_in(&[]);
    server.close().stop();
    let file = server.data.path().join("casero.toml");
    let known = FakeVendorsConfig::default();
    let text = format!(
        "[whatsapp]\naccess_token = \"{}\"\nphone_number_id = \"{}\"\napp_secret = \"{}\"\nverify_token = \"{}\"\napi_url = \"{}\"\n[mercadopago]\naccess_token = \"{}\"\nsignature = \"warn\"\napi_url = \"{}\"\n[server]\npublic_url = \"http://127.0.0.1:9\"\n[backup]\nkey = \"un caballo grapa correcto\"\n",
        known.access_token,
        known.phone_number_id,
        known.app_secret,
        known.verify_token,
        server.vendors.whatsapp_url(),
        known.mp_access_token,
        server.vendors.mercadopago_url(),
    );
    std::fs::write(&file, text).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let bundle = server.data.path().join("bundle.json.gz");
    let output = command(server.data.path(), &[])
        .args(["doctor", "--json", "--config", file.to_str().unwrap(), "--bundle", bundle.to_str().unwrap()])
        .output()
        .unwrap();
    let checks: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let state = |name: &str| {
        let found = checks.iter().find(|check| check["name"] == name);
        found.map_or("none", |check| check["state"].as_str().unwrap())
    };
    for (name, expected) in [
        ("settings", "ok"),
        ("permissions", "fail"),
        ("database", "ok"),
        ("accounts", "ok"),
        ("clock", "ok"),
        ("public address", "warn"),
        ("public name", "ok"),
        ("public door", "fail"),
        ("webhook", "fail"),
        ("whatsapp", "ok"),
        ("mercadopago", "warn"),
        ("calendars", "ok"),
        ("queue", "ok"),
        ("backups", "ok"),
        ("drill", "ok"),
    ] {
        assert_eq!(state(name), expected, "{name}: {checks:#?}");
    }
    for check in checks.iter().filter(|check| check["state"] != "ok") {
        assert!(check["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty()), "{check}");
    }
    let mut told = String::new();
    GzDecoder::new(std::fs::File::open(&bundle).unwrap()).read_to_string(&mut told).unwrap();
    let parsed: Value = serde_json::from_str(&told).unwrap();
    let rows = parsed["rows"].as_array().unwrap();
    assert!(
        rows.iter()
            .any(|row| row["table"] == "reservation" && row["state"] == "confirmed" && row["rows"] == 1)
    );
    for private in [
        &known.access_token,
        &known.app_secret,
        &known.verify_token,
        &known.mp_access_token,
        &known.phone_number_id,
        "caballo",
        PASSWORD,
        "Ermenegilda",
        "Marta",
        "Quiroga",
        "5493515550101",
        "3515550101",
        "hay lugar",
        "Quebracho",
        "duena@example.com",
        "127.0.0.1:9",
    ] {
        assert!(!told.contains(private), "{private} stands in the bundle");
    }
}

#[test]
fn the_doctor_finds_casero_at_its_public_address_and_tells_another_one() {
    let server = TestServer::new();
    let other = TestServer::new();
    let ask = |url: &str| {
        let known = FakeVendorsConfig::default();
        let settings: Vec<(String, String)> = [
            ("SERVER_PUBLIC_URL", url),
            ("WHATSAPP_ACCESS_TOKEN", &known.access_token),
            ("WHATSAPP_PHONE_NUMBER_ID", &known.phone_number_id),
            ("WHATSAPP_APP_SECRET", &known.app_secret),
            ("WHATSAPP_VERIFY_TOKEN", &known.verify_token),
            ("WHATSAPP_API_URL", &server.vendors.whatsapp_url()),
        ]
        .into_iter()
        .map(|(name, value)| (format!("CASERO_{name}"), value.to_owned()))
        .collect();
        let output = command(server.data.path(), &settings).args(["doctor", "--json"]).output().unwrap();
        let checks: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        let of = |name: &str| {
            let found = checks.iter().find(|check| check["name"] == name);
            found.map(|check| (check["state"].clone(), check["remedy"].as_str().unwrap().to_owned()))
        };
        (of("public door").unwrap(), of("webhook").unwrap())
    };
    let (door, webhook) = ask(&server.running().url);
    assert_eq!((&door.0, &webhook.0), (&json!("ok"), &json!("ok")), "{door:?} {webhook:?}");
    let (door, _) = ask(&other.running().url);
    assert!(door.0 == "fail" && door.1.contains("another casero"), "{door:?}");
}

#[test]
fn nobody_walks_around_the_limits_by_claiming_another_address() {
    let body = json!({ "email": "nadie@example.com", "password": "no es esta" }).to_string();
    let knock = |server: &TestServer, forwarded: &str| {
        let headers =
            [("Content-Type", "application/json"), ("X-Forwarded-For", forwarded), ("X-Real-IP", forwarded)];
        request("POST", &server.url("/api/v1/login"), &headers, body.as_bytes()).status
    };
    // A minute's worth of tries is gone after few of them, however slow this machine is.
    let refused = |server: &TestServer, claims: &dyn Fn(u32) -> String| {
        (1..=9).filter(|n| knock(server, &claims(*n)) == 429).count()
    };
    let open = TestServer::with(&[("LIMITS_LOGIN_PER_MINUTE", "3")]);
    assert!(refused(&open, &|n| format!("198.51.100.{n}")) > 2, "headers of strangers are ignored");

    let behind = TestServer::with(&[("LIMITS_LOGIN_PER_MINUTE", "3"), ("SERVER_TRUSTED_PROXY", "true")]);
    // The first addresses of the list are the caller's own words; the last one is what our proxy saw.
    assert!(refused(&behind, &|n| format!("198.51.100.{n}, 203.0.113.9")) > 2);
    assert_eq!(refused(&behind, &|n| format!("203.0.113.9, 198.51.100.{n}")), 0);
    // A client with one address of an IPv6 network has them all.
    assert!(refused(&behind, &|n| format!("2001:db8:1:2::{n}")) > 2);
    assert_eq!(refused(&behind, &|n| format!("2001:db8:2:{n}::1")), 0);
    assert_eq!(behind.call("GET", "/healthz", &[], &Value::Null).status, 200);
    let cabin = behind.cabin("Quebracho", 80_000_00);
    behind.hold(cabin, day(0), day(2));
}
