//! What is paid in advance, and what a night costs that fills a hole.

use super::money::{Money, Percent};
use serde::{Deserialize, Serialize};

/// Most percent of a night's price that a gap night costs: more is a typing error.
pub const GAP_PERCENT_MAX: u16 = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositRule {
    /// Of the total.
    Percent(Percent),
    /// Minor units of the currency of the price.
    AmountCents(i64),
    FirstNight,
}

impl DepositRule {
    /// The deposit of a price, between zero and its total. A percentage is rounded up to the minor unit.
    pub fn of(self, total: Money, first_night: Money) -> Money {
        let minor = match self {
            DepositRule::Percent(percent) => total.split(percent).0.minor,
            DepositRule::AmountCents(minor) => minor,
            DepositRule::FirstNight => first_night.minor,
        };
        Money { minor: minor.clamp(0, total.minor.max(0)), ..total }
    }
}

/// The price of each night of a stay that fills a hole shorter than the fewest nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapPrice {
    /// Of the night's own price.
    Percent(u16),
    /// Minor units of the currency of the price.
    AmountCents(i64),
}

impl GapPrice {
    /// The price of a night, rounded half up; `None` on overflow.
    pub fn of(self, night: Money) -> Option<Money> {
        let minor = match self {
            GapPrice::Percent(percent) => {
                let scaled = i128::from(night.minor) * i128::from(percent) + 50;
                i64::try_from(scaled.div_euclid(100)).ok()?
            }
            GapPrice::AmountCents(minor) => minor,
        };
        Some(Money { minor, ..night })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn a_deposit_is_never_more_than_the_total() {
        let ars = |minor| Money::new(minor, Currency::Ars);
        let of = |rule: DepositRule| rule.of(ars(1001), ars(400)).minor;
        assert_eq!(of(DepositRule::Percent(Percent::new(30).unwrap())), 301);
        assert_eq!((of(DepositRule::AmountCents(500)), of(DepositRule::AmountCents(5000))), (500, 1001));
        assert_eq!(
            (of(DepositRule::FirstNight), DepositRule::FirstNight.of(ars(300), ars(400)).minor),
            (400, 300)
        );
    }

    #[test]
    fn a_gap_night_costs_its_part_or_its_amount() {
        let night = Money::new(1001, Currency::Ars);
        assert_eq!(GapPrice::Percent(150).of(night).unwrap().minor, 1502);
        assert_eq!(GapPrice::AmountCents(70).of(night).unwrap().minor, 70);
        assert_eq!(GapPrice::Percent(500).of(Money::new(i64::MAX, Currency::Ars)), None);
    }
}
