//! JSON shapes of Mercado Pago (mercadopago.com.ar/developers/es/reference). Ids come as numbers or texts,
//! amounts keep their digits, and everything that may be missing is optional.

use super::decimal::to_minor;
use super::id::id_text;
use super::metadata;
use crate::domain::message::cut;
use crate::domain::payment::{PaymentSnapshot, PaymentStatus};
use crate::ports::error::PortError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// Longest title; the provider refuses a longer one.
pub(super) const TITLE_CHARS_MAX: usize = 250;

/// Request of `POST /checkout/preferences`.
#[derive(Debug, Serialize)]
pub(super) struct NewPreference<'a> {
    pub items: [Item<'a>; 1],
    pub external_reference: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_urls: Option<BackUrls>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_return: Option<&'static str>,
    pub metadata: Value,
    pub expires: bool,
    pub expiration_date_to: String,
    pub binary_mode: bool,
    pub payment_methods: PaymentMethods,
}

#[derive(Debug, Serialize)]
pub(super) struct Item<'a> {
    pub id: &'a str,
    pub title: String,
    pub category_id: &'static str,
    pub quantity: u32,
    pub currency_id: &'a str,
    pub unit_price: Box<RawValue>,
}

#[derive(Debug, Serialize)]
pub(super) struct BackUrls {
    pub success: String,
    pub pending: String,
    pub failure: String,
}

#[derive(Debug, Serialize)]
pub(super) struct PaymentMethods {
    pub excluded_payment_types: [Id; 2],
    pub installments: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct Id {
    pub id: &'static str,
}

#[derive(Debug, Deserialize)]
pub(super) struct Preference {
    pub id: String,
    pub init_point: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Payment<'a> {
    pub id: Value,
    #[serde(default)]
    pub status: Option<String>,
    #[serde(default)]
    pub status_detail: Option<String>,
    #[serde(borrow, default)]
    pub transaction_amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub transaction_amount_refunded: Option<&'a RawValue>,
    #[serde(default)]
    pub currency_id: Option<String>,
    #[serde(default)]
    pub external_reference: Option<String>,
    #[serde(default)]
    pub collector_id: Option<Value>,
    #[serde(default)]
    pub collector: Option<Collector>,
    #[serde(default)]
    pub date_last_updated: Option<String>,
    #[serde(default)]
    pub payment_type_id: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub metadata: Value,
}

#[derive(Debug, Deserialize)]
pub(super) struct Collector {
    #[serde(default)]
    pub id: Option<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Search<'a> {
    #[serde(default)]
    pub paging: Paging,
    /// Parsed one by one, so that an unreadable one does not hide the others.
    #[serde(borrow)]
    pub results: Vec<&'a RawValue>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Paging {
    #[serde(default)]
    pub total: u64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    pub id: Value,
    #[serde(default)]
    pub status: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Me {
    pub id: Value,
    #[serde(default)]
    pub site_id: String,
}

/// A notification of either system.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Notification {
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub topic: Option<String>,
    #[serde(default)]
    pub data: Option<NotificationData>,
    #[serde(default)]
    pub resource: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct NotificationData {
    #[serde(default)]
    pub id: Option<Value>,
}

impl Payment<'_> {
    /// The payment as a snapshot; an error if the amount is unreadable.
    pub(super) fn snapshot(&self) -> Result<PaymentSnapshot, PortError> {
        let unreadable = || PortError::Permanent { code: "unreadable_payment".into(), detail: String::new() };
        let amount = self.transaction_amount.and_then(to_minor).ok_or_else(unreadable)?;
        let refunded = match self.transaction_amount_refunded.filter(|raw| raw.get() != "null") {
            Some(raw) => to_minor(raw).ok_or_else(unreadable)?,
            None => 0,
        };
        let collector = self.collector_id.as_ref().or(self.collector.as_ref().and_then(|c| c.id.as_ref()));
        Ok(PaymentSnapshot {
            provider_id: id_text(&self.id).ok_or_else(unreadable)?,
            status: PaymentStatus::from_code(self.status.as_deref().unwrap_or_default()),
            status_detail: self.status_detail.clone().unwrap_or_default(),
            amount_minor: amount,
            refunded_minor: refunded,
            currency: self.currency_id.clone().unwrap_or_default(),
            reference: self.external_reference.clone().filter(|reference| !reference.is_empty()),
            collector_id: collector.and_then(id_text),
            updated: self.date_last_updated.clone().unwrap_or_default(),
            method: self.payment_type_id.clone().unwrap_or_default(),
            description: cut(self.description.as_deref().unwrap_or_default(), TITLE_CHARS_MAX),
            booking: metadata::read(&self.metadata),
        })
    }
}
