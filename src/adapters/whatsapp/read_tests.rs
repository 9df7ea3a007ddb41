//! Notifications as the vendor documents them, composed for these tests.

use super::*;
use crate::domain::geo_point::GeoPoint;
use crate::ports::error::PortError;
use crate::ports::whatsapp::WINDOW_CLOSED;
use proptest::prelude::*;
use serde_json::json;

const OURS: &str = "106000000000019";

fn notification(value: Value) -> Vec<u8> {
    let change = json!({ "field": "messages", "value": value });
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }] })
        .to_string()
        .into_bytes()
}

fn with_message(message: Value) -> HookReading {
    let value = json!({
        "messaging_product": "whatsapp", "metadata": { "phone_number_id": OURS },
        "contacts": [{ "profile": { "name": "Marta" }, "wa_id": "5493515550101", "user_id": "AR.1" }],
        "messages": [message],
    });
    read(&notification(value), OURS)
}

fn content_of(kind: &str, payload: Value) -> Content {
    let mut message =
        json!({ "id": "wamid.1", "from": "5493515550101", "timestamp": "1795000000", "type": kind });
    message[kind] = payload;
    match with_message(message).events.pop() {
        Some(HookEvent::Message(message)) => message.content,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_has_its_sender_by_number_and_id() {
    let reading = with_message(json!({
        "id": "wamid.1", "from": "5493515550101", "timestamp": 1795000000, "type": "text",
        "text": { "body": "hola" }, "context": { "id": "wamid.0" },
    }));
    let Some(HookEvent::Message(message)) = reading.events.first() else { panic!("{reading:?}") };
    assert_eq!(message.from.phone.as_deref(), Some("5493515550101"));
    assert_eq!(message.from.bsuid.as_deref(), Some("AR.1"));
    assert_eq!(message.profile_name.as_deref(), Some("Marta"));
    assert_eq!(message.quotes.as_deref(), Some("wamid.0"));
    assert_eq!(message.sent_at.as_second(), 1_795_000_000);
}

#[test]
fn a_guest_who_hides_their_number_is_known_by_id() {
    let value = json!({
        "metadata": { "phone_number_id": OURS },
        "contacts": [{ "profile": { "name": "Ana" }, "user_id": "AR.7" }],
        "messages": [{ "id": "wamid.1", "from_user_id": "AR.7", "timestamp": "1795000000", "type": "text",
                       "text": { "body": "hola" } }],
    });
    let reading = read(&notification(value), OURS);
    let Some(HookEvent::Message(message)) = reading.events.first() else { panic!("{reading:?}") };
    assert_eq!(message.from, Sender { phone: None, bsuid: Some("AR.7".into()) });
}

#[test]
fn every_kind_of_message_is_read() {
    let media = json!({ "id": "77", "mime_type": "audio/ogg; codecs=opus", "sha256": "x", "voice": true });
    assert!(matches!(content_of("audio", media.clone()), Content::Audio { voice: true, .. }));
    assert!(matches!(content_of("image", media.clone()), Content::Image { .. }));
    assert!(matches!(content_of("document", media.clone()), Content::Document { .. }));
    assert!(matches!(content_of("video", media), Content::Video { .. }));
    assert_eq!(content_of("sticker", json!({ "id": "1" })), Content::Sticker);
    let place = json!({ "latitude": -31.4, "longitude": -64.2, "name": "Plaza" });
    let point = GeoPoint::new(-31.4, -64.2);
    assert_eq!(content_of("location", place), Content::Location { label: Some("Plaza".into()), point });
    let reply = json!({ "type": "button_reply", "button_reply": { "id": "t1", "title": "Reservar" } });
    assert_eq!(
        content_of("interactive", reply),
        Content::Tap { token: "t1".into(), title: "Reservar".into() }
    );
    let row = json!({ "type": "list_reply", "list_reply": { "id": "t2", "title": "Aromo" } });
    assert_eq!(content_of("interactive", row), Content::Tap { token: "t2".into(), title: "Aromo".into() });
    let button = json!({ "text": "Sí" });
    assert_eq!(content_of("button", button), Content::Tap { token: "Sí".into(), title: "Sí".into() });
    let gone = json!({ "message_id": "wamid.9", "emoji": "" });
    assert_eq!(content_of("reaction", gone), Content::Reaction { message_id: "wamid.9".into(), emoji: None });
    assert_eq!(content_of("poll", json!({})), Content::Unsupported { kind: "poll".into() });
    assert_eq!(content_of("text", json!(7)), Content::Unsupported { kind: "text".into() });
}

#[test]
fn a_batch_is_read_whole_and_what_is_broken_in_it_is_told() {
    let message = |id: &str| json!({ "id": id, "from": "549351", "timestamp": "1795000000", "type": "text", "text": { "body": "x" } });
    let value = json!({
        "metadata": { "phone_number_id": OURS },
        "messages": [message("a"), { "from": "1" }, message("b")],
        "statuses": [
            { "id": "wamid.5", "status": "read", "timestamp": "1795000001", "biz_opaque_callback_data": "t" },
            { "id": "wamid.6", "status": "failed", "timestamp": "1", "errors": [{ "code": 131047 }] },
        ],
    });
    let reading = read(&notification(value), OURS);
    assert_eq!((reading.events.len(), reading.problems.len()), (4, 1));
    let HookEvent::Delivery(failed) = &reading.events[3] else { panic!("a report: {:?}", reading.events[3]) };
    assert_eq!(failed.failure.as_ref().map(PortError::code), Some(WINDOW_CLOSED));
}

#[test]
fn another_numbers_messages_are_not_ours() {
    let value = json!({ "metadata": { "phone_number_id": "2" }, "messages": [{ "id": "a" }] });
    assert_eq!(read(&notification(value), OURS), HookReading::default());
}

#[test]
fn a_changed_number_keeps_the_guest() {
    let reading = with_message(json!({
        "id": "wamid.1", "from": "5493515550101", "timestamp": "1795000000", "type": "system",
        "system": { "type": "user_changed_number", "wa_id": "5493515550102", "user_id": "AR.2" },
    }));
    let Some(HookEvent::IdentityChanged { old, new, .. }) = reading.events.first() else {
        panic!("{reading:?}")
    };
    assert_eq!((old.phone.as_deref(), new.phone.as_deref()), (Some("5493515550101"), Some("5493515550102")));
}

#[test]
fn what_is_no_notification_is_a_problem_and_no_event() {
    for body in ["", "{", "[]", "7", "{\"entry\":7}"] {
        let reading = read(body.as_bytes(), OURS);
        assert!(reading.events.is_empty() && !reading.problems.is_empty(), "{body}");
    }
}

proptest! {
    #[test]
    fn no_body_makes_it_panic(body in proptest::collection::vec(any::<u8>(), 0..2000)) {
        read(&body, OURS);
    }

    #[test]
    fn no_message_makes_it_panic(kind in "[a-z]{1,12}", text in any::<String>(), number in any::<i64>()) {
        let mut message = json!({ "id": text, "from": number, "timestamp": number.to_string(), "type": kind });
        message[&kind] = json!({ "body": text, "id": number, "button_reply": text });
        with_message(message);
    }
}

fn problem_of(reading: &HookReading) -> &str {
    assert!(reading.events.is_empty(), "{reading:?}");
    reading.problems.first().expect("it is told")
}

#[test]
fn a_field_of_the_wrong_type_does_not_cost_the_message() {
    let value = json!({
        "metadata": null, "errors": null, "statuses": 7,
        "contacts": [5, { "profile": null, "wa_id": 5493515550101i64 }],
        "messages": [{ "id": "wamid.1", "from": 5493515550101i64, "from_user_id": 7, "timestamp": "mañana",
                       "type": "text", "text": { "body": "hola" }, "context": { "id": 9 } }],
    });
    let reading = read(&notification(value), OURS);
    let Some(HookEvent::Message(message)) = reading.events.first() else { panic!("{reading:?}") };
    assert_eq!(message.content, Content::Text { body: "hola".into() });
    assert_eq!(message.from.phone.as_deref(), Some("5493515550101"));
    assert_eq!(message.sent_at, Timestamp::UNIX_EPOCH);
}

#[test]
fn one_broken_entry_does_not_take_the_others_with_it() {
    let good = json!({ "field": "messages", "value": { "messages": [
        { "id": "a", "from": "549351", "timestamp": "1795000000", "type": "text", "text": { "body": "x" } }] } });
    let body = json!({ "entry": [7, { "changes": [7, good] }, { "changes": null }] }).to_string();
    let reading = read(body.as_bytes(), OURS);
    assert_eq!((reading.events.len(), reading.problems.len()), (1, 2));
}

#[test]
fn nobody_waits_for_an_answer_to_a_system_message_or_in_a_group() {
    let system = with_message(json!({ "id": "w", "from": "549351", "timestamp": "1", "type": "system",
        "system": { "type": "customer_identity_changed" } }));
    assert!(problem_of(&system).contains("customer_identity_changed"));
    let group = with_message(json!({ "id": "w", "from": "549351", "timestamp": "1", "type": "text",
        "group_id": "g", "text": { "body": "hola" } }));
    assert!(problem_of(&group).contains("group"));
}

#[test]
fn a_changed_id_is_told_with_the_old_one_whichever_the_sender_is() {
    let reading = with_message(json!({
        "id": "w", "from_user_id": "AR.3", "timestamp": "1", "type": "system",
        "system": { "type": "user_changed_user_id", "user_id": "AR.3", "previous_user_id": "AR.2" },
    }));
    let Some(HookEvent::IdentityChanged { old, new, .. }) = reading.events.first() else {
        panic!("{reading:?}")
    };
    assert_eq!((old.bsuid.as_deref(), new.bsuid.as_deref()), (Some("AR.2"), Some("AR.3")));
}

#[test]
fn an_edited_caption_an_unseen_kind_and_a_card_of_ones_own_are_read() {
    let edit = json!({ "original_message_id": "wamid.0",
        "message": { "type": "image", "image": { "caption": "el comprobante" }, "context": { "id": "M0" } } });
    let body = Some("el comprobante".to_owned());
    assert_eq!(content_of("edit", edit), Content::Edit { original_id: "wamid.0".into(), body });
    assert_eq!(
        content_of("revoke", json!({ "original_message_id": "w" })),
        Content::Revoke { original_id: "w".into() }
    );
    assert_eq!(
        content_of("unsupported", json!({ "type": "poll" })),
        Content::Unsupported { kind: "poll".into() }
    );
    let card = json!([{ "vcard": "BEGIN:VCARD\r\nTEL;type=CELL;waid=5493515550101:+54 9 351 555-0101\r\nEND:VCARD" }]);
    assert_eq!(content_of("contacts", card), Content::Contacts { phones: vec!["+54 9 351 555-0101".into()] });
}

#[test]
fn an_account_notice_is_told_in_its_own_words_and_lists_of_people_are_left() {
    let change = |field: &str, value: Value| {
        let body = json!({ "entry": [{ "changes": [{ "field": field, "value": value }] }] });
        read(body.to_string().as_bytes(), OURS)
    };
    let value = json!({ "event": "REJECTED", "message_template_id": 12, "other": { "x": 1 } });
    let summary = "event: REJECTED, message_template_id: 12".to_owned();
    let field = "account_update".to_owned();
    assert_eq!(change(&field, value).events, [HookEvent::AccountNotice { field, summary }]);
    assert_eq!(problem_of(&change("history", json!({ "history": [] }))), "history is not used");
}

#[test]
fn a_templates_new_state_is_read_with_its_language_in_one_spelling_and_the_account_is_told_by_our_number() {
    let value = json!({ "event": "REJECTED", "message_template_id": 12, "message_template_name": "casero_pago",
        "message_template_language": "es-AR", "reason": "INCORRECT_CATEGORY" });
    let body = json!({ "entry": [{ "id": 204, "changes": [
        { "field": "message_template_status_update", "value": value },
        { "field": "messages", "value": { "metadata": { "phone_number_id": OURS } } },
    ] }] });
    let reading = read(body.to_string().as_bytes(), OURS);
    let (name, language) = ("casero_pago".to_owned(), "es_AR".to_owned());
    let (status, reason) = ("rejected".to_owned(), "INCORRECT_CATEGORY".to_owned());
    assert_eq!(reading.events, [HookEvent::TemplateStatus { name, language, status, reason }]);
    assert_eq!(reading.account_id.as_deref(), Some("204"));
    let other = json!({ "entry": [{ "id": "7", "changes": [
        { "field": "messages", "value": { "metadata": { "phone_number_id": "other" } } } ] }] });
    assert_eq!(read(other.to_string().as_bytes(), OURS).account_id, None, "another number's account");
}

#[test]
fn an_answer_from_the_owners_phone_is_an_echo() {
    let value = json!({ "message_echoes": [{ "from": "549351", "to": "5493515550101", "id": "wamid.e",
        "timestamp": "1795000000", "type": "text", "text": { "body": "Hola, soy Marta" } }] });
    let body = json!({ "entry": [{ "changes": [{ "field": "smb_message_echoes", "value": value }] }] });
    let reading = read(body.to_string().as_bytes(), OURS);
    let Some(HookEvent::Echo { to, text, .. }) = reading.events.first() else { panic!("{reading:?}") };
    assert_eq!((to.phone.as_deref(), text.as_deref()), (Some("5493515550101"), Some("Hola, soy Marta")));
}
