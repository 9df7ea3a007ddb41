//! The business account behind the number: from its first day to all templates approved, in one command or by one button,
//! and what becomes of messages whose template is missing, paused or waits.

use super::days::day;
use super::harness::{GUEST, TestServer, command, hold_of, until};
use super::pages::Browser;
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

/// Templates that the product needs.
fn needed() -> usize {
    casero::dialogue::templates::all().len()
}

fn whatsapp_part(server: &TestServer) -> (u16, Value) {
    let answer = server.api("GET", "/healthz", &Value::Null);
    let parts = answer.json()["parts"].as_array().unwrap().clone();
    (answer.status, parts.into_iter().find(|part| part["name"] == "whatsapp").unwrap())
}

fn becomes(server: &TestServer, state: &str) -> Value {
    until(&format!("whatsapp to be {state}"), || {
        let (status, part) = whatsapp_part(server);
        assert_eq!(status, 200, "the rest serves");
        (part["state"] == state).then_some(part)
    })
}

fn look_again(server: &TestServer) {
    server.sql("UPDATE whatsapp_account SET checked_at = 0");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'whatsapp_account'");
}

/// A server that has looked at its account, on which everything is set up.
fn established() -> TestServer {
    let server = TestServer::new();
    until("the first look", || {
        (server.count("SELECT count(*) FROM whatsapp_account WHERE templates_at > 0") == 1).then_some(())
    });
    becomes(&server, "ok");
    server
}

fn fresh() -> TestServer {
    let server = established();
    server.world("PUT", "/whatsapp/account", &json!({ "fresh": true }));
    look_again(&server);
    server
}

/// Runs `casero whatsapp setup` with this on its standard input; answers its exit code and what it printed.
fn setup(server: &TestServer, arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let mut child = command(server.data.path(), server.settings())
        .args(["whatsapp", "setup"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("it reads");
    let ended = child.wait_with_output().expect("it ends");
    let said = [ended.stdout, ended.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    (ended.status.code(), said.concat())
}

#[test]
fn a_fresh_account_fails_until_one_command_has_done_what_can_be_done() {
    let server = fresh();
    let part = becomes(&server, "fail");
    let detail = part["detail"].as_str().unwrap();
    for missing in ["not registered", "no notifications", "casero_reserva (es_AR) is missing"] {
        assert!(detail.contains(missing), "{missing}: {detail}");
    }
    let doctor = server.doctor();
    assert!(
        doctor.contains("whatsapp_templates") && doctor.contains("casero whatsapp setup --apply"),
        "{doctor}"
    );

    let (code, said) = setup(&server, &[], "");
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(said.matches("missing").count(), 2 * needed(), "each is listed, and what to do: {said}");

    let (code, said) = setup(&server, &["--apply"], "123456\n");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("registered the number") && said.contains("subscribed the app"), "{said}");
    assert_eq!(said.matches("works").count(), needed(), "{said}");
    becomes(&server, "ok");
    let account = server.world("GET", "/whatsapp/account", &Value::Null);
    assert_eq!(account["templates"].as_array().unwrap().len(), needed());

    let (code, said) = setup(&server, &["--apply"], "");
    assert_eq!((code, said.contains("submitted")), (Some(0), false), "a second time adds nothing: {said}");
}

#[test]
fn a_number_that_lives_in_the_app_is_registered_only_after_a_warning_and_with_its_pin() {
    let server = fresh();
    server.world("PUT", "/whatsapp/account", &json!({ "on_app": true }));
    let (code, said) = setup(&server, &["--apply"], "");
    assert_eq!(code, Some(1));
    assert!(said.contains("WhatsApp Business app") && said.contains("no PIN was given"), "{said}");
    let (_, said) = setup(&server, &["--apply"], "12\n");
    assert!(said.contains("the PIN has six digits"), "{said}");
    assert_eq!(server.world("GET", "/whatsapp/account", &Value::Null)["registered"], false);

    let owner = Browser::owner(&server);
    let page = owner.look("/admin/whatsapp");
    assert!(page.text.contains("en la\n    aplicación deja de andar"), "{}", page.text);
    let page = owner.post("/admin/whatsapp", "/admin/whatsapp", &[("pin", "246810")]);
    assert!(page.text.contains("Registré el número."), "{}", page.text);
    assert_eq!(server.world("GET", "/whatsapp/account", &Value::Null)["registered"], true);
    until("the page to say that all is ready", || {
        owner.look("/admin/whatsapp").text.contains("Todo listo").then_some(())
    });
    assert!(owner.look("/admin/start").text.contains("Conectado con el número"));
}

#[test]
fn a_template_that_meta_refuses_is_named_with_its_reason_and_one_that_waits_is_no_failure() {
    let server = fresh();
    server.world("PUT", "/whatsapp/account", &json!({ "approves": false }));
    let (code, said) = setup(&server, &["--apply", "--wait", "0"], "123456\n");
    assert_eq!(code, Some(0), "Meta has only to look: {said}");
    assert_eq!(becomes(&server, "warn")["detail"].as_str().unwrap().matches("waits").count(), needed());
    let state = |name: &str, status: &str, reason: &str| {
        let body = json!({ "name": name, "language": "es_AR", "status": status, "reason": reason });
        server.world("PUT", "/whatsapp/template", &body);
    };
    state("casero_pago", "REJECTED", "INCORRECT_CATEGORY");
    let part = becomes(&server, "fail");
    assert!(part["detail"].as_str().unwrap().contains("casero_pago (es_AR) is refused: INCORRECT_CATEGORY"));
    let item = server.attention_of("whatsapp_account");
    assert_eq!(item["details"]["summary"], "casero_pago (es_AR): INCORRECT_CATEGORY");
    let page = Browser::owner(&server).look("/admin/whatsapp").text;
    assert!(page.contains("Meta la tomó por publicidad") && page.contains("Meta la está mirando"), "{page}");

    state("casero_pago", "APPROVED", "");
    becomes(&server, "warn");
    assert!(server.attention().iter().all(|item| item["kind"] != "whatsapp_account"), "it settles itself");
}

/// A guest's confirmed stay, and nothing heard of them for more than a day.
fn silent_guest(server: &TestServer, phone: &str, first: i64) -> String {
    let cabin = server.cabin(&format!("Aromo {first}"), 80_000_00);
    server.world("POST", "/guests", &json!({ "phone": phone, "name": "Ana" }));
    let mut hold = hold_of(cabin, day(first), day(first + 2));
    hold["guest"]["phone"] = json!(format!("+{phone}"));
    let answer = server.api("POST", "/api/v1/reservations", &hold);
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_paused_template_is_one_matter_another_stands_in_and_what_finds_none_waits_for_its_approval() {
    let server = established();
    let guests = [GUEST, "5493515550102", "5493515550103"];
    let codes: Vec<String> =
        (5..).step_by(5).zip(guests).map(|(first, phone)| silent_guest(&server, phone, first)).collect();
    let pause = |status: &str, names: &[&str]| {
        for name in names {
            let body = json!({ "name": name, "language": "es_AR", "status": status });
            server.world("PUT", "/whatsapp/template", &body);
        }
    };
    // Meta's notice of the pause is lost: the refusal of the first message tells.
    server.world("POST", "/faults", &json!({ "target": "webhooks", "kind": "drop" }));
    pause("PAUSED", &["casero_reserva"]);
    server.world("DELETE", "/faults", &Value::Null);
    server.api("POST", &format!("/api/v1/reservations/{}/confirm", codes[0]), &json!({}));
    let said = server.hears(GUEST, "confirmada");
    assert_eq!(said["content"]["name"], "casero_aviso", "another stands in: {said}");
    assert_eq!(
        server.attention_of("whatsapp_account")["details"]["summary"],
        "casero_reserva (es_AR): wa_132015"
    );

    pause("PAUSED", &["casero_aviso"]);
    for code in &codes[1..] {
        server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    }
    until("both confirmations to wait", || {
        let waits = "SELECT count(*) FROM outbound WHERE state = 'queued' AND error_code = 'template_waits'";
        (server.count(waits) >= 2).then_some(())
    });
    let items = server.attention();
    assert_eq!(items.iter().filter(|item| item["kind"] == "whatsapp_account").count(), 2, "one a template");
    assert!(items.iter().all(|item| item["kind"] != "undelivered"), "none a guest");

    pause("APPROVED", &["casero_reserva"]);
    for phone in &guests[1..] {
        assert_eq!(server.hears(phone, "confirmada")["content"]["name"], "casero_reserva");
    }
    assert_eq!(server.count("SELECT count(*) FROM outbound WHERE state = 'failed'"), 0);
}

#[test]
fn what_waits_for_a_template_goes_out_as_soon_as_the_guest_writes() {
    let server = established();
    server.world("PUT", "/whatsapp", &json!({ "templates": {} }));
    look_again(&server);
    becomes(&server, "fail");
    let code = silent_guest(&server, GUEST, 5);
    server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    until("the confirmation to wait", || {
        let waits = "SELECT count(*) FROM outbound WHERE error_code = 'template_waits'";
        (server.count(waits) > 0).then_some(())
    });
    server.write(GUEST, "hola");
    let said = server.hears(GUEST, "confirmada");
    assert_ne!(said["type"], "template", "the window is open: {said}");
}

#[test]
fn the_accounts_id_is_learned_from_the_first_notification() {
    let server = TestServer::with(&[("WHATSAPP_BUSINESS_ACCOUNT_ID", "-")]);
    let part = becomes(&server, "fail");
    assert!(part["detail"].as_str().unwrap().contains("business_account_id"), "{part}");
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'whatsapp_account'");
    becomes(&server, "ok");
}
