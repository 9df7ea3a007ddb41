//! State of the payment provider: checkouts, and payments with a history.

use crate::domain::money::Money;
use crate::domain::paid_booking::PaidBooking;
use crate::domain::payment::PaymentSnapshot;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Prefix of links to pay.
pub(super) const PAY_URL: &str = "https://pay.example/";

/// A checkout at the provider.
#[derive(Debug, Clone)]
pub struct Offer {
    pub reference: String,
    pub title: String,
    pub amount: Money,
    pub expires_at: Timestamp,
    pub closed: bool,
    /// Comes back with each payment.
    pub booking: PaidBooking,
}

/// A payment: its present and its previous state.
#[derive(Debug, Clone)]
pub struct Paid {
    pub now: PaymentSnapshot,
    /// The checkout that was paid; `None`: the account's other business.
    pub offer: Option<String>,
    pub(super) before: Option<PaymentSnapshot>,
    pub changed_at: Timestamp,
    /// Refunds requested by the instance, by idempotency key.
    pub by_key: BTreeMap<String, i64>,
    pub was_approved: bool,
}

#[derive(Debug, Default)]
pub struct PaymentState {
    pub offers: BTreeMap<String, Offer>,
    pub payments: BTreeMap<String, Paid>,
}
