//! The client over HTTP against a stub that answers as the vendor documents.

use super::*;
use crate::adapters::stub::{Asked, Reply, Stub};
use crate::domain::message::Stored;
use jiff::Timestamp;
use serde_json::Value;

struct Still;
impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

fn client(api_url: &str) -> CloudApi {
    let settings = WhatsAppSettings {
        access_token: Secret::new("ficha"),
        phone_number_id: "106".into(),
        app_secret: Secret::new("secreto"),
        verify_token: Secret::new("palabra"),
        business_account_id: None,
        api_url: api_url.to_owned(),
    };
    CloudApi::new(settings, Arc::new(Still))
}

fn accepted(id: &str) -> Reply {
    let body = json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] });
    Reply::Say(200, "", body.to_string().into_bytes())
}

fn error(status: u16, code: i64) -> Reply {
    let error = json!({ "message": "no", "code": code, "error_data": { "details": "porque no" } });
    Reply::Say(status, "", json!({ "error": error }).to_string().into_bytes())
}

fn send(replies: Vec<Reply>, to: &str) -> (Result<Sent, PortError>, Vec<Asked>) {
    let stub = Stub::new(replies);
    let sent = client(&stub.url).send(&Recipient::Phone(to.into()), &Message::text("Hola"), None, "t-1");
    (sent, stub.asked())
}

fn addressee(asked: &Asked) -> String {
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    body["to"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_message_goes_to_the_number_with_our_token() {
    let (sent, asked) = send(vec![accepted("wamid.1")], "5493515550101");
    assert_eq!(sent, Ok(Sent { message_id: "wamid.1".into(), used: None, reached: None }));
    assert_eq!(asked[0].line, "POST /106/messages");
    assert!(
        asked[0].headers.contains("authorization: bearer ficha")
            && asked[0].headers.contains("user-agent: casero/")
    );
}

#[test]
fn the_other_form_of_an_argentine_number_is_tried_once_and_told() {
    for code in [131_030, 131_026] {
        let (sent, asked) = send(vec![error(400, code), accepted("wamid.2")], "5493515550101");
        let used = Some(Recipient::Phone("543515550101".into()));
        assert_eq!(sent, Ok(Sent { message_id: "wamid.2".into(), used, reached: None }));
        assert_eq!(asked.iter().map(addressee).collect::<Vec<_>>(), ["5493515550101", "543515550101"]);
    }
    let (sent, _) = send(vec![error(400, 131_030), error(400, 131_026)], "5493515550101");
    assert_eq!(sent.unwrap_err().code(), "wa_131030");
    let (sent, asked) = send(vec![error(400, 131_030)], "34612345678");
    assert_eq!((sent.unwrap_err().code(), asked.len()), ("wa_131030", 1));
}

#[test]
fn the_vendors_codes_say_whether_another_try_may_help() {
    for code in [1, 2, 4, 80_007, 130_429, 131_000, 131_016, 131_048, 131_056, 131_057, 133_004] {
        assert!(send(vec![error(400, code)], "1").0.unwrap_err().is_transient(), "{code}");
    }
    let of_the_account = [
        (0, OutageCause::Token),
        (190, OutageCause::Token),
        (3, OutageCause::Permission),
        (10, OutageCause::Permission),
        (200, OutageCause::Permission),
        (299, OutageCause::Permission),
        (131_005, OutageCause::Permission),
        (131_042, OutageCause::Billing),
        (368, OutageCause::Locked),
        (130_497, OutageCause::Locked),
        (131_031, OutageCause::Locked),
        (131_037, OutageCause::Registration),
        (131_045, OutageCause::Registration),
        (133_010, OutageCause::Registration),
    ];
    for (code, cause) in of_the_account {
        let failure = send(vec![error(400, code)], "1").0.unwrap_err();
        let expected = PortError::Account { cause, code: format!("wa_{code}"), detail: "porque no".into() };
        assert_eq!(failure, expected);
    }
    let lasting = [
        100, 130_472, 131_008, 131_009, 131_021, 131_047, 131_049, 131_050, 131_053, 131_062, 132_001,
        132_015, 135_000,
    ];
    for code in lasting {
        let failure = send(vec![error(400, code)], "1").0.unwrap_err();
        let expected = PortError::Permanent { code: format!("wa_{code}"), detail: "porque no".into() };
        assert_eq!(failure, expected);
    }
    assert!(send(vec![error(503, 777)], "1").0.unwrap_err().is_transient());
}

#[test]
fn a_message_that_was_accepted_in_an_unreadable_answer_is_in_doubt_and_not_refused() {
    for body in ["", "{", "{}", r#"{"messages":[]}"#] {
        let (sent, _) = send(vec![Reply::Say(200, "", body.into())], "1");
        assert_eq!(sent.unwrap_err().code(), "timeout", "{body}");
    }
    assert_eq!(send(vec![Reply::HangUp], "1").0.unwrap_err().code(), "timeout");
}

#[test]
fn a_document_is_uploaded_and_then_sent_by_its_id() {
    let stub = Stub::new(vec![Reply::Say(200, "", br#"{"id":"881"}"#.to_vec()), accepted("wamid.3")]);
    let document = Message::Document {
        filename: "reserva.ics".into(),
        mime: "text/calendar".into(),
        content: "BEGIN:VCALENDAR".into(),
        caption: "Tu reserva".into(),
    };
    let file = Upload {
        bytes: Arc::new(b"BEGIN:VCALENDAR".to_vec()),
        mime: "text/calendar".into(),
        filename: "reserva.ics".into(),
    };
    let client = client(&stub.url);
    client.send(&Recipient::Bsuid("AR.1".into()), &document, Some(&file), "t").unwrap();
    let asked = stub.asked();
    assert_eq!(asked[0].line, "POST /106/media");
    assert!(asked[0].body.contains("BEGIN:VCALENDAR") && asked[0].body.contains("reserva.ics"));
    let sent: Value = serde_json::from_str(&asked[1].body).unwrap();
    assert_eq!(sent["document"], json!({ "id": "881", "filename": "reserva.ics", "caption": "Tu reserva" }));
    assert_eq!(sent["recipient"], "AR.1");
}

#[test]
fn a_file_that_meta_has_is_not_uploaded_again_until_a_message_with_it_is_refused() {
    let refused = br#"{"error":{"code":131053,"message":"Media upload error"}}"#;
    let stub = Stub::new(vec![
        Reply::Say(200, "", br#"{"id":"881"}"#.to_vec()),
        accepted("wamid.4"),
        accepted("wamid.5"),
        Reply::Say(400, "", refused.to_vec()),
        Reply::Say(200, "", br#"{"id":"882"}"#.to_vec()),
        accepted("wamid.6"),
    ]);
    let picture = Message::Image { file: Stored::Photo { token: "t".into() }, caption: "Aromo".into() };
    let file =
        Upload { bytes: Arc::new(b"jpeg".to_vec()), mime: "image/jpeg".into(), filename: "foto.jpg".into() };
    let (client, to) = (client(&stub.url), Recipient::Bsuid("AR.1".into()));
    let send = || client.send(&to, &picture, Some(&file), "t");
    assert!(send().is_ok() && send().is_ok());
    assert_eq!(send().unwrap_err().code(), "wa_131053");
    assert!(send().is_ok());
    let lines: Vec<String> = stub.asked().into_iter().map(|asked| asked.line).collect();
    let of = |path: &str| lines.iter().filter(|line| line.ends_with(path)).count();
    assert_eq!((of("/media"), of("/messages")), (2, 4), "{lines:?}");
}

fn voice(sha256: Option<String>) -> MediaRef {
    MediaRef { id: "77".into(), mime: "audio/ogg".into(), sha256 }
}

const PLACE: &str = r#"{"url":"{base}/file","mime_type":"audio/ogg","file_size":"4"}"#;

#[test]
fn a_file_is_fetched_in_two_steps_and_a_dead_address_is_asked_for_again() {
    let file = || Reply::Say(200, "", b"OggS".to_vec());
    let stub = Stub::new(vec![
        Reply::SayOfItself(200, PLACE),
        Reply::Say(404, "", Vec::new()),
        Reply::SayOfItself(200, PLACE),
        file(),
    ]);
    let hex = HEXLOWER_PERMISSIVE.encode(digest(&SHA256, b"OggS").as_ref());
    let media = client(&stub.url).fetch_media(&voice(Some(hex))).unwrap();
    assert_eq!(media, Media { bytes: b"OggS".to_vec(), mime: "audio/ogg".into() });
    let asked = stub.asked();
    assert_eq!(asked[0].line, "GET /77?phone_number_id=106");
    assert!(asked.iter().all(|asked| asked.headers.contains("authorization: bearer ficha")));
}

#[test]
fn a_file_that_is_not_the_announced_one_is_fetched_again_later() {
    let stub = Stub::new(vec![Reply::SayOfItself(200, PLACE), Reply::Say(200, "", b"OggX".to_vec())]);
    let announced = BASE64.encode(digest(&SHA256, b"OggS").as_ref());
    let failure = client(&stub.url).fetch_media(&voice(Some(announced))).unwrap_err();
    assert_eq!((failure.is_transient(), failure.code()), (true, "wrong_digest"));
}

#[test]
fn the_token_goes_to_whatsapps_hosts_and_to_nobody_else() {
    let real = client("https://graph.facebook.com/v26.0");
    for url in [
        "https://lookaside.fbsbx.com/a",
        "https://scontent.xx.fbcdn.net/a",
        "https://mmg.whatsapp.net/a",
        "https://graph.facebook.com/a",
    ] {
        assert!(real.trusts(url), "{url}");
    }
    for url in [
        "http://lookaside.fbsbx.com/a",
        "https://lookaside.fbsbx.com.evil.example/",
        "https://evilfbcdn.net/",
        "https://fbcdn.net.example/",
        "https://lookaside.fbsbx.com:8443/",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "",
    ] {
        assert!(!real.trusts(url), "{url}");
    }
    let place = br#"{"url":"https://evil.example/file","mime_type":"audio/ogg"}"#.to_vec();
    let stub = Stub::new(vec![Reply::Say(200, "", place)]);
    assert_eq!(client(&stub.url).fetch_media(&voice(None)).unwrap_err().code(), "untrusted_host");
}

#[test]
fn an_id_that_would_leave_its_place_and_a_file_too_large_are_refused() {
    let media = MediaRef { id: "../me".into(), ..voice(None) };
    assert_eq!(client("http://127.0.0.1:1").fetch_media(&media).unwrap_err().code(), "bad_request");
    let stub = Stub::new(vec![Reply::SayOfItself(200, r#"{"url":"{base}/f","file_size":16777217}"#)]);
    assert_eq!(client(&stub.url).fetch_media(&voice(None)).unwrap_err().code(), "too_large");
}

#[test]
fn five_failures_leave_the_service_alone() {
    let down = || Reply::Say(503, "", Vec::new());
    let stub = Stub::new((0..5).map(|_| down()).collect());
    let client = client(&stub.url);
    for _ in 0..5 {
        assert_eq!(client.show_typing("wamid.1").unwrap_err().code(), "http_503");
    }
    assert!(matches!(client.show_typing("wamid.1"), Err(PortError::Open(_))));
    assert_eq!(stub.asked().len(), 5);
}

#[test]
fn the_answer_tells_whom_the_message_reaches() {
    let body = json!({
        "contacts": [{ "input": "5493515550101", "wa_id": "5493515550909" }],
        "messages": [{ "id": "wamid.3" }],
    });
    let (sent, _) = send(vec![Reply::Say(200, "", body.to_string().into_bytes())], "5493515550101");
    assert_eq!(sent.unwrap().reached.as_deref(), Some("5493515550909"));
}
