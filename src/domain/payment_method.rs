//! The ways to pay.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    Mercadopago,
    Transfer,
    Cash,
}

impl PaymentMethod {
    /// The code, as stored and in the API.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whether a person recorded the money, not a provider.
    pub fn is_by_hand(self) -> bool {
        match self {
            PaymentMethod::Mercadopago => false,
            PaymentMethod::Transfer | PaymentMethod::Cash => true,
        }
    }
}
