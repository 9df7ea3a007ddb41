//! The API's bearer tokens: JWT (RFC 7519) with HS256. `jsonwebtoken` brings the format; `ring`, a dependency
//! already, signs through the crate's interface for other providers.

use crate::domain::ids::UserId;
use crate::domain::user::{Role, User};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use ring::hmac;
use serde::{Deserialize, Serialize};

/// Lifetime of a token: a working day.
pub const TOKEN_HOURS: i64 = 12;
/// Longest token that is decoded.
const TOKEN_BYTES_MAX: usize = 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub sub: String,
    /// Role when it was issued; for the caller's information only.
    pub role: Role,
    /// The account's epoch when it was issued.
    pub epoch: i64,
    /// Issued at, in Unix seconds.
    pub iat: i64,
    /// Expires at, in Unix seconds.
    pub exp: i64,
}

impl Claims {
    /// The token's account; 0, which no account has, when the subject is no number.
    pub fn user_id(&self) -> UserId {
        UserId(self.sub.parse().unwrap_or(0))
    }
}

/// The key that signs and verifies tokens.
pub struct TokenKey {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl TokenKey {
    /// A key of these bytes.
    pub fn new(secret: &[u8]) -> TokenKey {
        // Fails on the second call of a process: the same provider is installed already.
        let _ = RING.install_default();
        let mut validation = Validation::new(Algorithm::HS256);
        // The crate would ask the system's clock; ours is compared below.
        validation.validate_exp = false;
        TokenKey {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// A token for `user`, with its expiry.
    pub fn issue(&self, user: &User, now: Timestamp) -> (String, Timestamp) {
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let ends = now.saturating_add(SignedDuration::from_hours(TOKEN_HOURS)).unwrap_or(now);
        let claims = Claims {
            sub: user.id.to_string(),
            role: user.role,
            epoch: user.token_epoch,
            iat: now.as_second(),
            exp: ends.as_second(),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .expect("plain claims under an HMAC key can always be signed");
        (token, ends)
    }

    /// The claims of a token that we signed and that has not expired.
    pub fn read(&self, token: &str, now: Timestamp) -> Option<Claims> {
        if token.len() > TOKEN_BYTES_MAX {
            return None;
        }
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation).ok()?.claims;
        (now.as_second() < claims.exp).then_some(claims)
    }
}

/// Signatures by `ring`; HS256 is the only one we make or accept.
static RING: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| {
        let key = hs256(algorithm, key.as_bytes())?;
        Ok(Box::new(key))
    },
    verifier_factory: |algorithm, key| Ok(Box::new(hs256(algorithm, key.try_get_as_bytes()?)?)),
    key_utils: KeyUtils::new_unimplemented(),
};

struct Hs256(hmac::Key);

fn hs256(algorithm: &Algorithm, secret: &[u8]) -> Result<Hs256, Error> {
    match algorithm {
        Algorithm::HS256 => Ok(Hs256(hmac::Key::new(hmac::HMAC_SHA256, secret))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        hmac::verify(&self.0, message, signature).map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> User {
        User {
            id: UserId(7),
            email: "ana@ejemplo.com".to_owned(),
            role: Role::Owner,
            token_epoch: 3,
            created_at: Timestamp::UNIX_EPOCH,
            disabled: false,
            asks_code: false,
        }
    }

    #[test]
    fn a_token_holds_for_half_a_day() {
        let key = TokenKey::new(&[1; 32]);
        let (token, ends) = key.issue(&user(), Timestamp::UNIX_EPOCH);
        assert_eq!(ends.as_second(), 12 * 3600);
        let claims = key.read(&token, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((claims.user_id(), claims.epoch, claims.role), (UserId(7), 3, Role::Owner));
        assert_eq!(key.read(&token, ends), None);
    }

    #[test]
    fn a_token_of_another_key_or_algorithm_opens_nothing() {
        let key = TokenKey::new(&[1; 32]);
        let (token, _) = TokenKey::new(&[2; 32]).issue(&user(), Timestamp::UNIX_EPOCH);
        assert_eq!(key.read(&token, Timestamp::UNIX_EPOCH), None);
        let encode = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
        let claims = encode(r#"{"sub":"7","role":"owner","epoch":3,"iat":0,"exp":9999999999}"#);
        for header in [r#"{"alg":"none","typ":"JWT"}"#, r#"{"alg":"HS512","typ":"JWT"}"#] {
            assert_eq!(key.read(&format!("{}.{claims}.", encode(header)), Timestamp::UNIX_EPOCH), None);
        }
    }

    #[test]
    fn a_changed_token_opens_nothing() {
        let key = TokenKey::new(&[1; 32]);
        let (token, _) = key.issue(&user(), Timestamp::UNIX_EPOCH);
        for position in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[position] = if changed[position] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            let read = key.read(&changed, Timestamp::UNIX_EPOCH);
            assert!(read.is_none() || position == token.len() - 1, "position {position}");
        }
        assert_eq!(key.read("", Timestamp::UNIX_EPOCH), None);
    }
}
