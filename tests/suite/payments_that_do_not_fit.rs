//! Payments that do not fit: in parts, twice, late, without a booking or reference, disputed. Each counts for its
//! amount, and is told to those concerned: the owner on the list, the guest by message.

use super::days::{day, today};
use super::harness::{GUEST, TestServer, preference, preference_of, until};
use jiff::ToSpan;
use serde_json::{Value, json};

/// A server with one cabin and the hold of a guest who wrote, with its deposit.
fn held() -> (TestServer, String, String, i64) {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let held = server.hold(cabin, day(8), day(11));
    let code = held["code"].as_str().unwrap().to_owned();
    (server, code, preference(&held), held["deposit_cents"].as_i64().unwrap())
}

fn kinds(server: &TestServer) -> Vec<String> {
    server.attention().iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_deposit_that_is_paid_in_two_parts_confirms() {
    let (server, code, preference, deposit) = held();
    let part = |cents: i64| json!({ "amount_cents": cents, "against_rules": true });
    server.pay(&preference, "approve", &part(deposit - 10_000_00));
    server.attention_of("other_amount");
    assert_eq!(server.reservation(&code)["status"], "pre_reserved");
    server.pay(&preference, "approve", &part(10_000_00));
    server.becomes(&code, "confirmed");
    until("the first part to be no item any more", || kinds(&server).is_empty().then_some(()));
}

#[test]
fn a_second_deposit_is_told_to_owner_and_guest_at_once() {
    let (server, code, preference, deposit) = held();
    server.pay(&preference, "approve", &Value::Null);
    server.becomes(&code, "confirmed");
    server.pay(&preference, "approve", &json!({ "against_rules": true }));
    server.attention_of("paid_twice");
    server.hears(GUEST, "además de lo que había que pagar");
    assert_eq!(server.reservation(&code)["paid_cents"], 2 * deposit);
}

#[test]
fn a_deposit_of_half_that_is_paid_twice_is_no_settled_stay() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.api("PUT", "/api/v1/settings", &json!({ "deposit_percent": 50 }));
    let held = server.hold(cabin, day(8), day(11));
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    server.pay(&preference(&held), "approve", &json!({ "against_rules": true }));
    server.attention_of("paid_twice");
}

#[test]
fn the_old_and_the_new_link_of_a_moved_hold_both_paid_are_told() {
    let (server, code, old, _) = held();
    let path = format!("/api/v1/reservations/{code}/move");
    let dates = json!({ "check_in": day(9).to_string(), "check_out": day(12).to_string() });
    let moved = server.api("POST", &path, &dates);
    assert_eq!(moved.status, 200, "{}", moved.text);
    let new = until("the new link", || {
        let url = server.reservation(&code)["payment_url"].as_str()?.to_owned();
        Some(preference_of(&url)).filter(|new| *new != old)
    });
    server.pay(&new, "approve", &Value::Null);
    server.becomes(&code, "confirmed");
    server.pay(&old, "approve", &json!({ "against_rules": true }));
    server.attention_of("paid_twice");
    server.hears(GUEST, "además de lo que había que pagar");
}

#[test]
fn money_for_a_cancelled_booking_is_told_to_owner_and_guest() {
    let (server, code, preference, _) = held();
    let cancelled =
        server.api("POST", &format!("/api/v1/reservations/{code}/cancel"), &json!({ "reason": "x" }));
    assert_eq!(cancelled.status, 200, "{}", cancelled.text);
    server.pay(&preference, "approve", &json!({ "against_rules": true }));
    server.attention_of("paid_after_cancel");
    server.hears(GUEST, "esa reserva ya no está en pie");
}

#[test]
fn a_deposit_for_a_cabin_out_of_service_confirms_nothing() {
    let (server, code, preference, _) = held();
    server.sql("UPDATE cabin SET active = 0");
    server.pay(&preference, "approve", &Value::Null);
    server.attention_of("paid_without_place");
    server.hears(GUEST, "esa reserva ya no está en pie");
    assert_ne!(server.reservation(&code)["status"], "confirmed");
}

#[test]
fn a_deposit_that_comes_when_the_stay_is_over_confirms_nothing() {
    let (server, code, preference, _) = held();
    server.sql(&format!(
        "UPDATE reservation SET check_in = '{}', check_out = '{}'",
        today().saturating_sub(5.days()),
        today().saturating_sub(2.days())
    ));
    server.pay(&preference, "approve", &json!({ "against_rules": true }));
    server.attention_of("paid_without_place");
    assert_ne!(server.reservation(&code)["status"], "confirmed");
}

#[test]
fn a_review_that_ends_in_a_refusal_gives_another_link_and_the_usual_time() {
    let (server, code, preference, _) = held();
    let payment = server.pay(&preference, "in_process", &json!({ "against_rules": true }));
    server.attention_of("under_review");
    server.sql("UPDATE checkout SET expires_at = 1000");
    server.holds_run_out();
    until("the review to keep the hold", || {
        (server.count("SELECT count(*) FROM audit WHERE event = 'under_review'") == 1).then_some(())
    });
    server.world("POST", &format!("/payments/{payment}"), &json!({ "action": "reject" }));
    server.hears(GUEST, "ahora te mando otro link");
    let other = until("another link", || {
        let said = server.said(GUEST);
        let urls = said.iter().filter_map(|line| line["link"]["url"].as_str());
        urls.map(preference_of).find(|link| *link != preference)
    });
    let hours = "SELECT (expires_at - unixepoch() * 1000) / 3600000 FROM reservation";
    assert!(server.count(hours) <= 1, "the hold does not keep the days of a review");
    server.pay(&other, "approve", &Value::Null);
    server.becomes(&code, "confirmed");
}

#[test]
fn a_dispute_that_is_won_is_worth_what_the_payment_was_and_an_open_one_is_not_dunned() {
    let (server, code, preference, deposit) = held();
    let payment = server.pay(&preference, "approve", &Value::Null);
    server.becomes(&code, "confirmed");
    let act =
        |action: &str| server.world("POST", &format!("/payments/{payment}"), &json!({ "action": action }));
    let paid = |cents: i64| {
        until(&format!("{cents} to be paid"), || {
            (server.reservation(&code)["paid_cents"] == cents).then_some(())
        });
    };
    act("charge_back");
    paid(0);
    act("reimburse");
    paid(deposit);
}

#[test]
fn a_payment_whose_reference_was_lost_is_known_by_its_title_and_amount() {
    let (server, code, preference, _) = held();
    server.world("PUT", "/mercadopago", &json!({ "silent": false }));
    server.pay(&preference, "approve", &json!({ "reference": null }));
    server.becomes(&code, "confirmed");
}

#[test]
fn payments_of_the_owners_other_business_are_nobodys_matter() {
    let (server, _, preference, _) = held();
    for reference in [json!("pedido-4711"), json!("ORD-9"), json!("")] {
        server.pay(
            &preference,
            "approve",
            &json!({ "reference": reference, "amount_cents": 12_300_00, "against_rules": true }),
        );
    }
    until("all three to be counted", || {
        let metrics = server.api("GET", "/metrics", &Value::Null).text;
        let counted = metrics.lines().find_map(|line| line.strip_prefix("payments_foreign_total "))?;
        (counted.parse::<f64>().ok()? >= 3.0).then_some(())
    });
    assert!(kinds(&server).is_empty(), "{:?}", kinds(&server));
    assert_eq!(server.count("SELECT count(*) FROM payment"), 0);
}

#[test]
fn cash_for_the_rest_ends_the_link_for_it() {
    let (server, code, preference, deposit) = held();
    server.pay(&preference, "approve", &Value::Null);
    let booking = server.becomes(&code, "confirmed");
    let rest = booking["total_cents"].as_i64().unwrap() - deposit;
    server.write(GUEST, "quiero pagar el resto, me mandás el link?");
    let open = "SELECT count(*) FROM checkout WHERE state IN ('wanted', 'open') AND amount_cents <> 0";
    until("a link for the rest", || (server.count(open) == 1).then_some(()));
    let cash = json!({ "amount_cents": rest, "method": "cash" });
    let taken = server.api("POST", &format!("/api/v1/reservations/{code}/payments"), &cash);
    assert_eq!(taken.status, 200, "{}", taken.text);
    assert_eq!(server.count(open), 0, "it must not stay payable");
}

#[test]
fn more_than_is_left_is_not_given_back() {
    let (server, code, preference, deposit) = held();
    server.pay(&preference, "approve", &Value::Null);
    server.becomes(&code, "confirmed");
    let refund = |cents: i64| {
        server
            .api("POST", &format!("/api/v1/reservations/{code}/refund"), &json!({ "amount_cents": cents }))
            .status
    };
    assert_eq!(refund(deposit - 1_000_00), 200);
    assert_eq!(refund(2_000_00), 422, "a refund under way counts as given");
    assert_eq!(refund(1_000_00), 200);
}

#[test]
fn an_amount_beyond_any_price_is_refused_and_breaks_nothing() {
    let (server, code, _, _) = held();
    let cash = json!({ "amount_cents": 9_000_000_000_000_000_000_i64, "method": "cash" });
    let answer = server.api("POST", &format!("/api/v1/reservations/{code}/payments"), &cash);
    assert_eq!(answer.status, 422, "{}", answer.text);
}
