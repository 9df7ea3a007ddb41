//! What the scripts of a conversation and of every page do by themselves.

use super::chrome::{self, Chrome, Script};
use super::enter;
use super::pointer::ENTER;
use crate::days::{day, in_words};
use crate::harness::{TestServer, until};
use serde_json::{Value, json};

const GUEST: &str = "5493515550177";

/// A conversation open at the desk, and its address.
fn conversation(kept: &[&str]) -> (TestServer, Chrome, String) {
    let server = TestServer::new();
    server.cabin("Los Troncos", 8_000_000);
    server.write(GUEST, &format!("hola, tenés lugar {} para 2?", in_words(9, 12)));
    server.next_said(GUEST, 0);
    let chrome = Chrome::open(1280, Script::On);
    enter(&chrome, &server);
    for body in kept {
        chrome.go(&server.url("/admin/inbox/canned"));
        chrome.fill("form[action='/admin/inbox/canned'] [name=title]", body);
        chrome.fill("form[action='/admin/inbox/canned'] [name=body]", body);
        chrome.press("form[action='/admin/inbox/canned'] button.main");
        until("the text kept", || chrome.address().contains("said=").then_some(()));
    }
    let id = server.count("SELECT id FROM conversation");
    let path = server.url(&format!("/admin/inbox/{id}"));
    chrome.go(&path);
    (server, chrome, path)
}

fn unseen(server: &TestServer) -> bool {
    let all = server.api("GET", "/api/v1/conversations", &Value::Null).json();
    all["conversations"][0]["unread"].as_i64().expect("a number") > 0
}

#[test]
fn a_conversation_that_is_looked_at_is_seen_and_so_is_what_comes_meanwhile() {
    if !chrome::is_here() {
        return;
    }
    let (server, chrome, _) = conversation(&[]);
    until("the conversation seen", || (!unseen(&server)).then_some(()));
    chrome.fill(".reply textarea", "Un borrador");
    let before = server.said(GUEST).len();
    server.write(GUEST, "¿aceptan perros?");
    server.next_said(GUEST, before);
    until("the new message", || chrome.text().contains("¿aceptan perros?").then_some(()));
    until("the new message seen", || (!unseen(&server)).then_some(()));
    let draft = chrome.ask("document.querySelector('.reply textarea').value");
    assert_eq!(draft, json!("Un borrador"), "what is being written stays");
    let left = "(() => { const said = document.getElementById('said');
        return said.scrollHeight - said.scrollTop - said.clientHeight < 40; })()";
    until("the last word in view", || (chrome.ask(left) == json!(true)).then_some(()));
    assert_eq!(chrome.complaints(), Vec::<String>::new());
}

#[test]
fn kept_texts_are_put_under_what_is_written_and_control_and_enter_send() {
    if !chrome::is_here() {
        return;
    }
    let (server, chrome, _) = conversation(&["Después del puente, a la derecha."]);
    chrome.fill(".reply textarea", "Hola Marta:");
    chrome.press(".kept summary");
    chrome.press(".kept button[data-fill]");
    let text = "document.querySelector('.reply textarea').value";
    assert_eq!(chrome.ask(text), json!("Hola Marta:\nDespués del puente, a la derecha."));
    assert!(!chrome.has(".kept[open]"), "the list is closed again");
    assert!(!server.texts(GUEST).iter().any(|text| text.contains("puente")), "nothing was sent yet");
    chrome.strike_with_control(ENTER);
    let heard = server.hears(GUEST, "Después del puente, a la derecha.");
    assert!(heard["text"].as_str().is_some_and(|text| text.starts_with("Hola Marta:")), "{heard}");
    assert_eq!(chrome.complaints(), Vec::<String>::new());
}

#[test]
fn what_can_not_be_undone_is_asked_first_and_sent_once() {
    if !chrome::is_here() {
        return;
    }
    let server = TestServer::new();
    let cabin = server.cabin("Los Troncos", 8_000_000);
    let code = server.hold(cabin, day(5), day(7))["code"].as_str().expect("a code").to_owned();
    let chrome = Chrome::open(1280, Script::On);
    enter(&chrome, &server);
    let page = server.url(&format!("/admin/reservations/{code}"));
    chrome.go(&page);
    let confirm = "form[action$='/confirm'] button";
    chrome.ask("window.confirm = (question) => { window.asked = question; return false; }");
    chrome.press(confirm);
    assert_eq!(chrome.ask("window.asked"), json!("¿La confirmamos sin esperar la seña?"));
    assert_eq!(chrome.address(), page);
    assert_eq!(server.reservation(&code)["status"], "pre_reserved");
    // The answer is yes, and the line is so slow that the page stays.
    chrome.ask("window.confirm = () => true; addEventListener('submit', (event) => event.preventDefault())");
    chrome.press(confirm);
    let off = "document.querySelector(\"form[action$='/confirm'] button\").disabled";
    until("a button that takes no second tap", || (chrome.ask(off) == json!(true)).then_some(()));
    // Who comes back to the page finds its buttons as they were.
    chrome.ask("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    assert_eq!(chrome.ask(off), json!(false));
}

#[test]
fn links_are_copied_where_the_browser_can_and_pages_printed() {
    if !chrome::is_here() {
        return;
    }
    let server = TestServer::new();
    let cabin = server.cabin("Los Troncos", 8_000_000);
    let code = server.hold(cabin, day(5), day(7))["code"].as_str().expect("a code").to_owned();
    let chrome = Chrome::open(1280, Script::On);
    enter(&chrome, &server);
    chrome.go(&server.url(&format!("/admin/reservations/{code}")));
    chrome.ask("navigator.clipboard.writeText = async (text) => { window.copied = text; }");
    let link = chrome.ask("document.querySelector('button[data-copy]').dataset.copy");
    chrome.press("button[data-copy]");
    until("the link copied", || (chrome.ask("window.copied") == link).then_some(()));
    until("a word about it", || chrome.text().contains("Copiado").then_some(()));
    until("the button as before", || (!chrome.text().contains("Copiado")).then_some(()));

    let without = json!({ "source": "delete Navigator.prototype.clipboard" });
    chrome.cdp("Page.addScriptToEvaluateOnNewDocument", &without);
    chrome.go(&server.url(&format!("/admin/reservations/{code}")));
    assert!(chrome.has("button[data-copy][hidden]") && !chrome.has("button[data-copy]:not([hidden])"));

    chrome.go(&server.url(&format!("/admin/reservations/{code}/voucher")));
    chrome.ask("window.print = () => { window.printed = true; }");
    chrome.press("button[data-print]");
    assert_eq!(chrome.ask("window.printed"), json!(true));
}

#[test]
fn a_choice_is_enough_where_a_form_says_so() {
    if !chrome::is_here() {
        return;
    }
    let server = TestServer::new();
    server.cabin("Los Troncos", 8_000_000);
    let second = server.cabin("La Tacuara", 9_000_000);
    let chrome = Chrome::open(1280, Script::On);
    enter(&chrome, &server);
    chrome.go(&server.url("/admin/rates"));
    chrome.ask(&format!(
        "(() => {{ const choice = document.querySelector('form[data-auto] select'); choice.value = '{second}';
         choice.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    ));
    until("the other cabin", || chrome.address().contains(&format!("cabin={second}")).then_some(()));
    let shown = format!("#year[data-cabin='{second}']");
    until("its year", || chrome.has(&shown).then_some(()));
}
