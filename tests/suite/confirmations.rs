//! The yes to a deposit: what other channels say comes first, and no payment is lost while they are asked.

use super::channels::{cabin_with_unread_feed, sync};
use super::days::{day, wide_figures};
use super::harness::{GUEST, TestServer, hold_of, preference, until};
use serde_json::{Value, json};

/// A cabin with a channel that sold nothing and was read a while ago, and a guest who wrote to us.
fn scene(minutes_ago: i64) -> (TestServer, i64, Value) {
    let server = TestServer::new();
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let (cabin, feed) = cabin_with_unread_feed(&server, "uno", &json!([]));
    age(&server, minutes_ago);
    (server, cabin, feed)
}

/// Makes the last good reading this much older, and the next one far away, once none is under way or due: its end would
/// make the channel young again.
fn age(server: &TestServer, minutes: i64) {
    let earlier = minutes * 60_000;
    let aged = format!(
        "UPDATE feed SET succeeded_at = succeeded_at - {earlier}, created_at = created_at - {earlier},
                due_at = due_at + 3600000
         WHERE succeeded_at IS NOT NULL AND leased_until IS NULL
           AND due_at > unixepoch('subsec') * 1000 + 1000"
    );
    until("the first reading by casero itself to be over", || {
        (server.database().execute(&aged, []).ok()? == 1).then_some(())
    });
}

fn break_channel(server: &TestServer, ailment: &str) {
    server.world("POST", "/feeds/uno/break", &json!({ "as": ailment }));
}

fn heal_channel(server: &TestServer) {
    server.world("POST", "/feeds/uno/break", &json!({ "as": null }));
}

fn paid(server: &TestServer, code: &str) -> bool {
    server.reservation(code)["paid_cents"].as_i64().is_some_and(|paid| paid > 0)
}

fn code(held: &Value) -> String {
    held["code"].as_str().expect("a code").to_owned()
}

#[test]
fn channels_are_read_between_the_deposit_and_the_yes() {
    let (server, cabin, _) = scene(30);
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(&code(&held), "confirmed");
    assert_eq!(server.count("SELECT count(*) FROM audit WHERE event = 'deposit_in'"), 1);
    let now = server.count("SELECT max(at) FROM audit");
    assert!(server.count("SELECT succeeded_at FROM feed") > now - 60_000, "the channel was read again");
    until("the work to be over", || {
        (server.count("SELECT count(*) FROM job WHERE kind = 'confirm_paid'") == 0).then_some(())
    });
}

#[test]
fn the_owners_own_words_come_with_the_confirmation_filled_in() {
    let (server, cabin, _) = scene(0);
    let texts =
        json!({ "confirmed": "{guest}, tu código es {code}; entrás el {check_in} y te quedan {balance}." });
    assert_eq!(server.api("PUT", "/api/v1/settings", &json!({ "texts": texts })).status, 200);
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    let heard = server.hears(GUEST, "tu código es");
    let said = heard["text"].as_str().expect("words");
    let arrival = wide_figures(day(0));
    let line = format!("\ntu código es {}; entrás el lun {arrival} y te quedan $ 168.000.", code(&held));
    assert!(said.contains(&line), "{said}");
    assert!(!said.contains('{'), "{said}");
}

#[test]
fn a_deposit_confirms_at_once_when_the_channels_were_just_read() {
    let (server, cabin, _) = scene(0);
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(&code(&held), "confirmed");
    assert_eq!(server.count("SELECT count(*) FROM audit WHERE event = 'deposit_in'"), 0);
}

#[test]
fn a_deposit_for_nights_that_were_sold_elsewhere_meanwhile_needs_attention_with_a_refund_proposed() {
    let (server, cabin, _) = scene(30);
    let held = server.hold(cabin, day(0), day(3));
    let sold = json!({ "start": day(2), "end": day(5), "code": "HMSIM00001" });
    server.world("POST", "/feeds/uno/occupied", &sold);
    server.pay(&preference(&held), "approve", &json!({}));
    let attention = server.attention_of("paid_without_place");
    assert_eq!(
        (&attention["details"]["propose"], &attention["details"]["code"]),
        (&json!("refund"), &held["code"])
    );
    let now = server.becomes(&code(&held), "expired");
    assert_eq!(now["paid_cents"], held["deposit_cents"], "the money is in the ledger");
    server.hears(GUEST, "ya estaba ocupada");
    let other = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(2), day(4)));
    assert_eq!(other.status, 409);
    server.hold(cabin, day(0), day(2));
    assert!(!server.texts(GUEST).iter().any(|text| text.contains("confirmada")));
}

#[test]
fn a_channel_that_is_slow_or_failing_but_not_stale_does_not_stop_the_yes() {
    let (server, cabin, _) = scene(30);
    break_channel(&server, "error500");
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(&code(&held), "confirmed");
    assert_eq!(server.count("SELECT failures FROM feed"), 1);
}

#[test]
fn a_stale_channel_blocks_the_yes_until_it_is_read_again_and_the_hold_stays() {
    let (server, cabin, feed) = scene(4 * 60);
    break_channel(&server, "error500");
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    let attention = server.attention_of("confirmation_waits");
    assert_eq!(attention["details"]["channels"], json!(["airbnb"]));
    assert_eq!(attention["details"]["actions"], json!(["confirm", "cancel"]));
    server.hears(GUEST, "Recibimos tu pago");
    server.holds_run_out();
    let now = server.reservation(&code(&held));
    assert_eq!((&now["status"], &now["paid_cents"]), (&json!("pre_reserved"), &held["deposit_cents"]));
    let other = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(2), day(4)));
    assert_eq!(other.status, 409, "nobody else gets a night that is paid for");
    server.write(GUEST, "ya pagué la seña");
    until("the guest to hear it again", || {
        let told = server.texts(GUEST).iter().filter(|text| text.contains("Recibimos tu pago")).count();
        (told == 2).then_some(())
    });
    heal_channel(&server);
    sync(&server, &feed);
    server.becomes(&code(&held), "confirmed");
    until("the matter to be settled", || {
        server.attention().iter().all(|item| item["kind"] != "confirmation_waits").then_some(())
    });
}

#[test]
fn a_blocked_yes_is_the_owners_to_give() {
    let (server, cabin, _) = scene(4 * 60);
    let owner = "5493515550199";
    let settings = json!({ "owner_phone": format!("+{owner}"), "calendar_stale_minutes": 200 });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(owner, "hola");
    break_channel(&server, "error500");
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.attention_of("confirmation_waits");
    server.hears(owner, "no puedo leer el calendario de Airbnb");
    let answer = server.api("POST", &format!("/api/v1/reservations/{}/confirm", code(&held)), &Value::Null);
    assert_eq!((answer.status, &answer.json()["status"]), (200, &json!("confirmed")), "{}", answer.text);
    assert!(server.attention().iter().all(|item| item["kind"] != "confirmation_waits"));
    server.hears(GUEST, "reserva confirmada");
}

#[test]
fn a_blocked_deposit_that_the_owner_gives_back_ends_the_hold_and_all_of_it_goes_back() {
    let (server, cabin, _) = scene(4 * 60);
    break_channel(&server, "error500");
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.attention_of("confirmation_waits");
    let path = format!("/api/v1/reservations/{}/cancel", code(&held));
    let answer = server.api("POST", &path, &json!({ "reason": "sin calendario" }));
    assert_eq!(answer.json()["refund_cents"], held["deposit_cents"], "{}", answer.text);
    until("the ledger to be even", || (server.reservation(&code(&held))["paid_cents"] == 0).then_some(()));
    assert_eq!(server.count("SELECT count(*) FROM night"), 0);
    server.hears(GUEST, "devolvimos");
}

#[test]
fn a_transfer_that_the_owner_saw_asks_the_channels_too() {
    let (server, cabin, _) = scene(30);
    let held = server.hold(cabin, day(0), day(3));
    let sold = json!({ "start": day(2), "end": day(5), "code": "HMSIM00001" });
    server.world("POST", "/feeds/uno/occupied", &sold);
    let path = format!("/api/v1/reservations/{}/payments", code(&held));
    let money = json!({ "amount_cents": held["deposit_cents"], "method": "transfer" });
    let answer = server.api("POST", &path, &money);
    assert_eq!((answer.status, &answer.json()["status"]), (200, &json!("pre_reserved")), "{}", answer.text);
    server.attention_of("paid_without_place");
    server.becomes(&code(&held), "expired");
}

#[test]
fn a_crash_between_the_deposit_and_the_yes_loses_neither() {
    let (mut server, cabin, feed) = scene(4 * 60);
    break_channel(&server, "error500");
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    until("the money to be entered", || paid(&server, &code(&held)).then_some(()));
    server.close().kill();
    // The lease of a job ends two minutes after a crash.
    server.sql("UPDATE job SET leased_until = NULL, run_at = 0 WHERE kind = 'confirm_paid'");
    server.start();
    // A channel that recovers while it is looked at is looked at again minutes later.
    let waits =
        "SELECT count(*) FROM job WHERE kind = 'confirm_paid' AND leased_until IS NULL AND run_at > 1000";
    until("the look to be over", || (server.count(waits) == 1).then_some(()));
    assert_eq!(server.reservation(&code(&held))["status"], "pre_reserved");
    heal_channel(&server);
    sync(&server, &feed);
    server.becomes(&code(&held), "confirmed");
    assert_eq!(server.count("SELECT count(*) FROM ledger"), 1);
}

/// Every change of a reservation fails, as it does on a full disk.
fn changes_fail(server: &TestServer) {
    let fails = "CREATE TRIGGER full BEFORE UPDATE ON reservation BEGIN SELECT raise(ABORT, 'full'); END";
    server.database().execute_batch(fails).unwrap();
}

fn changes_succeed(server: &TestServer) {
    server.database().execute_batch("DROP TRIGGER full").unwrap();
}

#[test]
fn a_yes_that_waits_for_a_channel_for_days_is_not_given_up_at_the_first_thing_that_fails() {
    let (server, cabin, feed) = scene(4 * 60);
    break_channel(&server, "error500");
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.attention_of("confirmation_waits");
    // Days later: it was looked at again and again, and once more.
    let waits =
        "SELECT count(*) FROM job WHERE kind = 'confirm_paid' AND leased_until IS NULL AND run_at > 1000";
    until("the look to be over", || (server.count(waits) == 1).then_some(()));
    server.sql("UPDATE job SET attempts = 100, run_at = 0 WHERE kind = 'confirm_paid'");
    until("the next look to be over", || (server.count(waits) == 1).then_some(()));
    changes_fail(&server);
    heal_channel(&server);
    sync(&server, &feed);
    let failed = "SELECT count(*) FROM job WHERE kind = 'confirm_paid' AND attempts > 1";
    until("the yes to fail once", || (server.count(failed) == 1).then_some(()));
    changes_succeed(&server);
    server.becomes(&code(&held), "confirmed");
    assert!(server.attention().iter().all(|item| item["kind"] != "work_failed"), "{:?}", server.attention());
}

#[test]
fn a_yes_that_failed_every_time_is_listed_with_its_stay_and_still_said_once_it_can_be() {
    let (server, cabin, _) = scene(4 * 60);
    break_channel(&server, "error500");
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.attention_of("confirmation_waits");
    changes_fail(&server);
    heal_channel(&server);
    server.sql("UPDATE feed SET failures = 0");
    server.sql("UPDATE job SET attempts = 100, run_at = 0, leased_until = NULL WHERE kind = 'confirm_paid'");
    let attention = server.attention_of("work_failed");
    assert_eq!(attention["reservation_id"], held["id"], "{attention}");
    // The owner puts both aside without deciding.
    for item in server.attention() {
        let path = format!("/api/v1/attention/{}/resolve", item["id"]);
        assert_eq!(server.api("POST", &path, &json!({})).status, 200);
    }
    changes_succeed(&server);
    server.sql("UPDATE job SET run_at = 0 WHERE kind = 'confirm_paid'");
    server.becomes(&code(&held), "confirmed");
    assert!(server.attention().iter().all(|item| item["kind"] != "work_failed"), "{:?}", server.attention());
}
