//! Accounts on the owner's page.

use super::Browser;
use crate::harness::{EMAIL, HttpResponse, TestServer};
use serde_json::json;

const HERE: &str = "/admin/users";
const HELPER: &str = "ayuda@example.com";
const THEIRS: &str = "otra clave larga";

fn id(server: &TestServer, email: &str) -> i64 {
    server.count(&format!("SELECT id FROM user WHERE email = '{email}'"))
}

/// The session is over: the answer leads to the login.
#[track_caller]
fn sent_to_the_door(answer: &HttpResponse) {
    let to_the_door = answer.header("location").starts_with("/admin/login");
    assert!(answer.status == 303 && to_the_door, "{} {}", answer.status, answer.text);
}

fn invite(owner: &Browser<'_>) -> String {
    owner.does(HERE, HERE, &[("email", HELPER), ("password", THEIRS), ("role", "helper")])
}

#[test]
fn a_helper_whom_the_owner_adds_enters_and_sees_no_accounts() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let page = invite(&owner);
    assert!(page.contains("Cuenta agregada") && page.contains(HELPER), "{page}");
    let helper = Browser::enter(&server, HELPER, THEIRS);
    assert!(!helper.page("/admin/more").contains(HERE));
    assert_eq!(helper.look(HERE).status, 403);
    assert_eq!(helper.look("/admin/audit").status, 403);
    let own = format!("{HERE}/{}/role", id(&server, HELPER));
    assert_eq!(helper.post("/admin/more", &own, &[("role", "owner")]).status, 403);
    let timeline = owner.page("/admin/audit");
    assert!(
        timeline.contains("Agregó una cuenta.") && timeline.contains(EMAIL) && !timeline.contains(HELPER)
    );
}

#[test]
fn a_password_changed_by_the_owner_ends_what_the_old_one_opened() {
    let server = TestServer::new();
    let mut owner = Browser::owner(&server);
    invite(&owner);
    let helper = Browser::enter(&server, HELPER, THEIRS);
    let theirs = format!("{HERE}/{}/password", id(&server, HELPER));
    owner.does(HERE, &theirs, &[("password", "una clave nueva")]);
    sent_to_the_door(&helper.look("/admin/more"));
    Browser::enter(&server, HELPER, "una clave nueva");
    let own = format!("{HERE}/{}/password", id(&server, EMAIL));
    let answer = owner.post(HERE, &own, &[("password", "la mejor clave")]);
    owner.keep_cookie(&answer);
    assert!(owner.page(answer.header("location")).contains("Contraseña cambiada"));
    let old = json!({ "email": EMAIL, "password": crate::harness::PASSWORD });
    assert_eq!(server.call("POST", "/api/v1/login", &[], &old).status, 401);
}

#[test]
fn the_last_owner_stays_and_nobody_removes_themselves() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let mine = format!("{HERE}/{}", id(&server, EMAIL));
    let answer = owner.post(HERE, &format!("{mine}/remove"), &[]);
    assert!(answer.status == 422 && answer.text.contains("tu propia cuenta"), "{}", answer.text);
    let answer = owner.post(HERE, &format!("{mine}/role"), &[("role", "helper")]);
    assert!(answer.status == 422 && answer.text.contains("un dueño o una dueña"), "{}", answer.text);
    invite(&owner);
    let theirs = format!("{HERE}/{}", id(&server, HELPER));
    owner.does(HERE, &format!("{theirs}/role"), &[("role", "owner")]);
    let other = Browser::enter(&server, HELPER, THEIRS);
    assert!(other.does(HERE, &format!("{mine}/remove"), &[]).contains("Cuenta borrada"));
    sent_to_the_door(&owner.look("/admin/more"));
    let answer = other.post(HERE, &format!("{theirs}/role"), &[("role", "cleaner")]);
    assert_eq!(answer.status, 422);
}

#[test]
fn a_refused_account_keeps_what_was_typed_and_a_form_without_its_word_does_nothing() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let short = [("email", HELPER), ("password", "corta"), ("role", "cleaner")];
    let answer = owner.post(HERE, HERE, &short);
    assert!(answer.status == 422 && answer.text.contains(HELPER) && answer.text.contains("8 letras"));
    let taken = [("email", EMAIL), ("password", THEIRS), ("role", "helper")];
    assert!(owner.post(HERE, HERE, &taken).text.contains("Ya hay una cuenta con ese correo"));
    let good = [("email", HELPER), ("password", THEIRS), ("role", "helper")];
    assert_eq!(owner.send(HERE, &good).status, 403);
    assert_eq!(server.count("SELECT count(*) FROM user"), 1);
}
