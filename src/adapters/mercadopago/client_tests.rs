//! The client over HTTP against a stub that answers as the provider documents.

use super::*;
use crate::adapters::stub::{Asked, Reply, Stub};
use crate::domain::money::Currency;
use crate::domain::payment::PaymentStatus;

struct Noon;
impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-24T15:00:00Z".parse().unwrap()
    }
}

fn ask<T>(replies: Vec<Reply>, call: impl FnOnce(&MercadoPago) -> T) -> (T, Vec<Asked>) {
    let stub = Stub::new(replies);
    let settings = MercadoPagoSettings {
        access_token: Secret::new("ficha"),
        webhook_secret: Some(Secret::new("secreto")),
        api_url: stub.url.clone(),
        signature: SignaturePolicy::Enforce,
    };
    let outcome = call(&MercadoPago::new(settings, Arc::new(Noon)));
    (outcome, stub.asked())
}

fn say(status: u16, body: &str) -> Reply {
    Reply::Say(status, "", body.into())
}

const PAYMENT: &str =
    r#"{"id":135000000111,"status":"approved","transaction_amount":60000.10,"currency_id":"ARS"}"#;

#[test]
fn a_checkout_is_opened_under_its_key_and_closed_as_of_now() {
    let offer = CheckoutOffer {
        reference: "c1".into(),
        title: "x".repeat(400),
        amount: Money::new(7_200_050, Currency::Ars),
        expires_at: Noon.now(),
        booking: super::metadata::tests::booking(),
    };
    let (checkout, asked) =
        ask(vec![say(201, r#"{"id":"9-a","init_point":"https://mp.example/9-a"}"#)], |mp| {
            mp.open_checkout(&offer, &CheckoutLinks::default(), "llave-1")
        });
    let expected = Checkout { provider_id: "9-a".into(), url: "https://mp.example/9-a".into() };
    assert_eq!(checkout, Ok(expected));
    assert!(asked[0].headers.contains("x-idempotency-key: llave-1"));
    assert!(asked[0].headers.contains("authorization: bearer ficha"));
    assert!(asked[0].body.contains("\"unit_price\":72000.50") && asked[0].body.len() < 1200);

    let (closed, asked) = ask(vec![say(200, "{}")], |mp| mp.close_checkout("9-a"));
    assert_eq!((closed, asked[0].line.as_str()), (Ok(()), "PUT /checkout/preferences/9-a"));
    let body: Value = serde_json::from_str(&asked[0].body).unwrap();
    assert_eq!(body, json!({ "expires": true, "expiration_date_to": "2026-11-24T12:00:00.000-03:00" }));
    assert_eq!(ask(vec![say(404, "{}")], |mp| mp.close_checkout("9-a")).0, Ok(()));
}

#[test]
fn a_payment_that_is_not_there_is_told_apart_from_a_provider_that_is_not() {
    let codes = [
        (404, "http_404", false),
        (401, "http_401", false),
        (403, "http_403", false),
        (409, "http_409", true),
        (423, "http_423", true),
        (429, "http_429", true),
        (500, "http_500", true),
    ];
    for (status, code, transient) in codes {
        let failure = ask(vec![say(status, r#"{"message":"no"}"#)], |mp| mp.fetch("1")).0.unwrap_err();
        assert_eq!((failure.code(), failure.is_transient()), (code, transient));
    }
    let (payment, asked) = ask(vec![say(200, PAYMENT)], |mp| mp.fetch("135000000111"));
    let payment = payment.unwrap();
    assert_eq!((payment.status, payment.amount_minor), (PaymentStatus::Approved, 6_000_010));
    assert_eq!(asked[0].line, "GET /v1/payments/135000000111");
}

#[test]
fn a_search_turns_every_page_and_one_odd_payment_hides_no_other() {
    let page = |first: u32, last: u32| {
        let payments: Vec<Value> = (first..=last)
            .map(
                |id| json!({ "id": id, "status": "approved", "transaction_amount": 1, "currency_id": "ARS" }),
            )
            .collect();
        json!({ "paging": { "total": 60, "limit": 50, "offset": 0 }, "results": payments }).to_string()
    };
    let (found, asked) = ask(vec![say(200, &page(1, 50)), say(200, &page(50, 60))], |mp| mp.search("c1"));
    assert_eq!(found.unwrap().len(), 60, "the one that moved to the second page counts once");
    assert!(asked[1].line.ends_with("external_reference=c1&limit=50&offset=50"), "{}", asked[1].line);

    let odd = format!(r#"{{"results":[7,{{"id":1,"status_detail":5}},{PAYMENT}],"paging":{{"total":3}}}}"#);
    let (found, asked) = ask(vec![say(200, &odd)], |mp| {
        mp.search_changed(SignedDuration::from_mins(65), SignedDuration::ZERO)
    });
    assert_eq!(found.unwrap().len(), 1);
    assert!(asked[0].line.contains("begin_date=NOW-2HOURS&end_date=NOW&"), "{}", asked[0].line);
    let day = |days: i64| SignedDuration::from_hours(24 * days);
    let (_, asked) = ask(vec![say(200, r#"{"results":[]}"#)], |mp| mp.search_changed(day(14), day(7)));
    assert!(asked[0].line.contains("begin_date=NOW-337HOURS&end_date=NOW-168HOURS&"), "{}", asked[0].line);
}

#[test]
fn money_goes_back_under_its_key_and_only_a_plain_yes_is_one() {
    let amount = Money::new(2_500, Currency::Ars);
    let cases = [
        ("approved", RefundOutcome::Approved),
        ("in_process", RefundOutcome::InProcess),
        ("rejected", RefundOutcome::Rejected),
        ("pondering", RefundOutcome::InProcess),
    ];
    for (word, outcome) in cases {
        let answer = format!(r#"{{"id":16,"status":"{word}"}}"#);
        let (refund, asked) = ask(vec![say(201, &answer)], |mp| mp.refund("135", amount, "devolver-1"));
        assert_eq!(refund, Ok(Refund { provider_id: "16".into(), outcome }));
        assert_eq!(
            (asked[0].line.as_str(), asked[0].body.as_str()),
            ("POST /v1/payments/135/refunds", r#"{"amount":25.00}"#)
        );
        assert!(asked[0].headers.contains("x-idempotency-key: devolver-1"));
    }
    let refused = r#"{"message":"Invalid","cause":[{"code":2063,"description":"The action is not valid"}]}"#;
    let failure = ask(vec![say(400, refused)], |mp| mp.refund("135", amount, "k")).0.unwrap_err();
    let detail = "Invalid 2063 The action is not valid".to_owned();
    assert_eq!(failure, PortError::Permanent { code: "http_400".into(), detail });
}

#[test]
fn a_payment_is_annulled_and_the_account_told() {
    let (done, asked) = ask(vec![say(200, PAYMENT)], |mp| mp.cancel("135"));
    assert_eq!((done, asked[0].body.as_str()), (Ok(()), r#"{"status":"cancelled"}"#));
    let (account, _) = ask(vec![say(200, r#"{"id":44,"site_id":"MLA"}"#)], MercadoPago::account);
    assert_eq!(account, Ok(Account { collector_id: "44".into(), site: "MLA".into() }));
}

#[test]
fn an_id_that_would_leave_its_place_in_an_address_is_never_asked_for() {
    for id in ["", "../users/me", "1?x=2", "1 2", "á"] {
        let (failure, asked) = ask(Vec::new(), |mp| mp.fetch(id));
        assert_eq!((failure.unwrap_err().code(), asked.len()), ("bad_request", 0));
    }
}
