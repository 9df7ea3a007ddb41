//! Telephone numbers on the real binary: read as people type them, one guest in every form, followed when they change.

use super::days::day;
use super::harness::{GUEST, HttpResponse, TestServer, request, until};
use super::pages::Browser;
use serde_json::{Value, json};

/// The owner's phone, as WhatsApp reports it.
const OWNER: &str = "5493515559999";

fn set_owner(server: &TestServer, typed: &str) -> HttpResponse {
    server.api("PUT", "/api/v1/settings", &json!({ "owner_phone": typed }))
}

/// A reservation by the API of a guest with this number, which ends again.
fn books(server: &TestServer, cabin: i64, phone: &str) -> HttpResponse {
    let body = json!({
        "cabin_id": cabin, "check_in": day(9), "check_out": day(11), "guests": 2,
        "guest": { "name": "Ana Paz", "phone": phone },
    });
    let answer = server.api("POST", "/api/v1/reservations", &body);
    if answer.status == 201 {
        let path = format!("/api/v1/reservations/{}/cancel", answer.json()["code"].as_str().unwrap());
        assert!(server.api("POST", &path, &Value::Null).status < 300);
    }
    answer
}

fn guests(server: &TestServer) -> i64 {
    server.count("SELECT count(*) FROM guest")
}

#[test]
fn the_owners_number_typed_as_at_home_is_the_owners() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    assert_eq!(set_owner(&server, "351 15-555-9999").status, 200);
    let kept = server.api("GET", "/api/v1/settings", &Value::Null).json();
    assert_eq!(kept["owner_phone"], "+54 9 351 555 9999", "it is shown as it was understood");
    server.write(OWNER, "¿quién llega hoy?");
    server.hears(OWNER, "no llega nadie");
    assert_eq!(server.count("SELECT count(*) FROM guest WHERE phone_key NOT LIKE '54%'"), 0);
}

#[test]
fn an_owner_whose_number_an_earlier_version_kept_as_typed_is_known_again() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    assert_eq!(set_owner(&server, "+54 9 351 555 9999").status, 200);
    server.sql("UPDATE setting SET value = replace(value, '+54 9 351 555 9999', '351 15-555-9999')");
    server.write(OWNER, "¿quién llega hoy?");
    server.hears(OWNER, "no llega nadie");
}

#[test]
fn a_number_that_can_be_none_is_refused_with_what_is_missing() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    for (typed, missing) in [("15 555 9999", "area code"), ("351 15 555 998", "not a phone number")] {
        for refused in [set_owner(&server, typed), books(&server, cabin, typed)] {
            assert_eq!(refused.status, 422, "{typed}: {}", refused.text);
            assert!(refused.text.contains(missing), "{typed}: {}", refused.text);
        }
    }
    let form = format!(
        "check_in={}&check_out={}&guests=2&cabin={cabin}&name=Ana&phone=15+555+9999",
        day(9),
        day(11)
    );
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    let page = request("POST", &server.url("/reservar"), &kind, form.as_bytes());
    assert_eq!(page.status, 422, "{}", page.text);
    assert!(page.text.contains("Falta el código de área"), "{}", page.text);
    assert_eq!(guests(&server), 0);
}

#[test]
fn one_person_is_one_guest_in_every_form_of_their_number() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    for (written_from, typed) in [
        ("5493515550101", ["351 15-555-0101", "0351 555-0101", "+54 351 555 0101"]),
        ("5215512345678", ["+52 55 1234 5678", "+52 1 55 1234 5678", "525512345678"]),
        ("554899123456", ["+55 48 99912-3456", "+55 48 9912-3456", "5548999123456"]),
    ] {
        let before = guests(&server);
        server.write(written_from, "hola");
        server.next_said(written_from, 0);
        for typed in typed {
            let made = books(&server, cabin, typed);
            assert_eq!(made.status, 201, "{typed}: {}", made.text);
            assert_eq!(guests(&server), before + 1, "{typed} is another guest than {written_from}");
        }
    }
    let ana = server.count("SELECT id FROM guest WHERE phone = '5493515550101'");
    let owner = Browser::owner(&server);
    let found = owner.page("/admin/guests?q=351%2015%20555%200101");
    assert!(found.contains(&format!("/admin/guests/{ana}")), "found in any form: {found}");
    let found = owner.page("/admin/inbox?q=%2B54%20351%20555%200101");
    assert!(found.contains("/admin/inbox/"), "in the inbox too: {found}");
    let found = server.api("GET", "/api/v1/reservations?q=0351-155550101", &Value::Null).json();
    assert_eq!(found["reservations"].as_array().map(Vec::len), Some(3), "{found}");
}

#[test]
fn guests_kept_under_another_form_by_an_earlier_version_are_the_same() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    for (phone, typed) in [("5215512345678", "+52 55 1234 5678"), ("5548999123456", "+55 48 9912-3456")] {
        server.write(phone, "hola");
        server.next_said(phone, 0);
        server.sql(&format!("UPDATE guest SET phone_key = phone WHERE phone = '{phone}'"));
        let before = guests(&server);
        assert_eq!(books(&server, cabin, typed).status, 201);
        assert_eq!(guests(&server), before, "{typed}");
    }
}

#[test]
fn a_guest_whom_whatsapp_reaches_at_another_number_stays_one_guest() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let now = "5493885550909";
    server.world("POST", "/guests", &json!({ "phone": now, "name": "Marta", "also_at": GUEST }));
    let held = server.hold(cabin, day(9), day(11));
    let path = format!("/api/v1/reservations/{}/confirm", held["code"].as_str().unwrap());
    assert_eq!(server.api("POST", &path, &json!({})).status, 200);
    server.hears(now, "reserva confirmada");
    let followed = format!("SELECT count(*) FROM guest WHERE phone_used = '{now}'");
    until("the number to be followed", || (server.count(&followed) == 1).then_some(()));
    let before = server.said(now).len();
    server.write(now, "hola");
    server.next_said(now, before);
    assert_eq!(guests(&server), 1);
}

#[test]
fn a_guest_who_moves_is_followed_by_either_name_of_the_event() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let moved = json!({ "type": "customer_changed_number", "new_wa_id": "5493885550909" });
    let message = json!({ "type": "system", "content": moved });
    server.world("POST", &format!("/guests/{GUEST}/message"), &message);
    let followed = "SELECT count(*) FROM guest WHERE phone = '5493885550909'";
    until("the number to be followed", || (server.count(followed) == 1).then_some(()));
    server.write("5493885550909", "¿sigue ahí?");
    server.next_said("5493885550909", 0);
    assert_eq!(guests(&server), 1);
}

#[test]
fn a_call_is_in_the_inbox_with_its_caller_once() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.world("POST", "/guests", &json!({ "phone": GUEST, "name": "Marta" }));
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let phone_id = casero::fake_vendors::FakeVendorsConfig::default().phone_number_id;
    for event in ["connect", "terminate"] {
        let call = json!({
            "id": "wacid.1", "from": GUEST, "event": event, "direction": "USER_INITIATED",
            "timestamp": jiff::Timestamp::now().as_second().to_string(),
        });
        let value = json!({
            "messaging_product": "whatsapp", "metadata": { "phone_number_id": phone_id },
            "contacts": [{ "wa_id": GUEST, "profile": { "name": "Marta" } }], "calls": [call],
        });
        let body = json!({
            "object": "whatsapp_business_account",
            "entry": [{ "id": "1", "changes": [{ "field": "calls", "value": value }] }],
        });
        server.world("POST", "/raw", &body);
    }
    server.hears(GUEST, "no puedo atender llamadas");
    assert_eq!(server.count("SELECT count(*) FROM inbound WHERE kind = 'call'"), 1);
    assert!(server.attention().is_empty(), "{:?}", server.attention());
    let page = Browser::owner(&server).page("/admin/inbox");
    assert!(page.contains("Marta"), "{page}");
}
