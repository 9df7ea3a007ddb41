//! Words taken from a message besides its meaning: codes and repetitions.

use crate::domain::ids::ReservationCode;
use crate::understanding::folded;

/// A word in the form of a reservation code: letters and digits mixed, so that no ordinary word matches.
pub(super) fn code(text: &str) -> Option<ReservationCode> {
    let mixed = |word: &&str| {
        word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(|c| c.is_ascii_alphabetic())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(mixed).find_map(ReservationCode::parse)
}

/// A fingerprint of the words (FNV-1a, 64 bits), to detect repetition without keeping them.
pub(super) fn fingerprint(text: &str) -> u64 {
    folded(text)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_letters_and_digits() {
        assert_eq!(code("mi reserva es la k7m2qx"), ReservationCode::parse("K7M2QX"));
        assert_eq!(code("gracias amigos"), None);
    }
}
