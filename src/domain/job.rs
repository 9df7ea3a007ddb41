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
    SendRefund,
    /// Tells who waits for nights of a cabin that came free.
    TellWaiting,
    /// Fetches the picture or document of an inbound message.
    FetchMedia,
    /// Removes a file of the media folder; the subject is its name.
    RemoveMedia,
}

impl JobKind {
    /// The provider without which this work can't be done.
    pub fn provider(self) -> Option<Provider> {
        match self {
            JobKind::OpenCheckout
            | JobKind::CloseCheckout
            | JobKind::SendLink
            | JobKind::ReconcilePayment
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
