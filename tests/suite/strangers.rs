//! Requests without a secret at the public interfaces: they can do very little, and cost no guest anything.

use super::days::day;
use super::harness::{GUEST, HttpResponse, TestServer, preference, request, until};
use serde_json::{Value, json};

/// An old-style payment notification, which can't be signed.
fn hints_at(server: &TestServer, payment: i64) -> HttpResponse {
    let body = json!({ "resource": payment.to_string(), "topic": "payment", "padding": "x".repeat(60_000) });
    let url = server.url(&format!("/webhooks/mercadopago?id={payment}&topic=payment"));
    request("POST", &url, &[], body.to_string().as_bytes())
}

#[test]
fn a_thousand_forged_hints_leave_nothing_behind_and_delay_no_payment() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let server = &server;
            scope.spawn(move || {
                for n in 0..250 {
                    // Those beyond the limit of one address are not even read.
                    let answer = hints_at(server, 900_000_000 + thread * 1000 + n);
                    assert!(matches!(answer.status, 200 | 429), "{}", answer.status);
                }
            });
        }
        server.pay(&preference(&held), "approve", &Value::Null);
        server.becomes(held["code"].as_str().unwrap(), "confirmed");
    });
    assert_eq!(server.count("SELECT count(*) FROM hook WHERE length(body) > 10000"), 0, "no body is kept");
    assert!(server.count("SELECT count(*) FROM job WHERE kind = 'read_payment_hint'") <= 20);
    let raised = server.count("SELECT count(*) FROM attention WHERE kind <> 'undelivered'");
    assert_eq!(raised, 0, "{:?}", server.attention());
    let metrics = server.api("GET", "/metrics", &Value::Null).text;
    assert!(metrics.contains("payment_hints_dropped_total"), "the budget was used up");
}

#[test]
fn a_hint_is_followed_when_its_notification_does_not_come() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    server.world("PUT", "/mercadopago", &json!({ "silent": true }));
    let payment = server.pay(&preference(&held), "approve", &Value::Null);
    assert_eq!(hints_at(&server, payment).status, 200);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
}

#[test]
fn the_page_after_paying_reads_the_payment_that_it_names() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    server.world("PUT", "/mercadopago", &json!({ "silent": true }));
    let payment = server.pay(&preference(&held), "approve", &Value::Null);
    let page = request("GET", &server.url(&format!("/pago/listo?payment_id={payment}")), &[], b"");
    assert_eq!(page.status, 200);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    let odd = request("GET", &server.url("/pago/listo?payment_id=..%2Fusers"), &[], b"");
    assert_eq!(odd.status, 200, "what is no number is not followed");
}

#[test]
fn a_forged_chargeback_raises_nothing() {
    let server = TestServer::new();
    for n in 0..50 {
        let url = server.url(&format!("/webhooks/mercadopago?id={n}&topic=chargebacks"));
        let body = json!({ "resource": n.to_string(), "topic": "chargebacks" });
        assert_eq!(request("POST", &url, &[], body.to_string().as_bytes()).status, 200);
    }
    assert!(server.attention().is_empty());
    assert_eq!(server.count("SELECT count(*) FROM hook"), 0);
}

#[test]
fn notifications_whose_signature_never_holds_are_counted_told_and_named() {
    let server = TestServer::new();
    let body = json!({ "type": "payment", "data": { "id": "135000111" } }).to_string();
    let url = server.url("/webhooks/mercadopago?data.id=135000111&type=payment");
    for _ in 0..3 {
        let forged = [("x-signature", "ts=1,v1=00"), ("x-request-id", "r")];
        assert_eq!(request("POST", &url, &forged, body.as_bytes()).status, 401);
    }
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'hook_signatures'");
    let item = server.attention_of("signatures_refused");
    assert_eq!(
        (&item["details"]["provider"], &item["details"]["refused"]),
        (&json!("mercadopago"), &json!(3))
    );
    let health = server.api("GET", "/healthz", &Value::Null).json();
    let parts = health["parts"].as_array().unwrap();
    let part = parts.iter().find(|part| part["name"] == "mercadopago").unwrap();
    assert_eq!(part["state"], "warn", "{part}");
    assert!(server.doctor().contains("refused for their signature"));

    // A valid signature shows that the secret is right.
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(8), day(11));
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'hook_signatures'");
    let open = "SELECT count(*) FROM attention WHERE kind = 'signatures_refused' AND resolved_at IS NULL";
    until("the item to be settled", || (server.count(open) == 0).then_some(()));
}

#[test]
fn the_address_for_payments_answers_whoever_asks_whether_it_is_there() {
    let server = TestServer::new();
    assert_eq!(request("GET", &server.url("/webhooks/mercadopago"), &[], b"").status, 200);
}

#[test]
fn what_was_in_hand_when_casero_was_killed_goes_on_at_the_next_start() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let down = json!({ "target": "whatsapp", "kind": "error500" });
    server.world("POST", "/faults", &down);
    server.write(GUEST, "hola");
    until("the message to be stored", || (server.count("SELECT count(*) FROM inbound") == 1).then_some(()));
    server.close().kill();
    server.world("DELETE", "/faults", &Value::Null);
    let hour = "(unixepoch() + 3600) * 1000";
    server
        .database()
        .execute_batch(&format!(
            "DELETE FROM outbound; DELETE FROM provider_outage;
         UPDATE conversation SET state = '';
         UPDATE inbound SET state = 'ready', run_at = 0, leased_until = {hour};"
        ))
        .unwrap();
    server.start();
    server.next_said(GUEST, 0);
}

/// Fills in the public form as a browser would, from an address behind the proxy.
fn fills_in(server: &TestServer, cabin: i64, arrival: i64, phone: &str, address: &str) -> HttpResponse {
    let form = format!(
        "check_in={}&check_out={}&guests=2&cabin={cabin}&name=Ana+Paz&phone={}",
        day(arrival),
        day(arrival + 2),
        phone.replace('+', "%2B").replace(' ', "+"),
    );
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("X-Forwarded-For", address)];
    request("POST", &server.url("/reservar"), &headers, form.as_bytes())
}

fn nights_held(server: &TestServer) -> i64 {
    server.count("SELECT count(*) FROM night WHERE reservation_id IS NOT NULL")
}

#[test]
fn forms_of_one_address_hold_few_nights_and_the_page_offers_another_way() {
    let server = TestServer::with(&[("SERVER_TRUSTED_PROXY", "true")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    for n in 0..25 {
        let phone = format!("351 555 {:04}", 1000 + n);
        let answer = fills_in(&server, cabin, 8 + n * 2, &phone, "192.0.2.1");
        if n < 3 {
            assert_eq!(answer.status, 303, "{}", answer.text);
        } else {
            assert_eq!(answer.status, 429, "{}", answer.text);
            assert!(answer.text.contains("https://wa.me/5493885550100?text="), "{}", answer.text);
        }
    }
    assert_eq!(nights_held(&server), 6);
    assert_eq!(fills_in(&server, cabin, 60, "351 555 2000", "192.0.2.2").status, 303, "others still can");
    server.holds_run_out();
    assert_eq!(fills_in(&server, cabin, 64, "351 555 2001", "192.0.2.1").status, 303, "and it again, later");
    let kept = server.count("SELECT count(*) FROM web_hold WHERE instr(address, '192.0.2') > 0");
    assert_eq!(kept, 0, "no address is kept in clear");
}

#[test]
fn forms_of_many_addresses_hold_no_more_than_the_house_allows() {
    let server = TestServer::with(&[("SERVER_TRUSTED_PROXY", "true"), ("LIMITS_WEB_HOLDS", "4")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    let forms = (0..6).map(|n| {
        let phone = format!("351 555 {:04}", 1000 + n);
        fills_in(&server, cabin, 8 + n * 2, &phone, &format!("192.0.2.{n}")).status
    });
    assert_eq!(forms.collect::<Vec<_>>(), [303, 303, 303, 303, 429, 429]);
    let reserved = server.hold(cabin, day(50), day(52));
    assert_eq!(reserved["status"], "pre_reserved", "the owner's own are not limited");
}

#[test]
fn a_number_typed_into_the_form_hears_nothing_until_its_owner_writes() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let made = fills_in(&server, cabin, 8, "351 15-555-0101", "192.0.2.1");
    let page = request("GET", &server.url(made.header("location")), &[], b"").text;
    for part in ["/pay/", "+54 9 351 555 0101", "https://wa.me/5493885550100?text="] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // All that could be sent of our own accord comes due, up to the end of the hold.
    server.sql("UPDATE reservation SET created_at = created_at - 3600000, expires_at = expires_at - 3300000");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'remind'");
    until("the reminders to have run", || {
        (server.count("SELECT count(*) FROM schedule WHERE name = 'remind' AND due_at > 0") == 1)
            .then_some(())
    });
    assert_eq!(server.count("SELECT count(*) FROM outbound"), 0);
    server.sql("UPDATE reservation SET expires_at = expires_at + 3300000");
    server.write(GUEST, "Hola, quiero recibir por acá mi reserva");
    assert!(server.link_to_pay(GUEST).contains("/pay/"));
    let page = request("GET", &server.url(made.header("location")), &[], b"").text;
    assert!(!page.contains("https://wa.me/"), "they need not write again: {page}");
}

#[test]
fn a_number_typed_into_the_form_hears_of_what_it_paid() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.world("POST", "/guests", &json!({ "phone": GUEST, "name": "Ana" }));
    fills_in(&server, cabin, 8, "351 15-555-0101", "192.0.2.1");
    let list = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    let held = server.reservation(list["reservations"][0]["code"].as_str().unwrap());
    assert_eq!(server.count("SELECT count(*) FROM outbound"), 0);
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    server.next_said(GUEST, 0);
}

#[test]
fn notifications_without_a_valid_signature_are_limited_by_address_and_signed_ones_are_not() {
    let server = TestServer::with(&[("LIMITS_UNSIGNED_HOOKS_PER_MINUTE", "5")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    let forged = || {
        let signature = [("X-Hub-Signature-256", "sha256=00")];
        request("POST", &server.url("/webhooks/whatsapp"), &signature, b"{}").status
    };
    let answers: Vec<u16> = (0..8).map(|_| forged()).collect();
    assert_eq!((answers[0], answers[7]), (401, 429), "{answers:?}");
    assert_eq!(hints_at(&server, 1).status, 429, "the hooks share the limit of an address");
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let held = server.hold(cabin, day(8), day(11));
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
}

/// A picture of a guest that lies in the media folder; its message's id.
fn picture(server: &TestServer, phone: &str) -> i64 {
    let before = server.count("SELECT count(*) FROM inbound WHERE media_path IS NOT NULL");
    let url = format!("{}/sim/guests/{phone}/image", server.vendors.base_url());
    let sent = request("POST", &url, &[("Content-Type", "image/jpeg")], &[7; 600_000]);
    assert!(sent.status < 300, "{}", sent.text);
    until("the picture to be kept", || {
        let kept = server.count("SELECT count(*) FROM inbound WHERE media_path IS NOT NULL");
        (kept > before).then(|| server.count("SELECT max(id) FROM inbound WHERE media_path IS NOT NULL"))
    })
}

fn prunes(server: &TestServer) {
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'prune'");
    until("the pruning to have run", || {
        (server.count("SELECT count(*) FROM schedule WHERE name = 'prune' AND due_at > 0") == 1).then_some(())
    });
}

#[test]
fn files_of_guests_go_with_age_and_size_but_never_from_an_open_matter() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let settings = json!({ "media_days": 30, "media_megabytes": 2 });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    let old = picture(&server, "5493515550201");
    let open = picture(&server, "5493515550202");
    let receipt = picture(&server, "5493515550203");
    let fresh: Vec<i64> = (0..3).map(|_| picture(&server, "5493515550204")).collect();
    server.sql(&format!("UPDATE inbound SET received_at = received_at - 3456000000 WHERE id <= {receipt}"));
    for (id, resolved) in [(open, "NULL"), (receipt, "1")] {
        server.sql(&format!(
            "INSERT INTO attention (kind, subject, conversation_id, details, created_at, resolved_at)
             SELECT 'transfer_receipt', '{id}', conversation_id, json_object('inbound_id', {id}), 1, {resolved}
             FROM inbound WHERE id = {id}"
        ));
    }
    let kept = |id: i64| {
        server.count(&format!("SELECT count(*) FROM inbound WHERE id = {id} AND media_path IS NOT NULL"))
    };
    prunes(&server);
    until("the old one to be deleted", || (kept(old) == 0).then_some(()));
    until("the folder to be small enough", || (kept(fresh[0]) == 0).then_some(()));
    assert_eq!((kept(open), kept(receipt), kept(fresh[1]), kept(fresh[2])), (1, 1, 0, 1));
    let files = std::fs::read_dir(server.data.path().join("media")).unwrap().count();
    assert_eq!(files, 3, "the files are gone, not only their rows");
}

#[test]
fn a_log_that_only_grows_is_a_part_of_health_with_its_remedy() {
    let server = TestServer::with(&[("LIMITS_LOG_MEGABYTES", "1")]);
    let reader = server.database();
    reader.execute_batch("BEGIN; SELECT count(*) FROM guest;").unwrap();
    server.sql("INSERT INTO hook (source, body, received_at) VALUES ('whatsapp', zeroblob(3000000), 0)");
    let health = server.api("GET", "/healthz", &Value::Null);
    assert_eq!(health.status, 200, "it serves");
    let parts = health.json()["parts"].as_array().unwrap().clone();
    let database = parts.iter().find(|part| part["name"] == "database").unwrap();
    assert_eq!(database["state"], "warn", "{database}");
    assert!(database["detail"].as_str().unwrap().contains("another program reads"), "{database}");
    assert!(server.doctor().contains("another program reads"), "{}", server.doctor());
}

#[test]
fn an_alert_of_fraud_and_a_claim_are_left_for_the_owner() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let secret = casero::fake_vendors::FakeVendorsConfig::default().mp_webhook_secret;
    for (topic, id) in [("stop_delivery_op_wh", "771"), ("topic_claims_integration_wh", "772")] {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
        let tag = ring::hmac::sign(&key, format!("id:{id};request-id:r1;ts:1796000000;").as_bytes());
        let tag: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let signature = format!("ts=1796000000,v1={tag}");
        let headers = [("x-signature", signature.as_str()), ("x-request-id", "r1")];
        let url = server.url(&format!("/webhooks/mercadopago?data.id={id}&type={topic}"));
        let body = json!({ "type": topic, "data": { "id": id } }).to_string();
        assert_eq!(request("POST", &url, &headers, body.as_bytes()).status, 200);
    }
    until("both to be listed", || {
        let claims = server.attention().into_iter().filter(|item| item["kind"] == "payment_claim").count();
        (claims == 2).then_some(())
    });
}
