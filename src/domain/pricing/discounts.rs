//! Which discounts hold: of one family the largest alone, never more than the base together.

use super::applies::Applied;
use super::charges::{Charge, charge};
use super::people::Base;
use super::price_rule::RuleTerms;
use super::quote::DiscountReason;
use super::sale::Sale;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Discounts of one family replace one another. In this order they are cut to what is left of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    PromoCode,
    PayWith,
    DaysBefore,
    Nights,
    /// All of these hold.
    Other,
}

impl Family {
    pub(super) fn of(rule: &RuleTerms) -> Family {
        if rule.promo_code.is_some() {
            Family::PromoCode
        } else if rule.pay_with.is_some() {
            Family::PayWith
        } else if rule.days_before_min.is_some() || rule.days_before_max.is_some() {
            Family::DaysBefore
        } else if rule.min_nights.is_some() || rule.max_nights.is_some() {
            Family::Nights
        } else {
            Family::Other
        }
    }
}

/// The discounts that hold, each with what it takes off (above zero), in the order of `applied`.
pub(super) fn discounts<'a, 'b>(
    sale: &Sale<'_>,
    applied: impl Iterator<Item = &'b Applied<'a>>,
    base: &Base,
) -> Vec<(&'b Applied<'a>, Charge)>
where
    'a: 'b,
{
    let mut best: BTreeMap<(Family, usize), (usize, &Applied<'_>, Charge)> = BTreeMap::new();
    for (nth, applied) in applied.enumerate() {
        let family = Family::of(applied.rule);
        let key = (family, if family == Family::Other { nth } else { 0 });
        let off = charge(sale, applied, base, base.total);
        let less = |(_, _, known): &(usize, &Applied<'_>, Charge)| known.minor < off.minor;
        if best.get(&key).is_none_or(less) {
            best.insert(key, (nth, applied, off));
        }
    }
    let mut left = base.total;
    let cut = best.into_values().map(|(nth, applied, off)| {
        let minor = off.minor.min(left);
        left -= minor;
        (nth, applied, Charge { minor, ..off })
    });
    let mut held: Vec<_> = cut.filter(|(_, _, off)| off.minor > 0).collect();
    held.sort_by_key(|(nth, _, _)| *nth);
    held.into_iter().map(|(_, applied, off)| (applied, off)).collect()
}

/// What a discount is given for; `None` when it is for every stay.
pub fn reason(rule: &RuleTerms) -> Option<DiscountReason> {
    match Family::of(rule) {
        Family::PromoCode => rule.promo_code.clone().map(DiscountReason::PromoCode),
        Family::PayWith => rule.pay_with.map(DiscountReason::PayWith),
        Family::DaysBefore => {
            let early = rule.days_before_min.filter(|days| *days > 0).map(DiscountReason::Early);
            early.or(rule.days_before_max.map(DiscountReason::LastMinute))
        }
        Family::Nights => {
            let long = rule.min_nights.map(DiscountReason::LongStay);
            long.or(rule.max_nights.map(DiscountReason::ShortStay))
        }
        Family::Other => None,
    }
}

/// Whether the first takes off at least as much as the second of the same family wherever both apply, and wins
/// when they take off the same.
pub(super) fn beats(one: &RuleTerms, other: &RuleTerms, one_is_first: bool) -> bool {
    use super::price_rule::RuleAmount::{AmountCents, Percent};
    let family = Family::of(one);
    if family == Family::Other || family != Family::of(other) || one.per != other.per {
        return false;
    }
    let rank = |first: bool| Reverse(!first);
    match (one.amount, other.amount) {
        (AmountCents(one), AmountCents(other)) => (one, rank(one_is_first)) > (other, rank(!one_is_first)),
        (Percent(one), Percent(other)) => (one, rank(one_is_first)) > (other, rank(!one_is_first)),
        (AmountCents(_), Percent(_)) | (Percent(_), AmountCents(_)) => false,
    }
}
