//! `x-signature` of Mercado Pago's notifications
//! (mercadopago.com.ar/developers/es/docs/your-integrations/notifications/webhooks). Pure.
//!
//! A signature never decides about money: the payment is read again anyway. It keeps strangers from making us
//! read payments all day.

use data_encoding::HEXLOWER_PERMISSIVE;
use ring::hmac;

/// Whether the header signs this `data.id` and request id. The timestamp is not checked: its unit has changed
/// between seconds and milliseconds, and a replay only makes us read the payment again.
pub(super) fn is_valid(
    secret: &str,
    data_id: Option<&str>,
    request_id: Option<&str>,
    header: Option<&str>,
) -> bool {
    let Some((ts, v1)) = header.and_then(parts) else { return false };
    let Ok(digest) = HEXLOWER_PERMISSIVE.decode(v1.as_bytes()) else { return false };
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let holds = |data_id: Option<&str>| {
        hmac::verify(&key, manifest(data_id, request_id, ts).as_bytes(), &digest).is_ok()
    };
    // Some of the vendor's own systems sign the id in lower case, some unchanged.
    holds(data_id) || data_id.is_some_and(|id| holds(Some(&id.to_lowercase())))
}

fn manifest(data_id: Option<&str>, request_id: Option<&str>, ts: &str) -> String {
    let part = |name: &str, value: Option<&str>| {
        value.filter(|value| !value.is_empty()).map(|value| format!("{name}:{value};")).unwrap_or_default()
    };
    format!("{}{}{}", part("id", data_id), part("request-id", request_id), part("ts", Some(ts)))
}

/// `ts` and `v1` of the header; other pairs are ignored.
fn parts(header: &str) -> Option<(&str, &str)> {
    let (mut ts, mut v1) = (None, None);
    for pair in header.split(',') {
        match pair.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("ts", value)) => ts = Some(value),
            Some(("v1", value)) => v1 = Some(value),
            _ => {}
        }
    }
    let ts = ts.filter(|ts| !ts.is_empty() && ts.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some((ts, v1?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(secret: &str, manifest: &str, ts: &str) -> String {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), manifest.as_bytes());
        format!("ts={ts}, v1={},v2=later", HEXLOWER_PERMISSIVE.encode(tag.as_ref()))
    }

    #[test]
    fn the_manifest_is_signed_part_by_part() {
        let signed = header("s", "id:99;request-id:r-1;ts:1795000000;", "1795000000");
        assert!(is_valid("s", Some("99"), Some("r-1"), Some(&signed)));
        assert!(!is_valid("s", Some("98"), Some("r-1"), Some(&signed)));
        assert!(!is_valid("s", Some("99"), Some("r-2"), Some(&signed)));
        assert!(!is_valid("t", Some("99"), Some("r-1"), Some(&signed)));
    }

    #[test]
    fn parts_that_are_missing_are_left_out() {
        assert!(is_valid("s", None, Some("r"), Some(&header("s", "request-id:r;ts:1;", "1"))));
        assert!(is_valid("s", Some("9"), None, Some(&header("s", "id:9;ts:1;", "1"))));
    }

    #[test]
    fn an_id_with_letters_may_be_signed_in_either_case() {
        assert!(is_valid("s", Some("ORD01"), None, Some(&header("s", "id:ord01;ts:1;", "1"))));
        assert!(is_valid("s", Some("ORD01"), None, Some(&header("s", "id:ORD01;ts:1;", "1"))));
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(header in any::<String>(), id in any::<String>()) {
            is_valid("s", Some(&id), Some(&id), Some(&header));
        }
    }
}
