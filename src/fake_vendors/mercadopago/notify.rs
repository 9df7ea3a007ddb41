//! Both kinds of notification: webhooks, signed over `data.id`, and the legacy IPN, whose signature can't be
//! verified. One payment sends both unless the address says `source_news=webhooks`.

use serde_json::{Value, json};

use super::ledger::order_number;
use crate::fake_vendors::clock::mercado_pago_date;
use crate::fake_vendors::hook::Hook;
use crate::fake_vendors::sign::mercado_pago_signature;
use crate::fake_vendors::world::{Scene, World};

/// The address configured in the panel, used when a preference names none.
const PANEL_PATH: &str = "/webhooks/mercadopago?source_news=webhooks";

/// Notifies casero that a payment was created or changed.
pub(super) fn payment(world: &World, scene: &mut Scene, id: u64, action: &str) {
    if scene.ledger.behaviour.silent {
        return;
    }
    let Some(payment) = scene.ledger.payments.get(&id) else {
        return;
    };
    let order = order_number(&payment.preference_id);
    let preference = scene.ledger.preferences.get(&payment.preference_id);
    let url = preference.and_then(|preference| preference.body["notification_url"].as_str());
    let path = url.filter(|url| !url.is_empty()).map_or(PANEL_PATH, path_of).to_owned();
    let legacy_too = !path.contains("source_news=webhooks");
    if legacy_too && action == "payment.created" {
        let resource = format!("https://api.mercadolibre.com/merchant_orders/{order}");
        legacy(
            world,
            scene,
            id,
            &path,
            "merchant_order",
            &json!({"resource": resource, "topic": "merchant_order"}),
        );
    }
    webhook(world, scene, id, &path, "payment", action);
    if legacy_too {
        let body = json!({"resource": id.to_string(), "topic": "payment"});
        legacy(world, scene, id, &path, "payment", &body);
    }
}

pub(super) fn chargeback(world: &World, scene: &mut Scene, payment_id: u64) {
    if !scene.ledger.behaviour.silent {
        let action = "chargeback.created";
        webhook(world, scene, payment_id, PANEL_PATH, "topic_chargebacks_wh", action);
    }
}

fn webhook(world: &World, scene: &mut Scene, id: u64, path: &str, topic: &str, action: &str) {
    let number = scene.ids.number_in_order();
    let request_id = scene.ids.uuid();
    let now = world.clock.millis();
    let data_id = id.to_string();
    let ts = now.div_euclid(1000).to_string();
    let body = json!({
        "action": action,
        "api_version": "v1",
        "data": {"id": data_id},
        "date_created": mercado_pago_date(now),
        "id": number_or_text(number),
        "live_mode": true,
        "type": topic,
        "user_id": number_or_text(world.config.collector_id),
    });
    let signature =
        mercado_pago_signature(&world.config.mp_webhook_secret, Some(&data_id), Some(&request_id), &ts);
    let path = with_query(path, &format!("data.id={data_id}&type={topic}"));
    let hook = Hook::new("mercadopago", &subject(id), action, path, body.to_string())
        .with("User-Agent", "MercadoPago WebHook v1.0 payment".to_owned())
        .with("x-request-id", request_id)
        .with("x-signature", signature);
    world.post(scene, hook);
}

fn legacy(world: &World, scene: &mut Scene, id: u64, path: &str, topic: &str, body: &Value) {
    let request_id = scene.ids.uuid();
    let ts = world.clock.millis().div_euclid(1000).to_string();
    // Signed with a secret unknown to the seller.
    let signature = mercado_pago_signature("not the seller's", None, Some(&request_id), &ts);
    let named = match topic {
        "payment" => id.to_string(),
        _ => body["resource"].as_str().and_then(|url| url.rsplit('/').next()).unwrap_or_default().to_owned(),
    };
    let path = with_query(path, &format!("id={named}&topic={topic}"));
    let about = format!("ipn {topic}");
    let hook = Hook::new("mercadopago", &subject(id), &about, path, body.to_string())
        .with("User-Agent", "MercadoPago Feed v2.0 payment".to_owned())
        .with("x-request-id", request_id)
        .with("x-signature", signature);
    world.post(scene, hook);
}

fn subject(id: u64) -> String {
    format!("payment {id}")
}

/// Both forms occur in reality; the number decides which.
fn number_or_text(number: u64) -> Value {
    if number.is_multiple_of(2) { json!(number) } else { json!(number.to_string()) }
}

/// Path and query of an address. The host is ignored: casero is called at its known loopback address.
fn path_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.find('/').map_or("/", |slash| &after_scheme[slash..])
}

fn with_query(path: &str, query: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_their_path_and_query() {
        assert_eq!(path_of("https://casa.example/w/mp?a=1"), "/w/mp?a=1");
        assert_eq!(path_of("http://127.0.0.1:80"), "/");
        assert_eq!(with_query("/w?a=1", "b=2"), "/w?a=1&b=2");
        assert_eq!(with_query("/w", "b=2"), "/w?b=2");
    }
}
