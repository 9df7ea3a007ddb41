//! Calendars on the owner's page.

use super::Browser;
use crate::harness::{TestServer, request};
use serde_json::{Value, json};

fn feeds(server: &TestServer, cabin: i64) -> Value {
    server.api("GET", &format!("/api/v1/cabins/{cabin}/feeds"), &Value::Null).json()["feeds"].clone()
}

#[test]
fn a_channel_is_added_read_given_a_new_link_and_removed() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 8_000_000);
    server.world("PUT", "/feeds/airbnb-1", &json!({ "site": "airbnb", "occupied": [] }));
    let url = server.vendors.feed_url("airbnb-1");
    let owner = Browser::owner(&server);
    let id = cabin.to_string();
    let fields = [("cabin", id.as_str()), ("channel", "Airbnb"), ("url", url.as_str())];
    let page = owner.does("/admin/calendars", "/admin/calendars", &fields);
    assert!(page.contains("Canal agregado") && page.contains("Airbnb"), "{page}");
    let feed = feeds(&server, cabin)[0].clone();
    let path = format!("/admin/calendars/{}", feed["id"]);
    assert!(owner.does("/admin/calendars", &format!("{path}/read"), &[]).contains("Calendario leído"));
    assert!(owner.page("/admin/calendars").contains("Al día"));
    let token = feed["export_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let export = server.url(&format!("/ical/{token}"));
    assert_eq!(request("GET", &export, &[("User-Agent", "Airbnb-Test")], b"").status, 200);
    assert!(owner.page("/admin/calendars").contains("(Airbnb-Test)"));
    owner.does("/admin/calendars", &format!("{path}/renew"), &[]);
    assert_eq!(request("GET", &export, &[], b"").status, 404);
    owner.does("/admin/calendars", &format!("{path}/remove"), &[]);
    assert_eq!(feeds(&server, cabin).as_array().map(Vec::len), Some(0));
    let timeline = owner.page("/admin/audit");
    for line in ["Agregó el calendario", "Anuló el link", "Sacó el calendario"] {
        assert!(timeline.contains(line), "{line}: {timeline}");
    }
}

#[test]
fn what_goes_wrong_is_said_with_what_to_do() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 8_000_000).to_string();
    let owner = Browser::owner(&server);
    let add = |url: &str| {
        let fields = [("cabin", cabin.as_str()), ("channel", "Booking"), ("url", url)];
        owner.post("/admin/calendars", "/admin/calendars", &fields)
    };
    let answer = add("ftp://nada");
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("tiene que empezar con https://") && answer.text.contains("ftp://nada"));
    assert_eq!(add(&format!("{}/nothing-here.ics", server.vendors.base_url())).status, 303);
    assert_eq!(add("").status, 422, "a second channel of the same name");
    let id = server.count("SELECT max(id) FROM feed");
    let page = owner.does("/admin/calendars", &format!("/admin/calendars/{id}/read"), &[]);
    assert!(page.contains("ya no vale") && page.contains("Copiá el link nuevo"), "{page}");
}

#[test]
fn a_helper_sees_no_link_and_a_form_without_its_word_is_refused() {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 8_000_000).to_string();
    let owner = Browser::owner(&server);
    let fields = [("cabin", cabin.as_str()), ("channel", "Vrbo"), ("url", "")];
    assert_eq!(owner.send("/admin/calendars", &fields).status, 403);
    owner.does("/admin/calendars", "/admin/calendars", &fields);
    let page = Browser::helper(&server).page("/admin/calendars");
    assert!(page.contains("Sólo nos lee") && !page.contains("/ical/") && !page.contains("Borrar"));
}
