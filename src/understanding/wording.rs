//! Wordings: words that mean something together and nothing alone. "no hay agua" is a problem, "agua" is not.
//!
//! A wording is written as words that stand in this order in one sentence, with at most [`GAP_WORDS`] others between
//! two of them: `a|b` is either, `a_b` one after the other, `x*` a beginning, `@name` a list of the same file, `..` any
//! number of words, and `-x` must not stand in the sentence.

use super::folding::folded;
use std::collections::BTreeMap;

/// Most words between two of a wording.
const GAP_WORDS: usize = 3;

/// A wording, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wording {
    steps: Vec<Step>,
    without: Vec<Said>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    either: Vec<Said>,
    /// Most words before it.
    gap: usize,
}

/// Words one after the other.
type Said = Vec<Word>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Word {
    Whole(String),
    Beginning(String),
}

impl Word {
    fn read(written: &str) -> Word {
        let beginning = written.strip_suffix('*').map(|beginning| Word::Beginning(beginning.to_owned()));
        beginning.unwrap_or_else(|| Word::Whole(written.to_owned()))
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Word::Whole(whole) => word == whole,
            Word::Beginning(beginning) => word.starts_with(beginning),
        }
    }
}

/// A sentence of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    words: Vec<String>,
    pub(crate) asked: bool,
}

impl Sentence {
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }
}

impl Wording {
    /// Reads a wording; the error names a list that isn't there.
    pub(crate) fn read(written: &str, lists: &BTreeMap<String, String>) -> Result<Wording, String> {
        let mut wording = Wording { steps: Vec::new(), without: Vec::new() };
        let mut gap = 0;
        for step in written.split_whitespace() {
            match step.strip_prefix('-') {
                _ if step == ".." => gap = usize::MAX,
                Some(step) => wording.without.extend(either(step, lists)?),
                None => {
                    wording.steps.push(Step { either: either(step, lists)?, gap });
                    gap = GAP_WORDS;
                }
            }
        }
        Ok(wording)
    }

    /// The first words of each of its steps.
    pub(crate) fn steps(&self) -> impl Iterator<Item = Vec<&Word>> {
        self.steps.iter().map(|step| step.either.iter().filter_map(|said| said.first()).collect())
    }

    pub(crate) fn stands_in(&self, sentence: &Sentence) -> bool {
        let words = &sentence.words;
        let stands = |said: &Said| (0..words.len()).any(|at| said_at(said, words, at).is_some());
        (0..words.len()).any(|at| follows(&self.steps, words, at)) && !self.without.iter().any(stands)
    }
}

fn either(step: &str, lists: &BTreeMap<String, String>) -> Result<Vec<Said>, String> {
    let said = |words: &str| words.split('_').map(Word::read).collect();
    let mut all = Vec::new();
    for one in step.split('|') {
        match one.strip_prefix('@') {
            Some(name) => {
                let list = lists.get(name).ok_or_else(|| format!("there is no list {name:?}"))?;
                all.extend(list.split_whitespace().map(said));
            }
            None => all.push(said(one)),
        }
    }
    Ok(all)
}

/// Whether the steps stand from `from` on.
fn follows(steps: &[Step], words: &[String], from: usize) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    let to = from.saturating_add(step.gap).saturating_add(1).min(words.len());
    (from..to).any(|at| {
        let mut ends = step.either.iter().filter_map(|said| said_at(said, words, at));
        ends.any(|end| follows(rest, words, end))
    })
}

/// The place behind these words, if they stand here.
fn said_at(said: &Said, words: &[String], at: usize) -> Option<usize> {
    let found = words.get(at..at + said.len())?;
    found.iter().zip(said).all(|(word, wanted)| wanted.fits(word)).then_some(at + said.len())
}

/// The sentences of a message, folded; a letter that is drawn out ("nooo") counts once, and
/// `written_out` knows shorthand ("q", "x").
pub(crate) fn sentences<'a>(text: &str, written_out: impl Fn(&str) -> Option<&'a str>) -> Vec<Sentence> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | '\n');
    let mut sentences = Vec::new();
    for piece in text.split_inclusive(ends) {
        let words: Vec<String> = folded(piece)
            .split(' ')
            .map(once)
            .map(|word| written_out(&word).map_or(word.clone(), str::to_owned))
            .filter(|word| !word.is_empty())
            .collect();
        match (words.is_empty(), sentences.last_mut()) {
            (false, _) => sentences.push(Sentence { words, asked: piece.ends_with('?') }),
            // "hay luz!?"
            (true, Some(Sentence { asked, .. })) => *asked |= piece.ends_with('?'),
            (true, None) => {}
        }
    }
    sentences
}

fn once(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let drawn_out = |at: usize| {
        let same = letters[at..].iter().take_while(|letter| **letter == letters[at]).count();
        let before = letters[..at].iter().rev().take_while(|letter| **letter == letters[at]).count();
        letters[at].is_alphabetic() && before + same > 2 && before > 0
    };
    (0..letters.len()).filter(|at| !drawn_out(*at)).map(|at| letters[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(written: &str, text: &str) -> bool {
        let lists = BTreeMap::from([("no".to_owned(), "no sin".to_owned())]);
        let wording = Wording::read(written, &lists).unwrap();
        sentences(text, |_| None).iter().any(|sentence| wording.stands_in(sentence))
    }

    #[test]
    fn the_words_stand_together_in_their_order() {
        assert!(stands("@no agua", "Estamos SIN agua desde ayer"));
        assert!(stands("@no hay|sale agua|gas", "nooo hay nada de gas!!"));
        assert!(!stands("@no agua", "agua no"));
        assert!(!stands("@no agua", "no. agua"));
        assert!(stands("@no .. agua", "no sé si esta tarde lleva agua"));
        assert!(!stands("@no agua", "no sé si esta tarde lleva agua"));
        assert!(stands("olor gas", "hay olor a gas"));
        assert!(stands("se_cort* luz", "se cortó la luz"));
        assert!(!stands("se_cort* luz", "se nos cortó la luz"));
        assert!(!stands("incendio -lindo", "es un incendio de lindo"));
        assert!(Wording::read("@nothing", &BTreeMap::new()).is_err());
    }

    #[test]
    fn a_sentence_knows_whether_it_asks() {
        let asked =
            |text| sentences(text, |_| None).iter().map(|sentence| sentence.asked).collect::<Vec<_>>();
        assert_eq!(asked("Hola! ¿hay agua? gracias"), [false, true, false]);
        assert_eq!(asked("no hay luz!?"), [true]);
    }
}
