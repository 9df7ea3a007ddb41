//! Money: integer minor units of one currency, with every rounding named.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// ISO 4217 code of a currency whose minor unit is a hundredth.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "UPPERCASE")]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    #[default]
    Ars,
    Usd,
    Brl,
    Uyu,
    /// Chilean peso kept in hundredths as the others, though it is written without decimals.
    Clp,
}

impl Currency {
    /// ISO 4217 alphabetic code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Reads an ISO 4217 code.
    pub fn from_code(code: &str) -> Option<Currency> {
        code.parse().ok()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(u8);

impl Percent {
    /// A percentage of 0 to 100.
    pub fn new(value: u8) -> Option<Percent> {
        (value <= 100).then_some(Percent(value))
    }

    /// 0 to 100.
    pub fn value(self) -> u8 {
        self.0
    }
}

/// A factor in thousandths: 1200 is "twenty percent more". Prices are multiplied by it, never by a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Multiplier(u16);

impl Multiplier {
    /// No change.
    pub const ONE: Multiplier = Multiplier(1000);
    /// Ten times the base price is a slip of the finger, not a price.
    pub const MAX_PERMILLE: u16 = 10_000;

    /// A factor of 0.100 to 10.000, in thousandths.
    pub fn from_permille(permille: u16) -> Option<Multiplier> {
        (100..=Multiplier::MAX_PERMILLE).contains(&permille).then_some(Multiplier(permille))
    }

    /// The factor in thousandths.
    pub fn permille(self) -> u16 {
        self.0
    }
}

/// An amount in the currency's minor unit. It may be negative in a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units (centavos, cents).
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    pub fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing, in this currency.
    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// The sum; `None` on overflow or when the currencies differ.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        let same = self.currency == other.currency;
        let minor = self.minor.checked_add(other.minor)?;
        same.then_some(Money { minor, currency: self.currency })
    }

    /// The difference; `None` on overflow or when the currencies differ.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.checked_add(Money { minor: other.minor.checked_neg()?, currency: other.currency })
    }

    /// The price multiplied, rounded half up to the minor unit.
    pub fn times(self, factor: Multiplier) -> Option<Money> {
        let scaled = i128::from(self.minor) * i128::from(factor.permille()) + 500;
        let minor = i64::try_from(scaled.div_euclid(1000)).ok()?;
        Some(Money { minor, currency: self.currency })
    }

    /// A part and the rest, which always add up. The part is rounded up to the minor unit, so that a
    /// deposit of a positive percentage is never zero.
    pub fn split(self, percent: Percent) -> (Money, Money) {
        let scaled = i128::from(self.minor) * i128::from(percent.value());
        let part = i64::try_from((scaled + 99).div_euclid(100)).expect("a part is no larger than the whole");
        (Money { minor: part, ..self }, Money { minor: self.minor - part, ..self })
    }

    /// Above zero.
    pub fn is_positive(self) -> bool {
        self.minor > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ars(minor: i64) -> Money {
        Money::new(minor, Currency::Ars)
    }

    #[test]
    fn the_two_parts_of_a_split_add_up() {
        for minor in [0, 1, 2, 99, 100, 101, 12_345_67, i64::MAX / 100] {
            for percent in [0, 1, 30, 33, 50, 99, 100] {
                let (part, rest) = ars(minor).split(Percent::new(percent).expect("valid"));
                assert_eq!(part.minor + rest.minor, minor);
                assert!(part.minor >= 0 && rest.minor >= 0);
            }
        }
    }

    #[test]
    fn a_multiplied_price_is_rounded_half_up() {
        let factor = Multiplier::from_permille(1250).expect("valid");
        assert_eq!(ars(1002).times(factor), Some(ars(1253)));
        assert_eq!(ars(i64::MAX).times(factor), None);
    }

    #[test]
    fn currencies_do_not_add() {
        assert_eq!(ars(1).checked_add(Money::new(1, Currency::Usd)), None);
        assert_eq!(ars(i64::MAX).checked_add(ars(1)), None);
    }
}
