//! The simulated booking sites.

use super::Stage;

const CALENDAR: &str = r#"{"site": "booking", "occupied": [
    {"start": "2030-01-03", "end": "2030-01-06"}, {"start": "2030-02-01", "end": "2030-02-03"}]}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_is_served_changed_and_not_sent_twice() {
    let stage = Stage::new().await;
    assert_eq!(stage.ask("PUT", "/sim/feeds/uno", &[], CALENDAR).0, 200);
    let url = stage.vendors.feed_url("uno");
    let answer = ureq::get(&url).call().expect("a calendar");
    let tag = answer.headers()["etag"].to_str().expect("text").to_owned();
    let text = answer.into_body().read_to_string().expect("a body");
    assert!(text.contains("DTSTART;VALUE=DATE:20300103\r\nDTEND;VALUE=DATE:20300106\r\n"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let known = [("If-None-Match", tag.as_str())];
    assert_eq!(stage.ask_text("GET", &url, &known, "").0, 304);
    let gone = stage.ask("DELETE", "/sim/feeds/uno/occupied/2030-01-03", &[], "");
    assert_eq!(gone.0, 200);
    let (status, text) = stage.ask_text("GET", &url, &known, "");
    assert_eq!(status, 200);
    assert!(!text.contains("20300103") && text.contains("20300201"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_breaks_in_every_way_that_was_seen() {
    let stage = Stage::new().await;
    stage.ask("PUT", "/sim/feeds/uno", &[], CALENDAR);
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
