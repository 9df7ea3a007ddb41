//! Guests on the owner's page: found, corrected, handed their data, erased.

use super::Browser;
use crate::harness::{House, hold_of};
use serde_json::Value;

/// A house with one guest, Marta, who holds a stay; the path of her card and the code of her stay.
fn house_with_marta() -> (House, String, String) {
    let house = House::new();
    let cabin = house.cabin("Los Troncos", 8_000_000);
    let answer = house.api("POST", "/api/v1/reservations", &hold_of(cabin, "2027-03-10", "2027-03-13"));
    assert_eq!(answer.status, 201, "{}", answer.text);
    let code = answer.json()["code"].as_str().expect("a code").to_owned();
    let id = house.count("SELECT id FROM guest WHERE name = 'Marta Quiroga'");
    (house, format!("/admin/guests/{id}"), code)
}

fn cancel(house: &House, code: &str) {
    let path = format!("/api/v1/reservations/{code}/cancel");
    let answer = house.api("POST", &path, &Value::Null);
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
    let (house, path, code) = house_with_marta();
    let owner = Browser::owner(&house);
    assert!(owner.page("/admin/guests?q=quiroga").contains(&path));
    assert!(!owner.page("/admin/guests?q=benitez").contains(&path));
    assert!(owner.page(&path).contains(&code));
    let page = owner.does(&path, &path, &CORRECTED);
    assert!(page.contains("Guardado.") && page.contains("Viene con su perro."), "{page}");
    assert!(owner.page("/admin/guests?q=marta@example").contains("Marta Quiroga Paz"));
}

#[test]
fn a_guest_gets_all_that_is_kept_about_them() {
    let (house, path, code) = house_with_marta();
    let owner = Browser::owner(&house);
    let answer = owner.look(&format!("{path}/export"));
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").contains("attachment"));
    assert!(answer.text.contains("Marta Quiroga") && answer.text.contains(&code), "{}", answer.text);
}

#[test]
fn a_guest_is_erased_once_no_stay_is_ahead() {
    let (house, path, code) = house_with_marta();
    let owner = Browser::owner(&house);
    let erase = format!("{path}/erase");
    let answer = owner.post(&path, &erase, &[]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Tiene una estadía por delante"), "{}", answer.text);
    cancel(&house, &code);
    let page = owner.does(&path, &erase, &[]);
    assert!(page.contains("Borramos sus datos."), "{page}");
    assert!(!page.contains("Marta"));
    assert!(!owner.page("/admin/guests?q=quiroga").contains(&path));
    // The stay is still there, of nobody.
    let kept = house.reservation(&code).to_string();
    assert!(!kept.contains("Marta") && !kept.contains("5550101"), "{kept}");
}

#[test]
fn a_form_without_the_word_a_cleaner_and_who_is_not_the_owner_change_nothing() {
    let (house, path, code) = house_with_marta();
    cancel(&house, &code);
    let owner = Browser::owner(&house);
    assert_eq!(owner.send(&path, &CORRECTED).status, 403);
    assert_eq!(owner.send(&format!("{path}/erase"), &[]).status, 403);
    let helper = Browser::helper(&house);
    let page = helper.page(&path);
    assert!(!page.contains("/erase") && !page.contains("/export"), "{page}");
    assert_eq!(helper.post("/admin/more", &format!("{path}/erase"), &[]).status, 403);
    assert_eq!(helper.look(&format!("{path}/export")).status, 403);
    let cleaner = Browser::cleaner(&house);
    assert_eq!(cleaner.post("/admin/more", &path, &CORRECTED).status, 403);
    assert_eq!(house.count("SELECT count(*) FROM guest WHERE name = 'Marta Quiroga'"), 1);
}
