//! Price rules and changes of many prices on the owner's page.

use super::Browser;
use crate::days::day;
use crate::harness::TestServer;
use serde_json::{Value, json};

const HERE: &str = "/admin/price_rules";

/// The form of a rule with every field; `more` fills some in.
fn form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fields = [
        "kind",
        "name",
        "amount",
        "per",
        "from_guests",
        "age_under",
        "min_nights",
        "max_nights",
        "days_before_min",
        "days_before_max",
        "pay_with",
        "promo_code",
        "uses_max",
        "from",
        "last",
    ];
    let plain = fields.into_iter().filter(|field| !more.iter().any(|(name, _)| name == field));
    plain.map(|field| (field, "")).chain(more.iter().copied()).collect()
}

#[test]
fn a_rule_is_added_explained_by_an_example_changed_and_removed() {
    let server = TestServer::new();
    let cabin = server.cabin("El Molle", 5_000_000);
    let owner = Browser::owner(&server);
    let pet = form(&[("kind", "pet"), ("name", "Perro"), ("amount", "10.000")]);
    let after = owner.does(HERE, HERE, &pet);
    assert!(after.contains("Perro") && after.contains("$ 10.000 por mascota"), "{after}");
    let id = server.count("SELECT id FROM price_rule");
    let (from, to) = (day(0), day(3));
    let example = format!("{HERE}?cabin={cabin}&arrive={from}&leave={to}&people=2&pets=2");
    let shown = owner.page(&example);
    assert!(shown.contains("Perro (2 mascotas)") && shown.contains("$ 170.000"), "{shown}");
    let changed = form(&[("kind", "pet"), ("name", "Perro"), ("amount", "12.000"), ("max_nights", "2")]);
    let after = owner.does(&format!("{HERE}?edit={id}"), &format!("{HERE}/{id}"), &changed);
    assert!(after.contains("$ 12.000 por mascota") && after.contains("hasta 2 noches"), "{after}");
    let week = form(&[("kind", "discount"), ("amount", "10 %"), ("min_nights", "7")]);
    let none = form(&[("kind", "discount"), ("amount", "20 %"), ("min_nights", "3")]);
    owner.does(HERE, HERE, &none);
    assert!(owner.does(HERE, HERE, &week).contains("Nunca se va a usar: siempre vale"));
    assert!(owner.does(HERE, &format!("{HERE}/{id}/remove"), &[]).contains("Borrado"));
    assert_eq!(server.count("SELECT count(*) FROM price_rule"), 2);
}

#[test]
fn a_rule_that_can_not_be_comes_back_as_it_was_typed() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let refused = |more: &[(&str, &str)], why: &str| {
        let answer = owner.post(HERE, HERE, &form(more));
        assert_eq!(answer.status, 422);
        assert!(
            answer.text.contains(why) && answer.text.contains("value=\"Mi regla\""),
            "{why}: {}",
            answer.text
        );
    };
    refused(&[("kind", "pet"), ("name", "Mi regla"), ("amount", "mucho")], "Escribí sólo el número");
    refused(&[("kind", "discount"), ("name", "Mi regla"), ("amount", "120 %")], "de 0,01 a 100");
    refused(&[("kind", "pet"), ("name", "Mi regla"), ("amount", "10 %")], "no va en este tipo de precio");
    refused(&[("kind", "extra_guest"), ("name", "Mi regla"), ("amount", "10")], "Desde qué persona");
    assert_eq!(server.count("SELECT count(*) FROM price_rule"), 0);
}

#[test]
fn many_prices_change_after_a_look_and_come_back() {
    let server = TestServer::new();
    server.cabin("El Molle", 5_000_000);
    let owner = Browser::owner(&server);
    let page = "/admin/rate_changes";
    let look = owner.page(&format!("{page}?by=10%20%25"));
    assert!(look.contains("Así quedaría") && look.contains("55.000"), "{look}");
    assert_eq!(server.count("SELECT base_price_cents FROM cabin"), 5_000_000);
    let looked = format!("{page}?by=10%20%25");
    let wanted = [("from", ""), ("last", ""), ("by", "10 %"), ("round_to", "")];
    assert!(owner.does(&looked, page, &wanted).contains("1 precio"));
    assert_eq!(server.count("SELECT base_price_cents FROM cabin"), 5_500_000);
    let id = server.count("SELECT id FROM rate_change");
    assert!(owner.does(page, &format!("{page}/{id}/undo"), &[]).contains("vuelto atrás"));
    assert_eq!(server.count("SELECT base_price_cents FROM cabin"), 5_000_000);
    let helper = Browser::helper(&server);
    assert_eq!(helper.look(page).status, 403);
    let rates = server.api("GET", "/api/v1/price_rules", &Value::Null).json();
    assert_eq!(rates, json!({ "price_rules": [] }));
}
