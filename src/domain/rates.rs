//! Changing the prices of a span of nights: which seasons are edited, and which come new.

use super::cabin::{Cabin, Season};
use super::ids::SeasonId;
use super::money::{Money, Multiplier};
use super::stay::Stay;
use super::week::Weekdays;
use serde::{Deserialize, Serialize};

/// What changes about a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateChange {
    /// The price of each night, weekends alike.
    Price(Money),
    /// Fewest nights of a stay that begins there.
    MinNights(u16),
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
    span: Stay,
    change: RateChange,
    name: &str,
) -> Vec<SeasonEdit> {
    let mut edits: Vec<SeasonEdit> = Vec::new();
    let mut open: Option<SeasonId> = None;
    for night in span.each_night() {
        let governs = Season::of_night(seasons, night);
        if let Some(within) =
            governs.filter(|season| span.check_in() <= season.from && season.to <= span.check_out())
        {
            if !edits.iter().any(|edit| edit.before.as_ref().is_some_and(|before| before.id == within.id)) {
                edits.push(SeasonEdit {
                    before: Some(within.clone()),
                    after: changed(within.clone(), change),
                });
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
                edits.push(SeasonEdit { before: None, after: changed(season, change) });
            }
        }
        open = Some(key);
    }
    edits
}

/// A season that changes nothing.
fn plain(cabin: &Cabin, name: &str) -> Season {
    Season {
        id: SeasonId(0),
        cabin_id: cabin.id,
        name: name.to_owned(),
        from: jiff::civil::Date::ZERO,
        to: jiff::civil::Date::ZERO,
        price: cabin.base_price,
        weekend_multiplier: None,
        min_nights: None,
        arrival_days: Weekdays::NONE,
    }
}

fn changed(season: Season, change: RateChange) -> Season {
    match change {
        RateChange::Price(price) => Season { price, weekend_multiplier: Some(Multiplier::ONE), ..season },
        RateChange::MinNights(nights) => Season { min_nights: Some(nights), ..season },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::CabinId;
    use crate::domain::money::Currency;
    use jiff::civil::{Date, date};
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
            let span = Stay::new(day(from), day(from + nights)).unwrap();
            let edits = change(&cabin, &seasons, span, RateChange::Price(ars(999)), "Especial");
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
        let span = Stay::new(date(2027, 12, 30), date(2028, 1, 3)).unwrap();
        let edits = change(&cabin, &[summer], span, RateChange::MinNights(4), "Especial");
        let said: Vec<_> = edits
            .iter()
            .map(|e| (e.after.from, e.after.to, e.after.price.minor, e.after.min_nights))
            .collect();
        let (eve, year, third) = (date(2027, 12, 30), date(2028, 1, 1), date(2028, 1, 3));
        assert_eq!(said, [(eve, year, 100, Some(4)), (year, third, 500, Some(4))]);
    }
}
