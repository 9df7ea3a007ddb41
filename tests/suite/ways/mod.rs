//! The ways to reach the owner: push decrypted by an implementation of other hands, mail through a real SMTP dialogue,
//! several numbers each proven by a code; the next way follows, what fails says why, and nothing is sent twice.

mod arrival;
mod failing;
mod kinds;
mod letters;
mod numbers;

use super::harness::{GUEST, TestServer, until};
use super::pages::Browser;
use casero::fake_vendors::smtp;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde_json::{Value, json};
use web_push_native::p256::SecretKey;
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint;
use web_push_native::{Auth, decrypt};

const OWNER: &str = "5493515550188";
/// The secret of the browser in these tests.
const AUTH: [u8; 16] = [7; 16];

/// A server with mail and push.
pub fn server(extra: &[(&str, &str)]) -> TestServer {
    let mut settings = vec![
        ("MAIL_HOST", "127.0.0.1"),
        ("MAIL_PORT", "{mail_port}"),
        ("MAIL_USERNAME", smtp::USERNAME),
        ("MAIL_PASSWORD", smtp::PASSWORD),
        ("MAIL_FROM", "Cabañas del Cerro <hola@cerro.example>"),
        ("MAIL_TLS", "none"),
        ("PUSH_SUBJECT", "mailto:hola@cerro.example"),
    ];
    settings.extend_from_slice(extra);
    let server = TestServer::with(&settings);
    server.world("POST", "/guests", &json!({ "phone": OWNER, "name": "Dueña" }));
    let settings = json!({ "property_name": "Cabañas del Cerro", "owner_phone": format!("+{OWNER}"), "quiet_hours_from": "08:00", "quiet_hours_until": "08:00" });
    assert_eq!(server.api("PUT", "/api/v1/settings", &settings).status, 200);
    server
}

fn order(server: &TestServer, ways: &[&str]) {
    let answer = server.api("PUT", "/api/v1/settings", &json!({ "notice_ways": ways }));
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// A guest wants a person.
fn asks(server: &TestServer) {
    server.write(GUEST, "quiero hablar con una persona");
    server.next_said(GUEST, 0);
}

fn notice(server: &TestServer) -> Value {
    server.api("GET", "/api/v1/notices", &Value::Null).json()["notices"][0].clone()
}

/// Waits until the newest notice went out by these ways with these states.
#[track_caller]
fn told(server: &TestServer, expected: &[(&str, &str)]) -> Value {
    until(&format!("the ways {expected:?}"), || {
        let notice = notice(server);
        let ways = notice["ways"].as_array()?;
        let found: Vec<_> = ways.iter().map(|way| (way["way"].as_str(), way["state"].as_str())).collect();
        let expected: Vec<_> = expected.iter().map(|(way, state)| (Some(*way), Some(*state))).collect();
        (found == expected).then_some(notice)
    })
}

/// As if the pause before the notice is told again were over.
fn pause_is_over(server: &TestServer) {
    server.sql("UPDATE notice SET next_at = 0 WHERE seen_at IS NULL");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'remind'");
}

fn letters(server: &TestServer) -> Vec<Value> {
    server.world("GET", "/mail", &Value::Null)["letters"].as_array().unwrap().clone()
}

#[track_caller]
fn letter(server: &TestServer, to: &str, holds: &str) -> Value {
    until(&format!("a letter with {holds:?}"), || {
        letters(server)
            .into_iter()
            .find(|one| one["to"] == to && one["body"].as_str().unwrap().contains(holds))
    })
}

/// A browser that asks to be told, with keys of its own.
pub struct Phone {
    secret: SecretKey,
    name: &'static str,
}

impl Phone {
    pub fn new(name: &'static str, seed: u8) -> Phone {
        Phone { secret: SecretKey::from_slice(&[seed; 32]).unwrap(), name }
    }

    pub fn fields(&self, server: &TestServer) -> Vec<(&'static str, String)> {
        let point = self.secret.public_key().to_encoded_point(false);
        vec![
            ("endpoint", server.vendors.push_url(self.name)),
            ("p256dh", BASE64URL_NOPAD.encode(point.as_bytes())),
            ("auth", BASE64URL_NOPAD.encode(&AUTH)),
        ]
    }

    fn asks_to_be_told(&self, server: &TestServer, browser: &Browser) {
        let fields = self.fields(server);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.post("/admin/notices", "/admin/push", &fields);
        assert_eq!(answer.status, 204, "{}", answer.text);
    }

    /// What arrived, decrypted by the other implementation.
    fn received(&self, server: &TestServer) -> Vec<(Value, Value)> {
        let all = server.world("GET", &format!("/push/{}", self.name), &Value::Null);
        let opened = |push: &Value| {
            let body = BASE64.decode(push["body"].as_str().unwrap().as_bytes()).unwrap();
            let text = decrypt(body, &self.secret, &Auth::clone_from_slice(&AUTH)).expect("it can be read");
            (push.clone(), serde_json::from_slice(&text).unwrap())
        };
        all["received"].as_array().unwrap().iter().map(opened).collect()
    }

    #[track_caller]
    pub fn next(&self, server: &TestServer, seen: usize) -> (Value, Value) {
        until("a push", || self.received(server).get(seen).cloned())
    }
}

#[test]
fn a_push_is_read_by_another_implementation_and_shows_no_word_of_the_guest_unless_the_owner_chose_so() {
    let server = server(&[]);
    let browser = Browser::owner(&server);
    let phone = Phone::new("first", 3);
    phone.asks_to_be_told(&server, &browser);
    server.write(GUEST, "hay olor a gas, soy Ana");
    let (push, said) = phone.next(&server, 0);
    assert_eq!((&push["urgency"], &said["url"]), (&json!("high"), &json!("/admin")), "{push} {said}");
    assert!(
        said["title"].as_str().unwrap().contains("Urgente") && !said.to_string().contains("gas"),
        "{said}"
    );
    told(&server, &[("push", "accepted")]);
    assert_eq!(notice(&server)["seen_at"], Value::Null, "accepted is not seen");

    server.api("PUT", "/api/v1/settings", &json!({ "notice_words": true }));
    server.write("5493515550102", "quiero hablar con una persona, soy Eva");
    let (push, said) = phone.next(&server, 1);
    assert_eq!(push["urgency"], "normal");
    assert!(said["body"].as_str().unwrap().contains("soy Eva"), "{said}");
    assert_ne!(push["topic"], phone.received(&server)[0].0["topic"], "one does not replace the other");
    until("what was sent to keep no words", || {
        (server.count("SELECT count(*) FROM push_message WHERE payload <> ''") == 0).then_some(())
    });
}

#[test]
fn after_the_first_pause_the_next_way_follows_in_the_owners_order_and_seen_ends_it() {
    let server = server(&[]);
    let browser = Browser::owner(&server);
    Phone::new("first", 3).asks_to_be_told(&server, &browser);
    order(&server, &["mail", "push", "whatsapp"]);
    server.write(GUEST, "hay olor a gas");
    told(&server, &[("mail", "accepted")]);
    let sent = letter(&server, super::harness::EMAIL, "olor a gas");
    assert_eq!(sent["subject"], "URGENTE en Cabañas del Cerro");
    assert!(
        sent["from"].as_str().unwrap().contains("hola@cerro.example")
            && sent["automatic"] == "auto-generated"
    );
    pause_is_over(&server);
    told(&server, &[("mail", "accepted"), ("push", "accepted")]);
    pause_is_over(&server);
    until("the third way", || (notice(&server)["ways"].as_array()?.len() == 3).then_some(()));
    server.hears(OWNER, "Te lo repito");
    until("it to be read", || {
        let _ = server.database().execute("UPDATE schedule SET due_at = 0 WHERE name = 'remind'", []);
        let _ = server.database().execute("UPDATE notice SET next_at = 0 WHERE seen_at IS NULL", []);
        (notice(&server)["seen_by"] == "read").then_some(())
    });
    assert_eq!(notice(&server)["ways"].as_array().unwrap().len(), 3, "seen ends it");
    assert_eq!(letters(&server).len(), 1);
}

#[test]
fn a_phone_that_is_gone_is_forgotten_and_the_next_way_is_tried_at_once() {
    let server = server(&[]);
    let browser = Browser::owner(&server);
    let (gone, kept) = (Phone::new("gone", 3), Phone::new("kept", 4));
    gone.asks_to_be_told(&server, &browser);
    server.world("PUT", "/push/gone", &json!({ "answers": 410 }));
    asks(&server);
    until("whatsapp in its place", || {
        let notice = notice(&server);
        let ways = notice["ways"].as_array()?.clone();
        (ways.len() == 2 && ways[0]["state"] == "failed" && ways[1]["way"] == "whatsapp").then_some(())
    });
    server.hears(OWNER, "quiere hablar con vos");
    assert_eq!(server.count("SELECT count(*) FROM push_subscription"), 0);
    assert!(server.attention().iter().all(|item| item["kind"] != "work_failed"), "nobody has to do anything");
    kept.asks_to_be_told(&server, &browser);
    assert_eq!(server.count("SELECT count(*) FROM push_subscription"), 1);
}

#[test]
fn a_mail_server_that_refuses_is_one_matter_with_its_code_and_the_next_way_is_tried() {
    let server = server(&[]);
    order(&server, &["mail", "whatsapp"]);
    server.world("PUT", "/mail", &json!({ "refuses_login": 535 }));
    asks(&server);
    server.hears(OWNER, "quiere hablar con vos");
    let item = server.attention_of("work_failed");
    assert_eq!(
        (&item["details"]["kind"], &item["details"]["code"]),
        (&json!("send_mail"), &json!("smtp_535"))
    );
    assert_eq!(notice(&server)["ways"][0]["state"], "failed");
    server.write("5493515550102", "quiero hablar con una persona");
    until("the second to fail too", || {
        (server.count("SELECT count(*) FROM mail WHERE state = 'failed'") == 2).then_some(())
    });
    let items = server.attention();
    assert_eq!(items.iter().filter(|item| item["kind"] == "work_failed").count(), 1, "one matter");
    server.world("PUT", "/mail", &json!({ "refuses_login": null }));
    let answer = server.api("POST", "/api/v1/notices/test", &json!({ "way": "mail" }));
    assert_eq!((answer.status, &answer.json()["sent"]), (202, &json!(1)));
    letter(&server, super::harness::EMAIL, "Esta es una prueba");
    until("the matter to be over", || {
        server.attention().iter().all(|item| item["kind"] != "work_failed").then_some(())
    });
}

#[test]
fn a_browser_is_told_for_as_long_as_its_account_is_an_owners_and_logged_in() {
    let server = server(&[]);
    server.user("socia@example.com", "owner");
    let first = Browser::owner(&server);
    let second = Browser::enter(&server, "socia@example.com", super::harness::PASSWORD);
    let (one, two) = (Phone::new("one", 3), Phone::new("two", 4));
    one.asks_to_be_told(&server, &first);
    two.asks_to_be_told(&server, &second);
    server.api("POST", "/api/v1/notices/test", &json!({ "way": "push" }));
    one.next(&server, 0);
    two.next(&server, 0);
    first.post("/admin/notices", "/admin/logout", &[]);
    server.sql("UPDATE user SET role = 'helper' WHERE email = 'socia@example.com'");
    let answer = server.api("POST", "/api/v1/notices/test", &json!({ "way": "push" }));
    assert_eq!((answer.status, answer.json()["code"].clone()), (409, json!("way_off")));
    assert_eq!((one.received(&server).len(), two.received(&server).len()), (1, 1));
}

#[test]
fn an_endpoint_that_is_not_public_and_secure_is_refused() {
    let server = server(&[("CALENDARS_ALLOW_PRIVATE_ADDRESSES", "false")]);
    let browser = Browser::owner(&server);
    let phone = Phone::new("one", 3);
    for endpoint in ["http://push.example/1", "ftp://push.example/1", "nada"] {
        let mut fields = phone.fields(&server);
        fields[0].1 = endpoint.to_owned();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(browser.post("/admin/notices", "/admin/push", &fields).status, 422, "{endpoint}");
    }
    let mut fields = phone.fields(&server);
    fields[0].1 = "https://127.0.0.1:1/x".to_owned();
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        browser.post("/admin/notices", "/admin/push", &fields).status,
        204,
        "its name is resolved when it is called"
    );
    server.api("POST", "/api/v1/notices/test", &json!({ "way": "push" }));
    assert_eq!(server.attention_of("work_failed")["details"]["code"], "private_address");
}
