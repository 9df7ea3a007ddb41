//! Many prices changed at once, looked at before, and taken back.

use super::days::day;
use super::harness::TestServer;
use super::pricing::{quote, server};
use jiff::ToSpan;
use serde_json::{Value, json};

/// Every season and base price, as the database has them.
fn all_prices(server: &TestServer) -> Vec<String> {
    let database = server.database();
    let mut rows = Vec::new();
    for query in ["SELECT * FROM season ORDER BY id", "SELECT * FROM cabin ORDER BY id"] {
        let mut statement = database.prepare(query).unwrap();
        let columns = statement.column_count();
        let read = statement.query_map([], |row| {
            (0..columns).map(|at| Ok(format!("{:?}", row.get_ref(at)?))).collect::<rusqlite::Result<Vec<_>>>()
        });
        rows.extend(read.unwrap().map(|row| row.unwrap().join("|")));
    }
    rows
}

#[test]
fn fifty_cabins_with_twelve_seasons_change_in_a_second_and_come_back_to_the_byte() {
    let server = server();
    for number in 0..50 {
        let cabin = server.cabin(&format!("Cabaña {number}"), 5_000_000 + number * 10_000);
        for month in 0..12 {
            let (from, to) = (day(month * 14), day(month * 14 + 14));
            let season =
                json!({ "name": "S", "from": from, "to": to, "price_cents": 6_000_033 + month * 100 });
            assert_eq!(server.api("POST", &format!("/api/v1/cabins/{cabin}/rates"), &season).status, 201);
        }
    }
    let before = all_prices(&server);
    let mut body = json!({ "from": day(0), "to": day(12 * 14), "percent": 10.5, "round_to_cents": 10_000, "preview": true });
    let preview = server.api("POST", "/api/v1/rates/change", &body).json();
    assert_eq!((preview["changes"].as_array().unwrap().len(), &preview["id"]), (600, &Value::Null));
    assert_eq!(all_prices(&server), before, "a preview changes nothing");
    body["preview"] = json!(false);
    let begun = std::time::Instant::now();
    let made = server.api("POST", "/api/v1/rates/change", &body).json();
    let took = begun.elapsed();
    println!("50 cabins x 12 seasons changed in {took:?}");
    assert!(took.as_secs() < 5, "{took:?}");
    let first = &made["changes"][0];
    assert_eq!((&first["before_cents"], &first["after_cents"]), (&json!(6_000_033), &json!(6_630_000)));
    let undo = format!("/api/v1/rates/changes/{}/undo", made["id"]);
    assert_eq!(server.api("POST", &undo, &json!({})).status, 200);
    assert_eq!(all_prices(&server), before);
    assert_eq!(server.api("POST", &undo, &json!({})).status, 200, "a second time changes nothing");
    assert_eq!(all_prices(&server), before);
}

#[test]
fn nights_without_a_season_get_one_and_base_prices_change_without_a_span() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    let season = json!({ "name": "Verano", "from": day(7), "to": day(14), "price_cents": 6_000_000 });
    let season = server.api("POST", &format!("/api/v1/cabins/{cabin}/rates"), &season).json();
    let change = |body: Value| server.api("POST", "/api/v1/rates/change", &body);
    let spanned = change(json!({ "from": day(0), "to": day(10), "amount_cents": -500_000 })).json();
    assert_eq!(spanned["changes"].as_array().unwrap().len(), 2, "{spanned}");
    let of = |from: i64| quote(&server, cabin, day(from), day(from + 1), "")["quote"]["total_cents"].clone();
    assert_eq!((of(0), of(7), of(12)), (json!(4_500_000), json!(5_500_000), json!(6_000_000)));
    let everything = change(json!({ "cabin_ids": [cabin], "percent": 100 })).json();
    assert_eq!(
        (of(0), of(12), of(20)),
        (json!(9_000_000), json!(12_000_000), json!(10_000_000)),
        "{everything}"
    );
    // One that was changed since is not taken back behind the owner's back.
    let put = json!({ "name": "Verano", "from": day(7), "to": day(14), "price_cents": 9_999_900 });
    assert_eq!(server.api("PUT", &format!("/api/v1/rates/{}", season["id"]), &put).status, 200);
    let undone = server.api("POST", &format!("/api/v1/rates/changes/{}/undo", everything["id"]), &json!({}));
    assert_eq!(undone.status, 409, "{}", undone.text);
    assert_eq!(of(20), 10_000_000, "all or nothing");
    for (body, field) in [
        (json!({ "percent": 5, "amount_cents": 5 }), "percent"),
        (json!({}), "percent"),
        (json!({ "percent": -100 }), "price_cents"),
        (json!({ "percent": 1001 }), "percent"),
        (json!({ "percent": 5, "from": day(0) }), "from"),
        (json!({ "percent": 5, "from": day(3), "to": day(3) }), "to"),
        (json!({ "percent": 5, "cabin_ids": [99] }), "cabin_ids"),
        (json!({ "percent": 5, "round_to_cents": 0 }), "round_to_cents"),
    ] {
        let refused = change(body.clone());
        assert_eq!((refused.status, &refused.json()["errors"][0]["field"]), (422, &json!(field)), "{body}");
    }
}

#[test]
fn the_seasons_of_a_year_are_copied_to_the_next_with_a_percentage() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    let season =
        json!({ "name": "Verano", "from": day(0), "to": day(14), "price_cents": 6_000_000, "min_nights": 3 });
    server.api("POST", &format!("/api/v1/cabins/{cabin}/rates"), &season);
    let body = json!({ "from": day(0), "to": day(1), "percent": 20 });
    let copied = server.api("POST", "/api/v1/rates/copy", &body).json();
    let line = &copied["changes"][0];
    assert_eq!((&line["what"], &line["after_cents"]), (&json!("new_season"), &json!(7_200_000)), "{copied}");
    assert_eq!(line["from"], json!(day(0).saturating_add(1.years())));
    let again = server.api("POST", "/api/v1/rates/copy", &body).json();
    assert_eq!(again["changes"], json!([]), "it is there already");
    let undo = format!("/api/v1/rates/changes/{}/undo", copied["id"]);
    assert_eq!(server.api("POST", &undo, &json!({})).status, 200);
    assert_eq!(server.count("SELECT count(*) FROM season"), 1);
}
