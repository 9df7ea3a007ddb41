//! Every limit of a message: accepted at it, refused one past it.

use serde_json::json;

use super::super::account::Account;
use super::*;

fn code(message: Value) -> i64 {
    let checked = check(&message, |id| id == "known");
    checked.map_or_else(|refused| refused.code, |_| 0)
}

fn sent(kind: &str, content: Value) -> Value {
    let mut message = json!({"messaging_product": "whatsapp", "to": "5493515550111", "type": kind});
    message[kind] = content;
    message
}

fn letters(count: usize) -> String {
    "ñ".repeat(count)
}

#[test]
fn a_text_holds_from_1_to_4096_characters() {
    let text = |body: String| code(sent("text", json!({"body": body})));
    assert_eq!(text(letters(4096)), 0);
    assert_eq!(text(letters(4097)), 131_009);
    assert_eq!(text(" ".to_owned()), 131_008);
}

fn with_buttons(buttons: &[(&str, String)]) -> i64 {
    let buttons: Vec<Value> = buttons
        .iter()
        .map(|(id, title)| json!({"type": "reply", "reply": {"id": id, "title": title}}))
        .collect();
    code(sent(
        "interactive",
        json!({"type": "button", "body": {"text": "¿Sí?"}, "action": {"buttons": buttons}}),
    ))
}

#[test]
fn a_message_has_at_most_three_buttons_with_short_and_different_titles() {
    let titled = |title: &str| title.to_owned();
    let three = [("a", titled("Sí")), ("b", titled("No")), ("c", titled("Ver"))];
    assert_eq!(with_buttons(&three), 0);
    assert_eq!(with_buttons(&[]), 131_009);
    let four = [three.as_slice(), &[("d", titled("Más"))]].concat();
    assert_eq!(with_buttons(&four), 131_009);
    assert_eq!(with_buttons(&[("a", letters(20))]), 0);
    assert_eq!(with_buttons(&[("a", letters(21))]), 131_009);
    assert_eq!(with_buttons(&[("a", titled("Sí")), ("a", titled("No"))]), 131_009);
    assert_eq!(with_buttons(&[("a", titled("Sí")), ("b", titled("Sí"))]), 131_009);
    assert_eq!(with_buttons(&[("a", String::new())]), 131_008);
}

fn with_rows(sections: &[usize]) -> i64 {
    let mut next = 0;
    let sections: Vec<Value> = sections
        .iter()
        .map(|count| {
            let rows: Vec<Value> = (0..*count)
                .map(|_| {
                    next += 1;
                    json!({"id": format!("row {next}"), "title": "Cabaña", "description": letters(72)})
                })
                .collect();
            json!({"title": "Libres", "rows": rows})
        })
        .collect();
    code(sent(
        "interactive",
        json!({"type": "list", "body": {"text": "Mirá"}, "action": {"button": "Ver", "sections": sections}}),
    ))
}

#[test]
fn a_list_has_at_most_ten_rows_in_all_its_sections() {
    assert_eq!(with_rows(&[10]), 0);
    assert_eq!(with_rows(&[5, 5]), 0);
    assert_eq!(with_rows(&[5, 6]), 131_009);
    assert_eq!(with_rows(&[]), 131_009);
    assert_eq!(with_rows(&[0]), 131_008);
}

#[test]
fn a_link_button_needs_a_web_address() {
    let link = |url: &str| {
        code(sent(
            "interactive",
            json!({"type": "cta_url", "body": {"text": "Pagá acá"}, "action": {
                "name": "cta_url", "parameters": {"display_text": "Pagar la seña", "url": url}}}),
        ))
    };
    assert_eq!(link("https://pago.example/1"), 0);
    assert_eq!(link("pago.example/1"), 131_009);
}

#[test]
fn a_template_has_a_name_a_language_and_plain_parameters() {
    let template = |text: &str| {
        code(sent(
            "template",
            json!({"name": "seña", "language": {"code": "es_AR"}, "components": [
                {"type": "body", "parameters": [{"type": "text", "text": text}]}]}),
        ))
    };
    assert_eq!(template("El Molle"), 0);
    assert_eq!(template("dos\nrenglones"), 132_012);
    assert_eq!(code(sent("template", json!({"name": "x"}))), 131_008);
}

#[test]
fn a_file_is_known_or_has_a_link() {
    assert_eq!(code(sent("image", json!({"id": "known"}))), 0);
    assert_eq!(code(sent("image", json!({"id": "unknown"}))), 131_053);
    assert_eq!(code(sent("image", json!({"link": "https://a.example/b.jpg"}))), 0);
    assert_eq!(code(sent("image", json!({}))), 131_008);
}

#[test]
fn what_has_no_shape_is_refused() {
    assert_eq!(code(json!({"to": "1", "type": "text"})), 100);
    assert_eq!(code(json!({"messaging_product": "whatsapp", "type": "text"})), 131_008);
    assert_eq!(code(sent("poll", json!({}))), 131_051);
}

#[test]
fn only_approved_templates_with_the_right_number_of_parameters_pass() {
    let established = Account::established(&[("aviso".to_owned(), "es_AR".to_owned(), 1)]);
    let mut templates = established.templates;
    let language = json!({"code": "es_AR"});
    let one = json!({"name": "aviso", "language": language, "components": [{"type": "body", "parameters": [{"text": "x"}]}]});
    assert_eq!(approved(&one, &templates), Ok(()));
    let none = json!({"name": "aviso", "language": language});
    assert_eq!(approved(&none, &templates).expect_err("a refusal").code, 132_000);
    let other = json!({"name": "aviso", "language": {"code": "pt_BR"}});
    assert_eq!(approved(&other, &templates).expect_err("a refusal").code, 132_001);
    templates[0].status = "PAUSED".to_owned();
    assert_eq!(approved(&one, &templates).expect_err("a refusal").code, 132_015);
}
