//! Preferences, payments and refunds of the simulated Mercado Pago.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::amount::amount;
use crate::fake_vendors::clock::{mercado_pago_date, parse_instant};

#[derive(Debug, Default)]
pub struct Ledger {
    pub preferences: BTreeMap<String, Preference>,
    pub payments: BTreeMap<u64, Payment>,
    /// Refund answers by payment and idempotency key, with the amount asked for.
    pub(super) refund_keys: BTreeMap<(u64, String), (Option<i64>, Value)>,
    /// Behaviour of the service.
    pub behaviour: Behaviour,
}

/// Behaviour of the service.
#[derive(Debug, Clone, Default)]
pub struct Behaviour {
    /// How long after its creation a payment is not found, as with the real one.
    pub found_after_ms: i64,
    /// No notifications: only polling finds a payment.
    pub silent: bool,
    /// Status of every answer.
    pub refuses: Option<i64>,
    /// How many next checkouts fail.
    pub refuses_checkouts: u64,
}

#[derive(Debug, Clone)]
pub struct Preference {
    /// `collector-uuid`.
    pub id: String,
    /// The body of a GET.
    pub body: Value,
    pub total_cents: i64,
    /// The `X-Idempotency-Key` it was created with.
    pub idempotency_key: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Payment {
    /// Its number, larger than 32 bits.
    pub id: u64,
    pub preference_id: String,
    /// `approved`, `pending`…
    pub status: &'static str,
    /// `accredited`, `pending_waiting_payment`…
    pub status_detail: &'static str,
    /// Integer cents.
    pub amount_cents: i64,
    /// `ARS`, except in the fault of a wrong currency.
    pub currency: String,
    pub external_reference: Value,
    /// The title of what was paid.
    pub description: String,
    pub metadata: Value,
    /// `visa`, `rapipago`…
    pub method: &'static str,
    /// `credit_card`, `ticket`…
    pub method_type: &'static str,
    /// Milliseconds since 1970.
    pub created_at: i64,
    pub approved_at: Option<i64>,
    pub updated_at: i64,
    pub refunds: Vec<Refund>,
}

#[derive(Debug, Clone)]
pub struct Refund {
    pub id: u64,
    /// Integer cents.
    pub amount_cents: i64,
    /// Time in milliseconds since 1970.
    pub created_at: i64,
}

impl Preference {
    /// Whether it can be paid now; the error is shown to the payer.
    pub fn payable(&self, now: i64) -> Result<(), &'static str> {
        if self.body["expires"] != true {
            return Ok(());
        }
        let limit = |name: &str| self.body[name].as_str().and_then(parse_instant);
        if limit("expiration_date_to").is_some_and(|until| now >= until) {
            return Err("Este link de pago venció.");
        }
        if limit("expiration_date_from").is_some_and(|from| now < from) {
            return Err("Este link de pago todavía no está activo.");
        }
        Ok(())
    }

    /// Whether a payment may stay undecided.
    pub fn is_binary(&self) -> bool {
        self.body["binary_mode"] == true
    }

    /// Whether a kind of payment is excluded.
    pub fn excludes(&self, method_type: &str) -> bool {
        self.body["payment_methods"]["excluded_payment_types"]
            .as_array()
            .is_some_and(|types| types.iter().any(|kind| kind["id"] == method_type))
    }
}

impl Payment {
    /// Cents refunded so far.
    pub fn refunded_cents(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount_cents).sum()
    }

    pub fn set(&mut self, status: &'static str, detail: &'static str, now: i64) {
        (self.status, self.status_detail) = (status, detail);
        self.updated_at = self.updated_at.max(now);
        if status == "approved" {
            self.approved_at.get_or_insert(now);
        }
    }

    /// Answer of `GET /v1/payments/{id}`.
    pub fn to_json(&self, collector_id: u64) -> Value {
        let refunds: Vec<Value> =
            self.refunds.iter().map(|refund| refund.to_json(self.id, collector_id)).collect();
        let date = |at: Option<i64>| at.map(mercado_pago_date);
        let received = if self.approved_at.is_some() { self.amount_cents } else { 0 };
        json!({
            "id": self.id,
            "date_created": mercado_pago_date(self.created_at),
            "date_approved": date(self.approved_at),
            "date_last_updated": mercado_pago_date(self.updated_at),
            "date_of_expiration": null,
            "money_release_date": null,
            "operation_type": "regular_payment",
            "issuer_id": "310",
            "payment_method_id": self.method,
            "payment_type_id": self.method_type,
            "status": self.status,
            "status_detail": self.status_detail,
            "currency_id": self.currency,
            "description": self.description,
            "live_mode": true,
            "collector_id": collector_id,
            "authorization_code": null,
            "payer": {
                "type": null,
                "id": "1740000021",
                "email": "huesped@example.com",
                "identification": {"type": "DNI", "number": "11111111"},
                "first_name": null,
                "last_name": null,
            },
            "metadata": self.metadata,
            "additional_info": {},
            "order": {"type": "mercadopago", "id": order_number(&self.preference_id).to_string()},
            "external_reference": self.external_reference,
            "transaction_amount": amount(self.amount_cents),
            "transaction_amount_refunded": amount(self.refunded_cents()),
            "coupon_amount": 0,
            "transaction_details": {
                "net_received_amount": amount(received),
                "total_paid_amount": amount(self.amount_cents),
                "overpaid_amount": 0,
                "installment_amount": amount(self.amount_cents),
                "external_resource_url": null,
            },
            "fee_details": [],
            "captured": true,
            "binary_mode": false,
            "installments": 1,
            "refunds": refunds,
        })
    }
}

impl Refund {
    pub fn to_json(&self, payment_id: u64, collector_id: u64) -> Value {
        json!({
            "id": self.id,
            "payment_id": payment_id,
            "amount": amount(self.amount_cents),
            "metadata": {},
            "source": {"id": collector_id.to_string(), "name": "Simulado", "type": "collector"},
            "date_created": mercado_pago_date(self.created_at),
            "unique_sequence_number": null,
            "refund_mode": "standard",
            "adjustment_amount": 0,
            "status": "approved",
            "reason": null,
        })
    }
}

/// The merchant order of a preference: one each, its number derived from the id.
pub(super) fn order_number(preference_id: &str) -> u64 {
    let sum = preference_id.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(131).wrapping_add(byte.into()));
    36_000_000_000 + sum % 1_000_000_000
}
