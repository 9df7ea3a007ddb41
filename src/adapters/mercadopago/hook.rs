//! Parses notifications. Two systems send to the same address: webhooks, which are signed, and the older IPN,
//! whose signature can't be verified and which is harmless, since it only makes us read. Pure.

use super::id::id_text;
use super::{sign, wire};
use crate::ports::payments::{PaymentHook, RawPaymentHook, Signature};

/// Longest id that can be the provider's.
const ID_CHARS_MAX: usize = 40;
/// Topics that the owner answers at the provider: a payer's claim, and a fraud alert.
const CLAIMS: [&str; 4] = ["topic_claims_integration_wh", "claim", "claims", "stop_delivery_op_wh"];
/// Longest unknown topic that is kept.
const TOPIC_CHARS_MAX: usize = 40;

/// Policy for a missing or wrong signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignaturePolicy {
    Enforce,
    Warn,
}

pub(super) fn read(
    hook: &RawPaymentHook<'_>,
    secret: Option<&str>,
    policy: SignaturePolicy,
) -> (PaymentHook, Signature) {
    let body = serde_json::from_slice::<wire::Notification>(hook.body);
    let empty = hook.body.iter().all(u8::is_ascii_whitespace);
    let (body, readable) = match body {
        Ok(body) => (body, true),
        Err(_) => (wire::Notification::default(), empty && (hook.data_id.is_some() || hook.id.is_some())),
    };
    // The older system names a resource or uses `topic`; the current one has `data.id`.
    let legacy = body.data.is_none()
        && hook.data_id.is_none()
        && (body.resource.is_some() || body.topic.is_some() || hook.id.is_some());
    let signature = if legacy {
        Signature::Legacy
    } else if secret
        .is_some_and(|secret| sign::is_valid(secret, hook.data_id, hook.request_id, hook.signature))
    {
        Signature::Valid
    } else if policy == SignaturePolicy::Warn {
        Signature::Tolerated
    } else {
        Signature::Invalid
    };
    if !readable {
        return (PaymentHook::Unreadable, signature);
    }
    let topic = body.kind.as_deref().or(body.topic.as_deref()).or(hook.topic).unwrap_or_default().to_owned();
    let id = id_of(hook, &body);
    let hook = match (topic.as_str(), id) {
        ("payment", Some(id)) => PaymentHook::Payment { id },
        ("chargebacks" | "topic_chargebacks_wh", Some(id)) => PaymentHook::Chargeback { id },
        (claim, Some(id)) if CLAIMS.contains(&claim) => PaymentHook::Claim { id, topic },
        _ => PaymentHook::Other { topic: topic.chars().take(TOPIC_CHARS_MAX).collect() },
    };
    (hook, signature)
}

/// The subject's id: from the query (the signed one), the body, or the end of a resource's address.
fn id_of(hook: &RawPaymentHook<'_>, body: &wire::Notification) -> Option<String> {
    let in_body = body.data.as_ref().and_then(|data| data.id.as_ref()).and_then(id_text);
    let resource = body.resource.as_ref().and_then(id_text);
    let resource = resource.map(|url| url.rsplit('/').next().unwrap_or_default().to_owned());
    let id = hook.data_id.map(str::to_owned).or(in_body).or(resource).or(hook.id.map(str::to_owned))?;
    let plain =
        id.len() <= ID_CHARS_MAX && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw<'a>(data_id: Option<&'a str>, topic: Option<&'a str>, body: &'a str) -> RawPaymentHook<'a> {
        RawPaymentHook { data_id, id: None, topic, signature: None, request_id: None, body: body.as_bytes() }
    }

    fn payment(hook: &PaymentHook) -> Option<&str> {
        match hook {
            PaymentHook::Payment { id, .. } => Some(id),
            _ => None,
        }
    }

    #[test]
    fn a_webhook_names_a_payment_by_number_or_text() {
        for body in [
            r#"{"type":"payment","action":"payment.created","id":1,"data":{"id":"135000111"}}"#,
            r#"{"type":"payment","action":"payment.updated","id":"1","data":{"id":135000111}}"#,
        ] {
            let (hook, signature) = read(&raw(None, None, body), Some("s"), SignaturePolicy::Enforce);
            assert_eq!((payment(&hook), signature), (Some("135000111"), Signature::Invalid));
        }
    }

    #[test]
    fn the_older_system_is_taken_as_a_hint_without_a_signature() {
        for body in [
            r#"{"resource":"135000111","topic":"payment"}"#,
            r#"{"resource":"https://api.example/v1/payments/135000111","topic":"payment"}"#,
            r#"{"resource":135000111,"topic":"payment"}"#,
        ] {
            let (hook, signature) = read(&raw(None, None, body), Some("s"), SignaturePolicy::Enforce);
            assert_eq!((payment(&hook), signature), (Some("135000111"), Signature::Legacy));
        }
    }

    #[test]
    fn a_claim_and_an_alert_of_fraud_are_told() {
        for topic in ["topic_claims_integration_wh", "stop_delivery_op_wh"] {
            let body = format!(r#"{{"type":"{topic}","data":{{"id":"5000111"}}}}"#);
            let (hook, _) = read(&raw(None, None, &body), None, SignaturePolicy::Warn);
            assert_eq!(hook, PaymentHook::Claim { id: "5000111".into(), topic: topic.into() });
        }
    }

    #[test]
    fn what_is_not_about_a_payment_is_answered_and_left() {
        let order = r#"{"resource":"https://api.example/merchant_orders/36","topic":"merchant_order"}"#;
        let (hook, _) = read(&raw(None, None, order), None, SignaturePolicy::Enforce);
        assert_eq!(hook, PaymentHook::Other { topic: "merchant_order".into() });
        let (hook, signature) = read(&raw(Some("1"), Some("payment"), "{"), None, SignaturePolicy::Warn);
        assert_eq!((hook, signature), (PaymentHook::Unreadable, Signature::Tolerated));
    }

    #[test]
    fn an_id_that_would_leave_its_place_in_an_address_is_none() {
        let body = r#"{"type":"payment","data":{"id":"../users/me"}}"#;
        let (hook, _) = read(&raw(None, None, body), None, SignaturePolicy::Warn);
        assert!(payment(&hook).is_none());
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in any::<Vec<u8>>(), id in any::<String>()) {
            let hook = RawPaymentHook {
                data_id: Some(&id), id: Some(&id), topic: Some(&id), signature: Some(&id), request_id: None, body: &body,
            };
            read(&hook, Some("s"), SignaturePolicy::Enforce);
        }
    }
}
