//! The owner runs casero by WhatsApp: asks for arrivals, closes nights, takes a conversation, always with a yes
//! before a change.

use super::days::{day, figures, in_figures, in_words, month_name, wide_figures};
use super::harness::{GUEST, TestServer, preference_of, until};
use jiff::civil::Date;
use serde_json::{Value, json};

/// The owner's phone, as WhatsApp reports it; in the settings it stands without the Argentine 9.
const OWNER: &str = "5493515559999";

/// A server with two cabins whose owner has a number.
fn server() -> (TestServer, [i64; 2]) {
    let server = TestServer::new();
    let cabins = [server.cabin("Los Aromos", 80_000_00), server.cabin("El Ceibo", 60_000_00)];
    let answer = server.api("PUT", "/api/v1/settings", &json!({ "owner_phone": "+54 351 555-9999", "quiet_hours_from": "08:00", "quiet_hours_until": "08:00" }));
    assert_eq!(answer.status, 200, "{}", answer.text);
    (server, cabins)
}

fn blocks(server: &TestServer, cabin: i64) -> Vec<Value> {
    let answer = server.api("GET", &format!("/api/v1/cabins/{cabin}/blocks"), &Value::Null);
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["blocks"].as_array().cloned().expect("a list of blocks")
}

fn confirmed(server: &TestServer, cabin: i64, check_in: Date, check_out: Date) -> String {
    let held = server.hold(cabin, check_in, check_out);
    let code = held["code"].as_str().unwrap().to_owned();
    let answer = server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    assert_eq!(answer.status, 200, "{}", answer.text);
    code
}

#[test]
fn nights_are_closed_after_a_yes_and_opened_again() {
    let (server, [_, ceibo]) = server();
    server.write(OWNER, &format!("bloqueá la 2 {} por pintura", in_words(6, 11)));
    let asked = server.hears(OWNER, "¿Bloqueo El Ceibo");
    let text = asked["text"].as_str().unwrap();
    for part in [&wide_figures(day(6)), &wide_figures(day(11)), "5 noches", "pintura"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(blocks(&server, ceibo).is_empty(), "nothing changes before the yes");
    server.tap(OWNER, "Sí, bloqueala");
    server.hears(OWNER, "queda bloqueada");
    assert_eq!(blocks(&server, ceibo)[0]["reason"], "pintura");
    server.write(OWNER, "desbloqueá el ceibo");
    server.hears(OWNER, "¿Abro El Ceibo?");
    server.write(OWNER, "sí, dale");
    server.hears(OWNER, "queda abierta");
    assert!(blocks(&server, ceibo).is_empty());
}

#[test]
fn what_is_missing_is_asked_and_the_answer_completes_it() {
    let (server, [aromos, _]) = server();
    server.write(OWNER, &format!("bloqueá {}", in_words(6, 11)));
    server.hears(OWNER, "¿Qué cabaña?");
    server.write(OWNER, "los aromos");
    server.hears(OWNER, "¿Bloqueo Los Aromos");
    server.write(OWNER, "no");
    server.hears(OWNER, "lo dejo como está");
    assert!(blocks(&server, aromos).is_empty());
    server.write(OWNER, "la luna es de queso");
    server.hears(OWNER, "No te entendí");
}

#[test]
fn nights_of_a_guest_are_not_closed() {
    let (server, [aromos, _]) = server();
    let code = confirmed(&server, aromos, day(8), day(10));
    server.write(OWNER, &format!("bloqueá los aromos {}", in_figures(6, 11)));
    let said = server.hears(OWNER, "No puedo bloquear Los Aromos");
    assert!(said["text"].as_str().unwrap().contains(&code), "{said}");
}

#[test]
fn a_booking_is_called_off_after_what_it_gives_back_was_said() {
    let (server, [aromos, ceibo]) = server();
    let code = confirmed(&server, aromos, day(8), day(10));
    let other = confirmed(&server, ceibo, day(11), day(13));
    server.write(OWNER, "cancelá la reserva de Quiroga");
    let asked = server.hears(OWNER, "¿Cuál de estas?");
    assert!(asked["text"].as_str().unwrap().contains(&other), "{asked}");
    let button = asked["choices"][0]["title"].as_str().unwrap().to_owned();
    assert!(button.starts_with(&code), "{asked}");
    server.tap(OWNER, &button);
    let asked = server.hears(OWNER, "¿Cancelo esta reserva?");
    assert!(asked["text"].as_str().unwrap().contains("nada que devolver"), "{asked}");
    assert_eq!(status(&server, &code), "confirmed", "nothing changes before the yes");
    server.tap(OWNER, "Sí, cancelala");
    server.hears(OWNER, &format!("cancelé {code}"));
    assert_eq!((status(&server, &code), status(&server, &other)), ("cancelled".into(), "confirmed".into()));
    server.tap(OWNER, "Sí, cancelala");
    server.hears(OWNER, "No la puedo cancelar");
}

#[test]
fn a_booking_is_moved_after_its_new_price_was_said() {
    let (server, [aromos, _]) = server();
    let code = confirmed(&server, aromos, day(8), day(10));
    let to = day(15);
    server.write(OWNER, "mové la reserva");
    server.hears(OWNER, "¿Qué reserva?");
    server.write(OWNER, &format!("{code} al {} de {} por 3 noches", to.day(), month_name(to)));
    let asked = server.hears(OWNER, "¿Muevo esta reserva?");
    let text = asked["text"].as_str().unwrap();
    assert!(text.contains("$ 240.000 (antes $ 160.000)"), "{text}");
    server.write(OWNER, "sí");
    server.hears(OWNER, "quedó así");
    let moved = server.reservation(&code);
    assert_eq!((&moved["check_in"], &moved["check_out"]), (&json!(to), &json!(day(18))));
    let in_the_way = server.hold(aromos, day(21), day(23))["code"].as_str().unwrap().to_owned();
    server.write(OWNER, &format!("pasá {code} al {}", figures(day(21))));
    server.hears(OWNER, "ya están ocupadas");
    server.write(OWNER, &format!("cancelá {in_the_way}"));
    server.hears(OWNER, "¿Cancelo esta reserva?");
    server.write(OWNER, "no");
    server.hears(OWNER, "lo dejo como está");
    assert_eq!(status(&server, &in_the_way), "pre_reserved");
}

fn status(server: &TestServer, code: &str) -> String {
    let answer = server.api("GET", &format!("/api/v1/reservations/{code}"), &Value::Null);
    answer.json()["status"].as_str().expect("a status").to_owned()
}

#[test]
fn the_owner_asks_who_comes_what_is_free_and_what_waits() {
    let (server, [aromos, _]) = server();
    let code = confirmed(&server, aromos, day(8), day(10));
    server.write(OWNER, &format!("quién llega el {}?", figures(day(8))));
    let said = server.hears(OWNER, "llega:");
    assert!(said["text"].as_str().unwrap().contains("Marta Quiroga"), "{said}");
    server.write(OWNER, &format!("quién se va el {}", figures(day(10))));
    server.hears(OWNER, "se va:");
    server.write(OWNER, "quién llega hoy");
    server.hears(OWNER, "no llega nadie");
    server.write(OWNER, &format!("qué hay libre {}", in_figures(8, 10)));
    let said = server.hears(OWNER, "El Ceibo: $ 120.000");
    assert!(said["text"].as_str().unwrap().contains("No: Los Aromos"), "{said}");
    server.write(OWNER, &format!("ocupación de {} {}", month_name(day(0)), day(0).year()));
    server.hears(OWNER, &format!("2 de {} noches", 2 * i32::from(day(0).days_in_month())));
    server.write(OWNER, &format!("reserva {code}"));
    server.hears(OWNER, "confirmada; pagó");
    server.write(OWNER, "reservas de quiroga");
    until("a second card", || {
        (server.texts(OWNER).iter().filter(|text| text.contains("confirmada; pagó")).count() == 2)
            .then_some(())
    });
    // The guest has never written, so that nothing may be sent to them.
    server.attention_of("undelivered");
    server.write(OWNER, "qué tengo pendiente");
    server.hears(OWNER, "Tenés una cosa para decidir:\n• Marta Quiroga: un mensaje no le llegó");
}

#[test]
fn a_conversation_is_taken_over_and_handed_back() {
    let (server, _) = server();
    server.world("POST", "/guests", &json!({ "phone": GUEST, "name": "Marta" }));
    server.write(GUEST, "quiero hablar con una persona");
    server.attention_of("wants_a_person");
    server.write(OWNER, "qué tengo pendiente");
    server.hears(OWNER, "quiere hablar con vos");
    server.write(OWNER, "atiendo yo a marta");
    server.hears(OWNER, "¿Atendés vos a Marta?");
    server.write(OWNER, "dale");
    server.hears(OWNER, "es tu conversación");
    let seen = server.said(GUEST).len();
    server.write(GUEST, "hola?");
    server.write(OWNER, "seguí vos con marta");
    server.hears(OWNER, "¿Sigo yo con Marta?");
    server.write(OWNER, "sí");
    server.hears(OWNER, "sigo yo con Marta.");
    assert_eq!(server.said(GUEST).len(), seen, "casero is silent while a person answers");
    server.write(GUEST, "gracias");
    server.next_said(GUEST, seen);
}

#[test]
fn a_guest_gives_no_orders() {
    let (server, [aromos, _]) = server();
    server.write(GUEST, &format!("bloqueá los aromos {}", in_words(6, 11)));
    server.next_said(GUEST, 0);
    assert!(server.texts(GUEST).iter().all(|text| !text.contains("¿Bloqueo")));
    assert!(blocks(&server, aromos).is_empty());
}

#[test]
fn a_confirmed_guest_gets_a_file_for_the_calendar() {
    let (server, _) = server();
    server.write(GUEST, &format!("Hola! tenés lugar en los aromos {} para 2?", in_words(8, 11)));
    server.hears(GUEST, "El Ceibo: $ 180.000");
    server.tap(GUEST, "Los Aromos");
    server.hears(GUEST, "Los Aromos para 2 personas: $ 240.000");
    server.tap(GUEST, "Reservar");
    server.pay(&preference_of(&server.link_to_pay(GUEST)), "approve", &json!({}));
    let file = until("a document", || server.said(GUEST).into_iter().find(|line| line["type"] == "document"));
    let text = file.to_string();
    assert!(text.contains(".ics") && text.contains("calendario"), "{text}");
    let sent = server
        .count("SELECT count(*) FROM outbound WHERE kind = 'document' AND message LIKE '%BEGIN:VEVENT%'");
    assert_eq!(sent, 1);
}

#[test]
fn messages_of_a_month_are_counted() {
    let (server, _) = server();
    server.write(GUEST, "hola");
    server.next_said(GUEST, 0);
    let month = "SELECT CAST(strftime('%Y%m', 'now', '-3 hours') AS INTEGER)";
    let month = server.count(month);
    let path = format!("/api/v1/reports/messages?month={}-{:02}", month / 100, month % 100);
    let report = until("the message in the count", || {
        let report = server.api("GET", &path, &Value::Null).json();
        (report["sent"] == 1).then_some(report)
    });
    assert_eq!((&report["free_form"], &report["free_left"]), (&json!(1), &json!(999)));
    assert_eq!((&report["estimated_cost_cents"], &report["currency"]), (&json!(0), &json!("USD")));
    let wrong =
        server.api("GET", &format!("/api/v1/reports/messages?month={}-13", month / 100), &Value::Null);
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert_eq!(server.call("GET", &path, &[], &Value::Null).status, 401);
}
