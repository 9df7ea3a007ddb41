//! Who pays which rule: extra guests and children. One person pays one rule a night, children first.

use super::applies::Applied;
use super::price_rule::{Per, PriceRule, RuleAmount, RuleKind};
use super::sale::Sale;
use std::cmp::Reverse;
use std::ops::Range;

/// The base of percentages: nights with the lines of guests and children.
pub(super) struct Base {
    pub(super) total: i128,
    /// The part of each night: its price, and what is paid by the night on it.
    by_night: Vec<i128>,
}

impl Base {
    pub(super) fn of(nights: impl Iterator<Item = i64>) -> Base {
        let by_night: Vec<i128> = nights.map(i128::from).collect();
        Base { total: by_night.iter().sum(), by_night }
    }

    pub(super) fn of_nights(&self, nights: Range<usize>) -> i128 {
        self.by_night[nights].iter().sum()
    }
}

/// What a rule of guests or children comes to.
#[derive(Debug, Clone, Default)]
pub(super) struct Share {
    pub(super) minor: i128,
    /// Most people who pay it on one night.
    pub(super) people: u16,
    /// Nights on which somebody pays it.
    pub(super) nights: u16,
    /// Their ages, for children.
    pub(super) ages: Vec<u8>,
}

/// The share of each rule, in the order of the rules; what is paid is added to the base.
pub(super) fn shares(sale: &Sale<'_>, applied: &[Applied<'_>], base: &mut Base) -> Vec<Share> {
    let mut shares = vec![Share::default(); applied.len()];
    for nights in segments(sale, applied) {
        let payers = payers(sale, applied, nights.start);
        for (share, (applied, ages)) in shares.iter_mut().zip(applied.iter().zip(payers)) {
            let (count, of_child) = ages;
            if count > 0 {
                add(share, applied.rule, count, &nights, base);
                share.ages = if of_child.len() > share.ages.len() {
                    of_child
                } else {
                    std::mem::take(&mut share.ages)
                };
            }
        }
    }
    for (share, applied) in shares.iter_mut().zip(applied) {
        let once = applied.rule.per == Per::Stay && share.people > 0;
        if let (true, RuleAmount::AmountCents(minor)) = (once, applied.rule.amount) {
            share.minor = minor.into();
            base.total += share.minor;
        }
    }
    shares
}

/// Adds what `count` people pay on some nights. What is paid once a stay is added at the end.
fn add(share: &mut Share, rule: &PriceRule, count: u16, nights: &Range<usize>, base: &mut Base) {
    let RuleAmount::AmountCents(minor) = rule.amount else { return };
    share.people = share.people.max(count);
    share.nights += u16::try_from(nights.len()).unwrap_or(u16::MAX);
    let times = match rule.per {
        Per::PersonNight => count,
        Per::Night => 1,
        Per::Stay | Per::Pet | Per::PetNight => 0,
    };
    let each = i128::from(minor) * i128::from(times);
    for night in &mut base.by_night[nights.clone()] {
        *night += each;
        base.total += each;
        share.minor += each;
    }
}

/// Runs of nights that the same rules cover.
fn segments(sale: &Sale<'_>, applied: &[Applied<'_>]) -> Vec<Range<usize>> {
    let ends = applied.iter().flat_map(|applied| [applied.nights.start, applied.nights.end]);
    let mut bounds: Vec<usize> = ends.chain([0, usize::from(sale.stay.nights())]).collect();
    bounds.sort_unstable();
    bounds.dedup();
    bounds.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// How many people pay each rule on a night, with the ages of children.
fn payers(sale: &Sale<'_>, applied: &[Applied<'_>], night: usize) -> Vec<(u16, Vec<u8>)> {
    let mut payers = vec![(0, Vec::new()); applied.len()];
    let of_kind = |kind| {
        let covers = move |(_, applied): &(usize, &Applied<'_>)| {
            applied.rule.kind == kind && applied.nights.contains(&night)
        };
        applied.iter().enumerate().filter(covers)
    };
    let mut guests = sale.party.adults();
    for age in sale.party.children() {
        let over = of_kind(RuleKind::Child).filter(|(_, applied)| applied.rule.age_under > Some(age));
        let pays = over.min_by_key(|(_, applied)| (applied.rule.age_under, precedence(applied.rule)));
        match pays {
            Some((nth, _)) => {
                payers[nth].0 += 1;
                payers[nth].1.push(age);
            }
            None => guests += 1,
        }
    }
    let mut extra: Vec<(usize, &Applied<'_>)> = of_kind(RuleKind::ExtraGuest).collect();
    extra.sort_by_key(|(_, applied)| (applied.rule.from_guests, precedence(applied.rule)));
    extra.dedup_by_key(|(_, applied)| applied.rule.from_guests);
    let mut last = guests;
    for (nth, applied) in extra.into_iter().rev() {
        let before = applied.rule.from_guests.unwrap_or(1).saturating_sub(1);
        payers[nth].0 = last.saturating_sub(before);
        last = last.min(before);
    }
    payers
}

/// Of two rules for the same person the one with the lower key is paid: the shorter span, then one for some cabins
/// before one for all, then the newer.
pub(super) fn precedence(rule: &PriceRule) -> impl Ord + use<> {
    let span = match (rule.from, rule.to) {
        (Some(from), Some(to)) => (to - from).get_days(),
        (None, _) | (_, None) => i32::MAX,
    };
    (span, rule.cabin_ids.is_none(), Reverse(rule.id))
}
