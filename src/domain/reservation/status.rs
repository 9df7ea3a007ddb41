//! The status of a reservation.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Held for a guest until a deadline, after which its nights count as free.
    PreReserved,
    Confirmed,
    CheckedIn,
    CheckedOut,
    Cancelled,
    Expired,
    NoShow,
}

impl Status {
    /// Stable name, as stored and as the API shows it.
    pub fn code(self) -> &'static str {
        self.into()
    }

    pub fn from_code(code: &str) -> Option<Status> {
        code.parse().ok()
    }

    /// Whether it holds its nights.
    pub fn holds_nights(self) -> bool {
        match self {
            Status::PreReserved | Status::Confirmed | Status::CheckedIn | Status::CheckedOut => true,
            Status::Cancelled | Status::Expired | Status::NoShow => false,
        }
    }
}
