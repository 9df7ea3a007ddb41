//! Pictures, recordings, documents and places that go out: the owner's to a guest, a guest's to the owner, a cabin's.

use super::days::{day, figures};
use super::harness::{GUEST, TestServer, preference_of, request, until};
use super::pages::cabins::png;
use super::pages::{Browser, escaped};
use serde_json::{Value, json};

/// The owners' phones.
const OWNER: &str = "5493515550188";
const OTHER_OWNER: &str = "5493515550189";

/// A server whose owner has just written.
fn server() -> (TestServer, i64) {
    let server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    let settings = json!({
        "owner_phone": format!("+{OWNER}"), "bank_alias": "aromo.cabanas",
        "quiet_hours_from": "08:00", "quiet_hours_until": "08:00", "notice_ways": ["whatsapp"],
    });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    (server, cabin)
}

/// A guest's question that only the owner can answer; answers the notice.
fn asked(server: &TestServer) -> Value {
    server.write(GUEST, "hola, puedo hablar con una persona?");
    let notice = server.hears(OWNER, "una persona");
    until("an attention item", || (!server.attention().is_empty()).then_some(()));
    notice
}

/// Sends a file from a phone; `more` is the query: caption, file name, quoted message.
fn sends(server: &TestServer, phone: &str, kind: &str, mime: &str, bytes: &[u8], more: &[(&str, &str)]) {
    let query: Vec<String> = more.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    let url = format!("{}/sim/guests/{phone}/{kind}?{}", server.vendors.base_url(), query.join("&"));
    let answer = request("POST", &url, &[("Content-Type", mime)], bytes);
    assert!(answer.status < 300, "{}", answer.text);
}

fn of_kind(server: &TestServer, phone: &str, kind: &str) -> Vec<Value> {
    server.said(phone).into_iter().filter(|line| line["type"] == kind).collect()
}

/// Waits for a message of this form.
#[track_caller]
fn gets(server: &TestServer, phone: &str, kind: &str) -> Value {
    until(&format!("a message of the form {kind}; so far {:?}", server.texts(phone)), || {
        of_kind(server, phone, kind).into_iter().next()
    })
}

/// The bytes of a file that was uploaded.
fn uploaded(server: &TestServer, id: &Value) -> String {
    let url = format!("{}/sim/media/{}", server.vendors.base_url(), id.as_str().expect("an id"));
    let answer = request("GET", &url, &[], b"");
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text
}

#[test]
fn what_quotes_a_notice_goes_to_the_guest_as_what_it_is() {
    let (server, _) = server();
    let notice = asked(&server);
    let id = notice["id"].as_str().unwrap();
    sends(
        &server,
        OWNER,
        "image",
        "image/jpeg",
        b"a door",
        &[("caption", "Es esta puerta"), ("context", id)],
    );
    let picture = gets(&server, GUEST, "image");
    assert_eq!(
        (&picture["text"], uploaded(&server, &picture["content"]["id"])),
        (&json!("Es esta puerta"), "a door".into())
    );
    server.hears(OWNER, "le paso la foto a");
    assert!(server.attention().is_empty(), "answered: {:#?}", server.attention());

    sends(
        &server,
        OWNER,
        "document",
        "application/pdf",
        b"%PDF map",
        &[("filename", "mapa.pdf"), ("context", id)],
    );
    let document = gets(&server, GUEST, "document");
    assert_eq!(document["content"]["filename"], "mapa.pdf");
    server.hears(OWNER, "le paso el archivo a");

    // No words are heard in it.
    sends(&server, OWNER, "voice", "audio/ogg; codecs=opus", b"OggS nothing", &[("context", id)]);
    let voice = gets(&server, GUEST, "audio");
    assert_eq!(
        (&voice["content"]["voice"], uploaded(&server, &voice["content"]["id"])),
        (&json!(true), "OggS nothing".into())
    );
    server.hears(OWNER, "le paso el audio a");

    let place = json!({
        "type": "location", "context": id,
        "content": { "latitude": -26.58, "longitude": -64.95, "name": "La tranquera" },
    });
    server.world("POST", &format!("/guests/{OWNER}/message"), &place);
    let place = gets(&server, GUEST, "location");
    assert_eq!(
        (&place["content"]["latitude"], &place["content"]["name"]),
        (&json!(-26.58), &json!("La tranquera"))
    );
    server.hears(OWNER, "le paso la ubicación a");

    // The conversation shows them, and casero goes on answering.
    let conversation = server.count("SELECT conversation_id FROM outbound WHERE kind = 'image'");
    let owner = Browser::owner(&server);
    let page = owner.page(&format!("/admin/inbox/{conversation}"));
    assert!(
        page.contains("mapa.pdf") && page.contains("<audio") && page.contains("maps.google.com"),
        "{page}"
    );
    let shown = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(owner.look(&shown).text, "a door");
    server.write(GUEST, "gracias! a qué hora hay que salir?");
    server.hears(GUEST, "10:00");
}

#[test]
fn a_file_that_whatsapp_does_not_take_or_that_is_for_nobody_is_said_to_the_owner() {
    let (server, _) = server();
    let notice = asked(&server);
    let id = notice["id"].as_str().unwrap();
    sends(&server, OWNER, "video", "video/mp4", b"film", &[("context", id)]);
    server.hears(OWNER, "Mandalo como foto o como PDF");
    sends(&server, OWNER, "image", "image/jpeg", b"a door", &[]);
    server.hears(OWNER, "¿Para quién es?");
    server.sql(
        "UPDATE conversation SET last_inbound_at = last_inbound_at - 90000000 WHERE guest_id =
                (SELECT guest_id FROM conversation c JOIN attention a ON a.conversation_id = c.id)",
    );
    sends(&server, OWNER, "image", "image/jpeg", b"a door", &[("context", id)]);
    server.hears(OWNER, "WhatsApp sólo deja mandarle texto");
    assert_eq!(server.attention().len(), 1, "still open");
    assert!(of_kind(&server, GUEST, "image").is_empty());
}

#[test]
fn a_request_is_answered_by_a_picture_and_the_second_owner_hears_who_was_first() {
    let (server, _) = server();
    let settings = json!({ "owner_phones": [format!("+{OTHER_OWNER}")] });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server.write(OTHER_OWNER, "hola");
    until("the second owner's number", || {
        server.sql_maybe("UPDATE owner_number SET proven_at = 1 WHERE proven_at IS NULL").then_some(())
    });
    server.write(GUEST, &format!("del {} al {} para 2", figures(day(3)), figures(day(6))));
    server.hears(GUEST, "240.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "aromo.cabanas");
    server.write(GUEST, "podrían poner una cuna?");
    let (first, second) = (server.hears(OWNER, "pide cuna"), server.hears(OTHER_OWNER, "pide cuna"));
    let (first, second) = (first["id"].as_str().unwrap(), second["id"].as_str().unwrap());
    sends(&server, OWNER, "image", "image/jpeg", b"a cot", &[("caption", "sí"), ("context", first)]);
    let picture = gets(&server, GUEST, "image");
    assert_eq!(uploaded(&server, &picture["content"]["id"]), "a cot");
    server.hears(OWNER, "que sí");
    assert_eq!(server.count("SELECT count(*) FROM request WHERE state = 'granted'"), 1);
    let quoted = json!({ "text": "no tenemos cuna", "context": second });
    server.world("POST", &format!("/guests/{OTHER_OWNER}/text"), &quoted);
    server.hears(OTHER_OWNER, &format!("ya está contestado: le dijeron que sí. Lo contestó +{OWNER}"));

    server.write(GUEST, "quiero hablar con una persona");
    let (first, second) = (server.hears(OWNER, "una persona"), server.hears(OTHER_OWNER, "una persona"));
    for (phone, notice, text) in
        [(OWNER, first, "Te llamo en cinco."), (OTHER_OWNER, second, "¿Qué necesitás?")]
    {
        let quoted = json!({ "text": text, "context": notice["id"] });
        server.world("POST", &format!("/guests/{phone}/text"), &quoted);
        if phone == OWNER {
            server.hears(GUEST, text);
        }
    }
    server.hears(OTHER_OWNER, &format!("ya le contestó +{OWNER}, así que no le mandé nada"));
    assert!(server.texts(GUEST).iter().all(|text| !text.contains("¿Qué necesitás?")));
}

#[test]
fn news_of_a_guest_is_answered_by_quoting_it_too() {
    let (server, _) = server();
    server.write(GUEST, &format!("del {} al {} para 2", figures(day(3)), figures(day(6))));
    server.hears(GUEST, "240.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "aromo.cabanas");
    server.pay(&preference_of(&server.link_to_pay(GUEST)), "approve", &json!({}));
    server.hears(GUEST, "reserva confirmada");
    let news = server.hears(OWNER, "Nueva reserva");
    let quoted = json!({ "text": "¡Bienvenidos! Los esperamos.", "context": news["id"] });
    server.world("POST", &format!("/guests/{OWNER}/text"), &quoted);
    server.hears(GUEST, "¡Bienvenidos! Los esperamos.");
}

#[test]
fn who_answers_a_guest_is_said_by_quoting_the_notice_and_ends_with_a_word() {
    let (server, _) = server();
    let settings = json!({ "take_over_hours": 5 });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    let notice = asked(&server);
    let quoted = json!({ "text": "dejá, la atiendo yo", "context": notice["id"] });
    server.world("POST", &format!("/guests/{OWNER}/text"), &quoted);
    server.hears(OWNER, "Si no me decís nada, vuelvo yo");
    let held = "SELECT count(*) FROM conversation WHERE held_by = 'person' AND held_until IS NOT NULL";
    assert_eq!(server.count(held), 1);
    let seen = server.said(GUEST).len();
    let before = server.count("SELECT count(*) FROM inbound");
    server.write(GUEST, "a qué hora hay que salir?");
    until("it to be left to the person", || {
        let waits = "SELECT count(*) FROM inbound WHERE state NOT IN ('done', 'failed')";
        (server.count("SELECT count(*) FROM inbound") > before && server.count(waits) == 0).then_some(())
    });
    server.write(OWNER, "listo, atendela vos");
    server.hears(OWNER, "Listo, sigo yo con");
    assert_eq!(server.count(held), 0);
    server.write(GUEST, "y a qué hora se puede entrar?");
    server.hears(GUEST, "14:00");
    assert!(server.said(GUEST)[seen..].iter().all(|line| !line["text"].as_str().unwrap().contains("10:00")));
}

#[test]
fn a_receipt_is_in_the_owners_notice_with_its_buttons() {
    let (server, _) = server();
    server.write(GUEST, &format!("del {} al {} para 2", figures(day(3)), figures(day(6))));
    server.hears(GUEST, "240.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "aromo.cabanas");
    sends(&server, GUEST, "document", "application/pdf", b"%PDF paid", &[("filename", "comprobante.pdf")]);
    let notice = server.hears(OWNER, "mandó un comprobante");
    let header = &notice["content"]["header"];
    assert_eq!(
        (&header["type"], &header["document"]["filename"]),
        (&json!("document"), &json!("comprobante.pdf"))
    );
    assert_eq!(uploaded(&server, &header["document"]["id"]), "%PDF paid");
    server.tap(OWNER, "Llegó");
    server.hears(GUEST, "reserva confirmada");
}

#[test]
fn a_receipt_whose_picture_can_not_be_uploaded_is_told_without_it() {
    let (server, _) = server();
    server.write(GUEST, &format!("del {} al {} para 2", figures(day(3)), figures(day(6))));
    server.hears(GUEST, "240.000");
    server.tap(GUEST, "Reservar");
    server.hears(GUEST, "aromo.cabanas");
    server.vendors.world().change(|scene| scene.phones.behaviour.refuses_uploads = true);
    sends(&server, GUEST, "image", "image/jpeg", b"receipt", &[]);
    let notice = server.hears(OWNER, "mandó un comprobante");
    assert!(notice["content"].get("header").is_none(), "{notice:#}");
    server.tap(OWNER, "Llegó");
    server.hears(GUEST, "reserva confirmada");
}

/// Adds photographs to a cabin by its page.
fn photos(server: &TestServer, cabin: i64, count: usize) {
    let owner = Browser::owner(server);
    let path = format!("/admin/cabins/{cabin}");
    let word = owner.word(&path);
    let picture = png();
    let files: Vec<(&str, &[u8])> = (0..count).map(|_| ("a.png", picture.as_slice())).collect();
    let answer = owner.upload(&format!("{path}/photos"), &word, "photo", &files);
    assert_eq!(answer.status, 303, "{}", answer.text);
}

#[test]
fn photos_of_the_cabin_in_question_are_sent_as_pictures_and_the_rest_by_address() {
    let server = TestServer::with(&[("SERVER_PUBLIC_URL", "http://casa.example")]);
    let (aromo, ceibo) = (server.cabin("Aromo", 80_000_00), server.cabin("Ceibo", 90_000_00));
    photos(&server, aromo, 6);
    photos(&server, ceibo, 1);
    server.write(GUEST, "me mandás fotos de la Aromo?");
    let words = server.hears(GUEST, "Te mando fotos de Aromo");
    assert_eq!(words["text"].as_str().unwrap().matches("http://casa.example/photos/").count(), 2, "{words}");
    until("four pictures", || (of_kind(&server, GUEST, "image").len() == 4).then_some(()));
    for picture in of_kind(&server, GUEST, "image") {
        assert_eq!(picture["text"], "Aromo");
    }
    // The next guest gets the same four without another upload, and one of the other cabin.
    const OTHER: &str = "5493515550178";
    server.write(OTHER, "hola, tenés fotos de las cabañas?");
    until("pictures of both cabins", || (of_kind(&server, OTHER, "image").len() == 4).then_some(()));
    let of = |name: &str| of_kind(&server, OTHER, "image").iter().filter(|line| line["text"] == name).count();
    assert_eq!((of("Aromo"), of("Ceibo")), (3, 1));
}

#[test]
fn a_picture_that_can_not_be_uploaded_holds_nothing_back_and_is_dropped() {
    let (server, cabin) = server();
    photos(&server, cabin, 1);
    server.vendors.world().change(|scene| scene.phones.behaviour.refuses_uploads = true);
    server.write(GUEST, "me mandás fotos?");
    server.hears(GUEST, "Te mando fotos de Aromo");
    server.write(GUEST, "a qué hora se puede entrar?");
    server.hears(GUEST, "14:00");
    until("the first try of the picture", || {
        let tried = "SELECT count(*) FROM outbound WHERE kind = 'image' AND attempts > 0";
        (server.count(tried) == 1).then_some(())
    });
    until("the picture to be dropped", || {
        server.sql_maybe(
            "UPDATE outbound SET attempts = 8, run_at = 0 WHERE kind = 'image' AND state = 'queued'",
        );
        (server.count("SELECT count(*) FROM outbound WHERE kind = 'image' AND state = 'failed'") == 1)
            .then_some(())
    });
    assert!(server.attention().is_empty(), "nobody has to do anything: {:#?}", server.attention());
    let metrics = server.api("GET", "/metrics", &Value::Null).text;
    assert!(metrics.contains("files_dropped_total 1"), "{metrics}");
}

#[test]
fn a_file_of_the_owner_that_can_not_be_sent_is_told_to_the_owner() {
    let (server, _) = server();
    let notice = asked(&server);
    server.vendors.world().change(|scene| scene.phones.behaviour.refuses_uploads = true);
    sends(&server, OWNER, "image", "image/jpeg", b"a door", &[("context", notice["id"].as_str().unwrap())]);
    server.hears(OWNER, "le paso la foto a");
    until("the owner to hear of it", || {
        server.sql_maybe(
            "UPDATE outbound SET attempts = 8, run_at = 0 WHERE kind = 'image' AND state = 'queued'",
        );
        server.texts(OWNER).iter().any(|text| text.contains("No le pude mandar la foto a")).then_some(())
    });
    assert!(server.attention().iter().any(|item| item["kind"] == "undelivered"));
}
