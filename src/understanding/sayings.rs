//! Tells what a short message is about by its likeness to sayings of known meaning: a softmax regression over the
//! words, their neighbours and pieces of them. The sayings are the data; the weights are learned from them on first
//! use, always in the same order, so that the same sayings give the same answers.
//!
//! It reads how people speak, whatever their order of words and spelling, where rules over single words do not.

use super::folding::without_accents;
use super::linear::{Example, Outputs, Schedule, hash, learn, probabilities, scores};
use std::collections::{BTreeMap, HashMap};

/// More rounds change nothing.
const SCHEDULE: Schedule = Schedule { epochs: 8, rate: 2.0, decay: 0.3 };
/// Pieces of words, in letters.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;

/// Learned from sayings of `N` meanings.
#[derive(Debug)]
pub(super) struct Sayings {
    meanings: usize,
    /// The place of each feature, by its hash.
    places: HashMap<u64, usize>,
    /// The weight of a feature by its rarity.
    rarity: Vec<f32>,
    /// One row of meanings for each feature.
    weights: Vec<f32>,
}

impl Sayings {
    /// Learns from sayings, each with the number of its meaning, below `meanings`.
    pub(super) fn learn(meanings: usize, sayings: &[(usize, &str)]) -> Sayings {
        let features: Vec<Vec<u64>> = sayings.iter().map(|(_, text)| features(text)).collect();
        let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
        for feature in features.iter().flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
        // What one saying alone has tells nothing of others, and is most of all there is.
        counts.retain(|_, count| *count > 1);
        let all = sayings.len() as f32;
        let rarity = counts.values().map(|count| ((1.0 + all) / (1.0 + *count as f32)).ln() + 1.0).collect();
        let places = counts.keys().enumerate().map(|(place, feature)| (*feature, place)).collect();
        let mut learned = Sayings { meanings, places, rarity, weights: Vec::new() };
        let known = features.iter().zip(sayings).map(|(features, (meaning, _))| Example {
            vector: learned.vector(features),
            targets: vec![*meaning],
        });
        let examples: Vec<Example> = known.collect();
        learned.weights = learn(counts.len(), meanings, Outputs::Exclusive, &examples, SCHEDULE);
        learned
    }

    /// The likeliest meaning of a message and its probability; `None` when nothing in it is known.
    pub(super) fn meaning(&self, text: &str) -> Option<(usize, f32)> {
        let vector = self.vector(&features(text));
        if vector.is_empty() {
            return None;
        }
        let mut meanings = scores(&self.weights, self.meanings, &vector);
        probabilities(&mut meanings, Outputs::Exclusive);
        meanings.into_iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// The known features with their values, of length 1 together.
    fn vector(&self, features: &[u64]) -> Vec<(usize, f32)> {
        let known = features.iter().filter_map(|feature| self.places.get(feature));
        let mut vector: Vec<(usize, f32)> = known.map(|place| (*place, self.rarity[*place])).collect();
        let length = vector.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|(_, value)| *value /= length);
        vector
    }
}

/// The features of a message, each once: words, beginnings of words, neighbours, pieces, and the first three words.
fn features(text: &str) -> Vec<u64> {
    let words = words(text);
    let mut found: Vec<u64> = Vec::new();
    let mut add = |parts: &[&str]| found.push(hash(parts));
    for word in &words {
        add(&["w", word]);
        if !word.starts_with('{') {
            for length in [4, 6] {
                if word.len() > length {
                    add(&["b", &word[..length]]);
                }
            }
            let bounded = format!("_{word}_");
            for length in PIECES {
                let starts = (bounded.len() + 1).saturating_sub(length);
                (0..starts).for_each(|at| add(&["p", &bounded[at..at + length]]));
            }
        }
    }
    let bounded: Vec<&str> = ["^"].into_iter().chain(words.iter().map(String::as_str)).chain(["$"]).collect();
    bounded.windows(2).for_each(|pair| add(&["n", pair[0], pair[1]]));
    bounded.windows(3).for_each(|three| add(&["s", three[0], three[2]]));
    words.iter().take(3).for_each(|word| add(&["f", word]));
    found.sort_unstable();
    found.dedup();
    found
}

/// The words of a message in plain letters; names, days, months, numbers and sums as what they are. What stands in
/// braces is kept as one.
fn words(text: &str) -> Vec<String> {
    let plain = without_accents(text);
    let mut words: Vec<String> = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_alphabetic(), c.is_ascii_digit());
        let length = match first {
            '{' => rest.find('}').map_or(1, |end| end + 1),
            c if c.is_ascii_alphanumeric() => rest.find(|other| kind(other) != kind(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (word, after) = rest.split_at(length);
        rest = after;
        let Some(word) = slot(word) else { continue };
        let again = word.starts_with('{') && words.last().is_some_and(|last| last == word);
        if !again {
            words.push(word.to_owned());
        }
    }
    words
}

/// 1 to 12 for the Spanish name of a month, folded.
pub fn spanish_month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 13] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "setiembre",
    ];
    let at = MONTHS.iter().position(|name| *name == word)?;
    i8::try_from(if at == 12 { 9 } else { at + 1 }).ok()
}

/// A word, or the slot that it fills; `None` for marks that tell nothing.
fn slot(word: &str) -> Option<&str> {
    const DAYS: [&str; 8] =
        ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "finde"];
    const SUMS: [&str; 6] = ["mil", "luca", "lucas", "palo", "palos", "pesos"];
    const NUMBERS: [&str; 34] = [
        "uno",
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
        "trece",
        "catorce",
        "quince",
        "dieciseis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
        "veinte",
        "veintiuno",
        "veintidos",
        "veintitres",
        "veinticuatro",
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
    ];
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    match word {
        "?" | "%" | "$" => Some(word),
        "q" | "k" => Some("que"),
        _ if word.starts_with('{') => Some(word),
        _ if spanish_month(word).is_some() => Some("{month}"),
        _ if DAYS.contains(&word) => Some("{day}"),
        _ if SUMS.contains(&word) || digits && word.len() > 3 => Some("{sum}"),
        _ if NUMBERS.contains(&word) || digits => Some("{number}"),
        _ if word.starts_with(|c: char| c.is_ascii_alphabetic()) => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_means_what_the_sayings_like_it_mean() {
        let sayings = [
            (0, "cerrá la {cabin} del 3 al 5"),
            (0, "bloqueame la {cabin} mañana"),
            (0, "bloqueá todo el finde"),
            (1, "cuánto sale la {cabin} en enero"),
            (1, "a cuánto está el finde"),
            (1, "cuánto está todo enero?"),
        ];
        let learned = Sayings::learn(2, &sayings);
        assert_eq!(learned.meaning("bloqueá la {cabin} el 8").map(|(meaning, _)| meaning), Some(0));
        assert_eq!(learned.meaning("cuanto está la {cabin}?").map(|(meaning, _)| meaning), Some(1));
        assert_eq!(learned.meaning("…"), None);
    }

    #[test]
    fn days_numbers_and_sums_are_what_they_are() {
        let said = words("Cerrá la {cabin} del 14 al dieciséis de MARZO, q sale 60.000 $?");
        let expected = "cerra la {cabin} del {number} al {number} de {month} que sale {number} $ ?";
        assert_eq!(said.join(" "), expected);
    }
}
