//! Deposits, taken by Mercado Pago.

use super::error::PortError;
use crate::domain::money::Money;
use crate::domain::payment::{CheckoutOffer, PaymentSnapshot};
use jiff::SignedDuration;

/// Takes payments and refunds them.
pub trait Payments: Send + Sync {
    fn is_on(&self) -> bool;

    /// Reads a notification: its subject, and whether its signature is valid. Never fails: an unreadable one
    /// is [`PaymentHook::Other`].
    fn read_hook(&self, hook: &RawPaymentHook<'_>) -> (PaymentHook, Signature);

    /// Opens a checkout that can be paid until the offer's end. `key` makes a retry idempotent where the
    /// provider honours it.
    fn open_checkout(
        &self,
        offer: &CheckoutOffer,
        links: &CheckoutLinks,
        key: &str,
    ) -> Result<Checkout, PortError>;

    /// Ends a checkout: it can't be paid any more. Ending it again is no error.
    fn close_checkout(&self, provider_id: &str) -> Result<(), PortError>;

    /// Reads one payment. `Permanent` with code `http_404` when there is none.
    fn fetch(&self, payment_id: &str) -> Result<PaymentSnapshot, PortError>;

    /// Every payment with this reference of ours, newest first. The provider's index may lag by seconds.
    fn search(&self, reference: &str) -> Result<Vec<PaymentSnapshot>, PortError>;

    /// All payments changed between `from` and `to` before the provider's own now, or slightly more (all pages,
    /// bounded), newest first. Durations and not instants: our clock may be wrong, the provider's is not.
    fn search_changed(
        &self,
        from: SignedDuration,
        to: SignedDuration,
    ) -> Result<Vec<PaymentSnapshot>, PortError>;

    /// Cancels a payment that is not paid yet.
    fn cancel(&self, payment_id: &str) -> Result<(), PortError>;

    /// Refunds a payment. `key` is the idempotency key: store it before the call; a repeated call refunds
    /// once.
    fn refund(&self, payment_id: &str, amount: Money, key: &str) -> Result<Refund, PortError>;

    /// The account that the credentials belong to.
    fn account(&self) -> Result<Account, PortError>;
}

#[derive(Debug, Clone, Copy)]
pub struct RawPaymentHook<'a> {
    /// `data.id` of the query string.
    pub data_id: Option<&'a str>,
    /// `id` of the query string (legacy notifications).
    pub id: Option<&'a str>,
    /// `type` or `topic` of the query string.
    pub topic: Option<&'a str>,
    /// The `x-signature` header.
    pub signature: Option<&'a str>,
    /// The `x-request-id` header.
    pub request_id: Option<&'a str>,
    pub body: &'a [u8],
}

/// Subject of a notification. It is only a hint to read the payment itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentHook {
    Payment {
        id: String,
    },
    /// Chargeback: the card holder's bank takes money back.
    Chargeback {
        id: String,
    },
    /// A payer's claim or a fraud alert, which the owner resolves at the provider.
    Claim {
        id: String,
        topic: String,
    },
    /// Answered 200 and otherwise ignored; the reason says why.
    Other {
        /// The topic as received, shortened.
        topic: String,
    },
    Unreadable,
}

/// Result of checking a notification's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// The signature holds.
    Valid,
    /// A current notification with a missing or wrong signature.
    Invalid,
    /// A legacy notification, which can't be signed; harmless, since it only triggers reading the payment.
    Legacy,
    /// Missing or wrong, but accepted with a warning because the setting says so.
    Tolerated,
}

/// Addresses for the payer's return and for the provider's notifications.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckoutLinks {
    /// Base address at which the provider reaches us; `None` while there is no public address.
    pub public_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    pub provider_id: String,
    pub url: String,
}

/// A refund as the provider accepted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub provider_id: String,
    /// State of the refund.
    pub outcome: RefundOutcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundOutcome {
    Approved,
    InProcess,
    Rejected,
}

/// The account that the credentials belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The seller's id; every payment must name it as collector.
    pub collector_id: String,
    /// The provider's site (`MLA` for Argentina).
    pub site: String,
}
