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
    BabiesMax,
    PetsMax,
    Kind,
    CabinIds,
    AmountCents,
    Percent,
    Per,
    FromGuests,
    AgeUnder,
    MaxNights,
    DaysBeforeMin,
    DaysBeforeMax,
    PayWith,
    PromoCode,
    UsesMax,
    ArrivalDays,
    DepartureDays,
    Optional,
    RoundToCents,
    Deposit,
    Gap,
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
    Rules,
    /// A bare number.
    Plain,
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
    /// A bound below the lower one.
    Below(Field),
    /// A term that a price rule of this kind does not have.
    NotForThisKind,
    NotWithPercent,
    /// A term that needs another.
    NotWithout(Field),
    /// Exactly one of the two is given.
    OneOf(Field, Field),
    /// A cabin that does not exist.
    UnknownCabin,
    /// A promo code that another rule has for the same stays.
    Taken,
    /// Not one of these codes.
    Unknown,
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
            Invalid::AtMost { high, unit: Unit::Rules } => {
                write!(f, "a property has at most {high} price rules")
            }
            Invalid::AtMost { high, .. } => write!(f, "must be at most {high}"),
            Invalid::NoEmail => f.write_str("must be an address"),
            Invalid::OtherCurrency(currency) => {
                write!(f, "this house keeps its prices in {}", currency.code())
            }
            Invalid::Below(field) => write!(f, "must be at least {}", field.code()),
            Invalid::NotForThisKind => f.write_str("is not for a rule of this kind"),
            Invalid::NotWithPercent => f.write_str("does not go with percent"),
            Invalid::NotWithout(field) => write!(f, "needs {}", field.code()),
            Invalid::OneOf(one, other) => write!(f, "exactly one of {} and {}", one.code(), other.code()),
            Invalid::UnknownCabin => f.write_str("names a cabin that does not exist"),
            Invalid::Taken => f.write_str("is the code of another rule for the same stays"),
            Invalid::Unknown => f.write_str("is not one of the known values"),
        }
    }
}

/// Checks a text's length, in characters.
pub fn check_chars(text: &str, max: usize) -> Result<(), Invalid> {
    let fits = text.chars().count() <= max;
    fits.then_some(()).ok_or(Invalid::AtMost { high: max as u64, unit: Unit::Characters })
}
