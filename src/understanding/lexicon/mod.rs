//! What a word can mean in each of the three languages.
//!
//! The word lists are data (`es.rs`, `pt.rs`, `en.rs`); here they become one
//! index that is built once and answers exactly, by beginning, by sound and
//! within a few slips of the finger.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::spelling;
use super::terms::{Remark, Term, TermSet};
use crate::domain::language::Language;

mod en;
mod en_phrases;
mod es;
mod es_phrases;
mod pt;
mod pt_phrases;

/// Number of languages; meanings are kept per language.
const LANGUAGES: usize = Language::ALL.len();

/// What a word means in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Meaning {
    /// Whether the language has the word at all.
    pub known: bool,
    /// Understood, but another language's: people type "lol" and "quero" in Spanish too.
    pub borrowed: bool,
    /// Everything it can stand for.
    pub terms: TermSet,
    pub number: Option<u32>,
    /// Its value as an ordinal ("segunda").
    pub ordinal: Option<u32>,
    /// 1 to 12.
    pub month: u8,
    /// 1 (Monday) to 7.
    pub weekday: u8,
    /// The word it is a chat spelling of.
    pub written: Option<&'static str>,
}

/// A word of the lists with its meanings, indexed as `Language::ALL`.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub word: &'static str,
    /// One meaning per language.
    pub meanings: [Meaning; LANGUAGES],
    /// Phrases that begin with this word: the rest, and what they mean together.
    pub phrases: Vec<Phrase>,
}

/// Several words that mean one thing.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// The words after the first.
    pub rest: Vec<&'static str>,
    pub terms: TermSet,
    pub language: Language,
}

pub(crate) struct Lexicon {
    words: HashMap<&'static str, usize>,
    stems: HashMap<&'static str, usize>,
    neighbours: [Neighbours; LANGUAGES],
    entries: Vec<Entry>,
}

/// The words of one language that a mistyped one may have meant.
#[derive(Default)]
struct Neighbours {
    sounds: HashMap<String, usize>,
    by_length: Vec<Vec<usize>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// The entry of a word as it is written.
    pub(crate) fn exact(&self, word: &str) -> Option<&Entry> {
        if let Some(&index) = self.words.get(word) {
            return Some(&self.entries[index]);
        }
        (STEM_MIN..word.len())
            .rev()
            .filter(|&end| word.is_char_boundary(end))
            .find_map(|end| self.stems.get(&word[..end]))
            .map(|&index| &self.entries[index])
    }

    /// The entry of the word that was probably meant.
    pub(crate) fn nearest(&self, word: &str, language: Language) -> Option<&Entry> {
        if word.len() < SOUND_MIN || word.len() > LONGEST_WORD {
            return None;
        }
        let neighbours = &self.neighbours[language as usize];
        if let Some(&index) = neighbours.sounds.get(&spelling::sound(word)) {
            return Some(&self.entries[index]);
        }
        let first_letter = word.as_bytes()[0];
        (1..=spelling::slips_allowed(word.len())).find_map(|slips| {
            (word.len() - slips..=word.len() + slips)
                .filter_map(|length| neighbours.by_length.get(length))
                .flatten()
                .map(|&index| &self.entries[index])
                .find(|entry| {
                    entry.word.as_bytes()[0] == first_letter && spelling::within(word, entry.word, slips)
                })
        })
    }

    fn build() -> Lexicon {
        let mut lexicon = Lexicon {
            words: HashMap::new(),
            stems: HashMap::new(),
            neighbours: Default::default(),
            entries: Vec::new(),
        };
        lexicon.add_language(Language::Es, &ES);
        lexicon.add_language(Language::Pt, &PT);
        lexicon.add_language(Language::En, &EN);
        for language in Language::ALL {
            lexicon.neighbours[language as usize] = lexicon.neighbours_of(language);
        }
        lexicon
    }

    fn neighbours_of(&self, language: Language) -> Neighbours {
        let mut found = Neighbours { sounds: HashMap::new(), by_length: vec![Vec::new(); LONGEST_WORD + 1] };
        for (index, entry) in self.entries.iter().enumerate() {
            let meaning = &entry.meanings[language as usize];
            let fits =
                (SOUND_MIN..=LONGEST_WORD).contains(&entry.word.len()) && self.words.contains_key(entry.word);
            if !fits || !meaning.known {
                continue;
            }
            found.sounds.entry(spelling::sound(entry.word)).or_insert(index);
            let telling =
                !meaning.terms.is_empty() || meaning.month + meaning.weekday > 0 || meaning.number.is_some();
            if telling {
                found.by_length[entry.word.len()].push(index);
            }
        }
        found
    }

    fn add_language(&mut self, language: Language, lists: &Lists) {
        let at = language as usize;
        for (terms, words) in lists.words {
            for word in words.split_whitespace() {
                let meaning = self.meaning(word, at);
                meaning.terms = meaning.terms.union(TermSet::of(terms));
            }
        }
        for (value, words) in lists.numbers {
            for word in words.split_whitespace() {
                let meaning = self.meaning(word, at);
                meaning.number = Some(*value);
            }
        }
        for (value, words) in lists.ordinals {
            for word in words.split_whitespace() {
                let meaning = self.meaning(word, at);
                meaning.ordinal = Some(*value);
            }
        }
        for (number, words) in (1u8..).zip(lists.months) {
            for word in words.split_whitespace() {
                let meaning = self.meaning(word, at);
                meaning.month = number;
            }
        }
        for (number, words) in (1u8..).zip(lists.weekdays) {
            for word in words.split_whitespace() {
                let meaning = self.meaning(word, at);
                meaning.weekday = number;
            }
        }
        for (typed, meant) in lists.chat {
            let meaning = self.meaning(typed, at);
            meaning.written = Some(meant);
        }
        for (terms, phrases) in lists.phrases {
            for phrase in phrases.split('|') {
                self.add_phrase(language, TermSet::of(terms), phrase);
            }
        }
    }

    /// A word's meaning in a language that has it; one written `~word` is borrowed, wherever else it stands.
    fn meaning(&mut self, word: &'static str, language: usize) -> &mut Meaning {
        let own = word.strip_prefix('~');
        let meaning = &mut self.entry(own.unwrap_or(word)).meanings[language];
        meaning.known = true;
        meaning.borrowed |= own.is_some();
        meaning
    }

    fn add_phrase(&mut self, language: Language, terms: TermSet, phrase: &'static str) {
        let mut words = phrase.split(' ');
        let Some(first) = words.next() else { return };
        let rest: Vec<&'static str> = words.collect();
        for word in &rest {
            self.entry(word).meanings[language as usize].known = true;
        }
        let entry = self.entry(first);
        entry.meanings[language as usize].known = true;
        entry.phrases.push(Phrase { rest, terms, language });
        entry.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }

    fn entry(&mut self, word: &'static str) -> &mut Entry {
        let (map, word) = match word.strip_suffix('*') {
            Some(stem) => (&mut self.stems, stem),
            None => (&mut self.words, word),
        };
        let index = *map.entry(word).or_insert_with(|| {
            self.entries.push(Entry { word, meanings: Default::default(), phrases: Vec::new() });
            self.entries.len() - 1
        });
        &mut self.entries[index]
    }
}

/// Shorter stems would catch everything.
const STEM_MIN: usize = 3;
/// Shorter words sound like too many others.
const SOUND_MIN: usize = 4;
/// No word of the lists is longer; what is longer isn't a word.
const LONGEST_WORD: usize = 24;

struct Lists {
    words: &'static [(&'static [Term], &'static str)],
    phrases: &'static [(&'static [Term], &'static str)],
    numbers: &'static [(u32, &'static str)],
    ordinals: &'static [(u32, &'static str)],
    months: [&'static str; 12],
    weekdays: [&'static str; 7],
    chat: &'static [(&'static str, &'static str)],
    remarks: &'static [(Remark, &'static str)],
}

/// What is said beside what is wanted, with its phrases, of all languages.
pub(crate) fn remarks() -> impl Iterator<Item = (Remark, &'static str)> {
    [&ES, &PT, &EN].into_iter().flat_map(|lists| lists.remarks.iter().copied())
}

const ES: Lists = Lists {
    words: es::WORDS,
    phrases: es_phrases::PHRASES,
    numbers: es::NUMBERS,
    ordinals: es::ORDINALS,
    months: es::MONTHS,
    weekdays: es::WEEKDAYS,
    chat: es::CHAT,
    remarks: es_phrases::REMARKS,
};
const PT: Lists = Lists {
    words: pt::WORDS,
    phrases: pt_phrases::PHRASES,
    numbers: pt::NUMBERS,
    ordinals: pt::ORDINALS,
    months: pt::MONTHS,
    weekdays: pt::WEEKDAYS,
    chat: pt::CHAT,
    remarks: pt_phrases::REMARKS,
};
const EN: Lists = Lists {
    words: en::WORDS,
    phrases: en_phrases::PHRASES,
    numbers: en::NUMBERS,
    ordinals: en::ORDINALS,
    months: en::MONTHS,
    weekdays: en::WEEKDAYS,
    chat: en::CHAT,
    remarks: en_phrases::REMARKS,
};
