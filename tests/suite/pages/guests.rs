//! Guests on the owner's page: found, corrected, handed their data, erased.

use super::Browser;
use crate::days::day;
use crate::harness::{TestServer, hold_of};
use serde_json::Value;

/// A server with one guest, Marta, who has a stay; the path of her card and the code of her stay.
fn server_with_marta() -> (TestServer, String, String) {
    let server = TestServer::new();
    let cabin = server.cabin("Los Troncos", 8_000_000);
    let answer = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(9), day(12)));
    assert_eq!(answer.status, 201, "{}", answer.text);
    let code = answer.json()["code"].as_str().expect("a code").to_owned();
    let id = server.count("SELECT id FROM guest WHERE name = 'Marta Quiroga'");
    (server, format!("/admin/guests/{id}"), code)
}

fn cancel(server: &TestServer, code: &str) {
    let path = format!("/api/v1/reservations/{code}/cancel");
    let answer = server.api("POST", &path, &Value::Null);
    assert!(answer.status < 300, "{}", answer.text);
}

const CORRECTED: [(&str, &str); 4] = [
    ("name", "Marta Quiroga Paz"),
    ("email", "marta@example.com"),
    ("language", "es"),
    ("notes", "Viene con su perro."),
];

#[test]
fn a_guest_is_found_and_corrected() {
    let (server, path, code) = server_with_marta();
    let owner = Browser::owner(&server);
    assert!(owner.page("/admin/guests?q=quiroga").contains(&path));
    assert!(!owner.page("/admin/guests?q=benitez").contains(&path));
    assert!(owner.page(&path).contains(&code));
    let page = owner.does(&path, &path, &CORRECTED);
    assert!(page.contains("Guardado.") && page.contains("Viene con su perro."), "{page}");
    assert!(owner.page("/admin/guests?q=marta@example").contains("Marta Quiroga Paz"));
}

#[test]
fn a_guest_gets_all_that_is_kept_about_them() {
    let (server, path, code) = server_with_marta();
    let owner = Browser::owner(&server);
    let answer = owner.look(&format!("{path}/export"));
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").contains("attachment"));
    assert!(answer.text.contains("Marta Quiroga") && answer.text.contains(&code), "{}", answer.text);
}

#[test]
fn a_guest_is_erased_once_no_stay_is_ahead() {
    let (server, path, code) = server_with_marta();
    let owner = Browser::owner(&server);
    let erase = format!("{path}/erase");
    let answer = owner.post(&path, &erase, &[]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Tiene una estadía por delante"), "{}", answer.text);
    cancel(&server, &code);
    let page = owner.does(&path, &erase, &[]);
    assert!(page.contains("Borramos sus datos."), "{page}");
    assert!(!page.contains("Marta"));
    assert!(!owner.page("/admin/guests?q=quiroga").contains(&path));
    // The stay is kept without its guest.
    let kept = server.reservation(&code).to_string();
    assert!(!kept.contains("Marta") && !kept.contains("5550101"), "{kept}");
}

#[test]
fn a_form_without_the_word_a_cleaner_and_who_is_not_the_owner_change_nothing() {
    let (server, path, code) = server_with_marta();
    cancel(&server, &code);
    let owner = Browser::owner(&server);
    assert_eq!(owner.send(&path, &CORRECTED).status, 403);
    assert_eq!(owner.send(&format!("{path}/erase"), &[]).status, 403);
    let helper = Browser::helper(&server);
    let page = helper.page(&path);
    assert!(!page.contains("/erase") && !page.contains("/export"), "{page}");
    assert_eq!(helper.post("/admin/more", &format!("{path}/erase"), &[]).status, 403);
    assert_eq!(helper.look(&format!("{path}/export")).status, 403);
    let cleaner = Browser::cleaner(&server);
    assert_eq!(cleaner.post("/admin/more", &path, &CORRECTED).status, 403);
    assert_eq!(server.count("SELECT count(*) FROM guest WHERE name = 'Marta Quiroga'"), 1);
}
