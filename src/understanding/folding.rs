//! Text as the lists of words are written, and words beside theirs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without accents.
pub(super) fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Lower case without accents, punctuation as blanks, single blanks.
pub fn folded(text: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || c == '\'' { c } else { ' ' };
    let plain: String = without_accents(text).chars().map(letter).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a word is the wanted one, or begins like one that ends in `*`.
pub(super) fn fits(word: &str, wanted: &str) -> bool {
    wanted.strip_suffix('*').map_or(word == wanted, |beginning| word.starts_with(beginning))
}
