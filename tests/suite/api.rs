//! The API as other people's programs meet it: over a real port, with real crashes.

use super::days::day;
use super::harness::{EMAIL, HttpResponse, PASSWORD, TestServer, command, request, until};
use casero::fake_vendors::{FakeVendorsConfig, sign};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::process::Stdio;

fn stay(cabin: i64, check_in: Date, check_out: Date) -> Value {
    json!({
        "cabin_id": cabin, "check_in": check_in, "check_out": check_out, "guests": 2,
        "guest": { "name": "Marta Quiroga", "phone": "+54 9 351 555-0101", "email": "marta@example.com" },
    })
}

fn keyed(server: &TestServer, key: &str, body: &Value) -> HttpResponse {
    let bearer = format!("Bearer {}", server.token());
    let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key)];
    server.call("POST", "/api/v1/reservations", &headers, body)
}

/// A server without vendors: the API alone.
fn quiet() -> TestServer {
    TestServer::with(&[
        ("WHATSAPP_ACCESS_TOKEN", "-"),
        ("WHATSAPP_PHONE_NUMBER_ID", "-"),
        ("WHATSAPP_APP_SECRET", "-"),
        ("WHATSAPP_VERIFY_TOKEN", "-"),
        ("WHATSAPP_API_URL", "-"),
        ("MERCADOPAGO_ACCESS_TOKEN", "-"),
        ("MERCADOPAGO_WEBHOOK_SECRET", "-"),
        ("MERCADOPAGO_API_URL", "-"),
    ])
}

#[test]
fn a_key_is_answered_the_same_also_after_a_crash() {
    let mut server = TestServer::new();
    let cabin = server.cabin("Aromo", 8_000_000);
    let body = stay(cabin, day(0), day(3));
    let first = keyed(&server, "after-a-crash", &body);
    assert_eq!(first.status, 201, "{}", first.text);
    let link = first.json()["payment_url"].as_str().map(str::to_owned);
    assert!(link.is_some(), "a guest can pay at once: {}", first.text);
    let again = keyed(&server, "after-a-crash", &body);
    assert_eq!((again.status, &again.text), (201, &first.text));
    server.close().kill();
    server.start();
    let late = keyed(&server, "after-a-crash", &body);
    assert_eq!((late.status, &late.text), (201, &first.text));
    let other = keyed(&server, "after-a-crash", &stay(cabin, day(14), day(17)));
    assert_eq!((other.status, &other.json()["code"]), (422, &json!("idempotency_mismatch")));
    let all = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    assert_eq!(all["total"], 1);
}

#[test]
fn a_new_password_ends_old_tokens() {
    let server = quiet();
    let mut child = command(server.data.path(), &[])
        .args(["user", "passwd", "--email", EMAIL, "--password-stdin"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"una clave nueva y larga").unwrap();
    assert!(child.wait().unwrap().success());
    until("the old token to be refused", || {
        Some(()).filter(|()| server.api("GET", "/api/v1/cabins", &Value::Null).status == 401)
    });
    let old = json!({ "email": EMAIL, "password": PASSWORD });
    assert_eq!(server.call("POST", "/api/v1/login", &[], &old).status, 401);
    let new = json!({ "email": EMAIL, "password": "una clave nueva y larga" });
    assert_eq!(server.call("POST", "/api/v1/login", &[], &new).status, 200);
}

#[test]
fn passwords_are_tried_slowly_and_a_forged_address_does_not_help() {
    let server = TestServer::with(&[("LIMITS_LOGIN_PER_MINUTE", "5")]);
    let wrong = json!({ "email": EMAIL, "password": "no es esta clave" });
    let tries: Vec<HttpResponse> = (0..12)
        .map(|number| {
            let address = format!("192.0.2.{number}");
            server.call("POST", "/api/v1/login", &[("X-Forwarded-For", &address)], &wrong)
        })
        .collect();
    let last = tries.last().unwrap();
    assert_eq!((last.status, &last.json()["code"]), (429, &json!("rate_limited")));
    assert!(last.header("retry-after").parse::<u32>().is_ok_and(|seconds| (1..=60).contains(&seconds)));
    let numbers = request("GET", &server.url("/metrics"), &[], b"").text;
    let refused = tries.iter().filter(|attempt| attempt.status == 429).count();
    let counted = format!("rate_limited_total{{limit=\"login\"}} {refused}\n");
    assert!(numbers.contains(&counted), "{counted} in\n{numbers}");
}

#[test]
fn every_answer_has_an_id_and_no_server_name() {
    let server = quiet();
    for path in ["/healthz", "/readyz", "/metrics", "/openapi.json", "/api/v1/cabins", "/nowhere"] {
        let answer = request("GET", &server.url(path), &[("X-Request-Id", "forged")], b"");
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
        assert_eq!(answer.header("server"), "", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    let mut stream =
        std::net::TcpStream::connect(server.running().url.trim_start_matches("http://")).unwrap();
    stream.write_all(b"FROB / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 400 ") && text.to_lowercase().contains("x-request-id: "), "{text}");
}

#[test]
fn what_was_counted_has_its_name() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    keyed(&server, "counted", &stay(cabin, day(0), day(3)));
    keyed(&server, "counted", &stay(cabin, day(0), day(3)));
    server.api("POST", "/api/v1/reservations", &stay(cabin, day(0), day(3)));
    let numbers = request("GET", &server.url("/metrics"), &[], b"").text;
    for line in [
        r#"reservations_total{channel="api",status="pre_reserved"} 1"#,
        "reservations_conflicts_total 1",
        "reservation_lock_acquired_total 1",
        "idempotency_hits_total 1",
        "idempotency_misses_total 1",
        "outbox_pending ",
        r#"http_requests_total{route="POST /api/v1/reservations""#,
        "http_request_duration_seconds",
    ] {
        assert!(numbers.contains(line), "{line} in\n{numbers}");
    }
}

#[test]
fn the_document_is_the_same_on_the_command_line() {
    let server = quiet();
    let served = request("GET", &server.url("/openapi.json"), &[], b"").json();
    let printed = command(server.data.path(), &[]).arg("openapi").output().unwrap();
    assert!(printed.status.success());
    let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(served, printed);
    assert!(served["paths"]["/api/v1/reservations"]["post"].is_object());
}

#[test]
fn a_reader_of_the_command_line_may_go_away() {
    let folder = tempfile::tempdir().unwrap();
    let sentences = "{\"text\": \"hola\"}\n".repeat(2000);
    for said in [&["openapi"][..], &["simulate", "--days", "1"], &["understand", "--jsonl"]] {
        let mut command = command(folder.path(), &[]);
        command.args(said).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        // It may have gone before it had read everything.
        let _ = child.stdin.take().unwrap().write_all(sentences.as_bytes());
        let ended = child.wait_with_output().unwrap();
        let complaint = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success() && complaint.is_empty(), "{said:?}: {complaint}");
    }
}

#[test]
fn a_server_that_is_told_to_stop_ends_well_and_keeps_what_it_said() {
    let mut server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let held = server.api("POST", "/api/v1/reservations", &stay(cabin, day(0), day(3))).json();
    assert_eq!(request("GET", &server.url("/nowhere"), &[], b"").status, 404);
    let running = server.close();
    let log = running.log();
    assert_eq!(running.stop(), Some(0));
    assert!(!log.contains("ERROR") && !log.contains("WARN"), "{log}");
    server.start();
    assert_eq!(server.reservation(held["code"].as_str().unwrap())["status"], "pre_reserved");
}

#[test]
fn what_a_vendor_signs_is_stored_whatever_it_says_and_nothing_else_is() {
    let server = TestServer::new();
    let known = FakeVendorsConfig::default();
    let whatsapp = |signature: &str, body: &[u8]| {
        let headers = [("X-Hub-Signature-256", signature), ("Content-Type", "application/json")];
        request("POST", &server.url("/webhooks/whatsapp"), &headers, body).status
    };
    let signed = |body: &[u8]| whatsapp(&sign::hub_signature(&known.app_secret, body), body);
    assert_eq!(whatsapp("sha256=00", b"{}"), 401);
    assert_eq!(request("POST", &server.url("/webhooks/whatsapp"), &[], b"{}").status, 401);
    assert_eq!(signed(b"{\"entry\": [{]"), 200);
    assert_eq!(signed(b"\xff\xfe"), 200);
    assert_eq!(
        signed(br#"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"news"}]}]}"#),
        200
    );
    assert_eq!(signed(&vec![b' '; 4_000_000]), 413);
    let other = sign::hub_signature("another secret", b"{}");
    assert_eq!(whatsapp(&other, b"{}"), 401);
    let payment = server.url("/webhooks/mercadopago?data.id=123&type=payment");
    let headers = [("x-signature", "ts=1,v1=00"), ("x-request-id", "r")];
    assert_eq!(request("POST", &payment, &headers, b"{}").status, 401);
    assert_eq!(request("POST", &payment, &[], &vec![b' '; 200_000]).status, 413);
    assert_eq!(request("GET", &server.url("/readyz"), &[], b"").status, 200);
}
