//! Splits typed text into tokens with meanings.
//!
//! Accents, case, decoration and repeated letters go; digits and letters part; chat spellings become words;
//! mistyped words become the nearest known one; phrases become one token; number words become numbers.

use super::cue::{Cue, CueSet};
use super::lexicon::{Entry, Lexicon, Meaning, Phrase};
use super::splitter::Splitter;
use super::terms::{Term, TermSet};
use super::token::Token;
use super::{language, names, numbers};
use crate::domain::language::Language;

/// A message as tokens.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    /// In the order of the message.
    pub list: Vec<Token>,
    /// The language the words were read in.
    pub language: Language,
    /// Whether the words alone settled it.
    pub language_sure: bool,
    /// Whether there was a question mark anywhere.
    pub asked: bool,
}

/// Tokenizes a message. `hint` decides the language when the words don't.
pub(crate) fn tokenize(lexicon: &Lexicon, text: &str, hint: Option<Language>) -> Tokens {
    let mut splitter = Splitter::default();
    splitter.split(text);
    let mut list = splitter.tokens;
    let entries: Vec<Option<&Entry>> = list.iter().map(|token| lexicon.exact(&token.word)).collect();
    let words: Vec<_> = list.iter().map(|token| token.word.as_str()).zip(entries.iter().copied()).collect();
    let (language, language_sure) = language::detect(lexicon, text, &words, hint);
    // A word that a rule looks for is written right too.
    let is_kept =
        |at: usize| names::is_kept(text, &list, at) || lexicon.cues(&list[at].word) != CueSet::default();
    let kept: Vec<bool> = (0..list.len()).map(is_kept).collect();
    for ((token, entry), kept) in list.iter_mut().zip(&entries).zip(kept) {
        if token.mark.is_none() && !token.digits {
            give_meaning(lexicon, token, *entry, language, kept);
        }
        token.cues = lexicon.cues(&token.word);
        // "We'd" is no Wednesday.
        if text.get(token.from..token.to).is_some_and(|typed| typed.contains(['\'', '’', '‘'])) {
            (token.month, token.weekday) = (0, 0);
        }
    }
    names::settle(lexicon, text, &mut list);
    let list = join_phrases(lexicon, settle_letters(list), language);
    let list = numbers::join(list);
    Tokens { list, language: lexicon.languages()[language], language_sure, asked: splitter.asked }
}

/// The meaning in the message's language, or else in another that has the word.
fn meaning_of(entry: &Entry, language: usize) -> &Meaning {
    let own = &entry.meanings[language];
    if own.known {
        return own;
    }
    entry.meanings.iter().find(|meaning| meaning.known).unwrap_or(own)
}

/// `kept` is a word that is written as it is meant.
fn give_meaning<'a>(
    lexicon: &'a Lexicon,
    token: &mut Token,
    entry: Option<&'a Entry>,
    language: usize,
    kept: bool,
) {
    let nearest = || if kept { None } else { lexicon.nearest(&token.word, language) };
    let found = entry.or_else(nearest);
    let Some(mut entry) = found else { return };
    let mut meaning = meaning_of(entry, language);
    if let Some(written) = &meaning.written {
        token.word.clone_from(written);
        if let Some(better) = lexicon.exact(written) {
            entry = better;
            meaning = meaning_of(entry, language);
        }
    } else if lexicon.exact(&token.word).is_none() {
        token.word.clone_from(&entry.word);
    }
    token.terms = meaning.terms;
    token.number = meaning.number;
    token.ordinal = meaning.ordinal;
    token.month = meaning.month;
    token.weekday = meaning.weekday;
}

/// "p" and "n" are shorthand that only the neighbours explain: "p/4", "4 p", "3 n".
fn settle_letters(mut list: Vec<Token>) -> Vec<Token> {
    let mut shorthand = false;
    list.retain(|token| {
        let slash_of_shorthand = shorthand && token.marks('/') && token.glued;
        shorthand = token.cue(Cue::ShortSlash);
        !slash_of_shorthand
    });
    for i in 0..list.len() {
        let after_number = i > 0 && list[i - 1].number.is_some();
        let before_number = list.get(i + 1).is_some_and(|next| next.number.is_some());
        let token = &list[i];
        let term = if token.cue(Cue::ShortForOrPerson) && after_number && !before_number {
            Term::Person
        } else if token.cue(Cue::ShortForOrPerson) || token.cue(Cue::ShortFor) {
            Term::For
        } else if token.cue(Cue::ShortNight) && after_number {
            Term::Night
        } else if token.cue(Cue::ShortDay) && after_number && token.glued {
            Term::DayWord
        } else if token.cue(Cue::ShortAdult) && after_number && token.glued && !before_number {
            Term::Adult
        } else {
            continue;
        };
        list[i].terms.insert(term);
    }
    list
}

const UNITS: TermSet = TermSet::of(&[Term::Night, Term::DayWord, Term::Week]);

fn join_phrases(lexicon: &Lexicon, list: Vec<Token>, language: usize) -> Vec<Token> {
    let mut joined = Vec::with_capacity(list.len());
    let mut i = 0;
    while i < list.len() {
        let (length, terms) =
            phrase_at(lexicon, &list[i..], language, i == 0 || list[i].breaks).unwrap_or((1, TermSet::EMPTY));
        // "Llegar un día antes" is a change, and its words still count a day.
        let counts =
            list[i + 1..i + length].windows(2).any(|two| two[0].number.is_some() && two[1].any(UNITS));
        let length = if counts { 1 } else { length };
        if length == 1 {
            let mut token = list[i].clone();
            token.terms = token.terms.union(terms);
            joined.push(token);
        } else {
            let last = &list[i + length - 1];
            let said: Vec<&str> = list[i..i + length].iter().map(|token| token.word.as_str()).collect();
            let word = said.join(" ");
            joined.push(Token {
                cues: lexicon.cues(&word),
                word,
                terms,
                breaks: list[i].breaks,
                asked: last.asked,
                from: list[i].from,
                to: last.to,
                ..Token::default()
            });
        }
        i += length;
    }
    joined
}

fn phrase_at(lexicon: &Lexicon, list: &[Token], language: usize, opens: bool) -> Option<(usize, TermSet)> {
    let entry = lexicon.exact(&list[0].word)?;
    if entry.phrases.is_empty() {
        return None;
    }
    // "de una" is a yes, but "el precio de una noche" is not.
    let cut_short = |length: usize| {
        list[length - 1].is(Term::A)
            && list[0].is(Term::Of)
            && list.get(length).is_some_and(|next| !next.breaks)
    };
    // "hasta mañana" is a goodbye only at the beginning: "desde hoy hasta mañana".
    let ends_a_range = !opens && list[0].is(Term::Until);
    if ends_a_range {
        return None;
    }
    let fits = |rest: &[String]| {
        list.len() > rest.len()
            && !cut_short(rest.len() + 1)
            && rest.iter().zip(&list[1..]).all(|(word, token)| token.word == *word && !token.breaks)
    };
    // A single word of the message's language is not another language's phrase: "otra fecha" closes nothing.
    let own_word = |phrase: &Phrase| {
        phrase.rest.is_empty() && phrase.language != language && entry.meanings[language].known
    };
    let phrases: Vec<&Phrase> = entry.phrases.iter().filter(|phrase| !own_word(phrase)).collect();
    let longest = phrases.iter().find(|phrase| fits(&phrase.rest))?.rest.len();
    let mut same = phrases.iter().filter(|phrase| phrase.rest.len() == longest && fits(&phrase.rest));
    let first = same.clone().next()?;
    let own = same.find(|phrase| phrase.language == language).unwrap_or(first);
    let mut terms = TermSet::EMPTY;
    for phrase in phrases.iter().filter(|p| p.language == own.language && p.rest == own.rest) {
        terms = terms.union(phrase.terms);
    }
    Some((longest + 1, terms))
}
