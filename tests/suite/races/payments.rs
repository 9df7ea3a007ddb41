//! A payment that comes in while its hold runs out, is called off or is moved. Whatever comes first, a night has
//! one holder, a stay has its own nights and no others, and money without a place is a person's matter.

use super::super::days::day;
use super::super::harness::{HttpResponse, TestServer, hold_of, preference, until};
use super::{at_once, breaks, change, holds, only, settled, with_status};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Clients that want the nights of the hold.
const RIVALS: usize = 6;
/// Owners who cancel it.
const CALLERS: usize = 4;
/// Each race is run for other nights so often: which side is first differs.
const ROUNDS: usize = 4;
/// First and last day of each round's stay: Monday to Wednesday, so that all cost the same.
fn stays() -> [(Date, Date); ROUNDS] {
    [0, 7, 14, 21].map(|monday| (day(monday), day(monday + 2)))
}

/// No night is there for the next to come.
const NIGHTS_FORGOTTEN: &str = "
    CREATE TRIGGER forgotten AFTER INSERT ON night BEGIN
        DELETE FROM night WHERE cabin_id = NEW.cabin_id AND day = NEW.day;
    END;";
/// A night is never given back.
const NIGHTS_KEPT: &str = "CREATE TRIGGER kept BEFORE DELETE ON night BEGIN SELECT raise(IGNORE); END;";
/// Suppresses attention items.
const NO_ATTENTION: &str = "
    CREATE TRIGGER unheard AFTER INSERT ON attention BEGIN DELETE FROM attention WHERE id = NEW.id; END;";

fn code(held: &Value) -> &str {
    held["code"].as_str().expect("a code")
}

fn approve(server: &TestServer, held: &Value) {
    // Also when the offer has just been withdrawn: a payment that was on its way arrives all the same.
    server.pay(&preference(held), "approve", &json!({ "against_rules": true }));
}

/// The money of a payment is entered once, and has its place or is an attention item.
fn money_is_accounted_for(server: &TestServer, held: &Value, status: &str, broken: &mut Vec<String>) {
    let id = held["id"].as_i64().unwrap();
    let entries = server
        .count(&format!("SELECT count(*) FROM ledger WHERE reservation_id = {id} AND amount_cents > 0"));
    if entries != 1 {
        broken.push(format!("{} has {entries} entries of one payment", code(held)));
    }
    let attention_items = server.count(&format!(
        "SELECT count(*) FROM attention WHERE reservation_id = {id} AND resolved_at IS NULL"
    ));
    let back = server.count(&format!("SELECT count(*) FROM refund WHERE reservation_id = {id}"));
    if status != "confirmed" && attention_items + back == 0 {
        broken.push(format!("{} is {status}, its money is with us and nobody is told", code(held)));
    }
}

/// Every stay that holds nights has all of its own, and there are no others.
fn nights_are_right(server: &TestServer, broken: &mut Vec<String>) {
    let wrong = server.count(
        "SELECT count(*) FROM reservation r
         WHERE (SELECT count(*) FROM night n WHERE n.reservation_id = r.id)
            <> CASE WHEN r.status IN ('pre_reserved', 'confirmed')
                    THEN julianday(r.check_out) - julianday(r.check_in) ELSE 0 END",
    );
    if wrong != 0 {
        broken.push(format!("{wrong} stays have nights that are not theirs, or lack some"));
    }
}

/// One hold that has run out, paid in the moment in which others want its nights.
fn paid_while_it_runs_out(server: &TestServer, cabin: i64, (from, to): (Date, Date)) -> Vec<String> {
    let held = server.hold(cabin, from, to);
    change(
        server,
        &format!("UPDATE reservation SET expires_at = expires_at - 86400000 WHERE id = {}", held["id"]),
    );
    let answers: Vec<HttpResponse> = at_once(RIVALS + 1, |client| {
        if client == RIVALS {
            approve(server, &held);
            return None;
        }
        Some(server.api("POST", "/api/v1/reservations", &hold_of(cabin, from, to)))
    })
    .into_iter()
    .flatten()
    .collect();
    change(server, "UPDATE job SET run_at = 0");
    let status = until("the money to be in the books and the hold decided", || {
        change(server, "UPDATE job SET run_at = 0 WHERE kind = 'reconcile_payment'");
        let now = server.reservation(code(&held));
        let status = now["status"].as_str()?.to_owned();
        (now["paid_cents"] == held["deposit_cents"] && status != "pre_reserved").then_some(status)
    });
    settled(server);
    let mut broken = Vec::new();
    only(&answers, &[(201, ""), (409, "nights_taken")], &mut broken);
    let holders = with_status(&answers, 201) + usize::from(status == "confirmed");
    if holders != 1 {
        broken.push(format!("the nights from {from} have {holders} holders"));
    }
    money_is_accounted_for(server, &held, &status, &mut broken);
    broken
}

#[test]
fn paid_in_the_moment_in_which_a_hold_runs_out_the_night_has_one_holder() {
    for blind in [false, true] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        if blind {
            change(&server, NIGHTS_FORGOTTEN);
        }
        let rounds = if blind { &stays()[..1] } else { &stays()[..] };
        let broken: Vec<String> =
            rounds.iter().flat_map(|stay| paid_while_it_runs_out(&server, cabin, *stay)).collect();
        if blind { breaks(&broken, "holders") } else { holds(&broken) }
    }
}

#[test]
fn paid_when_rivals_have_raced_for_its_nights_one_has_them_and_the_money_needs_attention() {
    for unheard in [false, true] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        if unheard {
            change(&server, NO_ATTENTION);
        }
        let held = server.hold(cabin, day(0), day(2));
        server.holds_run_out();
        let answers =
            at_once(RIVALS, |_| server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(0), day(2))));
        approve(&server, &held);
        until("the money to be in the books", || {
            (server.reservation(code(&held))["paid_cents"] == held["deposit_cents"]).then_some(())
        });
        settled(&server);
        let mut broken = Vec::new();
        if with_status(&answers, 201) != 1 {
            broken.push(format!("{} took the nights", with_status(&answers, 201)));
        }
        let status = server.reservation(code(&held))["status"].as_str().unwrap().to_owned();
        money_is_accounted_for(&server, &held, &status, &mut broken);
        if unheard { breaks(&broken, "nobody is told") } else { holds(&broken) }
    }
}

/// One hold that is paid in the moment in which several owners call it off.
fn paid_while_it_is_called_off(server: &TestServer, cabin: i64, (from, to): (Date, Date)) -> Vec<String> {
    let held = server.hold(cabin, from, to);
    let path = format!("/api/v1/reservations/{}/cancel", code(&held));
    let answers: Vec<HttpResponse> = at_once(CALLERS + 1, |client| {
        if client == CALLERS {
            approve(server, &held);
            return None;
        }
        Some(server.api("POST", &path, &json!({ "reason": "otra fecha" })))
    })
    .into_iter()
    .flatten()
    .collect();
    let id = held["id"].as_i64().unwrap();
    let entered = format!("SELECT count(*) FROM ledger WHERE reservation_id = {id} AND amount_cents > 0");
    until("the money to be in the books", || (server.count(&entered) > 0).then_some(()));
    settled(server);
    let mut broken = Vec::new();
    only(&answers, &[(200, ""), (409, "not_now")], &mut broken);
    let yes = with_status(&answers, 200);
    if yes != 1 {
        broken.push(format!("{yes} called it off"));
    }
    let status = server.reservation(code(&held))["status"].as_str().unwrap().to_owned();
    if status != "cancelled" {
        broken.push(format!("{} is {status}", code(&held)));
    }
    money_is_accounted_for(server, &held, &status, &mut broken);
    nights_are_right(server, &mut broken);
    broken
}

#[test]
fn paid_in_the_moment_in_which_it_is_called_off_the_money_goes_back_or_needs_attention() {
    for unheard in [false, true] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        if unheard {
            change(&server, NO_ATTENTION);
        }
        let run = |stay: &(Date, Date)| paid_while_it_is_called_off(&server, cabin, *stay);
        // A payment that is first is given back without any matter: the control needs one that is second.
        let broken: Vec<String> = if unheard {
            stays().iter().map(run).find(|broken| !broken.is_empty()).unwrap_or_default()
        } else {
            stays().iter().flat_map(run).collect()
        };
        if unheard { breaks(&broken, "nobody is told") } else { holds(&broken) }
    }
}

/// One hold that is paid in the moment in which two owners move it to different weeks.
fn paid_while_it_is_moved(server: &TestServer, cabin: i64) -> Vec<String> {
    let held = server.hold(cabin, stays()[0].0, stays()[0].1);
    let path = format!("/api/v1/reservations/{}/move", code(&held));
    let answers: Vec<HttpResponse> = at_once(ROUNDS, |client| {
        if client == 0 {
            approve(server, &held);
            return None;
        }
        let (check_in, check_out) = stays()[client];
        Some(server.api("POST", &path, &json!({ "check_in": check_in, "check_out": check_out })))
    })
    .into_iter()
    .flatten()
    .collect();
    let now = server.becomes(code(&held), "confirmed");
    settled(server);
    let mut broken = Vec::new();
    only(&answers, &[(200, "")], &mut broken);
    if now["paid_cents"] != held["deposit_cents"] {
        broken.push(format!("{} was paid, {} is in the books", held["deposit_cents"], now["paid_cents"]));
    }
    money_is_accounted_for(server, &held, "confirmed", &mut broken);
    nights_are_right(server, &mut broken);
    broken
}

#[test]
fn paid_in_the_moment_in_which_it_is_moved_a_stay_is_confirmed_with_its_own_nights() {
    for kept in [false, true] {
        let server = TestServer::new();
        let cabin = server.cabin("Aromo", 80_000_00);
        if kept {
            change(&server, NIGHTS_KEPT);
        }
        let broken = paid_while_it_is_moved(&server, cabin);
        if kept { breaks(&broken, "nights that are not theirs") } else { holds(&broken) }
    }
}
