//! Conversations over time: waiting guests are notified, a person answers and casero is quiet, a receipt finds its
//! hold, a day passes and only templates are sent.

use super::days::{day, in_figures};
use super::harness::{GUEST, TestServer, request, until};
use jiff::Timestamp;
use serde_json::{Value, json};

const OTHER: &str = "5493515550102";

/// The guests' request in these tests.
fn asks_for_two() -> String {
    format!("{} para 2", in_figures(9, 12))
}

fn book(server: &TestServer) -> String {
    server.write(GUEST, &asks_for_two());
    server.hears(GUEST, "Hay lugar");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "Te guardo");
    let list = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    list["reservations"][0]["code"].as_str().expect("a code").to_owned()
}

/// A guest sends a file of this kind (`image`, `document`).
fn sends(server: &TestServer, kind: &str, mime: &str, bytes: &[u8]) {
    let url = format!("{}/sim/guests/{GUEST}/{kind}", server.vendors.base_url());
    let answer = request("POST", &url, &[("Content-Type", mime)], bytes);
    assert!(answer.status < 300, "{}", answer.text);
}

/// Everything the guest has sent is worked off.
fn worked_off(server: &TestServer, messages: i64) {
    until("the guest's messages to be worked off", || {
        (server.count("SELECT count(*) FROM inbound WHERE state = 'done'") >= messages).then_some(())
    });
}

/// A server with its one cabin held, and a guest on the waiting list.
fn with_somebody_waiting() -> TestServer {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.hold(cabin, day(9), day(12));
    server.write(OTHER, &asks_for_two());
    server.hears(OTHER, "no me queda lugar");
    server.tap(OTHER, "Avisame si hay");
    server.hears(OTHER, "si se libera algo");
    server
}

/// A day and more has gone by since the guest wrote.
fn a_day_later(server: &TestServer) {
    server.sql("UPDATE conversation SET last_inbound_at = last_inbound_at - 90000000");
}

#[test]
fn who_waits_is_written_to_when_the_hold_in_the_way_runs_out_and_can_book() {
    let server = with_somebody_waiting();
    assert!(!server.texts(OTHER).iter().any(|text| text.contains("se liberó")), "nothing is free yet");
    server.holds_run_out();
    server.hears(OTHER, "se liberó lugar");
    server.tap(OTHER, "Reservar");
    server.hears(OTHER, "Te guardo Aromo");
    let told = server.texts(OTHER).iter().filter(|text| text.contains("se liberó")).count();
    assert_eq!(told, 1, "once");
}

#[test]
fn casero_is_silent_while_the_owner_answers_from_the_phone_and_speaks_again_afterwards() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let echo = json!({ "message_echoes": [{ "from": "5493515559999", "to": GUEST, "id": "wamid.echo1",
        "timestamp": Timestamp::now().as_second().to_string(), "type": "text", "text": { "body": "Hola Marta, te contesto yo" } }] });
    let hook = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1",
        "changes": [{ "field": "smb_message_echoes", "value": echo }] }] });
    server.world("POST", "/raw", &hook);
    until("the thread to be the owner's", || {
        (server.count("SELECT count(*) FROM conversation WHERE held_by = 'person'") == 1).then_some(())
    });
    server.write(GUEST, &format!("tenés lugar {} para 2?", in_figures(9, 12)));
    worked_off(&server, 2);
    assert_eq!(server.said(GUEST).len(), 1, "a person answers");
    let thread = server.api("GET", "/api/v1/conversations/1", &Value::Null).text;
    assert!(thread.contains("te contesto yo"), "the owner's words stand in the thread: {thread}");
    server.world("POST", "/raw", &hook);
    server.sql("UPDATE conversation SET held_until = held_until - 864000000");
    server.write(GUEST, &asks_for_two());
    let said = server.next_said(GUEST, 1).to_string();
    assert!(said.contains("Hay lugar"), "{said}");
}

#[test]
fn a_receipt_as_photo_or_pdf_is_matched_to_its_hold_and_the_owner_confirms_it() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let alias = json!({ "bank_alias": "aromo.cabanas" });
    assert_eq!(server.api("PUT", "/api/v1/settings", &alias).status, 200);
    let code = book(&server);
    server.write(GUEST, "me pasás el alias para transferir?");
    server.hears(GUEST, "aromo.cabanas\nCuando");
    sends(&server, "image", "image/jpeg", b"\xff\xd8\xff\xe0 a photo of a receipt");
    server.hears(GUEST, "Recibí el comprobante");
    let attention = server.attention_of("transfer_receipt");
    assert_eq!(
        server.count(&format!("SELECT id FROM reservation WHERE code = '{code}'")),
        attention["reservation_id"]
    );
    sends(&server, "document", "application/pdf", b"%PDF-1.4 a receipt");
    until("the second receipt in the list", || {
        let receipts = server.attention().into_iter().filter(|item| item["kind"] == "transfer_receipt");
        (receipts.count() == 2).then_some(())
    });
    let due = server.reservation(&code)["deposit_cents"].clone();
    let money = json!({ "amount_cents": due, "method": "transfer" });
    let answer = server.api("POST", &format!("/api/v1/reservations/{code}/payments"), &money);
    assert_eq!(answer.status, 200, "{}", answer.text);
    server.becomes(&code, "confirmed");
    server.hears(GUEST, "confirmada");
}

#[test]
fn after_a_day_news_goes_out_as_a_template_and_one_that_finds_none_waits_and_is_told_to_the_owner() {
    let server = TestServer::new();
    server.world("PUT", "/whatsapp", &json!({ "templates": { "casero_aviso": 2 } }));
    server.cabin("Aromo", 80_000_00);
    let code = book(&server);
    a_day_later(&server);
    server.sql("UPDATE reservation SET expires_at = expires_at + 864000000");
    let confirm = server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    assert_eq!(confirm.status, 200, "{}", confirm.text);
    // The link to pay may have been on its way when the day passed, and come as one too.
    until("a template in which the news itself stands", || {
        let is_news = |line: &Value| line["type"] == "template" && line.to_string().contains(&code);
        server.said(GUEST).into_iter().find(is_news)
    });
    assert_eq!(server.count("SELECT count(*) FROM attention WHERE kind = 'undelivered'"), 0);
    server.world("PUT", "/whatsapp", &json!({ "templates": {} }));
    let cancel = server.api("POST", &format!("/api/v1/reservations/{code}/cancel"), &json!({}));
    assert_eq!(cancel.status, 200, "{}", cancel.text);
    let item = server.attention_of("whatsapp_account");
    assert!(item["details"]["summary"].as_str().unwrap().contains("wa_132001"), "{item}");
    assert!(server.attention().iter().all(|item| item["kind"] != "undelivered"), "it waits");
}

#[test]
fn a_message_that_arrives_hours_late_is_answered_with_how_things_are_now() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, &asks_for_two());
    server.hears(GUEST, "Hay lugar");
    let late = json!({ "text": "dale, reservala", "age_seconds": 8 * 3600 });
    server.world("POST", &format!("/guests/{GUEST}/text"), &late);
    let said = server.hears(GUEST, "Recién ahora me llega").to_string();
    assert!(said.contains("Hay lugar"), "{said}");
    assert_eq!(server.count("SELECT count(*) FROM reservation"), 0, "it is offered anew, not held");
}

#[test]
fn who_asked_for_silence_is_not_written_to_until_they_write_again() {
    let server = with_somebody_waiting();
    server.write(OTHER, "no me escriban más");
    until("the guest to be left alone", || {
        (server.count("SELECT count(*) FROM guest WHERE opted_out_at IS NOT NULL") == 1).then_some(())
    });
    let seen = server.said(OTHER).len();
    server.holds_run_out();
    until("the wish to be worked off", || {
        (server.count("SELECT count(*) FROM job WHERE kind = 'tell_waiting'") == 0
            && server.count("SELECT count(*) FROM reservation WHERE status = 'expired'") == 1)
            .then_some(())
    });
    // A message is a row in the same moment as the work that says it ends.
    assert_eq!(server.count("SELECT count(*) FROM outbound WHERE body LIKE '%se liberó%'"), 0);
    assert!(!server.texts(OTHER).iter().skip(seen).any(|text| text.contains("se liberó")));
}

#[test]
fn who_repeats_what_a_person_has_dealt_with_is_answered_again() {
    let asked = asks_for_two();
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let asks = |seen: usize| {
        server.write(GUEST, &asked);
        server.next_said(GUEST, seen);
    };
    for _ in 0..4 {
        asks(server.said(GUEST).len());
    }
    let attention = server.attention_of("wants_a_person");
    let seen = server.said(GUEST).len();
    server.write(GUEST, &asked);
    worked_off(&server, 5);
    assert_eq!(server.said(GUEST).len(), seen, "a person was called and is still to come");
    let settle = format!("/api/v1/attention/{}/resolve", attention["id"]);
    assert_eq!(server.api("POST", &settle, &json!({ "resolution": "done" })).status, 200);
    asks(seen);
    assert!(server.texts(GUEST).last().unwrap().contains("Hay lugar"));
    assert!(server.attention().is_empty(), "nobody is called anew");
}
