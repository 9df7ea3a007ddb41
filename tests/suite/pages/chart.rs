//! The tape chart.

use super::Browser;
use crate::days::{day, last_of_month, month_name, wide_figures, year_month};
use crate::harness::{TestServer, until};
use jiff::ToSpan;
use serde_json::Value;

fn cabin(server: &TestServer) -> i64 {
    server.cabin("El Molle", 4_500_000)
}

#[test]
fn a_month_shows_prices_stays_closed_nights_and_nothing_of_holds_that_ran_out() {
    let server = TestServer::new();
    let cabin = cabin(&server);
    // Its last two nights are of the month after.
    let (check_in, next) = (last_of_month().saturating_sub(1.day()), last_of_month().saturating_add(1.day()));
    let held = server.hold(cabin, check_in, next.saturating_add(1.day()));
    let (before, this, after) =
        (year_month(next.saturating_sub(2.months())), year_month(day(0)), year_month(next));
    let code = held["code"].as_str().unwrap();
    let owner = Browser::owner(&server);
    let shown = owner.page(&format!("/admin/chart?from={this}"));
    let title = format!("{} {}", month_name(day(0)), day(0).year());
    assert!(shown.contains(&title) && shown.contains("El Molle"));
    let free = format!("/admin/reservations/new?cabin={cabin}&amp;check_in={}", day(8));
    assert!(shown.contains(&free) && shown.contains("45.000"), "a free night leads to its booking");
    assert!(shown.contains(&format!("href=\"/admin/reservations/{code}\"")) && shown.contains(" r hold"));
    assert!(!shown.contains(&format!("check_in={check_in}")), "a held night is not offered");
    assert!(shown.contains(&format!("from={before}")) && shown.contains(&format!("from={after}")));
    let following = owner.page(&format!("/admin/chart/months/{after}"));
    assert!(following.contains(" l hold") && !following.contains("<html"));
    assert_eq!(owner.look(&format!("/admin/chart/months/{}-13", day(0).year())).status, 404);
    server.holds_run_out();
    let shown = owner.page(&format!("/admin/chart/months/{this}"));
    assert!(shown.contains(&format!("check_in={check_in}")) && !shown.contains("hold"), "its time is over");
}

#[test]
fn nights_are_closed_and_opened_again() {
    let server = TestServer::new();
    let cabin = cabin(&server).to_string();
    let owner = Browser::owner(&server);
    let (from, last) = (day(6).to_string(), day(8).to_string());
    let form = [("cabin", cabin.as_str()), ("from", &from), ("last", &last), ("reason", "Pintura")];
    let page = owner.does("/admin/chart/block", "/admin/chart/block", &form);
    assert!(page.contains("Noches cerradas") && page.contains("Pintura") && page.contains("colspan=\"3\""));
    let again = owner.post("/admin/chart/block", "/admin/chart/block", &form);
    assert_eq!(again.status, 422);
    assert!(again.text.contains("está ocupada") && again.text.contains(&format!("value=\"{from}\"")));
    let id = server.count("SELECT id FROM block");
    let path = format!("/admin/chart/blocks/{id}");
    assert!(owner.page(&path).contains(&format!("del dom {} de {}", day(6).day(), month_name(day(6)))));
    let open = format!("{path}/open");
    let page = owner.does(&path, &open, &[("month", &year_month(day(0)))]);
    assert!(page.contains("Noches abiertas") && page.contains(&format!("check_in={}", day(7))));
    assert_eq!(owner.look(&path).status, 404);
}

#[test]
fn a_post_without_the_word_and_a_cleaner_change_nothing() {
    let server = TestServer::new();
    let cabin = cabin(&server).to_string();
    let owner = Browser::owner(&server);
    let (from, last) = (day(6).to_string(), day(8).to_string());
    let form = [("cabin", cabin.as_str()), ("from", &from), ("last", &last), ("reason", "")];
    assert_eq!(owner.send("/admin/chart/block", &form).status, 403);
    let cleaner = Browser::cleaner(&server);
    let chart = cleaner.page(&format!("/admin/chart?from={}", year_month(day(0))));
    assert!(!chart.contains("45.000") && !chart.contains("/admin/reservations/new"));
    assert_eq!(cleaner.look("/admin/chart/block").status, 403);
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
    let held = server.hold(cabin, day(7), day(9));
    let code = held["code"].as_str().unwrap();
    let owner = Browser::owner(&server);
    let (friday, sunday) = (day(11), day(13));
    let path = format!("/admin/chart/move/{code}?check_in={friday}&check_out={sunday}");
    let asked = owner.page(&path);
    assert!(
        asked.contains("$ 90.000") && asked.contains(&format!("vie {}", wide_figures(friday))),
        "{asked}"
    );
    let (check_in, check_out) = (friday.to_string(), sunday.to_string());
    let back = format!("/admin/chart?from={}", year_month(friday));
    let form = [("check_in", check_in.as_str()), ("check_out", &check_out), ("guests", "2"), ("back", &back)];
    owner.does(&path, &format!("/admin/reservations/{code}/move"), &form);
    assert_eq!(server.reservation(code)["check_in"], check_in);
    let taken = server.hold(cabin, day(16), day(18));
    let code = taken["code"].as_str().unwrap();
    let path = format!("/admin/chart/move/{code}?check_in={}&check_out={}", day(10), day(12));
    let refused = owner.page(&path);
    assert!(refused.contains("ya está ocupada") && !refused.contains("Cambiar y avisarle"));
}

#[test]
fn a_night_that_another_channel_sold_too_is_marked() {
    let server = TestServer::new();
    let cabin = cabin(&server);
    let held = server.hold(cabin, day(7), day(9));
    let code = held["code"].as_str().unwrap();
    let confirmed = server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &Value::Null);
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    server.sql(&format!(
        "INSERT INTO feed (cabin_id, channel, export_token, due_at, created_at) VALUES ({cabin}, 'airbnb', 't', 0, 0)"
    ));
    let sold = day(8);
    server.sql(&format!(
        "INSERT INTO feed_night (feed_id, day, first_seen_at) SELECT id, '{sold}', 0 FROM feed"
    ));
    let owner = Browser::owner(&server);
    let path = format!("/admin/chart/months/{}", year_month(sold));
    let month = until("the clash", || Some(owner.page(&path)).filter(|page| page.contains("clash")));
    let clash = format!("Doble reserva (mar {}/{} en Airbnb)", sold.day(), sold.month());
    assert!(month.contains(&clash), "{month}");
}
