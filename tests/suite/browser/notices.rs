//! "Avisame en este teléfono" in a real browser: its subscription comes from a push service of the simulator, and its
//! worker is handed what arrived there, decrypted, as the browser itself would do.

use super::chrome::{self, Chrome, Script};
use super::{enter, look_here};
use crate::harness::until;
use crate::ways::{Phone, server};
use serde_json::{Value, json};

/// What the page gets from the browser in place of its maker's push service.
const SUBSCRIBE: &str = "
    const bytes = (text) => Uint8Array.from(
        atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0)).buffer;
    PushManager.prototype.subscribe = async () => ({
        endpoint: FIELDS.endpoint, getKey: (name) => bytes(FIELDS[name]) });
    true";

#[test]
fn a_phone_asks_to_be_told_and_its_worker_shows_what_arrives_and_keeps_no_page() {
    if !chrome::is_here() {
        return;
    }
    let server = server(&[]);
    let phone = Phone::new("browser", 3);
    let chrome = Chrome::open(360, Script::On);
    let origin = server.url("");
    let allowed = json!({ "origin": origin, "permissions": ["notifications"] });
    chrome.cdp("Browser.grantPermissions", &allowed);
    enter(&chrome, &server);
    chrome.go(&server.url("/admin/notices"));
    until("the button", || chrome.has("[data-push=on]:not([hidden])").then_some(()));
    let fields = phone.fields(&server).into_iter().map(|(name, value)| (name.to_owned(), Value::from(value)));
    let fields = Value::Object(fields.collect());
    chrome.ask(&SUBSCRIBE.replace("FIELDS", &fields.to_string()));
    chrome.press("[data-push=on]");
    until("the page to say so", || chrome.text().contains("Avisamos en un teléfono tuyo").then_some(()));
    look_here(&chrome, "/admin/notices", 360, Script::On);

    chrome.press("form:has([value=push]) button");
    until("the word that it was sent", || chrome.address().contains("said=").then_some(()));
    let (_, arrived) = phone.next(&server, 0);
    until("the worker", || {
        let state = chrome.ask("navigator.serviceWorker.ready.then((worker) => worker.active.state)");
        (state == "activated").then_some(())
    });
    chrome.cdp("ServiceWorker.enable", &json!({}));
    let handed = json!({ "origin": origin, "registrationId": "0", "data": arrived.to_string() });
    // DevTools drop what comes before they know the worker; the same once more replaces what is shown.
    let shown = until("what the phone shows", || {
        chrome.cdp("ServiceWorker.deliverPushMessage", &handed);
        let shown = chrome.ask(
            "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
             .then((all) => all.map((one) => [one.title, one.body, one.data.url]))",
        );
        shown.as_array().is_some_and(|all| !all.is_empty()).then_some(shown)
    });
    assert_eq!(shown, json!([[arrived["title"], arrived["body"], "/admin"]]));

    let kept = chrome.ask(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))
         .then((all) => Promise.all(all.map((one) => one.keys())))
         .then((all) => all.flat().map((asked) => new URL(asked.url).pathname))",
    );
    let kept: Vec<&str> = kept.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let is_open = |path: &&str| *path == "/offline" || path.ends_with(".css");
    assert!(kept.len() == 2 && kept.iter().all(is_open), "{kept:?}");
    assert_eq!(chrome.complaints(), Vec::<String>::new());
}
