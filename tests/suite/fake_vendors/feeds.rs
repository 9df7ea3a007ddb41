//! The simulated booking sites.

use super::Stage;
use crate::days::{compact, day};
use serde_json::json;

fn calendar() -> String {
    let occupied = [(2, 5), (9, 11)].map(|(from, to)| json!({ "start": day(from), "end": day(to) }));
    json!({ "site": "booking", "occupied": occupied }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_is_served_changed_and_not_sent_twice() {
    let stage = Stage::new().await;
    assert_eq!(stage.ask("PUT", "/sim/feeds/uno", &[], &calendar()).0, 200);
    let url = stage.vendors.feed_url("uno");
    let answer = ureq::get(&url).call().expect("a calendar");
    let tag = answer.headers()["etag"].to_str().expect("text").to_owned();
    let text = answer.into_body().read_to_string().expect("a body");
    let first = format!("DTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\n", compact(day(2)), compact(day(5)));
    assert!(text.contains(&first), "{text}");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let known = [("If-None-Match", tag.as_str())];
    assert_eq!(stage.ask_text("GET", &url, &known, "").0, 304);
    let gone = stage.ask("DELETE", &format!("/sim/feeds/uno/occupied/{}", day(2)), &[], "");
    assert_eq!(gone.0, 200);
    let (status, text) = stage.ask_text("GET", &url, &known, "");
    assert_eq!(status, 200);
    assert!(!text.contains(&compact(day(2))) && text.contains(&compact(day(9))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_breaks_in_every_way_that_was_seen() {
    let stage = Stage::new().await;
    stage.ask("PUT", "/sim/feeds/uno", &[], &calendar());
    let url = stage.vendors.feed_url("uno");
    let broken = |how: &str| {
        let body = format!(r#"{{"as": {how}}}"#);
        assert_eq!(stage.ask("POST", "/sim/feeds/uno/break", &[], &body).0, 200);
        stage.ask_text("GET", &url, &[], "")
    };
    let (status, text) = broken("\"empty\"");
    assert!(status == 200 && !text.contains("VEVENT") && text.contains("END:VCALENDAR"));
    let (_, text) = broken("\"truncated\"");
    assert!(text.contains("VEVENT") && !text.contains("END:VCALENDAR"));
    assert_eq!(broken("\"blank\""), (200, String::new()));
    assert!(broken("\"html\"").1.starts_with("<!doctype html>"));
    assert_eq!(broken("\"error500\"").0, 500);
    assert_eq!(broken("\"gone\"").0, 404);
    assert!(broken("null").1.contains("END:VCALENDAR"));
}
