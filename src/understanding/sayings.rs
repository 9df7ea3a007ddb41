//! Tells what a short message is about by its likeness to sayings of known meaning: a softmax regression over the
//! words, their neighbours and pieces of them. It reads how people speak, whatever their order of words and spelling,
//! where rules over single words do not.
//!
//! The weights lie in the binary as a file and are read where they lie. The same sayings give the same file.

use super::folding::without_accents;
use super::linear::{Outputs, hash, probabilities};

/// Pieces of words, in letters.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;
/// Opens the file; the digit is the version of its form.
const MAGIC: &[u8; 16] = b"casero verbs v1\n";

/// What sayings taught. Behind [`MAGIC`] and the checksum of the sayings the file has the numbers of meanings and of
/// features; what 1 is worth for each meaning; the features, sorted; their rarities; and a row of weights for each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sayings<'a> {
    meanings: usize,
    scales: &'a [u8],
    keys: &'a [u8],
    rarities: &'a [u8],
    rows: &'a [u8],
}

impl<'a> Sayings<'a> {
    /// `None` when it is no such file.
    pub(super) fn of(file: &'a [u8]) -> Option<Sayings<'a>> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut take = |bytes: usize| {
            let (taken, after) = rest.split_at_checked(bytes)?;
            rest = after;
            Some(taken)
        };
        let _checksum = take(8)?;
        let sizes = take(8)?;
        let (meanings, features) = (number(sizes, 0) as usize, number(sizes, 1) as usize);
        let (scales, keys) = (take(meanings * 4)?, take(features * 4)?);
        let (rarities, rows) = (take(features * 4)?, take(features * meanings)?);
        rest.is_empty().then_some(Sayings { meanings, scales, keys, rarities, rows })
    }

    /// The likeliest meaning of a message and its probability; `None` when nothing in it is known.
    pub(super) fn meaning(&self, text: &str) -> Option<(usize, f32)> {
        let known: Vec<usize> =
            features(text).into_iter().filter_map(|feature| self.place(feature)).collect();
        let rarity = |place: usize| f32::from_bits(number(self.rarities, place));
        let length = known.iter().map(|place| rarity(*place).powi(2)).sum::<f32>().sqrt();
        if known.is_empty() {
            return None;
        }
        let mut sums = vec![0i32; self.meanings];
        for place in known {
            let row = &self.rows[place * self.meanings..(place + 1) * self.meanings];
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(weight.cast_signed()));
        }
        let scale = |meaning: usize| f32::from_bits(number(self.scales, meaning));
        let mut scores: Vec<f32> =
            sums.iter().enumerate().map(|(meaning, sum)| *sum as f32 * scale(meaning) / length).collect();
        probabilities(&mut scores, Outputs::Exclusive);
        scores.into_iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    fn place(&self, feature: u32) -> Option<usize> {
        let (mut from, mut to) = (0, self.keys.len() / 4);
        while from < to {
            let middle = from.midpoint(to);
            if number(self.keys, middle) < feature { from = middle + 1 } else { to = middle }
        }
        (from < self.keys.len() / 4 && number(self.keys, from) == feature).then_some(from)
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at * 4..at * 4 + 4]);
    u32::from_le_bytes(four)
}

/// Learns the file that [`Sayings::of`] reads.
#[cfg(test)]
pub(super) mod learning {
    use super::super::linear::{Example, Schedule, learn};
    use super::*;
    use std::collections::BTreeMap;

    /// More rounds change nothing.
    const SCHEDULE: Schedule = Schedule { epochs: 8, rate: 2.0, decay: 0.3 };
    /// What one saying alone has tells nothing of others, and is most of all there is.
    const SAYINGS_MIN: u32 = 2;
    /// The largest weight of a meaning.
    const WEIGHT_MAX: f32 = 127.0;

    /// Of the sayings from which a file was learned.
    pub fn checksum(file: &[u8]) -> Option<u64> {
        Some(u64::from_le_bytes(file.strip_prefix(MAGIC)?.first_chunk().copied()?))
    }

    /// The file of sayings, each with the number of its meaning, below `meanings`.
    pub fn file(meanings: usize, sayings: &[(usize, &str)], checksum: u64) -> Vec<u8> {
        let features: Vec<Vec<u32>> = sayings.iter().map(|(_, text)| features(text)).collect();
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for feature in features.iter().flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
        counts.retain(|_, count| SAYINGS_MIN <= *count);
        let all = sayings.len() as f32;
        let rarities: Vec<f32> =
            counts.values().map(|count| ((1.0 + all) / (1.0 + *count as f32)).ln() + 1.0).collect();
        let places: BTreeMap<u32, usize> = counts.keys().copied().zip(0..).collect();
        let example = |(features, (meaning, _)): (&Vec<u32>, &(usize, &str))| {
            let known: Vec<usize> =
                features.iter().filter_map(|feature| places.get(feature).copied()).collect();
            let length = known.iter().map(|place| rarities[*place].powi(2)).sum::<f32>().sqrt();
            let vector = known.into_iter().map(|place| (place, rarities[place] / length)).collect();
            Example { vector, targets: vec![*meaning] }
        };
        let examples: Vec<Example> = features.iter().zip(sayings).map(example).collect();
        let mut weights = learn(counts.len(), meanings, Outputs::Exclusive, &examples, SCHEDULE);
        for (row, rarity) in weights.chunks_mut(meanings).zip(&rarities) {
            row.iter_mut().for_each(|weight| *weight *= rarity);
        }
        let mut scales = vec![f32::MIN_POSITIVE; meanings];
        for row in weights.chunks(meanings) {
            let each = scales.iter_mut().zip(row);
            each.for_each(|(scale, weight)| *scale = scale.max(weight.abs() / WEIGHT_MAX));
        }
        let mut file = MAGIC.to_vec();
        file.extend(checksum.to_le_bytes());
        for size in [meanings, counts.len()] {
            file.extend(u32::try_from(size).expect("a model is small").to_le_bytes());
        }
        file.extend(scales.iter().flat_map(|scale| scale.to_le_bytes()));
        file.extend(counts.keys().flat_map(|key| key.to_le_bytes()));
        file.extend(rarities.iter().flat_map(|rarity| rarity.to_le_bytes()));
        for row in weights.chunks(meanings) {
            let small = row.iter().zip(&scales).map(|(weight, scale)| (weight / scale).round() as i8);
            file.extend(small.map(i8::cast_unsigned));
        }
        file
    }
}

/// The features of a message, each once: words, beginnings of words, neighbours, pieces, and the first three words.
fn features(text: &str) -> Vec<u32> {
    let words = words(text);
    let mut found: Vec<u32> = Vec::new();
    // The upper half of the hash: its bits depend on every letter.
    let mut add = |parts: &[&str]| found.push((hash(parts) >> 32) as u32);
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
        let file = learning::file(2, &sayings, 7);
        assert!(file == learning::file(2, &sayings, 7) && file != learning::file(2, &sayings[..5], 7));
        assert!(Sayings::of(&file[..file.len() - 1]).is_none());
        let learned = Sayings::of(&file).unwrap();
        assert_eq!(learning::checksum(&file), Some(7));
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
