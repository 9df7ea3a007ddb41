//! Requests that only a person decides: from a guest's words to the owner's answer and what it does.

use super::days::{day, figures};
use super::harness::{GUEST, TestServer, until};
use serde_json::{Value, json};

/// The owner's phone.
const OWNER: &str = "5493515550188";

/// A server with one cabin whose owner has just written.
fn server() -> (TestServer, i64) {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let settings = json!({
        "owner_phone": format!("+{OWNER}"), "bank_alias": "aromo.cabanas",
        "quiet_hours_from": "08:00", "quiet_hours_until": "08:00",
    });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    (server, cabin)
}

/// The guest holds the cabin for three nights by chat; answers the code.
fn held(server: &TestServer) -> String {
    server.write(GUEST, &format!("del {} al {} para 2", figures(day(3)), figures(day(6))));
    server.hears(GUEST, "240.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "aromo.cabanas");
    let all = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    all["reservations"][0]["code"].as_str().expect("a hold").to_owned()
}

fn confirmed(server: &TestServer) -> String {
    let code = held(server);
    let answer = server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    assert_eq!(answer.status, 200, "{}", answer.text);
    server.hears(GUEST, "reserva confirmada");
    code
}

fn requests(server: &TestServer) -> Vec<Value> {
    let answer = server.api("GET", "/api/v1/requests", &Value::Null);
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["requests"].as_array().unwrap().clone()
}

fn request_of(server: &TestServer, kind: &str) -> Value {
    until(&format!("a request of kind {kind}"), || {
        requests(server).into_iter().find(|request| request["kind"] == kind)
    })
}

fn decide(server: &TestServer, request: &Value, body: &Value) -> super::harness::HttpResponse {
    server.api("POST", &format!("/api/v1/requests/{}/decide", request["id"]), body)
}

#[test]
fn a_late_check_out_is_asked_of_the_owner_whose_tap_answers_the_guest() {
    let (server, _) = server();
    let code = confirmed(&server);
    server.write(GUEST, "podemos salir un rato más tarde ese día?");
    server.hears(
        GUEST,
        "Le pregunto a la persona a cargo por salir más tarde y te contesto por acá, a más tardar",
    );
    let asked = server.hears(OWNER, "pide salir más tarde: «podemos salir un rato más tarde ese día?»");
    assert!(asked["text"].as_str().unwrap().contains(&code), "{asked}");
    server.tap(OWNER, "Sí");
    server.hears(OWNER, "✅ Listo, le digo a");
    server.hears(GUEST, "Pregunté por salir más tarde y me dijeron que sí");
    let decided = request_of(&server, "late_check_out");
    assert_eq!(
        (&decided["state"], &decided["decided_way"]),
        (&json!("granted"), &json!("tap")),
        "{decided:#}"
    );
    assert!(server.attention().iter().all(|item| item["kind"] != "guest_request"));
    // A second owner, or a second tap: the first answer counts.
    server.tap(OWNER, "Sí");
    server.hears(OWNER, "ya está contestado: le dijeron que sí");
    let page = super::pages::Browser::owner(&server).look(&format!("/admin/reservations/{code}"));
    assert!(
        page.text.contains("Salir más tarde") && page.text.contains("le dijimos que sí"),
        "{}",
        page.text
    );
}

#[test]
fn more_time_keeps_the_hold_and_a_no_leaves_it() {
    let (server, _) = server();
    let code = held(&server);
    let before = server.reservation(&code)["expires_at"].as_str().unwrap().to_owned();
    server.write(GUEST, "me das más tiempo para pagar la seña?");
    server.hears(OWNER, "pide más tiempo para la seña");
    let request = request_of(&server, "more_time");
    let answer = decide(&server, &request, &json!({ "decision": "yes" }));
    assert_eq!(answer.status, 200, "{}", answer.text);
    let kept = server.reservation(&code)["expires_at"].as_str().unwrap().to_owned();
    assert!(kept > before, "{kept} is not after {before}");
    assert_eq!(request["until"], json!(kept), "what the owner was told is what was done");
    server.hears(GUEST, "¡Buenas noticias! Te guardo Aromo hasta");
    let again = decide(&server, &request, &json!({ "decision": "no" }));
    assert_eq!((again.status, &again.json()["code"]), (409, &json!("request_closed")), "{}", again.text);
    server.write(GUEST, "y un ratito más todavía? necesito más plazo para la seña");
    let second = until("the second request", || {
        requests(&server).into_iter().find(|one| one["kind"] == "more_time" && one["state"] == "open")
    });
    assert_eq!(decide(&server, &second, &json!({ "decision": "no" })).status, 200);
    server.hears(GUEST, "esta vez no se puede");
    assert_eq!(server.reservation(&code)["expires_at"], json!(kept));
}

#[test]
fn a_discount_needs_how_much_and_changes_the_price() {
    let (server, _) = server();
    let code = held(&server);
    server.write(GUEST, "nos hacés un descuento?");
    server.hears(OWNER, "pide mejor precio");
    let request = request_of(&server, "discount");
    let without = decide(&server, &request, &json!({ "decision": "yes" }));
    assert_eq!(
        (without.status, &without.json()["code"]),
        (422, &json!("amount_missing")),
        "{}",
        without.text
    );
    server.tap(OWNER, "Sí");
    server.hears(OWNER, "¿Cuánto le descuento");
    server.write(OWNER, "10%");
    server.hears(GUEST, "te hicimos un descuento de $ 24.000");
    assert_eq!(server.reservation(&code)["total_cents"], json!(216_000_00));
    assert_eq!(request_of(&server, "discount")["state"], "granted");
}

#[test]
fn a_discount_on_an_offer_is_taken_off_when_the_guest_books() {
    let (server, _) = server();
    server.write(GUEST, &format!("del {} al {} para 2", figures(day(3)), figures(day(6))));
    server.hears(GUEST, "240.000");
    server.write(GUEST, "me hacés una rebaja?");
    let request = request_of(&server, "discount");
    assert_eq!(request["offer"]["total_cents"], json!(240_000_00), "{request:#}");
    assert_eq!(
        decide(&server, &request, &json!({ "decision": "yes", "amount_cents": 20_000_00 })).status,
        200
    );
    server.hears(GUEST, "Te hacemos un descuento de $ 20.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "Total $ 220.000");
    let all = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    assert_eq!(all["reservations"][0]["total_cents"], json!(220_000_00), "{all:#}");
}

#[test]
fn a_message_that_quotes_the_notice_goes_to_the_guest_as_it_is() {
    let (server, _) = server();
    confirmed(&server);
    server.write(GUEST, "se puede entrar más temprano?");
    let asked = server.hears(OWNER, "pide entrar más temprano");
    let quoted =
        json!({ "text": "sí, pero después de las 12 que está la chica limpiando", "context": asked["id"] });
    server.world("POST", &format!("/guests/{OWNER}/text"), &quoted);
    server.hears(GUEST, "sí, pero después de las 12 que está la chica limpiando");
    let decided = request_of(&server, "early_check_in");
    assert_eq!(
        (&decided["state"], &decided["decided_way"]),
        (&json!("granted"), &json!("message")),
        "{decided:#}"
    );
    // The assistant goes on answering.
    server.write(GUEST, "y a qué hora hay que salir?");
    server.hears(GUEST, "10:00");
}

#[test]
fn what_nobody_answers_is_told_to_both_and_stays_open() {
    let (server, _) = server();
    confirmed(&server);
    server.write(GUEST, "necesito factura A");
    request_of(&server, "invoice");
    server.sql("UPDATE request SET deadline = 0");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'remind'");
    server.hears(GUEST, "Todavía no me contestaron por la factura");
    server.hears(OWNER, "Te lo repito");
    assert_eq!(request_of(&server, "invoice")["state"], "open");
}

#[test]
fn a_request_ends_with_its_booking_and_with_the_guests_own_word() {
    let (server, _) = server();
    let code = confirmed(&server);
    server.write(GUEST, "necesito factura");
    request_of(&server, "invoice");
    server.write(GUEST, "dejá, ya no hace falta");
    server.hears(GUEST, "ya no hace falta");
    until("the request to be withdrawn", || {
        (request_of(&server, "invoice")["state"] == "withdrawn").then_some(())
    });
    server.write(GUEST, "podrían poner una cuna?");
    let request = request_of(&server, "cot");
    server.hears(OWNER, "pide cuna o sillita");
    let cancelled =
        server.api("POST", &format!("/api/v1/reservations/{code}/cancel"), &json!({ "reason": "" }));
    assert_eq!(cancelled.status, 200, "{}", cancelled.text);
    assert_eq!(request_of(&server, "cot")["state"], "ended");
    assert_eq!(decide(&server, &request, &json!({ "decision": "yes" })).status, 409);
    server.tap(OWNER, "Sí");
    server.hears(OWNER, "ya no corre");
}

#[test]
fn the_page_of_today_decides_a_request() {
    let (server, _) = server();
    confirmed(&server);
    server.write(GUEST, "podemos salir a las 12 el domingo?");
    let request = request_of(&server, "late_check_out");
    let owner = super::pages::Browser::owner(&server);
    let page = owner.look("/admin");
    assert!(
        page.text.contains("Pide algo que decidís vos") && page.text.contains("Salir más tarde"),
        "{}",
        page.text
    );
    let path = format!("/admin/requests/{}", request["id"]);
    owner.does("/admin", &path, &[("decision", "no"), ("words", "Ese día entra otra familia, no llego.")]);
    server.hears(GUEST, "Ese día entra otra familia, no llego.");
    assert_eq!(request_of(&server, "late_check_out")["state"], "refused");
}
