//! The whole world as JSON, for tests and for the demo page.

use serde_json::{Value, json};

use super::world::{Scene, World};

/// Notifications and payment links shown beside the chat.
const SHOWN: usize = 12;

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

    /// State of the panel beside the chat: the latest of everything, newest first.
    pub(super) fn panel(&self) -> Value {
        let now = self.clock.millis();
        let mut panel = self.look(|scene| {
            let webhooks = scene.hooks.iter().rev().take(SHOWN);
            json!({
                "app_url": self.app_url(),
                "faults": scene.faults.to_json(),
                "preferences": self.preferences(scene, now),
                "payments": self.payments(scene),
                "feeds": feeds(scene),
                "webhooks": webhooks.map(|(id, hook)| hook.to_json(*id)).collect::<Value>(),
            })
        });
        if let Some(preferences) = panel["preferences"].as_array_mut() {
            preferences.sort_by_key(|one| std::cmp::Reverse(one["date_created"].to_string()));
            preferences.truncate(SHOWN);
        }
        panel
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
