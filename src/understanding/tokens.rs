//! From what was typed to tokens with meanings.
//!
//! Accents, case, decoration and repeated letters go; digits and letters part;
//! chat spellings become words; mistyped words become the nearest known one;
//! phrases become one token; number words become numbers.

use unicode_normalization::char::decompose_compatible;

use super::lexicon::{Entry, Meaning, lexicon};
use super::terms::{Term, TermSet};
use super::{language, numbers};
use crate::domain::language::Language;

/// A guest's message is read up to here; nobody books in more.
pub const MAX_CHARS: usize = 4096;
/// A letter repeated this often is emphasis ("holaaa"), not spelling.
const EMPHASIS: usize = 3;
/// Longer runs of digits are telephone or account numbers.
const MAX_DIGITS: usize = 9;

/// A word, a number or a mark, with what it can mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Token {
    /// Folded spelling, corrected when a known word was near.
    pub word: String,
    /// What it can mean in the message's language.
    pub terms: TermSet,
    /// Its value, from digits or words.
    pub number: Option<u32>,
    /// Whether the value was said as an ordinal, and which.
    pub ordinal: Option<u32>,
    /// Whether the value was typed in digits.
    pub digits: bool,
    /// Number of digits typed, to tell 2027 from 27.
    pub width: u8,
    /// 1 to 12 when it names a month.
    pub month: u8,
    /// 1 to 7, Monday first, when it names a weekday.
    pub weekday: u8,
    /// A comma, a full stop or a line break came before.
    pub breaks: bool,
    /// No space came before.
    pub glued: bool,
    /// '/', '-', '.', ':' between numbers, or '$'.
    pub mark: Option<char>,
    /// A question mark came after.
    pub asked: bool,
    /// Byte range in the message.
    pub from: usize,
    /// End of that range.
    pub to: usize,
}

impl Token {
    /// Whether it can mean this.
    pub(crate) fn is(&self, term: Term) -> bool {
        self.terms.has(term)
    }

    /// Whether it can mean one of these.
    pub(crate) fn any(&self, terms: TermSet) -> bool {
        self.terms.any(terms)
    }

    /// Whether it is this mark.
    pub(crate) fn marks(&self, mark: char) -> bool {
        self.mark == Some(mark)
    }
}

/// A message taken apart.
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

/// Takes a message apart. `hint` decides when the words don't.
pub(crate) fn tokenize(text: &str, hint: Option<Language>) -> Tokens {
    let mut splitter = Splitter::default();
    splitter.split(text);
    let mut list = splitter.tokens;
    let entries: Vec<Option<&'static Entry>> =
        list.iter().map(|token| lexicon().exact(&token.word)).collect();
    let (language, language_sure) = language::detect(text, &entries, hint);
    for (token, entry) in list.iter_mut().zip(&entries) {
        if token.mark.is_none() && !token.digits {
            give_meaning(token, *entry, language);
        }
    }
    let list = join_phrases(settle_letters(list), language);
    let list = numbers::join(list);
    Tokens { list, language, language_sure, asked: splitter.asked }
}

/// The meaning in the message's language, or else in another that has the word.
fn meaning_of(entry: &Entry, language: Language) -> &Meaning {
    let own = &entry.meanings[language as usize];
    if own.known {
        return own;
    }
    entry.meanings.iter().find(|meaning| meaning.known).unwrap_or(own)
}

fn give_meaning(token: &mut Token, entry: Option<&'static Entry>, language: Language) {
    let found = entry.or_else(|| lexicon().nearest(&token.word, language));
    let Some(mut entry) = found else { return };
    let mut meaning = meaning_of(entry, language);
    if let Some(written) = meaning.written {
        token.word = written.to_owned();
        if let Some(better) = lexicon().exact(written) {
            entry = better;
            meaning = meaning_of(entry, language);
        }
    } else if lexicon().exact(&token.word).is_none() {
        token.word = entry.word.to_owned();
    }
    token.terms = meaning.terms;
    token.number = meaning.number;
    token.ordinal = meaning.ordinal;
    token.month = meaning.month;
    token.weekday = meaning.weekday;
}

/// "p" and "n" are shorthand that only the neighbours explain: "p/4", "4 p", "3 n".
fn settle_letters(mut list: Vec<Token>) -> Vec<Token> {
    for i in 0..list.len() {
        let after_number = i > 0 && list[i - 1].number.is_some();
        let before_number = list.get(i + 1).is_some_and(|next| next.number.is_some() || next.marks('/'));
        let term = match list[i].word.as_str() {
            "p" if before_number => Term::For,
            "p" if after_number => Term::Person,
            "p" | "x" => Term::For,
            "n" if after_number => Term::Night,
            "d" if after_number && list[i].glued => Term::DayWord,
            "a" if after_number && list[i].glued && !before_number => Term::Adult,
            _ => continue,
        };
        list[i].terms.insert(term);
    }
    list
}

fn join_phrases(list: Vec<Token>, language: Language) -> Vec<Token> {
    let mut joined = Vec::with_capacity(list.len());
    let mut i = 0;
    while i < list.len() {
        let (length, terms) = phrase_at(&list[i..], language).unwrap_or((1, TermSet::EMPTY));
        if length == 1 {
            let mut token = list[i].clone();
            token.terms = token.terms.union(terms);
            joined.push(token);
        } else {
            let last = &list[i + length - 1];
            joined.push(Token {
                word: list[i..i + length]
                    .iter()
                    .map(|token| token.word.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
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

fn phrase_at(list: &[Token], language: Language) -> Option<(usize, TermSet)> {
    let phrases = &lexicon().exact(&list[0].word)?.phrases;
    // "de una" is a yes, but "el precio de una noche" is not.
    let cut_short = |length: usize| {
        list[length - 1].is(Term::A)
            && list[0].is(Term::Of)
            && list.get(length).is_some_and(|next| !next.breaks)
    };
    let fits = |rest: &[&str]| {
        list.len() > rest.len()
            && !cut_short(rest.len() + 1)
            && rest.iter().zip(&list[1..]).all(|(word, token)| token.word == *word && !token.breaks)
    };
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

/// Cuts a message into words, numbers and marks.
#[derive(Default)]
struct Splitter {
    tokens: Vec<Token>,
    word: String,
    digits: bool,
    from: usize,
    breaks: bool,
    spaced: bool,
    asked: bool,
}

impl Splitter {
    fn split(&mut self, text: &str) {
        self.spaced = true;
        let mut end = text.len();
        for (chunk_from, chunk) in chunks(text) {
            if is_address(chunk) {
                self.finish(chunk_from);
                self.push(Token {
                    word: String::from("@"),
                    from: chunk_from,
                    to: chunk_from + chunk.len(),
                    ..Token::default()
                });
                continue;
            }
            for (at, c) in chunk.char_indices() {
                self.character(chunk_from + at, c);
            }
            end = chunk_from + chunk.len();
            self.finish(end);
            self.spaced = true;
        }
        self.finish(end);
    }

    fn character(&mut self, at: usize, raw: char) {
        if matches!(raw, 'º' | '°' | 'ª') {
            return self.letter(at, 'o');
        }
        decompose_compatible(raw, |part| {
            for c in part.to_lowercase() {
                if c.is_ascii_digit() {
                    self.digit(at, c);
                } else if c.is_alphabetic() {
                    self.letter(at, c);
                } else if !is_combining(c) && !matches!(c, '\'' | '’' | '`' | '´' | '‘') {
                    self.other(at, c);
                }
            }
        });
    }

    fn letter(&mut self, at: usize, c: char) {
        if self.digits && !self.word.is_empty() {
            self.finish(at);
        }
        self.start(at, false);
        let repeated = self.word.chars().rev().take_while(|&last| last == c).count();
        if repeated + 1 < EMPHASIS || c.is_ascii_digit() {
            self.word.push(c);
        } else {
            while self.word.ends_with(c) && self.word[..self.word.len() - c.len_utf8()].ends_with(c) {
                self.word.pop();
            }
        }
    }

    fn digit(&mut self, at: usize, c: char) {
        if !self.digits && !self.word.is_empty() {
            self.finish(at);
        }
        self.start(at, true);
        self.word.push(c);
    }

    fn start(&mut self, at: usize, digits: bool) {
        if self.word.is_empty() {
            self.from = at;
            self.digits = digits;
        }
    }

    fn other(&mut self, at: usize, c: char) {
        let glued_to_word = !self.word.is_empty();
        self.finish(at);
        match c {
            '?' => {
                self.asked = true;
                if let Some(last) = self.tokens.last_mut() {
                    last.asked = true;
                }
                self.breaks = true;
            }
            ',' | ';' | '!' | '(' | ')' | '\n' | '\r' | '¿' | '¡' | '"' | '…' | '|' | '*' | '•' => {
                self.breaks = true
            }
            '/' | '-' | '–' | '—' | '−' | '.' | ':' | '~' => self.separator(at, c, glued_to_word),
            '$' => self.dollar(at),
            '+' | '&' => self.push(Token { word: c.to_string(), from: at, to: at + 1, ..Token::default() }),
            _ => {
                if let Some(word) = emoji(c) {
                    self.push(Token {
                        word: word.to_owned(),
                        from: at,
                        to: at + c.len_utf8(),
                        ..Token::default()
                    });
                }
            }
        }
    }

    fn separator(&mut self, at: usize, c: char, glued: bool) {
        let mark = match c {
            '/' | '.' | ':' => c,
            _ => '-',
        };
        if matches!(mark, '.' | ':') && !glued {
            self.breaks = true;
            return;
        }
        self.push(Token {
            word: mark.to_string(),
            mark: Some(mark),
            from: at,
            to: at + c.len_utf8(),
            ..Token::default()
        });
    }

    /// "$", "u$s", "us$", "r$".
    fn dollar(&mut self, at: usize) {
        let currency = match self.tokens.last() {
            Some(last) if !self.spaced && matches!(last.word.as_str(), "u" | "us") && last.to == at => "usd",
            Some(last) if !self.spaced && last.word == "r" && last.to == at => "brl",
            _ => "",
        };
        if !currency.is_empty() {
            self.tokens.pop();
        }
        self.push(Token {
            word: format!("${currency}"),
            mark: Some('$'),
            from: at,
            to: at + 1,
            ..Token::default()
        });
    }

    fn finish(&mut self, at: usize) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let mut token = Token { from: self.from, to: at, digits: self.digits, ..Token::default() };
        if self.digits {
            token.width = u8::try_from(word.len()).unwrap_or(u8::MAX);
            token.number = (word.len() <= MAX_DIGITS).then(|| word.parse().ok()).flatten();
        }
        token.word = word;
        self.push(token);
    }

    fn push(&mut self, mut token: Token) {
        token.glued = !self.spaced && !self.tokens.is_empty();
        token.breaks = std::mem::take(&mut self.breaks);
        self.spaced = false;
        self.tokens.push(token);
    }
}

/// Words with their offsets, of as much of the text as is read. Line breaks stay with what follows.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    text.split_inclusive([' ', '\t', '\u{a0}']).map(move |chunk| {
        let at = chunk.as_ptr() as usize - text.as_ptr() as usize;
        (at, chunk)
    })
}

fn is_address(chunk: &str) -> bool {
    let chunk = chunk.trim();
    !chunk.contains('\n') && (chunk.contains('@') || chunk.starts_with("http") || chunk.starts_with("www."))
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// The word an emoji stands for.
fn emoji(c: char) -> Option<&'static str> {
    Some(match c {
        '👍' | '👌' | '✅' | '✔' | '☑' | '🙌' | '💪' | '🤝' | '🆗' | '🤙' | '🫡' | '💯' | '👏' => {
            "👍"
        }
        '👎' | '❌' | '🚫' | '🙅' | '✖' | '⛔' => "👎",
        '🙏' | '❤' | '🥰' | '😘' | '🤗' | '💕' | '💖' | '♥' | '😍' => "🙏",
        '👋' => "👋",
        '😂' | '🤣' | '😅' | '😆' => "😂",
        '🐶' | '🐕' | '🐱' | '🐈' | '🐾' => "🐶",
        _ => return None,
    })
}
