//! Pricing: from a sale, the rates and the owner's rules to a price with a line for each amount.
//!
//! The order of the lines, what is a percentage of what, how rules of one kind stand to each other, and each
//! rounding are one table: `assets/guides/precios.md`. 200 stays that were priced by hand from it are
//! `tests/data/prices.jsonl`.

mod applies;
mod charges;
mod discounts;
#[cfg(test)]
mod hand_priced_tests;
mod people;
mod price_rule;
#[cfg(test)]
mod property_tests;
mod quote;
mod remarks;
mod sale;

pub use discounts::reason as discount_reason;
pub use price_rule::{Per, PriceRule, PromoCode, RuleAmount, RuleKind, RulePercent, RuleTerms};
pub use quote::{
    Agreed, Amounts, DiscountReason, LINE_LABEL_MAX, LineBasis, LineKind, PricedNight, Quote, QuoteLine,
};
pub use remarks::{House, Remark, promo_code_clash, remarks};
pub use sale::{Inquiry, PricingRules, Sale, Terms};

use super::cabin::{Cabin, Season};
use super::deposit::GapPrice;
use super::money::Money;
use super::refusal::Refusal;
use super::stay::Stay;
use super::week::Weekdays;
use applies::{Applied, applying};
use charges::{Charge, charge};
use jiff::civil::Date;
use people::{Base, shares};

/// Prices a stay. Refuses a promo code that takes nothing off, an overflow, a season in another currency, an
/// unknown currency.
pub fn quote(sale: &Sale<'_>) -> Result<Quote, Refusal> {
    let currency = sale.cabin.base_price.currency;
    let nights = nights(sale.cabin, sale.seasons, sale.stay, sale.rules.weekend_nights);
    let mut lines = nights.and_then(|lines| at_gap_price(lines, sale.gap)).ok_or(Refusal::PriceOverflow)?;
    lines.extend(rule_lines(sale, &lines)?);
    let quote = Quote::with_deposit(lines, sale.rules.deposit(sale.seasons, sale.stay));
    let in_its_currency = quote.filter(|quote| quote.total.currency == currency && currency.is_known());
    in_its_currency.ok_or(Refusal::PriceOverflow)
}

/// The lines that price rules add to those of the nights.
fn rule_lines(sale: &Sale<'_>, nights: &[QuoteLine]) -> Result<Vec<QuoteLine>, Refusal> {
    let applied = applying(sale)?;
    let of_kind = |kind: RuleKind| applied.iter().filter(move |applied| applied.rule.kind == kind);
    let mut base = Base::of(nights.iter().map(|line| line.amount.minor));
    let shares = shares(sale, &applied, &mut base);
    let mut lines = Vec::new();
    for kind in [RuleKind::ExtraGuest, RuleKind::Child] {
        for (applied, share) in applied.iter().zip(&shares).filter(|(applied, _)| applied.rule.kind == kind) {
            let charge = Charge { minor: share.minor, count: share.people, nights: share.nights };
            let line = line(sale, applied, charge)?;
            lines.extend(line.map(|line| with_ages(line, &share.ages)));
        }
    }
    for kind in [RuleKind::Pet, RuleKind::Cleaning, RuleKind::Fee] {
        for applied in of_kind(kind) {
            lines.extend(line(sale, applied, charge(sale, applied, &base, base.total))?);
        }
    }
    let mut lodging = base.total;
    for (applied, off) in discounts::discounts(sale, of_kind(RuleKind::Discount), &base) {
        lodging -= off.minor;
        lines.extend(line(sale, applied, Charge { minor: -off.minor, ..off })?);
    }
    for applied in of_kind(RuleKind::Tax) {
        lines.extend(line(sale, applied, charge(sale, applied, &base, lodging))?);
    }
    Ok(lines)
}

/// The line of a rule; `None` for nothing to pay.
fn line(sale: &Sale<'_>, applied: &Applied<'_>, charge: Charge) -> Result<Option<QuoteLine>, Refusal> {
    let minor = i64::try_from(charge.minor).map_err(|_| Refusal::PriceOverflow)?;
    if minor == 0 {
        return Ok(None);
    }
    let rule = applied.rule;
    let percent = match rule.amount {
        RuleAmount::Percent(percent) => Some(percent),
        RuleAmount::AmountCents(_) => None,
    };
    let basis = LineBasis {
        rule: rule.id,
        count: charge.count,
        nights: if rule.per.is_nightly() { charge.nights } else { 0 },
        ages: Vec::new(),
        percent,
        reason: discounts::reason(rule).filter(|_| rule.kind == RuleKind::Discount),
    };
    let amount = Money::new(minor, sale.cabin.base_price.currency);
    Ok(Some(QuoteLine::by_rule(rule.kind.into(), &rule.name, amount, basis)))
}

fn with_ages(mut line: QuoteLine, ages: &[u8]) -> QuoteLine {
    line.basis = line.basis.map(|basis| LineBasis { ages: ages.to_vec(), ..basis });
    line
}

fn at_gap_price(mut lines: Vec<QuoteLine>, gap: Option<GapPrice>) -> Option<Vec<QuoteLine>> {
    if let Some(gap) = gap {
        for line in &mut lines {
            line.amount = gap.of(line.amount)?;
        }
    }
    Some(lines)
}

/// A line for each night of a stay, in order; `None` on overflow.
pub fn nights(
    cabin: &Cabin,
    seasons: &[Season],
    stay: Stay,
    weekend_nights: Weekdays,
) -> Option<Vec<QuoteLine>> {
    stay.each_night().map(|night| night_line(cabin, seasons, night, weekend_nights)).collect()
}

fn night_line(cabin: &Cabin, seasons: &[Season], night: Date, weekend_nights: Weekdays) -> Option<QuoteLine> {
    let season = Season::of_night(seasons, night);
    let plain = season.map_or(cabin.base_price, |season| season.price);
    let factor = season.and_then(|season| season.weekend_multiplier).unwrap_or(cabin.weekend_multiplier);
    let weekend = weekend_nights.contains(night);
    let amount = if weekend { plain.times(factor)? } else { plain };
    let season = season.map(|season| season.name.clone());
    Some(QuoteLine::night(PricedNight { date: night, season, weekend }, amount))
}
