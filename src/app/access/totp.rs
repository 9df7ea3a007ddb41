//! Codes of the second factor: one for each half minute, from a secret that a phone keeps (TOTP, RFC 6238).
//!
//! SHA-1, six digits and thirty seconds are supported by every authenticator app; several ignore other
//! parameters in a QR code. The attacks on SHA-1 as a digest do not affect HMAC with it.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use ring::hmac;
use std::fmt::Write;

/// Bytes of a secret: as long as the digest, as RFC 4226 advises.
pub const SECRET_BYTES: usize = 20;
/// Lifetime of a code in seconds.
const STEP_SECONDS: i64 = 30;
/// Steps before and after the present one that are accepted: clocks differ, and people type slowly.
const STEPS_AROUND: i64 = 1;
/// Codes are below this.
const CODES: u32 = 1_000_000;
/// Digits of a code.
const DIGITS: usize = 6;
/// Letters per group of a secret or code on paper.
const GROUP: usize = 4;

/// Secret shared by a phone and the server.
pub type Secret = [u8; SECRET_BYTES];

/// The step around now, later than `last` (the latest one used), whose code this is; `None` when there is
/// none.
pub fn step_of(secret: &[u8], code: &str, now: Timestamp, last: i64) -> Option<i64> {
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.len() != DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (code, now) = (digits.parse::<u32>().ok()?, now.as_second().div_euclid(STEP_SECONDS));
    (now - STEPS_AROUND..=now + STEPS_AROUND).find(|step| *step > last && code_at(secret, *step) == code)
}

/// The code of an instant.
pub fn code(secret: &[u8], now: Timestamp) -> String {
    format!("{:06}", code_at(secret, now.as_second().div_euclid(STEP_SECONDS)))
}

/// A secret for typing, in groups of four letters.
pub fn spelled(secret: &Secret) -> String {
    in_groups(&BASE32_NOPAD.encode(secret), " ")
}

/// Letters in groups of four. They are ASCII.
pub(super) fn in_groups(letters: &str, between: &str) -> String {
    let groups: Vec<&str> = (0..letters.len())
        .step_by(GROUP)
        .filter_map(|at| letters.get(at..letters.len().min(at + GROUP)))
        .collect();
    groups.join(between)
}

/// Parses a secret from [`spelled`].
pub fn read(spelled: &str) -> Option<Secret> {
    let letters: String = spelled.chars().filter(|letter| !letter.is_whitespace()).collect();
    BASE32_NOPAD.decode(letters.to_ascii_uppercase().as_bytes()).ok()?.try_into().ok()
}

/// The `otpauth:` address for a QR code.
pub fn address(email: &str, secret: &Secret) -> String {
    let mut label = String::new();
    for byte in email.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            label.push(char::from(byte));
        } else {
            write!(label, "%{byte:02X}").expect("writing to a String cannot fail");
        }
    }
    format!("otpauth://totp/Casero:{label}?secret={}&issuer=Casero", BASE32_NOPAD.encode(secret))
}

/// RFC 4226, 5.3: four bytes of the tag, from where its last half byte points to.
fn code_at(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let from = tag.last().map_or(0, |byte| usize::from(byte & 0xf));
    let word = tag[from..from + 4].iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte));
    (word & 0x7fff_ffff) % CODES
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &Secret = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        for (second, shown) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SECRET, at(second)), shown, "{second}");
        }
    }

    #[test]
    fn a_code_opens_half_a_minute_early_or_late_and_no_more() {
        let now = at(1_800_000_000);
        let step = now.as_second() / 30;
        for (seconds, opened) in
            [(-60, None), (-30, Some(step - 1)), (0, Some(step)), (30, Some(step + 1)), (60, None)]
        {
            let shown = code(SECRET, at(now.as_second() + seconds));
            assert_eq!(step_of(SECRET, &shown, now, 0), opened, "{seconds}");
        }
    }

    #[test]
    fn a_step_that_was_used_opens_no_more() {
        let now = at(1_800_000_000);
        let shown = code(SECRET, now);
        let step = step_of(SECRET, &shown, now, 0).unwrap();
        assert_eq!(step_of(SECRET, &shown, now, step), None);
        assert_eq!(step_of(SECRET, &shown, now, step - 1), Some(step));
    }

    #[test]
    fn what_is_no_code_opens_nothing() {
        let now = at(59);
        assert_eq!(step_of(SECRET, " 287 082 ", now, 0), Some(1));
        for text in ["", "287083", "28708", "0287082", "+87082", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(SECRET, text, now, 0), None, "{text}");
        }
    }

    #[test]
    fn a_secret_is_typed_in_groups_and_shown_to_a_camera() {
        let spelled = spelled(SECRET);
        assert_eq!(spelled, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(read(&spelled.to_lowercase()), Some(*SECRET));
        assert_eq!((read("GEZD"), read("1!")), (None, None));
        assert_eq!(
            address("ana+casa@ejemplo.com", SECRET),
            "otpauth://totp/Casero:ana%2Bcasa@ejemplo.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Casero"
        );
    }
}
