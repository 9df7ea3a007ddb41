//! Signatures of both vendors, implemented from their documentation and not shared with the code that
//! verifies them.

use data_encoding::HEXLOWER;
use ring::{digest, hmac};

/// The value of `X-Hub-Signature-256`: HMAC-SHA256 of the raw body with the app secret.
pub fn hub_signature(app_secret: &str, body: &[u8]) -> String {
    format!("sha256={}", hmac_hex(app_secret, body))
}

/// The value of `x-signature`: HMAC-SHA256 of the manifest, without parts that have no value.
pub fn mercado_pago_signature(
    secret: &str,
    data_id: Option<&str>,
    request_id: Option<&str>,
    ts: &str,
) -> String {
    let mut manifest = String::new();
    if let Some(id) = data_id {
        manifest.push_str(&format!("id:{id};"));
    }
    if let Some(id) = request_id {
        manifest.push_str(&format!("request-id:{id};"));
    }
    manifest.push_str(&format!("ts:{ts};"));
    format!("ts={ts},v1={}", hmac_hex(secret, manifest.as_bytes()))
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

fn hmac_hex(secret: &str, message: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    HEXLOWER.encode(hmac::sign(&key, message).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Computed with openssl: printf BODY | openssl dgst -sha256 -hmac SECRET
    #[test]
    fn signatures_agree_with_openssl() {
        assert_eq!(hub_signature("un secreto", b"{\"hola\":1}"), OPENSSL_HUB);
        assert_eq!(
            mercado_pago_signature("otro secreto", Some("135000000007"), Some("abc-1"), "1790000000"),
            OPENSSL_MERCADO_PAGO
        );
        assert_eq!(mercado_pago_signature("otro secreto", None, None, "1790000000"), OPENSSL_ONLY_TS);
    }

    const OPENSSL_HUB: &str = "sha256=bae125d52ff4d9e0284250490ff2512c27ae1d628ef1cf6065c2ccaba3be8716";
    const OPENSSL_MERCADO_PAGO: &str =
        "ts=1790000000,v1=04d10c6c173c7051e42814e36b261ac640b081f718a021b39cdae12bf5267e04";
    const OPENSSL_ONLY_TS: &str =
        "ts=1790000000,v1=0908c3ca6ea9b7a5b34844aa61d9600c43f630627b3b27a3ade64321fcb01d72";
}
