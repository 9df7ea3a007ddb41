//! Detects a message's language: by its words, then by the words that lean to one language, then by the spelling
//! of unknown words. Short messages have few words, so each kind of evidence counts.

use super::lexicon::{Entry, Lexicon, Look, Meaning};
use super::token::MAX_CHARS;
use crate::domain::language::Language;

/// Score of a word that only one language has.
const ALONE: i32 = 3;
/// Score of a word that two languages share.
const SHARED: i32 = 1;
/// Score of a letter that only one language has.
const LETTER: i32 = 4;
/// Score of a shared word that one language uses many times as often, and of an unknown word's spelling.
const LEANING: i32 = 1;
/// Shortest unknown word whose spelling counts.
const LOOK_MIN: usize = 3;
/// Lead from which the words alone decide.
const SURE: i32 = 3;

/// The place of the language with the most words of its own, and whether the lead is clear.
pub(crate) fn detect(
    lexicon: &Lexicon,
    text: &str,
    words: &[(&str, Option<&Entry>)],
    hint: Option<Language>,
) -> (usize, bool) {
    let mut score = vec![0; lexicon.languages().len()];
    for (word, entry) in words {
        match entry {
            Some(entry) => add_meanings(entry, &mut score),
            None => add_look(lexicon, word, &mut score),
        }
    }
    add_letters(lexicon, text, &mut score);
    let hinted = lexicon.place(hint.unwrap_or_default());
    let best = (0..score.len()).fold(hinted, |best, at| if score[at] > score[best] { at } else { best });
    let second = (0..score.len()).filter(|&at| at != best).map(|at| score[at]).max().unwrap_or(0);
    (best, score[best] - second >= SURE)
}

/// A word scores for the languages that have it as their own.
fn add_meanings(entry: &Entry, score: &mut [i32]) {
    let own = |meaning: &Meaning| meaning.known && !meaning.borrowed;
    let points = match entry.meanings.iter().filter(|meaning| own(meaning)).count() {
        1 => ALONE,
        2 => SHARED,
        _ => 0,
    };
    for (points_of, meaning) in score.iter_mut().zip(&entry.meanings) {
        *points_of += if own(meaning) { points } else { 0 };
    }
}

/// An unknown word scores by its spelling: a little, and only where one language stands out.
fn add_look(lexicon: &Lexicon, word: &str, score: &mut [i32]) {
    if word.len() < LOOK_MIN || word.bytes().any(|letter| !letter.is_ascii_lowercase()) {
        return;
    }
    let looks_like = |look: &Look| {
        look.endings.iter().any(|ending| word.ends_with(ending.as_str()))
            || look.clusters.iter().any(|cluster| word.contains(cluster.as_str()))
    };
    let mut alike = (0..score.len()).filter(|&at| looks_like(&lexicon.looks[at]));
    if let (Some(only), None) = (alike.next(), alike.next()) {
        score[only] += LEANING;
    }
}

/// Scores what only the typed text shows: accents, letters, laughter.
fn add_letters(lexicon: &Lexicon, text: &str, score: &mut [i32]) {
    let each = || lexicon.looks.iter().enumerate();
    for word in text.split_whitespace().take(MAX_CHARS).map(str::to_lowercase) {
        let bare = word.trim_matches(|letter: char| !letter.is_alphabetic());
        for (at, look) in each() {
            let begins = look.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()));
            let leans = look.words.iter().any(|leaning| leaning == bare);
            let ends = look.accented_endings.iter().any(|ending| bare.ends_with(ending.as_str()));
            // Brazilians laugh in k's.
            let laughs = bare.len() > 2 && bare.chars().all(|letter| look.laughter.contains(letter));
            score[at] += if begins { ALONE } else { 0 }
                + if leans { LEANING } else { 0 }
                + if ends { LEANING } else { 0 }
                + if laughs { LETTER } else { 0 };
        }
    }
    let lower = text.to_lowercase();
    for (at, look) in each() {
        for pair in &look.pairs {
            score[at] += if lower.contains(pair.as_str()) { LEANING } else { 0 };
        }
    }
    for c in text.chars().take(MAX_CHARS).filter(|c| !c.is_ascii()) {
        for (at, look) in each() {
            score[at] += if look.letters.contains(c) { LETTER } else { 0 };
        }
    }
}
