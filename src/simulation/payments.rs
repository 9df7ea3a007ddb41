//! The payment provider: checkouts, payments with a history, idempotent refunds. Its answers may be outdated,
//! as the real one's.

use super::faults::{Fate, Party, dead, lost};
use super::machine::Machine;
use super::payment_state::{Offer, PAY_URL, Paid};
use super::world::{Event, Shared, World};
use crate::domain::money::Money;
use crate::domain::paid_booking::PaidBooking;
use crate::domain::payment::{CheckoutOffer, PaymentSnapshot, PaymentStatus, REIMBURSED};
use crate::ports::error::PortError;
use crate::ports::payments::{
    Account, Checkout, CheckoutLinks, PaymentHook, Payments, RawPaymentHook, Refund, RefundOutcome, Signature,
};
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Our account.
pub(super) const COLLECTOR: &str = "777";
/// How long after a change an answer may be outdated.
const LAG: SignedDuration = SignedDuration::from_secs(90);

pub struct SimulatedPayments {
    pub world: Shared,
    pub machine: Arc<Machine>,
}

impl SimulatedPayments {
    /// A call without side effects.
    fn ask<T>(&self, answer: impl FnOnce(&mut World) -> Result<T, PortError>) -> Result<T, PortError> {
        if !self.machine.survives() {
            return Err(dead());
        }
        let world = &mut *self.world.lock();
        world.asked(Party::Payments)?;
        answer(world)
    }

    /// A call with side effects, whose answer may get lost.
    fn act<T>(&self, act: impl FnOnce(&mut World) -> Result<T, PortError>) -> Result<T, PortError> {
        if !self.machine.survives() {
            return Err(dead());
        }
        let world = &mut *self.world.lock();
        match world.fate(Party::Payments) {
            Fate::Works => act(world),
            Fate::Fails(error) => Err(error),
            Fate::AnswerLost => {
                let _nobody_hears = act(world);
                Err(lost())
            }
        }
    }
}

impl Payments for SimulatedPayments {
    fn is_on(&self) -> bool {
        true
    }

    fn read_hook(&self, _hook: &RawPaymentHook<'_>) -> (PaymentHook, Signature) {
        (PaymentHook::Unreadable, Signature::Invalid)
    }

    fn open_checkout(
        &self,
        offer: &CheckoutOffer,
        _links: &CheckoutLinks,
        _key: &str,
    ) -> Result<Checkout, PortError> {
        self.act(|world| {
            let provider_id = format!("offer{}", world.payments.offers.len() + 1);
            let kept = Offer {
                reference: offer.reference.clone(),
                title: offer.title.clone(),
                amount: offer.amount,
                expires_at: offer.expires_at,
                closed: false,
                booking: offer.booking.clone(),
            };
            world.payments.offers.insert(provider_id.clone(), kept);
            let url = format!("{PAY_URL}{provider_id}");
            Ok(Checkout { provider_id, url })
        })
    }

    fn close_checkout(&self, provider_id: &str) -> Result<(), PortError> {
        self.act(|world| {
            let offer = world.payments.offers.get_mut(provider_id).ok_or_else(unknown)?;
            offer.closed = true;
            Ok(())
        })
    }

    fn fetch(&self, payment_id: &str) -> Result<PaymentSnapshot, PortError> {
        self.ask(|world| {
            let known = world.payments.payments.get(payment_id).ok_or_else(unknown)?.clone();
            as_told(world, &known, 60).ok_or_else(unknown)
        })
    }

    fn search(&self, reference: &str) -> Result<Vec<PaymentSnapshot>, PortError> {
        self.ask(|world| {
            let same = |paid: &&Paid| paid.now.reference.as_deref() == Some(reference);
            let found: Vec<Paid> = world.payments.payments.values().filter(same).cloned().collect();
            Ok(found.iter().rev().filter_map(|paid| as_told(world, paid, 300)).collect())
        })
    }

    fn search_changed(
        &self,
        from: SignedDuration,
        to: SignedDuration,
    ) -> Result<Vec<PaymentSnapshot>, PortError> {
        self.ask(|world| {
            let (since, until) = (world.now - from, world.now - to);
            let recent = |paid: &&Paid| since <= paid.changed_at && paid.changed_at <= until;
            let found: Vec<Paid> = world.payments.payments.values().filter(recent).cloned().collect();
            Ok(found.iter().rev().filter_map(|paid| as_told(world, paid, 300)).collect())
        })
    }

    fn cancel(&self, payment_id: &str) -> Result<(), PortError> {
        self.act(|world| {
            let open = world.payments.payments.get(payment_id).is_some_and(|paid| paid.now.status.is_open());
            if open {
                becomes(world, payment_id, PaymentStatus::Cancelled);
            }
            Ok(())
        })
    }

    fn refund(&self, payment_id: &str, amount: Money, key: &str) -> Result<Refund, PortError> {
        self.act(|world| {
            let provider_id = format!("refund-{key}");
            let paid = world.payments.payments.get_mut(payment_id).ok_or_else(unknown)?;
            let left = paid.now.amount_minor - paid.now.refunded_minor;
            let known = paid.by_key.contains_key(key);
            if !known && (paid.now.status != PaymentStatus::Approved || amount.minor > left) {
                let detail = "nothing left to give back".to_owned();
                return Err(PortError::Permanent { code: "http_400".to_owned(), detail });
            }
            if !known {
                paid.by_key.insert(key.to_owned(), amount.minor);
                world.counts.refunds += 1;
                give_back(world, payment_id, amount.minor);
            }
            Ok(Refund { provider_id, outcome: RefundOutcome::Approved })
        })
    }

    fn account(&self) -> Result<Account, PortError> {
        self.ask(|_| Ok(Account { collector_id: COLLECTOR.to_owned(), site: "MLA".to_owned() }))
    }
}

fn unknown() -> PortError {
    PortError::Permanent { code: "http_404".to_owned(), detail: String::new() }
}

/// The payment in an answer: sometimes, soon after a change, its previous state, or none.
fn as_told(world: &mut World, paid: &Paid, lag_permille: u64) -> Option<PaymentSnapshot> {
    let fresh = world.now < paid.changed_at + LAG;
    if fresh && world.mishap(lag_permille) {
        world.counts.stale_answers += 1;
        return paid.before.clone();
    }
    Some(paid.now.clone())
}

/// A guest pays a checkout.
pub(super) fn pays(world: &mut World, offer_id: &str) {
    let Some(offer) = world.payments.offers.get(offer_id).cloned() else { return };
    let over = offer.closed || offer.expires_at < world.now;
    // An expired checkout nearly always refuses payment.
    if over && !world.rng.permille(150) {
        return;
    }
    let mut paid = Begun::of(offer_id, &offer);
    let lie = world.rng.below(100);
    match lie {
        0 => paid.amount = (paid.amount / 2).max(1),
        1 => paid.currency = "USD",
        2 => paid.collector = "666",
        3 => paid.amount += 100,
        4 | 5 if paid.amount > 1 => {
            paid.amount /= 2;
            world.counts.paid_in_parts += 1;
            let rest = Event::PaysRest(offer_id.to_owned(), offer.amount.minor - paid.amount);
            world.within((60, 3000), rest);
        }
        _ => {}
    }
    world.counts.lies += u64::from(lie < 4);
    let again =
        world.payments.payments.values().any(|paid| {
            paid.offer.as_deref() == Some(offer_id) && paid.now.status == PaymentStatus::Approved
        });
    world.counts.paid_twice += u64::from(again);
    if world.rng.permille(20) {
        paid.reference = None;
        world.counts.references_lost += 1;
    }
    let id = begins(world, paid);
    let first = match world.rng.below(20) {
        0..=13 => PaymentStatus::Approved,
        14 | 15 => PaymentStatus::Rejected,
        16 | 17 => PaymentStatus::InProcess,
        _ => PaymentStatus::Pending,
    };
    if first == PaymentStatus::Rejected && world.rng.permille(700) {
        world.within((60, 600), Event::Pays(offer_id.to_owned()));
    }
    becomes(world, &id, first);
}

/// Pays this amount for a checkout, with this result.
pub fn pays_plainly(world: &mut World, offer_id: &str, amount: i64, status: PaymentStatus) {
    let Some(offer) = world.payments.offers.get(offer_id) else { return };
    let begun = Begun { amount, ..Begun::of(offer_id, offer) };
    let id = begins(world, begun);
    becomes(world, &id, status);
}

/// Somebody pays the account for something else: with a reference of its own, or with none.
pub(super) fn other_business(world: &mut World) {
    world.counts.foreign += 1;
    let number = world.number();
    let begun = Begun {
        offer: None,
        reference: world.rng.permille(600).then(|| format!("pedido-{number}")),
        title: format!("Pedido {number}"),
        booking: None,
        amount: world.rng.between(1_000, 10_000_000),
        currency: "ARS",
        collector: COLLECTOR,
    };
    let id = begins(world, begun);
    becomes(world, &id, PaymentStatus::Approved);
}

/// A dispute that the bank had won is decided for us after all.
pub(super) fn reimbursed(world: &mut World, id: &str) {
    let lost =
        world.payments.payments.get(id).is_some_and(|paid| paid.now.status == PaymentStatus::ChargedBack);
    if lost {
        world.counts.disputes_won += 1;
        change(world, id, |now| now.status_detail = REIMBURSED.to_owned());
    }
}

/// A payment as it begins.
struct Begun {
    offer: Option<String>,
    reference: Option<String>,
    title: String,
    booking: Option<PaidBooking>,
    amount: i64,
    currency: &'static str,
    collector: &'static str,
}

impl Begun {
    /// The payment that a checkout asks for.
    fn of(id: &str, offer: &Offer) -> Begun {
        Begun {
            offer: Some(id.to_owned()),
            reference: Some(offer.reference.clone()),
            title: offer.title.clone(),
            booking: Some(offer.booking.clone()),
            amount: offer.amount.minor,
            currency: "ARS",
            collector: COLLECTOR,
        }
    }
}

/// Creates a payment; returns its id.
fn begins(world: &mut World, begun: Begun) -> String {
    let id = format!("{}", 1_000_000 + world.number());
    world.counts.payments += 1;
    let now = PaymentSnapshot {
        provider_id: id.clone(),
        status: PaymentStatus::Pending,
        status_detail: String::new(),
        amount_minor: begun.amount,
        refunded_minor: 0,
        currency: begun.currency.to_owned(),
        reference: begun.reference,
        collector_id: Some(begun.collector.to_owned()),
        updated: String::new(),
        method: "account_money".to_owned(),
        description: begun.title,
        booking: begun.booking,
    };
    let paid = Paid {
        now,
        offer: begun.offer,
        before: None,
        changed_at: world.now,
        by_key: BTreeMap::new(),
        was_approved: false,
    };
    world.payments.payments.insert(id.clone(), paid);
    id
}

/// Changes a payment's status, and schedules what may follow from it.
pub(super) fn becomes(world: &mut World, id: &str, status: PaymentStatus) {
    let Some(paid) = world.payments.payments.get(id) else { return };
    let over = matches!(paid.now.status, PaymentStatus::Refunded | PaymentStatus::ChargedBack);
    if over || (paid.now.status == status && paid.changed_at != world.now) {
        return;
    }
    let was = paid.now.status;
    change(world, id, |now| now.status = status);
    let hours = |from: i64, to: i64| (from * 3600, to * 3600);
    let later = |world: &mut World, span, status| world.within(span, Event::Becomes(id.to_owned(), status));
    match status {
        PaymentStatus::Pending if world.rng.permille(600) => {
            later(world, (600, 200_000), PaymentStatus::Approved);
        }
        PaymentStatus::Pending => later(world, hours(24, 96), PaymentStatus::Cancelled),
        PaymentStatus::InProcess if world.rng.permille(700) => {
            later(world, (600, 150_000), PaymentStatus::Approved);
        }
        PaymentStatus::InProcess => later(world, hours(1, 48), PaymentStatus::Rejected),
        PaymentStatus::Approved => match world.rng.below(60) {
            0 => later(world, hours(24, 900), PaymentStatus::ChargedBack),
            1 => later(world, hours(24, 200), PaymentStatus::InMediation),
            2 => world.within(hours(1, 200), Event::GivenBack(id.to_owned())),
            _ => {}
        },
        PaymentStatus::InMediation if world.rng.permille(500) => {
            later(world, hours(24, 200), PaymentStatus::Approved);
        }
        PaymentStatus::InMediation => later(world, hours(24, 200), PaymentStatus::ChargedBack),
        PaymentStatus::ChargedBack => {
            world.counts.charged_back += 1;
            if world.rng.permille(400) {
                world.within(hours(24, 900), Event::Reimbursed(id.to_owned()));
            }
        }
        PaymentStatus::Rejected if was == PaymentStatus::InProcess => world.counts.reviews_refused += 1,
        PaymentStatus::Authorized
        | PaymentStatus::Rejected
        | PaymentStatus::Cancelled
        | PaymentStatus::Refunded
        | PaymentStatus::Unknown => {}
    }
}

/// The owner refunds part or all of a payment in the provider's panel.
pub(super) fn given_back_in_panel(world: &mut World, id: &str) {
    let Some(paid) = world.payments.payments.get(id) else { return };
    let left = paid.now.amount_minor - paid.now.refunded_minor;
    if paid.now.status == PaymentStatus::Approved && left > 1 {
        let part = if world.rng.permille(500) { left } else { left / 2 };
        give_back(world, id, part);
    }
}

fn give_back(world: &mut World, id: &str, amount: i64) {
    change(world, id, |now| {
        now.refunded_minor += amount;
        if now.refunded_minor >= now.amount_minor {
            now.status = PaymentStatus::Refunded;
        }
    });
}

/// Changes a payment and notifies: now and then twice, late, or not at all.
fn change(world: &mut World, id: &str, how: impl FnOnce(&mut PaymentSnapshot)) {
    let at = world.now;
    let Some(paid) = world.payments.payments.get_mut(id) else { return };
    // Before its first state a payment is not found.
    paid.before = (!paid.now.updated.is_empty()).then(|| paid.now.clone());
    how(&mut paid.now);
    paid.now.updated = at.to_string();
    paid.changed_at = at;
    let first = paid.now.status == PaymentStatus::Approved && !paid.was_approved;
    paid.was_approved |= first;
    let now = paid.now.clone();
    world.counts.approved += u64::from(first);
    world.note(|| {
        format!("payment {id} is {} {}/{}", now.status.code(), now.refunded_minor, now.amount_minor)
    });
    if world.mishap(100) {
        world.counts.hooks_dropped += 1;
        return;
    }
    if world.mishap(100) {
        world.counts.hooks_doubled += 1;
        world.within((1, 3600), Event::Notice(id.to_owned()));
    }
    let span = if world.mishap(100) { (600, 20_000) } else { (0, 30) };
    world.within(span, Event::Notice(id.to_owned()));
}
