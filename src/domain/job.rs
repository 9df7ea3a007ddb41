//! Kinds of jobs that call the outside.

use super::provider::Provider;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The task of a job; the job's subject says about what.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum JobKind {
    /// Reads the calendars of a cabin and then decides about a reservation with a paid deposit.
    ConfirmPaid,
    OpenCheckout,
    CloseCheckout,
    /// Sends a guest the payment links of the reservation and of those held with it.
    SendLink,
    /// Reads a payment at the provider; the subject is the provider's id.
    ReconcilePayment,
    /// Reads a payment named in an unsigned notification; the subject is the provider's id.
    ReadPaymentHint,
    SendRefund,
    /// Notifies the waiting list of nights of a cabin that came free.
    TellWaiting,
    /// Fetches the picture or document of an inbound message.
    FetchMedia,
    /// Removes a file of the media folder; the subject is its name.
    RemoveMedia,
    SendMail,
    SendPush,
}

/// The queue of a kind. Each queue has workers of its own, so that a hundred pictures delay no payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Money, and work that a guest waits for.
    Foreground,
    /// Files, and unsigned hints.
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
            | JobKind::SendMail
            | JobKind::SendPush
            | JobKind::TellWaiting => Queue::Foreground,
            JobKind::ReadPaymentHint | JobKind::FetchMedia | JobKind::RemoveMedia => Queue::Background,
        }
    }

    /// The provider that this work needs.
    pub fn provider(self) -> Option<Provider> {
        match self {
            JobKind::OpenCheckout
            | JobKind::CloseCheckout
            | JobKind::SendLink
            | JobKind::ReconcilePayment
            | JobKind::ReadPaymentHint
            | JobKind::SendRefund => Some(Provider::Mercadopago),
            JobKind::FetchMedia => Some(Provider::Whatsapp),
            JobKind::ConfirmPaid
            | JobKind::TellWaiting
            | JobKind::RemoveMedia
            | JobKind::SendMail
            | JobKind::SendPush => None,
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
