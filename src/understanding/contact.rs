//! A name or an e-mail address given in a message, kept as it was written.

use super::lexicon::Lexicon;
use super::names::is_capital;
use super::token::{Token, begins_with};

/// A longer name is a sentence.
const MAX_NAME_WORDS: usize = 4;
/// Longest address of RFC 5321.
const MAX_EMAIL: usize = 254;

/// The first e-mail address, lower case.
pub(crate) fn email(text: &str) -> Option<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')'))
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | ':' | '!' | '?' | '"' | '\'')))
        .find(|word| is_email(word))
        .map(str::to_lowercase)
}

fn is_email(word: &str) -> bool {
    let Some((local, domain)) = word.split_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
    };
    word.len() <= MAX_EMAIL && plain(local) && plain(domain) && domain.contains('.') && !domain.ends_with('.')
}

/// The name after "me llamo", "soy", "mi nombre es"; the whole message when a name was asked for.
pub(crate) fn name(lexicon: &Lexicon, text: &str, tokens: &[Token], expected: bool) -> Option<String> {
    if let Some(from) = introduced_at(lexicon, text, tokens) {
        return collect(text, &tokens[from..]);
    }
    let short = (1..=MAX_NAME_WORDS).contains(&tokens.len());
    if expected && short && tokens.iter().all(is_name_word) {
        return collect(text, tokens);
    }
    None
}

/// Where the name begins. A single word ("soy") introduces whatever one is, so the name needs its capital there:
/// "soy celíaca" is none.
fn introduced_at(lexicon: &Lexicon, text: &str, tokens: &[Token]) -> Option<usize> {
    lexicon.introductions.iter().find_map(|opener| {
        let at = (0..tokens.len()).find(|&at| begins_with(&tokens[at..], opener))?;
        let from = at + opener.len();
        let plausible = opener.len() > 1
            || tokens.get(from).is_some_and(|token| token.terms.is_empty() && is_capital(text, token));
        (plausible && tokens.get(from).is_some_and(is_name_word)).then_some(from)
    })
}

fn is_name_word(token: &Token) -> bool {
    token.mark.is_none()
        && token.number.is_none()
        && !token.word.is_empty()
        && token.word != "@"
        && token.word.chars().all(|c| c.is_alphabetic() || c == ' ')
}

fn collect(text: &str, tokens: &[Token]) -> Option<String> {
    let ends = |(index, token): &(usize, &Token)| {
        (*index == 0 || !token.breaks)
            && is_name_word(token)
            && (*index == 0 || token.terms.is_empty() || is_capital(text, token))
    };
    let last = tokens.iter().enumerate().take(MAX_NAME_WORDS).take_while(ends).last()?.1;
    let name = text.get(tokens[0].from..last.to)?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
