//! The same `Idempotency-Key` many times in the same moment, and again after the process died: one action, one answer.
//! Who asks while the first still runs may be told so.
//!
//! What runs and what was answered is known in memory; the table is what is left of it after a death. So each
//! race has two heats with a `kill -9` between them, and the control takes the table's memory.

use super::super::days::day;
use super::super::harness::{HttpResponse, TestServer};
use super::{CLIENTS, at_once, breaks, change, holds, only};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Hides a stored key from the next request with it.
const FORGOTTEN: &str = "
    CREATE TRIGGER forgotten AFTER INSERT ON idempotency BEGIN
        DELETE FROM idempotency WHERE key = NEW.key;
    END;";

/// Everybody asks with one key, casero dies, and everybody asks again.
fn two_heats(server: &mut TestServer, path: &str, body: &Value) -> Vec<HttpResponse> {
    let ask = |server: &TestServer| {
        at_once(CLIENTS, |_| {
            let bearer = format!("Bearer {}", server.token());
            let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", "one-key")];
            server.call("POST", path, &headers, body)
        })
    };
    let mut answers = ask(server);
    server.close().kill();
    server.start();
    answers.extend(ask(server));
    answers
}

fn verdict(server: &TestServer, answers: &[HttpResponse], done: u16, actions: &str) -> Vec<String> {
    let mut broken = Vec::new();
    only(answers, &[(done, ""), (409, "idempotency_in_progress")], &mut broken);
    let said: BTreeSet<&str> =
        answers.iter().filter(|answer| answer.status == done).map(|answer| answer.text.as_str()).collect();
    if said.len() != 1 {
        broken.push(format!("{} answers to one key: {said:#?}", said.len()));
    }
    let actions = server.count(actions);
    if actions != 1 {
        broken.push(format!("{actions} deeds of one key"));
    }
    broken
}

/// A server without vendors: nothing but the key is at stake.
fn quiet() -> TestServer {
    let vendors = [
        "WHATSAPP_ACCESS_TOKEN",
        "WHATSAPP_PHONE_NUMBER_ID",
        "WHATSAPP_APP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
        "WHATSAPP_API_URL",
        "MERCADOPAGO_ACCESS_TOKEN",
        "MERCADOPAGO_WEBHOOK_SECRET",
        "MERCADOPAGO_API_URL",
    ];
    TestServer::with(&vendors.map(|name| (name, "-")))
}

#[test]
fn many_with_one_key_make_one_reservation() {
    for blind in [false, true] {
        let mut server = quiet();
        let cabin = server.cabin("Aromo", 80_000_00);
        if blind {
            change(&server, FORGOTTEN);
        }
        let body = json!({
            "cabin_id": cabin, "check_in": day(0), "check_out": day(3), "guests": 2,
            "guest": { "name": "Marta Quiroga", "phone": "+54 9 351 555-0101" },
        });
        let answers = two_heats(&mut server, "/api/v1/reservations", &body);
        let broken = verdict(&server, &answers, 201, "SELECT count(*) FROM reservation");
        // The night's own key still stands: a forgotten client is not answered again, but refused.
        if blind { breaks(&broken, "409") } else { holds(&broken) }
    }
}

#[test]
fn money_entered_by_hand_with_one_key_is_entered_once() {
    for blind in [false, true] {
        let mut server = quiet();
        let cabin = server.cabin("Aromo", 80_000_00);
        let held = server.hold(cabin, day(0), day(3));
        if blind {
            change(&server, FORGOTTEN);
        }
        let path = format!("/api/v1/reservations/{}/payments", held["code"].as_str().unwrap());
        let body = json!({ "amount_cents": 10_000_00, "method": "cash" });
        let answers = two_heats(&mut server, &path, &body);
        let broken = verdict(&server, &answers, 200, "SELECT count(*) FROM ledger");
        if blind { breaks(&broken, "deeds of one key") } else { holds(&broken) }
    }
}
