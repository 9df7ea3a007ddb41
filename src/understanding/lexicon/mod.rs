//! The meanings of words in each language.
//!
//! The lists of words are data (`assets/understanding`); here they become one index that is built once, on first
//! use, and looked up exactly, by stem, by sound and within a few typing errors.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::cue::CueSet;
use super::spelling;
use super::terms::{PaymentTalk, Remark, Spoken, Term, TermSet};
use super::wording::Wording;
use super::wordings::Wordings;
use crate::domain::language::Language;
use crate::domain::request::RequestKind;

mod word_list;

#[cfg(test)]
mod word_list_tests;

pub(crate) use word_list::{Look, WordList};

/// The meaning of a word in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Meaning {
    /// Whether the language has the word at all.
    pub known: bool,
    /// Understood, but another language's word: people type "lol" and "quero" in Spanish too.
    pub borrowed: bool,
    /// All its terms.
    pub terms: TermSet,
    pub number: Option<u32>,
    /// Its value as an ordinal ("segunda").
    pub ordinal: Option<u32>,
    /// 1 to 12.
    pub month: u8,
    /// 1 (Monday) to 7.
    pub weekday: u8,
    /// The full word of a chat spelling.
    pub written: Option<String>,
}

/// A word of the lists with its meanings.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub word: String,
    /// One for each language, in the order of the lexicon.
    pub meanings: Vec<Meaning>,
    /// Phrases that begin with this word: the rest, and what they mean together.
    pub phrases: Vec<Phrase>,
}

/// Several words with one meaning.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// The words after the first.
    pub rest: Vec<String>,
    pub terms: TermSet,
    /// Its place in the order of the lexicon.
    pub language: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    languages: Vec<Language>,
    words: HashMap<String, usize>,
    stems: HashMap<String, usize>,
    entries: Vec<Entry>,
    neighbours: Vec<Neighbours>,
    cues: HashMap<String, CueSet>,
    wordings: Wordings<Spoken>,
    requests: Wordings<RequestKind>,
    payments: Wordings<PaymentTalk>,
    remarks: Vec<(Remark, String)>,
    /// Phrases right before a name.
    pub introductions: Vec<Vec<String>>,
    /// Phrases that make the day before them one night.
    pub one_night: Vec<Vec<String>>,
    /// In the order of the languages.
    pub looks: Vec<Look>,
    moves_with_to: Vec<bool>,
}

/// The words of one language that a mistyped word may mean.
#[derive(Debug, Default)]
struct Neighbours {
    sounds: HashMap<String, usize>,
    by_length: Vec<Vec<usize>>,
}

/// The lists are part of the program, and a test reads every one.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let list = |language: &Language| {
        let list = WordList::read(language.words().expect("a language has its words"));
        (*language, list.unwrap_or_else(|error| panic!("the words of {}: {error}", language.code())))
    };
    Lexicon::of(Language::all().iter().map(list).collect())
});

/// The words of every supported language.
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

    /// The word that a chat spelling stands for, in the first language that has it.
    pub(crate) fn written_out(&self, word: &str) -> Option<&str> {
        self.exact(word)?.meanings.iter().find_map(|meaning| meaning.written.as_deref())
    }

    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The index of a language in the lexicon; the first when it isn't there.
    pub(crate) fn place(&self, language: Language) -> usize {
        self.languages.iter().position(|one| *one == language).unwrap_or_default()
    }

    /// The cues of a word.
    pub(crate) fn cues(&self, word: &str) -> CueSet {
        self.cues.get(word).copied().unwrap_or_default()
    }

    /// What a person must hear of, by its wordings of all languages.
    pub(crate) fn wordings(&self) -> &Wordings<Spoken> {
        &self.wordings
    }

    /// Requests, by their wordings of all languages.
    pub(crate) fn requests(&self) -> &Wordings<RequestKind> {
        &self.requests
    }

    /// What is said of a payment, by its wordings of all languages.
    pub(crate) fn payments(&self) -> &Wordings<PaymentTalk> {
        &self.payments
    }

    /// Remarks with their phrases, of all languages.
    pub(crate) fn remarks(&self) -> impl Iterator<Item = (Remark, &str)> {
        self.remarks.iter().map(|(remark, phrase)| (*remark, phrase.as_str()))
    }

    /// Whether "from the 5th to the 10th" is more likely a move than a stay.
    pub(crate) fn moves_with_to(&self, language: Language) -> bool {
        self.moves_with_to.get(self.place(language)).copied().unwrap_or_default()
    }

    /// The entry of the word that was probably meant by a mistyped one.
    pub(crate) fn nearest(&self, word: &str, language: usize) -> Option<&Entry> {
        if word.len() < SOUND_MIN || word.len() > LONGEST_WORD {
            return None;
        }
        let neighbours = &self.neighbours[language];
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
                    entry.word.as_bytes()[0] == first_letter && spelling::within(word, &entry.word, slips)
                })
        })
    }

    /// The lexicon of these languages, in this order.
    pub(crate) fn of(lists: Vec<(Language, WordList)>) -> Lexicon {
        let languages = lists.iter().map(|(language, _)| *language).collect();
        let mut lexicon = Lexicon { languages, ..Lexicon::default() };
        let (mut spoken, mut requests, mut payments) = (Vec::new(), Vec::new(), Vec::new());
        for (at, (_, list)) in lists.into_iter().enumerate() {
            lexicon.add_words(at, &list);
            lexicon.add_cues(&list);
            spoken.extend(wordings(&list.wordings, &list));
            requests.extend(wordings(&list.requests, &list));
            payments.extend(wordings(&list.payments, &list));
            let words = |phrases: &[String]| -> Vec<Vec<String>> {
                phrases.iter().map(|phrase| phrase.split(' ').map(str::to_owned).collect()).collect()
            };
            lexicon.introductions.extend(words(&list.introductions));
            lexicon.one_night.extend(words(&list.one_night));
            let remarks = list.remarks.into_iter();
            lexicon.remarks.extend(
                remarks.flat_map(|(remark, phrases)| phrases.into_iter().map(move |one| (remark, one))),
            );
            lexicon.looks.push(list.look);
            lexicon.moves_with_to.push(list.moves_with_to);
        }
        lexicon.wordings = Wordings::of(spoken);
        lexicon.requests = Wordings::of(requests);
        lexicon.payments = Wordings::of(payments);
        for entry in &mut lexicon.entries {
            entry.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        lexicon.neighbours = (0..lexicon.languages.len()).map(|at| lexicon.neighbours_of(at)).collect();
        lexicon
    }

    fn neighbours_of(&self, language: usize) -> Neighbours {
        let mut found = Neighbours { sounds: HashMap::new(), by_length: vec![Vec::new(); LONGEST_WORD + 1] };
        for (index, entry) in self.entries.iter().enumerate() {
            let meaning = &entry.meanings[language];
            let fits = (SOUND_MIN..=LONGEST_WORD).contains(&entry.word.len())
                && self.words.contains_key(&entry.word);
            if !fits || !meaning.known {
                continue;
            }
            found.sounds.entry(spelling::sound(&entry.word)).or_insert(index);
            let telling =
                !meaning.terms.is_empty() || meaning.month + meaning.weekday > 0 || meaning.number.is_some();
            if telling {
                found.by_length[entry.word.len()].push(index);
            }
        }
        found
    }

    fn add_words(&mut self, at: usize, list: &WordList) {
        let emoji = EMOJI.map(|(terms, emoji)| (TermSet::of(terms), emoji));
        let words = list.words.iter().map(|(terms, words)| (*terms, words.as_str()));
        for (terms, words) in words.chain(emoji) {
            self.each(at, words, |meaning| meaning.terms = meaning.terms.union(terms));
        }
        for (value, words) in &list.numbers {
            self.each(at, words, |meaning| meaning.number = Some(*value));
        }
        for (value, words) in &list.ordinals {
            self.each(at, words, |meaning| meaning.ordinal = Some(*value));
        }
        for (number, words) in (1u8..).zip(&list.months) {
            self.each(at, words, |meaning| meaning.month = number);
        }
        for (number, words) in (1u8..).zip(&list.weekdays) {
            self.each(at, words, |meaning| meaning.weekday = number);
        }
        for (typed, meant) in &list.chat {
            self.each(at, typed, |meaning| meaning.written = Some(meant.clone()));
        }
        for (terms, phrases) in &list.phrases {
            for phrase in phrases {
                self.add_phrase(at, *terms, phrase);
            }
        }
    }

    fn add_cues(&mut self, list: &WordList) {
        for (cue, words) in &list.cues {
            for word in words.split_whitespace() {
                self.cues.entry(word.replace('_', " ")).or_default().insert(*cue);
            }
        }
    }

    /// The meaning of each word in a language that has it; one written `~word` is borrowed, wherever else it
    /// stands.
    fn each(&mut self, language: usize, words: &str, teach: impl Fn(&mut Meaning)) {
        for word in words.split_whitespace() {
            let own = word.strip_prefix('~');
            let meaning = &mut self.entry(own.unwrap_or(word)).meanings[language];
            meaning.known = true;
            meaning.borrowed |= own.is_some();
            teach(meaning);
        }
    }

    fn add_phrase(&mut self, language: usize, terms: TermSet, phrase: &str) {
        let mut words = phrase.split(' ');
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.map(str::to_owned).collect();
        for word in &rest {
            self.entry(word).meanings[language].known = true;
        }
        let entry = self.entry(first);
        entry.meanings[language].known = true;
        entry.phrases.push(Phrase { rest, terms, language });
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        let (map, word) = match word.strip_suffix('*') {
            Some(stem) => (&mut self.stems, stem),
            None => (&mut self.words, word),
        };
        let index = map.get(word).copied().unwrap_or_else(|| {
            let meanings = vec![Meaning::default(); self.languages.len()];
            self.entries.push(Entry { word: word.to_owned(), meanings, phrases: Vec::new() });
            map.insert(word.to_owned(), self.entries.len() - 1);
            self.entries.len() - 1
        });
        &mut self.entries[index]
    }
}

/// The wordings of a list, each with what it speaks of.
fn wordings<S: Copy + std::fmt::Debug>(
    written: &BTreeMap<S, Vec<String>>,
    list: &WordList,
) -> Vec<(S, Wording)> {
    let read = |of: S, one: &str| {
        Wording::read(one, &list.lists).unwrap_or_else(|error| panic!("a wording of {of:?}: {error}"))
    };
    written.iter().flat_map(|(of, all)| all.iter().map(move |one| (*of, read(*of, one)))).collect()
}

/// Words that the splitter makes of emoji, in every language.
const EMOJI: [(&[Term], &str); 6] = [
    (&[Term::Yes], "👍"),
    (&[Term::No, Term::Decline], "👎"),
    (&[Term::Thank], "🙏"),
    (&[Term::Greet], "👋"),
    (&[Term::Laugh], "😂"),
    (&[Term::Pet], "🐶"),
];
/// Shortest stem; shorter ones would match everything.
const STEM_MIN: usize = 3;
/// Shortest word matched by sound.
const SOUND_MIN: usize = 4;
/// Longest word of the lists; longer ones are not looked up.
const LONGEST_WORD: usize = 24;
