//! The tape chart.

use super::Browser;
use crate::harness::{TestServer, until};
use serde_json::Value;

fn cabin(server: &TestServer) -> i64 {
    server.cabin("El Molle", 4_500_000)
}

#[test]
fn a_month_shows_prices_stays_closed_nights_and_nothing_of_holds_that_ran_out() {
    let server = TestServer::new();
    let cabin = cabin(&server);
    let held = server.hold(cabin, "2027-01-30", "2027-02-02");
    let code = held["code"].as_str().unwrap();
    let owner = Browser::owner(&server);
    let january = owner.page("/admin/chart?from=2027-01");
    assert!(january.contains("enero 2027") && january.contains("El Molle"));
    let free = format!("/admin/reservations/new?cabin={cabin}&amp;check_in=2027-01-12");
    assert!(january.contains(&free) && january.contains("45.000"), "a free night leads to its booking");
    assert!(january.contains(&format!("href=\"/admin/reservations/{code}\"")) && january.contains(" r hold"));
    assert!(!january.contains("check_in=2027-01-30"), "a held night is not offered");
    assert!(january.contains("from=2026-12") && january.contains("from=2027-02"));
    let february = owner.page("/admin/chart/months/2027-02");
    assert!(february.contains(" l hold") && !february.contains("<html"));
    assert_eq!(owner.look("/admin/chart/months/2027-13").status, 404);
    server.holds_run_out();
    let january = owner.page("/admin/chart/months/2027-01");
    assert!(january.contains("check_in=2027-01-30") && !january.contains("hold"), "its time is over");
}

#[test]
fn nights_are_closed_and_opened_again() {
    let server = TestServer::new();
    let cabin = cabin(&server).to_string();
    let owner = Browser::owner(&server);
    let form =
        [("cabin", cabin.as_str()), ("from", "2027-01-10"), ("last", "2027-01-12"), ("reason", "Pintura")];
    let page = owner.does("/admin/chart/block", "/admin/chart/block", &form);
    assert!(page.contains("Noches cerradas") && page.contains("Pintura") && page.contains("colspan=\"3\""));
    let again = owner.post("/admin/chart/block", "/admin/chart/block", &form);
    assert_eq!(again.status, 422);
    assert!(again.text.contains("está ocupada") && again.text.contains("value=\"2027-01-10\""));
    let id = server.count("SELECT id FROM block");
    let path = format!("/admin/chart/blocks/{id}");
    assert!(owner.page(&path).contains("del dom 10 de enero"));
    let open = format!("{path}/open");
    let page = owner.does(&path, &open, &[("month", "2027-01")]);
    assert!(page.contains("Noches abiertas") && page.contains("check_in=2027-01-11"));
    assert_eq!(owner.look(&path).status, 404);
}

#[test]
fn a_post_without_the_word_and_a_cleaner_change_nothing() {
    let server = TestServer::new();
    let cabin = cabin(&server).to_string();
    let owner = Browser::owner(&server);
    let form = [("cabin", cabin.as_str()), ("from", "2027-01-10"), ("last", "2027-01-12"), ("reason", "")];
    assert_eq!(owner.send("/admin/chart/block", &form).status, 403);
    let cleaner = Browser::cleaner(&server);
    let chart = cleaner.page("/admin/chart?from=2027-01");
    assert!(chart.contains("45.000") && !chart.contains("/admin/reservations/new"));
    assert!(!cleaner.page("/admin/chart/block").contains("<form"));
    let word = owner.word("/admin/chart/block");
    let mut fields = form.to_vec();
    fields.push(("csrf_token", &word));
    assert_eq!(cleaner.send("/admin/chart/block", &fields).status, 403);
    assert_eq!(server.count("SELECT count(*) FROM block"), 0);
}

#[test]
fn moving_is_asked_with_the_new_price_and_done_by_the_form() {
    let server = TestServer::new();
    let cabin = cabin(&server);
    let held = server.hold(cabin, "2027-01-11", "2027-01-13");
    let code = held["code"].as_str().unwrap();
    let owner = Browser::owner(&server);
    let path = format!("/admin/chart/move/{code}?check_in=2027-01-15&check_out=2027-01-17");
    let asked = owner.page(&path);
    assert!(asked.contains("$ 90.000") && asked.contains("vie 15/01/2027"), "{asked}");
    let form = [
        ("check_in", "2027-01-15"),
        ("check_out", "2027-01-17"),
        ("guests", "2"),
        ("back", "/admin/chart?from=2027-01"),
    ];
    owner.does(&path, &format!("/admin/reservations/{code}/move"), &form);
    assert_eq!(server.reservation(code)["check_in"], "2027-01-15");
    let taken = server.hold(cabin, "2027-01-20", "2027-01-22");
    let code = taken["code"].as_str().unwrap();
    let refused = owner.page(&format!("/admin/chart/move/{code}?check_in=2027-01-14&check_out=2027-01-16"));
    assert!(refused.contains("ya está ocupada") && !refused.contains("Cambiar y avisarle"));
}

#[test]
fn a_night_that_another_channel_sold_too_is_marked() {
    let server = TestServer::new();
    let cabin = cabin(&server);
    let held = server.hold(cabin, "2027-01-11", "2027-01-13");
    let code = held["code"].as_str().unwrap();
    let confirmed = server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &Value::Null);
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    server.sql(&format!(
        "INSERT INTO feed (cabin_id, channel, export_token, due_at, created_at) VALUES ({cabin}, 'airbnb', 't', 0, 0)"
    ));
    server.sql("INSERT INTO feed_night (feed_id, day, first_seen_at) SELECT id, '2027-01-12', 0 FROM feed");
    let owner = Browser::owner(&server);
    let month = until("the clash", || {
        Some(owner.page("/admin/chart/months/2027-01")).filter(|page| page.contains("clash"))
    });
    assert!(month.contains("Doble reserva (mar 12/1 en Airbnb)"), "{month}");
}
