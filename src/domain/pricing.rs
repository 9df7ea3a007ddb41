//! A stay and the rates in force, to a price with a line for each night.

use super::cabin::{Cabin, Season};
use super::money::{Money, Percent};
use super::refusal::Refusal;
use super::stay::Stay;
use super::week::Weekdays;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The price of a stay as it was said to the guest. It is stored whole with the reservation: later changes
/// of rates do not touch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// A line for each night, in order.
    pub lines: Vec<QuoteLine>,
    pub total: Money,
    /// What is paid in advance.
    pub deposit: Money,
    /// What is paid on arrival.
    pub balance: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    pub date: Date,
    pub amount: Money,
    pub season: Option<String>,
    /// Whether the weekend factor was applied.
    pub weekend: bool,
}

/// What pricing needs of the property's settings.
#[derive(Debug, Clone, Copy)]
pub struct PricingRules {
    /// Nights that carry the weekend factor.
    pub weekend_nights: Weekdays,
    /// Part of the total that is paid in advance.
    pub deposit_percent: Percent,
}

/// Prices a stay. Refuses only what can't be expressed: an overflow or a season in another currency.
pub fn quote(cabin: &Cabin, seasons: &[Season], stay: Stay, rules: PricingRules) -> Result<Quote, Refusal> {
    let lines: Vec<QuoteLine> = stay
        .each_night()
        .map(|night| line(cabin, seasons, night, rules.weekend_nights))
        .collect::<Option<_>>()
        .ok_or(Refusal::PriceOverflow)?;
    let total = lines
        .iter()
        .try_fold(Money::zero(cabin.base_price.currency), |sum, line| sum.checked_add(line.amount))
        .ok_or(Refusal::PriceOverflow)?;
    let (deposit, balance) = total.split(rules.deposit_percent);
    Ok(Quote { lines, total, deposit, balance })
}

fn line(cabin: &Cabin, seasons: &[Season], night: Date, weekend_nights: Weekdays) -> Option<QuoteLine> {
    let season = Season::of_night(seasons, night);
    let plain = season.map_or(cabin.base_price, |season| season.price);
    let factor = season.and_then(|season| season.weekend_multiplier).unwrap_or(cabin.weekend_multiplier);
    let weekend = weekend_nights.contains(night);
    let amount = if weekend { plain.times(factor)? } else { plain };
    Some(QuoteLine { date: night, amount, season: season.map(|season| season.name.clone()), weekend })
}
