//! Conversations on the owner's page: read, answered, taken over, handed back.

use super::Browser;
use crate::days::in_words;
use crate::harness::{TestServer, until};
use serde_json::Value;

const GUEST: &str = "5493515550177";

/// A server to which a guest wrote; the path of their conversation and its id.
fn server_with_a_guest() -> (TestServer, String, i64) {
    let server = TestServer::new();
    server.cabin("Los Troncos", 8_000_000);
    server.write(GUEST, &format!("hola, tenés lugar {} para 2?", in_words(9, 12)));
    server.next_said(GUEST, 0);
    let id = until("a conversation", || {
        let all = server.api("GET", "/api/v1/conversations", &Value::Null).json();
        all["conversations"][0]["id"].as_i64()
    });
    (server, format!("/admin/inbox/{id}"), id)
}

fn held_by(server: &TestServer, id: i64) -> Value {
    let thread = server.api("GET", &format!("/api/v1/conversations/{id}"), &Value::Null).json();
    thread["held_by"].clone()
}

#[test]
fn an_answer_reaches_the_guest_once_and_casero_is_silent_meanwhile() {
    let (server, path, id) = server_with_a_guest();
    let owner = Browser::owner(&server);
    assert!(owner.page("/admin/inbox").contains(&path));
    let reply = format!("{path}/reply");
    let word = owner.word(&path);
    let fields = [("csrf_token", word.as_str()), ("text", "Te llamo en un rato.")];
    assert_eq!(owner.send(&reply, &fields).status, 303);
    server.hears(GUEST, "Te llamo en un rato.");
    assert_eq!(held_by(&server, id), "person");
    assert!(owner.page(&path).contains("Te llamo en un rato."));
}

#[test]
fn an_answer_without_words_is_refused_and_says_why() {
    let (server, path, _) = server_with_a_guest();
    let owner = Browser::owner(&server);
    let answer = owner.post(&path, &format!("{path}/reply"), &[("text", "   ")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Mensaje: no puede quedar vacío"), "{}", answer.text);
}

#[test]
fn a_guest_who_wrote_long_ago_is_not_written_to_freely() {
    let (server, path, _) = server_with_a_guest();
    let owner = Browser::owner(&server);
    server.sql("UPDATE conversation SET last_inbound_at = last_inbound_at - 90000000");
    assert!(owner.page(&path).contains("Mandar aviso"));
    let seen = server.said(GUEST).len();
    let answer = owner.post(&path, &format!("{path}/reply"), &[("text", "¿Vienen?")]);
    assert_eq!(answer.status, 422);
    // The typed text is not lost.
    assert!(answer.text.contains("¿Vienen?"));
    assert_eq!(server.said(GUEST).len(), seen);
}

#[test]
fn a_conversation_is_taken_over_and_handed_back() {
    let (server, path, id) = server_with_a_guest();
    let owner = Browser::owner(&server);
    let page = owner.does(&path, &format!("{path}/take_over"), &[]);
    assert!(page.contains("Ahora contestás vos.") && page.contains("Que conteste Casero"), "{page}");
    assert_eq!(held_by(&server, id), "person");
    let page = owner.does(&path, &format!("{path}/hand_back"), &[]);
    assert!(page.contains("Casero vuelve a contestar."));
    assert_eq!(held_by(&server, id), "bot");
}

#[test]
fn a_kept_sentence_is_sent_as_it_is() {
    let (server, path, _) = server_with_a_guest();
    let owner = Browser::owner(&server);
    let kept = [("title", "Cómo llegar"), ("body", "Después del puente, a la derecha.")];
    let page = owner.does("/admin/inbox/canned", "/admin/inbox/canned", &kept);
    assert!(page.contains("Después del puente"), "{page}");
    let page = owner.page(&path);
    let after = page.split("name=\"canned\" value=\"").nth(1).expect("the kept sentence is offered");
    let kept = after.split('"').next().unwrap().to_owned();
    owner.does(&path, &format!("{path}/reply"), &[("canned", &kept)]);
    server.hears(GUEST, "Después del puente, a la derecha.");
}

#[test]
fn a_form_without_the_word_and_a_cleaner_change_nothing() {
    let (server, path, id) = server_with_a_guest();
    let owner = Browser::owner(&server);
    let seen = server.said(GUEST).len();
    for act in ["reply", "take_over", "hand_back", "seen"] {
        let answer = owner.send(&format!("{path}/{act}"), &[("text", "hola")]);
        assert_eq!(answer.status, 403, "{act}");
    }
    let cleaner = Browser::cleaner(&server);
    assert_eq!(cleaner.look(&path).status, 403);
    for act in ["reply", "take_over"] {
        let answer = cleaner.post("/admin/more", &format!("{path}/{act}"), &[("text", "hola")]);
        assert_eq!(answer.status, 403, "{act}");
    }
    assert_eq!(held_by(&server, id), "bot");
    assert_eq!(server.said(GUEST).len(), seen);
}
