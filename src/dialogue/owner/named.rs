//! Cabins and guests that a message of the owner names.

use super::reading::{Missing, Setting};
use super::words::{self, Word};
use crate::domain::cabin::Cabin;
use crate::domain::ids::CabinId;

/// The cabins of a message with the words that name them.
#[derive(Debug, Clone, Default)]
pub(super) struct Cabins {
    pub ids: Vec<CabinId>,
    pub words: Vec<Word>,
}

/// The cabins named, none when the message names none. [`Missing::Cabin`] when a name fits several, or a number none.
pub(super) fn cabins(said: &[Word], setting: &Setting<'_>) -> Result<Cabins, Missing> {
    let every = || setting.cabins.iter().map(|cabin| cabin.id).collect();
    let mut found = Cabins::default();
    for (number, words) in numbers(said) {
        let cabin = numbered(number, setting.cabins).ok_or_else(|| names(setting.cabins))?;
        found.ids.push(cabin);
        found.words.extend(words);
    }
    if !found.ids.is_empty() {
        return Ok(found);
    }
    let fits: Vec<(&Cabin, Vec<Word>)> =
        setting.cabins.iter().filter_map(|cabin| Some((cabin, distinctive(cabin, said)?))).collect();
    // A cabin whose words all belong to a better fitting one was not meant: "del Lago" beside "Lago Azul".
    let beaten = |words: &[Word]| {
        fits.iter().any(|(_, more)| more.len() > words.len() && words.iter().all(|w| more.contains(w)))
    };
    let best: Vec<_> = fits.iter().filter(|(_, words)| !beaten(words)).collect();
    let shares =
        |words: &[Word]| best.iter().filter(|(_, other)| words.iter().any(|w| other.contains(w))).count() > 1;
    if best.iter().any(|(_, words)| shares(words)) {
        return Err(Missing::Cabin(best.iter().map(|(cabin, _)| cabin.name.clone()).collect()));
    }
    for (cabin, words) in best {
        found.ids.push(cabin.id);
        found.words.extend(words.iter().cloned());
    }
    found.words.sort_by_key(|word| word.from);
    if let Some(words) = everything(said) {
        let but = said.iter().any(|word| matches!(word.folded.as_str(), "menos" | "salvo" | "excepto"));
        if found.ids.is_empty() {
            return Ok(Cabins { ids: every(), words });
        }
        if but {
            let ids =
                setting.cabins.iter().map(|cabin| cabin.id).filter(|id| !found.ids.contains(id)).collect();
            return Ok(Cabins { ids, ..found });
        }
    }
    Ok(found)
}

/// The words that belong to the names of cabins.
pub(super) fn named_cabins(said: &[Word], setting: &Setting<'_>) -> Vec<Word> {
    let mut words: Vec<Word> =
        setting.cabins.iter().filter_map(|cabin| distinctive(cabin, said)).flatten().collect();
    words.sort_by_key(|word| word.from);
    words.dedup();
    words
}

/// As [`cabins`], but one at least: the only one of a place needs no name.
pub(super) fn some_cabins(said: &[Word], setting: &Setting<'_>) -> Result<Cabins, Missing> {
    let found = cabins(said, setting)?;
    match (found.ids.is_empty(), setting.cabins) {
        (true, [only]) => Ok(Cabins { ids: vec![only.id], ..found }),
        (true, several) => Err(names(several)),
        (false, _) => Ok(found),
    }
}

fn names(cabins: &[Cabin]) -> Missing {
    Missing::Cabin(cabins.iter().map(|cabin| cabin.name.clone()).collect())
}

/// "todas", "todo", "todas las cabañas", "el complejo"; not "todo abril", nor "todo el finde".
fn everything(said: &[Word]) -> Option<Vec<Word>> {
    const ALL: [&str; 5] = ["todas", "todo", "todos", "complejo", "predio"];
    const AFTER: [&str; 6] = ["las", "los", "el", "cabanas", "cabana", "complejo"];
    let of_time = |at: usize| {
        let article = said.get(at + 1).is_some_and(|word| matches!(word.folded.as_str(), "el" | "la"));
        let next = said.get(at + 1 + usize::from(article));
        // "Todas 24 y 25": the number is a day, not what there is all of.
        let digits = |word: &Word| word.folded.starts_with(|c: char| c.is_ascii_digit());
        next.is_some_and(|word| words::tells_a_day(&word.folded) && (article || !digits(word)))
    };
    let at = (0..said.len()).find(|at| ALL.contains(&said[*at].folded.as_str()) && !of_time(*at))?;
    let more = said[at + 1..].iter().take_while(|word| AFTER.contains(&word.folded.as_str())).count();
    let end = said[at + 1..=at + more]
        .iter()
        .rposition(|word| word.folded.starts_with("cabana"))
        .map_or(0, |n| n + 1);
    Some(said[at..=at + end].to_vec())
}

/// A number is first looked for in the names: with a "Cabaña 3", "la 3" is that one, and only otherwise the third of
/// the list.
fn numbered(number: usize, cabins: &[Cabin]) -> Option<CabinId> {
    let bears = |cabin: &&Cabin| {
        words::fold(&cabin.name).iter().any(|part| words::small_number(part) == Some(number))
    };
    let position = if number == usize::MAX { cabins.len() } else { number };
    let found = cabins.iter().find(bears).or_else(|| cabins.get(position.wrapping_sub(1)));
    found.map(|cabin| cabin.id)
}

/// "la 3", "cabaña tres", "la tercera", each with its words; not "a la 1" of the clock, nor "la 20 de enero".
fn numbers(said: &[Word]) -> Vec<(usize, Vec<Word>)> {
    let leads =
        |word: &Word| matches!(word.folded.as_str(), "la" | "cabana" | "numero" | "nro" | "n" | "casa");
    let pairs = said.windows(2).filter(|pair| leads(&pair[0]) && pair[1].folded != "una");
    pairs.filter_map(|pair| Some((words::small_number(&pair[1].folded)?, pair.to_vec()))).collect()
}

/// The words of the message that belong to a cabin's name; `None` when no distinctive one is there.
fn distinctive(cabin: &Cabin, said: &[Word]) -> Option<Vec<Word>> {
    /// Words common to many cabins' names.
    const COMMON: [&str; 14] = [
        "la", "el", "los", "las", "de", "del", "y", "cabana", "cabanas", "casa", "casita", "depto", "al",
        "lo",
    ];
    let name: Vec<String> =
        words::fold(&cabin.name).into_iter().filter(|part| !COMMON.contains(&part.as_str())).collect();
    let found: Vec<Word> = said.iter().filter(|word| name.contains(&word.folded)).cloned().collect();
    (!found.is_empty()).then_some(found)
}

/// As [`guest`]; else the words of a phone number, by which a guest is found too.
pub(super) fn guest_or_number<'w>(text: &str, said: &'w [Word], setting: &Setting<'_>) -> &'w [Word] {
    /// Fewest digits of a number without its area.
    const DIGITS_MIN: usize = 6;
    let known = guest(text, said, setting);
    if !known.is_empty() {
        return known;
    }
    let of_number = |word: &Word| word.folded.bytes().all(|byte| byte.is_ascii_digit());
    let digits = |words: &[Word]| words.iter().map(|word| word.folded.len()).sum::<usize>();
    let mut runs = said.chunk_by(|one, next| of_number(one) && of_number(next));
    runs.find(|run| of_number(&run[0]) && DIGITS_MIN <= digits(run)).unwrap_or_default()
}

/// The guest of the house whom the words name: the longest run of words that belongs to one known name. Words that
/// name a cabin or a day are none.
pub(super) fn guest<'w>(text: &str, said: &'w [Word], setting: &Setting<'_>) -> &'w [Word] {
    let cabins = cabins(said, setting).unwrap_or_default().words;
    let known: Vec<Vec<String>> = setting.guests.iter().map(|name| words::fold(name)).collect();
    let of = |name: &[String], word: &Word| {
        word.folded.len() > 2 && name.contains(&word.folded) && !cabins.contains(word)
    };
    let mut best = 0..0;
    for name in &known {
        for at in 0..said.len() {
            let length = said[at..].iter().take_while(|word| of(name, word)).count();
            // A month or a weekday alone is a name only where one is expected.
            let dated = length == 1 && words::tells_a_day(&said[at].folded);
            let led = at > 0 && matches!(said[at - 1].folded.as_str(), "a" | "con" | "le");
            if length > best.len() && (!dated || led) {
                best = at..at + length;
            }
        }
    }
    if best.is_empty() {
        return &[];
    }
    // "María del Carmen" is not the María whom the house knows: the name as it was written, to its end.
    let particle = |word: &Word| matches!(word.folded.as_str(), "de" | "del" | "la" | "los");
    let capital = |word: &Word| text[word.from..].starts_with(char::is_uppercase) && !cabins.contains(word);
    loop {
        let particles = said[best.end..].iter().take_while(|word| particle(word)).count();
        match said.get(best.end + particles) {
            Some(word) if capital(word) => best.end += particles + 1,
            _ => return &said[best],
        }
    }
}
