//! Prices on the owner's page.

use super::Browser;
use crate::days::{day, first_of_month, last_of_month, month_name};
use crate::harness::TestServer;
use jiff::ToSpan;
use jiff::civil::Date;
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
    let (year, from, last) =
        (day(0).year().to_string(), first_of_month().to_string(), last_of_month().to_string());
    let friday = format!("vie {} de {}", day(11).day(), month_name(day(11)));
    let page = format!("/admin/rates?cabin={one}&year={year}");
    let form = [
        ("cabin", first.as_str()),
        ("year", year.as_str()),
        ("cabins", first.as_str()),
        ("cabins", second.as_str()),
        ("name", "Verano"),
        ("from", from.as_str()),
        ("last", last.as_str()),
        ("price", "$ 80.000"),
        ("min_nights", "3"),
        ("weekend", "50"),
        ("days", "fri"),
        ("days", "sat"),
    ];
    let after = owner.does(&page, "/admin/rates", &form);
    assert!(after.contains("mínimo 3 noches · llegada viernes, sábado · fin de semana +50 %"), "{after}");
    assert!(after.contains(&format!("title=\"{friday}: $ 120.000, Verano\"")));
    for id in [one, two] {
        let rates = server.api("GET", &format!("/api/v1/cabins/{id}/rates"), &Value::Null).json();
        assert_eq!(
            rates["rates"][0]["to"],
            json!(last_of_month().saturating_add(1.day())),
            "the last night is in it: {rates}"
        );
    }
    let id = server.count(&format!("SELECT id FROM season WHERE cabin_id = {one}"));
    let edit = format!("{page}&edit={id}");
    assert!(owner.page(&edit).contains(&format!("value=\"{last}\"")));
    let mut changed = form.to_vec();
    changed.retain(|(name, _)| !matches!(*name, "weekend" | "days" | "price" | "min_nights"));
    changed.extend([("price", "70000"), ("weekend", ""), ("min_nights", "")]);
    let after = owner.does(&edit, &format!("/admin/rates/{id}"), &changed);
    assert!(after.contains("Guardado") && after.contains(&format!("{friday}: $ 84.000, Verano")));
    let gone = [("cabin", first.as_str()), ("year", year.as_str())];
    let after = owner.does(&page, &format!("/admin/rates/{id}/remove"), &gone);
    assert!(after.contains("Borrado") && after.contains(&format!("{friday}: $ 54.000\"")));
    assert_eq!(server.count("SELECT count(*) FROM season"), 1, "the other cabin keeps its own");
}

#[test]
fn a_form_that_can_not_hold_comes_back_as_it_was_typed() {
    let server = TestServer::new();
    let first = cabin(&server, "El Molle").to_string();
    let owner = Browser::owner(&server);
    let year = day(0).year().to_string();
    let send = |from: Date, last: Date, price: &str| {
        let (from, last) = (from.to_string(), last.to_string());
        let form = [
            ("cabin", first.as_str()),
            ("year", year.as_str()),
            ("cabins", first.as_str()),
            ("name", "Pascua"),
            ("from", &from),
            ("last", &last),
            ("price", price),
            ("min_nights", ""),
            ("weekend", ""),
        ];
        let answer = owner.post("/admin/rates", "/admin/rates", &form);
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("value=\"Pascua\""));
        answer.text
    };
    assert!(send(day(1), day(0), "80000").contains("La última noche tiene que ser"));
    assert!(send(day(0), day(1), "mucho").contains("escribilo en números"));
    assert!(send(day(0), day(1), "0").contains("Precio: tiene que estar"));
    assert_eq!(server.count("SELECT count(*) FROM season"), 0);
}

#[test]
fn a_stay_is_tried_out_with_its_price_or_with_why_not() {
    let server = TestServer::new();
    let id = cabin(&server, "El Molle");
    let owner = Browser::owner(&server);
    // From a Thursday: the second of two nights is a weekend's.
    let path = |leave: Date, people: u8| {
        format!("/admin/rates?cabin={id}&arrive={}&leave={leave}&people={people}", day(10))
    };
    let page = owner.page(&path(day(12), 2));
    assert!(page.contains("$ 99.000") && page.contains("Precio de siempre, fin de semana"), "{page}");
    assert!(owner.page(&path(day(12), 9)).contains("entran 4 personas"));
    assert!(owner.page(&path(day(6), 2)).contains("después de la llegada"));
}

#[test]
fn a_post_without_the_word_and_a_cleaner_change_no_price() {
    let server = TestServer::new();
    let first = cabin(&server, "El Molle").to_string();
    let year = day(0).year().to_string();
    let form = [("cabin", first.as_str()), ("year", year.as_str()), ("cabins", first.as_str())];
    let owner = Browser::owner(&server);
    assert_eq!(owner.send("/admin/rates", &form).status, 403);
    let cleaner = Browser::cleaner(&server);
    assert_eq!(cleaner.look("/admin/rates").status, 403);
    let helper = Browser::helper(&server).page("/admin/rates");
    assert!(helper.contains("45.000") && !helper.contains("method=\"post\""));
}
