//! Many wordings at once: a sentence is compared only with those whose rarest word stands in it, so that a message is
//! read in microseconds however many wordings there are.

use super::wording::{Sentence, Word, Wording};
use std::collections::HashMap;

/// Wordings with what each speaks of.
#[derive(Debug)]
pub(crate) struct Wordings<S> {
    all: Vec<(S, Wording)>,
    /// Wordings by the words of the step that fewest sentences have.
    by_word: HashMap<String, Vec<usize>>,
    /// The same by beginnings of words.
    by_beginning: HashMap<String, Vec<usize>>,
}

impl<S: Copy + Ord> Wordings<S> {
    pub(crate) fn of(all: Vec<(S, Wording)>) -> Wordings<S> {
        let mut times: HashMap<&Word, usize> = HashMap::new();
        for word in all.iter().flat_map(|(_, wording)| wording.steps()).flatten() {
            *times.entry(word).or_default() += 1;
        }
        let (mut by_word, mut by_beginning) =
            (HashMap::<_, Vec<usize>>::new(), HashMap::<_, Vec<usize>>::new());
        for (at, (_, wording)) in all.iter().enumerate() {
            let frequency = |step: &Vec<&Word>| step.iter().map(|word| times[word]).sum::<usize>();
            for word in wording.steps().min_by_key(frequency).unwrap_or_default() {
                match word {
                    Word::Whole(whole) => by_word.entry(whole.clone()).or_default().push(at),
                    Word::Beginning(beginning) => by_beginning.entry(beginning.clone()).or_default().push(at),
                }
            }
        }
        Wordings { all, by_word, by_beginning }
    }

    /// All that a sentence speaks of, each once, in order.
    pub(crate) fn said_in(&self, sentence: &Sentence) -> Vec<S> {
        let mut candidates: Vec<usize> = Vec::new();
        for word in sentence.words() {
            candidates.extend(self.by_word.get(word).into_iter().flatten());
            let beginnings = (1..=word.len()).filter_map(|end| word.get(..end));
            candidates.extend(beginnings.filter_map(|beginning| self.by_beginning.get(beginning)).flatten());
        }
        candidates.sort_unstable();
        candidates.dedup();
        let said = candidates.into_iter().map(|at| &self.all[at]);
        let mut said: Vec<S> =
            said.filter(|(_, wording)| wording.stands_in(sentence)).map(|(of, _)| *of).collect();
        said.sort_unstable();
        said.dedup();
        said
    }
}

impl<S> Default for Wordings<S> {
    fn default() -> Wordings<S> {
        Wordings { all: Vec::new(), by_word: HashMap::new(), by_beginning: HashMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::wording::sentences;
    use std::collections::BTreeMap;

    #[test]
    fn a_wording_is_found_by_its_rarest_word_and_by_its_beginning() {
        let read = |written| Wording::read(written, &BTreeMap::new()).unwrap();
        let all = ["no hay agua", "no hay luz|electric*", "no funcion*", "no anda"].map(read);
        let wordings = Wordings::of((0..).zip(all).collect::<Vec<(usize, Wording)>>());
        let said = |text: &str| wordings.said_in(&sentences(text, |_| None)[0]);
        assert_eq!(said("no hay ni agua ni electricidad"), [0, 1]);
        assert_eq!(said("no funciona"), [2]);
        assert_eq!(said("anda, no?"), [0usize; 0]);
    }
}
