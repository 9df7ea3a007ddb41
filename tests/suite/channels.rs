//! Other channels' calendars, through the whole product.

use super::harness::{TestServer, hold_of, preference, request, until};
use serde_json::{Value, json};

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
    let (cabin, feed) =
        cabin_with_feed(&server, "uno", &json!([{ "start": "2027-02-01", "end": "2027-02-04" }]));
    sync(&server, &feed);
    let refused = server.api("POST", "/api/v1/reservations", &hold_of(cabin, "2027-02-03", "2027-02-05"));
    assert_eq!((refused.status, refused.json()["code"].as_str()), (409, Some("nights_taken")));
    server.hold(cabin, "2027-02-04", "2027-02-06");
}

#[test]
fn a_calendar_that_is_suddenly_empty_or_broken_frees_nothing() {
    let server = TestServer::new();
    let (cabin, feed) =
        cabin_with_feed(&server, "uno", &json!([{ "start": "2027-02-01", "end": "2027-02-04" }]));
    sync(&server, &feed);
    for ailment in ["empty", "truncated", "blank", "html", "error500", "gone"] {
        server.world("POST", "/feeds/uno/break", &json!({ "as": ailment }));
        for _ in 0..4 {
            sync(&server, &feed);
        }
        let refused = server.api("POST", "/api/v1/reservations", &hold_of(cabin, "2027-02-01", "2027-02-02"));
        assert_eq!(refused.status, 409, "{ailment}");
    }
}

#[test]
fn a_confirmed_stay_sold_elsewhere_too_is_kept_and_told() {
    let server = TestServer::new();
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([]));
    let held = server.hold(cabin, "2027-02-01", "2027-02-04");
    server.pay(&preference(&held), "approve", &json!({}));
    server.becomes(held["code"].as_str().unwrap(), "confirmed");
    server.world(
        "POST",
        "/feeds/uno/occupied",
        &json!({ "start": "2027-02-03", "end": "2027-02-06", "code": "HMSIM00001" }),
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
    let held = server.hold(cabin, "2027-02-01", "2027-02-04");
    server.world(
        "POST",
        "/feeds/uno/occupied",
        &json!({ "start": "2027-02-03", "end": "2027-02-06", "code": "HMSIM00001" }),
    );
    sync(&server, &feed);
    server.becomes(held["code"].as_str().unwrap(), "cancelled");
    let other = server.api("POST", "/api/v1/reservations", &hold_of(cabin, "2027-02-03", "2027-02-05"));
    assert_eq!(other.status, 409);
}

#[test]
fn each_channel_reads_our_stays_and_not_its_own() {
    let server = TestServer::new();
    let (cabin, feed) =
        cabin_with_feed(&server, "uno", &json!([{ "start": "2027-03-01", "end": "2027-03-04" }]));
    sync(&server, &feed);
    let held = server.hold(cabin, "2027-02-01", "2027-02-04");
    let text = export(&server, &feed);
    assert!(text.contains("DTSTART;VALUE=DATE:20270201\r\nDTEND;VALUE=DATE:20270204\r\n"), "{text}");
    assert!(
        !text.contains("20270301")
            && !text.contains("Marta")
            && text.contains(held["code"].as_str().unwrap())
    );
    let body = json!({ "channel": "booking", "url": "" });
    let reader = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body);
    if reader.status == 201 {
        assert!(export(&server, &reader.json()).contains("20270301"), "another channel learns of it");
    }
    until("the reader to be noted", || {
        (server.count("SELECT count(*) FROM feed WHERE fetched_at IS NOT NULL") > 0).then_some(())
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
    server.hears(owner, "Hace 10 horas que airbnb no lee tu calendario");
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
