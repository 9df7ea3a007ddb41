//! Cabins on the owner's page.

use super::Browser;
use crate::days::day;
use crate::harness::TestServer;
use serde_json::{Value, json};

const FORM: [(&str, &str); 10] = [
    ("name", "La Calandria"),
    ("capacity", "4"),
    ("price", "$ 80.000,50"),
    ("weekend", "20"),
    ("min_nights", ""),
    ("description", "Al pie del cerro."),
    ("amenities", "parrilla\r\nwifi\r\n\r\n"),
    ("location", "Ruta 14 km 8"),
    ("policies", "Sin fiestas."),
    ("active", "true"),
];

fn with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FORM.into_iter().map(|(known, old)| (known, if known == name { value } else { old })).collect()
}

fn cabin(server: &TestServer, id: i64) -> Value {
    server.api("GET", &format!("/api/v1/cabins/{id}"), &Value::Null).json()
}

fn only_id(server: &TestServer) -> i64 {
    server.count("SELECT max(id) FROM cabin")
}

pub(crate) fn png() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(64, 32).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

#[test]
fn a_cabin_is_added_changed_taken_off_offer_and_removed_in_pesos() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    assert!(owner.page("/admin/cabins").contains("Todavía no hay cabañas"));
    let page = owner.does("/admin/cabins/new", "/admin/cabins", &FORM);
    assert!(page.contains("Cabaña agregada") && page.contains("80.000,50"), "{page}");
    let id = only_id(&server);
    let made = cabin(&server, id);
    assert_eq!(made["base_price_cents"], 8_000_050);
    assert_eq!(made["weekend_multiplier"], json!(1.2));
    assert_eq!(made["amenities"], json!(["parrilla", "wifi"]));
    assert_eq!(made["active"], true);
    let path = format!("/admin/cabins/{id}");
    let mut changed = with("price", "95000");
    changed.retain(|(name, _)| *name != "active");
    assert!(owner.does(&path, &path, &changed).contains("Guardado"));
    assert_eq!(cabin(&server, id)["base_price_cents"], 9_500_000);
    assert_eq!(cabin(&server, id)["active"], false);
    assert!(owner.page("/admin/cabins").contains("No se ofrece"));
    assert!(owner.does(&path, &format!("{path}/remove"), &[]).contains("Borrado"));
    assert_eq!(server.api("GET", &format!("/api/v1/cabins/{id}"), &Value::Null).status, 404);
}

#[test]
fn what_cannot_be_understood_is_said_beside_its_field_and_what_was_typed_stays() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let dollars = owner.post("/admin/cabins/new", "/admin/cabins", &with("price", "USD 100"));
    assert_eq!(dollars.status, 422);
    assert!(dollars.text.contains("moneda de la casa"), "{}", dollars.text);
    let answer = owner.post("/admin/cabins/new", "/admin/cabins", &with("price", "80,000"));
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("punto para los miles") && answer.text.contains("value=\"80,000\""));
    assert!(answer.text.contains("La Calandria"));
    let answer = owner.post("/admin/cabins/new", "/admin/cabins", &with("name", " "));
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Nombre: no puede quedar vacío"));
    assert_eq!(server.count("SELECT count(*) FROM cabin"), 0);
}

#[test]
fn a_form_without_its_word_changes_nothing_and_a_helper_only_looks() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    assert_eq!(owner.send("/admin/cabins", &FORM).status, 403);
    owner.does("/admin/cabins/new", "/admin/cabins", &FORM);
    let path = format!("/admin/cabins/{}", only_id(&server));
    let helper = Browser::helper(&server);
    let page = helper.page(&path);
    assert!(!page.contains("Guardar") && !page.contains("Borrar"));
    // A helper's own word is on the page where everybody leaves.
    assert_eq!(helper.post("/admin/more", &path, &with("price", "1")).status, 403);
    let word = helper.word("/admin/more");
    assert_eq!(helper.upload(&format!("{path}/photos"), &word, "photo", &[("a.png", &png())]).status, 403);
    assert_eq!(cabin(&server, only_id(&server))["base_price_cents"], 8_000_050);
    assert_eq!(server.count("SELECT count(*) FROM photo"), 0);
}

#[test]
fn a_cabin_with_guests_to_come_is_not_removed() {
    let server = TestServer::new();
    let id = server.cabin("Aromo", 8_000_000);
    server.hold(id, day(0), day(3));
    let owner = Browser::owner(&server);
    let path = format!("/admin/cabins/{id}");
    let answer = owner.post(&path, &format!("{path}/remove"), &[]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Hay huéspedes por venir"));
    assert_eq!(cabin(&server, id)["active"], true);
}

#[test]
fn photos_are_made_small_shown_put_in_order_and_forgotten() {
    let server = TestServer::with(&[("SERVER_PUBLIC_URL", "http://casa.example")]);
    let id = server.cabin("Aromo", 8_000_000);
    let owner = Browser::owner(&server);
    let path = format!("/admin/cabins/{id}");
    let add = format!("{path}/photos");
    let word = owner.word(&path);
    assert_eq!(owner.upload(&add, "0.0", "photo", &[("a.png", &png())]).status, 403);
    assert_eq!(server.count("SELECT count(*) FROM photo"), 0);
    let answer = owner.upload(&add, &word, "photo", &[("a.png", &png()), ("b.png", &png())]);
    assert_eq!(answer.status, 303, "{}", answer.text);
    let photos = cabin(&server, id)["photos"].clone();
    let first = photos[0].as_str().unwrap().strip_prefix("http://casa.example").unwrap().to_owned();
    let second = photos[1].as_str().unwrap().strip_prefix("http://casa.example").unwrap().to_owned();
    for address in [first.clone(), first.replace("large", "small")] {
        let picture = crate::harness::request("GET", &server.url(&address), &[], b"");
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));
        assert!(picture.header("cache-control").contains("immutable"));
    }
    owner.does(&path, &format!("{path}/photos/move"), &[("photo", &second), ("later", "false")]);
    assert!(cabin(&server, id)["photos"][0].as_str().unwrap().ends_with(&second));
    // The API sends back the addresses that it gave, and nothing is lost; the cabin's form leaves them alone.
    let body = json!({ "name": "Aromo", "capacity": 4, "base_price_cents": 100, "photos": cabin(&server, id)["photos"] });
    assert_eq!(server.api("PUT", &format!("/api/v1/cabins/{id}"), &body).status, 200);
    owner.does(&path, &path, &FORM);
    assert_eq!(cabin(&server, id)["photos"].as_array().map(Vec::len), Some(2));
    owner.does(&path, &format!("{path}/photos/remove"), &[("photo", &first)]);
    assert_eq!(crate::harness::request("GET", &server.url(&first), &[], b"").status, 404);
    assert_eq!(server.count("SELECT count(*) FROM photo"), 1);
}

#[test]
fn a_file_that_is_no_photo_is_named_and_the_others_are_kept() {
    let server = TestServer::new();
    let id = server.cabin("Aromo", 8_000_000);
    let owner = Browser::owner(&server);
    let path = format!("/admin/cabins/{id}");
    let word = owner.word(&path);
    let files: [(&str, &[u8]); 2] = [("nota.pdf", b"%PDF-1.7"), ("a.png", &png())];
    let answer = owner.upload(&format!("{path}/photos"), &word, "photo", &files);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("«nota.pdf» no es una foto"), "{}", answer.text);
    assert_eq!(cabin(&server, id)["photos"].as_array().map(Vec::len), Some(1));
}
