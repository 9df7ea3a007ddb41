//! Each kind of notice by each way: from a guest's words to what arrives at the owner, in less than ten seconds.

use super::super::days::{day, figures};
use super::super::harness::{EMAIL, GUEST, TestServer, until};
use super::super::pages::Browser;
use super::{Phone, letters, order, server};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const AT_ONCE: Duration = Duration::from_secs(10);
/// Characters of a notice by which it is known again.
const BEGINNING: usize = 24;

/// What a guest in the house says, and the kind of its notice.
const IN_HOUSE: [(&str, &str); 8] = [
    ("no anda el agua caliente", "problem"),
    ("HAY OLOR A GAS en la cocina!!", "problem"),
    ("nos podrían traer dos toallas más?", "request"),
    ("esto es una vergüenza, quiero hacer un reclamo", "complaint"),
    ("me dejé la campera en el auto de ustedes?", "lost_item"),
    ("quiero hablar con una persona", "wants_a_person"),
    ("la chimenea hace un sonido como de mar", "message"),
    ("aceptan mascotas?", "unanswered_question"),
];
/// What a guest with a hold says.
const WITH_A_HOLD: [(&str, &str); 2] = [
    ("ya te transferí la seña", "transfer_receipt"),
    ("quiero ejercer el derecho de arrepentimiento", "withdrawal"),
];

/// Waits until a notice of these words and this kind went out by this way, and answers how long that took.
#[track_caller]
fn arrives(server: &TestServer, phone: &Phone, way: &str, (words, kind): (&str, &str)) -> Duration {
    let pushes = phone.received(server).len();
    let begun = Instant::now();
    server.write(GUEST, words);
    let notice = until(&format!("a notice of {words:?}"), || {
        let listed = server.api("GET", "/api/v1/notices", &Value::Null).json();
        listed["notices"].as_array()?.iter().find(|one| one["words"] == words).cloned()
    });
    assert_eq!(notice["kind"], kind, "{notice:#}");
    let begins: String = notice["text"].as_str().expect("a text").chars().take(BEGINNING).collect();
    match way {
        "push" => drop(phone.next(server, pushes)),
        "whatsapp" => drop(server.hears(super::OWNER, &begins)),
        _ => drop(until("a letter", || {
            letters(server).into_iter().find(|one| {
                one["to"] == EMAIL && one["body"].as_str().is_some_and(|body| body.contains(&begins))
            })
        })),
    }
    begun.elapsed()
}

fn in_house() -> TestServer {
    let server = server(&[]);
    let cabin = server.cabin("Aromo", 80_000_00);
    server.hold(cabin, day(0), day(3));
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    server.last_writer_is_in_the_house();
    server
}

#[test]
fn each_kind_of_notice_arrives_by_each_way_in_ten_seconds() {
    let mut slowest = Duration::ZERO;
    for way in ["push", "whatsapp", "mail"] {
        let here = in_house();
        let phone = Phone::new("first", 3);
        phone.asks_to_be_told(&here, &Browser::owner(&here));
        order(&here, &[way]);
        for said in IN_HOUSE {
            slowest = slowest.max(arrives(&here, &phone, way, said));
        }
        let held = server(&[]);
        held.cabin("Aromo", 80_000_00);
        held.api("PUT", "/api/v1/settings", &json!({ "bank_alias": "aromo.cabanas" }));
        phone.asks_to_be_told(&held, &Browser::owner(&held));
        order(&held, &[way]);
        held.write(GUEST, &format!("del {} al {} para 2", figures(day(2)), figures(day(5))));
        held.hears(GUEST, "240.000");
        held.tap(GUEST, "Reservar");
        held.hears(GUEST, "aromo.cabanas");
        for said in WITH_A_HOLD {
            slowest = slowest.max(arrives(&held, &phone, way, said));
        }
    }
    assert!(slowest < AT_ONCE, "{slowest:?}");
}
