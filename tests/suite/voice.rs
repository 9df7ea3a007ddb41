//! A voice note through the whole product: fetched, heard, answered as its text would be.

use super::harness::{GUEST, TestServer, request, until};
use serde_json::Value;

fn speaks(server: &TestServer, file: &str) {
    says(server, GUEST, file);
}

fn says(server: &TestServer, guest: &str, file: &str) {
    let path = format!("{}/tests/data/speech/{file}", env!("CARGO_MANIFEST_DIR"));
    let audio = std::fs::read(path).unwrap();
    let url = format!("{}/sim/guests/{guest}/voice", server.vendors.base_url());
    let answer = request("POST", &url, &[("Content-Type", "audio/ogg; codecs=opus")], &audio);
    assert!(answer.status < 300, "{}", answer.text);
}

#[test]
fn a_voice_note_is_answered_like_its_words_and_later_messages_wait_for_it() {
    let server = TestServer::with(&[("SPEECH_THREADS", "1")]);
    server.cabin("Aromo", 80_000_00);
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    speaks(&server, "es-02.ogg");
    let spoken = server.next_said(GUEST, 1)["text"].clone();
    let (other, words) =
        ("5493515550102", "Che, ¿cuánto me sale del dos al seis de febrero para tres personas?");
    server.write(other, "hola");
    server.next_said(other, 0);
    server.write(other, words);
    assert_eq!(spoken, server.next_said(other, 1)["text"]);
    assert!(spoken.as_str().unwrap().contains("$ 320.000"), "four nights: {spoken}");
    let heard = server
        .count("SELECT count(*) FROM inbound WHERE kind = 'audio' AND body <> '' AND heard_permille > 0");
    assert_eq!(heard, 1);
}

#[test]
fn a_note_without_words_is_answered_by_asking_to_write() {
    let server = TestServer::with(&[("SPEECH_THREADS", "1")]);
    speaks(&server, "nobody-silence.ogg");
    let said = server.next_said(GUEST, 0);
    assert!(said["text"].as_str().unwrap().contains("escrib"), "{said}");
    let thread = server.api("GET", "/api/v1/conversations/1", &Value::Null).json();
    let notes = thread["messages"].as_array().unwrap().iter().filter(|line| line["kind"] == "audio");
    assert_eq!(notes.map(|note| &note["text"]).collect::<Vec<_>>(), [""], "{thread}");
}

#[test]
fn a_short_note_does_not_wait_for_a_long_one_that_came_before() {
    let server = TestServer::with(&[("SPEECH_THREADS", "1")]);
    let (talker, other) = ("5493515550181", "5493515550182");
    // Three notes of the same guest, of which two are long, and one of somebody else behind them.
    for file in ["es-long.ogg", "es-long.ogg", "es-09.ogg"] {
        says(&server, talker, file);
    }
    until("the first to be heard", || {
        (server.count("SELECT count(*) FROM inbound WHERE leased_until IS NOT NULL AND media_bytes > 0") > 0)
            .then_some(())
    });
    says(&server, other, "es-09.ogg");
    server.next_said(other, 0);
    let still = server.count("SELECT count(*) FROM inbound WHERE kind = 'audio' AND state = 'listen'");
    assert!(still >= 2, "only {still} wait behind the short one");
}

#[test]
fn the_guest_sees_that_somebody_listens() {
    let server = TestServer::with(&[("SPEECH_THREADS", "1")]);
    speaks(&server, "es-long.ogg");
    let url = format!("{}/sim/guests/{GUEST}/chat", server.vendors.base_url());
    until("the typing indicator", || {
        let chat = request("GET", &url, &[], b"").json();
        let lines = chat["messages"].as_array().expect("a list of messages");
        let unanswered = lines.iter().all(|line| line["from"] == "guest");
        assert!(unanswered, "it was answered before anybody was seen to listen: {chat}");
        (chat["typing"] == true).then_some(())
    });
}

#[test]
fn a_crash_in_the_middle_of_a_note_loses_nothing() {
    let mut server = TestServer::with(&[("SPEECH_THREADS", "1")]);
    speaks(&server, "es-long.ogg");
    until("the note to be heard", || {
        (server.count("SELECT count(*) FROM inbound WHERE leased_until IS NOT NULL AND media_bytes > 0") > 0)
            .then_some(())
    });
    server.close().kill();
    server.sql("UPDATE inbound SET leased_until = 0 WHERE state = 'listen'");
    server.start();
    server.next_said(GUEST, 0);
    assert_eq!(
        server.count("SELECT count(*) FROM inbound WHERE kind = 'audio' AND state = 'done' AND body <> ''"),
        1
    );
}

#[test]
fn the_recording_and_what_was_heard_are_the_owners_to_see() {
    let server = TestServer::with(&[("SPEECH_THREADS", "1")]);
    speaks(&server, "es-09.ogg");
    server.next_said(GUEST, 0);
    let thread = server.api("GET", "/api/v1/conversations/1", &Value::Null).json();
    let note = thread["messages"].as_array().unwrap().iter().find(|line| line["kind"] == "audio").unwrap();
    assert!(!note["text"].as_str().unwrap().is_empty(), "{note}");
    assert!((0.0..=1.0).contains(&note["confidence"].as_f64().unwrap()), "{note}");
    let url = server.url(note["media_url"].as_str().unwrap());
    assert_eq!(request("GET", &url, &[], b"").status, 401);
    let bearer = format!("Bearer {}", server.token());
    let recording = request("GET", &url, &[("Authorization", &bearer)], b"");
    assert_eq!((recording.status, recording.header("content-type")), (200, "audio/ogg"));
    assert_eq!(recording.header("x-content-type-options"), "nosniff");
    assert!(recording.header("content-disposition").starts_with("inline"));
    assert_eq!(recording.header("content-length"), "4680");
    assert_eq!(server.api("GET", "/api/v1/messages/99/media", &Value::Null).status, 404);
}

/// The owner's phone, as WhatsApp reports it.
const OWNER: &str = "5493515559999";

fn with_an_owner_who_speaks() -> TestServer {
    let server = TestServer::with(&[("SPEECH_THREADS", "1")]);
    server.cabin("Aromo", 80_000_00);
    let phone = serde_json::json!({ "owner_phone": format!("+{OWNER}") });
    assert_eq!(server.api("PUT", "/api/v1/settings", &phone).status, 200);
    server
}

#[test]
fn the_owner_is_answered_alike_whether_a_command_is_written_or_spoken() {
    let server = with_an_owner_who_speaks();
    let commands = [("¿Quién llega hoy?", "owner-01.ogg"), ("Decime la ocupación de enero.", "owner-02.ogg")];
    for (nth, (words, recording)) in commands.into_iter().enumerate() {
        server.write(OWNER, words);
        let written = server.next_said(OWNER, 2 * nth)["text"].clone();
        says(&server, OWNER, recording);
        let spoken = server.next_said(OWNER, 2 * nth + 1)["text"].clone();
        assert_eq!(spoken, written, "{recording}");
        assert!(!written.as_str().unwrap().contains("No te entendí"), "{written}");
    }
}

#[test]
fn the_owner_says_yes_aloud_to_what_was_asked() {
    let server = with_an_owner_who_speaks();
    server.write(OWNER, "bloqueá la 1 del 10 al 15 de enero");
    server.hears(OWNER, "¿Bloqueo Aromo");
    says(&server, OWNER, "es-09.ogg");
    server.hears(OWNER, "queda bloqueada");
    assert_eq!(server.count("SELECT count(*) FROM block"), 1);
}
