//! Mercado Pago: checkouts that expire with their hold, payments, idempotent refunds.
//!
//! A checkout excludes cash vouchers and asks for a binary answer, so that money does not arrive days after
//! the hold has ended; late money is handled all the same.

mod decimal;
mod hook;
mod id;
mod metadata;
mod sign;
mod wire;

pub use hook::SignaturePolicy;

use self::id::id_text;
use super::breaker::Breaker;
use super::http::{Http, HttpResponse, detail_of};
use crate::config::Secret;
use crate::domain::message::cut;
use crate::domain::money::Money;
use crate::domain::payment::{CheckoutOffer, PaymentSnapshot};
use crate::domain::provider::OutageCause;
use crate::ports::clock::Clock;
use crate::ports::error::PortError;
use crate::ports::payments::{
    Account, Checkout, CheckoutLinks, PaymentHook, Payments, RawPaymentHook, Refund, RefundOutcome, Signature,
};
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use ureq::http::Request;

/// Results in one page of a search; the provider's own limit.
const PAGE: u64 = 50;
/// Most pages read of one search. More than a thousand payments an hour means other problems.
const PAGES_MAX: u64 = 20;
/// Offset of dates in the provider's examples; it accepts any.
const OFFSET_HOURS: i8 = -3;

/// Credentials and address of the API.
#[derive(Clone)]
pub struct MercadoPagoSettings {
    pub access_token: Secret,
    /// Secret of notifications; `None` only with [`SignaturePolicy::Warn`].
    pub webhook_secret: Option<Secret>,
    /// Base address, without a trailing slash.
    pub api_url: String,
    /// Policy for a missing or wrong signature.
    pub signature: SignaturePolicy,
}

pub struct MercadoPago {
    settings: MercadoPagoSettings,
    http: Http,
    breaker: Breaker,
    clock: Arc<dyn Clock>,
}

impl MercadoPago {
    /// A client for one seller's account.
    pub fn new(settings: MercadoPagoSettings, clock: Arc<dyn Clock>) -> MercadoPago {
        let breaker = Breaker::new("mercadopago", Arc::clone(&clock));
        MercadoPago { settings, http: Http::new(), breaker, clock }
    }

    fn call(
        &self,
        method: &str,
        path: &str,
        key: Option<&str>,
        body: Option<String>,
    ) -> Result<HttpResponse, PortError> {
        let url = format!("{}{path}", self.settings.api_url.trim_end_matches('/'));
        let bearer = format!("Bearer {}", self.settings.access_token.expose());
        let mut request = Request::builder().method(method).uri(url).header("authorization", bearer);
        if let Some(key) = key {
            request = request.header("x-idempotency-key", key);
        }
        self.breaker.call(|| {
            let answer = match body {
                Some(body) => {
                    let request = request.header("content-type", "application/json").body(body);
                    self.http.ask(request.map_err(|_| unusable())?)
                }
                None => self.http.ask(request.body(()).map_err(|_| unusable())?),
            }?;
            match answer.status {
                _ if answer.is_success() => Ok(answer),
                401 => Err(PortError::Account {
                    cause: OutageCause::Token,
                    code: "http_401".into(),
                    detail: detail_of(&words(&answer)),
                }),
                _ => Err(answer.failure(&words(&answer))),
            }
        })
    }

    fn search_all(&self, query: &str) -> Result<Vec<PaymentSnapshot>, PortError> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        for page in 0..PAGES_MAX {
            let path = format!("/v1/payments/search?{query}&limit={PAGE}&offset={}", page * PAGE);
            let answer = self.call("GET", &path, None, None)?;
            let search: wire::Search<'_> = serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
            for raw in &search.results {
                let payment: Result<wire::Payment<'_>, _> = serde_json::from_str(raw.get());
                match payment.map_err(|_| unreadable()).and_then(|payment| payment.snapshot()) {
                    Ok(payment) if seen.insert(payment.provider_id.clone()) => found.push(payment),
                    // The payment moved to the next page between two requests.
                    Ok(_) => {}
                    Err(_) => tracing::warn!("a payment in an unknown shape was left out of a search"),
                }
            }
            if (page + 1) * PAGE >= search.paging.total || search.results.is_empty() {
                return Ok(found);
            }
        }
        tracing::warn!(payments = found.len(), "a search of payments had more pages than are read");
        Ok(found)
    }
}

impl Payments for MercadoPago {
    fn is_on(&self) -> bool {
        true
    }

    fn read_hook(&self, hook: &RawPaymentHook<'_>) -> (PaymentHook, Signature) {
        hook::read(hook, self.settings.webhook_secret.as_ref().map(Secret::expose), self.settings.signature)
    }

    fn open_checkout(
        &self,
        offer: &CheckoutOffer,
        links: &CheckoutLinks,
        key: &str,
    ) -> Result<Checkout, PortError> {
        let body = serde_json::to_string(&preference(offer, links)).map_err(|_| unusable())?;
        let preference: wire::Preference =
            self.call("POST", "/checkout/preferences", Some(key), Some(body))?.json()?;
        Ok(Checkout { provider_id: preference.id, url: preference.init_point })
    }

    fn close_checkout(&self, provider_id: &str) -> Result<(), PortError> {
        let body = json!({ "expires": true, "expiration_date_to": date(self.clock.now()) });
        let path = format!("/checkout/preferences/{}", plain(provider_id)?);
        match self.call("PUT", &path, None, Some(body.to_string())) {
            // A deleted checkout can't be paid.
            Err(PortError::Permanent { code, .. }) if code == "http_404" => Ok(()),
            other => other.map(drop),
        }
    }

    fn fetch(&self, payment_id: &str) -> Result<PaymentSnapshot, PortError> {
        let answer = self.call("GET", &format!("/v1/payments/{}", plain(payment_id)?), None, None)?;
        let payment: wire::Payment<'_> = serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
        payment.snapshot()
    }

    fn search(&self, reference: &str) -> Result<Vec<PaymentSnapshot>, PortError> {
        let reference = plain(reference)?;
        self.search_all(&format!("sort=date_last_updated&criteria=desc&external_reference={reference}"))
    }

    fn search_changed(
        &self,
        from: SignedDuration,
        to: SignedDuration,
    ) -> Result<Vec<PaymentSnapshot>, PortError> {
        // Whole hours, as in the vendor's examples.
        let from = from.as_hours() + 1;
        let to = match to.as_hours() {
            ..=0 => "NOW".to_owned(),
            hours => format!("NOW-{hours}HOURS"),
        };
        self.search_all(&format!(
            "sort=date_last_updated&criteria=desc&range=date_last_updated&begin_date=NOW-{from}HOURS&end_date={to}"
        ))
    }

    fn cancel(&self, payment_id: &str) -> Result<(), PortError> {
        let body = json!({ "status": "cancelled" }).to_string();
        let path = format!("/v1/payments/{}", plain(payment_id)?);
        self.call("PUT", &path, Some(&format!("cancel-{payment_id}")), Some(body)).map(drop)
    }

    fn refund(&self, payment_id: &str, amount: Money, key: &str) -> Result<Refund, PortError> {
        let body = format!("{{\"amount\":{}}}", decimal::from_minor(amount.minor));
        let path = format!("/v1/payments/{}/refunds", plain(payment_id)?);
        let refund: wire::Refund = self.call("POST", &path, Some(key), Some(body))?.json()?;
        let outcome = match refund.status.as_deref() {
            Some("approved") => RefundOutcome::Approved,
            Some("rejected" | "cancelled") => RefundOutcome::Rejected,
            // An unknown status is no promise that the money is back.
            Some(_) | None => RefundOutcome::InProcess,
        };
        Ok(Refund { provider_id: id_text(&refund.id).unwrap_or_default(), outcome })
    }

    fn account(&self) -> Result<Account, PortError> {
        let me: wire::Me = self.call("GET", "/users/me", None, None)?.json()?;
        let collector_id = id_text(&me.id).ok_or_else(unreadable)?;
        Ok(Account { collector_id, site: me.site_id })
    }
}

/// A checkout in the provider's JSON.
fn preference<'a>(offer: &'a CheckoutOffer, links: &CheckoutLinks) -> wire::NewPreference<'a> {
    let public = links.public_url.as_deref();
    let back = public.filter(|url| url.starts_with("https://")).map(|url| {
        let page = |outcome: &str| format!("{url}/pago/{outcome}");
        wire::BackUrls { success: page("listo"), pending: page("pendiente"), failure: page("rechazado") }
    });
    wire::NewPreference {
        items: [wire::Item {
            id: &offer.reference,
            title: cut(&offer.title, wire::TITLE_CHARS_MAX),
            category_id: "travels",
            quantity: 1,
            currency_id: offer.amount.currency.code(),
            unit_price: decimal::from_minor(offer.amount.minor),
        }],
        external_reference: &offer.reference,
        // Webhooks only: the older notifications can't be verified.
        notification_url: public.map(|url| format!("{url}/webhooks/mercadopago?source_news=webhooks")),
        auto_return: back.is_some().then_some("approved"),
        back_urls: back,
        metadata: metadata::write(&offer.booking),
        expires: true,
        expiration_date_to: date(offer.expires_at),
        binary_mode: true,
        payment_methods: wire::PaymentMethods {
            excluded_payment_types: [wire::Id { id: "ticket" }, wire::Id { id: "atm" }],
            installments: 1,
        },
    }
}

/// An instant in the provider's format: milliseconds and offset.
fn date(at: Timestamp) -> String {
    let zoned = at.to_zoned_datetime(TimeZone::fixed(offset(OFFSET_HOURS)));
    zoned.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// The provider's text for a failure.
fn words(answer: &HttpResponse) -> String {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    let cause = &body["cause"][0];
    let code = id_text(&cause["code"]).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    [text(&body["message"]), code, text(&cause["description"])].join(" ")
}

/// An id or reference for a URL: ours and the provider's consist of these letters only.
fn plain(id: &str) -> Result<&str, PortError> {
    let fits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if fits { Ok(id) } else { Err(unusable()) }
}

fn unreadable() -> PortError {
    PortError::Transient { after: None, code: "unreadable_answer".into() }
}

fn unusable() -> PortError {
    PortError::Permanent { code: "bad_request".into(), detail: "the request could not be made".into() }
}

/// Mercado Pago without credentials.
pub struct PaymentsOff;

impl Payments for PaymentsOff {
    fn is_on(&self) -> bool {
        false
    }

    fn read_hook(&self, _hook: &RawPaymentHook<'_>) -> (PaymentHook, Signature) {
        (PaymentHook::Other { topic: String::new() }, Signature::Invalid)
    }

    fn open_checkout(&self, _: &CheckoutOffer, _: &CheckoutLinks, _: &str) -> Result<Checkout, PortError> {
        Err(PortError::Off)
    }

    fn close_checkout(&self, _provider_id: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }

    fn fetch(&self, _payment_id: &str) -> Result<PaymentSnapshot, PortError> {
        Err(PortError::Off)
    }

    fn search(&self, _reference: &str) -> Result<Vec<PaymentSnapshot>, PortError> {
        Err(PortError::Off)
    }

    fn search_changed(
        &self,
        _from: SignedDuration,
        _to: SignedDuration,
    ) -> Result<Vec<PaymentSnapshot>, PortError> {
        Err(PortError::Off)
    }

    fn cancel(&self, _payment_id: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }

    fn refund(&self, _payment_id: &str, _amount: Money, _key: &str) -> Result<Refund, PortError> {
        Err(PortError::Off)
    }

    fn account(&self) -> Result<Account, PortError> {
        Err(PortError::Off)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use jiff::SignedDuration;

    fn offer() -> CheckoutOffer {
        CheckoutOffer {
            reference: "c1".into(),
            title: "Seña Aromo".into(),
            amount: Money::new(7_200_050, Currency::Ars),
            expires_at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(3),
            booking: metadata::tests::booking(),
        }
    }

    #[test]
    fn a_checkout_ends_with_its_hold_and_takes_no_vouchers() {
        let links = CheckoutLinks { public_url: Some("https://casa.example".into()) };
        let sent: Value = serde_json::to_value(preference(&offer(), &links)).unwrap();
        assert_eq!(sent["expiration_date_to"], "1970-01-01T00:00:00.000-03:00");
        assert_eq!((&sent["expires"], &sent["binary_mode"]), (&json!(true), &json!(true)));
        assert_eq!(
            sent["payment_methods"]["excluded_payment_types"],
            json!([{ "id": "ticket" }, { "id": "atm" }])
        );
        assert_eq!(
            sent["notification_url"],
            "https://casa.example/webhooks/mercadopago?source_news=webhooks"
        );
        assert_eq!(sent["auto_return"], "approved");
        assert_eq!(
            (&sent["metadata"]["code"], &sent["metadata"]["part"]),
            (&json!("K7M2QX"), &json!("balance"))
        );
        let text = serde_json::to_string(&preference(&offer(), &links)).unwrap();
        assert!(text.contains("\"unit_price\":72000.50"), "{text}");
    }

    #[test]
    fn without_a_public_address_nothing_points_to_us() {
        let sent = serde_json::to_value(preference(&offer(), &CheckoutLinks::default())).unwrap();
        assert!(sent.get("notification_url").is_none() && sent.get("auto_return").is_none());
    }

    #[test]
    fn a_payment_is_read_with_ids_as_numbers_and_amounts_by_their_digits() {
        let body = r#"{"id":135000000111,"status":"approved","status_detail":"accredited","transaction_amount":60000.1,
            "transaction_amount_refunded":null,"currency_id":"ARS","external_reference":"c1","collector_id":44,
            "date_last_updated":"2026-11-24T10:00:00.000-04:00","payment_type_id":"account_money","order":{}}"#;
        let payment: wire::Payment<'_> = serde_json::from_str(body).unwrap();
        let snapshot = payment.snapshot().unwrap();
        assert_eq!(snapshot.provider_id, "135000000111");
        assert_eq!((snapshot.amount_minor, snapshot.refunded_minor), (6_000_010, 0));
        assert_eq!(snapshot.collector_id.as_deref(), Some("44"));
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod client_tests;
