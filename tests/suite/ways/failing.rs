//! What keeps messages from going out reaches the owner by a way that works, one notice a cause, named by it.

use super::super::harness::{EMAIL, TestServer, until};
use super::{letter, letters, order, server};
use serde_json::{Value, json};

const GUESTS: [&str; 3] = ["5493515550101", "5493515550102", "5493515550103"];

fn notices(server: &TestServer) -> Vec<Value> {
    let listed = server.api("GET", "/api/v1/notices", &Value::Null).json();
    listed["notices"].as_array().unwrap().clone()
}

fn undelivered(server: &TestServer) -> Vec<Value> {
    server.attention().into_iter().filter(|item| item["kind"] == "undelivered").collect()
}

/// Waits until WhatsApp reported this many messages as failed.
fn fail(server: &TestServer, messages: i64) {
    until("the messages to fail", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'failed'") >= messages).then_some(())
    });
}

#[test]
fn what_befalls_every_guest_is_one_matter_named_by_its_cause() {
    let server = server(&[]);
    order(&server, &["mail", "whatsapp"]);
    server.world("PUT", "/whatsapp", &json!({ "fails": 131_053 }));
    for guest in GUESTS {
        server.write(guest, "hola, tienen lugar?");
    }
    fail(&server, 3);
    let letter = letter(&server, EMAIL, "WhatsApp no aceptó un mensaje");
    assert!(letter["body"].as_str().unwrap().contains("wa_131053"), "{letter}");
    assert_eq!(undelivered(&server).len(), 1);
    let kinds: Vec<_> = notices(&server).iter().map(|notice| notice["kind"].clone()).collect();
    assert_eq!(kinds, ["delivery_failing"], "one notice for three guests");
    assert_eq!(letters(&server).len(), 1);
}

#[test]
fn a_number_that_cannot_be_reached_is_a_matter_of_its_guest_until_something_arrives() {
    let server = server(&[]);
    order(&server, &["mail", "whatsapp"]);
    server.world("PUT", "/whatsapp", &json!({ "fails": 131_026 }));
    for guest in &GUESTS[..2] {
        server.write(guest, "hola, tienen lugar?");
    }
    for guest in &GUESTS[..2] {
        letter(&server, EMAIL, &format!("A +{guest} no le llegan los mensajes"));
    }
    assert_eq!(undelivered(&server).len(), 2);
    server.world("PUT", "/whatsapp", &json!({ "fails": null }));
    server.write(GUESTS[0], "para 2 personas");
    until("one of them to be over", || (undelivered(&server).len() == 1).then_some(()));
}

#[test]
fn an_account_that_whatsapp_refuses_is_told_by_another_way_whatever_the_order() {
    let server = server(&[]);
    order(&server, &["whatsapp", "mail"]);
    server.world("PUT", "/whatsapp", &json!({ "refuses": 131_042 }));
    server.write(GUESTS[0], "hola, tienen lugar?");
    letter(&server, EMAIL, "WhatsApp no anda. Hay un problema con el pago de la cuenta.");
    server.write(GUESTS[1], "hay olor a gas en la cabaña");
    letter(&server, EMAIL, "olor a gas");
    assert_eq!(server.count("SELECT count(*) FROM notice WHERE kind = 'provider_failing'"), 1);
    server.world("PUT", "/whatsapp", &json!({ "refuses": null }));
    server.sql("UPDATE provider_outage SET probe_at = 0");
    server.sql("UPDATE outbound SET run_at = 0 WHERE state = 'queued'");
    server.hears(GUESTS[0], "fechas");
}
