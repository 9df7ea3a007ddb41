//! The second factor as its owner uses it: put on with a phone, asked for at both doors, opened with paper, taken
//! off.

use super::Browser;
use crate::harness::{EMAIL, PASSWORD, TestServer};
use casero::app::access::totp;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const HERE: &str = "/admin/code";

/// The code that a phone will show in half a minute; it opens already now, also after the present one was used.
fn next_code(secret: &totp::Secret) -> String {
    totp::code(secret, Timestamp::now() + SignedDuration::from_secs(30))
}

fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let found = page.split(before).nth(1).and_then(|rest| rest.split(after).next());
    found.unwrap_or_else(|| panic!("no {before:?} in {page}"))
}

/// Puts the lock on the owner's account; answers the secret and the codes for paper.
fn put_on(owner: &Browser<'_>) -> (totp::Secret, Vec<String>) {
    let page = owner.page(HERE);
    assert!(page.contains("<path d=\"M") && page.contains("otpauth://totp/Casero:"), "{page}");
    let spelled = between(&page, "name=\"secret\" value=\"", "\"");
    let secret = totp::read(spelled).expect("a secret");
    let answer = owner.post(HERE, HERE, &[("secret", spelled), ("code", "000000")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains(spelled) && answer.text.contains("no sirve"), "{}", answer.text);
    let code = totp::code(&secret, Timestamp::now());
    let answer = owner.post(HERE, HERE, &[("secret", spelled), ("code", &code)]);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = between(&answer.text, "<ul class=\"codes", "</ul>");
    let codes = list.split("<li class=\"mono\">").skip(1);
    (secret, codes.map(|code| code.split('<').next().unwrap_or_default().to_owned()).collect())
}

/// The password goes in; answers the page that asks for a code.
fn password_step(server: &TestServer) -> String {
    let nobody = Browser::nobody(server);
    let fields = [("email", EMAIL), ("password", PASSWORD), ("next", "/admin/more")];
    let answer = nobody.send("/admin/login", &fields);
    assert_eq!((answer.status, answer.header("set-cookie")), (200, ""));
    between(&answer.text, "name=\"pending_login\" value=\"", "\"").to_owned()
}

#[test]
fn the_page_asks_for_a_code_and_takes_each_once() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let (secret, codes) = put_on(&owner);
    assert_eq!(codes.len(), 10);
    assert_eq!(server.count("SELECT count(*) FROM recovery_code WHERE length(hash) = 32"), 10);
    let nobody = Browser::nobody(&server);
    let pending_login = password_step(&server);
    let with = |code: &str, recovery_code: &str| {
        let fields = [
            ("pending_login", pending_login.as_str()),
            ("next", "/admin/more"),
            ("code", code),
            ("recovery_code", recovery_code),
        ];
        nobody.send("/admin/login/code", &fields)
    };
    assert_eq!(with("000000", "").status, 422);
    let code = next_code(&secret);
    let answer = with(&code, "");
    assert_eq!((answer.status, answer.header("location")), (303, "/admin/more"));
    assert!(answer.header("set-cookie").starts_with("casero="));
    assert!(with(&code, "").text.contains("Pasó mucho tiempo"), "the way in was used");
    let pending_login = password_step(&server);
    let again = [
        ("pending_login", pending_login.as_str()),
        ("next", ""),
        ("code", code.as_str()),
        ("recovery_code", ""),
    ];
    assert_eq!(nobody.send("/admin/login/code", &again).status, 422, "a code opens once");
    let paper = [
        ("pending_login", pending_login.as_str()),
        ("next", ""),
        ("code", ""),
        ("recovery_code", codes[0].as_str()),
    ];
    assert_eq!(nobody.send("/admin/login/code", &paper).status, 303);
    assert!(owner.page(HERE).contains("9 códigos"));
    let timeline = owner.page("/admin/audit");
    assert!(timeline.contains("Puso la segunda llave") && timeline.contains("Entró con un código de papel"));
}

#[test]
fn the_api_says_that_a_code_is_needed_and_that_one_is_wrong() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let (secret, codes) = put_on(&owner);
    let log_in = |more: &serde_json::Value| {
        let mut body = json!({ "email": EMAIL, "password": PASSWORD });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = server.call("POST", "/api/v1/login", &[], &body);
        (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(log_in(&json!({})), (401, "code_needed".to_owned()));
    assert_eq!(log_in(&json!({ "code": "000000" })), (401, "code_wrong".to_owned()));
    let wrong = log_in(&json!({ "password": "otra cosa", "code": codes[0] }));
    assert_eq!(wrong, (401, "bad_credentials".to_owned()), "a code tells nothing without the password");
    assert_eq!(log_in(&json!({ "code": next_code(&secret) })).0, 200);
    assert_eq!(log_in(&json!({ "code": codes[0] })).0, 200);
    assert_eq!(log_in(&json!({ "code": codes[0] })), (401, "code_wrong".to_owned()));
    // One bucket for the account, from wherever: guesses run dry.
    let mut last = 0;
    for _ in 0..12 {
        last = log_in(&json!({ "code": "000000" })).0;
    }
    assert_eq!(last, 429);
}

#[test]
fn a_lock_is_taken_off_with_a_code_by_another_owner_or_from_the_command_line() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let (_, codes) = put_on(&owner);
    let mine = server.count(&format!("SELECT id FROM user WHERE email = '{EMAIL}'"));
    let own = format!("/admin/users/{mine}/code_off");
    assert_eq!(owner.post("/admin/users", &own, &[]).status, 403, "one's own needs a code");
    assert_eq!(owner.post(HERE, "/admin/code/off", &[("code", "000000")]).status, 422);
    assert_eq!(owner.send("/admin/code/off", &[("code", codes[0].as_str())]).status, 403);
    let page = owner.does(HERE, "/admin/code/off", &[("code", codes[0].as_str())]);
    assert!(page.contains("Ya no se pide un código"), "{page}");

    put_on(&owner);
    server.user("socia@example.com", "owner");
    let partner = Browser::enter(&server, "socia@example.com", PASSWORD);
    let page = partner.page("/admin/users");
    assert!(page.contains(&own), "{page}");
    partner.does("/admin/users", &own, &[]);
    Browser::owner(&server);

    put_on(&owner);
    let said = server.console(&["user", "code-off", "--email", EMAIL]);
    assert!(said.contains("without a code"), "{said}");
    Browser::owner(&server);
    assert!(partner.page("/admin/audit").contains("Alguien, en el equipo"));
}

#[test]
fn a_helper_has_a_lock_of_their_own_and_a_cleaner_none() {
    let server = TestServer::new();
    let helper = Browser::helper(&server);
    assert!(helper.page("/admin/more").contains(HERE));
    put_on(&helper);
    let cleaner = Browser::cleaner(&server);
    assert!(!cleaner.page("/admin/more").contains(HERE));
    let fields = [("secret", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), ("code", "000000")];
    assert_eq!(cleaner.post("/admin/more", HERE, &fields).status, 403);
}
