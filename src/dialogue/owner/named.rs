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
    if found.ids.is_empty()
        && let Some(words) = all_counted(said, setting.cabins.len())
    {
        return Ok(Cabins { ids: every(), words });
    }
    if found.ids.is_empty()
        && let Some(by_size) = by_size(said, setting.cabins)
    {
        return by_size;
    }
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

/// "No tomes nada del 4 al 8", "nadie esa semana": all cabins, where nights are closed.
pub(super) fn says_nobody(said: &[Word]) -> bool {
    said.iter().any(|word| matches!(word.folded.as_str(), "nada" | "nadie" | "ninguna" | "ninguno"))
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
        // "Todas las noches", but "todas el lunes".
        if said[at].folded == "todas" {
            let next = said[at + 1..].iter().take(2).any(|word| {
                matches!(word.folded.as_str(), "noches" | "semanas" | "mananas" | "tardes" | "fechas")
            });
            return next;
        }
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

/// "Las cinco", "las 5 cabañas", where there are five.
fn all_counted(said: &[Word], cabins: usize) -> Option<Vec<Word>> {
    let at = said.windows(2).position(|pair| {
        matches!(pair[0].folded.as_str(), "las" | "los")
            && words::small_number(&pair[1].folded) == Some(cabins)
    })?;
    // "A las cinco" is an hour.
    let before = at.checked_sub(1).map_or("", |before| said[before].folded.as_str());
    let is_hour = matches!(before, "a" | "de" | "desde" | "hasta" | "tipo" | "para" | "sobre");
    (cabins > 1 && !is_hour).then(|| said[at..at + 2].to_vec())
}

/// "La grande", "la más chica", "la casita de dos": by how many people it sleeps. [`Missing::Cabin`] with those that are
/// meant when they are several.
fn by_size(said: &[Word], cabins: &[Cabin]) -> Option<Result<Cabins, Missing>> {
    const LEADS: [&str; 8] = ["la", "las", "mas", "cabana", "casa", "casita", "depto", "unidad"];
    const LARGE: [&str; 3] = ["grande", "grandota", "mayor"];
    const SMALL: [&str; 5] = ["chica", "chiquita", "chiquitita", "pequena", "menor"];
    const OF_TIME: [&str; 6] = ["noche", "noches", "dia", "dias", "semana", "semanas"];
    let word = |at: usize| said.get(at).map_or("", |word| word.folded.as_str());
    let sizes = || cabins.iter().map(|cabin| usize::from(cabin.capacity));
    let (at, length, size) = (1..said.len()).filter(|at| LEADS.contains(&word(at - 1))).find_map(|at| {
        if LARGE.contains(&word(at)) {
            return Some((at, 1, sizes().max()?));
        }
        if SMALL.contains(&word(at)) {
            return Some((at, 1, sizes().min()?));
        }
        let people = words::small_number(word(at + 1)).filter(|_| word(at) == "de");
        let people = people.filter(|people| sizes().any(|size| size == *people));
        Some((at, 2, people.filter(|_| !OF_TIME.contains(&word(at + 2)))?))
    })?;
    let meant: Vec<&Cabin> = cabins.iter().filter(|cabin| usize::from(cabin.capacity) == size).collect();
    let words = said[at - 1..at + length].to_vec();
    let several = words[0].folded == "las";
    Some(match meant[..] {
        [cabin] => Ok(Cabins { ids: vec![cabin.id], words }),
        _ if several => Ok(Cabins { ids: meant.iter().map(|cabin| cabin.id).collect(), words }),
        _ => Err(Missing::Cabin(meant.iter().map(|cabin| cabin.name.clone()).collect())),
    })
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

/// As [`guest`]; else the words of a phone number, or of the cabin whose guest is meant: "los de la Lenga".
pub(super) fn addressee<'w>(text: &str, said: &'w [Word], setting: &Setting<'_>) -> &'w [Word] {
    /// Fewest digits of a number without its area.
    const DIGITS_MIN: usize = 6;
    let known = guest(text, said, setting);
    if !known.is_empty() {
        return known;
    }
    let of_number = |word: &Word| word.folded.bytes().all(|byte| byte.is_ascii_digit());
    let digits = |words: &[Word]| words.iter().map(|word| word.folded.len()).sum::<usize>();
    let mut runs = said.chunk_by(|one, next| of_number(one) && of_number(next));
    let number = runs.find(|run| of_number(&run[0]) && DIGITS_MIN <= digits(run));
    number.or_else(|| one_cabin(said, setting)).unwrap_or_default()
}

/// The words of the one cabin named before a message begins: "avisale a Marta que la Lenga está lista" is for Marta.
fn one_cabin<'w>(said: &'w [Word], setting: &Setting<'_>) -> Option<&'w [Word]> {
    let message = said.iter().skip(1).position(|word| word.folded == "que");
    let before = &said[..message.map_or(said.len(), |at| at + 1)];
    let cabins = cabins(before, setting).ok().filter(|cabins| cabins.ids.len() == 1)?;
    let at = |word: &Word| said.iter().position(|one| one == word);
    Some(&said[at(cabins.words.first()?)?..=at(cabins.words.last()?)?])
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
