//! What the owner does by a message as by the page: money, bookings by phone, prices, a pause, words for guests. Each
//! is said back first, and what can be undone is undone by a word.

use super::days::{day, figures, in_figures, in_words, today};
use super::harness::{GUEST, TestServer, until};
use jiff::ToSpan;
use serde_json::{Value, json};

const OWNER: &str = "5493515559999";

fn server() -> (TestServer, [i64; 2]) {
    let server = TestServer::new();
    let cabins = [server.cabin("Los Aromos", 80_000_00), server.cabin("El Ceibo", 60_000_00)];
    server.api("PUT", "/api/v1/settings", &json!({ "owner_phone": "+54 9 351 555-9999", "quiet_hours_from": "08:00", "quiet_hours_until": "08:00" }));
    (server, cabins)
}

/// A hold of Marta Quiroga for two nights: its code.
fn held(server: &TestServer, cabin: i64, from: i64) -> String {
    server.hold(cabin, day(from), day(from + 2))["code"].as_str().unwrap().to_owned()
}

fn total(server: &TestServer, cabin: i64, from: i64) -> Value {
    let (check_in, check_out) = (day(from), day(from + 2));
    let path = format!("/api/v1/availability?check_in={check_in}&check_out={check_out}&guests=2");
    let answer = server.api("GET", &path, &Value::Null).json();
    let cabins = answer["cabins"].as_array().unwrap();
    cabins.iter().find(|one| one["cabin_id"] == cabin).unwrap()["quote"]["total_cents"].clone()
}

#[test]
fn a_payment_is_written_down_and_its_hold_is_confirmed() {
    let (server, [aromos, _]) = server();
    let code = held(&server, aromos, 8);
    server.write(OWNER, "quién debe?");
    server.hears(OWNER, "Te deben $ 160.000");
    server.write(OWNER, "Marta Quiroga pagó 60 mil en efectivo");
    let asked = server.hears(OWNER, "pagó $ 60.000 en efectivo");
    assert!(asked["text"].as_str().unwrap().contains(&code), "{asked}");
    assert_eq!(server.reservation(&code)["paid_cents"], 0, "nothing is written before the yes");
    server.tap(OWNER, "Sí, anotalo");
    server.hears(OWNER, "Anotado: $ 60.000. Todavía debe $ 100.000.");
    server.becomes(&code, "confirmed");
    assert_eq!(server.reservation(&code)["paid_cents"], 60_000_00);
    server.write(OWNER, "cuánto entró este mes");
    server.hears(OWNER, "entraron $ 60.000 en 1 pago");
    server.tap(OWNER, "Sí, anotalo");
    until("it is asked again", || {
        (server.texts(OWNER).iter().filter(|text| text.contains("¿Anoto que")).count() == 2).then_some(())
    });
    assert_eq!(server.reservation(&code)["paid_cents"], 60_000_00, "a second tap writes nothing");
}

#[test]
fn a_discount_is_a_line_of_the_price() {
    let (server, [aromos, _]) = server();
    let code = held(&server, aromos, 8);
    server.write(OWNER, "hacele 10% de descuento a Marta Quiroga");
    server.hears(OWNER, "El total pasa de $ 160.000 a $ 144.000");
    server.write(OWNER, "sí");
    server.hears(OWNER, "le descontamos $ 16.000");
    let booked = server.reservation(&code);
    assert_eq!(booked["total_cents"], 144_000_00);
    let lines =
        booked["quote"]["lines"].as_array().or(booked["lines"].as_array()).cloned().unwrap_or_default();
    assert!(
        lines.is_empty()
            || lines.iter().any(|line| line["kind"] == "discount" && line["amount_cents"] == -16_000_00),
        "{booked}"
    );
    server.write(OWNER, "hacele un descuento de 500 mil a Marta Quiroga");
    server.hears(OWNER, "El descuento es más que el precio");
}

#[test]
fn a_booking_by_phone_is_written_down() {
    let (server, [_, ceibo]) = server();
    server.write(
        OWNER,
        &format!("anotá una reserva en el ceibo {} a nombre de Pedro Gómez, son 3", in_words(8, 10)),
    );
    server.hears(OWNER, "Pedro Gómez, El Ceibo");
    server.tap(OWNER, "Sí, confirmada");
    server.hears(OWNER, "quedó anotada");
    let listed = server.api("GET", "/api/v1/reservations?q=Pedro", &Value::Null).json();
    let made = &listed["reservations"][0];
    assert_eq!(
        (&made["status"], &made["guests"], &made["cabin_id"]),
        (&json!("confirmed"), &json!(3), &json!(ceibo))
    );
    server.write(OWNER, &format!("anotá una reserva en el ceibo {} para Juana", in_words(9, 11)));
    server.hears(OWNER, "No puedo anotar El Ceibo");
}

#[test]
fn a_booking_goes_to_another_cabin() {
    let (server, [aromos, ceibo]) = server();
    let code = held(&server, aromos, 8);
    server.write(OWNER, "pasá a Marta Quiroga al ceibo");
    server.hears(OWNER, "Pasaría a El Ceibo");
    server.write(OWNER, "sí");
    server.hears(OWNER, "quedó así");
    assert_eq!(server.reservation(&code)["cabin_id"], ceibo);
    let nights = |cabin: i64| {
        server.count(&format!(
            "SELECT count(*) FROM night WHERE cabin_id = {cabin} AND reservation_id IS NOT NULL"
        ))
    };
    assert_eq!((nights(aromos), nights(ceibo)), (0, 2));
    let back = json!({ "check_in": day(8), "check_out": day(10), "cabin_id": aromos });
    let answer = server.api("POST", &format!("/api/v1/reservations/{code}/move"), &back);
    assert_eq!((answer.status, &answer.json()["cabin_id"]), (200, &json!(aromos)), "{}", answer.text);
    assert_eq!((nights(aromos), nights(ceibo)), (2, 0));
}

#[test]
fn a_price_is_set_for_some_nights_and_set_back() {
    let (server, [aromos, _]) = server();
    server.write(OWNER, &format!("poné los aromos a 95 mil {}", in_words(8, 12)));
    server.hears(OWNER, "¿Pongo Los Aromos a $ 95.000 la noche");
    server.tap(OWNER, "Sí, cambialo");
    server.hears(OWNER, "Listo: Los Aromos a $ 95.000");
    assert_eq!(
        (total(&server, aromos, 8), total(&server, aromos, 20)),
        (json!(190_000_00), json!(160_000_00))
    );
    server.write(OWNER, "deshacelo");
    server.hears(OWNER, "quedaron como estaban");
    assert_eq!(total(&server, aromos, 8), 160_000_00);
    server.write(OWNER, "deshacelo");
    server.hears(OWNER, "No tengo nada para deshacer");
    server.write(OWNER, &format!("mínimo 3 noches en los aromos {}", in_words(8, 12)));
    server.hears(OWNER, "¿Pido 3 noches como mínimo");
    server.write(OWNER, "dale");
    server.hears(OWNER, "Listo: 3 noches como mínimo en Los Aromos");
    let answer =
        server.api("POST", "/api/v1/reservations", &super::harness::hold_of(aromos, day(8), day(10)));
    assert_eq!((answer.status, &answer.json()["code"]), (422, &json!("min_nights")), "{}", answer.text);
}

#[test]
fn no_bookings_are_taken_in_a_pause_but_by_the_owner() {
    let (server, [aromos, _]) = server();
    server.write(OWNER, &format!("no tomes más reservas hasta el {}", figures(day(3))));
    server.hears(OWNER, "¿Dejo de tomar reservas hasta el");
    server.tap(OWNER, "Sí, pausá");
    server.hears(OWNER, "no tomo reservas hasta el");
    server.write(GUEST, &format!("hay lugar {} para 2?", in_words(8, 10)));
    server.hears(GUEST, "Por ahora no estamos tomando reservas");
    assert_eq!(total(&server, aromos, 8), Value::Null);
    held(&server, aromos, 8);
    server.write(OWNER, "volvé a tomar reservas");
    server.hears(OWNER, "vuelvo a tomar reservas");
    server.write(GUEST, &format!("y ahora hay lugar {} para 2?", in_words(14, 16)));
    server.hears(GUEST, "Los Aromos");
}

#[test]
fn the_owners_words_go_to_a_guest_and_casero_goes_on_answering() {
    let (server, _) = server();
    server.world("POST", "/guests", &json!({ "phone": GUEST, "name": "Rocío Funes" }));
    server.write(GUEST, "hola, tienen pileta?");
    server.next_said(GUEST, 0);
    server.write(OWNER, "decile a rocio que la espero a las 15");
    server.hears(OWNER, "«La espero a las 15»");
    server.tap(OWNER, "Sí, mandalo");
    server.hears(OWNER, "se lo mando a Rocío Funes");
    server.hears(GUEST, "La espero a las 15");
    let seen = server.said(GUEST).len();
    server.write(GUEST, "gracias! hay lugar el finde para 2?");
    server.next_said(GUEST, seen);
    server.write(OWNER, "qué te preguntaron hoy?");
    server.hears(OWNER, "tienen pileta?");
}

#[test]
fn an_answer_is_taught_and_given() {
    let (server, _) = server();
    server.write(OWNER, "si preguntan por la pileta deciles que abre de 10 a 20");
    server.hears(OWNER, "Cuando pregunten por pileta, ¿contesto esto?");
    server.tap(OWNER, "Sí, guardalo");
    server.hears(OWNER, "eso contesto cuando pregunten por pileta");
    server.write(GUEST, "tienen pileta?");
    server.hears(GUEST, "Abre de 10 a 20");
}

#[test]
fn the_day_is_told_who_is_here_what_is_cleaned() {
    let (server, [aromos, ceibo]) = server();
    let (check_in, check_out) = (today(), today().saturating_add(2.days()));
    let code = server.hold(aromos, check_in, check_out)["code"].as_str().unwrap().to_owned();
    server.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    server.api("POST", &format!("/api/v1/reservations/{code}/check_in"), &json!({}));
    server.write(OWNER, "quién está ahora en las cabañas?");
    server.hears(OWNER, "Ahora están:\n• Marta Quiroga");
    server.write(OWNER, "lista de limpieza de pasado mañana");
    server.hears(OWNER, "Los Aromos: se va Marta Quiroga");
    server.write(OWNER, &format!("bloqueá todas las cabañas {}", in_figures(20, 22)));
    server.hears(OWNER, "¿Bloqueo Los Aromos y El Ceibo");
    server.write(OWNER, "sí");
    server.hears(OWNER, "quedan bloqueadas");
    server.tap(OWNER, "Deshacer");
    server.hears(OWNER, "quedan abiertas");
    let closed =
        || server.count(&format!("SELECT count(*) FROM block WHERE cabin_id IN ({aromos}, {ceibo})"));
    until("both are open again", || (closed() == 0).then_some(()));
}
