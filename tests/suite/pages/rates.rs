//! Prices on the owner's page.

use super::Browser;
use crate::harness::TestServer;
use serde_json::{Value, json};

fn cabin(server: &TestServer, name: &str) -> i64 {
    let body =
        json!({ "name": name, "capacity": 4, "base_price_cents": 4_500_000, "weekend_multiplier": 1.2 });
    server.api("POST", "/api/v1/cabins", &body).json()["id"].as_i64().unwrap()
}

#[test]
fn a_season_is_painted_on_several_cabins_changed_and_removed() {
    let server = TestServer::new();
    let (one, two) = (cabin(&server, "El Molle"), cabin(&server, "La Tacuara"));
    let (first, second) = (one.to_string(), two.to_string());
    let owner = Browser::owner(&server);
    let page = format!("/admin/rates?cabin={one}&year=2027");
    let form = [
        ("cabin", first.as_str()),
        ("year", "2027"),
        ("cabins", first.as_str()),
        ("cabins", second.as_str()),
        ("name", "Verano"),
        ("from", "2027-01-01"),
        ("last", "2027-02-28"),
        ("price", "$ 80.000"),
        ("min_nights", "3"),
        ("weekend", "50"),
        ("days", "fri"),
        ("days", "sat"),
    ];
    let after = owner.does(&page, "/admin/rates", &form);
    assert!(after.contains("mínimo 3 noches · llegada viernes, sábado · fin de semana +50 %"), "{after}");
    assert!(after.contains("title=\"vie 15 de enero: $ 120.000, Verano\""));
    for id in [one, two] {
        let rates = server.api("GET", &format!("/api/v1/cabins/{id}/rates"), &Value::Null).json();
        assert_eq!(rates["rates"][0]["to"], "2027-03-01", "the last night is in it: {rates}");
    }
    let id = server.count(&format!("SELECT id FROM season WHERE cabin_id = {one}"));
    let edit = format!("{page}&edit={id}");
    assert!(owner.page(&edit).contains("value=\"2027-02-28\""));
    let mut changed = form.to_vec();
    changed.retain(|(name, _)| !matches!(*name, "weekend" | "days" | "price" | "min_nights"));
    changed.extend([("price", "70000"), ("weekend", ""), ("min_nights", "")]);
    let after = owner.does(&edit, &format!("/admin/rates/{id}"), &changed);
    assert!(after.contains("Guardado") && after.contains("vie 15 de enero: $ 84.000, Verano"));
    let gone = [("cabin", first.as_str()), ("year", "2027")];
    let after = owner.does(&page, &format!("/admin/rates/{id}/remove"), &gone);
    assert!(after.contains("Borrado") && after.contains("vie 15 de enero: $ 54.000\""));
    assert_eq!(server.count("SELECT count(*) FROM season"), 1, "the other cabin keeps its own");
}

#[test]
fn a_form_that_can_not_hold_comes_back_as_it_was_typed() {
    let server = TestServer::new();
    let first = cabin(&server, "El Molle").to_string();
    let owner = Browser::owner(&server);
    let send = |from: &str, last: &str, price: &str| {
        let form = [
            ("cabin", first.as_str()),
            ("year", "2027"),
            ("cabins", first.as_str()),
            ("name", "Pascua"),
            ("from", from),
            ("last", last),
            ("price", price),
            ("min_nights", ""),
            ("weekend", ""),
        ];
        let answer = owner.post("/admin/rates", "/admin/rates", &form);
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("value=\"Pascua\""));
        answer.text
    };
    assert!(send("2027-04-02", "2027-04-01", "80000").contains("La última noche tiene que ser"));
    assert!(send("2027-04-01", "2027-04-02", "mucho").contains("escribilo en números"));
    assert!(send("2027-04-01", "2027-04-02", "0").contains("Precio: tiene que estar"));
    assert_eq!(server.count("SELECT count(*) FROM season"), 0);
}

#[test]
fn a_stay_is_tried_out_with_its_price_or_with_why_not() {
    let server = TestServer::new();
    let id = cabin(&server, "El Molle");
    let owner = Browser::owner(&server);
    let path = |leave: &str, people: u8| {
        format!("/admin/rates?cabin={id}&arrive=2027-01-14&leave={leave}&people={people}")
    };
    let page = owner.page(&path("2027-01-16", 2));
    assert!(page.contains("$ 99.000") && page.contains("Precio de siempre, fin de semana"), "{page}");
    assert!(owner.page(&path("2027-01-16", 9)).contains("entran 4 personas"));
    assert!(owner.page(&path("2027-01-10", 2)).contains("después de la llegada"));
}

#[test]
fn a_post_without_the_word_and_a_cleaner_change_no_price() {
    let server = TestServer::new();
    let first = cabin(&server, "El Molle").to_string();
    let form = [("cabin", first.as_str()), ("year", "2027"), ("cabins", first.as_str())];
    let owner = Browser::owner(&server);
    assert_eq!(owner.send("/admin/rates", &form).status, 403);
    let cleaner = Browser::cleaner(&server);
    let page = cleaner.page("/admin/rates");
    assert!(page.contains("45.000") && !page.contains("method=\"post\""));
}
