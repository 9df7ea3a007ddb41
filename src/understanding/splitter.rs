//! Cuts a message into words, numbers and marks, folding accents, case and decoration.

use unicode_normalization::char::decompose_compatible;

use super::token::{MAX_CHARS, Token};

/// A letter repeated this often is emphasis ("holaaa"), not spelling.
const EMPHASIS: usize = 3;
/// Longer runs of digits are telephone or account numbers.
const MAX_DIGITS: usize = 9;

/// Cuts a message into words, numbers and marks.
#[derive(Default)]
pub(super) struct Splitter {
    pub(super) tokens: Vec<Token>,
    word: String,
    digits: bool,
    from: usize,
    breaks: bool,
    spaced: bool,
    pub(super) asked: bool,
}

impl Splitter {
    /// Splits the text, up to the limit.
    pub(super) fn split(&mut self, text: &str) {
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
        // "check-in", "segunda-feira": one word in two parts.
        if mark == '-' && glued && self.tokens.last().is_some_and(|last| !last.digits) {
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
