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
    for act in ["reply", "place", "take_over", "hand_back", "seen"] {
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

#[test]
fn a_picture_a_pdf_and_a_place_are_sent_from_the_page_and_shown_there() {
    let (server, path, _) = server_with_a_guest();
    let owner = Browser::owner(&server);
    let file = format!("{path}/file");
    assert_eq!(owner.upload(&file, "0.0", "file", &[("a.png", &super::cabins::png())]).status, 403);
    let word = owner.word(&path);
    for _ in 0..2 {
        let answer = owner.upload(&file, &word, "file", &[("a.png", &super::cabins::png())]);
        assert_eq!(answer.status, 303, "{}", answer.text);
    }
    let word = owner.word(&path);
    let answer = owner.upload(&file, &word, "file", &[("cómo llegar.pdf", b"%PDF-1.7 map")]);
    assert_eq!(answer.status, 303, "{}", answer.text);
    let place =
        [("place", "https://www.google.com/maps/place/X/@-26.58,-64.95,17z"), ("name", "La tranquera")];
    owner.does(&path, &format!("{path}/place"), &place);
    let of = |kind: &str| {
        let said = server.said(GUEST);
        said.into_iter().filter(|line| line["type"] == kind).collect::<Vec<Value>>()
    };
    until("all three", || {
        (of("image").len() + of("document").len() + of("location").len() == 3).then_some(())
    });
    assert_eq!(of("document")[0]["content"]["filename"], "cómo llegar.pdf");
    assert_eq!(of("location")[0]["content"]["longitude"], -64.95);
    assert_eq!(server.count("SELECT count(*) FROM sent_file"), 2, "the same form sends once");
    let page = owner.page(&path);
    assert!(page.contains("Ver en el mapa") && page.contains("cómo llegar.pdf"), "{page}");
    let shown = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let picture = owner.look(&shown);
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));
    assert_eq!(Browser::cleaner(&server).look(&shown).status, 403);
}

#[test]
fn what_can_not_be_sent_from_the_page_is_refused_with_its_reason() {
    let (server, path, _) = server_with_a_guest();
    let owner = Browser::owner(&server);
    let file = format!("{path}/file");
    let large = [b"%PDF-".as_slice(), &vec![b'x'; 11 << 20]].concat();
    let files: [(&str, &[u8], &str); 4] = [
        ("a.exe", b"MZ", "una foto (JPG, PNG o WebP) o un PDF"),
        ("", b"", "Elegí una foto o un PDF"),
        ("grande.pdf", &large, "hasta 10 MB"),
        ("enorme.jpg", &vec![0xff; 21 << 20], "pesa demasiado"),
    ];
    for (name, bytes, why) in files {
        let word = owner.word(&path);
        let answer = owner.upload(&file, &word, "file", &[(name, bytes)]);
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.text.contains(why), "{name}: {}", answer.text);
    }
    let answer = owner.post(&path, &format!("{path}/place"), &[("place", "acá nomás"), ("name", "")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("latitud y la longitud"), "{}", answer.text);
    server.sql("UPDATE conversation SET last_inbound_at = last_inbound_at - 90000000");
    assert!(owner.page(&path).contains("WhatsApp no deja mandar archivos"));
    let word = owner.word(&path);
    let answer = owner.upload(&file, &word, "file", &[("a.png", &super::cabins::png())]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("hace más de 24 horas"), "{}", answer.text);
    assert_eq!(server.count("SELECT count(*) FROM sent_file"), 0);
}
