//! Other channels' calendars, through the whole product.

use super::days::{compact, day};
use super::harness::{GUEST, TestServer, hold_of, preference, request, until};
use jiff::civil::Date;
use serde_json::{Value, json};

/// The owner's phone.
const OWNER: &str = "5493515550188";

/// A cabin with a feed of this name that holds these stays; answers the cabin and the feed.
pub fn cabin_with_feed(server: &TestServer, name: &str, occupied: &Value) -> (i64, Value) {
    let cabin = server.cabin("Aromo", 80_000_00);
    server.world("PUT", &format!("/feeds/{name}"), &json!({ "site": "airbnb", "occupied": occupied }));
    let body = json!({ "channel": "airbnb", "url": server.vendors.feed_url(name) });
    let answer = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    (cabin, answer.json())
}

fn id_of(feed: &Value) -> i64 {
    feed["id"].as_i64().expect("an id")
}

pub fn sync(server: &TestServer, feed: &Value) {
    let answer = server.api("POST", &format!("/api/v1/feeds/{}/sync", id_of(feed)), &Value::Null);
    assert_eq!(answer.status, 200, "{}", answer.text);
}

fn export(server: &TestServer, feed: &Value) -> String {
    let url = feed["export_url"].as_str().expect("an address");
    let path = &url[url.find("/ical/").expect("our calendar")..];
    let answer = request("GET", &server.url(path), &[], b"");
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.header("content-type").starts_with("text/calendar"));
    let again = request("GET", &server.url(path), &[("If-None-Match", answer.header("etag"))], b"");
    assert_eq!(again.status, 304);
    answer.text
}

#[test]
fn nights_sold_elsewhere_are_not_sold_here() {
    let server = TestServer::new();
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([{ "start": day(0), "end": day(3) }]));
    sync(&server, &feed);
    let refused = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(2), day(4)));
    assert_eq!((refused.status, refused.json()["code"].as_str()), (409, Some("nights_taken")));
    server.hold(cabin, day(3), day(5));
}

#[test]
fn a_calendar_that_is_suddenly_empty_or_broken_frees_nothing() {
    let server = TestServer::new();
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([{ "start": day(0), "end": day(3) }]));
    sync(&server, &feed);
    for ailment in ["empty", "truncated", "blank", "html", "error500", "gone"] {
        server.world("POST", "/feeds/uno/break", &json!({ "as": ailment }));
        for _ in 0..4 {
            sync(&server, &feed);
        }
        let refused = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(0), day(1)));
        assert_eq!(refused.status, 409, "{ailment}");
    }
}

#[test]
fn a_confirmed_stay_sold_elsewhere_too_is_kept_and_told() {
    let server = TestServer::new();
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([]));
    let held = server.hold(cabin, day(0), day(3));
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    server.world(
        "POST",
        "/feeds/uno/occupied",
        &json!({ "start": day(2), "end": day(5), "code": "HMSIM00001" }),
    );
    sync(&server, &feed);
    let attention = server.attention_of("calendar_conflict");
    assert_eq!(attention["details"]["code"], held["code"]);
    assert_eq!(server.reservation(held["code"].as_str().unwrap())["status"], "confirmed");
}

#[test]
fn an_unpaid_hold_gives_way_to_a_stay_sold_elsewhere() {
    let server = TestServer::new();
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([]));
    let held = server.hold(cabin, day(0), day(3));
    server.world(
        "POST",
        "/feeds/uno/occupied",
        &json!({ "start": day(2), "end": day(5), "code": "HMSIM00001" }),
    );
    sync(&server, &feed);
    server.becomes(held["code"].as_str().unwrap(), "cancelled");
    let other = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(2), day(4)));
    assert_eq!(other.status, 409);
}

#[test]
fn each_channel_reads_our_stays_and_not_its_own() {
    let server = TestServer::new();
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([{ "start": day(14), "end": day(17) }]));
    sync(&server, &feed);
    let held = server.hold(cabin, day(0), day(3));
    let text = export(&server, &feed);
    let (starts, ends) = (compact(day(0)), compact(day(3)));
    assert!(text.contains(&format!("DTSTART;VALUE=DATE:{starts}\r\nDTEND;VALUE=DATE:{ends}\r\n")), "{text}");
    let its_own = compact(day(14));
    assert!(
        !text.contains(&its_own) && !text.contains("Marta") && text.contains(held["code"].as_str().unwrap())
    );
    let body = json!({ "channel": "booking", "url": "" });
    let reader = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body);
    assert_eq!(reader.status, 201, "{}", reader.text);
    assert!(export(&server, &reader.json()).contains(&its_own), "another channel learns of it");
    until("both readers to be noted", || {
        (server.count("SELECT count(*) FROM feed WHERE fetched_at IS NOT NULL") == 2).then_some(())
    });
}

#[test]
fn a_channel_that_stops_reading_our_calendar_is_told_of_until_it_reads_again() {
    const READ_TEN_HOURS_AGO: &str = "UPDATE feed SET fetched_at = fetched_at - 36000000";
    let look = |server: &TestServer| {
        until("the look at readers", || {
            (server.count("SELECT count(*) FROM schedule WHERE name = 'channel_readers' AND due_at > 0") == 1)
                .then_some(())
        });
    };
    let look_now = |server: &TestServer| {
        look(server);
        server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'channel_readers'");
        look(server);
    };
    let server = TestServer::new();
    let owner = "5493515550188";
    let settings = json!({ "owner_phone": format!("+{owner}") });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(owner, "hola");
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([]));
    let of_readers =
        || server.attention().into_iter().filter(|item| item["kind"] == "channel_not_reading").count();

    // It has not been set up there yet; then it reads in time.
    look_now(&server);
    export(&server, &feed);
    look_now(&server);
    assert_eq!(of_readers(), 0);

    server.sql(READ_TEN_HOURS_AGO);
    look_now(&server);
    let attention = server.attention_of("channel_not_reading");
    assert_eq!(
        (&attention["subject"], &attention["details"]["channel"]),
        (&json!(id_of(&feed).to_string()), &json!("airbnb"))
    );
    server.hears(owner, "Hace 10 horas que Airbnb no lee tu calendario");
    look_now(&server);
    assert_eq!(of_readers(), 1);

    // A calendar program comes once or twice a day.
    let body = json!({ "channel": "google", "url": server.vendors.feed_url("uno") });
    let google = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body).json();
    export(&server, &google);
    server.sql(READ_TEN_HOURS_AGO);
    look_now(&server);
    // The second look begins when the first has ended.
    look_now(&server);
    assert_eq!(of_readers(), 1);

    export(&server, &feed);
    assert_eq!(of_readers(), 0);
}

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
    (server, cabin, answer.json())
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
    until("the reader to be noted", || {
        let behind = "SELECT count(*) FROM feed WHERE fetched_at IS NULL
            OR fetched_at < (SELECT coalesce(max(taken_at), 0) FROM night WHERE reservation_id IS NOT NULL)";
        (server.count(behind) == 0).then_some(())
    });
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
