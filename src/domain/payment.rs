//! Payments: the provider's snapshot, our verdict on it, and the balance that follows.

use super::money::{Currency, Money};
use super::paid_booking::PaidBooking;
pub use super::payment_method::PaymentMethod;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A payment's state as Mercado Pago names it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Pending,
    /// Under review, up to two business days.
    InProcess,
    /// Reserved on a card, not captured.
    Authorized,
    Approved,
    /// In dispute; the money is frozen.
    InMediation,
    /// Refused; the payer may try again.
    Rejected,
    /// Annulled before it was paid.
    Cancelled,
    Refunded,
    /// Taken back by the card's bank.
    ChargedBack,
    /// A state we do not know.
    Unknown,
}

impl PaymentStatus {
    /// Stable code, equal to the provider's.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Parses a provider's code; a new one is [`PaymentStatus::Unknown`].
    pub fn from_code(code: &str) -> PaymentStatus {
        code.parse().unwrap_or(PaymentStatus::Unknown)
    }

    /// Whether it may still be paid without another try of the payer.
    pub fn is_open(self) -> bool {
        match self {
            PaymentStatus::Pending | PaymentStatus::InProcess | PaymentStatus::Authorized => true,
            PaymentStatus::Approved
            | PaymentStatus::InMediation
            | PaymentStatus::Rejected
            | PaymentStatus::Cancelled
            | PaymentStatus::Refunded
            | PaymentStatus::ChargedBack
            | PaymentStatus::Unknown => false,
        }
    }
}

/// A payment as the provider returned it when we read it: the only truth about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentSnapshot {
    pub provider_id: String,
    pub status: PaymentStatus,
    /// The provider's detail code, for people.
    pub status_detail: String,
    pub amount_minor: i64,
    /// Amount refunded so far.
    pub refunded_minor: i64,
    /// ISO 4217 code as received; the ledger may not have it.
    pub currency: String,
    /// Our reference, as we set it on the checkout.
    pub reference: Option<String>,
    pub collector_id: Option<String>,
    /// The provider's time of the last change, as written.
    pub updated: String,
    /// The payment method, in the provider's code.
    pub method: String,
    /// The title that the payer read: our title of the checkout.
    #[serde(default)]
    pub description: String,
    /// The booking that the checkout named.
    #[serde(default)]
    pub booking: Option<PaidBooking>,
}

/// The provider's detail of a dispute decided in our favour.
pub const REIMBURSED: &str = "reimbursed";

impl PaymentSnapshot {
    /// The payment's present worth, in minor units: approved less refunded. A dispute reimbursed to us is worth
    /// the whole payment.
    pub fn worth_minor(&self) -> i64 {
        let left = (self.amount_minor - self.refunded_minor).max(0);
        match self.status {
            PaymentStatus::Approved => left,
            PaymentStatus::ChargedBack if self.status_detail == REIMBURSED => self.amount_minor,
            PaymentStatus::Pending
            | PaymentStatus::InProcess
            | PaymentStatus::Authorized
            | PaymentStatus::InMediation
            | PaymentStatus::Rejected
            | PaymentStatus::Cancelled
            | PaymentStatus::Refunded
            | PaymentStatus::ChargedBack
            | PaymentStatus::Unknown => 0,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    pub reference: String,
    pub amount: Money,
    /// The account to be paid, when ours is known.
    pub collector_id: Option<String>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The payment of the checkout.
    Matches,
    /// Less or more than asked: it counts at its amount, and a person looks.
    OtherAmount,
    /// In another currency than asked: it never counts.
    OtherCurrency,
    /// Paid to another account: it never counts.
    OtherCollector,
    /// For no checkout of ours: it never counts.
    UnknownReference,
}

impl Verdict {
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whether the payment's worth enters the reservation's ledger.
    pub fn counts(self) -> bool {
        matches!(self, Verdict::Matches | Verdict::OtherAmount)
    }
}

/// Judges a snapshot against what was asked; `None` means that no checkout of ours has this reference.
pub fn judge(snapshot: &PaymentSnapshot, expected: Option<&Expectation>) -> Verdict {
    let Some(expected) = expected.filter(|e| snapshot.reference.as_deref() == Some(&e.reference)) else {
        return Verdict::UnknownReference;
    };
    let other_collector = match (&expected.collector_id, &snapshot.collector_id) {
        (Some(ours), Some(theirs)) => ours != theirs,
        (Some(_), None) => true,
        (None, _) => false,
    };
    if other_collector {
        Verdict::OtherCollector
    } else if Currency::from_code(&snapshot.currency) != Some(expected.amount.currency) {
        Verdict::OtherCurrency
    } else if snapshot.amount_minor != expected.amount.minor {
        Verdict::OtherAmount
    } else {
        Verdict::Matches
    }
}

/// The payment state of a reservation. Derived from the ledger, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    Unpaid,
    /// More than zero, less than the deposit.
    Partial,
    /// At least the deposit, less than the total.
    DepositPaid,
    Settled,
    Overpaid,
}

impl Balance {
    /// The balance of `paid` against a deposit and a total, all minor units of one currency.
    pub fn of(paid_minor: i64, deposit: Money, total: Money) -> Balance {
        if paid_minor <= 0 {
            if total.minor == 0 { Balance::Settled } else { Balance::Unpaid }
        } else if paid_minor > total.minor {
            Balance::Overpaid
        } else if paid_minor == total.minor {
            Balance::Settled
        } else if paid_minor >= deposit.minor {
            Balance::DepositPaid
        } else {
            Balance::Partial
        }
    }

    pub fn deposit_is_in(self) -> bool {
        match self {
            Balance::DepositPaid | Balance::Settled | Balance::Overpaid => true,
            Balance::Unpaid | Balance::Partial => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutOffer {
    /// Our reference: at most 64 of `[A-Za-z0-9_-]`.
    pub reference: String,
    pub title: String,
    pub amount: Money,
    /// Until when it may be paid.
    pub expires_at: Timestamp,
    /// What it is for, to come back with each payment.
    pub booking: PaidBooking,
}

#[cfg(test)]
#[path = "payment_tests.rs"]
mod tests;
