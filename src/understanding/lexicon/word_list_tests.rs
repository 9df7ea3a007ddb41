//! Each language's list of words is complete and consistent.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use strum::VariantArray;

use super::{WordList, lexicon};
use crate::domain::language::Language;
use crate::understanding::cue::Cue;
use crate::understanding::folding::folded;
use crate::understanding::terms::{Remark, Term};

fn lists() -> Vec<(&'static str, WordList)> {
    let read = |language: &Language| {
        (language.code(), WordList::read(language.words().expect("a list")).expect("a list"))
    };
    Language::all().iter().map(read).collect()
}

/// Every word and phrase with the places where it stands, each place once for each time.
fn places(list: &WordList) -> BTreeMap<String, Vec<String>> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut stands = |word: &str, place: String| {
        places.entry(word.trim_start_matches('~').to_owned()).or_default().push(place);
    };
    let mut each = |words: &str, place: String| {
        words.split_whitespace().for_each(|word| stands(word, place.clone()));
    };
    list.words.iter().enumerate().for_each(|(at, (_, words))| each(words, format!("words {at}")));
    list.numbers.iter().for_each(|(value, words)| each(words, format!("numbers {value}")));
    list.ordinals.iter().for_each(|(value, words)| each(words, format!("ordinals {value}")));
    list.months.iter().enumerate().for_each(|(at, words)| each(words, format!("months {at}")));
    list.weekdays.iter().enumerate().for_each(|(at, words)| each(words, format!("weekdays {at}")));
    list.chat.iter().for_each(|(typed, _)| each(typed, "chat".to_owned()));
    for (at, (_, phrases)) in list.phrases.iter().enumerate() {
        phrases.iter().for_each(|phrase| stands(phrase, format!("phrases {at}")));
    }
    places
}

#[test]
fn every_part_of_a_list_is_there_and_every_cue_is_named() {
    for (code, list) in lists() {
        let missing: Vec<_> = Cue::VARIANTS.iter().filter(|cue| !list.cues.contains_key(cue)).collect();
        assert!(missing.is_empty(), "{code} lacks {missing:?}");
        let missing: Vec<_> = Remark::VARIANTS.iter().filter(|one| !list.remarks.contains_key(one)).collect();
        assert!(missing.is_empty(), "{code} lacks {missing:?}");
        let empty = list.words.is_empty() || list.phrases.is_empty() || list.numbers.is_empty();
        assert!(!empty && !list.ordinals.is_empty(), "{code} has an empty part");
    }
}

#[test]
fn every_cue_and_every_term_has_a_word_in_some_language() {
    let lists = lists();
    for cue in Cue::VARIANTS {
        assert!(lists.iter().any(|(_, list)| !list.cues[cue].is_empty()), "{cue:?} looks for no word");
    }
    for term in Term::VARIANTS {
        let taught = |(_, list): &(&str, WordList)| {
            list.words
                .iter()
                .map(|(terms, _)| terms)
                .chain(list.phrases.iter().map(|(terms, _)| terms))
                .any(|terms| terms.has(*term))
        };
        assert!(lists.iter().any(taught), "no word means {term:?}");
    }
}

#[test]
fn every_cue_and_every_term_is_asked_for_by_a_rule() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/understanding")];
    let mut rules = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the sources").flatten() {
            let (path, name) = (entry.path(), entry.file_name().into_string().expect("a plain name"));
            if path.is_dir() {
                folders.push(path);
            } else if !name.contains("tests") {
                rules.push_str(&fs::read_to_string(path).expect("a source"));
            }
        }
    }
    let asked: BTreeSet<&str> = rules.split(|c: char| !c.is_alphanumeric() && c != ':' && c != '_').collect();
    let is_asked = |name: String| asked.contains(name.as_str());
    let idle: Vec<_> = Cue::VARIANTS.iter().filter(|cue| !is_asked(format!("Cue::{cue:?}"))).collect();
    assert!(idle.is_empty(), "no rule looks for {idle:?}");
    let idle: Vec<_> = Term::VARIANTS.iter().filter(|term| !is_asked(format!("Term::{term:?}"))).collect();
    assert_eq!(idle, [&Term::Filler], "no rule asks for these");
}

#[test]
fn a_word_stands_in_one_place_unless_the_list_says_so() {
    for (code, list) in lists() {
        let places = places(&list);
        for (word, places) in &places {
            let mut once = places.clone();
            once.dedup();
            assert_eq!(&once, places, "{word:?} of {code} stands twice in one place");
        }
        let several: Vec<&String> =
            places.iter().filter(|(_, places)| places.len() > 1).map(|(word, _)| word).collect();
        let mut said: Vec<&String> = list.several_meanings.iter().collect();
        said.sort();
        assert_eq!(several, said, "of {code}");
    }
}

#[test]
fn words_are_written_as_messages_are_read() {
    for (code, list) in lists() {
        for word in places(&list).keys().filter(|word| word.chars().any(char::is_alphabetic)) {
            let plain = word.trim_end_matches('*');
            assert_eq!(folded(plain), plain, "{word:?} of {code}");
        }
    }
}

#[test]
fn a_chat_spelling_stands_for_a_word_that_is_known() {
    let lexicon = lexicon();
    for (code, list) in lists() {
        for (typed, meant) in &list.chat {
            assert!(lexicon.exact(meant).is_some(), "{typed:?} of {code} stands for {meant:?}");
        }
    }
}
