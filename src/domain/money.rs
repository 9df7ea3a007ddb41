//! Money: integer minor units of one currency, with every rounding named.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Highest accepted amount, in minor units: beyond any price, and far from the end of an `i64`.
pub const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000;

/// ISO 4217 code of a currency whose minor unit is a hundredth. Prices are made in a known one; another is read
/// from what another version stored, and is shown by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Currency {
    #[default]
    Ars,
    Usd,
    Brl,
    Uyu,
    /// Chilean peso, kept in hundredths like the others, though it is written without decimals.
    Clp,
    Other(OtherCurrency),
}

/// An unknown code. It is `Copy`, so that money can be; a code longer than eight bytes, which no standard has, is
/// cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OtherCurrency([u8; 8]);

impl OtherCurrency {
    fn cut(code: &str) -> OtherCurrency {
        let mut bytes = [0; 8];
        let length = code.floor_char_boundary(bytes.len());
        bytes[..length].copy_from_slice(&code.as_bytes()[..length]);
        OtherCurrency(bytes)
    }

    fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }
}

impl Currency {
    const KNOWN: [Currency; 5] = [Currency::Ars, Currency::Usd, Currency::Brl, Currency::Uyu, Currency::Clp];

    /// ISO 4217 alphabetic code.
    pub fn code(&self) -> &str {
        match self {
            Currency::Ars => "ARS",
            Currency::Usd => "USD",
            Currency::Brl => "BRL",
            Currency::Uyu => "UYU",
            Currency::Clp => "CLP",
            Currency::Other(other) => other.code(),
        }
    }

    /// The currency of a code; `None` for one without prices.
    pub fn from_code(code: &str) -> Option<Currency> {
        Currency::KNOWN.into_iter().find(|known| known.code() == code)
    }

    /// The currency of a stored code, known or not.
    pub fn read(code: &str) -> Currency {
        Currency::from_code(code).unwrap_or_else(|| Currency::Other(OtherCurrency::cut(code)))
    }

    pub fn is_known(self) -> bool {
        !matches!(self, Currency::Other(_))
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        Ok(Currency::read(&String::deserialize(deserializer)?))
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
    /// Ten times the base price: more is a typing error.
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

    /// A part and the rest, which always add up. The part is rounded up to the minor unit, so that a deposit of a
    /// positive percentage is never zero.
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
    fn a_currency_of_another_version_is_kept_by_its_code_and_none_to_sell_in() {
        for code in ["ARS", "USD", "BRL", "UYU", "CLP", "XAU", "", "peñados"] {
            let currency = Currency::read(code);
            assert_eq!((currency.code(), currency.is_known()), (code, Currency::from_code(code).is_some()));
            let text = serde_json::to_string(&currency).unwrap();
            assert_eq!(serde_json::from_str::<Currency>(&text).unwrap(), currency);
        }
        assert_eq!(Currency::read("seashells").code(), "seashell");
        assert_eq!(ars(1).checked_add(Money::new(1, Currency::read("XAU"))), None);
    }

    #[test]
    fn currencies_do_not_add() {
        assert_eq!(ars(1).checked_add(Money::new(1, Currency::Usd)), None);
        assert_eq!(ars(i64::MAX).checked_add(ars(1)), None);
    }
}
