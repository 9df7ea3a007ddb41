//! Sites and tools that repeat our own calendar: nothing of ours ends by it, no sale is taken for it, and what we
//! cancelled is free again although they go on showing it.

use super::channels::{export, sync};
use super::days::{compact, day};
use super::harness::{GUEST, TestServer, hold_of, preference, request};
use jiff::civil::Date;
use serde_json::{Value, json};

/// The owner's phone.
const OWNER: &str = "5493515550188";

/// Three nights.
fn nights() -> (Date, Date) {
    (day(0), day(3))
}

/// A server with an owner's number, and a cabin whose channel reports only "closed" and has read us.
fn repeating() -> (TestServer, i64, Value) {
    let server = TestServer::new();
    let settings = json!({ "owner_phone": format!("+{OWNER}") });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let cabin = server.cabin("Aromo", 80_000_00);
    server.world("PUT", "/feeds/uno", &json!({ "site": "booking", "occupied": [] }));
    let body = json!({ "channel": "booking", "url": server.vendors.feed_url("uno") });
    let answer = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    let feed = answer.json();
    sync(&server, &feed);
    (server, cabin, feed)
}

/// The channel shows these nights as taken from now on; with a label that is not its usual one.
fn shows(server: &TestServer, (start, end): (Date, Date), label: Option<&str>) {
    if label.is_some() {
        server.world("PUT", "/feeds/uno", &json!({ "site": "airbnb", "occupied": [] }));
    }
    server.world("POST", "/feeds/uno/occupied", &json!({ "start": start, "end": end, "label": label }));
}

/// The channel reads us and shows what it read: our nights, as closed.
fn repeats(server: &TestServer, feed: &Value, nights: (Date, Date)) {
    export(server, feed);
    server.world("PUT", "/feeds/uno", &json!({ "site": "booking", "occupied": [] }));
    shows(server, nights, None);
}

fn of_conflict(server: &TestServer) -> usize {
    let told = server.texts(OWNER).iter().filter(|text| text.contains("Doble reserva")).count();
    told + server.attention().iter().filter(|item| item["kind"] == "calendar_conflict").count()
}

fn code_of(held: &Value) -> String {
    held["code"].as_str().expect("a code").to_owned()
}

#[test]
fn a_site_that_repeats_our_own_hold_never_ends_it_when_it_is_paid() {
    let (server, cabin, feed) = repeating();
    let (from, to) = nights();
    let held = server.hold(cabin, from, to);
    repeats(&server, &feed, (from, to));
    // The last reading is so old that the deposit is followed by one.
    server.sql("UPDATE feed SET succeeded_at = succeeded_at - 1800000, due_at = due_at + 3600000");
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(&code_of(&held), "confirmed");
    for _ in 0..3 {
        sync(&server, &feed);
    }
    assert_eq!(server.reservation(&code_of(&held))["status"], "confirmed");
    assert_eq!((of_conflict(&server), server.attention().len()), (0, 0), "{:#?}", server.attention());
}

#[test]
fn a_site_that_repeats_our_own_hold_is_no_double_booking_when_it_is_confirmed_by_hand() {
    let (server, cabin, feed) = repeating();
    let (from, to) = nights();
    let held = server.hold(cabin, from, to);
    repeats(&server, &feed, (from, to));
    sync(&server, &feed);
    let path = format!("/api/v1/reservations/{}/confirm", code_of(&held));
    assert_eq!(server.api("POST", &path, &json!({})).status, 200);
    sync(&server, &feed);
    assert_eq!(server.reservation(&code_of(&held))["status"], "confirmed");
    assert_eq!(of_conflict(&server), 0, "{:#?}", server.attention());
}

#[test]
fn a_hold_that_was_moved_is_not_called_off_by_a_site_that_repeats_the_nights_it_keeps() {
    let (server, cabin, feed) = repeating();
    let (from, to) = nights();
    let held = server.hold(cabin, from, to);
    repeats(&server, &feed, (from, to));
    sync(&server, &feed);
    let path = format!("/api/v1/reservations/{}/move", code_of(&held));
    let moved = server.api("POST", &path, &json!({ "check_in": day(1), "check_out": day(4) }));
    assert_eq!(moved.status, 200, "{}", moved.text);
    sync(&server, &feed);
    let now = server.reservation(&code_of(&held));
    assert_eq!((&now["status"], &now["check_out"]), (&json!("pre_reserved"), &json!(day(4))));
    assert_eq!(of_conflict(&server), 0, "{:#?}", server.attention());
}

#[test]
fn what_is_merely_closed_ends_no_hold_with_money_and_is_told() {
    let (server, cabin, feed) = repeating();
    let (from, to) = nights();
    let held = server.hold(cabin, from, to);
    // It never read us, so what it closes is not ours.
    shows(&server, (from, to), None);
    server.sql("UPDATE feed SET succeeded_at = succeeded_at - 1800000, due_at = due_at + 3600000");
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(&code_of(&held), "confirmed");
    let attention = server.attention_of("calendar_conflict");
    assert_eq!(attention["details"]["code"], held["code"]);
    server.hears(OWNER, "Doble reserva");
    sync(&server, &feed);
    assert_eq!(server.reservation(&code_of(&held))["status"], "confirmed");
}

#[test]
fn a_guest_by_name_is_a_sale_also_against_a_hold_with_money() {
    let (server, cabin, feed) = repeating();
    let (from, to) = nights();
    let held = server.hold(cabin, from, to);
    export(&server, &feed);
    shows(&server, (from, to), Some("Lucía Fernández"));
    server.sql("UPDATE feed SET succeeded_at = succeeded_at - 1800000, due_at = due_at + 3600000");
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(&code_of(&held), "expired");
    let attention = server.attention_of("paid_without_place");
    assert_eq!(attention["details"]["propose"], "refund");
}

/// A second site of the cabin, under this name, that has never read us.
fn second(server: &TestServer, cabin: i64, name: &str) -> Value {
    server.world("PUT", &format!("/feeds/{name}"), &json!({ "site": "booking", "occupied": [] }));
    let body = json!({ "channel": name, "url": server.vendors.feed_url(name) });
    let answer = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

fn shows_on(server: &TestServer, name: &str, (start, end): (Date, Date)) {
    server.world("POST", &format!("/feeds/{name}/occupied"), &json!({ "start": start, "end": end }));
}

fn status_of(server: &TestServer, held: &Value) -> String {
    server.reservation(&code_of(held))["status"].as_str().expect("a status").to_owned()
}

/// Whether nobody here or elsewhere has the nights, as guests are told.
fn is_free(server: &TestServer, cabin: i64, (from, to): (Date, Date)) -> bool {
    let path = format!("/api/v1/availability?check_in={from}&check_out={to}&guests=2");
    let found = server.api("GET", &path, &Value::Null).json();
    let cabins = found["cabins"].as_array().expect("cabins").clone();
    cabins.iter().any(|found| found["cabin_id"] == cabin && found["available"] == true)
}

fn cancel(server: &TestServer, held: &Value) {
    let path = format!("/api/v1/reservations/{}/cancel", code_of(held));
    let answer = server.api("POST", &path, &json!({ "reason": "cambio de planes" }));
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// So many hours go by for what is known of the channels.
fn hours_pass(server: &TestServer, hours: i64) {
    let millis = hours * 3_600_000;
    server.sql(&format!(
        "UPDATE given_night SET given_from = given_from - {millis}, given_until = given_until - {millis}"
    ));
    let earlier = |at: &str| format!("strftime('%Y-%m-%dT%H:%M:%fZ', {at}, '-{hours} hours')");
    let of_night = |name: &str| format!("'$.{name}', {}", earlier(&format!("value ->> '$.{name}'")));
    server.sql(&format!(
        "UPDATE feed SET state = json_set(state,
             '$.echoes', json((SELECT json_group_object(key, {}) FROM json_each(state, '$.echoes'))),
             '$.nights', json((SELECT json_group_object(key, json_set(value, {}, {}))
                               FROM json_each(state, '$.nights'))))
         WHERE json_valid(state)",
        earlier("value"),
        of_night("first_seen"),
        of_night("releasing"),
    ));
}

/// The cause of the one matter of a calendar.
fn cause(server: &TestServer) -> Value {
    server.attention_of("calendar_check")["details"]["cause"].clone()
}

#[test]
fn a_tool_that_tells_our_calendar_to_another_site_ends_nothing() {
    let (server, cabin, feed) = repeating();
    let held = server.hold(cabin, day(0), day(3));
    export(&server, &feed);
    // The second site never read us: a tool told it what the first one read.
    let other = second(&server, cabin, "dos");
    shows_on(&server, "dos", nights());
    sync(&server, &other);
    assert_eq!((status_of(&server, &held).as_str(), of_conflict(&server)), ("pre_reserved", 0));
}

#[test]
fn the_next_guest_of_cancelled_nights_is_not_called_off_by_a_site_that_still_shows_them() {
    let (server, cabin, feed) = repeating();
    server.api("PUT", "/api/v1/settings", &json!({ "calendar_release_hours": 0 }));
    let first = server.hold(cabin, day(0), day(3));
    repeats(&server, &feed, nights());
    sync(&server, &feed);
    cancel(&server, &first);
    sync(&server, &feed);
    assert_eq!(cause(&server), "still_repeated");
    server.hears(OWNER, "Acá la liberé");
    let next = server.hold(cabin, day(0), day(3));
    for _ in 0..2 {
        sync(&server, &feed);
        export(&server, &feed);
    }
    assert_eq!((status_of(&server, &next).as_str(), of_conflict(&server)), ("pre_reserved", 0));
}

#[test]
fn cancelled_nights_are_free_after_the_owners_time_although_two_sites_repeat_them_to_each_other() {
    let (server, cabin, feed) = repeating();
    let held = server.hold(cabin, day(0), day(3));
    let other = second(&server, cabin, "dos");
    repeats(&server, &feed, nights());
    shows_on(&server, "dos", nights());
    let both = || [&feed, &other].iter().for_each(|feed| sync(&server, feed));
    both();
    cancel(&server, &held);
    both();
    assert!(!is_free(&server, cabin, nights()), "for the owner's time it stays closed");
    for feed in [&feed, &other] {
        assert!(!export(&server, feed).contains(&compact(day(0))), "and is told to nobody");
    }
    server.api("PUT", "/api/v1/settings", &json!({ "calendar_release_hours": 0 }));
    both();
    assert!(!is_free(&server, cabin, nights()), "one that just read of the end may have sold them");
    hours_pass(&server, 7);
    both();
    assert!(is_free(&server, cabin, nights()), "both know, so they have it from each other");
    both();
    assert!(is_free(&server, cabin, nights()), "also when it is shown again and again");
}

#[test]
fn nights_that_another_site_sells_when_ours_were_cancelled_are_never_freed_as_an_echo() {
    let (server, cabin, feed) = repeating();
    server.api("PUT", "/api/v1/settings", &json!({ "calendar_release_hours": 0 }));
    let other = second(&server, cabin, "dos");
    sync(&server, &other);
    let held = server.hold(cabin, day(0), day(3));
    export(&server, &feed);
    cancel(&server, &held);
    export(&server, &feed);
    // Sold there under a neutral label, or told by a tool that has not heard of the end: it looks the same.
    shows_on(&server, "dos", nights());
    for hours in [0, 24, 23] {
        hours_pass(&server, hours);
        sync(&server, &other);
        assert!(!is_free(&server, cabin, nights()));
        assert!(!export(&server, &feed).contains(&compact(day(0))), "a copy must not live on through us");
    }
    hours_pass(&server, 2);
    sync(&server, &other);
    assert_eq!(cause(&server), "maybe_sold", "no tool is so slow");
    server.hears(OWNER, "puede que la haya vendido");
    assert!(!is_free(&server, cabin, nights()) && export(&server, &feed).contains(&compact(day(0))));
}

#[test]
fn nights_that_a_site_sold_while_they_were_ours_are_never_free_when_ours_are_over() {
    let (server, cabin, feed) = repeating();
    let other = second(&server, cabin, "dos");
    sync(&server, &other);
    let blocks = format!("/api/v1/cabins/{cabin}/blocks");
    let closed = json!({ "from": day(0), "to": day(3) });
    let block = server.api("POST", &blocks, &closed).json();
    let held = server.hold(cabin, day(7), day(10));
    export(&server, &feed);
    // Sold by the second site just then: under its label it looks like ours, told by the first.
    for stay in [nights(), (day(7), day(10))] {
        shows_on(&server, "dos", stay);
    }
    sync(&server, &other);
    assert_eq!(server.api("DELETE", &format!("{blocks}/{}", block["id"]), &Value::Null).status, 204);
    cancel(&server, &held);
    for stay in [nights(), (day(7), day(10))] {
        assert!(!is_free(&server, cabin, stay), "not even until the next reading");
    }
}

#[test]
fn the_owner_books_again_at_once_what_a_site_can_only_repeat() {
    let (server, cabin, feed) = repeating();
    let first = server.hold(cabin, day(0), day(3));
    repeats(&server, &feed, nights());
    sync(&server, &feed);
    cancel(&server, &first);
    assert!(!is_free(&server, cabin, nights()), "guests wait for the owner's time");
    let body = json!({
        "cabin_id": cabin, "check_in": day(0), "check_out": day(3), "guests": 2,
        "guest": { "name": "Rosa", "phone": "+5493515550177" },
    });
    let answer = server.api("POST", "/api/v1/reservations", &body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    sync(&server, &feed);
    assert_eq!((status_of(&server, &answer.json()).as_str(), of_conflict(&server)), ("pre_reserved", 0));
}

#[test]
fn nights_that_a_site_sells_after_it_read_of_the_end_are_its_own() {
    let (server, cabin, feed) = repeating();
    server.api("PUT", "/api/v1/settings", &json!({ "calendar_release_hours": 0 }));
    let held = server.hold(cabin, day(0), day(3));
    repeats(&server, &feed, nights());
    sync(&server, &feed);
    cancel(&server, &held);
    // It opened them and sold them before we looked again.
    export(&server, &feed);
    for hours in [0, 5, 2, 100] {
        hours_pass(&server, hours);
        sync(&server, &feed);
        assert!(!is_free(&server, cabin, nights()));
    }
    let causes = server.attention().iter().map(|item| item["details"]["cause"].clone()).collect::<Vec<_>>();
    assert_eq!(causes, ["still_repeated", "maybe_sold"]);
}

#[test]
fn a_range_that_reaches_beyond_our_nights_ends_nothing_closes_the_rest_and_is_told() {
    let (server, cabin, feed) = repeating();
    let held = server.hold(cabin, day(0), day(3));
    repeats(&server, &feed, (day(0), day(5)));
    sync(&server, &feed);
    assert_eq!(status_of(&server, &held), "pre_reserved");
    assert!(!is_free(&server, cabin, (day(3), day(5))));
    let item = server.attention_of("calendar_check");
    assert_eq!((&item["details"]["code"], &item["details"]["cause"]), (&held["code"], &json!("beyond")));
    server.hears(OWNER, "2 noches más");
    sync(&server, &feed);
    assert_eq!(server.attention().iter().filter(|item| item["kind"] == "calendar_check").count(), 1);
}

#[test]
fn a_look_at_the_head_of_our_calendar_gives_a_site_nothing_to_repeat() {
    let (server, cabin, feed) = repeating();
    let held = server.hold(cabin, day(0), day(3));
    let url = feed["export_url"].as_str().expect("an address");
    let path = &url[url.find("/ical/").expect("our calendar")..];
    assert_eq!(request("HEAD", &server.url(path), &[], b"").status, 200);
    shows(&server, nights(), None);
    sync(&server, &feed);
    assert_eq!(status_of(&server, &held), "cancelled", "the site can't know it from us");
}

#[test]
fn another_cabins_calendar_closes_nights_as_any_other() {
    let (server, cabin, _) = repeating();
    let other = server.cabin("Molle", 70_000_00);
    server.hold(other, day(0), day(3));
    let body = json!({ "channel": "vrbo", "url": "" });
    let reader = server.api("POST", &format!("/api/v1/cabins/{other}/feeds"), &body).json();
    let url = reader["export_url"].as_str().expect("an address");
    let wrong = server.url(&url[url.find("/ical/").expect("our calendar")..]);
    let body = json!({ "channel": "equivocado", "url": wrong });
    let answer = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    let wrong = answer.json();
    sync(&server, &wrong);
    assert!(!is_free(&server, cabin, nights()));
    assert_eq!(cause(&server), "own_link");
    server.hears(OWNER, "tiene cargado un link de Casero");
    // Mended, it is no matter any more.
    let right = json!({ "url": server.vendors.feed_url("uno") + "?of=this" });
    assert_eq!(server.api("PUT", &format!("/api/v1/feeds/{}", wrong["id"]), &right).status, 200);
    assert_eq!(server.attention(), Vec::<Value>::new());
}

#[test]
fn a_reservation_of_the_channel_itself_has_its_nights_and_is_not_told_to_it() {
    let (server, cabin, feed) = repeating();
    shows(&server, nights(), None);
    sync(&server, &feed);
    let of = |channel: &str| {
        let mut body = hold_of(cabin, day(0), day(3));
        body["channel"] = json!(channel);
        server.api("POST", "/api/v1/reservations", &body)
    };
    assert_eq!(of("airbnb").status, 409, "another channel's nights are taken");
    let entered = of("booking");
    assert_eq!(entered.status, 201, "{}", entered.text);
    sync(&server, &feed);
    assert_eq!((status_of(&server, &entered.json()).as_str(), of_conflict(&server)), ("pre_reserved", 0));
    assert!(!export(&server, &feed).contains(&compact(day(0))));
    cancel(&server, &entered.json());
    assert!(!is_free(&server, cabin, nights()), "the channel still has them");
}
