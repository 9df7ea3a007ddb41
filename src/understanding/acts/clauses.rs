//! Clauses of a message: each may do something of its own.

use super::cabins::NAME_MARK;

/// A clause of fewer words is part of the one before it.
const WORDS_MIN: usize = 2;
/// Most clauses read; more say nothing new.
const CLAUSES_MAX: usize = 6;
/// Words that begin a clause.
const LINKS: [&str; 6] = ["pero", "mas", "but", "aunque", "ademas", "tambien"];

/// Words that join, and words that begin a question behind them: "… y con qué se paga".
const JOINS: [&str; 4] = ["y", "e", "and", "n"];
#[rustfmt::skip]
const ASKS: [&str; 38] = [
    "que", "qué", "cual", "cuál", "cuanto", "cuánto", "como", "cómo", "donde", "dónde", "desde", "con", "a", "hay",
    "tienen", "tenes", "tenés", "tiene", "se", "aceptan", "puedo", "podemos", "quanto", "onde", "qual", "tem", "pode",
    "da", "dá", "o", "what", "how", "is", "do", "does", "can", "where", "are",
];

/// The clauses, when there are at least two.
pub(super) fn clauses(text: &str) -> Vec<String> {
    let mut clauses: Vec<String> = Vec::new();
    let (mut clause, mut before) = (String::new(), String::new());
    for word in text.split_whitespace() {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let asks = ASKS.contains(&plain.as_str()) && JOINS.contains(&before.as_str());
        if LINKS.contains(&plain.as_str()) || asks && clause.split(' ').count() > WORDS_MIN {
            close(&mut clauses, &mut clause);
        }
        before = plain;
        if !clause.is_empty() {
            clause.push(' ');
        }
        clause.push_str(word);
        let ends = word.ends_with(['.', '!', '?', ';', ',']) && word != NAME_MARK;
        if ends || word.ends_with("...") {
            close(&mut clauses, &mut clause);
        }
    }
    close(&mut clauses, &mut clause);
    if clauses.len() < 2 || clauses.len() > CLAUSES_MAX { Vec::new() } else { clauses }
}

fn close(clauses: &mut Vec<String>, clause: &mut String) {
    let closed = std::mem::take(clause);
    if closed.is_empty() {
        return;
    }
    let short = closed.split(' ').count() < WORDS_MIN;
    match clauses.last_mut() {
        Some(last) if short => {
            last.push(' ');
            last.push_str(&closed);
        }
        _ => clauses.push(closed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_ends_where_a_sentence_or_a_thought_ends() {
        let text = "Perfect, book it. What's the wifi like btw? ok";
        assert_eq!(clauses(text), ["Perfect,", "book it.", "What's the wifi like btw? ok"]);
        assert_eq!(clauses("me gusta pero dejame ver"), ["me gusta", "pero dejame ver"]);
        assert!(clauses("hay lugar en enero").is_empty());
    }
}
