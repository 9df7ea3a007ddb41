//! What is said about a rule when it is saved: that it can never apply, or that another always takes its place.

use super::discounts;
use super::people::precedence;
use super::price_rule::{PriceRule, RuleKind, RuleTerms};
use crate::domain::cabin::Cabin;
use crate::domain::ids::{CabinId, PriceRuleId};
use crate::domain::invalid::{Field, Invalid};
use crate::domain::week::Weekdays;
use jiff::civil::Date;

/// What a rule is compared with.
#[derive(Debug, Clone, Copy)]
pub struct House<'a> {
    pub cabins: &'a [Cabin],
    /// The longest stay that is sold.
    pub nights_max: u16,
    /// How far ahead is sold.
    pub horizon_days: u32,
    pub today: Date,
}

/// Why a rule will change no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// Its last day is past.
    Past,
    /// It asks for longer stays than are sold.
    LongerThanSold { max: u16 },
    /// It asks for earlier bookings than are taken.
    FurtherThanSold { days: u32 },
    /// It begins with a guest for whom no cabin has a bed.
    MoreGuestsThanBeds { capacity: u16 },
    /// None of its days of arrival lies in its span.
    NoSuchDay,
    /// None of its cabins takes animals.
    NoPets,
    /// Its promo code was used as often as it may.
    UsedUp,
    /// Another rule always takes its place.
    Replaced { by: PriceRuleId },
    /// It always takes the place of another.
    Replaces { other: PriceRuleId },
}

/// The remarks about an active rule, among all rules of the property.
pub fn remarks(rule: &PriceRule, all: &[PriceRule], house: &House<'_>) -> Vec<Remark> {
    if !rule.active {
        return Vec::new();
    }
    let others = all.iter().filter(|other| other.active && other.id != rule.id);
    let replaced =
        others.clone().find(|other| replaces(other, rule)).map(|by| Remark::Replaced { by: by.id });
    let replaces =
        others.filter(|other| replaces(rule, other)).map(|other| Remark::Replaces { other: other.id });
    never(rule, house).into_iter().chain(replaced).chain(replaces).collect()
}

/// Refuses the code of another active rule for the same stays on the same conditions. `id` is the rule's own, where it has one.
pub fn promo_code_clash(
    terms: &RuleTerms,
    id: Option<PriceRuleId>,
    all: &[PriceRule],
) -> Result<(), (Field, Invalid)> {
    let clashes = |other: &&PriceRule| {
        other.active
            && Some(other.id) != id
            && other.promo_code == terms.promo_code
            && share_a_cabin(&other.cabin_ids, &terms.cabin_ids)
            && share_a_day(other, terms)
            && conditions(other) == conditions(terms)
    };
    match terms.active && terms.promo_code.is_some() && all.iter().any(|other| clashes(&other)) {
        true => Err((Field::PromoCode, Invalid::Taken)),
        false => Ok(()),
    }
}

fn never(rule: &PriceRule, house: &House<'_>) -> Vec<Remark> {
    let cabins = || house.cabins.iter().filter(|cabin| cabin.active && rule.is_for(cabin.id));
    let capacity = cabins().map(|cabin| cabin.capacity + cabin.babies_max).max().unwrap_or(0);
    let first = rule.from_guests.unwrap_or(1);
    let no_pets = rule.kind == RuleKind::Pet && cabins().all(|cabin| cabin.pets_max == Some(0));
    [
        (rule.to.is_some_and(|to| to <= house.today), Remark::Past),
        (rule.min_nights > Some(house.nights_max), Remark::LongerThanSold { max: house.nights_max }),
        (
            rule.days_before_min.map(u32::from) > Some(house.horizon_days),
            Remark::FurtherThanSold { days: house.horizon_days },
        ),
        (first > capacity, Remark::MoreGuestsThanBeds { capacity }),
        (!has_a_day(rule), Remark::NoSuchDay),
        (no_pets, Remark::NoPets),
        (rule.is_used_up(), Remark::UsedUp),
    ]
    .into_iter()
    .filter_map(|(holds, remark)| holds.then_some(remark))
    .collect()
}

/// Whether a day of arrival lies in the span of a rule that is judged by it.
fn has_a_day(rule: &PriceRule) -> bool {
    let (Some(from), Some(to)) = (rule.from, rule.to) else { return true };
    if rule.arrival_days.is_empty() || rule.per.is_nightly() {
        return true;
    }
    from.series(jiff::Span::new().days(1))
        .take(7)
        .take_while(|day| *day < to)
        .any(|day| rule.arrival_days.contains(day))
}

/// Whether `one` takes the place of `other` on every stay for which `other` is.
fn replaces(one: &PriceRule, other: &PriceRule) -> bool {
    if one.kind != other.kind || !is_wider(one, other) {
        return false;
    }
    match one.kind {
        RuleKind::Child => one.age_under == other.age_under && precedence(one) < precedence(other),
        RuleKind::ExtraGuest => one.from_guests == other.from_guests && precedence(one) < precedence(other),
        RuleKind::Discount => {
            one.from_guests <= other.from_guests && discounts::beats(one, other, one.id < other.id)
        }
        RuleKind::Pet | RuleKind::Cleaning | RuleKind::Fee | RuleKind::Tax => false,
    }
}

/// Whether `one` is for every stay, and every night, for which `other` is.
fn is_wider(one: &PriceRule, other: &PriceRule) -> bool {
    let low = |one: Option<u16>, other: Option<u16>| one.unwrap_or(0) <= other.unwrap_or(0);
    let high =
        |one: Option<u16>, other: Option<u16>| one.is_none_or(|one| other.is_some_and(|other| other <= one));
    let days = |one: Weekdays, other: Weekdays| {
        one.is_empty() || (!other.is_empty() && one.bits() & other.bits() == other.bits())
    };
    let cabins = one.cabin_ids.as_ref().is_none_or(|one| {
        other.cabin_ids.as_ref().is_some_and(|other| other.iter().all(|cabin| one.contains(cabin)))
    });
    let from = one.from.is_none_or(|one| other.from.is_some_and(|other| one <= other));
    let to = one.to.is_none_or(|one| other.to.is_some_and(|other| other <= one));
    cabins
        && from
        && to
        && (one.from.is_none() && one.to.is_none() || one.per.is_nightly() == other.per.is_nightly())
        && low(one.min_nights, other.min_nights)
        && high(one.max_nights, other.max_nights)
        && low(one.days_before_min, other.days_before_min)
        && high(one.days_before_max, other.days_before_max)
        && (one.pay_with.is_none() || one.pay_with == other.pay_with)
        && (one.promo_code.is_none() || one.promo_code == other.promo_code)
        && !one.is_used_up()
        && days(one.arrival_days, other.arrival_days)
        && days(one.departure_days, other.departure_days)
}

fn share_a_cabin(one: &Option<Vec<CabinId>>, other: &Option<Vec<CabinId>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.iter().any(|cabin| other.contains(cabin)),
        (None, _) | (_, None) => true,
    }
}

/// What may tell two rules of one code apart; where both apply the better one counts.
fn conditions(rule: &RuleTerms) -> [Option<u16>; 4] {
    [rule.min_nights, rule.max_nights, rule.days_before_min, rule.days_before_max]
}

fn share_a_day(one: &RuleTerms, other: &RuleTerms) -> bool {
    let before = |to: Option<Date>, from: Option<Date>| to.zip(from).is_some_and(|(to, from)| to <= from);
    !before(one.to, other.from) && !before(other.to, one.from)
}
