//! Questions about prices and paying, answered from the owner's price rules and settings.

use super::super::say::{Bank, FaqSay, PaySay, PriceList, Say};
use super::super::work::Work;
use crate::domain::pricing::{PriceRule, RuleKind};
use crate::understanding::Topic;

/// What is known of a topic of prices; nothing when only the owner can tell.
pub(super) fn known(work: &Work, topic: Topic) -> Vec<Say> {
    let discount = |rule: &PriceRule| rule.kind == RuleKind::Discount && is_public(rule);
    let known = match topic {
        Topic::Pets => pets(work),
        Topic::PriceScope => Some(scope(work)),
        Topic::PaymentMethods => return ways_to_pay(work),
        Topic::Instalments => work.context.pays_online.then_some(FaqSay::Instalments),
        Topic::Currency => Some(FaqSay::PricesIn { currency: work.context.currency }),
        Topic::Children => prices(work, |rule| rule.kind == RuleKind::Child),
        Topic::Cleaning => prices(work, |rule| rule.kind == RuleKind::Cleaning),
        Topic::Discount => prices(work, discount),
        _ => None,
    };
    known.into_iter().map(Say::from).collect()
}

/// How the house is paid, and what a way of paying changes.
pub(super) fn ways_to_pay(work: &Work) -> Vec<Say> {
    let by_way = prices(work, |rule| rule.pay_with.is_some() && is_public(rule));
    [Say::from(how_one_pays(work))].into_iter().chain(by_way.map(Say::from)).collect()
}

/// Who has a promo code knows it; nobody else is told.
fn is_public(rule: &PriceRule) -> bool {
    rule.promo_code.is_none()
}

fn how_one_pays(work: &Work) -> PaySay {
    let deposit = work.context.settings.deposit_percent;
    let transfer = Bank::of(work.context.settings).is_some();
    PaySay::HowOnePays { deposit, online: work.context.pays_online, transfer }
}

fn pets(work: &Work) -> Option<FaqSay> {
    let rules = list(work, |rule| rule.kind == RuleKind::Pet);
    let most: Vec<Option<u16>> = work.context.cabins.iter().map(|cabin| cabin.pets_max).collect();
    let refused = !most.is_empty() && most.iter().all(|most| *most == Some(0));
    let taken = most.iter().any(|most| most.is_some_and(|most| most > 0));
    let welcome = !refused && (taken || !rules.rules.is_empty());
    (welcome || refused).then_some(FaqSay::Pets { welcome, rules })
}

fn scope(work: &Work) -> FaqSay {
    let rules = list(work, |rule| matches!(rule.kind, RuleKind::ExtraGuest | RuleKind::Child));
    let paying = rules.rules.iter().filter_map(|rule| rule.from_guests).min();
    FaqSay::PriceScope { included: paying.map(|first| first.saturating_sub(1)).filter(|n| *n > 0), rules }
}

fn prices(work: &Work, of: impl Fn(&PriceRule) -> bool) -> Option<FaqSay> {
    let rules = list(work, of);
    (!rules.rules.is_empty()).then_some(FaqSay::Prices { rules })
}

fn list(work: &Work, of: impl Fn(&PriceRule) -> bool) -> PriceList {
    let rules = work.context.price_rules.iter().filter(|rule| rule.active && of(rule));
    PriceList { currency: work.context.currency, rules: rules.map(|rule| rule.terms().clone()).collect() }
}
