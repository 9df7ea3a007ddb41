//! Bookings on the owner's page, what guests see of them, and the very first run.

use super::Browser;
use crate::days::{day, month_name};
use crate::harness::{Running, TestServer, first_run, request, until};
use serde_json::{Value, json};

/// A server without payments online: what is paid is noted by hand.
fn quiet() -> TestServer {
    TestServer::with(&[("MERCADOPAGO_ACCESS_TOKEN", "-"), ("MERCADOPAGO_WEBHOOK_SECRET", "-")])
}

#[test]
fn a_booking_made_twice_by_a_double_tap_is_made_once() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000).to_string();
    let owner = Browser::owner(&server);
    let (check_in, check_out) = (day(0).to_string(), day(2).to_string());
    let word =
        owner.word(&format!("/admin/reservations/new?check_in={check_in}&check_out={check_out}&guests=2"));
    let form = [
        ("csrf_token", word.as_str()),
        ("check_in", check_in.as_str()),
        ("check_out", check_out.as_str()),
        ("guests", "2"),
        ("cabin", cabin.as_str()),
        ("name", "Rosa Quiroga"),
        ("channel", "direct"),
        ("confirm", "true"),
    ];
    let first = owner.send("/admin/reservations/new", &form);
    let second = owner.send("/admin/reservations/new", &form);
    assert_eq!((first.status, second.status), (303, 303), "{}", second.text);
    assert_eq!(first.header("location"), second.header("location"));
    let all = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    assert_eq!((&all["total"], &all["reservations"][0]["status"]), (&json!(1), &json!("confirmed")));
}

#[test]
fn money_noted_twice_by_a_double_tap_counts_once_and_confirms() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    let owner = Browser::owner(&server);
    let page = format!("/admin/reservations/{code}");
    let word = owner.word(&page);
    let form = [("csrf_token", word.as_str()), ("amount", "48.000"), ("method", "cash")];
    for _ in 0..2 {
        let answer = owner.send(&format!("{page}/received"), &form);
        assert_eq!(answer.status, 303, "{}", answer.text);
    }
    let reservation = server.reservation(&code);
    assert_eq!(
        (&reservation["paid_cents"], &reservation["status"]),
        (&json!(4_800_000), &json!("confirmed"))
    );
}

#[test]
fn a_form_from_elsewhere_or_of_a_cleaner_changes_nothing() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    let confirm = format!("/admin/reservations/{code}/confirm");
    let owner = Browser::owner(&server);
    for word in ["", "nada", "aa.bb"] {
        assert_eq!(owner.send(&confirm, &[("csrf_token", word)]).status, 403);
    }
    let cleaner = Browser::cleaner(&server);
    let page = cleaner.page("/admin");
    assert!(!page.contains("Nueva reserva"), "{page}");
    let word = cleaner.word("/admin/more");
    assert_eq!(cleaner.send(&confirm, &[("csrf_token", &word)]).status, 403);
    assert_eq!(server.reservation(&code)["status"], "pre_reserved");
}

#[test]
fn what_is_refused_is_said_in_words_and_the_page_stays() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    server.hold(cabin, day(9), day(11));
    let owner = Browser::owner(&server);
    let page = format!("/admin/reservations/{code}");
    let word = owner.word(&page);
    let (check_in, check_out) = (day(9).to_string(), day(11).to_string());
    let form = [
        ("csrf_token", word.as_str()),
        ("check_in", check_in.as_str()),
        ("check_out", check_out.as_str()),
        ("guests", "2"),
    ];
    let answer = owner.send(&format!("{page}/move"), &form);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Alguna de esas noches ya está ocupada."), "{}", answer.text);
}

#[test]
fn a_guests_page_opens_with_its_own_word_only() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    let other = server.hold(cabin, day(9), day(11))["code"].as_str().unwrap().to_owned();
    let page = Browser::owner(&server).page(&format!("/admin/reservations/{code}"));
    let link = page.split("/reserva/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let get = |path: &str| request("GET", &server.url(path), &[], b"");
    let own = get(&format!("/reserva/{link}"));
    assert!(own.status == 200 && own.text.contains("Aromo"), "{}", own.text);
    assert_eq!(own.header("cache-control"), "no-store");
    let word = link.split('/').nth(1).unwrap();
    assert_eq!(get(&format!("/reserva/{other}/{word}")).status, 404);
    let other_first = if word.starts_with('0') { '1' } else { '0' };
    assert_eq!(get(&format!("/reserva/{code}/{other_first}{}", &word[1..])).status, 404);
    let file = get(&format!("/reserva/{link}/estadia.ics"));
    assert!(file.text.starts_with("BEGIN:VCALENDAR\r\n"), "{}", file.text);
}

#[test]
fn a_withdrawal_gets_a_number_and_comes_before_the_owner() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let held = server.hold(cabin, day(0), day(2));
    let code = held["code"].as_str().unwrap();
    let body = format!("name=Rosa&contact=nadie%40example.com&code={code}");
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = request("POST", &server.url("/arrepentimiento?lang=es"), &kind, body.as_bytes());
    assert!(answer.status == 200 && answer.text.contains("A-"), "{}", answer.text);
    let attention = server.attention_of("withdrawal");
    // A code alone gives no access to its guest's stay.
    assert_eq!(
        (&attention["reservation_id"], &attention["details"]["given_code"]),
        (&Value::Null, &json!(code))
    );
    let today = Browser::owner(&server).page("/admin");
    assert!(today.contains("Pidió el arrepentimiento"), "{today}");
}

#[test]
fn reports_are_taken_along_as_tables() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    let confirmed = server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    let owner = Browser::owner(&server);
    let (year, nights) = (day(0).year(), f64::from(day(0).days_in_month()));
    let months = owner.page(&format!("/admin/reports/months.csv?year={year}"));
    let line = format!(
        "{} {year},2,{nights},{:.4},160000.00,80000.00,{:.2}",
        month_name(day(0)),
        2.0 / nights,
        160_000.0 / nights
    );
    assert!(months.contains(&line), "{line}: {months}");
    assert_eq!(owner.look("/admin/reports/nothing.csv").status, 404);
    let table = owner.page("/admin/reservations.csv?status=all");
    assert!(table.contains(&code), "{table}");
}

#[test]
fn the_first_account_is_made_behind_the_printed_link_and_only_once() {
    let (data, mut child, link) = first_run();
    let base = link.split("/admin/").next().unwrap().to_owned();
    assert!(
        request("GET", &format!("{base}/admin"), &[], b"").header("location").starts_with("/admin/login")
    );
    assert_eq!(request("GET", &format!("{base}/admin/setup/otra"), &[], b"").status, 404);
    assert_eq!(request("GET", &link, &[], b"").status, 200);
    let kind = [("Content-Type", "application/x-www-form-urlencoded")];
    let short = request("POST", &link, &kind, b"email=ana%40example.com&password=corta");
    assert!(short.status == 422 && short.text.contains("al menos 8"), "{}", short.text);
    let made = request("POST", &link, &kind, b"email=ana%40example.com&password=una+clave+larga");
    assert_eq!((made.status, made.header("location")), (303, "/admin/start"));
    let cookie = made.header("set-cookie").split(';').next().unwrap().to_owned();
    let start = request("GET", &format!("{base}/admin/start"), &[("Cookie", &cookie)], b"");
    assert!(start.status == 200 && start.text.contains("0 de 5"), "{}", start.text);
    assert_eq!(request("GET", &link, &[], b"").status, 404);
    child.kill().unwrap();
    child.wait().unwrap();
    // The next start has an account and shows no link.
    let again = Running::start(&["serve"], data.path(), &[]);
    until("the door", || {
        (request("GET", &format!("{}/admin", again.url), &[], b"").status == 303).then_some(())
    });
}

#[test]
fn the_page_to_book_gives_the_reason_in_the_words_of_the_chat() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let path = format!("/reservar?lang=es&check_in={}&check_out={}&guests=9", day(9), day(12));
    let page = server.call("GET", &path, &[], &serde_json::Value::Null).text;
    assert!(page.contains("Ahí entran hasta 4 personas."), "{page}");
}

#[test]
fn what_was_typed_stays_while_other_dates_are_looked_at() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let owner = Browser::owner(&server);
    let (check_in, check_out) = (day(3).to_string(), day(5).to_string());
    let word = owner.word("/admin/reservations/new");
    let form = [
        ("csrf_token", word.as_str()),
        ("check_in", check_in.as_str()),
        ("check_out", check_out.as_str()),
        ("guests", "3"),
        ("name", "Rosa Quiroga"),
        ("phone", "351 555 1029"),
    ];
    let shown = owner.send("/admin/reservations/new/look", &form);
    assert_eq!(shown.status, 200, "{}", shown.text);
    for kept in ["Rosa Quiroga", "351 555 1029", check_in.as_str(), &format!("value=\"{cabin}\" checked")] {
        assert!(shown.text.contains(kept), "{kept}: {}", shown.text);
    }
    assert_eq!(server.api("GET", "/api/v1/reservations", &Value::Null).json()["total"], json!(0));
}

#[test]
fn a_booking_moves_to_another_cabin_from_its_page() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let other = server.cabin("Lago", 9_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    let owner = Browser::owner(&server);
    let page = format!("/admin/reservations/{code}");
    assert!(owner.page(&page).contains(&format!("<option value=\"{other}\">Lago</option>")));
    let (check_in, check_out, to) = (day(0).to_string(), day(2).to_string(), other.to_string());
    let word = owner.word(&page);
    let form = [
        ("csrf_token", word.as_str()),
        ("check_in", check_in.as_str()),
        ("check_out", check_out.as_str()),
        ("cabin", to.as_str()),
        ("guests", "2"),
    ];
    let moved = owner.send(&format!("{page}/move"), &form);
    assert_eq!(moved.status, 303, "{}", moved.text);
    assert_eq!(server.reservation(&code)["cabin_id"], json!(other));
}

#[test]
fn nobody_is_said_to_have_come_or_not_before_their_day() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    let owner = Browser::owner(&server);
    let page = format!("/admin/reservations/{code}");
    let word = owner.word(&page);
    assert_eq!(owner.send(&format!("{page}/confirm"), &[("csrf_token", word.as_str())]).status, 303);
    let shown = owner.page(&page);
    assert!(shown.contains("Confirmada"), "{shown}");
    for early in ["Ya llegaron", "No vinieron"] {
        assert!(!shown.contains(early), "{early}: {shown}");
    }
}

#[test]
fn a_booking_that_was_called_off_owes_nothing() {
    let server = quiet();
    let cabin = server.cabin("Aromo", 8_000_000);
    let code = server.hold(cabin, day(0), day(2))["code"].as_str().unwrap().to_owned();
    let owner = Browser::owner(&server);
    let page = format!("/admin/reservations/{code}");
    assert!(owner.page(&page).contains("<dt>Falta</dt>"));
    let word = owner.word(&page);
    assert_eq!(owner.send(&format!("{page}/cancel"), &[("csrf_token", word.as_str())]).status, 303);
    let shown = owner.page(&page);
    assert!(!shown.contains("<dt>Falta</dt>") && !shown.contains("<dt>Sobra</dt>"), "{shown}");
}
