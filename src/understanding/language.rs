//! Which of the three languages a message is in.

use super::lexicon::Entry;
use crate::domain::language::Language;

/// A word only one language has.
const ALONE: i32 = 3;
/// A word two languages share.
const SHARED: i32 = 1;
/// A letter only one language writes.
const LETTER: i32 = 4;
/// Words that two lists have because one language's mistake is the other's plain word: "quero" is how some
/// write "quiero" in a hurry, and how everybody writes it in Portuguese.
const TELLING: &[(&str, Language)] =
    &[("quero", Language::Pt), ("hello", Language::En), ("unsubscribe", Language::En)];
/// Beginnings that no list needs for their meaning, and that only one language has.
const BEGINNINGS: &[(&str, Language)] = &[
    ("arrependi", Language::Pt),
    ("direito", Language::Pt),
    ("arrepent", Language::Es),
    ("derecho", Language::Es),
];
/// Lead from which the words alone settle it.
const SURE: i32 = 3;

/// The language with the most words of its own, and whether the lead is clear.
pub(crate) fn detect(text: &str, entries: &[Option<&Entry>], hint: Option<Language>) -> (Language, bool) {
    let mut score = [0i32; Language::ALL.len()];
    for entry in entries.iter().flatten() {
        let known = entry.meanings.iter().filter(|meaning| meaning.known).count();
        let points = match known {
            1 => ALONE,
            2 => SHARED,
            _ => 0,
        };
        if let Some((_, language)) = TELLING.iter().find(|(word, _)| *word == entry.word) {
            score[*language as usize] += ALONE;
        }
        for (points_of, meaning) in score.iter_mut().zip(&entry.meanings) {
            *points_of += if meaning.known { points } else { 0 };
        }
    }
    for word in text.split_whitespace().take(super::tokens::MAX_CHARS).map(str::to_lowercase) {
        if let Some((_, language)) = BEGINNINGS.iter().find(|(beginning, _)| word.starts_with(beginning)) {
            score[*language as usize] += ALONE;
        }
    }
    for c in text.chars().take(super::tokens::MAX_CHARS) {
        match c {
            'ñ' | 'Ñ' | '¿' | '¡' => score[Language::Es as usize] += LETTER,
            'ã' | 'õ' | 'ç' | 'ê' | 'â' | 'ô' | 'Ã' | 'Õ' | 'Ç' | 'à' => {
                score[Language::Pt as usize] += LETTER
            }
            _ => {}
        }
    }
    let best = hint.unwrap_or_default();
    let best = Language::ALL.into_iter().fold(best, |best, language| {
        if score[language as usize] > score[best as usize] { language } else { best }
    });
    let second = Language::ALL
        .into_iter()
        .filter(|&language| language != best)
        .map(|language| score[language as usize])
        .max()
        .unwrap_or(0);
    (best, score[best as usize] - second >= SURE)
}
