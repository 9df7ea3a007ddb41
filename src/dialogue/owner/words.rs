//! The owner's sentences as folded words that still know where they stood in the message.

use crate::understanding::spanish_month;
use unicode_normalization::UnicodeNormalization;

/// One word: folded, with its place in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Small letters without accents.
    pub folded: String,
    /// First byte in the message.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

/// The words of a message, marks left out.
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open {
            words.push(Word { folded: String::new(), from: at, to: at });
            open = true;
        }
        let word = words.last_mut().expect("a word was opened just above");
        word.folded.extend(c.to_lowercase().flat_map(|c| std::iter::once(c).nfd()).filter(char::is_ascii));
        word.to = at + c.len_utf8();
    }
    words
}

/// A text as folded words, for comparing names.
pub(super) fn fold(text: &str) -> Vec<String> {
    split(text).into_iter().map(|word| word.folded).collect()
}

/// The message without some of its words, each replaced by a blank.
pub(super) fn without(text: &str, taken: &[Word]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for word in taken {
        left.push_str(&text[at..word.from.max(at)]);
        left.push(' ');
        at = word.to.max(at);
    }
    left.push_str(&text[at..]);
    left
}

/// The message with some of its words, runs of them as one, replaced by a mark.
pub(super) fn marked(text: &str, words: &[Word], mark: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for word in words {
        let between = &text[at..word.from.max(at)];
        if at == 0 || !between.trim().is_empty() {
            left.push_str(between);
            left.push_str(mark);
        }
        at = word.to.max(at);
    }
    left.push_str(&text[at..]);
    left
}

/// Words of two parts of a message in the order in which they stand.
pub(super) fn in_order(mut named: Vec<Word>, taken: Vec<Word>) -> Vec<Word> {
    named.extend(taken);
    named.sort_by_key(|word| word.from);
    named
}

/// A small number, in digits, as a word or as an ordinal: how people name a cabin.
pub(super) fn small_number(word: &str) -> Option<usize> {
    const NAMES: [(&str, usize); 24] = [
        ("uno", 1),
        ("una", 1),
        ("primera", 1),
        ("primer", 1),
        ("dos", 2),
        ("segunda", 2),
        ("tres", 3),
        ("tercera", 3),
        ("tercer", 3),
        ("cuatro", 4),
        ("cuarta", 4),
        ("cinco", 5),
        ("quinta", 5),
        ("seis", 6),
        ("sexta", 6),
        ("siete", 7),
        ("septima", 7),
        ("ocho", 8),
        ("octava", 8),
        ("nueve", 9),
        ("novena", 9),
        ("diez", 10),
        ("decima", 10),
        ("ultima", usize::MAX),
    ];
    let named = NAMES.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    named.or_else(|| word.parse().ok().filter(|_| word.len() <= 2))
}

/// Whether this word, correctly spelt, belongs to a date.
pub(super) fn tells_a_day(word: &str) -> bool {
    const DAYS: [&str; 26] = [
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "finde",
        "fin",
        "feriado",
        "semana",
        "hoy",
        "manana",
        "pasado",
        "mes",
        "dia",
        "navidad",
        "ano",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "primero",
        "carnaval",
        "pascuas",
    ];
    const TENS: [&str; 3] = ["dieci", "veint", "treinta"];
    word.starts_with(|c: char| c.is_ascii_digit())
        || DAYS.contains(&word)
        || TENS.iter().any(|ten| word.starts_with(ten))
        || spanish_month(word).is_some()
        || small_number(word).is_some()
}
