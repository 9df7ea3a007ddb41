//! Kinds of queued work that calls the outside.

use super::provider::Provider;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What is to be done; the subject of a job says about what.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum JobKind {
    /// Reads the calendars of a cabin and then decides about a reservation whose deposit is in.
    ConfirmPaid,
    OpenCheckout,
    CloseCheckout,
    /// Tells a guest the links to pay of the reservation and of those held with it.
    SendLink,
    /// Reads a payment at the provider; the subject is the provider's id.
    ReconcilePayment,
    /// Reads a payment that somebody named without a signature; the subject is the provider's id.
    ReadPaymentHint,
    SendRefund,
    /// Tells who waits for nights of a cabin that came free.
    TellWaiting,
    /// Fetches the picture or document of an inbound message.
    FetchMedia,
    /// Removes a file of the media folder; the subject is its name.
    RemoveMedia,
}

/// Who works a kind of work off: each queue has hands of its own, so that a hundred pictures hold up no payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Money, and what a guest waits for.
    Foreground,
    /// Files, and what somebody without a signature asks us to look at.
    Background,
}

impl JobKind {
    pub fn queue(self) -> Queue {
        match self {
            JobKind::ConfirmPaid
            | JobKind::OpenCheckout
            | JobKind::CloseCheckout
            | JobKind::SendLink
            | JobKind::ReconcilePayment
            | JobKind::SendRefund
            | JobKind::TellWaiting => Queue::Foreground,
            JobKind::ReadPaymentHint | JobKind::FetchMedia | JobKind::RemoveMedia => Queue::Background,
        }
    }

    /// The provider without which this work can't be done.
    pub fn provider(self) -> Option<Provider> {
        match self {
            JobKind::OpenCheckout
            | JobKind::CloseCheckout
            | JobKind::SendLink
            | JobKind::ReconcilePayment
            | JobKind::ReadPaymentHint
            | JobKind::SendRefund => Some(Provider::Mercadopago),
            JobKind::FetchMedia => Some(Provider::Whatsapp),
            JobKind::ConfirmPaid | JobKind::TellWaiting | JobKind::RemoveMedia => None,
        }
    }

    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
#[test]
fn each_kind_has_a_code_of_its_own() {
    super::code::check_codes::<JobKind>();
}
