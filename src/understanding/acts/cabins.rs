//! Names of cabins are taken out of a message before it is read: "Abril" is no month, "Luna" no moon, and no name is
//! a slip of another word.

use crate::understanding::folding::folded;
use crate::understanding::lexicon::lexicon;
use crate::understanding::spelling::sound;

/// Stands for a name in the text that is read: no word of any language, and no address.
pub(super) const NAME_MARK: &str = "cabin@";
/// Shorter words sound like too many others.
const SOUND_MIN: usize = 4;
const ARTICLES: [&str; 9] = ["el", "la", "los", "las", "o", "a", "os", "as", "the"];
/// Before a month: "5 de abril", "en abril".
const BEFORE_A_MONTH: [&str; 6] = ["de", "en", "em", "of", "in", "del"];

/// A message without the names in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Each name replaced by [`NAME_MARK`].
    pub(super) text: String,
    /// The cabins named, by their place among the names, in the order said.
    pub(super) cabins: Vec<usize>,
}

pub(super) fn take_out(text: &str, names: &[&str]) -> Named {
    let known: Vec<(usize, Vec<String>)> = names
        .iter()
        .enumerate()
        .flat_map(|(at, name)| ways_to_say(name).map(move |words| (at, words)))
        .collect();
    let words = words(text);
    let mut named = Named { text: String::with_capacity(text.len()), cabins: Vec::new() };
    let (mut copied, mut at) = (0, 0);
    while at < words.len() {
        let fits = known.iter().filter(|(_, name)| is_named(&words, at, name));
        let Some((cabin, name)) = fits.max_by_key(|(_, name)| name.len()) else {
            at += 1;
            continue;
        };
        named.text.push_str(&text[copied..words[at].from]);
        named.text.push_str(&format!(" {NAME_MARK} "));
        named.cabins.push(*cabin);
        at += name.len();
        copied = words[at - 1].to;
    }
    named.text.push_str(&text[copied..]);
    named
}

struct Word {
    from: usize,
    to: usize,
    folded: String,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric() || *c == '\u{301}') {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(last) if last.to == at => last.to = end,
            _ => words.push(Word { from: at, to: end, folded: String::new() }),
        }
    }
    words.iter_mut().for_each(|word| word.folded = folded(&text[word.from..word.to]));
    words
}

/// The name, the name without its article, and the last of several words, where that is a word of nothing else.
fn ways_to_say(name: &str) -> impl Iterator<Item = Vec<String>> + use<> {
    let full: Vec<String> = folded(name).split(' ').map(str::to_owned).collect();
    let bare = full.iter().skip_while(|word| ARTICLES.contains(&word.as_str())).cloned().collect::<Vec<_>>();
    let is_strange = |word: &String| word.len() > 3 && lexicon().exact(word).is_none();
    let short = match bare.as_slice() {
        [one] if full.len() > 1 && is_strange(one) => Some(vec![one.clone()]),
        [_, .., last] if is_strange(last) => Some(vec![last.clone()]),
        _ => None,
    };
    let without_article = (bare.len() > 1 && bare.len() < full.len()).then_some(bare);
    [Some(full), without_article, short].into_iter().flatten().filter(|words| !words.concat().is_empty())
}

fn is_named(words: &[Word], at: usize, name: &[String]) -> bool {
    let Some(said) = words.get(at..at + name.len()) else { return false };
    let same = said.iter().zip(name).all(|(word, name)| is_said(&word.folded, name));
    same && !(name.len() == 1 && is_month(&name[0]) && is_of_a_date(words, at))
}

fn is_said(word: &str, name: &str) -> bool {
    word == name
        || name.len() >= SOUND_MIN
            && word.len() >= SOUND_MIN
            && word.as_bytes()[0].is_ascii()
            && lexicon().exact(word).is_none()
            && sound(word) == sound(name)
}

fn is_month(name: &str) -> bool {
    lexicon().exact(name).is_some_and(|entry| entry.meanings.iter().any(|meaning| meaning.month > 0))
}

fn is_of_a_date(words: &[Word], at: usize) -> bool {
    let is_number = |word: &Word| word.folded.bytes().all(|c| c.is_ascii_digit());
    let before = at.checked_sub(1).map(|at| &words[at]);
    before.is_some_and(|word| is_number(word) || BEFORE_A_MONTH.contains(&word.folded.as_str()))
        || words.get(at + 1).is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<usize>) {
        let named = take_out(text, &["Abril", "El Molino", "Casa Vieja", "La Chica", "Ñire"]);
        (named.text.split_whitespace().collect::<Vec<_>>().join(" "), named.cabins)
    }

    #[test]
    fn a_name_is_taken_out_as_people_write_it() {
        assert_eq!(read("Abril está libre?"), ("cabin@ está libre?".into(), vec![0]));
        assert_eq!(read("la casa vieja o el molino"), ("la cabin@ o cabin@".into(), vec![2, 1]));
        assert_eq!(read("quiero molino"), ("quiero cabin@".into(), vec![1]));
        assert_eq!(read("el ñire. ok"), ("el cabin@ . ok".into(), vec![4]));
    }

    #[test]
    fn a_word_that_only_sounds_like_part_of_a_name_stays() {
        assert_eq!(read("del 5 al 8 de abril").1, [0usize; 0]);
        assert_eq!(read("una nena chica, mi vieja y yo").1, [0usize; 0]);
    }
}
