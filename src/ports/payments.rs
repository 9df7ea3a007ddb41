//! Deposits, taken by Mercado Pago.

use super::error::PortError;
use crate::domain::money::Money;
use crate::domain::payment::{CheckoutOffer, PaymentSnapshot};
use jiff::SignedDuration;

/// Takes money for us and gives it back.
pub trait Payments: Send + Sync {
    fn is_on(&self) -> bool;

    /// Reads a notification: what it is about and whether its signature holds. Never fails: what can't be
    /// read is [`PaymentHook::Other`].
    fn read_hook(&self, hook: &RawPaymentHook<'_>) -> (PaymentHook, Signature);

    /// Opens a checkout that can be paid until the offer's end. `key` makes a repeated call harmless where
    /// the provider honours it.
    fn open_checkout(
        &self,
        offer: &CheckoutOffer,
        links: &CheckoutLinks,
        key: &str,
    ) -> Result<Checkout, PortError>;

    /// Ends a checkout: it can't be paid any more. Ending one twice is no error.
    fn close_checkout(&self, provider_id: &str) -> Result<(), PortError>;

    /// Reads one payment. `Permanent` with code `http_404` when there is none.
    fn fetch(&self, payment_id: &str) -> Result<PaymentSnapshot, PortError>;

    /// Every payment with this reference of ours, newest first. The provider's index may lag by seconds.
    fn search(&self, reference: &str) -> Result<Vec<PaymentSnapshot>, PortError>;

    /// Every payment that changed within this time before the provider's own now, or somewhat longer (all pages,
    /// bounded), newest first. A time and not an instant: our clock may be wrong, the provider's is not.
    fn search_lately(&self, back: SignedDuration) -> Result<Vec<PaymentSnapshot>, PortError>;

    /// Annuls a payment that is not paid yet.
    fn cancel(&self, payment_id: &str) -> Result<(), PortError>;

    /// Gives money back. `key` must be stored before the call; a repeated call with it gives back once.
    fn refund(&self, payment_id: &str, amount: Money, key: &str) -> Result<Refund, PortError>;

    /// Whose account the credentials open.
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

/// What a notification is about. It is only ever a hint to read the thing itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentHook {
    Payment {
        id: String,
    },
    /// A card holder's bank takes money back.
    Chargeback {
        id: String,
    },
    /// A claim of a payer, or an alert of fraud: something that the owner decides at the provider.
    Claim {
        id: String,
        topic: String,
    },
    /// Something we answer 200 to and need not act on; the word says what.
    Other {
        /// The topic as received, shortened.
        topic: String,
    },
    Unreadable,
}

/// Whether a notification comes from who it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// The signature holds.
    Valid,
    /// A current notification whose signature is missing or wrong.
    Invalid,
    /// A legacy notification, which can't be signed; harmless, since it only makes us read the payment.
    Legacy,
    /// The signature is missing or wrong, and the setting says to go on with a warning.
    Tolerated,
}

/// Where the payer goes afterwards and where the provider notifies us.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckoutLinks {
    /// Base address at which the provider reaches us; `None` when casero has no public address yet.
    pub public_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    pub provider_id: String,
    pub url: String,
}

/// A refund as the provider took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub provider_id: String,
    /// Whether the money is on its way back.
    pub outcome: RefundOutcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundOutcome {
    Approved,
    InProcess,
    Rejected,
}

/// The account behind the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The seller's id, which every payment must name as collector.
    pub collector_id: String,
    /// The provider's site (`MLA` for Argentina).
    pub site: String,
}
