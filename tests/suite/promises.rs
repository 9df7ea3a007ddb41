//! Promises that a person was told: the owner has the message on the phone, once for a cause.

use super::days::{day, figures};
use super::harness::{GUEST, TestServer, request, until};
use serde_json::{Value, json};

/// The owner's phone.
const OWNER: &str = "5493515550188";

/// A server whose owner has just written, with one cabin and nothing set up beyond it.
fn server() -> TestServer {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let settings = json!({ "owner_phone": format!("+{OWNER}"), "bank_alias": "aromo.cabanas", "quiet_hours_from": "08:00", "quiet_hours_until": "08:00" });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    server
}

/// The number of messages to the owner with these words.
fn told(server: &TestServer, words: &str) -> usize {
    server.texts(OWNER).iter().filter(|text| text.contains(words)).count()
}

/// Writes as the guest and waits until it was answered.
fn says(server: &TestServer, words: &str) {
    let waits = "SELECT count(*) FROM inbound WHERE state NOT IN ('done', 'failed')";
    let before = server.count("SELECT count(*) FROM inbound");
    server.write(GUEST, words);
    until("the message to be worked off", || {
        (server.count("SELECT count(*) FROM inbound") > before && server.count(waits) == 0).then_some(())
    });
}

/// Deals with every open item of this kind.
fn resolve(server: &TestServer, kind: &str) {
    for item in server.attention().into_iter().filter(|item| item["kind"] == kind) {
        let answer = server.api("POST", &format!("/api/v1/attention/{}/resolve", item["id"]), &json!({}));
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

#[test]
fn who_wants_a_person_is_announced_with_their_words_once_while_it_is_open() {
    let server = server();
    says(&server, "quiero hablar con una persona, por favor");
    server.hears(GUEST, "Ya le avisé a una persona");
    server.hears(OWNER, "quiere hablar con vos. Escribió: «quiero hablar con una persona, por favor»");
    says(&server, "necesito hablar con el dueño");
    server.hears(GUEST, "Ya está avisado");
    assert_eq!(told(&server, "quiere hablar con vos"), 1, "{:#?}", server.texts(OWNER));
    resolve(&server, "wants_a_person");
    says(&server, "quiero hablar con una persona");
    until("the owner to hear it again", || (told(&server, "quiere hablar con vos") == 2).then_some(()));
}

#[test]
fn a_question_without_an_answer_reaches_the_owner_and_its_repetition_does_not() {
    let server = server();
    says(&server, "aceptan mascotas?");
    server.hears(OWNER, "pregunta algo que no sé: «aceptan mascotas?»");
    says(&server, "aceptan mascotas?");
    assert_eq!(told(&server, "aceptan mascotas"), 1, "{:#?}", server.texts(OWNER));
    says(&server, "tienen wifi?");
    server.hears(OWNER, "«tienen wifi?»");
}

#[test]
fn a_receipt_reaches_the_owner_with_what_is_due_and_a_second_picture_of_it_does_not() {
    let server = server();
    let (from, to) = (day(0), day(3));
    says(&server, &format!("del {} al {} para 2", figures(from), figures(to)));
    server.hears(GUEST, "240.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "aromo.cabanas");
    for picture in [b"\xff\xd8\xff\xe0 first", b"\xff\xd8\xff\xe0 other"] {
        let url = format!("{}/sim/guests/{GUEST}/image", server.vendors.base_url());
        let answer = request("POST", &url, &[("Content-Type", "image/jpeg")], picture);
        assert!(answer.status < 300, "{}", answer.text);
    }
    server.hears(GUEST, "Recibí el comprobante");
    until("both pictures in the list", || {
        let receipts = server.attention().into_iter().filter(|item| item["kind"] == "transfer_receipt");
        (receipts.count() == 2).then_some(())
    });
    server.hears(OWNER, "mandó un comprobante");
    assert_eq!(told(&server, "mandó un comprobante"), 1, "{:#?}", server.texts(OWNER));
    assert_eq!(told(&server, "Se esperan $ 72.000"), 1, "{:#?}", server.texts(OWNER));
}

#[test]
fn who_withdraws_in_the_chat_reaches_the_owner() {
    let server = server();
    says(&server, "quiero ejercer el derecho de arrepentimiento");
    server.hears(OWNER, "pidió el arrepentimiento");
    assert_eq!(server.attention_of("withdrawal")["kind"], "withdrawal");
}

#[test]
fn a_guest_who_is_angry_reaches_the_owner() {
    let server = server();
    says(&server, "son unos estafadores!!");
    server.hears(GUEST, "Le aviso a una persona");
    server.hears(OWNER, "está molesto. Escribió: «son unos estafadores!!»");
}

#[test]
fn the_item_the_promise_and_the_message_to_the_owner_commit_together() {
    let server = server();
    // The owner's message can't be written, so nothing is: neither the promise nor the attention item.
    server
        .database()
        .execute_batch(
            "CREATE TRIGGER unwritten BEFORE INSERT ON outbound WHEN NEW.critical = 1
         BEGIN SELECT raise(ABORT, 'unwritten'); END",
        )
        .unwrap();
    server.write(GUEST, "quiero hablar con una persona");
    until("the turn to have failed", || {
        server.running().log().contains("a message could not be answered").then_some(())
    });
    assert_eq!(server.count("SELECT count(*) FROM attention"), 0);
    assert!(server.texts(GUEST).is_empty(), "{:#?}", server.texts(GUEST));
    server.database().execute_batch("DROP TRIGGER unwritten").unwrap();
    server.hears(OWNER, "quiere hablar con vos");
    server.hears(GUEST, "Ya le avisé a una persona");
}

#[test]
fn a_yes_with_something_held_back_makes_no_hold_and_the_offer_stays() {
    let asks = [
        (
            "Hola! tenés lugar del {} al {} para 2?",
            "dale, lo hablo con mi marido y te aviso",
            "te espero",
            "sí",
        ),
        ("Oi! tem vaga de {} a {} para 2 pessoas?", "sim, mas depois eu confirmo", "fico no aguardo", "sim"),
        ("Hi! is it free from {} to {} for 2 people?", "ok but let me ask first", "take your time", "yes"),
    ];
    for (question, hedged, answer, yes) in asks {
        let server = TestServer::new();
        server.cabin("Aromo", 80_000_00);
        let question = question.replacen("{}", &figures(day(0)), 1).replacen("{}", &figures(day(3)), 1);
        server.write(GUEST, &question);
        server.hears(GUEST, "240");
        server.write(GUEST, hedged);
        let said = server.hears(GUEST, answer);
        assert_eq!(said["choices"].as_array().map(Vec::len), Some(2), "the offer can still be taken: {said}");
        assert_eq!(server.count("SELECT count(*) FROM reservation"), 0, "{hedged}");
        assert_eq!(server.count("SELECT count(*) FROM checkout"), 0, "{hedged}");
        server.write(GUEST, yes);
        until("the hold", || (server.count("SELECT count(*) FROM reservation") == 1).then_some(()));
        let held = server.api("GET", "/api/v1/reservations", &Value::Null).json();
        assert_eq!(held["reservations"][0]["check_in"], json!(day(0)), "{held}");
    }
}
