//! The product from end to end: a guest asks, holds, pays and is confirmed, and the ways payments go wrong.

use super::days::{day, in_words};
use super::harness::{GUEST, TestServer, preference, preference_of, until};
use serde_json::{Value, json};

#[test]
fn a_guest_asks_holds_pays_and_is_confirmed() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, &format!("Hola! tenés lugar {} para 2?", in_words(8, 11)));
    let offer = server.hears(GUEST, "240.000");
    let text = offer["text"].as_str().unwrap();
    for iso in [day(8), day(11)] {
        assert!(!text.contains(&iso.to_string()), "no guest reads ISO dates: {text}");
    }
    let choice = offer["choices"][0]["title"].as_str().expect("a button to book");
    server.tap(GUEST, choice);
    let link = server.link_to_pay(GUEST);
    let held = server.api("GET", "/api/v1/reservations?status=pre_reserved", &Value::Null).json();
    let held = held["reservations"][0].clone();
    assert_eq!(
        (held["total_cents"].as_i64(), held["deposit_cents"].as_i64()),
        (Some(240_000_00), Some(72_000_00))
    );
    server.pay(&preference_of(&link), "approve", &json!({}));
    let confirmed = server.becomes(held["code"].as_str().unwrap(), "confirmed");
    assert_eq!(confirmed["paid_cents"], 72_000_00);
    server.hears(GUEST, held["code"].as_str().unwrap());
}

#[test]
fn a_pending_payment_confirms_when_it_is_approved() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let payment = server.pay(&preference(&held), "pending", &json!({ "against_rules": true }));
    let code = held["code"].as_str().unwrap();
    assert_eq!(server.reservation(code)["status"], "pre_reserved");
    server.world("POST", &format!("/payments/{payment}"), &json!({ "action": "approve" }));
    server.becomes(code, "confirmed");
}

#[test]
fn a_payment_under_review_is_listed_until_the_provider_has_decided() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let payment = server.pay(&preference(&held), "in_process", &json!({ "against_rules": true }));
    server.attention_of("under_review");
    server.world("POST", &format!("/payments/{payment}"), &json!({ "action": "approve" }));
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    assert!(server.attention().iter().all(|item| item["kind"] != "under_review"), "{:?}", server.attention());
}

#[test]
fn money_of_another_amount_or_currency_does_not_confirm() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let short = server.hold(cabin, day(0), day(2));
    let foreign = server.hold(cabin, day(2), day(4));
    server.pay(&preference(&short), "approve", &json!({ "amount_cents": 100_00, "against_rules": true }));
    server.pay(&preference(&foreign), "approve", &json!({ "currency": "USD", "against_rules": true }));
    server.attention_of("other_amount");
    server.attention_of("payment_mismatch");
    assert_eq!(server.reservation(short["code"].as_str().unwrap())["status"], "pre_reserved");
    assert_eq!(server.reservation(short["code"].as_str().unwrap())["paid_cents"], 100_00);
    assert_eq!(server.reservation(foreign["code"].as_str().unwrap())["paid_cents"], 0);
}

#[test]
fn a_second_payment_of_the_same_checkout_needs_the_owners_attention() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(0), day(2));
    let preference = preference(&held);
    server.pay(&preference, "approve", &json!({}));
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    server.pay(&preference, "approve", &json!({ "against_rules": true }));
    let item = server.attention_of("paid_twice");
    assert_eq!(item["details"]["propose"], "refund");
}

#[test]
fn a_party_in_two_cabins_gets_both_links_in_one_message() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.cabin("Ceibo", 60_000_00);
    server.write(GUEST, &format!("Hola! somos 7, {}", in_words(8, 11)));
    server.hears(GUEST, "En una sola no entran");
    server.tap(GUEST, "Reservar");
    let said = server.hears(GUEST, "Son 2 cabañas");
    let text = said["text"].as_str().unwrap();
    assert!(text.contains("Aromo, $ 72.000: http") && text.contains("Ceibo, $ 54.000: http"), "{text}");
    assert!(text.contains("$ 126.000 en total"), "{text}");
    let preferences: Vec<String> =
        text.split_whitespace().filter(|word| word.starts_with("http")).map(preference_of).collect();
    assert_eq!(preferences.len(), 2);
    for preference in preferences {
        server.pay(&preference, "approve", &json!({}));
    }
    until("both cabins to be confirmed", || {
        let held = server.api("GET", "/api/v1/reservations?status=confirmed", &Value::Null).json();
        (held["reservations"].as_array()?.len() == 2).then_some(())
    });
    let links = server.said(GUEST).iter().filter(|line| line.to_string().contains("http")).count();
    assert_eq!(links, 1, "one message holds both links");
}

#[test]
fn a_thought_sent_in_pieces_is_answered_once() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    for piece in ["hola", "precio para 4", &in_words(6, 8)] {
        server.write(GUEST, piece);
    }
    server.hears(GUEST, "160.000");
    let said = server.texts(GUEST);
    assert_eq!(said.len(), 1, "one answer to all three: {said:#?}");
    assert!(!said[0].contains("Cuántas personas"), "it was said how many: {said:#?}");
}

#[test]
fn half_a_wish_is_asked_about_after_a_moment() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.hears(GUEST, "¿Para qué fechas querés venir");
    server.write(GUEST, &in_words(6, 8));
    server.hears(GUEST, "¿Cuántas personas son?");
    server.write(GUEST, "4");
    server.hears(GUEST, "160.000");
}
