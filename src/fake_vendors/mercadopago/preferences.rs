//! Checkout preferences: created, changed, shown.

use serde_json::{Value, json};

use super::amount::{amount, cents};
use super::ledger::Preference;
use super::refused::{Answered, Refused};
use crate::fake_vendors::clock::{mercado_pago_date, parse_instant};
use crate::fake_vendors::world::World;

/// Longest reference that Mercado Pago keeps.
const REFERENCE_MAX: usize = 256;
/// Longest notification address.
const NOTIFICATION_URL_MAX: usize = 500;
/// Fields that a seller may set; others in a request are ignored.
const SETTABLE: [&str; 16] = [
    "additional_info",
    "auto_return",
    "back_urls",
    "binary_mode",
    "date_of_expiration",
    "expiration_date_from",
    "expiration_date_to",
    "expires",
    "external_reference",
    "items",
    "metadata",
    "notification_url",
    "payer",
    "payment_methods",
    "purpose",
    "statement_descriptor",
];

/// `POST /checkout/preferences`.
pub(super) fn create(world: &World, asked: &Value, key: Option<String>) -> Answered {
    let total_cents = check(asked)?;
    let collector = world.config.collector_id;
    let now = world.clock.millis();
    let body = world.change(|scene| {
        let id = format!("{collector}-{}", scene.ids.uuid());
        let pay_page = format!("{}/pay/{id}", world.base_url());
        let mut body = json!({
            "id": id,
            "collector_id": collector,
            "client_id": "4600000000000001",
            "date_created": mercado_pago_date(now),
            "last_updated": null,
            "operation_type": "regular_payment",
            "site_id": "MLA",
            "init_point": pay_page,
            "sandbox_init_point": format!("{pay_page}?sandbox=1"),
            "additional_info": "",
            "auto_return": "",
            "back_urls": {"success": "", "pending": "", "failure": ""},
            "binary_mode": false,
            "date_of_expiration": null,
            "expiration_date_from": null,
            "expiration_date_to": null,
            "expires": false,
            "external_reference": "",
            "items": [],
            "metadata": {},
            "notification_url": null,
            "payer": {"name": "", "surname": "", "email": ""},
            "payment_methods": {"excluded_payment_methods": [], "excluded_payment_types": []},
            "total_amount": null,
        });
        set(&mut body, asked);
        let preference = Preference { id: id.clone(), body: body.clone(), total_cents, idempotency_key: key };
        scene.ledger.preferences.insert(id, preference);
        body
    });
    Ok((201, body))
}

/// `PUT /checkout/preferences/{id}`.
pub(super) fn update(world: &World, id: &str, asked: &Value) -> Answered {
    let now = world.clock.millis();
    world.change(|scene| {
        let preference = scene.ledger.preferences.get_mut(id).ok_or_else(unknown)?;
        let mut changed = preference.body.clone();
        set(&mut changed, asked);
        preference.total_cents = check(&changed)?;
        changed["last_updated"] = json!(mercado_pago_date(now));
        preference.body = changed.clone();
        Ok((200, changed))
    })
}

/// `GET /checkout/preferences/{id}`.
pub(super) fn show(world: &World, id: &str) -> Answered {
    world.look(|scene| {
        let preference = scene.ledger.preferences.get(id).ok_or_else(unknown)?;
        Ok((200, preference.body.clone()))
    })
}

fn unknown() -> Refused {
    Refused::new(404, "not_found", "preference not found")
}

fn set(body: &mut Value, asked: &Value) {
    for name in SETTABLE {
        if let Some(value) = asked.get(name) {
            body[name] = value.clone();
        }
    }
    body["metadata"] = snake_cased(&body["metadata"]);
    if let Some(items) = body["items"].as_array_mut() {
        for item in items {
            if let Some(price) = cents(&item["unit_price"]) {
                item["unit_price"] = amount(price);
            }
        }
    }
}

/// Validates like Mercado Pago; returns the total in cents.
fn check(asked: &Value) -> Result<i64, Refused> {
    let invalid = |what: &str| Refused::new(400, "invalid_items", what);
    let items = asked["items"].as_array().filter(|items| !items.is_empty());
    let mut total: i64 = 0;
    for item in items.ok_or_else(|| invalid("items needed"))? {
        if item["title"].as_str().is_none_or(str::is_empty) {
            return Err(invalid("title needed"));
        }
        if !item["currency_id"].is_null() && item["currency_id"] != "ARS" {
            return Err(invalid("currency_id invalid"));
        }
        let quantity = item["quantity"].as_i64().filter(|n| *n > 0);
        let quantity = quantity.ok_or_else(|| invalid("quantity invalid"))?;
        let price = cents(&item["unit_price"]).filter(|price| *price > 0);
        let price = price.ok_or_else(|| invalid("unit_price invalid"))?;
        total = price
            .checked_mul(quantity)
            .and_then(|line| total.checked_add(line))
            .ok_or_else(|| invalid("unit_price invalid"))?;
    }
    check_texts(asked)?;
    Ok(total)
}

fn check_texts(asked: &Value) -> Result<(), Refused> {
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    if text("external_reference").chars().count() > REFERENCE_MAX {
        return Err(Refused::bad("external_reference must not be longer than 256"));
    }
    let notification_url = text("notification_url");
    let is_web = notification_url.starts_with("http://") || notification_url.starts_with("https://");
    if !notification_url.is_empty() && (!is_web || notification_url.len() > NOTIFICATION_URL_MAX) {
        return Err(Refused::new(
            400,
            "invalid_notification_url",
            "notificaction_url attribute must be url valid",
        ));
    }
    let success = asked["back_urls"]["success"].as_str().unwrap_or_default();
    if !text("auto_return").is_empty() && !success.starts_with("https://") {
        return Err(Refused::new(
            400,
            "invalid_auto_return",
            "auto_return invalid. back_url.success must be defined",
        ));
    }
    for name in ["expiration_date_from", "expiration_date_to", "date_of_expiration"] {
        let date = text(name);
        if !date.is_empty() && (parse_instant(&date).is_none() || !has_milliseconds(&date)) {
            return Err(Refused::bad(format!("{name} must be in format yyyy-MM-dd'T'HH:mm:ss.SSSZ")));
        }
    }
    Ok(())
}

fn has_milliseconds(date: &str) -> bool {
    date.as_bytes().get(19) == Some(&b'.')
        && date.as_bytes().get(20..23).is_some_and(|ms| ms.iter().all(u8::is_ascii_digit))
}

/// Metadata keys are returned in snake case.
fn snake_cased(metadata: &Value) -> Value {
    let Some(entries) = metadata.as_object() else {
        return json!({});
    };
    entries
        .iter()
        .map(|(key, value)| {
            let mut snake = String::new();
            for letter in key.chars() {
                if letter.is_ascii_uppercase() && !snake.is_empty() {
                    snake.push('_');
                }
                snake.push(letter.to_ascii_lowercase());
            }
            (snake, value.clone())
        })
        .collect()
}
