//! The whole world as JSON, for tests and for the demo page.

use serde_json::{Value, json};

use super::world::{Scene, World};

impl World {
    /// Everything that can be inspected.
    pub fn snapshot(&self) -> Value {
        let now = self.clock.millis();
        let quiet = self.is_quiet();
        self.look(|scene| {
            let chats: Vec<Value> = scene.phones.guests.values().map(|guest| guest.chat(now)).collect();
            json!({
                "app_url": self.app_url(),
                "today": self.clock.today().to_string(),
                "quiet": quiet,
                "faults": scene.faults.to_json(),
                "chats": chats,
                "preferences": self.preferences(scene, now),
                "payments": self.payments(scene),
                "feeds": feeds(scene),
                "webhooks": scene.hooks.iter().map(|(id, hook)| hook.to_json(*id)).collect::<Value>(),
                "calls": scene.calls,
                "whatsapp": {
                    "test_number": scene.phones.behaviour.test_number,
                    "late_refusals": scene.phones.behaviour.late_refusals,
                    "unread": scene.phones.behaviour.unread,
                },
                "mercadopago": {
                    "silent": scene.ledger.behaviour.silent,
                    "found_after_ms": scene.ledger.behaviour.found_after_ms,
                },
            })
        })
    }

    fn preferences(&self, scene: &Scene, now: i64) -> Value {
        let preferences = scene.ledger.preferences.values();
        preferences
            .map(|preference| {
                let mut body = preference.body.clone();
                body["total_cents"] = json!(preference.total_cents);
                body["payable"] = json!(preference.payable(now).is_ok());
                body["idempotency_key"] = json!(preference.idempotency_key);
                body
            })
            .collect()
    }

    fn payments(&self, scene: &Scene) -> Value {
        let payments = scene.ledger.payments.values();
        payments
            .map(|payment| {
                let mut body = payment.to_json(self.config.collector_id);
                body["amount_cents"] = json!(payment.amount_cents);
                body["refunded_cents"] = json!(payment.refunded_cents());
                body["preference_id"] = json!(payment.preference_id);
                body
            })
            .collect()
    }
}

fn feeds(scene: &Scene) -> Value {
    let feeds = scene.feeds.iter();
    feeds
        .map(|(name, feed)| {
            let mut body = feed.to_json();
            body["name"] = json!(name);
            body
        })
        .collect()
}
