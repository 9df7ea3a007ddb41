//! Failures around casero, and of casero itself: nothing acknowledged is lost, no guest stays unanswered.

use super::days::{day, in_words};
use super::harness::{GUEST, TestServer, hold_of, preference, until};
use jiff::ToSpan;
use serde_json::{Value, json};

#[test]
fn what_whatsapp_refuses_for_a_while_arrives_when_it_is_back_and_once() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let down = json!({ "target": "whatsapp", "kind": "error500", "probability": 1.0, "count": 2 });
    server.world("POST", "/faults", &down);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    server.write("5493515550102", "hola");
    server.next_said("5493515550102", 0);
    assert_eq!(server.said(GUEST).len(), 1);
}

#[test]
fn what_was_acknowledged_before_a_crash_is_answered_after_it() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let down = json!({ "target": "whatsapp", "kind": "error500", "probability": 1.0, "count": 100 });
    server.world("POST", "/faults", &down);
    for n in 0..5 {
        server.write(&format!("549351555020{n}"), &format!("hola, hay lugar {} para 2?", in_words(8, 11)));
    }
    until("every message to be stored", || {
        (server.count("SELECT count(*) FROM inbound WHERE kind = 'text'") == 5).then_some(())
    });
    server.close().kill();
    server.world("DELETE", "/faults", &Value::Null);
    server.start();
    for n in 0..5 {
        server.hears(&format!("549351555020{n}"), "240.000");
    }
}

#[test]
fn a_message_whose_sender_died_goes_out_though_nothing_else_is_due() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let down = json!({ "target": "whatsapp", "kind": "error500", "probability": 1.0, "count": 100 });
    server.world("POST", "/faults", &down);
    server.write(GUEST, &format!("hola, hay lugar {} para 2?", in_words(8, 11)));
    until("the answer to be queued", || (server.count("SELECT count(*) FROM outbound") == 1).then_some(()));
    server.close().kill();
    server.world("DELETE", "/faults", &Value::Null);
    // Refused three times, then in flight when casero died.
    server.sql(
        "UPDATE outbound SET state = 'sending', critical = 0, attempts = 4, run_at = 0, leased_until = 0",
    );
    server.start();
    let in_doubt = "SELECT count(*) FROM outbound WHERE state = 'uncertain'";
    until("the message to be in doubt", || (server.count(in_doubt) == 1).then_some(()));
    server.sql("UPDATE outbound SET run_at = 0");
    server.hears(GUEST, "240.000");
}

#[test]
fn a_message_in_doubt_for_the_second_time_needs_a_persons_attention() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    until("the answer to be sent", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'read'") == 1).then_some(())
    });
    server.close().kill();
    // Casero died while it sent it for the second time, and WhatsApp has not told of it yet.
    server.sql("UPDATE outbound SET state = 'sending', critical = 0, doubts = 1, leased_until = 0");
    server.start();
    until("the message to be in doubt", || {
        (server.count("SELECT count(*) FROM outbound WHERE state = 'uncertain' AND doubts = 2") == 1)
            .then_some(())
    });
    server.sql("UPDATE outbound SET run_at = 0");
    let attention = server.attention_of("undelivered");
    assert_eq!(attention["details"]["code"], "in_doubt");
    assert_eq!(server.said(GUEST).len(), 1);
}

#[test]
fn a_crash_in_the_middle_of_holds_leaves_no_night_doubled_and_none_orphaned() {
    let mut server =
        TestServer::with(&[("MERCADOPAGO_ACCESS_TOKEN", "-"), ("MERCADOPAGO_WEBHOOK_SECRET", "-")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    for round in 0..3 {
        let acknowledged = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (server, acknowledged) = (&server, &acknowledged);
                scope.spawn(move || {
                    for night in 0..27 {
                        let from = day(27 * (round * 4 + thread) + night);
                        let to = from.saturating_add(1.day());
                        let url = server.url("/api/v1/reservations");
                        let bearer = format!("Bearer {}", server.token());
                        let sent = ureq::post(&url)
                            .header("Authorization", &bearer)
                            .send_json(hold_of(cabin, from, to));
                        if sent.is_ok_and(|answer| answer.status() == 201) {
                            acknowledged.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        }
                    }
                });
            }
            until("some holds to be acknowledged", || {
                (acknowledged.load(std::sync::atomic::Ordering::SeqCst) > 20).then_some(())
            });
            server.running().kill_now();
        });
        let before = server.count("SELECT count(*) FROM reservation");
        server.close();
        server.start();
        let acknowledged = acknowledged.into_inner() as i64;
        assert!(before >= acknowledged, "{acknowledged} were acknowledged, {before} are there");
        let held = server.count("SELECT count(*) FROM reservation WHERE status = 'pre_reserved'");
        assert_eq!(server.count("SELECT count(*) FROM night"), held, "one night each, and each of them held");
    }
}

#[test]
fn a_server_that_is_told_to_stop_ends_well() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    assert_eq!(server.close().stop(), Some(0));
}

#[test]
fn somebody_who_never_ends_their_request_does_not_spoil_the_stop() {
    let mut server = TestServer::new();
    let address = server.url("").trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut slow = std::net::TcpStream::connect(address).unwrap();
    std::io::Write::write_all(
        &mut slow,
        b"POST /webhooks/whatsapp HTTP/1.1\r\nHost: casero\r\nContent-Length: 100\r\n\r\n{",
    )
    .unwrap();
    // Later messages are answered: the first one has been read by then.
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    assert_eq!(server.close().stop(), Some(0));
}

#[test]
fn a_second_server_does_not_open_the_same_folder() {
    let server = TestServer::new();
    let second = super::harness::command(server.data.path(), &[]).arg("serve").output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(said.contains("in use by another casero") && said.trim().lines().count() == 1, "{said}");
}

#[test]
fn a_late_link_follows_by_itself_when_the_provider_was_down() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let down = json!({ "target": "mercadopago", "kind": "error500", "probability": 1.0, "count": 1 });
    server.world("POST", "/faults", &down);
    let held = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(0), day(2))).json();
    let code = held["code"].as_str().unwrap();
    server.sql("UPDATE job SET run_at = 0 WHERE kind = 'open_checkout'");
    let opened = until("the link", || {
        Some(server.reservation(code)).filter(|reservation| reservation["payment_url"].is_string())
    });
    server.pay(&preference(&opened), "approve", &json!({}));
    server.becomes(code, "confirmed");
}
