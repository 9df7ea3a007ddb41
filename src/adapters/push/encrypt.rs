//! Encryption of a push message for its browser (RFC 8291 over RFC 8188): one record, so that the service in between
//! reads nothing.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::error::Unspecified;
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

/// A point of P-256, uncompressed.
pub(super) const POINT_BYTES: usize = 65;
/// The browser's secret.
pub(super) const AUTH_BYTES: usize = 16;
/// Salt of one message.
const SALT_BYTES: usize = 16;
/// Record size that we declare; a service takes messages up to this.
const RECORD_BYTES: u32 = 4096;
/// Longest text: the record without header, delimiter and tag.
pub(super) const TEXT_BYTES_MAX: usize = 3993;
/// Delimiter of the last record.
const LAST: u8 = 2;

/// The keys of a browser.
pub(super) struct Keys {
    pub(super) point: [u8; POINT_BYTES],
    pub(super) auth: [u8; AUTH_BYTES],
}

/// The body of the request, with a new key pair and salt.
pub(super) fn encrypt(to: &Keys, text: &[u8]) -> Result<Vec<u8>, Unspecified> {
    let random = SystemRandom::new();
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random)?;
    let public = own.compute_public_key()?;
    let mut salt = [0; SALT_BYTES];
    random.fill(&mut salt)?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, to.point);
    agree_ephemeral(own, &theirs, |secret| seal(secret, to, public.as_ref(), salt, text))?
}

/// Everything after the key agreement.
fn seal(
    secret: &[u8],
    to: &Keys,
    own: &[u8],
    salt: [u8; SALT_BYTES],
    text: &[u8],
) -> Result<Vec<u8>, Unspecified> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Unspecified);
    }
    let mut key_material = [0; 32];
    expand(&to.auth, secret, &[b"WebPush: info\0", &to.point, own], &mut key_material)?;
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    expand(&salt, &key_material, &[b"Content-Encoding: aes128gcm\0"], &mut key)?;
    expand(&salt, &key_material, &[b"Content-Encoding: nonce\0"], &mut nonce)?;
    let mut record = [text, &[LAST]].concat();
    let sealing = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    sealing.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)?;
    let length = u8::try_from(own.len()).map_err(|_| Unspecified)?;
    Ok([&salt[..], &RECORD_BYTES.to_be_bytes(), &[length], own, &record].concat())
}

/// HKDF-SHA-256 (RFC 5869), both steps.
fn expand(salt: &[u8], secret: &[u8], info: &[&[u8]], out: &mut [u8]) -> Result<(), Unspecified> {
    let length = Length(out.len());
    Salt::new(HKDF_SHA256, salt).extract(secret).expand(info, length)?.fill(out)
}

#[derive(Clone, Copy)]
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::BASE64URL_NOPAD;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        BASE64URL_NOPAD.decode(text.as_bytes()).unwrap().try_into().unwrap()
    }

    /// RFC 8291, appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out_byte_for_byte() {
        let to = Keys {
            point: bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let own: [u8; POINT_BYTES] =
            bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        let secret: [u8; 32] = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw");
        let body = seal(&secret, &to, &own, salt, b"When I grow up, I want to be a watermelon").unwrap();
        assert_eq!(
            BASE64URL_NOPAD.encode(&body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn every_message_has_a_key_and_a_salt_of_its_own_and_a_text_too_long_is_refused() {
        let point =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let to = Keys { point, auth: [7; AUTH_BYTES] };
        let (one, two) = (encrypt(&to, b"hola").unwrap(), encrypt(&to, b"hola").unwrap());
        assert_ne!(one[..SALT_BYTES], two[..SALT_BYTES]);
        assert_ne!(one[21..86], two[21..86]);
        assert_eq!(encrypt(&to, &[b'x'; TEXT_BYTES_MAX]).unwrap().len(), 4096);
        assert!(encrypt(&to, &[b'x'; TEXT_BYTES_MAX + 1]).is_err());
        assert!(encrypt(&Keys { point: [4; POINT_BYTES], ..to }, b"hola").is_err(), "no point of the curve");
    }
}
