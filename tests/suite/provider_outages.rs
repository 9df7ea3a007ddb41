//! A provider that can't be used: everything that needs it waits as a whole, spends no tries, says why, and goes out in
//! order as soon as one call succeeds. What is told late or twice of a try that was replaced changes nothing.

use super::days::in_words;
use super::harness::{GUEST, TestServer, until};
use casero::fake_vendors::FakeVendorsConfig;
use serde_json::{Value, json};

const OTHER: &str = "5493515550102";

/// A server with one cabin.
fn server() -> TestServer {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server
}

/// Waits until WhatsApp or Mercado Pago is listed as unusable for this cause.
fn listed(server: &TestServer, provider: &str, cause: &str) {
    let query =
        format!("SELECT count(*) FROM provider_outage WHERE provider = '{provider}' AND cause = '{cause}'");
    until(&format!("{provider} to be listed: {cause}"), || (server.count(&query) == 1).then_some(()));
}

/// Brings the next probe forward until the provider is not listed any more.
fn recovers(server: &TestServer) {
    until("the provider to be usable again", || {
        let database = server.database();
        database.execute("UPDATE provider_outage SET probe_at = 0", []).unwrap();
        database.execute("UPDATE outbound SET run_at = 0 WHERE state = 'queued' AND run_at > 0", []).unwrap();
        (server.count("SELECT count(*) FROM provider_outage") == 0).then_some(())
    });
}

fn whatsapp_part(server: &TestServer) -> (u16, Value, Value) {
    let answer = server.api("GET", "/healthz", &Value::Null);
    let health = answer.json();
    let parts = health["parts"].as_array().unwrap().clone();
    let part = parts.into_iter().find(|part| part["name"] == "whatsapp").unwrap();
    (answer.status, health["status"].clone(), part)
}

#[test]
fn an_expired_token_parks_the_whole_outbox_says_so_and_a_new_one_lets_it_go_in_order() {
    let server = server();
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    server.world("PUT", "/whatsapp", &json!({ "refuses": 190 }));
    server.write(GUEST, &format!("hay lugar {} para 2?", in_words(8, 11)));
    server.write(OTHER, "hola");
    listed(&server, "whatsapp", "token");
    until("both answers to wait", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'queued'") == 2).then_some(())
    });
    server.write(GUEST, "gracias!");
    until("the third to wait behind", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'queued'") == 3).then_some(())
    });
    let tries = "SELECT coalesce(sum(attempts), 0) FROM outbound WHERE state = 'queued'";
    assert_eq!(server.count(tries), 0, "a refusal of the account spends no try");

    let (status, state, part) = whatsapp_part(&server);
    assert_eq!((status, state, &part["state"]), (200, json!("warn"), &json!("fail")), "it still serves");
    assert!(part["detail"].as_str().unwrap().contains("token"), "{part}");
    assert_eq!(server.attention_of("provider_outage")["details"]["cause"], "token");
    let doctor = server.doctor();
    assert!(doctor.contains("make a new one"), "{doctor}");
    let metrics = server.api("GET", "/metrics", &Value::Null).text;
    let line =
        metrics.lines().find(|line| line.starts_with("provider_outage_seconds{provider=\"whatsapp\"}"));
    assert!(line.is_some_and(|line| !line.ends_with(" 0")), "{line:?}");

    server.world("PUT", "/whatsapp", &json!({ "refuses": null }));
    recovers(&server);
    server.hears(GUEST, "240.000");
    server.next_said(OTHER, 0);
    until("everything to be out", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'queued'") == 0).then_some(())
    });
    assert_eq!(server.said(OTHER).len(), 1, "nothing goes out twice");
    let order = "SELECT count(*) FROM outbound a JOIN outbound b
                 ON a.conversation_id = b.conversation_id AND a.id < b.id AND a.sent_at > b.sent_at";
    assert_eq!(server.count(order), 0, "each guest hears things in their order");
    assert_eq!(whatsapp_part(&server).2["state"], "ok");
    assert!(server.attention().iter().all(|item| item["kind"] != "provider_outage"));
}

#[test]
fn a_service_that_does_not_answer_costs_no_message_its_tries() {
    let server = server();
    let down = json!({ "target": "whatsapp", "kind": "error500" });
    server.world("POST", "/faults", &down);
    let guests: Vec<String> = (0..9).map(|n| format!("549351555030{n}")).collect();
    for guest in &guests {
        server.write(guest, "hola");
    }
    listed(&server, "whatsapp", "unreachable");
    until("every answer to wait", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'queued'") == 9).then_some(())
    });
    // A probe now and then, as in many minutes.
    for _ in 0..20 {
        server.database().execute("UPDATE provider_outage SET probe_at = 0", []).unwrap();
        until("a probe to be made", || {
            (server.count("SELECT count(*) FROM provider_outage WHERE probe_at > 0") == 1).then_some(())
        });
    }
    assert_eq!(server.count("SELECT count(*) FROM outbound WHERE state = 'failed'"), 0);
    server.world("DELETE", "/faults", &Value::Null);
    recovers(&server);
    for guest in &guests {
        server.next_said(guest, 0);
    }
    for guest in &guests {
        assert_eq!(server.said(guest).len(), 1);
    }
}

#[test]
fn a_message_that_could_not_be_sent_for_a_day_is_given_up_by_its_age_and_the_owner_is_told() {
    let server = server();
    server.world("PUT", "/whatsapp", &json!({ "refuses": 131_031 }));
    server.write(GUEST, "hola");
    listed(&server, "whatsapp", "locked");
    server.sql("UPDATE outbound SET created_at = created_at - 86400000, run_at = 0");
    server.sql("UPDATE provider_outage SET probe_at = 0");
    assert_eq!(server.attention_of("undelivered")["details"]["code"], "too_old");
}

#[test]
fn a_repeated_failure_of_the_first_try_does_not_stop_the_second() {
    let server = server();
    server.world("PUT", "/whatsapp", &json!({ "late_refusals": true, "fails": 131_000 }));
    let twice = json!({ "target": "webhooks", "kind": "duplicate" });
    server.write(GUEST, "hola");
    server.world("POST", "/faults", &twice);
    until("the failure to be told", || {
        (server.count("SELECT count(*) FROM outbound_superseded") == 1).then_some(())
    });
    server.world("PUT", "/whatsapp", &json!({ "fails": null }));
    until("the second try to be read", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'read'") == 1).then_some(())
    });
    assert_eq!(server.count("SELECT count(*) FROM attention"), 0);
}

#[test]
fn a_report_of_a_replaced_try_says_nothing_of_the_message() {
    let server = server();
    server.write(GUEST, "hola");
    until("the answer to be read", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'read'") == 1).then_some(())
    });
    let (id, tag): (String, String) = server
        .database()
        .query_row("SELECT external_id, tag FROM outbound", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    // The first try failed and the second waits; now the report of the first that said "sent" comes late.
    server.database().execute("INSERT INTO outbound_superseded VALUES (?1, 1)", [&id]).unwrap();
    server.sql("UPDATE outbound SET state = 'queued', external_id = NULL, run_at = 9999999999999");
    let late = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "phone_number_id": FakeVendorsConfig::default().phone_number_id },
            "statuses": [{ "id": id, "status": "sent", "timestamp": "1795000000", "biz_opaque_callback_data": tag }],
        } }] }],
    });
    let seen = server.count("SELECT count(*) FROM hook");
    server.world("POST", "/raw", &late);
    until("the report to come", || (server.count("SELECT count(*) FROM hook") > seen).then_some(()));
    server.write(OTHER, "hola");
    server.next_said(OTHER, 0);
    assert_eq!(server.count("SELECT count(*) FROM outbound WHERE state = 'queued'"), 1);
}

#[test]
fn an_unpaid_bill_that_is_told_afterwards_parks_the_outbox_until_something_arrives() {
    let server = server();
    server.world("PUT", "/whatsapp", &json!({ "fails": 131_042 }));
    server.write(GUEST, "hola");
    listed(&server, "whatsapp", "billing");
    until("the message to wait again", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'queued'") == 1).then_some(())
    });
    // WhatsApp accepts the probe and fails it again: being accepted proves nothing.
    server.sql("UPDATE provider_outage SET probe_at = 0");
    until("the probe to fail", || {
        (server.count("SELECT count(*) FROM outbound_superseded") == 2).then_some(())
    });
    listed(&server, "whatsapp", "billing");
    server.world("PUT", "/whatsapp", &json!({ "fails": null }));
    recovers(&server);
    until("the answer to be read", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'read'") == 1).then_some(())
    });
    assert_eq!(server.count("SELECT count(*) FROM attention WHERE kind = 'undelivered'"), 0);
}

/// A guest holds the cabin by chat.
fn asks_for_the_cabin(server: &TestServer) {
    server.write(GUEST, &format!("hola, hay lugar {} para 2?", in_words(8, 11)));
    server.hears(GUEST, "240.000");
    server.write(GUEST, "dale, la reservo");
}

#[test]
fn a_checkout_that_is_refused_once_is_sent_when_it_is_there_and_nobody_is_alarmed() {
    let server = server();
    server.world("PUT", "/mercadopago", &json!({ "refuses_checkouts": 1 }));
    asks_for_the_cabin(&server);
    server.link_to_pay(GUEST);
    assert!(server.texts(GUEST).iter().all(|text| !text.contains("todavía no me anda")));
    assert!(server.attention().is_empty());
}

#[test]
fn a_token_that_mercado_pago_refuses_costs_no_link_and_the_guest_hears_of_another_way() {
    let server = server();
    server.api("PUT", "/api/v1/settings", &json!({ "bank_alias": "aromo.cabanas" }));
    server.world("PUT", "/mercadopago", &json!({ "refuses": 401 }));
    asks_for_the_cabin(&server);
    listed(&server, "mercadopago", "token");
    server.sql("UPDATE job SET created_at = created_at - 120000, run_at = 0 WHERE kind = 'send_link'");
    server.hears(GUEST, "aromo.cabanas");
    server.world("PUT", "/mercadopago", &json!({ "refuses": null }));
    // It may have gone out by itself since the line before.
    let _ = server.database().execute("UPDATE job SET run_at = 0 WHERE kind = 'send_link'", []).unwrap();
    server.link_to_pay(GUEST);
    assert_eq!(server.count("SELECT count(*) FROM provider_outage"), 0);
}
