//! What is beside WhatsApp for guests and owners: letters, files, and the page on a phone.

use super::super::days::day;
use super::super::harness::{GUEST, hold_of, request, until};
use super::{letter, letters, server};
use serde_json::{Value, json};

#[test]
fn a_guest_with_an_address_who_was_entered_has_the_confirmation_and_the_receipt_by_mail_too_and_once() {
    let server = server(&[]);
    let cabin = server.cabin("Aromo", 80_000_00);
    let mut hold = hold_of(cabin, day(5), day(7));
    hold["guest"]["email"] = json!("ana@example.com");
    let answer = server.api("POST", "/api/v1/reservations", &hold);
    assert_eq!(answer.status, 201, "{}", answer.text);
    let code = answer.json()["code"].as_str().unwrap().to_owned();
    let money = json!({ "amount_cents": answer.json()["deposit_cents"], "method": "transfer" });
    let paid = server.api("POST", &format!("/api/v1/reservations/{code}/payments"), &money);
    assert_eq!(paid.status, 200, "{}", paid.text);
    server.becomes(&code, "confirmed");
    let sent = letter(&server, "ana@example.com", &code);
    assert_eq!(sent["subject"], format!("Tu reserva {code} en Cabañas del Cerro"));
    until("all letters to be out", || {
        (server.count("SELECT count(*) FROM mail WHERE state = 'queued'") == 0).then_some(())
    });
    let ids: Vec<String> = letters(&server).iter().map(|one| one["message_id"].to_string()).collect();
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "nothing is sent twice");
    assert_eq!(server.count("SELECT count(*) FROM mail WHERE body <> ''"), 0, "what was sent keeps no words");
}

#[test]
fn an_address_that_somebody_only_typed_into_the_public_form_gets_no_mail() {
    let server = server(&[]);
    let cabin = server.cabin("Aromo", 80_000_00);
    let mut hold = hold_of(cabin, day(5), day(7));
    hold["guest"]["email"] = json!("otra@example.com");
    let answer = server.api("POST", "/api/v1/reservations", &hold);
    server.sql("UPDATE reservation SET channel = 'web'");
    server.database().execute("DELETE FROM mail", []).unwrap();
    let code = answer.json()["code"].as_str().unwrap().to_owned();
    let cancel = server.api("POST", &format!("/api/v1/reservations/{code}/cancel"), &json!({}));
    assert_eq!(cancel.status, 200, "{}", cancel.text);
    assert_eq!(server.count("SELECT count(*) FROM mail"), 0);
}

#[test]
fn the_page_is_installable_and_its_worker_keeps_no_private_page() {
    let server = server(&[]);
    let manifest = server.call("GET", "/manifest.webmanifest", &[], &Value::Null);
    let manifest = manifest.json();
    assert_eq!((&manifest["display"], &manifest["start_url"]), (&json!("standalone"), &json!("/admin")));
    for icon in manifest["icons"].as_array().unwrap() {
        let answer = request("GET", &server.url(icon["src"].as_str().unwrap()), &[], b"");
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"));
    }
    let worker = server.call("GET", "/sw.js", &[], &Value::Null);
    assert!(worker.header("content-type").starts_with("text/javascript"), "{:?}", worker.headers);
    assert_eq!(worker.header("cache-control"), "no-cache");
    let style = worker.text.split("addAll([\"/offline\", \"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(server.call("GET", style, &[], &Value::Null).status, 200, "{style}");
    assert!(!worker.text.contains("cache.put") && !worker.text.contains("STYLE"));
    let offline = server.call("GET", "/offline", &[], &Value::Null);
    assert!(offline.status == 200 && offline.text.contains("No hay conexión"));
}

#[test]
fn a_file_that_cannot_be_uploaded_holds_back_no_answer_behind_it() {
    let server = server(&[]);
    let cabin = server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    server.world("PUT", "/whatsapp", &json!({ "refuses_uploads": true }));
    let hold = server.hold(cabin, day(5), day(7));
    let code = hold["code"].as_str().unwrap();
    assert_eq!(server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({})).status, 200);
    server.hears(GUEST, "confirmada");
    until("the file to be tried", || {
        let tried = "SELECT count(*) FROM outbound WHERE kind = 'document' AND attempts > 0";
        (server.count(tried) == 1).then_some(())
    });
    let seen = server.said(GUEST).len();
    server.write(GUEST, "a qué hora es el check in?");
    let said = server.next_said(GUEST, seen).to_string();
    assert!(said.contains("14:00"), "{said}");
    assert_eq!(server.count("SELECT count(*) FROM provider_outage"), 0, "WhatsApp itself is well");
    server.world("PUT", "/whatsapp", &json!({ "refuses_uploads": false }));
    server.sql("UPDATE outbound SET run_at = 0 WHERE kind = 'document'");
    until("the file", || server.said(GUEST).into_iter().find(|line| line["type"] == "document"));
}
