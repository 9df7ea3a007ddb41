//! The party as the owner types it and as every page shows it.

use super::Browser;
use crate::days::day;
use crate::harness::TestServer;
use serde_json::{Value, json};

#[test]
fn a_family_with_its_dog_stays_one_from_the_form_to_the_table() {
    let server = TestServer::with(&[("MERCADOPAGO_ACCESS_TOKEN", "-"), ("MERCADOPAGO_WEBHOOK_SECRET", "-")]);
    let cabin = server.cabin("Aromo", 8_000_000).to_string();
    let owner = Browser::owner(&server);
    let (arrive, leave) = (day(0).to_string(), day(3).to_string());
    let asked = format!("check_in={arrive}&check_out={leave}&guests=4&children=9,+3&pets=1");
    let page = format!("/admin/reservations/new?{asked}");
    let form = [
        ("check_in", arrive.as_str()),
        ("check_out", leave.as_str()),
        ("guests", "4"),
        ("children", "9, 3"),
        ("pets", "1"),
        ("cabin", cabin.as_str()),
        ("name", "Rosa Quiroga"),
        ("channel", "direct"),
        ("confirm", "true"),
    ];
    let made = owner.does(&page, "/admin/reservations/new", &form);
    assert!(made.contains("2 adultos, 2 menores (3 y 9), 1 mascota"), "{made}");
    let all = server.api("GET", "/api/v1/reservations", &Value::Null).json();
    let code = all["reservations"][0]["code"].as_str().unwrap();
    let party = json!({ "adults": 2, "children": [3, 9], "pets": 1 });
    assert_eq!((&all["reservations"][0]["party"], &all["reservations"][0]["guests"]), (&party, &json!(4)));

    // Dropped elsewhere on the chart, they are still the same.
    let (arrive, leave) = (day(7).to_string(), day(9).to_string());
    let path = format!("/admin/chart/move/{code}?check_in={arrive}&check_out={leave}");
    let asked = owner.page(&path);
    assert!(
        asked.contains("name=\"children\" value=\"3, 9\"") && asked.contains("name=\"pets\" value=\"1\"")
    );
    let form = [
        ("check_in", arrive.as_str()),
        ("check_out", leave.as_str()),
        ("guests", "4"),
        ("children", "3, 9"),
        ("pets", "1"),
    ];
    owner.does(&path, &format!("/admin/reservations/{code}/move"), &form);
    let moved = server.reservation(code);
    assert_eq!((&moved["party"], &moved["check_in"]), (&party, &json!(arrive)));
    assert!(owner.page("/admin/reservations.csv?status=all").contains(",2,3 9,1\r\n"));
}

#[test]
fn what_is_no_party_is_said_beside_the_form() {
    let server = TestServer::new();
    server.cabin("Aromo", 8_000_000);
    let owner = Browser::owner(&server);
    let (arrive, leave) = (day(0).to_string(), day(3).to_string());
    let page =
        |who: &str| owner.page(&format!("/admin/reservations/new?check_in={arrive}&check_out={leave}&{who}"));
    assert!(
        page("guests=2&children=8+meses").contains("Las edades van de 0 a 17, separadas por comas: 3, 9.")
    );
    assert!(page("guests=1&children=3,9").contains("Los menores se cuentan también en «Personas»."));
    assert!(page("guests=2&pets=21").contains("Son demasiadas mascotas: hasta 20."));
    assert!(page("guests=5&children=3").contains("entran 4 personas"));
}
