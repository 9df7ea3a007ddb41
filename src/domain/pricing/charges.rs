//! What a rule comes to that is neither for guests nor for children: how often its amount counts, or its part of
//! the base.

use super::applies::Applied;
use super::people::Base;
use super::price_rule::{Per, RuleAmount, RuleKind};
use super::sale::Sale;

/// An amount with what it was counted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charge {
    pub(super) minor: i128,
    pub(super) count: u16,
    pub(super) nights: u16,
}

/// What a rule comes to; zero where nobody pays it. A percentage of the whole stay is of `base_total`.
pub(super) fn charge(sale: &Sale<'_>, applied: &Applied<'_>, base: &Base, base_total: i128) -> Charge {
    let rule = applied.rule;
    let nights = u16::try_from(applied.nights.len()).unwrap_or(u16::MAX);
    let (people, pets) = (paying_people(sale, applied), sale.party.pets());
    let paid = if rule.kind == RuleKind::Pet { pets > 0 } else { people > 0 };
    if !paid {
        return Charge { minor: 0, count: 0, nights: 0 };
    }
    let (count, nights) = match rule.per {
        Per::Stay => (0, 0),
        Per::Night => (0, nights),
        Per::PersonNight => (people, nights),
        Per::Pet => (pets, 0),
        Per::PetNight => (pets, nights),
    };
    let times = match rule.per {
        Per::Stay => 1,
        Per::Night => i128::from(nights),
        Per::PersonNight | Per::PetNight => i128::from(count) * i128::from(nights),
        Per::Pet => i128::from(count),
    };
    let minor = match rule.amount {
        RuleAmount::AmountCents(minor) => i128::from(minor) * times,
        RuleAmount::Percent(percent) if rule.per == Per::Stay => percent.part_of(base_total),
        RuleAmount::Percent(percent) => percent.part_of(base.of_nights(applied.nights.clone())),
    };
    Charge { minor, count, nights }
}

fn paying_people(sale: &Sale<'_>, applied: &Applied<'_>) -> u16 {
    let exempt = match applied.rule.kind {
        RuleKind::Tax => applied.rule.age_under.map_or(0, |age| sale.party.younger_than(age)),
        RuleKind::ExtraGuest
        | RuleKind::Child
        | RuleKind::Pet
        | RuleKind::Cleaning
        | RuleKind::Fee
        | RuleKind::Discount => 0,
    };
    let included = applied.rule.from_guests.map_or(0, |first| first.saturating_sub(1));
    (sale.party.people() - exempt).saturating_sub(included)
}
