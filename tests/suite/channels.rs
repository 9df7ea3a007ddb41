//! Other channels' calendars, through the whole product.

use super::days::{compact, day};
use super::harness::{TestServer, hold_of, preference, request, until};
use serde_json::{Value, json};

/// A cabin with a feed of this name that holds these stays; answers the cabin and the feed.
pub fn cabin_with_feed(server: &TestServer, name: &str, occupied: &Value) -> (i64, Value) {
    let (cabin, feed) = cabin_with_unread_feed(server, name, occupied);
    // What is there at the first reading is asked about and ends nothing.
    sync(server, &feed);
    (cabin, feed)
}

/// A channel that casero will read by itself in a moment.
pub fn cabin_with_unread_feed(server: &TestServer, name: &str, occupied: &Value) -> (i64, Value) {
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

pub fn export(server: &TestServer, feed: &Value) -> String {
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

#[test]
fn a_channel_is_changed_in_place_and_keeps_its_nights_and_its_address_of_ours() {
    let server = TestServer::new();
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([{ "start": day(0), "end": day(3) }]));
    sync(&server, &feed);
    server.world(
        "PUT",
        "/feeds/dos",
        &json!({ "site": "airbnb", "occupied": [{ "start": day(0), "end": day(3) }] }),
    );
    let path = format!("/api/v1/feeds/{}", id_of(&feed));
    let change = json!({ "url": server.vendors.feed_url("dos"), "channel": "vrbo", "rules_close": false });
    let changed = server.api("PUT", &path, &change);
    assert_eq!(changed.status, 200, "{}", changed.text);
    let changed = changed.json();
    assert_eq!(
        (&changed["channel"], &changed["export_url"], &changed["rules_close"]),
        (&json!("vrbo"), &feed["export_url"], &json!(false))
    );
    let taken = || server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(0), day(1))).status;
    assert_eq!(taken(), 409);
    sync(&server, &changed);
    assert_eq!(taken(), 409);
    let wrong = server.api("PUT", &path, &json!({ "url": "ftp://example.com/a.ics" }));
    assert_eq!(wrong.status, 422);
    assert_eq!(server.api("PUT", &path, &json!({ "url": "webcal://example.com/a.ics" })).status, 200);
}

#[test]
fn a_link_that_two_channels_have_is_pointed_out_until_one_of_them_has_another() {
    let server = TestServer::new();
    let (_, first) = cabin_with_unread_feed(&server, "uno", &json!([]));
    let other = server.cabin("Molle", 70_000_00);
    let link = server.vendors.feed_url("uno").replace("http://", "HTTP://");
    let body = json!({ "channel": "airbnb", "url": link });
    let answer = server.api("POST", &format!("/api/v1/cabins/{other}/feeds"), &body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    let item = server.attention_of("calendar_check");
    assert_eq!(item["details"]["cause"], "same_link");
    let named = item["details"]["code"].as_str().expect("the other");
    assert!(named.contains("Aromo"), "{named}");
    let path = format!("/api/v1/feeds/{}", id_of(&first));
    assert_eq!(server.api("DELETE", &path, &Value::Null).status, 204);
    assert_eq!(server.attention(), Vec::<Value>::new());
}

#[test]
fn a_stay_that_moved_is_the_same_event_in_a_later_version() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let body = json!({ "channel": "agenda", "url": "" });
    let reader = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body).json();
    let held = server.hold(cabin, day(0), day(3));
    let line = |calendar: &str, name: &str| {
        let mut found = calendar.lines().filter_map(|line| line.strip_prefix(name).map(str::to_owned));
        found.next().expect(name)
    };
    let before = export(&server, &reader);
    assert!(line(&before, "UID:").starts_with(&format!("c{cabin}-reservation-")));
    assert_eq!((line(&before, "NAME:"), line(&before, "X-WR-CALNAME:")), ("Aromo".into(), "Aromo".into()));
    let path = format!("/api/v1/reservations/{}/move", held["code"].as_str().expect("a code"));
    let moved = server.api("POST", &path, &json!({ "check_in": day(1), "check_out": day(4) }));
    assert_eq!(moved.status, 200, "{}", moved.text);
    let after = export(&server, &reader);
    assert_eq!(line(&after, "UID:"), line(&before, "UID:"));
    assert!(after.contains(&format!("DTSTART;VALUE=DATE:{}", compact(day(1)))));
    let sequence = |calendar: &str| line(calendar, "SEQUENCE:").parse::<u32>().expect("a number");
    assert!(sequence(&before) < sequence(&after));
    assert!(line(&before, "LAST-MODIFIED:") <= line(&after, "LAST-MODIFIED:"));
    assert!(after.contains("X-SOURCE:"));
    server.api("PUT", "/api/v1/settings", &json!({ "calendar_shows_source": false }));
    assert!(!export(&server, &reader).contains("X-SOURCE:"));
}

#[test]
fn several_stays_that_vanish_at_once_are_told_and_freed_only_by_a_person() {
    let server = TestServer::new();
    let stays = [0, 4, 8, 12].map(|from| json!({ "start": day(from), "end": day(from + 2) }));
    let (cabin, feed) = cabin_with_feed(&server, "uno", &json!(stays));
    sync(&server, &feed);
    server.world("PUT", "/feeds/uno", &json!({ "site": "airbnb", "occupied": [stays[3]] }));
    for _ in 0..4 {
        sync(&server, &feed);
    }
    let item = server.attention_of("calendar_check");
    assert_eq!(
        (&item["details"]["cause"], item["details"]["nights"].as_array().map(Vec::len)),
        (&json!("vanished"), Some(6))
    );
    let take = || server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(0), day(1))).status;
    assert_eq!(take(), 409);
    let path = format!("/api/v1/attention/{}/resolve", item["id"]);
    assert_eq!(server.api("POST", &path, &json!({})).status, 200);
    sync(&server, &feed);
    assert_eq!(take(), 201);
}

#[test]
fn the_first_reading_of_a_channel_asks_about_our_nights_at_once_and_ends_nothing() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = [server.hold(cabin, day(0), day(3)), server.hold(cabin, day(5), day(8))];
    let sold = |from, to, code: &str| json!({ "start": day(from), "end": day(to), "code": code });
    let occupied = json!([sold(0, 3, "HMSIM00001"), sold(5, 8, "HMSIM00002")]);
    server.world("PUT", "/feeds/uno", &json!({ "site": "airbnb", "occupied": occupied }));
    let body = json!({ "channel": "airbnb", "url": server.vendors.feed_url("uno") });
    let feed = server.api("POST", &format!("/api/v1/cabins/{cabin}/feeds"), &body).json();
    for _ in 0..2 {
        sync(&server, &feed);
    }
    let items = server.attention();
    assert_eq!(items.len(), 1, "{items:#?}");
    assert_eq!(
        (&items[0]["details"]["cause"], items[0]["details"]["nights"].as_array().map(Vec::len)),
        (&json!("first_reading"), Some(6))
    );
    for held in held {
        assert_eq!(server.reservation(held["code"].as_str().unwrap())["status"], "pre_reserved");
    }
}
