//! The payment provider's own books: offers, and payments with a history.

use crate::domain::money::Money;
use crate::domain::payment::PaymentSnapshot;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Where links to pay begin.
pub(super) const PAY_URL: &str = "https://pay.example/";

/// An offer to pay, as the provider keeps it.
#[derive(Debug, Clone)]
pub struct Offer {
    pub reference: String,
    pub amount: Money,
    pub expires_at: Timestamp,
    pub closed: bool,
}

/// A payment: what it is now, and what it was.
#[derive(Debug, Clone)]
pub struct Paid {
    pub now: PaymentSnapshot,
    pub(super) before: Option<PaymentSnapshot>,
    pub changed_at: Timestamp,
    /// Given back because the instance asked for it, by key.
    pub by_key: BTreeMap<String, i64>,
    pub was_approved: bool,
}

#[derive(Debug, Default)]
pub struct PaymentState {
    pub offers: BTreeMap<String, Offer>,
    pub payments: BTreeMap<String, Paid>,
}
