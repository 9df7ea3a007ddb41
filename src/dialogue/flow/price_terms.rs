//! What a guest says that changes the price: how they will pay, a promo code, an extra, the ages of children. It
//! counts only where the owner has a rule for it.

use super::super::say::{BookingSay, PaySay};
use super::super::work::Work;
use super::answered::Answered;
use super::wishes;
use crate::domain::party::{self, Party};
use crate::domain::payment::PaymentMethod;
use crate::domain::pricing::{PriceRule, PromoCode};
use crate::domain::refusal::Refusal;
use crate::understanding::{self, Reading, Remark};

/// Takes the terms that a message names. Not yet answered where it names none, or where more is said beside them.
pub(super) fn take<'a>(mut work: Work<'a>, reading: &Reading, text: &str) -> Answered<'a> {
    let offered = work.state.wish.stay().is_some() && work.state.wish.party().is_some();
    let no_booking = work.live_bookings().is_empty();
    if understanding::says(text, Remark::AllAtOnce) && offered && no_booking {
        work.say(PaySay::AllAtOnce);
        return Answered::by(work.done());
    }
    let before = work.state.wish.terms.clone();
    let (terms, known) = (&mut work.state.wish.terms, work.context.price_rules);
    let rules = || known.iter().filter(|rule| rule.active);
    terms.pay_with =
        named_way(text).filter(|way| rules().any(|rule| rule.pay_with == Some(*way))).or(terms.pay_with);
    let extras = rules().filter(|rule| rule.optional && names(text, &rule.name));
    terms.extras.extend(extras.map(|rule| rule.id));
    let has_codes = rules().any(|rule| rule.promo_code.is_some());
    if let Some(code) = promo_code(rules(), text) {
        terms.promo_code = Some(code);
    } else if has_codes && understanding::says(text, Remark::PromoCode) {
        work.say(BookingSay::CannotNow { refusal: Refusal::PromoCodeUnknown });
        return Answered::by(work.done());
    }
    let changed = work.state.wish.terms != before;
    if changed && offered && no_booking && !wishes::has_facts(reading) {
        work.state.wish.said_at = Some(work.context.moment.now);
        return Answered::by(wishes::proceed(work));
    }
    Answered::NotYet(work)
}

/// Whether a message names a way of paying that changes the price.
pub(super) fn is_priced(work: &Work, text: &str) -> bool {
    let way = named_way(text);
    way.is_some() && work.context.price_rules.iter().any(|rule| rule.active && rule.pay_with == way)
}

/// The ages that answer our question; the same turn where they don't.
pub(super) fn ages<'a>(mut work: Work<'a>, text: &str) -> Answered<'a> {
    let children = usize::from(work.state.wish.children.unwrap_or(0));
    let said = Some(understanding::ages(text)).filter(|ages| !ages.is_empty());
    let ages = said.or_else(|| bare_ages(text)).filter(|ages| ages.len() == children);
    match ages.and_then(|ages| with_ages(work.state.wish.party()?, &ages)) {
        Some(party) => {
            work.state.wish.set_party(party);
            work.state.wish.children = None;
            Answered::by(wishes::proceed(work))
        }
        None => Answered::NotYet(work),
    }
}

/// Notes the children of a message, with their ages where it tells them.
pub(super) fn note_children(work: &mut Work, reading: &Reading, text: &str) {
    let Some(apart) = reading.apart.filter(|apart| apart.children > 0) else { return };
    let ages = understanding::ages(text);
    let party = work.state.wish.party().filter(|_| ages.len() == usize::from(apart.children));
    match party.and_then(|party| with_ages(party, &ages)) {
        Some(party) => {
            work.state.wish.set_party(party);
            work.state.wish.children = None;
        }
        None => work.state.wish.children = Some(apart.children),
    }
}

/// The same number of people, so many of them children.
fn with_ages(party: Party, ages: &[u8]) -> Option<Party> {
    let adults = party.people().checked_sub(u16::try_from(ages.len()).ok()?)?;
    Party::new(adults, ages, party.pets()).ok()
}

/// "3 y 9", "3, 9 años".
fn bare_ages(text: &str) -> Option<Vec<u8>> {
    let folded = understanding::folded(text);
    let words =
        folded.split(' ').filter(|word| !matches!(*word, "anos" | "ano" | "years" | "tienen" | "tiene"));
    party::ages(&words.collect::<Vec<_>>().join(" ")).filter(|ages| !ages.is_empty())
}

fn named_way(text: &str) -> Option<PaymentMethod> {
    let says = |remark| understanding::says(text, remark);
    if says(Remark::InCash) {
        Some(PaymentMethod::Cash)
    } else if says(Remark::ByTransfer) {
        Some(PaymentMethod::Transfer)
    } else {
        says(Remark::ByMercadopago).then_some(PaymentMethod::Mercadopago)
    }
}

/// A promo code of the owner that stands in a message as a word.
fn promo_code<'r>(rules: impl Iterator<Item = &'r PriceRule>, text: &str) -> Option<PromoCode> {
    let mut codes = rules.filter_map(|rule| rule.promo_code.clone());
    codes.find(|code| names(text, code.as_str()))
}

/// Whether a name stands in a message, as whole words.
fn names(text: &str, name: &str) -> bool {
    let name = understanding::folded(name);
    !name.is_empty() && format!(" {} ", understanding::folded(text)).contains(&format!(" {name} "))
}
