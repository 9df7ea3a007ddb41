//! External providers that casero needs, and why one can't be used.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A provider with an account of ours.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Provider {
    Whatsapp,
    Mercadopago,
}

impl Provider {
    /// The code, as stored and in metrics.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Why a provider can't be used. All but the first need a person.
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
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OutageCause {
    /// It does not answer, or answers with errors of its own.
    Unreachable,
    /// The access token has expired or was revoked.
    Token,
    /// The access token lacks a permission.
    Permission,
    /// The account's bills are unpaid, or it has no means of payment.
    Billing,
    /// The account is blocked for its conduct or its country.
    Locked,
    /// The number is not registered, or its display name is not approved.
    Registration,
}

impl OutageCause {
    /// The code, as stored and in metrics.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
#[test]
fn each_word_has_a_code_of_its_own() {
    super::code::check_codes::<Provider>();
    super::code::check_codes::<OutageCause>();
}
