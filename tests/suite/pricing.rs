//! Prices as owners make them, through the real binary.

use super::days::{day, today};
use super::harness::{HttpResponse, TestServer};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

const PRICED: &str = include_str!("../data/prices.jsonl");

/// The server of these tests asks often.
pub fn server() -> TestServer {
    TestServer::with(&[("LIMITS_PUBLIC_PER_MINUTE", "100000"), ("LIMITS_API_PER_MINUTE", "100000")])
}

fn rule(server: &TestServer, rule: Value) -> i64 {
    let made = server.api("POST", "/api/v1/price_rules", &rule);
    assert_eq!(made.status, 201, "{rule}: {}", made.text);
    made.json()["id"].as_i64().expect("an id")
}

pub fn quote(server: &TestServer, cabin: i64, from: Date, to: Date, more: &str) -> Value {
    let path = format!("/api/v1/quote?cabin_id={cabin}&check_in={from}&check_out={to}{more}");
    let answer = server.call("GET", &path, &[], &Value::Null);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()
}

/// The other lines than nights: kind, label and amount.
fn extras(quote: &Value) -> Vec<(String, String, i64)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lines = quote["lines"].as_array().expect("lines").iter().filter(|line| line["kind"] != "night");
    lines
        .map(|line| (text(&line["kind"]), text(&line["label"]), line["amount_cents"].as_i64().unwrap_or(0)))
        .collect()
}

fn booked(server: &TestServer, cabin: i64, from: Date, to: Date, more: Value) -> HttpResponse {
    let mut body = json!({
        "cabin_id": cabin, "check_in": from, "check_out": to,
        "guest": { "name": "Marta Quiroga", "phone": "+54 9 351 555-0101" },
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    server.api("POST", "/api/v1/reservations", &body)
}

/// A stay of the sheet, in days to come: every date is moved by the same number of whole weeks.
struct Sheet {
    stay: Value,
    shift: i64,
}

impl Sheet {
    fn of(line: &str) -> Sheet {
        let stay: Value = serde_json::from_str(line).expect("JSON");
        let arrival: Date = stay["ask"]["check_in"].as_str().expect("a day").parse().expect("a day");
        let days = i64::from((today().saturating_add(2.days()) - arrival).get_days());
        Sheet { stay, shift: (days + 6).div_euclid(7) * 7 }
    }

    /// Whether the sheet depends on the day of booking, or on reservations sold before: the pure tests price those.
    fn is_of_its_day(&self) -> bool {
        let rules = self.stay["house"]["rules"].as_array().expect("rules");
        self.stay["refused"] == "past_date"
            || self.stay["house"]["uses"].as_object().is_some_and(|uses| !uses.is_empty())
            || rules
                .iter()
                .any(|rule| !rule["days_before_min"].is_null() || !rule["days_before_max"].is_null())
    }

    fn day(&self, value: &Value) -> Date {
        let day: Date = value.as_str().expect("a day").parse().expect("a day");
        day.saturating_add(self.shift.days())
    }

    /// The same object with its dates moved.
    fn moved(&self, value: &Value) -> Value {
        let mut moved = value.clone();
        for name in ["from", "to"] {
            if value[name].is_string() {
                moved[name] = json!(self.day(&value[name]));
            }
        }
        moved
    }
}

/// The house of a sheet in place of the one before; answers the ids of the rules.
fn arrange(server: &TestServer, cabin: i64, sheet: &Sheet) -> Vec<(String, i64)> {
    let house = &sheet.stay["house"];
    let mut wanted = house["cabin"].clone();
    wanted["name"] = json!("Una");
    let weekend =
        wanted.as_object_mut().expect("an object").remove("weekend_nights").expect("weekend nights");
    let changed = server.api("PUT", &format!("/api/v1/cabins/{cabin}"), &wanted);
    assert_eq!(changed.status, 200, "{}", changed.text);
    let settings = json!({
        "deposit_percent": house["deposit_percent"], "weekend_nights": weekend, "max_nights": 365,
        "horizon_days": 1096, "baby_age_under": house["baby_age_under"].as_u64().unwrap_or(2),
    });
    let changed = server.api("PUT", "/api/v1/settings", &settings);
    assert_eq!(changed.status, 200, "{}", changed.text);
    let database = server.database();
    database
        .execute_batch("DELETE FROM season; DELETE FROM price_rule; DELETE FROM night; DELETE FROM block;")
        .unwrap();
    for season in house["seasons"].as_array().into_iter().flatten() {
        let made = server.api("POST", &format!("/api/v1/cabins/{cabin}/rates"), &sheet.moved(season));
        assert_eq!(made.status, 201, "{season}: {}", made.text);
    }
    let rules = house["rules"].as_array().expect("rules").iter();
    rules
        .map(|one| (one["name"].as_str().unwrap_or_default().to_owned(), rule(server, sheet.moved(one))))
        .collect()
}

fn asked(sheet: &Sheet, rules: &[(String, i64)]) -> String {
    let (ask, party) = (&sheet.stay["ask"], &sheet.stay["ask"]["party"]);
    let list = |value: &Value| -> Vec<String> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one.to_string().trim_matches('"').to_owned())
            .collect()
    };
    let taken = list(&ask["optional"]);
    let taken = rules.iter().filter(|(name, _)| taken.contains(name)).map(|(_, id)| id.to_string());
    format!(
        "&adults={}&children={}&pets={}&promo_code={}&pay_with={}&extras={}",
        party["adults"],
        list(&party["children"]).join(","),
        party["pets"],
        ask["promo_code"].as_str().unwrap_or_default().trim().replace(' ', "%20"),
        ask["pay_with"].as_str().unwrap_or_default(),
        taken.collect::<Vec<_>>().join(","),
    )
}

#[test]
fn each_stay_that_was_priced_by_hand_is_answered_so() {
    let server = server();
    let (cabin, other) = (server.cabin("Una", 4_800_000), server.cabin("Otra", 4_800_000));
    assert_eq!((cabin, other), (1, 2), "the sheets name the cabins by these ids");
    let mut compared = 0;
    for line in PRICED.lines() {
        let sheet = Sheet::of(line);
        if sheet.is_of_its_day() {
            continue;
        }
        let rules = arrange(&server, cabin, &sheet);
        let (stay, ask) = (&sheet.stay, &sheet.stay["ask"]);
        let (from, to) = (sheet.day(&ask["check_in"]), sheet.day(&ask["check_out"]));
        if ask["gap"] == true {
            for (first, last) in [(from.yesterday().unwrap(), from), (to, to.tomorrow().unwrap())] {
                let closed = json!({ "check_in": first, "check_out": last });
                let closed = server.api("POST", &format!("/api/v1/cabins/{cabin}/blocks"), &closed);
                assert_eq!(closed.status, 201, "{}", closed.text);
            }
        }
        let answer = quote(&server, cabin, from, to, &asked(&sheet, &rules));
        if stay["refused"].is_string() {
            assert_eq!(answer["reason"], stay["refused"], "{line}");
        } else {
            let said = &answer["quote"];
            let line_of = |line: &Value| (line["kind"].clone(), line["amount_cents"].clone());
            let lines =
                |value: &Value| value.as_array().map(|lines| lines.iter().map(line_of).collect::<Vec<_>>());
            assert_eq!(lines(&said["lines"]), lines(&stay["lines"]), "{line}\n{answer}");
            assert_eq!(
                (&said["total_cents"], &said["deposit_cents"]),
                (&stay["total_cents"], &stay["deposit_cents"])
            );
        }
        compared += 1;
    }
    assert!(compared >= 150, "{compared} of the sheet");
}

#[test]
fn what_is_said_is_what_is_held_and_charged_and_shown() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    for one in [
        json!({ "kind": "extra_guest", "amount_cents": 800_000, "from_guests": 3 }),
        json!({ "kind": "child", "name": "Hasta 4 gratis", "amount_cents": 0, "age_under": 4 }),
        json!({ "kind": "pet", "name": "Mascota", "amount_cents": 1_000_000 }),
        json!({ "kind": "cleaning", "amount_cents": 1_500_000 }),
        json!({ "kind": "discount", "percent": 10, "min_nights": 7 }),
        json!({ "kind": "discount", "percent": 5, "pay_with": "cash" }),
        json!({ "kind": "tax", "name": "Tasa municipal", "percent": 2 }),
    ] {
        rule(&server, one);
    }
    let who = "&adults=2&children=9,2&pets=1&pay_with=cash";
    let said = quote(&server, cabin, day(0), day(7), who)["quote"].clone();
    assert_eq!(
        extras(&said),
        [
            ("extra_guest".into(), "Persona adicional (1 persona, 7 noches)".into(), 5_600_000),
            ("pet".into(), "Mascota (1 mascota)".into(), 1_000_000),
            ("cleaning".into(), "Limpieza".into(), 1_500_000),
            ("discount".into(), "Descuento por quedarse 7 noches o más (10 %)".into(), -4_060_000),
            ("discount".into(), "Descuento por pagar en efectivo (5 %)".into(), -2_030_000),
            ("tax".into(), "Tasa municipal (2 %)".into(), 690_200),
        ]
    );
    assert_eq!(said["total_cents"], 37_700_200, "the example of the guide");
    let english = quote(&server, cabin, day(0), day(7), &format!("{who}&language=en"))["quote"].clone();
    assert_eq!(extras(&english)[3].1, "Discount for 7 nights or more (10%)");
    let party = json!({ "party": { "adults": 2, "children": [9, 2], "pets": 1 }, "pay_with": "cash" });
    let held = booked(&server, cabin, day(0), day(7), party).json();
    assert_eq!((&held["lines"], &held["total_cents"]), (&said["lines"], &said["total_cents"]), "{held}");
    let preference = super::harness::preference(&held);
    server.pay(&preference, "approve", &Value::Null);
    let confirmed = server.becomes(held["code"].as_str().unwrap(), "confirmed");
    assert_eq!(confirmed["paid_cents"], said["deposit_cents"]);
}

#[test]
fn what_can_not_be_is_refused_by_its_field() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    rule(&server, json!({ "kind": "discount", "percent": 10, "promo_code": "VERANO" }));
    let pet = |more: Value| {
        let mut rule = json!({ "kind": "pet", "amount_cents": 1_000_000 });
        more.as_object().expect("an object").iter().for_each(|(name, value)| rule[name] = value.clone());
        rule
    };
    for (rule, field) in [
        (json!({ "kind": "sauna", "amount_cents": 1 }), "kind"),
        (json!({ "kind": "pet" }), "amount_cents"),
        (pet(json!({ "percent": 10 })), "percent"),
        (pet(json!({ "amount_cents": -5 })), "amount_cents"),
        (pet(json!({ "amount_cents": 0 })), "amount_cents"),
        (pet(json!({ "amount_cents": i64::MAX })), "amount_cents"),
        (pet(json!({ "per": "person_night" })), "per"),
        (pet(json!({ "age_under": 4 })), "age_under"),
        (pet(json!({ "cabin_ids": [cabin, 99] })), "cabin_ids"),
        (pet(json!({ "cabin_ids": [] })), "cabin_ids"),
        (pet(json!({ "min_nights": 5, "max_nights": 4 })), "max_nights"),
        (pet(json!({ "days_before_min": 5, "days_before_max": 4 })), "days_before_max"),
        (pet(json!({ "from": day(3), "to": day(3) })), "to"),
        (pet(json!({ "promo_code": "X" })), "promo_code"),
        (pet(json!({ "optional": true })), "optional"),
        (json!({ "kind": "discount", "percent": 100.01 }), "percent"),
        (json!({ "kind": "discount", "percent": 101 }), "percent"),
        (json!({ "kind": "discount", "percent": 0 }), "percent"),
        (json!({ "kind": "discount", "percent": 5, "uses_max": 3 }), "uses_max"),
        (json!({ "kind": "discount", "percent": 5, "promo_code": " verano " }), "promo_code"),
        (json!({ "kind": "child", "amount_cents": 5 }), "age_under"),
        (json!({ "kind": "child", "amount_cents": 5, "age_under": 19 }), "age_under"),
        (json!({ "kind": "extra_guest", "amount_cents": 5 }), "from_guests"),
        (json!({ "kind": "cleaning", "percent": 5 }), "percent"),
    ] {
        let answer = server.api("POST", "/api/v1/price_rules", &rule);
        assert_eq!(
            (answer.status, &answer.json()["errors"][0]["field"]),
            (422, &json!(field)),
            "{rule}: {}",
            answer.text
        );
    }
    assert_eq!(server.count("SELECT count(*) FROM price_rule"), 1);
    for (query, code) in [
        ("&pay_with=gold", 422),
        ("&promo_code=0123456789012345678901234567890", 422),
        ("&extras=x", 422),
        ("&language=xx", 422),
        ("&children=3&guests=0", 422),
    ] {
        let path = format!("/api/v1/quote?cabin_id={cabin}&check_in={}&check_out={}{query}", day(0), day(3));
        assert_eq!(server.call("GET", &path, &[], &Value::Null).status, code, "{query}");
    }
    for (more, field) in [
        (json!({ "guests": 2, "agreed_total_cents": -1 }), "agreed_total_cents"),
        (json!({ "guests": 2, "adjustments": [{ "label": "", "amount_cents": 5 }] }), "adjustments.label"),
        (
            json!({ "guests": 2, "adjustments": [{ "label": "Leña", "amount_cents": 0 }] }),
            "adjustments.amount_cents",
        ),
        (
            json!({ "guests": 2, "adjustments": [{ "kind": "night", "label": "Otra", "amount_cents": 5 }] }),
            "adjustments.kind",
        ),
    ] {
        let answer = booked(&server, cabin, day(0), day(3), more.clone());
        assert_eq!((answer.status, &answer.json()["errors"][0]["field"]), (422, &json!(field)), "{more}");
    }
    let below = json!({ "guests": 2, "adjustments": [{ "label": "Todo", "amount_cents": -15_000_001 }] });
    let below = booked(&server, cabin, day(0), day(3), below);
    assert_eq!(
        (below.status, &below.json()["code"]),
        (422, &json!("price_overflow")),
        "no total is below zero"
    );
}

#[test]
fn a_rule_that_changes_no_price_is_told_when_it_is_saved() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    let remark = |rule: Value| {
        let made = server.api("POST", "/api/v1/price_rules", &rule).json();
        let remarks = made["remarks"].as_array().unwrap_or_else(|| panic!("{rule}: {made}")).clone();
        (made["id"].clone(), remarks.first().map(|remark| remark["code"].clone()).unwrap_or_default())
    };
    let (week, none) = remark(json!({ "kind": "discount", "percent": 15, "min_nights": 3 }));
    assert_eq!(none, Value::Null);
    let all = [
        (json!({ "kind": "discount", "percent": 10, "min_nights": 7 }), "replaced"),
        (json!({ "kind": "extra_guest", "amount_cents": 5, "from_guests": 6 }), "more_guests_than_beds"),
        (json!({ "kind": "fee", "amount_cents": 5, "min_nights": 300 }), "longer_than_sold"),
        (json!({ "kind": "fee", "amount_cents": 5, "to": today() }), "past"),
        (
            json!({ "kind": "fee", "amount_cents": 5, "from": day(0), "to": day(2), "arrival_days": ["sun"] }),
            "no_such_day",
        ),
    ];
    for (rule, code) in all {
        assert_eq!(remark(rule.clone()).1, code, "{rule}");
    }
    remark(json!({ "kind": "child", "amount_cents": 5, "age_under": 4 }));
    assert_eq!(remark(json!({ "kind": "child", "amount_cents": 7, "age_under": 4 })).1, "replaces");
    // A rule of a removed cabin goes with it.
    remark(json!({ "kind": "pet", "amount_cents": 5, "cabin_ids": [cabin] }));
    let before = server.count("SELECT count(*) FROM price_rule");
    assert_eq!(server.api("DELETE", &format!("/api/v1/cabins/{cabin}"), &Value::Null).status, 204);
    assert_eq!(server.count("SELECT count(*) FROM price_rule"), before - 1);
    assert_eq!(server.api("DELETE", &format!("/api/v1/price_rules/{week}"), &Value::Null).status, 204);
    assert_eq!(server.api("DELETE", &format!("/api/v1/price_rules/{week}"), &Value::Null).status, 404);
}

#[test]
fn a_promo_code_is_used_as_often_as_it_may_and_its_reservation_moves_on() {
    let server = server();
    let (one, two) = (server.cabin("Aromo", 5_000_000), server.cabin("Ceibo", 5_000_000));
    rule(&server, json!({ "kind": "discount", "percent": 20, "promo_code": "Amigos", "uses_max": 1 }));
    let with_code = json!({ "guests": 2, "promo_code": " amigos " });
    let first = booked(&server, one, day(0), day(3), with_code.clone()).json();
    assert_eq!(
        (&first["total_cents"], &first["promo_code"]),
        (&json!(12_000_000), &json!("AMIGOS")),
        "{first}"
    );
    let second = booked(&server, two, day(0), day(3), with_code.clone());
    assert_eq!((second.status, &second.json()["code"]), (422, &json!("promo_code_used_up")));
    let path = format!("/api/v1/reservations/{}", first["code"].as_str().unwrap());
    let moved =
        server.api("POST", &format!("{path}/move"), &json!({ "check_in": day(0), "check_out": day(4) }));
    assert_eq!(moved.json()["total_cents"], 16_000_000, "{}", moved.text);
    server.api("POST", &format!("{path}/cancel"), &json!({}));
    assert_eq!(booked(&server, two, day(0), day(3), with_code).status, 201);
    let unknown = booked(&server, one, day(7), day(9), json!({ "guests": 2, "promo_code": "OTRO" }));
    assert_eq!(unknown.json()["code"], "promo_code_unknown");
}

#[test]
fn what_was_sold_keeps_its_lines_and_what_was_agreed_goes_along() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    let pet = rule(&server, json!({ "kind": "pet", "name": "Perro", "amount_cents": 1_000_000 }));
    let agreed = json!({
        "party": { "adults": 2, "pets": 1 }, "adjustments": [{ "label": "Leña", "amount_cents": 300_000, "kind": "fee" }],
        "agreed_total_cents": 15_000_000,
    });
    let sold = booked(&server, cabin, day(0), day(3), agreed.clone()).json();
    let lines = extras(&sold);
    assert_eq!(
        lines.iter().map(|(kind, label, cents)| (kind.as_str(), label.as_str(), *cents)).collect::<Vec<_>>(),
        [
            ("pet", "Perro (1 mascota)", 1_000_000),
            ("fee", "Leña", 300_000),
            ("adjustment", "Ajuste", -1_300_000)
        ]
    );
    assert_eq!((&sold["total_cents"], &sold["deposit_cents"]), (&json!(15_000_000), &json!(4_500_000)));
    server.api("DELETE", &format!("/api/v1/price_rules/{pet}"), &Value::Null);
    let code = sold["code"].as_str().unwrap();
    assert_eq!(server.reservation(code)["lines"], sold["lines"]);
    let moved = json!({ "check_in": day(0), "check_out": day(4) });
    let moved = server.api("POST", &format!("/api/v1/reservations/{code}/move"), &moved).json();
    assert_eq!(
        moved["total_cents"], 19_000_000,
        "the nights at today's price, what was agreed as it was: {moved}"
    );
    server.user("helper@example.com", "helper");
    let login = json!({ "email": "helper@example.com", "password": super::harness::PASSWORD });
    let token =
        server.call("POST", "/api/v1/login", &[], &login).json()["token"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {token}");
    let mut body =
        json!({ "cabin_id": cabin, "check_in": day(7), "check_out": day(9), "guest": { "name": "Ana" } });
    agreed.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
    let denied = server.call("POST", "/api/v1/reservations", &[("Authorization", &bearer)], &body);
    assert_eq!(denied.status, 403, "{}", denied.text);
}

#[test]
fn a_season_asks_its_own_deposit_and_sells_its_holes() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    let season = json!({
        "name": "Verano", "from": day(0), "to": day(28), "price_cents": 6_000_000, "min_nights": 4,
        "departure_days": ["mon"], "deposit": "first_night", "gap": { "percent": 150 },
    });
    let path = format!("/api/v1/cabins/{cabin}/rates");
    let made = server.api("POST", &path, &season).json();
    assert_eq!((&made["deposit"], &made["gap"]["percent"]), (&json!("first_night"), &json!(150)), "{made}");
    assert_eq!(quote(&server, cabin, day(0), day(5), "")["reason"], "departure_day");
    let week = quote(&server, cabin, day(0), day(7), "");
    assert_eq!(
        (&week["quote"]["total_cents"], &week["quote"]["deposit_cents"]),
        (&json!(42_000_000), &json!(6_000_000))
    );
    assert_eq!(quote(&server, cabin, day(8), day(10), "")["reason"], "min_nights");
    for (from, to) in [(7, 8), (10, 11)] {
        let closed = json!({ "check_in": day(from), "check_out": day(to) });
        assert_eq!(server.api("POST", &format!("/api/v1/cabins/{cabin}/blocks"), &closed).status, 201);
    }
    let hole = quote(&server, cabin, day(8), day(10), "");
    assert_eq!(hole["quote"]["total_cents"], 18_000_000, "two nights at half more: {hole}");
    assert_eq!(quote(&server, cabin, day(8), day(9), "")["reason"], "min_nights", "it leaves a night over");
    let id = made["id"].as_i64().unwrap();
    let mut changed = season;
    changed["price_cents"] = json!(7_000_000);
    changed["deposit"] = json!({ "amount_cents": 5_000_000 });
    let put = server.api("PUT", &format!("/api/v1/rates/{id}"), &changed);
    assert_eq!((put.status, &put.json()["price_cents"]), (200, &json!(7_000_000)));
    assert_eq!(quote(&server, cabin, day(0), day(7), "")["quote"]["deposit_cents"], 5_000_000);
}

#[test]
fn a_cot_takes_no_bed_and_a_cabin_says_how_many_animals_it_takes() {
    let server = server();
    let body = json!({ "name": "Aromo", "capacity": 2, "base_price_cents": 5_000_000, "babies_max": 1, "pets_max": 1 });
    let made = server.api("POST", "/api/v1/cabins", &body).json();
    let cabin = made["id"].as_i64().unwrap();
    assert_eq!((&made["babies_max"], &made["pets_max"]), (&json!(1), &json!(1)));
    let says = |who: &str| quote(&server, cabin, day(0), day(3), who)["reason"].clone();
    assert_eq!(says("&adults=2&children=1&pets=1"), Value::Null);
    assert_eq!(says("&adults=2&children=1,0"), "over_capacity");
    assert_eq!(says("&adults=2&children=2"), "over_capacity");
    assert_eq!(says("&adults=2&pets=2"), "too_many_pets");
}

#[test]
fn what_is_sold_later_is_a_line_of_the_booking_until_it_is_taken_back() {
    let server = server();
    let cabin = server.cabin("Aromo", 5_000_000);
    let sold = booked(&server, cabin, day(0), day(3), json!({ "guests": 2 })).json();
    let path = format!("/api/v1/reservations/{}", sold["code"].as_str().unwrap());
    server.api("POST", &format!("{path}/confirm"), &json!({}));
    let firewood = json!({ "adjustments": [{ "label": "Leña", "amount_cents": 600_000, "kind": "fee" }] });
    let more = server.api("POST", &format!("{path}/adjustments"), &firewood).json();
    assert_eq!(
        (&more["total_cents"], &more["deposit_cents"]),
        (&json!(15_600_000), &sold["deposit_cents"]),
        "{more}"
    );
    let agreed = server
        .api("POST", &format!("{path}/adjustments"), &json!({ "agreed_total_cents": 14_000_000 }))
        .json();
    assert_eq!((&agreed["total_cents"], &agreed["due_cents"]), (&json!(14_000_000), &json!(14_000_000)));
    let night = server.api("DELETE", &format!("{path}/adjustments/0"), &Value::Null);
    assert_eq!(night.status, 404, "a night is not taken back");
    let back = server.api("DELETE", &format!("{path}/adjustments/4"), &Value::Null);
    assert_eq!(back.json()["total_cents"], 15_600_000, "{}", back.text);
    assert_eq!(server.count("SELECT count(*) FROM audit WHERE event = 'price_agreed'"), 3);
    server.api("POST", &format!("{path}/cancel"), &json!({}));
    assert_eq!(server.api("POST", &format!("{path}/adjustments"), &firewood).status, 409);
}
