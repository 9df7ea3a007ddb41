//! From a guest's words to the owner's phone: for each kind of matter, with the row that proves it.

use super::days::day;
use super::harness::{GUEST, TestServer, until};
use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

/// The owner's phone.
const OWNER: &str = "5493515550188";

/// A guest who sleeps here tonight, and an owner who has just written.
fn in_house() -> TestServer {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let settings = json!({ "owner_phone": format!("+{OWNER}"), "emergency_phone": "351 555-0101 (Marta)", "quiet_hours_from": "08:00", "quiet_hours_until": "08:00" });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.hold(cabin, day(0), day(3));
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    server.last_writer_is_in_the_house();
    server
}

fn notices(server: &TestServer) -> Vec<Value> {
    let answer = server.api("GET", "/api/v1/notices", &Value::Null);
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["notices"].as_array().unwrap().clone()
}

#[test]
fn each_matter_of_a_guest_who_is_here_reaches_the_owner_with_cabin_and_words() {
    let server = in_house();
    for (words, kind, urgent, owner) in [
        ("no anda el agua caliente", "problem", false, "avisa de un problema"),
        ("HAY OLOR A GAS en la cocina!!", "problem", true, "🚨 URGENTE"),
        ("nos podrían traer dos toallas más?", "request", false, "pide ropa de cama o toallas"),
        ("esto es una vergüenza, quiero hacer un reclamo", "complaint", false, "se queja"),
        ("me dejé la campera en el auto de ustedes?", "lost_item", false, "se olvidó algo"),
        ("quiero hablar con una persona", "wants_a_person", false, "quiere hablar con vos"),
        ("la chimenea hace un sonido como de mar", "message", false, "escribió"),
    ] {
        server.write(GUEST, words);
        let notice = until("the notice", || notices(&server).into_iter().find(|one| one["words"] == words));
        assert_eq!((&notice["kind"], &notice["urgent"]), (&json!(kind), &json!(urgent)), "{notice:#}");
        assert_eq!(notice["ways"][0]["way"], "whatsapp", "{notice:#}");
        server.hears(OWNER, owner);
        server.hears(OWNER, words);
    }
    let said = server.texts(GUEST);
    assert!(said.iter().any(|text| text.contains("351 555-0101 (Marta)")), "{said:#?}");
    // The first greeting was to a stranger.
    let dates = said[1..].iter().any(|text| text.contains("fechas"));
    assert!(!dates, "nobody here is asked for dates: {said:#?}");
    assert!(server.texts(OWNER).iter().any(|text| text.contains("está en Aromo")));
}

#[test]
fn an_owner_without_a_phone_finds_it_on_the_page_and_opening_it_counts_as_seen() {
    let server = in_house();
    assert_eq!(server.api("PUT", "/api/v1/settings", &json!({ "owner_phone": "" })).status, 200);
    server.write(GUEST, "nos podrían traer dos toallas más?");
    until("the first notice", || notices(&server).into_iter().next());
    server.write(GUEST, "hay olor a gas");
    let of_gas = || notices(&server).into_iter().find(|one| one["words"] == "hay olor a gas");
    let notice = until("the notice", of_gas);
    assert_eq!((notice["ways"].as_array().unwrap().len(), &notice["seen_at"]), (0, &Value::Null));
    let page = super::pages::Browser::owner(&server).look("/admin");
    assert!(page.text.contains("Necesita que le contestes"), "{}", page.text);
    let at = |words: &str| page.text.find(words).unwrap_or_else(|| panic!("{words}: {}", page.text));
    assert!(
        at("Es urgente.") < at("«hay olor a gas»") && at("«hay olor a gas»") < at("«nos podrían"),
        "the urgent first"
    );
    until("it to count as seen", || (notices(&server)[0]["seen_by"] == "opened").then_some(()));
}

/// An hour before now and an hour after it, at the property.
fn around_now() -> (String, String) {
    let argentina = TimeZone::fixed(offset(-3));
    let now = argentina.to_datetime(Timestamp::now());
    let hour = |by: i64| now.saturating_add(by.hours()).strftime("%H:%M").to_string();
    (hour(-1), hour(1))
}

#[test]
fn quiet_hours_hold_back_what_can_wait_and_nothing_of_whoever_is_here() {
    let server = in_house();
    let (from, until_hour) = around_now();
    let quiet = json!({ "quiet_hours_from": from, "quiet_hours_until": until_hour });
    assert_eq!(server.api("PUT", "/api/v1/settings", &quiet).status, 200);
    server.write("5493515550177", "quiero hablar con una persona, soy Eva");
    until("the notice of the stranger", || notices(&server).into_iter().next());
    server.write(GUEST, "se rompió la heladera");
    server.hears(OWNER, "se rompió la heladera");
    assert!(server.texts(OWNER).iter().all(|text| !text.contains("Eva")), "{:#?}", server.texts(OWNER));
    let over = json!({ "quiet_hours_from": "08:00", "quiet_hours_until": "08:00" });
    assert_eq!(server.api("PUT", "/api/v1/settings", &over).status, 200);
    server.sql("UPDATE notice SET next_at = 0 WHERE seen_at IS NULL");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'remind'");
    let told = server.hears(OWNER, "soy Eva");
    assert!(!told["text"].as_str().unwrap().contains("Te lo repito"), "it is the first time: {told}");
}
