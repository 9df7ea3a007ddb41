//! A guest's word that money was sent keeps the hold until a person has looked.

use super::days::{day, figures};
use super::harness::{GUEST, TestServer, request, until};
use serde_json::{Value, json};

/// The owner's phone.
const OWNER: &str = "5493515550188";

/// A guest who holds a cabin for three nights; answers the code.
fn held() -> (TestServer, String) {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let settings = json!({ "owner_phone": format!("+{OWNER}"), "bank_alias": "aromo.cabanas", "quiet_hours_from": "08:00", "quiet_hours_until": "08:00" });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    server.write(GUEST, &format!("del {} al {} para 2", figures(day(3)), figures(day(6))));
    server.hears(GUEST, "240.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "aromo.cabanas");
    let all = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    let code = all["reservations"][0]["code"].as_str().expect("a hold").to_owned();
    (server, code)
}

fn expires_at(server: &TestServer, code: &str) -> String {
    server.reservation(code)["expires_at"].as_str().expect("a hold").to_owned()
}

fn picture(server: &TestServer) {
    let url = format!("{}/sim/guests/{GUEST}/image", server.vendors.base_url());
    let answer = request("POST", &url, &[("Content-Type", "image/jpeg")], b"\xff\xd8\xff\xe0 receipt");
    assert!(answer.status < 300, "{}", answer.text);
}

#[test]
fn the_words_alone_keep_the_hold_and_the_owners_tap_confirms_it() {
    let (server, code) = held();
    let before = expires_at(&server, &code);
    server.write(GUEST, "listo, ahí pagué");
    let said = server.hears(GUEST, "¡Gracias por avisar!");
    assert!(said["text"].as_str().unwrap().contains("Mientras tanto te la guardo hasta"), "{said}");
    let kept = expires_at(&server, &code);
    assert!(kept > before, "{kept} is not after {before}");
    assert_eq!(server.count("SELECT count(*) FROM receipt WHERE keeps_until IS NOT NULL"), 1);
    let asked = server.hears(OWNER, "dice que ya pagó");
    assert!(asked["text"].as_str().unwrap().contains("Se esperan $ 72.000"), "{asked}");
    // Said twice it is kept once.
    server.write(GUEST, "ya te transferí eh");
    server.hears(GUEST, "todavía no lo miró");
    assert_eq!(expires_at(&server, &code), kept);
    server.write(GUEST, "te llegó?");
    until("the same true answer", || {
        let waits = server.texts(GUEST).iter().filter(|text| text.contains("todavía no lo miró")).count();
        (waits == 2).then_some(())
    });
    server.tap(OWNER, "Llegó");
    server.hears(OWNER, "Anotado: $ 72.000");
    server.hears(GUEST, "reserva confirmada");
    assert_eq!(server.reservation(&code)["paid_cents"], json!(72_000_00));
    assert!(server.attention().iter().all(|item| item["kind"] != "transfer_receipt"));
    server.write(GUEST, "te llegó la transferencia?");
    server.hears(GUEST, "el pago de Aromo ya entró");
    server.tap(OWNER, "Llegó");
    server.hears(OWNER, "ya está resuelto");
}

#[test]
fn a_receipt_that_a_person_closed_waits_for_nobody_and_the_next_word_is_told_again() {
    let (server, code) = held();
    server.write(GUEST, "listo, ahí pagué");
    server.hears(GUEST, "¡Gracias por avisar!");
    let told = || server.texts(OWNER).iter().filter(|text| text.contains("dice que ya pagó")).count();
    until("the owner told", || (told() == 1).then_some(()));
    let item = server.attention_of("transfer_receipt")["id"].clone();
    let path = format!("/api/v1/attention/{item}/resolve");
    assert_eq!(server.api("POST", &path, &json!({ "resolution": "done" })).status, 200);
    server.write(GUEST, "ya te transferí eh");
    until("the owner told again", || (told() == 2).then_some(()));
    assert!(server.texts(GUEST).iter().all(|text| !text.contains("todavía no lo miró")));
    server.tap(OWNER, "Llegó");
    server.hears(GUEST, "reserva confirmada");
    server.becomes(&code, "confirmed");
}

#[test]
fn what_did_not_arrive_gives_the_hold_its_time_back() {
    let (server, code) = held();
    let before = expires_at(&server, &code);
    picture(&server);
    server.hears(GUEST, "Recibí el comprobante");
    let kept = expires_at(&server, &code);
    assert!(kept > before);
    let page = until("the picture on the page", || {
        let page = super::pages::Browser::owner(&server).look("/admin");
        page.text.contains("Llegó: $ 72.000").then_some(page)
    });
    assert!(page.text.contains("No llegó"), "{}", page.text);
    server.tap(OWNER, "No llegó");
    server.hears(GUEST, "Todavía no vemos la transferencia de Aromo");
    let left = expires_at(&server, &code);
    assert!(left < kept && left >= before, "{before} {left} {kept}");
    // Words do not keep it a second time; a receipt does.
    server.write(GUEST, "ya te transferí");
    server.hears(GUEST, "¡Gracias por avisar!");
    assert_eq!(expires_at(&server, &code), left);
    picture(&server);
    until("the second receipt", || (expires_at(&server, &code) > left).then_some(()));
}

#[test]
fn another_amount_is_entered_and_the_rest_stays_due() {
    let (server, code) = held();
    server.write(GUEST, "te mando el comprobante, recién transferí");
    server.hears(OWNER, "dice que ya pagó");
    server.tap(OWNER, "Otro monto");
    server.hears(OWNER, "¿Cuánto llegó");
    server.write(OWNER, "50 mil");
    server.hears(GUEST, "Vimos tu transferencia de $ 50.000");
    let reservation = server.reservation(&code);
    assert_eq!(
        (&reservation["status"], &reservation["paid_cents"]),
        (&json!("pre_reserved"), &json!(50_000_00))
    );
}

#[test]
fn a_receipt_for_a_hold_that_ended_reaches_the_owner_who_can_still_take_it() {
    let (server, code) = held();
    server.holds_run_out();
    server.becomes(&code, "expired");
    server.sql("UPDATE reservation SET expires_at = expires_at + 86300000");
    picture(&server);
    server.hears(GUEST, "ya se había vencido");
    server.hears(OWNER, "mandó un comprobante");
    server.tap(OWNER, "Llegó");
    server.becomes(&code, "confirmed");
    server.hears(GUEST, "tu lugar sigue en pie");
}

#[test]
fn who_pays_later_hears_how_long_the_hold_lasts() {
    let (server, code) = held();
    let before = expires_at(&server, &code);
    server.write(GUEST, "te transfiero mañana");
    let said = server.hears(GUEST, "Si necesitás más tiempo, lo pregunto");
    assert_eq!(said["choices"][0]["title"], "Pedir más tiempo", "{said}");
    assert_eq!(expires_at(&server, &code), before);
    server.tap(GUEST, "Pedir más tiempo");
    server.hears(OWNER, "pide más tiempo para la seña");
}
