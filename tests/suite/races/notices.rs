//! The same notification many times in the same moment, as providers send it when an answer of ours was slow: one
//! row, one answer, one entry in the ledger.

use super::super::days::{day, in_words};
use super::super::harness::{GUEST, HttpResponse, TestServer, preference, request, until};
use super::{CLIENTS, at_once, breaks, change, holds, only, settled};
use casero::fake_vendors::{FakeVendorsConfig, sign};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Times that a payment is told of by everybody.
const ROUNDS: usize = 4;

/// A message is never known by its id.
const UNKNOWN_MESSAGES: &str = "
    CREATE TRIGGER unknown BEFORE INSERT ON inbound BEGIN
        UPDATE inbound SET external_id = external_id || '~' || id
        WHERE source = NEW.source AND external_id = NEW.external_id;
    END;";
/// A state of a payment is never known.
const UNSEEN: &str = "
    CREATE TRIGGER unseen BEFORE INSERT ON payment_sighting BEGIN
        DELETE FROM payment_sighting WHERE payment_id = NEW.payment_id;
    END;";
/// Moves a payment's ledger entries to another one: its own are not found.
const UNENTERED: &str = "
    INSERT INTO payment (provider, provider_id, status, verdict, amount_cents, currency, created_at, updated_at)
    VALUES ('cash', 'another', 'approved', 'matches', 1, 'ARS', 0, 0);
    CREATE TRIGGER unentered AFTER INSERT ON ledger BEGIN
        UPDATE ledger SET payment_id = (SELECT id FROM payment WHERE provider_id = 'another') WHERE id = NEW.id;
    END;";

/// A text of a guest, composed and signed as WhatsApp does.
fn whatsapp_says(server: &TestServer, id: &str) -> HttpResponse {
    let known = FakeVendorsConfig::default();
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "204400000000017", "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "5493885550100", "phone_number_id": known.phone_number_id },
            "contacts": [{ "profile": { "name": "Marta" }, "wa_id": GUEST }],
            "messages": [{
                "id": id, "from": GUEST, "type": "text", "timestamp": Timestamp::now().as_second().to_string(),
                "text": { "body": format!("hola, hay lugar {} para 2?", in_words(8, 11)) },
            }],
        }}]}],
    })
    .to_string();
    let signature = sign::hub_signature(&known.app_secret, body.as_bytes());
    let headers = [("X-Hub-Signature-256", signature.as_str()), ("Content-Type", "application/json")];
    request("POST", &server.url("/webhooks/whatsapp"), &headers, body.as_bytes())
}

fn message_verdict(server: &TestServer, answers: &[HttpResponse]) -> Vec<String> {
    let mut broken = Vec::new();
    only(answers, &[(200, "")], &mut broken);
    let rows = server.count("SELECT count(*) FROM inbound WHERE external_id LIKE 'wamid.race%'");
    if rows != 1 {
        broken.push(format!("the message is {rows} rows"));
    }
    // The answer to the greeting stands before it.
    let said = server.said(GUEST).len() - 1;
    if said != 1 {
        broken.push(format!("the guest heard {said} answers"));
    }
    broken
}

#[test]
fn a_message_that_comes_many_times_at_once_is_one_row_and_one_answer() {
    for blind in [false, true] {
        let server = TestServer::new();
        server.cabin("Aromo", 80_000_00);
        // A guest who wrote lately may be answered.
        server.write(GUEST, "hola");
        server.next_said(GUEST, 0);
        if blind {
            change(&server, UNKNOWN_MESSAGES);
        }
        let answers = at_once(CLIENTS, |_| whatsapp_says(&server, "wamid.race"));
        server.hears(GUEST, "240.000");
        settled(&server);
        let broken = message_verdict(&server, &answers);
        if blind { breaks(&broken, "rows") } else { holds(&broken) }
    }
}

#[test]
fn a_message_that_the_world_repeats_on_its_own_is_answered_once() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let twice = json!({ "target": "webhooks", "kind": "duplicate", "probability": 1.0, "count": 10 });
    server.world("POST", "/faults", &twice);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    server.world("DELETE", "/faults", &Value::Null);
    server.write("5493515550102", "hola");
    server.next_said("5493515550102", 0);
    assert_eq!(server.said(GUEST).len(), 1);
}

/// A notification of a payment, signed as Mercado Pago does; each has an id of its own.
fn mercadopago_says(server: &TestServer, payment: i64, request_id: &str) -> HttpResponse {
    let (id, ts) = (payment.to_string(), Timestamp::now().as_second().to_string());
    let secret = FakeVendorsConfig::default().mp_webhook_secret;
    let signature = sign::mercado_pago_signature(&secret, Some(&id), Some(request_id), &ts);
    let body = json!({ "action": "payment.updated", "type": "payment", "data": { "id": id } }).to_string();
    let headers = [("x-signature", signature.as_str()), ("x-request-id", request_id)];
    let url = server.url(&format!("/webhooks/mercadopago?data.id={id}&type=payment"));
    request("POST", &url, &headers, body.as_bytes())
}

fn payment_verdict(server: &TestServer, held: &Value, answers: &[HttpResponse]) -> Vec<String> {
    let mut broken = Vec::new();
    only(answers, &[(200, "")], &mut broken);
    let payments = server.count("SELECT count(*) FROM payment WHERE provider = 'mercadopago'");
    let entries = server.count("SELECT count(*) FROM ledger");
    if (payments, entries) != (1, 1) {
        broken.push(format!("one payment is {payments} rows and {entries} entries in the ledger"));
    }
    let paid = &server.reservation(held["code"].as_str().unwrap())["paid_cents"];
    if *paid != held["deposit_cents"] {
        broken.push(format!("{} was paid, {paid} is in the books", held["deposit_cents"]));
    }
    broken
}

#[test]
fn a_payment_told_many_times_at_once_is_entered_once_while_either_guard_sees() {
    let both = [UNSEEN, UNENTERED].concat();
    for (blindness, entered_once) in [("", true), (UNSEEN, true), (UNENTERED, true), (both.as_str(), false)] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        let held = server.hold(cabin, day(0), day(2));
        change(&server, blindness);
        let payment = server.pay(&preference(&held), "approve", &json!({}));
        let mut answers = Vec::new();
        for round in 0..ROUNDS {
            answers.extend(at_once(CLIENTS, |client| {
                mercadopago_says(&server, payment, &format!("race-{round}-{client}"))
            }));
            let read = "SELECT count(*) FROM job WHERE kind = 'reconcile_payment'";
            until("the payment to be read", || (server.count(read) == 0).then_some(()));
        }
        server.becomes(held["code"].as_str().unwrap(), "confirmed");
        let broken = payment_verdict(&server, &held, &answers);
        if entered_once { holds(&broken) } else { breaks(&broken, "entries in the ledger") }
    }
}
