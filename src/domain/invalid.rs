//! Errors of fields, with the data of their sentence. The API says it in English, the owner's page in Spanish;
//! each from the same value.

use super::money::Currency;
use std::fmt;
use strum::IntoStaticStr;

/// A field of a form or a request, by its name in the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    Name,
    Capacity,
    BasePriceCents,
    PriceCents,
    MinNights,
    Description,
    Policies,
    Location,
    Amenities,
    Photos,
    Reason,
    From,
    To,
    Text,
    Title,
    Body,
    /// The list of canned replies.
    Canned,
    Once,
    Notes,
    Email,
    Currency,
    Resolution,
}

impl Field {
    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    People,
    Nights,
    Characters,
    Lines,
    Seasons,
    /// Minor units.
    Money(Currency),
}

/// The error, and what would be valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    Empty,
    /// A day that must come after another.
    NotAfter(Field),
    /// Both bounds are valid.
    Between {
        low: u64,
        high: u64,
        unit: Unit,
    },
    AtMost {
        high: u64,
        unit: Unit,
    },
    NoEmail,
    /// The property's prices are in this currency.
    OtherCurrency(Currency),
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Invalid::Empty => f.write_str("must not be empty"),
            Invalid::NotAfter(field) => write!(f, "must be after {}", field.code()),
            Invalid::Between { low, high, .. } => write!(f, "must be {low} to {high}"),
            Invalid::AtMost { high, unit: Unit::Characters } => {
                write!(f, "must be at most {high} characters")
            }
            Invalid::AtMost { high, unit: Unit::Seasons } => write!(f, "a cabin has at most {high} seasons"),
            Invalid::AtMost { high, .. } => write!(f, "must be at most {high}"),
            Invalid::NoEmail => f.write_str("must be an address"),
            Invalid::OtherCurrency(currency) => {
                write!(f, "this house keeps its prices in {}", currency.code())
            }
        }
    }
}

/// Checks a text's length, in characters.
pub fn check_chars(text: &str, max: usize) -> Result<(), Invalid> {
    let fits = text.chars().count() <= max;
    fits.then_some(()).ok_or(Invalid::AtMost { high: max as u64, unit: Unit::Characters })
}
