//! Requests without a secret at the public interfaces: they can do very little, and cost no guest anything.

use super::days::day;
use super::harness::{GUEST, HttpResponse, TestServer, preference, request, until};
use serde_json::{Value, json};

/// An old-style payment notification, which can't be signed.
fn hints_at(server: &TestServer, payment: i64) -> HttpResponse {
    let body = json!({ "resource": payment.to_string(), "topic": "payment", "padding": "x".repeat(60_000) });
    let url = server.url(&format!("/webhooks/mercadopago?id={payment}&topic=payment"));
    request("POST", &url, &[], body.to_string().as_bytes())
}

#[test]
fn a_thousand_forged_hints_leave_nothing_behind_and_delay_no_payment() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let server = &server;
            scope.spawn(move || {
                for n in 0..250 {
                    assert_eq!(hints_at(server, 900_000_000 + thread * 1000 + n).status, 200);
                }
            });
        }
        server.pay(&preference(&held), "approve", &Value::Null);
        server.becomes(held["code"].as_str().unwrap(), "confirmed");
    });
    assert_eq!(server.count("SELECT count(*) FROM hook WHERE length(body) > 10000"), 0, "no body is kept");
    assert!(server.count("SELECT count(*) FROM job WHERE kind = 'read_payment_hint'") <= 20);
    let raised = server.count("SELECT count(*) FROM attention WHERE kind <> 'undelivered'");
    assert_eq!(raised, 0, "{:?}", server.attention());
    let metrics = server.api("GET", "/metrics", &Value::Null).text;
    assert!(metrics.contains("payment_hints_dropped_total"), "the budget was used up");
}

#[test]
fn a_hint_is_followed_when_its_notification_does_not_come() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    server.world("PUT", "/mercadopago", &json!({ "silent": true }));
    let payment = server.pay(&preference(&held), "approve", &Value::Null);
    assert_eq!(hints_at(&server, payment).status, 200);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
}

#[test]
fn the_page_after_paying_reads_the_payment_that_it_names() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    server.world("PUT", "/mercadopago", &json!({ "silent": true }));
    let payment = server.pay(&preference(&held), "approve", &Value::Null);
    let page = request("GET", &server.url(&format!("/pago/listo?payment_id={payment}")), &[], b"");
    assert_eq!(page.status, 200);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    let odd = request("GET", &server.url("/pago/listo?payment_id=..%2Fusers"), &[], b"");
    assert_eq!(odd.status, 200, "what is no number is not followed");
}

#[test]
fn a_forged_chargeback_raises_nothing() {
    let server = TestServer::new();
    for n in 0..50 {
        let url = server.url(&format!("/webhooks/mercadopago?id={n}&topic=chargebacks"));
        let body = json!({ "resource": n.to_string(), "topic": "chargebacks" });
        assert_eq!(request("POST", &url, &[], body.to_string().as_bytes()).status, 200);
    }
    assert!(server.attention().is_empty());
    assert_eq!(server.count("SELECT count(*) FROM hook"), 0);
}

#[test]
fn notifications_whose_signature_never_holds_are_counted_told_and_named() {
    let server = TestServer::new();
    let body = json!({ "type": "payment", "data": { "id": "135000111" } }).to_string();
    let url = server.url("/webhooks/mercadopago?data.id=135000111&type=payment");
    for _ in 0..3 {
        let forged = [("x-signature", "ts=1,v1=00"), ("x-request-id", "r")];
        assert_eq!(request("POST", &url, &forged, body.as_bytes()).status, 401);
    }
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'hook_signatures'");
    let item = server.attention_of("signatures_refused");
    assert_eq!(
        (&item["details"]["provider"], &item["details"]["refused"]),
        (&json!("mercadopago"), &json!(3))
    );
    let health = server.api("GET", "/healthz", &Value::Null).json();
    let parts = health["parts"].as_array().unwrap();
    let part = parts.iter().find(|part| part["name"] == "mercadopago").unwrap();
    assert_eq!(part["state"], "warn", "{part}");
    assert!(server.doctor().contains("refused for their signature"));

    // A valid signature shows that the secret is right.
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'hook_signatures'");
    let open = "SELECT count(*) FROM attention WHERE kind = 'signatures_refused' AND resolved_at IS NULL";
    until("the item to be settled", || (server.count(open) == 0).then_some(()));
}

#[test]
fn the_address_for_payments_answers_whoever_asks_whether_it_is_there() {
    let server = TestServer::new();
    assert_eq!(request("GET", &server.url("/webhooks/mercadopago"), &[], b"").status, 200);
}

#[test]
fn what_was_in_hand_when_casero_was_killed_goes_on_at_the_next_start() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let down = json!({ "target": "whatsapp", "kind": "error500" });
    server.world("POST", "/faults", &down);
    server.write(GUEST, "hola");
    until("the message to be stored", || (server.count("SELECT count(*) FROM inbound") == 1).then_some(()));
    server.close().kill();
    server.world("DELETE", "/faults", &Value::Null);
    let hour = "(unixepoch() + 3600) * 1000";
    server
        .database()
        .execute_batch(&format!(
            "DELETE FROM outbound; DELETE FROM provider_outage;
         UPDATE conversation SET state = '';
         UPDATE inbound SET state = 'ready', run_at = 0, leased_until = {hour};"
        ))
        .unwrap();
    server.start();
    server.next_said(GUEST, 0);
}
