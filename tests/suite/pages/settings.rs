//! Settings on the owner's page, and the health of casero.

use super::Browser;
use crate::harness::TestServer;
use casero::understanding::Topic;
use serde_json::Value;

/// Where the words that guests read are written.
const TEXTS: &str = "/admin/texts";

/// The fields of the form as the page shows them, with some of them typed over.
fn typed<'a>(over: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("version", "0"),
        ("property_name", "Cabañas del Cerro"),
        ("property_address", ""),
        ("check_in_time", "14:00"),
        ("check_out_time", "10:00"),
        ("min_nights", "1"),
        ("max_nights", "60"),
        ("lead_time_hours", "0"),
        ("horizon_days", "548"),
        ("weekend", "0"),
        ("weekend_nights", "fri"),
        ("weekend_nights", "sat"),
        ("deposit_percent", "30"),
        ("hold_minutes", "60"),
        ("free_until_days", "7"),
        ("refund_percent", "100"),
        ("late_refund_percent", "0"),
        ("cancellation_text", ""),
        ("bank_alias", ""),
        ("bank_cbu", ""),
        ("bank_holder", ""),
        ("owner_phone", ""),
    ];
    let kept = usual.into_iter().filter(|(name, _)| !over.iter().any(|(known, _)| known == name));
    kept.chain(over.iter().copied()).collect()
}

fn settings(server: &TestServer) -> Value {
    server.api("GET", "/api/v1/settings", &Value::Null).json()
}

#[test]
fn settings_are_saved_and_shown_again() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let over = [("hold_minutes", "90"), ("weekend_nights", "sun"), ("bank_alias", "cabanas.cerro")];
    let page = owner.does("/admin/settings", "/admin/settings", &typed(&over));
    assert!(page.contains("Guardado.") && page.contains("cabanas.cerro"), "{page}");
    let saved = settings(&server);
    assert!(owner.page("/admin/audit").contains("Cambió los ajustes."));
    assert_eq!(saved["hold_minutes"], 90);
    assert_eq!(saved["weekend_nights"], serde_json::json!(["sun"]));
}

#[test]
fn a_helper_writes_texts_and_answers_and_touches_no_other_setting() {
    let server = TestServer::new();
    let change =
        serde_json::json!({ "hold_minutes": 90, "calendar_stale_minutes": 45, "holds_per_guest": 2 });
    server.api("PUT", "/api/v1/settings", &change);
    let before = settings(&server);
    let helper = Browser::helper(&server);
    let fields = [
        ("version", "1"),
        ("answers[pets]", "Sí, hasta dos."),
        ("texts[welcome]", "¡Qué bueno que escribiste!"),
    ];
    let page = helper.does(TEXTS, TEXTS, &fields);
    assert!(page.contains("Guardado.") && page.contains("Sí, hasta dos."), "{page}");
    let saved = settings(&server);
    assert_eq!(saved["answers"], serde_json::json!({ "pets": "Sí, hasta dos." }));
    assert_eq!(saved["texts"], serde_json::json!({ "welcome": "¡Qué bueno que escribiste!" }));
    for (name, value) in before.as_object().unwrap() {
        assert!(["version", "answers", "texts"].contains(&name.as_str()) || saved[name] == *value, "{name}");
    }
    let answer = helper.post(TEXTS, TEXTS, &fields);
    assert!(answer.status == 422 && answer.text.contains("Otra persona guardó"), "{}", answer.text);
}

#[test]
fn a_wrong_value_is_said_beside_its_field_and_an_old_form_overwrites_nothing() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let answer = owner.post(
        "/admin/settings",
        "/admin/settings",
        &typed(&[("bank_cbu", "123"), ("deposit_percent", "130")]),
    );
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("No es un CBU") && answer.text.contains("de 0 a 100"), "{}", answer.text);
    owner.does("/admin/settings", "/admin/settings", &typed(&[("hold_minutes", "90")]));
    let answer = owner.post("/admin/settings", "/admin/settings", &typed(&[("hold_minutes", "120")]));
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Otra persona guardó"));
    assert_eq!(settings(&server)["hold_minutes"], 90);
    assert_eq!(owner.send("/admin/settings", &typed(&[("version", "1")])).status, 403);
}

#[test]
fn a_preview_shows_what_was_typed_and_saves_nothing() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let fields = [("version", "0"), ("texts[thanks]", "Los esperamos en otoño.")];
    let answer = owner.post(TEXTS, "/admin/texts/preview", &fields);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text.matches("Los esperamos en otoño.").count(), 2, "typed, and as the guest reads it");
    let over = [("late_refund_percent", "50")];
    let answer = owner.post("/admin/settings", "/admin/settings/preview", &typed(&over));
    assert_eq!(answer.status, 200);
    assert!(answer.text.contains("le devolvés $ 15.000 y te quedan $ 15.000"), "{}", answer.text);
    assert_eq!(settings(&server)["texts"], serde_json::json!({}));
}

#[test]
fn words_that_cant_be_sent_are_kept_in_the_form_with_the_reason_beside_them() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let long = "a".repeat(1501);
    let over = [("cancellation_text", "Avisá\u{7} antes")];
    let answer = owner.post("/admin/settings", "/admin/settings", &typed(&over));
    let why = "id=\"wrong-cancellation_text\">Tiene algún carácter invisible";
    assert!(answer.status == 422 && answer.text.contains(why), "{}", answer.text);
    let fields = [
        ("version", "0"),
        ("texts[thanks]", "Chau {huesped}, volvé"),
        ("texts[welcome]", "Hola {cabaña}"),
        ("answers[wifi]", long.as_str()),
    ];
    let answer = owner.post(TEXTS, TEXTS, &fields);
    assert_eq!(answer.status, 422);
    let page = &answer.text;
    assert!(page.contains("Chau {huesped}, volvé") && page.contains(&long), "{page}");
    for (field, why) in [
        ("texts.thanks", "No sabemos qué poner en {huesped}. Podés usar {nombre}, {cabaña}, {llegada}"),
        ("texts.welcome", "Acá no podemos completar {cabaña}. Podés usar {nombre}."),
        ("answers.wifi", "Tiene más de 1500 letras."),
    ] {
        assert!(page.contains(&format!("id=\"wrong-{field}\">{why}")), "{field}: {page}");
    }
    assert_eq!(settings(&server)["texts"], serde_json::json!({}));
}

#[test]
fn the_preview_fills_in_what_stands_in_braces() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    server.api("PUT", "/api/v1/settings", &serde_json::json!({ "property_address": "Ruta 5, km 12" }));
    let fields = [
        ("version", "1"),
        ("texts[confirmed]", "{nombre}, {cabaña} queda en {address}."),
        ("texts[thanks]", "Chau {guest}, {{besos}}. Reserva {código}."),
    ];
    let answer = owner.post(TEXTS, "/admin/texts/preview", &fields);
    assert_eq!(answer.status, 200);
    for said in ["Marta, La Calandria queda en Ruta 5, km 12.", "Chau Marta, {besos}. Reserva "] {
        assert!(answer.text.contains(said), "{said}: {}", answer.text);
    }
}

#[test]
fn every_topic_of_the_conversation_can_be_answered() {
    let server = TestServer::new();
    let page = Browser::owner(&server).page(TEXTS);
    for topic in Topic::ALL {
        assert!(page.contains(&format!("name=\"answers[{}]\"", topic.code())), "{topic:?}");
    }
}

#[test]
fn a_backup_is_made_at_once_and_listed() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let page = owner.does("/admin/health", "/admin/health/copy", &[]);
    assert!(page.contains("Copia hecha y verificada") && page.contains(" MB"), "{page}");
    assert!(page.contains("Base de datos") && page.contains("Mensajes de"));
    let copies = std::fs::read_dir(server.data.path().join("backups")).unwrap().count();
    assert!(copies >= 1);
    assert!(owner.page("/admin/audit").contains("Hizo una copia de seguridad."));
    assert_eq!(owner.send("/admin/health/copy", &[]).status, 403);
}
