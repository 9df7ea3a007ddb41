//! Changing the prices of a span of nights: which seasons are edited, and which come new.

use super::cabin::{Cabin, Season};
use super::ids::{CabinId, SeasonId};
use super::money::{Money, Multiplier};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What changes about a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateChange {
    /// The price of each night, weekends alike.
    Price(Money),
    /// Fewest nights of a stay that begins there.
    MinNights(u16),
    /// The price of each night, with its weekends as they are.
    Adjust(PriceChange),
}

/// A percentage or an amount by which prices change, and what they are rounded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChange {
    pub by: By,
    /// Minor units; prices become multiples of it.
    pub round_to: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Hundredths of a percent; below zero for less.
    Percent(i32),
    /// Minor units; below zero for less.
    Amount(i64),
}

impl PriceChange {
    /// The changed price, rounded half up; `None` when it would not be above zero, or overflow.
    pub fn of(self, price: Money) -> Option<Money> {
        let minor = i128::from(price.minor);
        let round_to = i128::from(self.round_to.max(1));
        // One rounding: a percentage is kept as a fraction until then.
        let (numerator, denominator) = match self.by {
            By::Percent(hundredths) => (minor * (10_000 + i128::from(hundredths)), 10_000 * round_to),
            By::Amount(amount) => (minor + i128::from(amount), round_to),
        };
        let minor = (2 * numerator + denominator).div_euclid(2 * denominator) * round_to;
        let minor = i64::try_from(minor).ok().filter(|minor| *minor > 0)?;
        Some(Money { minor, ..price })
    }
}

/// Prices changed at once: what they were, and what they became.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateEdits {
    pub bases: Vec<BaseEdit>,
    /// Each season before and after.
    pub changed: Vec<(Season, Season)>,
    pub added: Vec<Season>,
}

impl RateEdits {
    /// Adds the edits of one cabin.
    pub fn take(&mut self, made: Vec<SeasonEdit>) {
        for SeasonEdit { before, after } in made {
            match before {
                Some(before) => self.changed.push((before, after)),
                None => self.added.push(after),
            }
        }
    }
}

/// The price of a plain night of a cabin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseEdit {
    pub cabin: CabinId,
    pub before: Money,
    pub after: Money,
}

/// One season as it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonEdit {
    /// As it was; `None` for a new one.
    pub before: Option<Season>,
    pub after: Season,
}

/// The seasons that make a change come true on every night of a span and on no other. A season that lies within the
/// span is edited; the rest of the span gets new ones, with what applied there before.
pub fn change(
    cabin: &Cabin,
    seasons: &[Season],
    from: Date,
    to: Date,
    change: RateChange,
    name: &str,
) -> Option<Vec<SeasonEdit>> {
    let mut edits: Vec<SeasonEdit> = Vec::new();
    let mut open: Option<SeasonId> = None;
    for night in from.series(1.day()).take_while(|night| *night < to) {
        let governs = Season::of_night(seasons, night);
        if let Some(within) = governs.filter(|season| from <= season.from && season.to <= to) {
            if !edits.iter().any(|edit| edit.before.as_ref().is_some_and(|before| before.id == within.id)) {
                let after = changed(within.clone(), change)?;
                edits.push(SeasonEdit { before: Some(within.clone()), after });
            }
            open = None;
            continue;
        }
        let key = governs.map_or(SeasonId(0), |season| season.id);
        let next = night.tomorrow().unwrap_or(night);
        match edits.last_mut().filter(|_| open == Some(key)) {
            Some(edit) => edit.after.to = next,
            None => {
                let season = governs.cloned().unwrap_or_else(|| plain(cabin, name));
                let season = Season { id: SeasonId(0), from: night, to: next, ..season };
                edits.push(SeasonEdit { before: None, after: changed(season, change)? });
            }
        }
        open = Some(key);
    }
    Some(edits)
}

/// A season that changes nothing.
fn plain(cabin: &Cabin, name: &str) -> Season {
    Season::new(cabin.id, name, Date::ZERO, Date::ZERO, cabin.base_price)
}

fn changed(season: Season, change: RateChange) -> Option<Season> {
    Some(match change {
        RateChange::Price(price) => Season { price, weekend_multiplier: Some(Multiplier::ONE), ..season },
        RateChange::MinNights(nights) => Season { min_nights: Some(nights), ..season },
        RateChange::Adjust(by) => Season { price: by.of(season.price)?, ..season },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn ars(minor: i64) -> Money {
        Money::new(minor, Currency::Ars)
    }

    fn season(id: i64, from: Date, nights: i64, price: i64) -> Season {
        let to = from.checked_add(jiff::Span::new().days(nights)).unwrap();
        let cabin = Cabin { id: CabinId(7), ..Cabin::new("Una", 4, ars(100)) };
        Season { id: SeasonId(id), from, to, price: ars(price), ..plain(&cabin, "") }
    }

    /// The seasons after the edits; new ones get the next ids.
    fn after(seasons: &[Season], edits: &[SeasonEdit]) -> Vec<Season> {
        let mut all: Vec<Season> = seasons.to_vec();
        for edit in edits {
            match &edit.before {
                Some(before) => {
                    *all.iter_mut().find(|season| season.id == before.id).unwrap() = edit.after.clone()
                }
                None => all.push(Season { id: SeasonId(1000 + all.len() as i64), ..edit.after.clone() }),
            }
        }
        all
    }

    proptest! {
        #[test]
        fn every_night_of_the_span_has_the_new_price_and_every_other_its_own(
            spans in prop::collection::vec((0..40i64, 1..20i64), 0..5), from in 0..40i64, nights in 1..20i64,
        ) {
            let begin = date(2027, 12, 20);
            let day = |n: i64| begin.checked_add(jiff::Span::new().days(n)).unwrap();
            let cabin = Cabin { id: CabinId(7), ..Cabin::new("Una", 4, ars(100)) };
            let seasons: Vec<Season> =
                spans.iter().zip(1..).map(|((at, nights), id)| season(id, day(*at), *nights, 200 + id)).collect();
            let edits =
                change(&cabin, &seasons, day(from), day(from + nights), RateChange::Price(ars(999)), "Especial").unwrap();
            let now = after(&seasons, &edits);
            for n in -1..62 {
                let price = |seasons: &[Season]| Season::of_night(seasons, day(n)).map_or(ars(100), |s| s.price);
                let inside = from <= n && n < from + nights;
                prop_assert_eq!(price(&now), if inside { ars(999) } else { price(&seasons) }, "night {}", n);
            }
        }
    }

    #[test]
    fn fewest_nights_keep_the_price_that_applied() {
        let cabin = Cabin { id: CabinId(7), ..Cabin::new("Una", 4, ars(100)) };
        let summer = season(1, date(2028, 1, 1), 60, 500);
        let (from, to) = (date(2027, 12, 30), date(2028, 1, 3));
        let edits = change(&cabin, &[summer], from, to, RateChange::MinNights(4), "Especial").unwrap();
        let said: Vec<_> = edits
            .iter()
            .map(|e| (e.after.from, e.after.to, e.after.price.minor, e.after.min_nights))
            .collect();
        let (eve, year, third) = (date(2027, 12, 30), date(2028, 1, 1), date(2028, 1, 3));
        assert_eq!(said, [(eve, year, 100, Some(4)), (year, third, 500, Some(4))]);
    }

    #[test]
    fn a_changed_price_is_rounded_once_and_stays_above_zero() {
        let of = |by, round_to, minor| PriceChange { by, round_to }.of(ars(minor)).map(|price| price.minor);
        assert_eq!(of(By::Percent(1000), 100_00, 48_333_33), Some(53_200_00));
        assert_eq!(of(By::Percent(-1050), 1, 1001), Some(896));
        assert_eq!(of(By::Amount(5_000_00), 1000_00, 47_600_00), Some(53_000_00));
        assert_eq!((of(By::Percent(-10_000), 1, 100), of(By::Amount(-100), 1, 100)), (None, None));
        assert_eq!(of(By::Percent(100_000), 1, i64::MAX), None);
    }
}
