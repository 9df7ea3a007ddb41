//! What must hold for any rules: lines add up, nothing is below zero, and the order of rules matters only where
//! the table says so. `PRICE_RULE_SETS=10000000 cargo test --release --lib any_rules -- --nocapture` tries as many.

use super::*;
use crate::domain::ids::{CabinId, PriceRuleId, SeasonId};
use crate::domain::money::{Currency, Multiplier, Percent};
use crate::domain::party::Party;
use crate::domain::payment_method::PaymentMethod;
use jiff::ToSpan;
use jiff::civil::date;
use std::collections::BTreeSet;

/// Rule sets in a plain run of the tests.
const SETS: u64 = 20_000;

/// xorshift64*: as many numbers as wanted from one seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    fn sometimes<T>(&mut self, value: impl FnOnce(&mut Numbers) -> T) -> Option<T> {
        (self.below(4) == 0).then(|| value(self))
    }

    fn days(&mut self) -> Weekdays {
        Weekdays::from_bits(if self.below(5) == 0 { self.below(128) as u8 } else { 0 }).expect("seven bits")
    }
}

const FIRST: Date = date(2028, 2, 20);

fn any_rule(numbers: &mut Numbers, id: i64) -> Option<PriceRule> {
    let kind = numbers.one_of(&[
        RuleKind::ExtraGuest,
        RuleKind::Child,
        RuleKind::Pet,
        RuleKind::Cleaning,
        RuleKind::Fee,
        RuleKind::Discount,
        RuleKind::Discount,
        RuleKind::Tax,
    ]);
    let amount = if kind.takes_percent() && numbers.below(2) == 0 {
        RuleAmount::Percent(
            RulePercent::from_hundredths(1 + numbers.below(10_000) as u16).expect("a percentage"),
        )
    } else {
        RuleAmount::AmountCents(numbers.one_of(&[1, 333, 4_999, 1_000_000, 77_777_777]))
    };
    let day = |n: &mut Numbers| FIRST.saturating_add((n.below(40) as i64 - 10).days());
    let code = |n: &mut Numbers| PromoCode::typed(n.one_of(&["VERANO", "AMIGOS"])).expect("a code");
    let terms = RuleTerms {
        cabin_ids: numbers.sometimes(|n| vec![CabinId(1 + n.below(2) as i64)]),
        per: numbers.one_of(&[kind.usual_per(), Per::Stay, Per::Night, Per::PersonNight, Per::PetNight]),
        from_guests: if kind == RuleKind::ExtraGuest {
            Some(1 + numbers.below(5) as u16)
        } else {
            numbers.sometimes(|n| 1 + n.below(5) as u16)
        },
        age_under: (kind == RuleKind::Child).then(|| 1 + numbers.below(18) as u8),
        min_nights: numbers.sometimes(|n| 1 + n.below(10) as u16),
        max_nights: numbers.sometimes(|n| 1 + n.below(20) as u16),
        days_before_min: numbers.sometimes(|n| n.below(60) as u16),
        days_before_max: numbers.sometimes(|n| n.below(60) as u16),
        pay_with: numbers.sometimes(|n| n.one_of(&[PaymentMethod::Cash, PaymentMethod::Transfer])),
        promo_code: (kind == RuleKind::Discount).then(|| numbers.sometimes(code)).flatten(),
        from: numbers.sometimes(day),
        to: numbers.sometimes(day),
        arrival_days: numbers.days(),
        departure_days: numbers.days(),
        optional: numbers.below(10) == 0,
        ..RuleTerms::of(kind, "", amount)
    };
    PriceRule::new(PriceRuleId(id), terms, 0).ok()
}

struct Drawn {
    cabin: Cabin,
    seasons: Vec<Season>,
    rules: Vec<PriceRule>,
    stay: Stay,
    party: Party,
    asked: Terms,
    today: Date,
    gap: Option<GapPrice>,
}

impl Drawn {
    fn of(seed: u64) -> Drawn {
        let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            numbers.below(2);
        }
        let price = |n: &mut Numbers| Money::new(1 + n.below(9_000_000) as i64, Currency::Ars);
        let factor = Multiplier::from_permille(1000 + numbers.below(500) as u16).expect("a factor");
        let base = price(&mut numbers);
        let cabin = Cabin { id: CabinId(1), weekend_multiplier: factor, ..Cabin::new("Una", 10, base) };
        let season = |n: &mut Numbers, id: i64| {
            let from = FIRST.saturating_add((n.below(20) as i64 - 10).days());
            let to = from.saturating_add((1 + n.below(12) as i64).days());
            Season { id: SeasonId(id), ..Season::new(CabinId(1), "", from, to, price(n)) }
        };
        let seasons = (0..numbers.below(3) as i64).map(|id| season(&mut numbers, id + 1)).collect();
        let check_in = FIRST.saturating_add((numbers.below(10) as i64).days());
        let check_out = check_in.saturating_add((1 + numbers.below(15) as i64).days());
        let count = numbers.below(12) as i64;
        let rules: Vec<PriceRule> = (1..=count).filter_map(|id| any_rule(&mut numbers, id)).collect();
        let ages: Vec<u8> = (0..numbers.below(4)).map(|_| numbers.below(18) as u8).collect();
        let party = Party::new(1 + numbers.below(6) as u16, &ages, numbers.below(3) as u16).expect("a party");
        let code = rules.iter().find_map(|rule| rule.promo_code.clone());
        Drawn {
            stay: Stay::new(check_in, check_out).expect("a stay"),
            party,
            asked: Terms {
                promo_code: code.filter(|_| numbers.below(2) == 0),
                pay_with: numbers.sometimes(|n| n.one_of(&[PaymentMethod::Cash, PaymentMethod::Transfer])),
                extras: rules
                    .iter()
                    .filter(|_| numbers.below(2) == 0)
                    .map(|rule| rule.id)
                    .collect::<BTreeSet<_>>(),
            },
            today: check_in.saturating_sub((numbers.below(50) as i64).days()),
            gap: numbers.sometimes(|n| GapPrice::Percent(1 + n.below(200) as u16)),
            cabin,
            seasons,
            rules,
        }
    }

    fn price(&self, rules: &[PriceRule]) -> Result<Quote, Refusal> {
        quote(&Sale {
            cabin: &self.cabin,
            seasons: &self.seasons,
            stay: self.stay,
            party: self.party,
            rules: PricingRules {
                weekend_nights: Weekdays::FRIDAY_SATURDAY,
                deposit_percent: Percent::new(30).expect("a percentage"),
            },
            price_rules: rules,
            asked: &self.asked,
            today: self.today,
            gap: self.gap,
        })
    }
}

fn check(seed: u64) {
    let drawn = Drawn::of(seed);
    let priced = drawn.price(&drawn.rules);
    let Ok(quote) = &priced else {
        assert!(drawn.asked.promo_code.is_some(), "seed {seed}: {priced:?}");
        return;
    };
    let of = |kinds: &[LineKind]| -> i64 {
        quote.lines.iter().filter(|line| kinds.contains(&line.kind)).map(|line| line.amount.minor).sum()
    };
    let sum: i64 = quote.lines.iter().map(|line| line.amount.minor).sum();
    assert_eq!(quote.total.minor, sum, "seed {seed}");
    assert!(sum >= 0 && (0..=sum).contains(&quote.deposit.minor), "seed {seed}");
    assert_eq!(quote.deposit.minor + quote.balance.minor, sum, "seed {seed}");
    assert_eq!(of(&[LineKind::Adjustment]), 0, "seed {seed}");
    let lodging = of(&[LineKind::Night, LineKind::ExtraGuest, LineKind::Child]);
    assert!((-lodging..=0).contains(&of(&[LineKind::Discount])), "seed {seed}");
    for line in &quote.lines {
        let sign_is_right = (line.kind == LineKind::Discount) == (line.amount.minor < 0);
        assert!(
            sign_is_right && (line.kind == LineKind::Night) == line.night.is_some(),
            "seed {seed}: {line:?}"
        );
    }
    // In which order the rules are read plays no part.
    let mut turned = drawn.rules.clone();
    turned.reverse();
    assert_eq!(drawn.price(&turned), priced, "seed {seed}");
    if !is_order_told(&drawn, quote) {
        let with_other_ids = drawn.rules.iter().map(|rule| {
            PriceRule::new(PriceRuleId(100 - rule.id.0), rule.terms().clone(), 0).expect("sound")
        });
        let renamed: Vec<PriceRule> = with_other_ids.collect();
        let asked = Terms {
            extras: drawn.asked.extras.iter().map(|id| PriceRuleId(100 - id.0)).collect(),
            ..drawn.asked.clone()
        };
        let renamed = Drawn { asked, ..drawn }.price(&renamed).map(|quote| quote.total);
        assert_eq!(renamed, Ok(quote.total), "seed {seed}");
    }
}

/// Whether the table lets the order of the rules decide: two that are equal but for their place.
fn is_order_told(drawn: &Drawn, quote: &Quote) -> bool {
    let lodging: i64 = quote
        .lines
        .iter()
        .filter(|line| {
            !matches!(line.kind, LineKind::Pet | LineKind::Cleaning | LineKind::Fee | LineKind::Tax)
        })
        .map(|line| line.amount.minor)
        .sum();
    let of_people = |kind, key: fn(&RuleTerms) -> Option<u16>| {
        let mut seen = BTreeSet::new();
        drawn.rules.iter().filter(|rule| rule.kind == kind).any(|rule| !seen.insert(key(rule)))
    };
    // Nothing left of the base: discounts were cut.
    lodging == 0
        || of_people(RuleKind::ExtraGuest, |rule| rule.from_guests)
        || of_people(RuleKind::Child, |rule| rule.age_under.map(u16::from))
}

#[test]
fn any_rules_add_up_and_take_nothing_below_zero() {
    let sets = std::env::var("PRICE_RULE_SETS").ok().and_then(|sets| sets.parse().ok()).unwrap_or(SETS);
    for seed in 1..=sets {
        check(seed);
    }
}

#[test]
fn an_amount_beyond_any_is_refused() {
    let drawn = Drawn::of(3);
    let price = Money::new(crate::domain::money::AMOUNT_MINOR_MAX, Currency::Ars);
    let cabin = Cabin { base_price: price, ..drawn.cabin };
    let fee = |id| {
        let terms = RuleTerms {
            per: Per::PersonNight,
            ..RuleTerms::of(RuleKind::Fee, "", RuleAmount::AmountCents(price.minor))
        };
        PriceRule::new(PriceRuleId(id), terms, 0).expect("sound")
    };
    let year = Stay::new(FIRST, FIRST.saturating_add(365.days())).expect("a stay");
    let rules: Vec<PriceRule> = (1..=3000).map(fee).collect();
    let party = Party::of_adults(10);
    let asked = Terms::default();
    let drawn = Drawn { cabin, stay: year, party, asked, gap: None, seasons: Vec::new(), ..drawn };
    assert!(matches!(drawn.price(&rules), Err(Refusal::PriceOverflow)));
    assert!(drawn.price(&rules[..100]).is_ok());
}
