//! An older copy of the database is restored: Mercado Pago is asked about the time since before anything is sold, and a
//! payment that names a booking which the copy does not have closes its nights and is told to the owner.

use super::days::day;
use super::harness::{GUEST, TestServer, hold_of, preference, until};
use super::pages::Browser;
use serde_json::{Value, json};

const OWNER: &str = "5493515550199";
const KIND: &str = "paid_unknown_booking";

/// A server that is closed and has gone back to a copy older than a booking that was paid; the booking's code.
fn gone_back() -> (TestServer, i64, String) {
    let mut server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.api("PUT", "/api/v1/settings", &json!({ "owner_phone": OWNER }));
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    let copy = server.console(&["backup"]).trim().to_owned();
    let held = server.hold(cabin, day(8), day(11));
    let code = held["code"].as_str().unwrap().to_owned();
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(&code, "confirmed");
    server.hears(OWNER, &code);
    assert_eq!(server.close().stop(), Some(0));
    server.console(&["restore", &copy]);
    (server, cabin, code)
}

/// The same, started.
fn restored() -> (TestServer, i64, String) {
    let (mut server, cabin, code) = gone_back();
    server.start();
    (server, cabin, code)
}

/// Another look through all payments.
fn looks_again(server: &TestServer) {
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'sweep_payments'");
    until("the next look", || {
        (server.count("SELECT due_at FROM schedule WHERE name = 'sweep_payments'") > 0).then_some(())
    });
}

fn of_kind(server: &TestServer) -> Vec<Value> {
    server.attention().into_iter().filter(|item| item["kind"] == KIND).collect()
}

#[test]
fn a_booking_paid_after_the_copy_keeps_its_nights_and_the_owner_hears_of_it_once() {
    let (server, cabin, code) = restored();
    // Known before the first request is served.
    let found = of_kind(&server);
    assert_eq!(found.len(), 1, "{found:?}");
    let details = &found[0]["details"];
    assert_eq!(details["code"], code.as_str());
    assert_eq!(
        (&details["cabin"], &details["guest"], &details["amount_cents"]),
        (&json!("Aromo"), &json!("Marta Quiroga"), &json!(72_000_00))
    );
    assert_eq!(
        (&details["check_in"], &details["check_out"]),
        (&json!(day(8).to_string()), &json!(day(11).to_string()))
    );
    let taken = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(9), day(10)));
    assert_eq!(taken.status, 409, "{}", taken.text);
    let told = server.hears(OWNER, "no está en la copia");
    let text = told["text"].as_str().unwrap();
    for fact in ["Marta Quiroga", "Aromo", &code, "72.000", "Cerré esas noches"] {
        assert!(text.contains(fact), "{fact} in {text}");
    }
    looks_again(&server);
    assert_eq!(of_kind(&server).len(), 1);
    let times = server.texts(OWNER).iter().filter(|text| text.contains("no está en la copia")).count();
    assert_eq!(times, 1);
}

#[test]
fn the_owner_makes_it_a_booking_again_under_its_code_and_with_its_money() {
    let (server, cabin, code) = restored();
    let id = of_kind(&server)[0]["id"].clone();
    let owner = Browser::owner(&server);
    let today = owner.page("/admin");
    assert!(today.contains("Marta Quiroga") && today.contains(&code) && today.contains("Pasarla a reserva"));
    owner.does("/admin", &format!("/admin/matters/{id}/book"), &[]);
    let booking = server.reservation(&code);
    assert_eq!((&booking["status"], &booking["paid_cents"]), (&json!("confirmed"), &json!(72_000_00)));
    assert_eq!((&booking["total_cents"], &booking["cabin_id"]), (&json!(240_000_00), &json!(cabin)));
    assert_eq!(booking["guest"]["phone"].as_str().map(|phone| phone.ends_with("3515550101")), Some(true));
    assert_eq!(server.count("SELECT count(*) FROM block"), 0);
    assert_eq!(server.count("SELECT count(*) FROM night WHERE reservation_id IS NOT NULL"), 3);
    looks_again(&server);
    assert!(of_kind(&server).is_empty());
    assert_eq!(server.reservation(&code)["paid_cents"], 72_000_00);
    // The rest can be paid as that of any other booking.
    let refunded = server.api("POST", &format!("/api/v1/reservations/{code}/refund"), &json!({}));
    assert_eq!(refunded.status, 200, "{}", refunded.text);
    until("the money to be back", || (server.reservation(&code)["paid_cents"] == 0).then_some(()));
}

#[test]
fn a_guest_who_is_erased_is_in_no_item_about_a_payment() {
    let (server, _, code) = restored();
    let id = of_kind(&server)[0]["id"].clone();
    let owner = Browser::owner(&server);
    owner.does("/admin", &format!("/admin/matters/{id}/book"), &[]);
    let cancel = format!("/api/v1/reservations/{code}/cancel");
    assert_eq!(server.api("POST", &cancel, &json!({ "reason": "x" })).status, 200);
    let guest = server.count(&format!("SELECT guest_id FROM reservation WHERE code = '{code}'"));
    owner.does(&format!("/admin/guests/{guest}"), &format!("/admin/guests/{guest}/erase"), &[]);
    let named = "SELECT count(*) FROM attention WHERE instr(details, 'Marta') OR instr(details, '5550101')";
    assert_eq!(server.count(named), 0);
    assert_eq!(server.count("SELECT count(*) FROM attention WHERE kind = 'paid_unknown_booking'"), 1);
}

#[test]
fn the_owner_gives_the_money_back_and_the_nights_are_free() {
    let (server, cabin, _) = restored();
    let id = of_kind(&server)[0]["id"].clone();
    Browser::owner(&server).does("/admin", &format!("/admin/matters/{id}/give_back"), &[]);
    until("the refund", || {
        (server.count("SELECT count(*) FROM refund WHERE state = 'approved'") == 1).then_some(())
    });
    until("the provider's word of it", || {
        (server.count("SELECT count(*) FROM payment WHERE status = 'refunded'") == 1).then_some(())
    });
    server.hold(cabin, day(8), day(11));
    assert!(of_kind(&server).is_empty());
}

#[test]
fn money_that_went_back_by_another_hand_opens_the_nights() {
    let (server, cabin, _) = restored();
    let payment = of_kind(&server)[0]["details"]["payment"].as_str().unwrap().to_owned();
    server.world("POST", &format!("/payments/{payment}"), &json!({ "action": "charge_back" }));
    until("the item to be over", || of_kind(&server).is_empty().then_some(()));
    server.hold(cabin, day(8), day(11));
}

#[test]
fn nights_that_another_has_by_now_are_told_with_both_names() {
    let (mut server, cabin, _) = gone_back();
    // Mercado Pago does not answer at the start, and somebody books a night of it.
    server.world("PUT", "/mercadopago", &json!({ "refuses": 401 }));
    server.start();
    assert!(of_kind(&server).is_empty());
    let mut wish = hold_of(cabin, day(10), day(12));
    wish["guest"] = json!({ "name": "Pedro Luna", "phone": "+54 9 351 555-0177" });
    let other = server.api("POST", "/api/v1/reservations", &wish).json();
    let other = other["code"].as_str().unwrap().to_owned();
    server.world("PUT", "/mercadopago", &json!({ "refuses": null }));
    looks_again(&server);
    let item = server.attention_of(KIND);
    assert_eq!(
        item["details"]["taken_by"],
        json!([{ "holder": "reservation", "code": other, "guest": "Pedro Luna" }])
    );
    let told = server.hears(OWNER, "no está en la copia");
    assert!(told["text"].as_str().unwrap().contains(&format!("{other} de Pedro Luna")), "{told}");
    // What was free is closed.
    assert_eq!(server.count("SELECT count(*) FROM night WHERE block_id IS NOT NULL"), 2);
    let owner = Browser::owner(&server);
    let page = owner.does("/admin", &format!("/admin/matters/{}/book", item["id"]), &[]);
    assert!(page.contains("esas noches las tiene otra reserva"), "{page}");
    assert_eq!(of_kind(&server).len(), 1, "it stays for a decision");
    assert_eq!(server.count("SELECT count(*) FROM night WHERE block_id IS NOT NULL"), 2);
}

#[test]
fn a_link_that_is_newer_than_the_copy_pays_the_booking_that_the_copy_has() {
    let mut server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let held = server.hold(cabin, day(8), day(11));
    let code = held["code"].as_str().unwrap().to_owned();
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(&code, "confirmed");
    let copy = server.console(&["backup"]).trim().to_owned();
    let seen = server.said(GUEST).len();
    server.write(GUEST, "quiero pagar el resto, me mandás el link?");
    let rest = until("a link for the rest", || {
        let said = server.said(GUEST);
        said.iter().skip(seen).find_map(|line| line["link"]["url"].as_str().map(str::to_owned))
    });
    server.pay(&super::harness::preference_of(&rest), "approve", &Value::Null);
    let total = held["total_cents"].as_i64().unwrap();
    until("the rest", || (server.reservation(&code)["paid_cents"] == total).then_some(()));
    assert_eq!(server.close().stop(), Some(0));
    server.console(&["restore", &copy]);
    server.start();
    assert_eq!(server.reservation(&code)["paid_cents"], total);
    assert!(server.attention().is_empty(), "{:?}", server.attention());
}

#[test]
fn a_copy_that_was_put_in_place_by_hand_is_known_by_its_last_heartbeat() {
    let mut server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    assert_eq!(server.close().stop(), Some(0));
    let database = server.data.path().join(casero::store::DATABASE_FILE);
    let copy = std::fs::read(&database).unwrap();
    server.start();
    let held = server.hold(cabin, day(8), day(11));
    let code = held["code"].as_str().unwrap().to_owned();
    server.pay(&preference(&held), "approve", &Value::Null);
    server.becomes(&code, "confirmed");
    assert_eq!(server.close().stop(), Some(0));
    std::fs::write(&database, copy).unwrap();
    // As old as a copy of three weeks ago: more than one search covers.
    server.sql("UPDATE pulse SET beat_at = beat_at - 21 * 86400000");
    server.sql("UPDATE schedule SET due_at = due_at - 21 * 86400000");
    server.start();
    assert_eq!(of_kind(&server)[0]["details"]["code"], code.as_str());
}

#[test]
fn a_booking_of_another_instance_with_the_same_account_is_not_ours() {
    let (mut server, cabin, _) = restored();
    assert_eq!(server.close().stop(), Some(0));
    // Another instance, which has never seen the payment.
    let database = server.database();
    database
        .execute_batch(
            "DELETE FROM attention; DELETE FROM night; DELETE FROM block;
         DELETE FROM payment_sighting; DELETE FROM payment; DELETE FROM schedule;
         UPDATE secret SET value = randomblob(32) WHERE name = 'guest_link';
         UPDATE pulse SET beat_at = beat_at - 86400000;",
        )
        .unwrap();
    server.start();
    assert!(server.attention().is_empty(), "{:?}", server.attention());
    assert_eq!(server.count("SELECT count(*) FROM payment"), 0);
    server.hold(cabin, day(8), day(11));
}
