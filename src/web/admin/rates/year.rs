//! A cabin's year, night by night: price and season of each.

use super::super::chart::month::short;
use super::super::words;
use crate::domain::cabin::{Cabin, Season};
use crate::domain::policy::Moment;
use crate::domain::pricing::{self, PricingRules};
use crate::domain::stay::Stay;
use jiff::ToSpan;
use jiff::civil::Date;

/// Colours of seasons; further names reuse them.
const COLOURS: usize = 8;

pub(super) struct Month {
    /// "enero 2027".
    pub title: String,
    /// Weeks from Monday to Sunday; days of other months are left out.
    pub weeks: Vec<Vec<Option<Night>>>,
    /// Seasons with a night in it: colour and name.
    pub seasons: Vec<(usize, String)>,
}

pub(super) struct Night {
    pub day: Date,
    pub number: i8,
    /// "45.000".
    pub price: String,
    pub colour: Option<usize>,
    pub past: bool,
    pub label: String,
}

/// Season names with their colours: the same name has the same colour every year.
pub(super) struct Palette(Vec<String>);

impl Palette {
    pub(super) fn of(seasons: &[Season]) -> Palette {
        let mut names = Vec::new();
        for season in seasons {
            if !names.contains(&season.name) {
                names.push(season.name.clone());
            }
        }
        Palette(names)
    }

    pub(super) fn colour(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|known| known == name).map(|at| at % COLOURS)
    }
}

/// Twelve months, from the one that begins on `first`.
pub(super) fn months(
    cabin: &Cabin,
    seasons: &[Season],
    rules: PricingRules,
    first: Date,
    moment: &Moment,
) -> Vec<Month> {
    let palette = Palette::of(seasons);
    let starts = (0..12).map(|ahead: i64| first.saturating_add(ahead.months()));
    starts.map(|start| load(cabin, seasons, rules, start, moment, &palette)).collect()
}

fn load(
    cabin: &Cabin,
    seasons: &[Season],
    rules: PricingRules,
    first: Date,
    moment: &Moment,
    palette: &Palette,
) -> Month {
    let next = first.saturating_add(1.month());
    let month = Stay::new(first, next).ok();
    let lines = month.and_then(|stay| pricing::nights(cabin, seasons, stay, rules.weekend_nights));
    let mut found: Vec<(usize, String)> = Vec::new();
    let blanks = usize::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    let mut nights: Vec<Option<Night>> = (0..blanks).map(|_| None).collect();
    for line in lines.unwrap_or_default() {
        let Some(night) = line.night else { continue };
        let colour = night.season.as_deref().and_then(|name| palette.colour(name));
        let name = night.season.map(|name| named(&name)).unwrap_or_default();
        if let Some(colour) = colour.filter(|_| !found.iter().any(|(_, known)| *known == name)) {
            found.push((colour, name.clone()));
        }
        let season = if name.is_empty() { String::new() } else { format!(", {name}") };
        let price = words::money(line.amount.minor, line.amount.currency);
        let label = format!("{}: {price}{season}", words::day(night.date, first));
        nights.push(Some(Night {
            day: night.date,
            number: night.date.day(),
            price: short(line.amount),
            colour,
            past: night.date < moment.today(),
            label,
        }));
    }
    while !nights.len().is_multiple_of(7) {
        nights.push(None);
    }
    let mut weeks = Vec::new();
    while !nights.is_empty() {
        let rest = nights.split_off(7);
        weeks.push(std::mem::replace(&mut nights, rest));
    }
    Month { title: format!("{} {}", words::month(first), first.year()), weeks, seasons: found }
}

/// Name of a season, also of one without a name.
pub(super) fn named(name: &str) -> String {
    if name.trim().is_empty() { "Sin nombre".to_owned() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{CabinId, SeasonId};
    use crate::domain::money::{Currency, Money, Multiplier, Percent};
    use crate::domain::week::Weekdays;
    use jiff::civil::date;

    #[test]
    fn each_night_has_its_price_and_the_colour_of_its_season() {
        let price = |pesos: i64| Money::new(pesos * 100, Currency::Ars);
        let cabin = Cabin {
            id: CabinId(1),
            weekend_multiplier: Multiplier::from_permille(1200).unwrap(),
            ..Cabin::new("Molle", 2, price(50_000))
        };
        let season = Season {
            id: SeasonId(1),
            ..Season::new(CabinId(1), "Verano", date(2027, 1, 1), date(2027, 1, 16), price(80_000))
        };
        let rules = PricingRules {
            weekend_nights: Weekdays::FRIDAY_SATURDAY,
            deposit_percent: Percent::new(30).unwrap(),
        };
        let moment = Moment { now: "2027-01-10T12:00:00Z".parse().unwrap(), zone: jiff::tz::TimeZone::UTC };
        let year = months(&cabin, &[season], rules, date(2027, 1, 1), &moment);
        let january: Vec<&Night> = year[0].weeks.iter().flatten().flatten().collect();
        let said =
            |day: usize| (january[day - 1].price.as_str(), january[day - 1].colour, january[day - 1].past);
        assert_eq!(january.len(), 31);
        assert_eq!(said(1), ("96.000", Some(0), true), "a Friday of summer");
        assert_eq!(said(14), ("80.000", Some(0), false));
        assert_eq!(said(17), ("50.000", None, false));
        assert_eq!(year[0].seasons, [(0, "Verano".to_owned())]);
        assert!(year[0].weeks[0][..4].iter().all(Option::is_none) && year[1].seasons.is_empty());
    }
}
