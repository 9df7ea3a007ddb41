//! A token: a word, a number or a mark of a message, with its meanings.

use super::cue::{Cue, CueSet};
use super::terms::{Term, TermSet};

/// Characters read of a message; nobody books in more.
pub const MAX_CHARS: usize = 4096;

#[derive(Debug, Clone, Default)]
pub(crate) struct Token {
    /// Folded spelling, corrected to the nearest known word.
    pub word: String,
    /// Its meanings in the message's language.
    pub terms: TermSet,
    /// Its cues.
    pub cues: CueSet,
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
    pub to: usize,
}

impl Token {
    /// Whether it can have this meaning.
    pub(crate) fn is(&self, term: Term) -> bool {
        self.terms.has(term)
    }

    /// Whether it can have one of these meanings.
    pub(crate) fn any(&self, terms: TermSet) -> bool {
        self.terms.any(terms)
    }

    /// Whether it has this cue.
    pub(crate) fn cue(&self, cue: Cue) -> bool {
        self.cues.has(cue)
    }

    pub(crate) fn marks(&self, mark: char) -> bool {
        self.mark == Some(mark)
    }
}

/// Whether the message goes on with these words.
pub(crate) fn begins_with(tokens: &[Token], words: &[String]) -> bool {
    tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, word)| token.word == *word)
}
