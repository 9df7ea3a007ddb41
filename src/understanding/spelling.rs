//! Distances allowed between a mistyped word and the known one.
//!
//! Two tests, both bounded: the same sound (b/v, s/c/z, silent h), or one typing error for words of five letters
//! and two for words of nine.

/// Shorter words have too many neighbours to guess among.
pub(crate) const ONE_SLIP_MIN: usize = 5;
/// From this length on two errors nearly always leave one candidate.
pub(crate) const TWO_SLIPS_MIN: usize = 9;

/// Typing errors allowed in a word of this length.
pub(crate) fn slips_allowed(length: usize) -> usize {
    match length {
        0..ONE_SLIP_MIN => 0,
        ONE_SLIP_MIN..TWO_SLIPS_MIN => 1,
        _ => 2,
    }
}

/// The sound of a word in the Río de la Plata: equal for spellings that are confused.
pub(crate) fn sound(word: &str) -> String {
    let letters = word.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(letters.len());
    let mut i = 0;
    while i < letters.len() {
        let next = letters.get(i + 1).copied().unwrap_or(0);
        let soft = matches!(next, b'e' | b'i');
        let (sounds, step): (&[u8], usize) = match letters[i] {
            b'c' if next == b'h' => (b"ch", 2),
            b's' if next == b'c' && matches!(letters.get(i + 2), Some(b'e' | b'i')) => (b"s", 2),
            b'q' if next == b'u' => (b"k", 2),
            b'g' if next == b'u' && matches!(letters.get(i + 2), Some(b'e' | b'i')) => (b"g", 2),
            b'l' if next == b'l' => (b"y", 2),
            b'h' => (b"", 1),
            b'v' => (b"b", 1),
            b'z' => (b"s", 1),
            b'c' if soft => (b"s", 1),
            b'c' | b'q' => (b"k", 1),
            b'g' if soft => (b"j", 1),
            _ => (&letters[i..=i], 1),
        };
        for &letter in sounds {
            if out.last() != Some(&letter) {
                out.push(letter);
            }
        }
        i += step;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether one insertion, deletion, substitution or swap of neighbours, up to
/// `limit` times, turns one word into the other.
pub(crate) fn within(a: &str, b: &str, limit: usize) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > limit {
        return false;
    }
    slips(a, b, limit)
}

fn slips(a: &[u8], b: &[u8], left: usize) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len()) <= left;
    }
    if left == 0 {
        return false;
    }
    let swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0];
    (swapped && slips(&a[2..], &b[2..], left - 1))
        || slips(&a[1..], &b[1..], left - 1)
        || slips(&a[1..], b, left - 1)
        || slips(a, &b[1..], left - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_sound_alike_are_alike() {
        for (typed, meant) in [
            ("reserba", "reserva"),
            ("canselar", "cancelar"),
            ("parriya", "parrilla"),
            ("kiero", "quiero"),
            ("disponivilidad", "disponibilidad"),
        ] {
            assert_eq!(sound(typed), sound(meant), "{typed}");
        }
    }

    #[test]
    fn a_slip_is_an_insertion_a_deletion_a_substitution_or_a_swap() {
        for typed in ["peleta", "piletta", "pilea", "pielta"] {
            assert!(within(typed, "pileta", 1), "{typed}");
        }
        assert!(!within("pelotas", "pileta", 1));
        assert!(within("estasionamento", "estacionamiento", 2));
    }
}
