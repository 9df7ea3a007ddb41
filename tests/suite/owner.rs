//! The owner runs the house by WhatsApp: asks who comes, closes nights, takes a thread, always with a yes before
//! anything changes.

use super::harness::{GUEST, House, preference_of, until};
use serde_json::{Value, json};

/// The owner's phone, as WhatsApp reports it; in the settings it stands without the Argentine 9.
const OWNER: &str = "5493515559999";

/// A house with two cabins whose owner has a number.
fn house() -> (House, [i64; 2]) {
    let house = House::new();
    let cabins = [house.cabin("Los Aromos", 80_000_00), house.cabin("El Ceibo", 60_000_00)];
    let answer = house.api("PUT", "/api/v1/settings", &json!({ "owner_phone": "+54 351 555-9999" }));
    assert_eq!(answer.status, 200, "{}", answer.text);
    (house, cabins)
}

fn blocks(house: &House, cabin: i64) -> Vec<Value> {
    let answer = house.api("GET", &format!("/api/v1/cabins/{cabin}/blocks"), &Value::Null);
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["blocks"].as_array().cloned().expect("a list of blocks")
}

fn confirmed(house: &House, cabin: i64, check_in: &str, check_out: &str) -> String {
    let held = house.hold(cabin, check_in, check_out);
    let code = held["code"].as_str().unwrap().to_owned();
    let answer = house.api("POST", &format!("/api/v1/reservations/{code}/confirm"), &json!({}));
    assert_eq!(answer.status, 200, "{}", answer.text);
    code
}

#[test]
fn nights_are_closed_after_a_yes_and_opened_again() {
    let (house, [_, ceibo]) = house();
    house.write(OWNER, "bloqueá la 2 del 10 al 15 de enero por pintura");
    let asked = house.hears(OWNER, "¿Bloqueo El Ceibo");
    let text = asked["text"].as_str().unwrap();
    assert!(text.contains("/01/20") && text.contains("5 noches") && text.contains("pintura"), "{text}");
    assert!(blocks(&house, ceibo).is_empty(), "nothing changes before the yes");
    house.tap(OWNER, "Sí, bloqueala");
    house.hears(OWNER, "queda bloqueada");
    assert_eq!(blocks(&house, ceibo)[0]["reason"], "pintura");
    house.write(OWNER, "desbloqueá el ceibo");
    house.hears(OWNER, "¿Abro El Ceibo?");
    house.write(OWNER, "sí, dale");
    house.hears(OWNER, "queda abierta");
    assert!(blocks(&house, ceibo).is_empty());
}

#[test]
fn what_is_missing_is_asked_and_the_answer_completes_it() {
    let (house, [aromos, _]) = house();
    house.write(OWNER, "bloqueá del 10 al 15 de enero");
    house.hears(OWNER, "¿Qué cabaña?");
    house.write(OWNER, "los aromos");
    house.hears(OWNER, "¿Bloqueo Los Aromos");
    house.write(OWNER, "no");
    house.hears(OWNER, "lo dejo como está");
    assert!(blocks(&house, aromos).is_empty());
    house.write(OWNER, "la luna es de queso");
    house.hears(OWNER, "No te entendí");
}

#[test]
fn nights_of_a_guest_are_not_closed() {
    let (house, [aromos, _]) = house();
    let code = confirmed(&house, aromos, "2027-01-12", "2027-01-14");
    house.write(OWNER, "bloqueá los aromos del 10/1/2027 al 15/1/2027");
    let said = house.hears(OWNER, "No puedo bloquear Los Aromos");
    assert!(said["text"].as_str().unwrap().contains(&code), "{said}");
}

#[test]
fn a_booking_is_called_off_after_what_it_gives_back_was_said() {
    let (house, [aromos, ceibo]) = house();
    let code = confirmed(&house, aromos, "2027-01-12", "2027-01-14");
    let other = confirmed(&house, ceibo, "2027-02-12", "2027-02-14");
    house.write(OWNER, "cancelá la reserva de Quiroga");
    let asked = house.hears(OWNER, "¿Cuál de estas?");
    assert!(asked["text"].as_str().unwrap().contains(&other), "{asked}");
    let button = asked["choices"][0]["title"].as_str().unwrap().to_owned();
    assert!(button.starts_with(&code), "{asked}");
    house.tap(OWNER, &button);
    let asked = house.hears(OWNER, "¿Cancelo esta reserva?");
    assert!(asked["text"].as_str().unwrap().contains("nada que devolver"), "{asked}");
    assert_eq!(status(&house, &code), "confirmed", "nothing changes before the yes");
    house.tap(OWNER, "Sí, cancelala");
    house.hears(OWNER, &format!("cancelé {code}"));
    assert_eq!((status(&house, &code), status(&house, &other)), ("cancelled".into(), "confirmed".into()));
    house.tap(OWNER, "Sí, cancelala");
    house.hears(OWNER, "No la puedo cancelar");
}

#[test]
fn a_booking_is_moved_after_its_new_price_was_said() {
    let (house, [aromos, _]) = house();
    let code = confirmed(&house, aromos, "2027-01-12", "2027-01-14");
    house.write(OWNER, "mové la reserva");
    house.hears(OWNER, "¿Qué reserva?");
    house.write(OWNER, &format!("{code} al 19 de enero de 2027 por 3 noches"));
    let asked = house.hears(OWNER, "¿Muevo esta reserva?");
    let text = asked["text"].as_str().unwrap();
    assert!(text.contains("$ 240.000 (antes $ 160.000)"), "{text}");
    house.write(OWNER, "sí");
    house.hears(OWNER, "quedó así");
    let moved = house.api("GET", &format!("/api/v1/reservations/{code}"), &Value::Null).json();
    assert_eq!((&moved["check_in"], &moved["check_out"]), (&json!("2027-01-19"), &json!("2027-01-22")));
    let in_the_way = house.hold(aromos, "2027-01-25", "2027-01-27")["code"].as_str().unwrap().to_owned();
    house.write(OWNER, &format!("pasá {code} al 25/1/2027"));
    house.hears(OWNER, "ya están ocupadas");
    house.write(OWNER, &format!("cancelá {in_the_way}"));
    house.hears(OWNER, "¿Cancelo esta reserva?");
    house.write(OWNER, "no");
    house.hears(OWNER, "lo dejo como está");
    assert_eq!(status(&house, &in_the_way), "pre_reserved");
}

fn status(house: &House, code: &str) -> String {
    let answer = house.api("GET", &format!("/api/v1/reservations/{code}"), &Value::Null);
    answer.json()["status"].as_str().expect("a status").to_owned()
}

#[test]
fn the_owner_asks_who_comes_what_is_free_and_what_waits() {
    let (house, [aromos, _]) = house();
    let code = confirmed(&house, aromos, "2027-01-12", "2027-01-14");
    house.write(OWNER, "quién llega el 12/1/2027?");
    let said = house.hears(OWNER, "llega:");
    assert!(said["text"].as_str().unwrap().contains("Marta Quiroga"), "{said}");
    house.write(OWNER, "quién se va el 14/1/2027");
    house.hears(OWNER, "se va:");
    house.write(OWNER, "quién llega hoy");
    house.hears(OWNER, "no llega nadie");
    house.write(OWNER, "qué hay libre del 12/1/2027 al 14/1/2027");
    let said = house.hears(OWNER, "El Ceibo: $ 120.000");
    assert!(said["text"].as_str().unwrap().contains("No: Los Aromos"), "{said}");
    house.write(OWNER, "ocupación de enero 2027");
    house.hears(OWNER, "2 de 62 noches");
    house.write(OWNER, &format!("reserva {code}"));
    house.hears(OWNER, "confirmada; pagó");
    house.write(OWNER, "reservas de quiroga");
    until("a second card", || {
        (house.texts(OWNER).iter().filter(|text| text.contains("confirmada; pagó")).count() == 2)
            .then_some(())
    });
    house.write(OWNER, "qué tengo pendiente");
    until("what waits, or that nothing does", || {
        let last = house.texts(OWNER).pop()?;
        (last.contains("para decidir") || last.contains("nada pendiente")).then_some(())
    });
}

#[test]
fn a_thread_is_taken_over_and_handed_back() {
    let (house, _) = house();
    house.world("POST", "/guests", &json!({ "phone": GUEST, "name": "Marta" }));
    house.write(GUEST, "quiero hablar con una persona");
    house.attention_of("wants_a_person");
    house.write(OWNER, "qué tengo pendiente");
    house.hears(OWNER, "quiere hablar con vos");
    house.write(OWNER, "atiendo yo a marta");
    house.hears(OWNER, "¿Atendés vos a Marta?");
    house.write(OWNER, "dale");
    house.hears(OWNER, "es tu conversación");
    let seen = house.said(GUEST).len();
    house.write(GUEST, "hola?");
    house.write(OWNER, "seguí vos con marta");
    house.hears(OWNER, "¿Sigo yo con Marta?");
    house.write(OWNER, "sí");
    house.hears(OWNER, "sigo yo con Marta.");
    assert_eq!(house.said(GUEST).len(), seen, "the house is silent while a person answers");
    house.write(GUEST, "gracias");
    house.next_said(GUEST, seen);
}

#[test]
fn a_guest_gives_no_orders() {
    let (house, [aromos, _]) = house();
    house.write(GUEST, "bloqueá los aromos del 10 al 15 de enero");
    house.next_said(GUEST, 0);
    assert!(house.texts(GUEST).iter().all(|text| !text.contains("¿Bloqueo")));
    assert!(blocks(&house, aromos).is_empty());
}

#[test]
fn a_confirmed_guest_gets_a_file_for_the_calendar() {
    let (house, _) = house();
    house.write(GUEST, "Hola! tenés lugar en los aromos del 12 al 15 de enero para 2?");
    let offer = house.next_said(GUEST, 0);
    let book = offer["choices"].as_array().unwrap()[0]["title"].as_str().unwrap().to_owned();
    house.tap(GUEST, &book);
    let link = until("the link to pay, or a button to book", || {
        let said = house.said(GUEST);
        let last = said.last()?;
        if said.len() == 2 && last["choices"].as_array().is_some_and(|choices| !choices.is_empty()) {
            house.tap(GUEST, last["choices"][0]["title"].as_str()?);
        }
        said.iter().find_map(|line| line["link"].as_str().or(line["link"]["url"].as_str()).map(str::to_owned))
    });
    house.pay(&preference_of(&link), "approve", &json!({}));
    let file = until("a document", || house.said(GUEST).into_iter().find(|line| line["type"] == "document"));
    let text = file.to_string();
    assert!(text.contains(".ics") && text.contains("calendario"), "{text}");
    let sent = house
        .count("SELECT count(*) FROM outbound WHERE kind = 'document' AND message LIKE '%BEGIN:VEVENT%'");
    assert_eq!(sent, 1);
}

#[test]
fn messages_of_a_month_are_counted() {
    let (house, _) = house();
    house.write(GUEST, "hola");
    house.next_said(GUEST, 0);
    let month = "SELECT CAST(strftime('%Y%m', 'now', '-3 hours') AS INTEGER)";
    let month = house.count(month);
    let path = format!("/api/v1/reports/messages?month={}-{:02}", month / 100, month % 100);
    let report = until("the message in the count", || {
        let report = house.api("GET", &path, &Value::Null).json();
        (report["sent"] == 1).then_some(report)
    });
    assert_eq!((&report["free_form"], &report["free_left"]), (&json!(1), &json!(999)));
    assert_eq!((&report["estimated_cost_cents"], &report["currency"]), (&json!(0), &json!("USD")));
    let wrong = house.api("GET", "/api/v1/reports/messages?month=2027-13", &Value::Null);
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert_eq!(house.call("GET", &path, &[], &Value::Null).status, 401);
}
