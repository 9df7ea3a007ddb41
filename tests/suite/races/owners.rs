//! Several owners decide the same attention item at the same moment: money is refunded once, a stay is cancelled
//! once, and one who saved over a newer version is told so.

use super::super::days::day;
use super::super::harness::{GUEST, HttpResponse, TestServer, preference, until};
use super::{at_once, breaks, change, holds, only, settled, with_status};
use casero::domain::ids::ReservationId;
use casero::store::{Store, reservations};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::{Arc, Barrier};

/// Owners who tap at once.
const OWNERS: usize = 8;

/// Hides a requested refund from the next request.
const REFUNDS_FORGOTTEN: &str = "
    CREATE TRIGGER forgotten AFTER INSERT ON refund BEGIN
        UPDATE refund SET state = 'rejected' WHERE id = NEW.id;
    END;";
/// Hides changes of a reservation's status.
const STANDS_STILL: &str = "
    CREATE TRIGGER stands_still AFTER UPDATE OF status ON reservation WHEN NEW.status <> OLD.status BEGIN
        UPDATE reservation SET status = OLD.status WHERE id = NEW.id;
    END;";
/// A version is never seen to change.
const ONE_VERSION: &str = "
    CREATE TRIGGER one_version AFTER UPDATE ON reservation WHEN NEW.version <> OLD.version BEGIN
        UPDATE reservation SET version = OLD.version WHERE id = NEW.id;
    END;
    CREATE TRIGGER one_version_of_settings AFTER UPDATE ON setting WHEN NEW.version <> OLD.version BEGIN
        UPDATE setting SET version = OLD.version WHERE name = NEW.name;
    END;";

fn refund_verdict(server: &TestServer, answers: &[HttpResponse]) -> Vec<String> {
    let mut broken = Vec::new();
    only(answers, &[(200, ""), (422, "nothing_to_refund")], &mut broken);
    let (yes, rows) = (with_status(answers, 200), server.count("SELECT count(*) FROM refund"));
    if (yes, rows) != (1, 1) {
        broken.push(format!("{yes} heard that it goes back, in {rows} refunds"));
    }
    broken
}

#[test]
fn money_asked_back_by_everybody_at_once_goes_back_once() {
    for blind in [false, true] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        let held = server.hold(cabin, day(0), day(2));
        let code = held["code"].as_str().unwrap();
        let payment = server.pay(&preference(&held), "approve", &json!({}));
        server.becomes(code, "confirmed");
        settled(&server);
        if blind {
            change(&server, REFUNDS_FORGOTTEN);
        }
        // The first try fails, so that no request is refused only because the money was refunded meanwhile.
        let down = json!({ "target": "mercadopago", "kind": "error500", "probability": 1.0, "count": 1 });
        server.world("POST", "/faults", &down);
        let path = format!("/api/v1/reservations/{code}/refund");
        let answers = at_once(OWNERS, |_| server.api("POST", &path, &json!({})));
        let broken = refund_verdict(&server, &answers);
        if blind {
            breaks(&broken, "heard that it goes back");
            continue;
        }
        holds(&broken);
        until("the money to be back", || {
            change(&server, "UPDATE job SET run_at = 0 WHERE kind = 'send_refund'");
            (server.reservation(code)["paid_cents"] == 0).then_some(())
        });
        let world = server.world("GET", "/world", &Value::Null);
        let there =
            world["payments"].as_array().unwrap().iter().find(|known| known["id"] == payment).unwrap();
        assert_eq!(there["refunded_cents"], held["deposit_cents"], "{there}");
    }
}

fn call_off_verdict(
    server: &TestServer,
    code: &str,
    confirmed: &[HttpResponse],
    called_off: &[HttpResponse],
) -> Vec<String> {
    let mut broken = Vec::new();
    only(confirmed, &[(200, ""), (409, "not_now")], &mut broken);
    only(called_off, &[(200, ""), (409, "not_now")], &mut broken);
    let (yes, off) = (with_status(confirmed, 200), with_status(called_off, 200));
    if yes > 1 || off != 1 {
        broken.push(format!("{yes} confirmed and {off} called off one stay"));
    }
    let status = server.reservation(code)["status"].clone();
    if status != "cancelled" || server.count("SELECT count(*) FROM night") != 0 {
        broken.push(format!("it is {status}"));
    }
    let told = server.count("SELECT count(*) FROM audit WHERE event = 'cancelled'");
    if told != 1 {
        broken.push(format!("its story ends {told} times"));
    }
    broken
}

#[test]
fn a_stay_that_some_confirm_and_others_call_off_at_once_ends_once() {
    for blind in [false, true] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        server.write(GUEST, "hola");
        server.next_said(GUEST, 0);
        let held = server.hold(cabin, day(0), day(2));
        let code = held["code"].as_str().unwrap();
        if blind {
            change(&server, STANDS_STILL);
        }
        let mut answers = at_once(2 * OWNERS, |owner| {
            let action = if owner < OWNERS { "confirm" } else { "cancel" };
            server.api("POST", &format!("/api/v1/reservations/{code}/{action}"), &json!({}))
        });
        let called_off = answers.split_off(OWNERS);
        settled(&server);
        let broken = call_off_verdict(&server, code, &answers, &called_off);
        if blind { breaks(&broken, "called off one stay") } else { holds(&broken) }
    }
}

#[test]
fn of_many_who_save_settings_over_one_version_one_does() {
    for blind in [false, true] {
        let server = TestServer::new();
        let first = server.api("PUT", "/api/v1/settings", &json!({ "hold_minutes": 50 })).json();
        if blind {
            change(&server, ONE_VERSION);
        }
        let answers = at_once(OWNERS, |owner| {
            let change = json!({ "version": first["version"], "hold_minutes": 60 + owner });
            server.api("PUT", "/api/v1/settings", &change)
        });
        let mut broken = Vec::new();
        only(&answers, &[(200, ""), (409, "stale")], &mut broken);
        let saved = with_status(&answers, 200);
        if saved != 1 {
            broken.push(format!("{saved} saved over one version"));
        }
        if blind { breaks(&broken, "saved over one version") } else { holds(&broken) }
    }
}

/// Two processes change the same stay, each from what it read before either wrote; how many of them did.
fn savers(server: &TestServer, id: i64) -> usize {
    let open = || Store::open(server.data.path(), Arc::new(Timestamp::now)).unwrap();
    let stores = [open(), open()];
    let both_have_read = Barrier::new(2);
    let saved = at_once(2, |process| {
        let read = stores[process].read_blocking(|tx| reservations::find(tx, ReservationId(id))).unwrap();
        both_have_read.wait();
        let seen = read.expect("it is there");
        stores[process].write_blocking(move |tx| reservations::save(tx, &seen)).unwrap()
    });
    saved.into_iter().filter(|saved| *saved).count()
}

#[test]
fn of_two_who_change_a_stay_from_the_same_version_one_does() {
    for blind in [false, true] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        let held = server.hold(cabin, day(0), day(2));
        settled(&server);
        if blind {
            change(&server, ONE_VERSION);
        }
        let saved = savers(&server, held["id"].as_i64().unwrap());
        assert_eq!(saved, if blind { 2 } else { 1 });
    }
}
