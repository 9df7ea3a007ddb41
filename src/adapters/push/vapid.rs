//! Our voluntary identification to push services (RFC 8292): a token signed with a key that is made once.

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use ring::error::{KeyRejected, Unspecified};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;

/// How long a token counts; the standard allows a day.
const LIFE: SignedDuration = SignedDuration::from_hours(12);

pub struct VapidKey {
    pair: EcdsaKeyPair,
}

impl VapidKey {
    /// A new key as it is kept (PKCS #8).
    pub fn generate() -> Result<Vec<u8>, Unspecified> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())?;
        Ok(made.as_ref().to_vec())
    }

    pub fn read(kept: &[u8]) -> Result<VapidKey, KeyRejected> {
        let random = SystemRandom::new();
        Ok(VapidKey { pair: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, kept, &random)? })
    }

    /// The public key, base64url.
    pub(super) fn public(&self) -> String {
        BASE64URL_NOPAD.encode(self.pair.public_key().as_ref())
    }

    /// The value of `Authorization` for a service.
    pub(super) fn authorization(
        &self,
        origin: &str,
        subject: &str,
        now: Timestamp,
    ) -> Result<String, Unspecified> {
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let claims = json!({ "aud": origin, "exp": (now + LIFE).as_second(), "sub": subject });
        let part = |value: serde_json::Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(head), part(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes())?;
        let signature = BASE64URL_NOPAD.encode(signature.as_ref());
        Ok(format!("vapid t={signed}.{signature}, k={}", self.public()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    #[test]
    fn a_token_names_service_subject_and_end_and_its_signature_holds() {
        let key = VapidKey::read(&VapidKey::generate().unwrap()).unwrap();
        let now = Timestamp::from_second(1_796_000_000).unwrap();
        let said = key.authorization("https://push.example", "mailto:ana@example.com", now).unwrap();
        let (token, public) = said.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let of = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        let known = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, of(public));
        known.verify(signed.as_bytes(), &of(signature)).unwrap();
        let claims: serde_json::Value =
            serde_json::from_slice(&of(signed.split_once('.').unwrap().1)).unwrap();
        assert_eq!(
            claims,
            json!({ "aud": "https://push.example", "exp": 1_796_000_000 + 43_200, "sub": "mailto:ana@example.com" })
        );
    }
}
