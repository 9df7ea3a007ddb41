//! Several numbers of owners, each proven by a code.

use super::super::harness::until;
use super::super::pages::Browser;
use super::{OWNER, asks, server};
use serde_json::json;

const SECOND: &str = "5493515550177";

#[test]
fn a_further_number_commands_only_once_the_code_sent_to_it_was_entered() {
    let server = server(&[]);
    server.world("POST", "/guests", &json!({ "phone": SECOND, "name": "Socia" }));
    let typed = json!({ "owner_phones": ["351 15-555-0177"] });
    let answer = server.api("PUT", "/api/v1/settings", &typed);
    assert_eq!(
        answer.json()["owner_phones"],
        json!(["+54 9 351 555 0177"]),
        "shown back as it was understood"
    );
    let wrong = server.api("PUT", "/api/v1/settings", &json!({ "owner_phones": ["+351 15"] }));
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    let said = until("the code", || {
        server.said(SECOND).into_iter().find(|line| line["content"]["name"] == "casero_codigo")
    });
    let code = said["content"]["components"][0]["parameters"][0]["text"].as_str().unwrap().to_owned();
    server.hears(OWNER, "Si no fuiste vos");
    server.write(SECOND, "hola");
    let said = server.next_said(SECOND, 1).to_string();
    assert!(said.contains("fechas"), "still a guest: {said}");
    server.write("5493515550103", "quiero hablar con una persona, soy Eva");
    server.hears(OWNER, "soy Eva");
    let heard = server.texts(SECOND);
    assert!(heard.iter().all(|text| !text.contains("Eva")), "nothing before it is proven: {heard:?}");
    let prove = |code: &str| {
        server.api(
            "POST",
            "/api/v1/owner_phones/prove",
            &json!({ "phone": format!("+{SECOND}"), "code": code }),
        )
    };
    let other = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(prove(other).json()["code"], "wrong_code");
    let page = Browser::owner(&server).look("/admin/notices").text;
    assert!(page.contains("Falta el código"), "{page}");
    assert_eq!(prove(&code).status, 204);
    server.hears(OWNER, "también recibe los avisos");
    asks(&server);
    server.hears(OWNER, "quiere hablar con vos");
    server.hears(SECOND, "quiere hablar con vos");
    server.write(SECOND, "quién viene hoy?");
    server.hears(SECOND, "nadie");
    server.api("PUT", "/api/v1/settings", &json!({ "owner_phones": [] }));
    let seen = server.said(SECOND).len();
    server.write(SECOND, "quién viene hoy?");
    let said = server.next_said(SECOND, seen).to_string();
    assert!(!said.contains("nadie"), "a number that was taken out commands nothing: {said}");
}

#[test]
fn a_code_ends_after_five_wrong_ones() {
    let server = server(&[]);
    server.api("PUT", "/api/v1/settings", &json!({ "owner_phones": [format!("+{SECOND}")] }));
    let prove = |code: &str| {
        let body = json!({ "phone": format!("+{SECOND}"), "code": code });
        server.api("POST", "/api/v1/owner_phones/prove", &body).json()["code"].clone()
    };
    for _ in 0..5 {
        assert_eq!(prove("abc"), "wrong_code");
    }
    assert_eq!(prove("abc"), "code_spent");
}
