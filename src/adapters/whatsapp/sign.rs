//! `X-Hub-Signature-256`: HMAC-SHA256 of the raw body under the app secret
//! (developers.facebook.com/docs/graph-api/webhooks/getting-started, "Validating payloads").

use data_encoding::HEXLOWER_PERMISSIVE;
use ring::hmac;

/// Whether the header is the digest of these very bytes; compared in constant time.
pub(super) fn is_authentic(secret: &str, body: &[u8], header: Option<&str>) -> bool {
    let digest = header.and_then(|header| header.trim().strip_prefix("sha256="));
    let Some(digest) = digest.and_then(|hex| HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()) else {
        return false;
    };
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), body, &digest).is_ok()
}

/// Compares two texts in constant time.
pub(super) fn equal_in_constant_time(known: &str, given: &str) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, known.as_bytes());
    hmac::verify(
        &key,
        b"equal",
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, given.as_bytes()), b"equal").as_ref(),
    )
    .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vendor escapes non-ASCII characters; the digest is of the escaped bytes.
    const BODY: &[u8] = br#"{"n":"\u00f1"}"#;

    fn signed(secret: &str, body: &[u8]) -> String {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), body);
        format!("sha256={}", HEXLOWER_PERMISSIVE.encode(tag.as_ref()))
    }

    #[test]
    fn only_the_same_bytes_under_the_same_secret_are_authentic() {
        let header = signed("llave", BODY);
        assert!(is_authentic("llave", BODY, Some(&header)));
        assert!(is_authentic("llave", BODY, Some(&header.to_uppercase().replace("SHA256", "sha256"))));
        assert!(!is_authentic("llave", "{\"n\":\"ñ\"}".as_bytes(), Some(&header)));
        assert!(!is_authentic("otra", BODY, Some(&header)));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for header in [None, Some(""), Some("sha256="), Some("sha256=zz"), Some("sha1=00"), Some("sha256=00")]
        {
            assert!(!is_authentic("llave", BODY, header), "{header:?}");
        }
    }

    #[test]
    fn tokens_are_equal_or_not() {
        assert!(equal_in_constant_time("abc", "abc"));
        assert!(!equal_in_constant_time("abc", "abd") && !equal_in_constant_time("abc", ""));
    }
}
