//! Money that comes late, is not told of, or goes back.

use super::days::day;
use super::harness::{GUEST, TestServer, preference, request, until};
use casero::fake_vendors::FakeVendorsConfig;
use serde_json::{Value, json};

#[test]
fn money_after_the_hold_ran_out_takes_the_nights_again_when_they_are_free() {
    let server = TestServer::new();
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let code = held["code"].as_str().unwrap();
    server.holds_run_out();
    server.becomes(code, "expired");
    server.hears(GUEST, "Se venció");
    server.pay(&preference(&held), "approve", &json!({ "against_rules": true }));
    server.becomes(code, "confirmed");
    server.hears(GUEST, "confirmada");
    let said = server.texts(GUEST);
    let at = |words: &str| said.iter().position(|text| text.contains(words)).unwrap();
    assert!(at("tu lugar sigue en pie") < at("confirmada"), "the yes is explained first: {said:?}");
    assert_eq!(server.count("SELECT count(*) FROM night"), 2);
}

#[test]
fn money_after_the_nights_went_to_somebody_else_needs_attention_with_a_refund_proposed() {
    let server = TestServer::new();
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let cabin = server.cabin("Aromo", 80_000_00);
    let late = server.hold(cabin, day(0), day(2));
    let code = late["code"].as_str().unwrap();
    server.holds_run_out();
    server.becomes(code, "expired");
    let other = server.hold(cabin, day(1), day(3));
    server.pay(&preference(&late), "approve", &json!({ "against_rules": true }));
    let attention = server.attention_of("paid_without_place");
    assert_eq!(attention["details"]["propose"], "refund");
    let now = server.reservation(code);
    assert_eq!((&now["status"], &now["paid_cents"]), (&json!("expired"), &late["deposit_cents"]));
    assert_eq!(server.reservation(other["code"].as_str().unwrap())["status"], "pre_reserved");
    server.hears(GUEST, "ya estaba ocupada");
}

#[test]
fn a_part_of_the_deposit_needs_attention_and_so_is_the_hold_that_runs_out_with_it() {
    let server = TestServer::new();
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let code = held["code"].as_str().unwrap();
    // The stay gets longer, and the first link is paid: it fits, and is not the deposit any more.
    let longer = json!({ "check_in": day(0), "check_out": day(4) });
    let moved = server.api("POST", &format!("/api/v1/reservations/{code}/move"), &longer);
    assert_eq!(moved.status, 200, "{}", moved.text);
    server.pay(&preference(&held), "approve", &json!({ "against_rules": true }));
    server.hears(GUEST, "no es lo que pedía la seña");
    let attention = server.attention_of("other_amount");
    let resolve = format!("/api/v1/attention/{}/resolve", attention["id"]);
    assert_eq!(server.api("POST", &resolve, &json!({})).status, 200);
    server.holds_run_out();
    server.becomes(code, "expired");
    let attention = server.attention_of("paid_and_expired");
    assert_eq!(attention["details"]["propose"], "refund");
    assert_eq!(server.reservation(code)["paid_cents"], held["deposit_cents"]);
    let told = server.hears(GUEST, "Se venció la reserva");
    assert!(told["text"].as_str().unwrap().contains("Recibimos $ 48.000"), "{told}");
}

#[test]
fn a_hold_counts_as_free_the_moment_it_runs_out() {
    let server = TestServer::with(&[("MERCADOPAGO_ACCESS_TOKEN", "-"), ("MERCADOPAGO_WEBHOOK_SECRET", "-")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    server.hold(cabin, day(0), day(2));
    server.holds_run_out();
    server.hold(cabin, day(0), day(2));
}

#[test]
fn a_payment_nobody_told_us_of_is_found_before_its_hold_is_released() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let silent = json!({ "target": "webhooks", "kind": "drop", "probability": 1.0, "count": 1000 });
    server.world("POST", "/faults", &silent);
    server.pay(&preference(&held), "approve", &json!({}));
    server.holds_run_out();
    let code = held["code"].as_str().unwrap();
    server.becomes(code, "confirmed");
    assert_eq!(server.count("SELECT count(*) FROM audit WHERE event = 'expired'"), 0);
}

#[test]
fn closing_nights_asks_about_the_money_of_a_hold_in_the_way_first() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let silent = json!({ "target": "webhooks", "kind": "drop", "probability": 1.0, "count": 1000 });
    server.world("POST", "/faults", &silent);
    server.pay(&preference(&held), "approve", &json!({}));
    server.holds_run_out();
    let body = json!({ "from": day(1), "to": day(4), "reason": "pintura" });
    let refused = server.api("POST", &format!("/api/v1/cabins/{cabin}/blocks"), &body);
    assert_eq!((refused.status, refused.json()["code"].as_str()), (409, Some("nights_taken")));
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    assert_eq!(server.count("SELECT count(*) FROM audit WHERE event = 'expired'"), 0);
}

#[test]
fn a_hold_outlives_its_time_while_the_provider_is_silent_and_its_nights_are_not_needed() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let down = json!({ "target": "mercadopago", "kind": "error500", "probability": 1.0, "count": 1000 });
    server.world("POST", "/faults", &down);
    server.sql("UPDATE reservation SET expires_at = expires_at - 3600000 WHERE status = 'pre_reserved'");
    let code = held["code"].as_str().unwrap();
    until("the provider to be asked in vain", || {
        server.running().log().contains("did not answer").then_some(())
    });
    assert_eq!(server.reservation(code)["status"], "pre_reserved");
    let path = format!("/api/v1/availability?check_in={}&check_out={}&guests=2", day(0), day(2));
    let answer = server.api("GET", &path, &Value::Null);
    assert_eq!(answer.json()["cabins"][0]["available"], true);
}

#[test]
fn a_cancelled_stay_gives_back_what_the_policy_says_once() {
    let server = TestServer::new();
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let payment = server.pay(&preference(&held), "approve", &json!({}));
    let code = held["code"].as_str().unwrap();
    server.becomes(code, "confirmed");
    // The answer to the first refund is lost; the second try carries the same key.
    let cut = json!({ "target": "mercadopago", "kind": "cut", "probability": 1.0, "count": 1 });
    server.world("POST", "/faults", &cut);
    let answer = server.api(
        "POST",
        &format!("/api/v1/reservations/{code}/cancel"),
        &json!({ "reason": "enfermedad" }),
    );
    assert_eq!(answer.status, 200, "{}", answer.text);
    until("the ledger to be even", || (server.reservation(code)["paid_cents"] == 0).then_some(()));
    assert_eq!(server.count("SELECT count(*) FROM night"), 0);
    let token = format!("Bearer {}", FakeVendorsConfig::default().mp_access_token);
    let url = format!("{}/v1/payments/{payment}/refunds", server.vendors.base_url());
    let refunds = request("GET", &url, &[("Authorization", &token)], b"").json();
    let refunds = refunds.as_array().expect("a list of refunds");
    // Two days and more before the stay all of it goes back.
    assert_eq!(refunds.len(), 1, "{refunds:?}");
    assert_eq!(refunds[0]["amount"], json!(48_000), "{refunds:?}");
    server.hears(GUEST, "devolvimos");
}

#[test]
fn a_chargeback_needs_the_owners_attention() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let payment = server.pay(&preference(&held), "approve", &json!({}));
    let code = held["code"].as_str().unwrap();
    server.becomes(code, "confirmed");
    server.world("POST", &format!("/payments/{payment}"), &json!({ "action": "charge_back" }));
    server.attention_of("charged_back");
    assert_eq!(server.reservation(code)["paid_cents"], 0);
}
