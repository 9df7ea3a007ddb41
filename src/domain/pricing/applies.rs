//! Whether a rule is for a stay, and for which of its nights.

use super::price_rule::PriceRule;
use super::sale::Sale;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use jiff::civil::Date;
use std::ops::Range;

/// A rule that applies to a sale.
#[derive(Debug, Clone)]
pub(super) struct Applied<'a> {
    pub(super) rule: &'a PriceRule,
    /// The nights it covers, counted from 0; never empty.
    pub(super) nights: Range<usize>,
}

/// The rules that apply, in the order of their ids. Refuses a promo code that takes nothing off.
pub(super) fn applying<'a>(sale: &Sale<'a>) -> Result<Vec<Applied<'a>>, Refusal> {
    let mut applied: Vec<Applied<'a>> =
        sale.price_rules.iter().filter_map(|rule| applied(rule, sale)).collect();
    applied.sort_by_key(|applied| applied.rule.id);
    check_promo_code(sale, &applied)?;
    Ok(applied)
}

fn applied<'a>(rule: &'a PriceRule, sale: &Sale<'_>) -> Option<Applied<'a>> {
    if !rule.active || !rule.is_for(sale.cabin.id) || !holds(rule, sale) {
        return None;
    }
    let nights = covered(rule, sale.stay);
    (!nights.is_empty()).then_some(Applied { rule, nights })
}

fn holds(rule: &PriceRule, sale: &Sale<'_>) -> bool {
    let within = |value: i64, low: Option<u16>, high: Option<u16>| {
        low.is_none_or(|low| i64::from(low) <= value) && high.is_none_or(|high| value <= i64::from(high))
    };
    let days_before = i64::from((sale.stay.check_in() - sale.today).get_days());
    let promo_code = rule.promo_code.as_ref().is_none_or(|code| sale.asked.promo_code.as_ref() == Some(code));
    let pay_with = rule.pay_with.is_none_or(|way| sale.asked.pay_with == Some(way));
    let taken = !rule.optional || sale.asked.extras.contains(&rule.id);
    within(sale.stay.nights().into(), rule.min_nights, rule.max_nights)
        && within(days_before, rule.days_before_min, rule.days_before_max)
        && (rule.arrival_days.is_empty() || rule.arrival_days.contains(sale.stay.check_in()))
        && (rule.departure_days.is_empty() || rule.departure_days.contains(sale.stay.check_out()))
        && promo_code
        && !rule.is_used_up()
        && pay_with
        && taken
}

/// The nights of a stay that a rule covers. One that does not count by the night covers all of them or none, as
/// the day of arrival lies.
fn covered(rule: &PriceRule, stay: Stay) -> Range<usize> {
    let all = usize::from(stay.nights());
    let first = stay.check_in();
    if !rule.per.is_nightly() {
        let arrives = rule.from.is_none_or(|from| from <= first) && rule.to.is_none_or(|to| first < to);
        return 0..if arrives { all } else { 0 };
    }
    let nth = |day: Date| usize::try_from((day - first).get_days()).unwrap_or(0).min(all);
    rule.from.map_or(0, nth)..rule.to.map_or(all, nth)
}

fn check_promo_code(sale: &Sale<'_>, applied: &[Applied<'_>]) -> Result<(), Refusal> {
    let Some(asked) = &sale.asked.promo_code else { return Ok(()) };
    let has_it = |rule: &PriceRule| rule.promo_code.as_ref() == Some(asked);
    if applied.iter().any(|applied| has_it(applied.rule)) {
        return Ok(());
    }
    let mut known =
        sale.price_rules.iter().filter(|rule| rule.active && rule.is_for(sale.cabin.id) && has_it(rule));
    match known.next() {
        None => Err(Refusal::PromoCodeUnknown),
        Some(first) if first.is_used_up() && known.all(PriceRule::is_used_up) => {
            Err(Refusal::PromoCodeUsedUp)
        }
        Some(_) => Err(Refusal::PromoCodeConditions),
    }
}
