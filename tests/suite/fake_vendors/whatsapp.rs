//! The simulated WhatsApp.

use casero::fake_vendors::whatsapp::{GuestMessage, NewGuest};
use data_encoding::HEXLOWER;
use ring::hmac;
use serde_json::{Value, json};

use super::Stage;

const GUEST: &str = "5493515550111";
const MESSAGES: &str = "/v26.0/106000000000019/messages";
const TOKEN: (&str, &str) = ("Authorization", "Bearer sim-whatsapp-token");

impl Stage {
    fn send(&self, message: &Value) -> (u16, Value) {
        self.ask("POST", MESSAGES, &[TOKEN], &message.to_string())
    }

    fn say(&self, to: &str, text: &str) -> (u16, Value) {
        self.send(&json!({"messaging_product": "whatsapp", "to": to, "type": "text",
            "text": {"body": text}, "biz_opaque_callback_data": "row-7"}))
    }

    fn events(&self, list: &str) -> Vec<Value> {
        let heard = self.listener.heard();
        let values =
            heard.iter().map(|heard| heard.json()["entry"][0]["changes"][0]["value"][list][0].clone());
        values.filter(|value| !value.is_null()).collect()
    }
}

fn code(answer: &(u16, Value)) -> i64 {
    answer.1["error"]["code"].as_i64().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_words_arrive_signed_over_the_very_bytes() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "¿Hay lugar mañana? 🏡");
    stage.quiet().await;
    let heard = stage.listener.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].target, "/webhooks/whatsapp");
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"sim-app-secret");
    let signature = heard[0].header("x-hub-signature-256");
    let hex = signature.strip_prefix("sha256=").expect("the documented prefix");
    let tag = HEXLOWER.decode(hex.as_bytes()).expect("lower-case hexadecimal");
    hmac::verify(&key, &heard[0].body, &tag).expect("a right signature");
    assert!(heard[0].body.is_ascii(), "Meta escapes everything else");
    let message = &stage.events("messages")[0];
    assert_eq!(message["text"]["body"], "¿Hay lugar mañana? 🏡");
    assert_eq!(message["from"], GUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_message_is_sent_delivered_and_read() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "hola");
    let (status, accepted) = stage.say("+54 9 351 555-0111", "¡Hola!");
    assert_eq!(status, 200, "{accepted}");
    assert_eq!(accepted["contacts"][0]["wa_id"], GUEST);
    stage.quiet().await;
    let statuses = stage.events("statuses");
    let told: Vec<&str> = statuses.iter().filter_map(|s| s["status"].as_str()).collect();
    assert_eq!(told, ["sent", "delivered", "read"]);
    for status in &statuses {
        assert_eq!(status["id"], accepted["messages"][0]["id"]);
        assert_eq!(status["biz_opaque_callback_data"], "row-7");
        assert_eq!(status["recipient_id"], GUEST);
    }
    let chat = stage.vendors.world().chat(GUEST);
    assert_eq!(chat["messages"][1]["status"], "read");
    assert_eq!(chat["messages"][1]["text"], "¡Hola!");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_vendor_would_refuse_is_refused() {
    let stage = Stage::new().await;
    assert_eq!(code(&stage.say("5493515550999", "hola")), 131_026);
    stage.vendors.world().add_guest(&NewGuest { phone: GUEST.to_owned(), ..NewGuest::default() });
    assert_eq!(code(&stage.say(GUEST, "hola")), 131_047, "the guest has never written");
    let template = json!({"messaging_product": "whatsapp", "to": GUEST, "type": "template",
        "template": {"name": "aviso", "language": {"code": "es_AR"}, "components": []}});
    assert_eq!(stage.send(&template).0, 200, "a template may");
    stage.vendors.world().guest_writes(GUEST, "hola");
    assert_eq!(stage.say(GUEST, "hola").0, 200);
    assert_eq!(code(&stage.say(GUEST, &"a".repeat(4097))), 131_009);
    let day = 24 * 3600;
    stage.vendors.world().clock.shift(day * 1000);
    assert_eq!(code(&stage.say(GUEST, "hola")), 131_047, "a day later");
    let stranger = [("Authorization", "Bearer stolen")];
    let (status, refused) = stage.ask("POST", MESSAGES, &stranger, "{}");
    assert_eq!((status, refused["error"]["code"].as_i64()), (401, Some(190)));
    let (status, refused) = stage.ask("POST", "/v26.0/999/messages", &[TOKEN], "{}");
    assert_eq!((status, refused["error"]["error_subcode"].as_i64()), (400, Some(33)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_number_knows_argentine_mobiles_only_without_their_nine() {
    let stage = Stage::new().await;
    stage.ask("PUT", "/sim/whatsapp", &[], r#"{"test_number": true}"#);
    stage.vendors.world().guest_writes(GUEST, "hola");
    assert_eq!(code(&stage.say(GUEST, "hola")), 131_030);
    let (status, accepted) = stage.say("543515550111", "hola");
    assert_eq!((status, &accepted["contacts"][0]["wa_id"]), (200, &json!(GUEST)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_may_come_late_as_a_failed_status() {
    let stage = Stage::new().await;
    stage.ask("PUT", "/sim/whatsapp", &[], r#"{"late_refusals": true}"#);
    assert_eq!(stage.say("5493515550999", "hola").0, 200);
    stage.quiet().await;
    let statuses = stage.events("statuses");
    assert_eq!(statuses.len(), 1);
    assert_eq!(statuses[0]["status"], "failed");
    assert_eq!(statuses[0]["errors"][0]["code"], 131_026);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_45_messages_in_six_seconds_hit_the_pair_limit() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "hola");
    for _ in 0..45 {
        assert_eq!(stage.say(GUEST, "x").0, 200);
    }
    assert_eq!(code(&stage.say(GUEST, "x")), 131_056);
    stage.vendors.world().clock.shift(6_000);
    assert_eq!(stage.say(GUEST, "x").0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tapped_button_comes_back_with_its_id_and_its_message() {
    let stage = Stage::new().await;
    let world = stage.vendors.world();
    world.guest_writes(GUEST, "hola");
    let (_, accepted) = stage.send(&json!({"messaging_product": "whatsapp", "to": GUEST,
        "type": "interactive", "interactive": {"type": "button", "body": {"text": "¿Reservo?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "tok-1", "title": "Sí"}}]}}}));
    assert_eq!(world.guest_taps(GUEST, "No"), None);
    assert!(world.guest_taps(GUEST, "Sí").is_some());
    stage.quiet().await;
    let tapped = stage.events("messages").pop().expect("a message");
    assert_eq!(tapped["interactive"]["type"], "button_reply");
    assert_eq!(tapped["interactive"]["button_reply"]["id"], "tok-1");
    assert_eq!(tapped["context"]["id"], accepted["messages"][0]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_without_a_number_is_reached_by_user_id() {
    let stage = Stage::new().await;
    let world = stage.vendors.world();
    world.add_guest(&NewGuest { phone: GUEST.to_owned(), hides_phone: Some(true), ..NewGuest::default() });
    world.guest_writes(GUEST, "hola");
    stage.quiet().await;
    let message = &stage.events("messages")[0];
    assert!(message["from"].is_null());
    let user_id = message["from_user_id"].as_str().expect("a user id");
    let (status, accepted) = stage.send(&json!({"messaging_product": "whatsapp",
        "recipient": user_id, "type": "text", "text": {"body": "¡Hola!"}}));
    assert_eq!(status, 200, "{accepted}");
    assert!(accepted["contacts"][0]["wa_id"].is_null());
    assert_eq!(accepted["contacts"][0]["user_id"], user_id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_note_is_described_downloaded_and_gone_after_five_minutes() {
    let stage = Stage::new().await;
    let note = b"OggS, more or less".to_vec();
    let hash = HEXLOWER.encode(ring::digest::digest(&ring::digest::SHA256, &note).as_ref());
    stage.vendors.world().guest_sends_file(GUEST, "voice", "audio/ogg; codecs=opus", note);
    stage.quiet().await;
    let audio = stage.events("messages")[0]["audio"].clone();
    assert_eq!(audio["voice"], true);
    let id = audio["id"].as_str().expect("an id");
    let (_, media) = stage.ask("GET", &format!("/v26.0/{id}"), &[TOKEN], "");
    assert_eq!(media["sha256"], hash);
    let url = media["url"].as_str().expect("an address");
    assert_eq!(stage.ask_text("GET", url, &[TOKEN], "").1, "OggS, more or less");
    assert_eq!(stage.ask_text("GET", url, &[], "").0, 401);
    stage.vendors.world().clock.shift(5 * 60_000);
    assert_eq!(stage.ask_text("GET", url, &[TOKEN], "").0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uploaded_picture_can_be_sent() {
    let stage = Stage::new().await;
    stage.vendors.world().guest_writes(GUEST, "hola");
    let form = "--x\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
        --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
        Content-Type: image/png\r\n\r\nPNG\r\n--x--\r\n";
    let kind = ("Content-Type", "multipart/form-data; boundary=x");
    let (status, stored) = stage.ask("POST", "/v26.0/106000000000019/media", &[TOKEN, kind], form);
    assert_eq!(status, 200, "{stored}");
    let image = |id: &Value| json!({"messaging_product": "whatsapp", "to": GUEST, "type": "image", "image": {"id": id}});
    assert_eq!(stage.send(&image(&stored["id"])).0, 200);
    assert_eq!(code(&stage.send(&image(&json!("1")))), 131_053);
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_and_typing_show_in_the_chat() {
    let stage = Stage::new().await;
    let world = stage.vendors.world();
    let wamid = world.guest_writes(GUEST, "hola");
    let (status, answer) = stage.send(&json!({"messaging_product": "whatsapp", "status": "read",
        "message_id": wamid, "typing_indicator": {"type": "text"}}));
    assert_eq!((status, &answer["success"]), (200, &json!(true)));
    assert_eq!(world.chat(GUEST)["typing"], true);
    assert_eq!(world.chat(GUEST)["messages"][0]["status"], "read");
    stage.say(GUEST, "¡Hola!");
    assert_eq!(world.chat(GUEST)["typing"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_comes_again_until_it_is_taken() {
    let stage = Stage::new().await;
    stage.listener.answer_next(&[503, 401]);
    stage.vendors.world().guest_writes(GUEST, "hola");
    stage.quiet().await;
    let heard = stage.listener.heard();
    assert_eq!(heard.len(), 3);
    assert_eq!(heard[0].body, heard[2].body);
    let webhooks = stage.vendors.world().snapshot()["webhooks"].clone();
    assert_eq!(webhooks[0]["state"], "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn notifications_are_doubled_swapped_lost_and_cut_when_told_so() {
    let stage = Stage::new().await;
    let fault = |kind: &str| {
        let fault = format!(r#"{{"target": "webhooks", "kind": "{kind}", "count": 1}}"#);
        assert_eq!(stage.ask("POST", "/sim/faults", &[], &fault).0, 200);
    };
    let texts = || {
        let messages = stage.events("messages");
        let words = messages.iter().map(|m| m["text"]["body"].as_str().unwrap_or("?").to_owned());
        words.collect::<Vec<_>>()
    };
    let world = stage.vendors.world();
    fault("duplicate");
    world.guest_writes(GUEST, "dos veces");
    stage.quiet().await;
    assert_eq!(texts(), ["dos veces", "dos veces"]);
    fault("reorder");
    world.guest_writes(GUEST, "primero");
    world.guest_writes(GUEST, "segundo");
    stage.quiet().await;
    assert_eq!(texts()[2..], ["segundo", "primero"]);
    fault("drop");
    world.guest_writes(GUEST, "perdido");
    stage.quiet().await;
    assert_eq!(texts().len(), 4);
    fault("cut");
    stage.listener.answer_next(&[401]);
    world.guest_writes(GUEST, "entero al final");
    stage.quiet().await;
    assert_eq!(stage.listener.heard().len(), 6, "once cut, once whole");
    assert_eq!(texts()[4..], ["entero al final"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn notifications_wait_until_casero_is_there() {
    let vendors = casero::fake_vendors::start(Default::default()).await.expect("a free port");
    vendors.world().guest_sends(GUEST, GuestMessage::text("hola"));
    let listener = super::Listener::start();
    vendors.connect(&listener.url);
    let stage = Stage { vendors, listener };
    stage.quiet().await;
    assert_eq!(stage.listener.heard().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_webhook_is_verified_by_a_challenge_that_comes_back() {
    let stage = Stage::new().await;
    assert!(stage.vendors.verify_webhook().await);
    let target = stage.listener.heard()[0].target.clone();
    assert!(target.starts_with("/webhooks/whatsapp?hub.mode=subscribe&hub.challenge="));
    assert!(target.ends_with("&hub.verify_token=sim-verify-token"));
    stage.listener.answer_next(&[403]);
    assert!(!stage.vendors.verify_webhook().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_takes_the_chat_along_to_another_number() {
    let stage = Stage::new().await;
    let world = stage.vendors.world();
    world.guest_writes(GUEST, "hola");
    assert_eq!(world.guest_moves("5493515550999", "5493515550112"), None);
    assert!(world.guest_moves(GUEST, "5493515550112").is_some());
    stage.quiet().await;
    let told = stage.events("messages").pop().expect("a message");
    assert_eq!(told["type"], "system");
    assert_eq!(told["from"], GUEST);
    assert_eq!(told["system"]["wa_id"], "5493515550112");
    assert!(world.chat(GUEST).is_null());
    assert_eq!(world.chat("5493515550112")["messages"][0]["text"], "hola");
}
