//! How fast each way reaches the owner, in which form, and what follows when it fails.

use super::super::days::day;
use super::super::harness::{EMAIL, TestServer, preference, until};
use super::super::pages::Browser;
use super::{OWNER, Phone, asks, letter, letters, notice, order, server};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Longest time from a guest's words to the owner.
const AT_ONCE: Duration = Duration::from_secs(10);

#[test]
fn each_way_reaches_the_owner_in_ten_seconds_from_the_guests_words() {
    let server = server(&[]);
    let browser = Browser::owner(&server);
    let phone = Phone::new("first", 3);
    phone.asks_to_be_told(&server, &browser);
    let mut slowest = Duration::ZERO;
    for (index, way) in ["push", "whatsapp", "mail"].into_iter().enumerate() {
        let others = ["push", "whatsapp", "mail"].into_iter().filter(|other| *other != way);
        order(&server, &[way].into_iter().chain(others).collect::<Vec<_>>());
        let begun = Instant::now();
        server.write(&format!("549351555013{index}"), "quiero hablar con una persona");
        match way {
            "push" => drop(phone.next(&server, 0)),
            "whatsapp" => drop(server.hears(OWNER, "quiere hablar con vos")),
            _ => drop(letter(&server, EMAIL, "quiere hablar con vos")),
        }
        slowest = slowest.max(begun.elapsed());
        assert!(begun.elapsed() < AT_ONCE, "{way} took {:?}", begun.elapsed());
        assert_eq!(notice(&server)["ways"].as_array().unwrap().len(), 1, "one way at a time");
    }
    println!("the slowest way took {slowest:?}");
}

#[test]
fn whatsapp_takes_a_template_outside_the_window_and_plain_words_inside() {
    let server = server(&[]);
    order(&server, &["whatsapp"]);
    asks(&server);
    let outside = server.hears(OWNER, "quiere hablar con vos");
    assert_eq!(outside["type"], "template", "{outside}");
    let seen = server.said(OWNER).len();
    server.write(OWNER, "hola");
    server.next_said(OWNER, seen);
    server.write("5493515550102", "quiero hablar con una persona, soy Eva");
    let inside = server.hears(OWNER, "soy Eva");
    assert_eq!(inside["type"], "text", "{inside}");
}

#[test]
fn each_way_has_a_test_of_its_own_on_the_page_and_one_that_is_not_set_up_says_so() {
    let server = server(&[]);
    let browser = Browser::owner(&server);
    let test = |way: &str| browser.post("/admin/notices", "/admin/notices/test", &[("way", way)]);
    assert!(test("push").text.contains("todavía no está preparado"));
    let phone = Phone::new("first", 3);
    phone.asks_to_be_told(&server, &browser);
    let page = browser.page("/admin/notices");
    assert_eq!(page.matches("Mandame una prueba").count(), 3, "{page}");
    for way in ["push", "whatsapp", "mail"] {
        assert_eq!(test(way).status, 303, "{way}");
    }
    let (_, said) = phone.next(&server, 0);
    assert!(said["body"].as_str().unwrap().contains("Esta es una prueba"), "{said}");
    server.hears(OWNER, "Esta es una prueba");
    letter(&server, EMAIL, "Esta es una prueba");
    assert_eq!(test("telegrama").status, 404);
}

/// A paid booking is news that nobody was promised.
fn is_booked(server: &TestServer) -> Value {
    let cabin = server.cabin("Aromo", 80_000_00);
    let held = server.hold(cabin, day(5), day(7));
    server.pay(&preference(&held), "approve", &json!({}));
    held
}

#[test]
fn news_go_on_by_the_next_way_when_a_phone_is_gone_and_a_server_refuses() {
    let server = server(&[]);
    let browser = Browser::owner(&server);
    Phone::new("gone", 3).asks_to_be_told(&server, &browser);
    order(&server, &["push", "mail", "whatsapp"]);
    server.world("PUT", "/push/gone", &json!({ "answers": 410 }));
    server.world("PUT", "/mail", &json!({ "refuses_recipient": 550 }));
    is_booked(&server);
    server.hears(OWNER, "Nueva reserva");
    assert_eq!(server.count("SELECT count(*) FROM push_subscription"), 0);
    assert_eq!(server.count("SELECT count(*) FROM push_message WHERE state = 'failed'"), 1);
    assert_eq!(
        server.count("SELECT count(*) FROM mail WHERE state = 'failed' AND reservation_id IS NULL"),
        1
    );
    let left = "SELECT (SELECT count(*) FROM mail WHERE news <> '') + (SELECT count(*) FROM push_message WHERE news <> '')";
    assert_eq!(server.count(left), 0, "what was given up keeps no words");
}

#[test]
fn news_that_one_phone_has_are_told_by_no_other_way() {
    let server = server(&[]);
    let browser = Browser::owner(&server);
    let (gone, kept) = (Phone::new("gone", 3), Phone::new("kept", 4));
    gone.asks_to_be_told(&server, &browser);
    kept.asks_to_be_told(&server, &browser);
    server.world("PUT", "/push/gone", &json!({ "answers": 404 }));
    let code = is_booked(&server)["code"].as_str().unwrap().to_owned();
    server.becomes(&code, "confirmed");
    kept.next(&server, 0);
    until("the other one to be forgotten", || {
        (server.count("SELECT count(*) FROM push_subscription") == 1).then_some(())
    });
    asks(&server);
    kept.next(&server, 1);
    let told = server.texts(OWNER);
    assert!(!told.iter().any(|text| text.contains("Nueva reserva")), "{told:?}");
    assert!(letters(&server).iter().all(|one| one["to"] != EMAIL));
}
