//! The owner's settings page, and casero's health.

use super::Browser;
use crate::days::{day, wide_figures};
use crate::harness::TestServer;
use casero::domain::settings::{self as business, Kind, Setting, Settings};
use casero::understanding::Topic;
use serde_json::{Value, json};

/// The page of the texts for guests.
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
        ("baby_age_under", "2"),
        ("max_nights", "60"),
        ("lead_time_hours", "0"),
        ("horizon_days", "548"),
        ("weekend_multiplier", "0"),
        ("weekend_nights", "fri"),
        ("weekend_nights", "sat"),
        ("deposit_percent", "30"),
        ("hold_minutes", "60"),
        ("cancellation.free_until_days", "7"),
        ("cancellation.refund_percent", "100"),
        ("cancellation.late_refund_percent", "0"),
        ("cancellation_text", ""),
        ("bank_alias", ""),
        ("bank_cbu", ""),
        ("bank_holder", ""),
        ("owner_phone", ""),
        ("emergency_phone", ""),
        ("quiet_hours_from", "22:00"),
        ("quiet_hours_until", "08:00"),
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
    assert_eq!(saved["weekend_nights"], json!(["sun"]));
}

#[test]
fn a_helper_writes_texts_and_answers_and_touches_no_other_setting() {
    let server = TestServer::new();
    let change = json!({ "hold_minutes": 90, "calendar_stale_minutes": 45, "holds_per_guest": 2 });
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
    assert_eq!(saved["answers"], json!({ "pets": "Sí, hasta dos." }));
    assert_eq!(saved["texts"], json!({ "welcome": "¡Qué bueno que escribiste!" }));
    for (name, value) in before.as_object().unwrap() {
        assert!(["version", "answers", "texts"].contains(&name.as_str()) || saved[name] == *value, "{name}");
    }
    let answer = helper.post(TEXTS, TEXTS, &fields);
    assert!(answer.status == 422 && answer.text.contains("Otra persona guardó"), "{}", answer.text);
}

/// Another value than the default for each setting, as the API takes it.
fn another(setting: &Setting) -> Value {
    let usual = (setting.get)(&Settings::default());
    match setting.kind {
        Kind::Whole { .. } | Kind::Percent => {
            let (min, max) = setting.kind.bounds().unwrap();
            json!(if usual == business::Value::Whole(max) { min } else { max })
        }
        Kind::Factor => json!(1.25),
        Kind::Weekdays => json!(["thu", "sun"]),
        Kind::Switch => json!(usual != business::Value::Switch(true)),
        Kind::Hour => json!("09:30"),
        Kind::Day => json!(day(30).to_string()),
        Kind::Hours => json!("07:15, 20:00"),
        Kind::Line { .. } => json!("Ruta 5, \"km\" 12 & más"),
        Kind::Answer => json!("Avisá <antes>.\n\nGracias."),
        Kind::Phone => json!("+54 9 351 555 0101"),
        Kind::Phones => json!(["+54 9 351 555 0102"]),
        Kind::Ways => json!(["mail", "whatsapp"]),
        Kind::BankAlias => json!("cabanas.cerro"),
        Kind::BankCbu => json!("2850590940090418135201"),
        Kind::Holidays => json!(format!("fijo 25/12 Navidad\ndía {} Puente turístico", wide_figures(day(0)))),
        Kind::Answers => json!({ "pets": "Sí, hasta dos." }),
        Kind::Texts => json!({ "welcome": "¡Hola, {nombre}!", "template": "mi_aviso" }),
    }
}

/// Every setting at another value than its default, as one body of the API.
fn all_other() -> Value {
    let mut body = json!({});
    for setting in business::all() {
        match setting.name.split_once('.') {
            None => body[setting.name] = another(setting),
            Some((outer, inner)) => body[outer][inner] = another(setting),
        }
    }
    body
}

/// The fields of the page's form as a browser would send them back.
fn as_shown(page: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let from = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(unescaped(from.split('"').next()?))
    };
    let form = page.split("<form").find(|form| form.contains("name=\"version\"")).unwrap();
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1) {
        let (kind, rest) = tag.split_once([' ', '>']).unwrap_or((tag, ""));
        let Some((head, text)) = rest.split_once('>') else { continue };
        let head = format!(" {head}");
        let Some(name) = attribute(&head, "name").filter(|name| name != "csrf_token") else { continue };
        match kind {
            "textarea" => fields.push((name, unescaped(text).replace('\n', "\r\n"))),
            "input" if head.contains("type=\"checkbox\"") && !head.contains(" checked") => {}
            "input" => fields.push((name, attribute(&head, "value").unwrap_or_default())),
            _ => {}
        }
    }
    fields
}

fn unescaped(html: &str) -> String {
    let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    marks.iter().fold(html.to_owned(), |text, (mark, letter)| text.replace(mark, letter))
}

#[test]
fn a_page_saved_as_it_is_shown_changes_no_setting_there_is() {
    for body in [json!({}), all_other()] {
        let server = TestServer::new();
        let answer = server.api("PUT", "/api/v1/settings", &body);
        assert_eq!(answer.status, 200, "{}", answer.text);
        let owner = Browser::owner(&server);
        for path in ["/admin/settings", TEXTS] {
            let before = settings(&server);
            let fields = as_shown(&owner.page(path));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, typed)| (&**name, &**typed)).collect();
            owner.does(path, path, &fields);
            let mut after = settings(&server);
            assert_eq!(after["version"].as_i64(), before["version"].as_i64().map(|version| version + 1));
            after["version"] = before["version"].clone();
            assert_eq!(after, before, "{path}");
        }
        for (name, value) in body.as_object().unwrap() {
            assert_eq!(settings(&server)[name], *value, "{name}");
        }
    }
}

#[test]
fn an_own_list_of_holidays_is_understood_at_once_and_a_broken_one_changes_nothing() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    let page = owner.page("/admin/settings");
    assert!(page.contains("fijo 25/12 Navidad"), "{page}");
    let bridge = format!("{} Puente turístico", wide_figures(day(0)));
    let own = format!("fijo 25/12 Navidad\r\n{bridge}");
    owner.does("/admin/settings", "/admin/settings", &typed(&[("holidays", &own)]));
    let kept = settings(&server)["holidays"].clone();
    assert_eq!(kept, format!("fijo 25/12 Navidad\n{bridge}"));
    let broken = [("version", "1"), ("holidays", "fijo 25/12 Navidad\r\nel lunes puente")];
    let answer = owner.post("/admin/settings", "/admin/settings", &typed(&broken));
    assert!(answer.status == 422 && answer.text.contains("No se entiende el renglón 2."), "{}", answer.text);
    assert!(answer.text.contains("el lunes puente"), "what was typed is kept in the form");
    let answer = server.api("PUT", "/api/v1/settings", &json!({ "holidays": "puente" }));
    assert_eq!((answer.status, &answer.json()["errors"][0]["field"]), (422, &json!("holidays")));
    assert_eq!(settings(&server)["holidays"], kept);
    let said = server.doctor();
    assert!(said.contains("\"holidays\""), "{said}");
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
    let over = [("cancellation.late_refund_percent", "50")];
    let answer = owner.post("/admin/settings", "/admin/settings/preview", &typed(&over));
    assert_eq!(answer.status, 200);
    assert!(answer.text.contains("le devolvés $ 15.000 y te quedan $ 15.000"), "{}", answer.text);
    assert_eq!(settings(&server)["texts"], json!({}));
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
    assert_eq!(settings(&server)["texts"], json!({}));
}

#[test]
fn the_preview_fills_in_what_stands_in_braces() {
    let server = TestServer::new();
    let owner = Browser::owner(&server);
    server.api("PUT", "/api/v1/settings", &json!({ "property_address": "Ruta 5, km 12" }));
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
