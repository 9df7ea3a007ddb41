//! Which payments count.

use super::*;

fn snapshot() -> PaymentSnapshot {
    PaymentSnapshot {
        provider_id: "135700001".into(),
        status: PaymentStatus::Approved,
        status_detail: "accredited".into(),
        amount_minor: 60_000_00,
        refunded_minor: 0,
        currency: "ARS".into(),
        reference: Some("c1".into()),
        collector_id: Some("44".into()),
        updated: String::new(),
        method: "account_money".into(),
        description: String::new(),
        booking: None,
    }
}

fn expected() -> Expectation {
    Expectation {
        reference: "c1".into(),
        amount: Money::new(60_000_00, Currency::Ars),
        collector_id: Some("44".into()),
    }
}

#[test]
fn the_payment_asked_for_matches() {
    assert_eq!(judge(&snapshot(), Some(&expected())), Verdict::Matches);
}

#[test]
fn another_currency_collector_or_reference_never_counts() {
    let dollars = PaymentSnapshot { currency: "USD".into(), ..snapshot() };
    let stranger = PaymentSnapshot { collector_id: Some("45".into()), ..snapshot() };
    let anonymous = PaymentSnapshot { collector_id: None, ..snapshot() };
    let unasked = PaymentSnapshot { reference: Some("c2".into()), ..snapshot() };
    assert_eq!(judge(&dollars, Some(&expected())), Verdict::OtherCurrency);
    assert_eq!(judge(&stranger, Some(&expected())), Verdict::OtherCollector);
    assert_eq!(judge(&anonymous, Some(&expected())), Verdict::OtherCollector);
    assert_eq!(judge(&unasked, Some(&expected())), Verdict::UnknownReference);
    assert_eq!(judge(&snapshot(), None), Verdict::UnknownReference);
    assert!(![dollars, stranger, unasked].iter().any(|s| judge(s, Some(&expected())).counts()));
}

#[test]
fn only_approved_money_less_refunds_has_worth() {
    for status in PaymentStatus::VARIANTS.iter().copied() {
        let worth = PaymentSnapshot { status, refunded_minor: 10_00, ..snapshot() }.worth_minor();
        assert_eq!(worth, if status == PaymentStatus::Approved { 59_990_00 } else { 0 }, "{status:?}");
    }
}

#[test]
fn the_balance_follows_from_what_was_paid() {
    let (deposit, total) = (Money::new(30, Currency::Ars), Money::new(100, Currency::Ars));
    let of = |paid| Balance::of(paid, deposit, total);
    assert_eq!(
        [of(0), of(29), of(30), of(100), of(101)],
        [Balance::Unpaid, Balance::Partial, Balance::DepositPaid, Balance::Settled, Balance::Overpaid]
    );
}

#[test]
fn each_method_state_and_verdict_has_a_code_of_its_own() {
    use crate::domain::code::check_codes;
    check_codes::<PaymentMethod>();
    check_codes::<PaymentStatus>();
    check_codes::<Verdict>();
}
