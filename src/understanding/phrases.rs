//! Phrases: rows of words that a message may hold, each with a weight for how much of it they cover.
//!
//! They tell apart the orders of an owner, whose words are few and free in their order. How a phrase is written
//! stands at the head of `assets/understanding/owner/verbs.toml`.

use super::remarks::folded;

/// Most words between two words of a phrase.
const GAP_MAX: usize = 4;
/// Weight of a word; the words passed over between two of them count against it.
const WORD_WEIGHT: usize = 10;
/// What a phrase loses that begins behind "que" or "porque": an order stands before its reason.
const SUBORDINATE: usize = 8;

/// One phrase.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    begins: bool,
    ends: bool,
    parts: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone)]
enum Piece {
    Word(String),
    Stem(String),
    Number,
    Sum,
    Any,
}

impl Phrase {
    pub(super) fn parse(text: &str) -> Phrase {
        let mut phrase = Phrase { begins: false, ends: false, parts: Vec::new() };
        for part in text.split_whitespace() {
            let part = part.strip_prefix('^').inspect(|_| phrase.begins = true).unwrap_or(part);
            if part == "$" {
                phrase.ends = true;
            } else {
                phrase.parts.push(part.split('|').map(Piece::parse).collect());
            }
        }
        phrase
    }

    /// Its weight in these folded words; `None` when they don't hold it.
    pub(super) fn weight(&self, words: &[&str]) -> Option<usize> {
        let starts = 0..words.len().min(if self.begins { 1 } else { usize::MAX });
        const BEGINS_CLAUSE: [&str; 7] = ["que", "q", "porque", "pq", "xq", "pero", "asi"];
        let clause = words.iter().skip(1).position(|word| BEGINS_CLAUSE.contains(word)).map(|at| at + 1);
        let weight = |at: usize| {
            let weight = self.weight_from(words, at)?;
            Some(if clause.is_some_and(|clause| at >= clause) {
                weight.saturating_sub(SUBORDINATE)
            } else {
                weight
            })
        };
        starts.filter_map(weight).max()
    }

    fn weight_from(&self, words: &[&str], start: usize) -> Option<usize> {
        let (mut at, mut weight) = (start, 0);
        for (n, part) in self.parts.iter().enumerate() {
            let last = if n == 0 { at } else { (at + GAP_MAX).min(words.len().checked_sub(1)?) };
            let found = (at..=last)
                .find(|at| words.get(*at).is_some_and(|word| part.iter().any(|piece| piece.fits(word))))?;
            weight += WORD_WEIGHT - (found - at);
            at = found + 1;
        }
        (!self.ends || at == words.len()).then_some(weight)
    }
}

impl Piece {
    fn parse(text: &str) -> Piece {
        match text {
            "#" => Piece::Number,
            "##" => Piece::Sum,
            "*" => Piece::Any,
            text => match text.strip_suffix('*') {
                Some(stem) => Piece::Stem(folded(stem)),
                None => Piece::Word(folded(text)),
            },
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Piece::Word(known) => known == word,
            Piece::Stem(stem) => word.starts_with(stem.as_str()),
            Piece::Number => is_number(word),
            Piece::Sum => is_of_a_sum(word),
            Piece::Any => true,
        }
    }
}

/// Whether a word tells a sum of money: "mil", "lucas", "50k", "60000", "$".
fn is_of_a_sum(word: &str) -> bool {
    const WORDS: [&str; 12] = [
        "mil", "luca", "lucas", "palo", "palos", "usd", "dolares", "pesos", "millon", "millones", "reales",
        "k",
    ];
    let digits = word.trim_end_matches("mil").trim_end_matches(['k', 'K']);
    let numeric = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    WORDS.contains(&word) || numeric && (digits.len() < word.len() || digits.len() >= 4)
}

/// Whether a word is a number or a part of one.
fn is_number(word: &str) -> bool {
    const WORDS: [&str; 32] = [
        "mil",
        "luca",
        "lucas",
        "palo",
        "palos",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "once",
        "doce",
        "quince",
        "veinte",
        "veinticinco",
        "treinta",
        "cuarenta",
        "cincuenta",
        "sesenta",
        "setenta",
        "ochenta",
        "noventa",
        "cien",
        "ciento",
        "doscientos",
        "trescientos",
        "quinientos",
        "usd",
    ];
    word.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(phrase: &str, words: &str) -> Option<usize> {
        Phrase::parse(phrase).weight(&words.split_whitespace().collect::<Vec<_>>())
    }

    #[test]
    fn words_follow_each_other_with_a_few_between_them() {
        assert_eq!(weight("saca* bloqueo", "sacale el bloqueo a arrayan"), Some(19));
        assert_eq!(weight("saca* bloqueo", "bloqueo que saque"), None);
        assert_eq!(weight("a b", "a 1 2 3 4 b"), Some(16));
        assert_eq!(weight("a b", "a 1 2 3 4 5 b"), None);
    }

    #[test]
    fn a_phrase_may_be_bound_to_the_beginning_and_to_the_end() {
        assert_eq!(weight("^hola $", "hola"), Some(10));
        assert_eq!(weight("^hola $", "hola quien llega"), None);
        assert_eq!(weight("^hola", "che hola"), None);
    }

    #[test]
    fn a_number_is_written_in_digits_or_in_words() {
        assert_eq!(weight("pago #", "pago ana 60 mil"), Some(19));
        assert_eq!(weight("pago #", "pago cincuenta"), Some(20));
        assert_eq!(weight("pago #", "pago ana"), None);
    }
}
