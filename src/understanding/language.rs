//! Which of the three languages a message is in: by its words, then by the words that lean to one language, then
//! by how unknown words are spelt. Short messages have few words, so each kind of evidence counts.

use super::lexicon::Entry;
use crate::domain::language::Language;

/// A word only one language has.
const ALONE: i32 = 3;
/// A word two languages share.
const SHARED: i32 = 1;
/// A letter only one language writes.
const LETTER: i32 = 4;
/// A word that two languages share and one writes many times as often; and the look of an unknown word.
const LEANING: i32 = 1;
/// Beginnings that no list needs for their meaning, and that only one language has.
const BEGINNINGS: &[(&str, Language)] = &[
    ("arrependi", Language::Pt),
    ("direito", Language::Pt),
    ("arrepent", Language::Es),
    ("derecho", Language::Es),
];
/// Words as they are typed, accents and all, that mostly one language writes.
const LEANING_WORDS: [(Language, &[&str]); 2] = [
    (
        Language::Es,
        &["y", "qué", "cómo", "cuándo", "cuánto", "dónde", "cuál", "quién", "más", "sí", "te", "el"],
    ),
    (Language::Pt, &["os", "e", "é", "já", "só", "até", "há", "nós", "um", "olá"]),
];
/// Words that stand together in mostly one language.
const LEANING_PAIRS: [(Language, &str); 4] = [
    (Language::Pt, "que horas"),
    (Language::Pt, "saber se "),
    (Language::Pt, "me manda "),
    (Language::Es, "que hora "),
];
/// Endings of unknown words that mostly one language has.
const ENDINGS: [(Language, &[&str]); 3] = [
    (Language::Es, &["cion", "ciones", "dad", "illo", "illa", "miento"]),
    (
        Language::Pt,
        &[
            "cao", "coes", "dade", "inho", "inha", "mento", "agem", "eira", "eiro", "em", "im", "om", "ou",
            "ei",
        ],
    ),
    (Language::En, &["ing", "tion", "ly", "ed", "ck", "ght", "y"]),
];
/// Letters together that mostly one language has.
const CLUSTERS: [(Language, &[&str]); 3] = [
    (Language::Es, &["ll", "hue"]),
    (Language::Pt, &["nh", "lh", "ss", "oe"]),
    (Language::En, &["th", "sh", "wh", "ck", "ee", "oo"]),
];
/// Shorter unknown words look like nothing.
const LOOK_MIN: usize = 3;
/// Lead from which the words alone settle it.
const SURE: i32 = 3;

/// The language with the most words of its own, and whether the lead is clear.
pub(crate) fn detect(
    text: &str,
    words: &[(&str, Option<&Entry>)],
    hint: Option<Language>,
) -> (Language, bool) {
    let mut score = [0i32; Language::ALL.len()];
    for (word, entry) in words {
        match entry {
            Some(entry) => add_meanings(entry, &mut score),
            None => add_look(word, &mut score),
        }
    }
    add_letters(text, &mut score);
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

/// A word speaks for the languages that have it as their own.
fn add_meanings(entry: &Entry, score: &mut [i32; Language::ALL.len()]) {
    let own = entry.meanings.each_ref().map(|meaning| meaning.known && !meaning.borrowed);
    let points = match own.iter().filter(|own| **own).count() {
        1 => ALONE,
        2 => SHARED,
        _ => 0,
    };
    for (points_of, own) in score.iter_mut().zip(own) {
        *points_of += if own { points } else { 0 };
    }
}

/// An unknown word by its spelling: a little, and only where one language stands out.
fn add_look(word: &str, score: &mut [i32; Language::ALL.len()]) {
    if word.len() < LOOK_MIN || word.bytes().any(|letter| !letter.is_ascii_lowercase()) {
        return;
    }
    let mut looks = [false; Language::ALL.len()];
    for (language, endings) in ENDINGS {
        looks[language as usize] |= endings.iter().any(|ending| word.ends_with(ending));
    }
    for (language, clusters) in CLUSTERS {
        looks[language as usize] |= clusters.iter().any(|cluster| word.contains(cluster));
    }
    if let [true, false, false] | [false, true, false] | [false, false, true] = looks {
        for (points_of, looks) in score.iter_mut().zip(looks) {
            *points_of += if looks { LEANING } else { 0 };
        }
    }
}

/// What only shows in the words as they were typed: accents, letters, laughter.
fn add_letters(text: &str, score: &mut [i32; Language::ALL.len()]) {
    for word in text.split_whitespace().take(super::token::MAX_CHARS).map(str::to_lowercase) {
        if let Some((_, language)) = BEGINNINGS.iter().find(|(beginning, _)| word.starts_with(beginning)) {
            score[*language as usize] += ALONE;
        }
        let bare = word.trim_matches(|letter: char| !letter.is_alphabetic());
        for (language, leaning) in LEANING_WORDS {
            score[language as usize] += if leaning.contains(&bare) { LEANING } else { 0 };
        }
        if bare.ends_with("ió") || bare.ends_with("ión") {
            score[Language::Es as usize] += LEANING;
        }
        // Brazilians laugh in k's.
        if bare.len() > 2 && bare.bytes().all(|letter| letter == b'k') {
            score[Language::Pt as usize] += LETTER;
        }
    }
    let lower = text.to_lowercase();
    for (language, pair) in LEANING_PAIRS {
        score[language as usize] += if lower.contains(pair) { LEANING } else { 0 };
    }
    for c in text.chars().take(super::token::MAX_CHARS) {
        match c {
            'ñ' | 'Ñ' | '¿' | '¡' => score[Language::Es as usize] += LETTER,
            'ã' | 'õ' | 'ç' | 'ê' | 'â' | 'ô' | 'Ã' | 'Õ' | 'Ç' | 'à' => {
                score[Language::Pt as usize] += LETTER
            }
            _ => {}
        }
    }
}
