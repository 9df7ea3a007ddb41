//! Words that the owner gives: a message for a guest, an answer for the house, a reason, a sum.

use super::reading::{Missing, Setting, read};
use super::words::{self, Word};
use crate::domain::capitalised::capitalised;
use crate::domain::language::OWNER_LANGUAGE;
use crate::domain::money::{Currency, Money};
use crate::domain::rates::{By, PriceChange, RateChange};
use crate::understanding::{Dates, SaidCurrency, Topic, numbers_said};

/// Prices that change by a percentage become whole hundreds: 100 pesos.
const ROUND_TO: i64 = 100_00;

/// "A 90.000": a price. "Subí un 10 %", "bajá 5 por ciento": a percentage of each price.
pub(super) fn rate_change(text: &str, said: &[Word], setting: &Setting<'_>) -> Option<RateChange> {
    let Some(percent) = percent(text, said) else { return sum(text, said, setting).map(RateChange::Price) };
    let hundredths = i32::from(percent) * 100;
    let stems = ["baj", "reduc", "rebaj", "descont", "sac"];
    let less = said.iter().any(|word| stems.iter().any(|stem| word.folded.starts_with(stem)));
    let by = By::Percent(if less { -hundredths } else { hundredths });
    Some(RateChange::Adjust(PriceChange { by, round_to: ROUND_TO }))
}

/// "por pintura": the reason in the owner's own spelling, with its words. Not "por tres noches".
pub(super) fn reason(text: &str, said: &[Word], setting: &Setting<'_>) -> (String, Vec<Word>) {
    let none = (String::new(), Vec::new());
    let Some(at) = said.iter().position(|word| matches!(word.folded.as_str(), "por" | "porque")) else {
        return none;
    };
    let ends = |word: &Word| {
        matches!(word.folded.as_str(), "del" | "desde" | "hasta" | "entre" | "hoy" | "manana" | "este" | "el")
            || word.folded.starts_with(|c: char| c.is_ascii_digit())
    };
    let length = said[at + 1..].iter().position(ends).unwrap_or(said.len() - at - 1);
    let taken = said[at..=at + length].to_vec();
    let (Some(first), Some(last)) = (said.get(at + 1), taken.last()) else { return none };
    if length == 0 {
        return none;
    }
    let words = text[first.from..last.to].to_owned();
    let reading = read(&words, setting, None);
    if reading.dates != Dates::None || reading.nights.is_some() { none } else { (words, taken) }
}

/// The message for a guest: what stands behind "que", a colon, or the guest's name. Given as the owner said it, with
/// a capital letter.
pub(super) fn message(text: &str, said: &[Word], guest: &[Word]) -> Option<String> {
    let end = guest.last()?.to;
    let after = said.iter().find(|word| word.from >= end)?;
    let from = if after.folded == "que" { after.to } else { end };
    let words = text[from..]
        .trim_start_matches([',', ':', ' ', '.', '-', '"', '“', '«'])
        .trim_end_matches(['"', '”', '»'])
        .trim();
    (!words.is_empty()).then(|| capitalised(words))
}

/// A topic that guests ask about, and the answer: "si preguntan por el desayuno deciles que no hay".
pub(super) fn answer(text: &str, said: &[Word], setting: &Setting<'_>) -> Result<(Topic, String), Missing> {
    const ANSWERS: [&str; 8] = ["deci", "contest", "respond", "avis", "contale", "explic", "aclar", "pone"];
    const TEACHES: [&str; 9] =
        ["aprende", "acordate", "recorda", "sabe", "anota", "agenda", "guarda", "sepas", "cuenta"];
    let is = |word: &Word, stems: &[&str]| stems.iter().any(|stem| word.folded.starts_with(stem));
    let marks = said.iter().position(|word| is(word, &ANSWERS));
    let marks = marks.or_else(|| said.iter().position(|word| is(word, &TEACHES)));
    // "Si preguntan por X, no tenemos": the comma parts the question from the answer.
    let comma = text.find([',', ':']).filter(|_| marks.is_none());
    let (question, rest) = match (marks, comma) {
        (Some(at), _) => (&text[..said[at].from], &text[said[at].to..]),
        (None, Some(at)) => (&text[..at], &text[at + 1..]),
        (None, None) => (text, ""),
    };
    let rest = rest.trim_start_matches([',', ':', ' ']);
    let words = rest.strip_prefix("que ").or(rest.strip_prefix("q ")).unwrap_or(rest).trim();
    if words.is_empty() {
        return Err(Missing::Answer);
    }
    let asked = |part: &str| {
        read(part, setting, None).topic.or_else(|| read(&format!("hay {part}?"), setting, None).topic)
    };
    let subject = question.rsplit([' ']).next().unwrap_or(question);
    let topic = [question, subject, words].into_iter().filter(|part| !part.trim().is_empty()).find_map(asked);
    topic.map(|topic| (topic, capitalised(words))).ok_or(Missing::Topic)
}

/// The sum of money in a message, in the house's currency unless another was named. Of a sum that is said again after
/// "perdón" or "digo", the last.
pub(super) fn sum(text: &str, said: &[Word], setting: &Setting<'_>) -> Option<Money> {
    /// Beginnings of what takes back the words before it.
    const TAKES_BACK: [&str; 3] = ["perdon", "digo", "corrijo"];
    let corrected = said.iter().any(|word| TAKES_BACK.contains(&word.folded.as_str()));
    let found = read(text, setting, None).amount.filter(|_| !corrected);
    let currency = match found.as_ref().and_then(|amount| amount.currency) {
        Some(SaidCurrency::Ars) => Currency::Ars,
        Some(SaidCurrency::Usd) => Currency::Usd,
        Some(SaidCurrency::Brl) => Currency::Brl,
        None => setting.currency,
    };
    let mut bare =
        numbers_said(text, OWNER_LANGUAGE).into_iter().filter(|n| *n >= LARGE && !YEARS.contains(n));
    let bare = if corrected { bare.next_back() } else { bare.next() };
    let bare = bare.map(i64::from).or_else(|| said.iter().find_map(|word| thousands(&word.folded)));
    let bare = bare.or_else(|| millions(said));
    let minor = found.map(|amount| amount.cents).or_else(|| bare?.checked_mul(100))?;
    (minor > 0).then(|| Money::new(minor, currency))
}

/// Smallest bare number that is a sum of money: below it a number is a day, a count or a cabin.
const LARGE: u32 = 1_000;
/// Numbers that are years.
const YEARS: std::ops::Range<u32> = 2_000..2_100;

/// "90k", "90mil".
fn thousands(word: &str) -> Option<i64> {
    let number = word.strip_suffix("mil").or_else(|| word.strip_suffix('k'))?;
    number.parse::<i64>().ok()?.checked_mul(1_000)
}

/// "Medio palo", "un palo", "palo y medio", "dos palos": millions.
fn millions(said: &[Word]) -> Option<i64> {
    const MILLION: i64 = 1_000_000;
    let at = said.iter().position(|word| matches!(word.folded.as_str(), "palo" | "palos"))?;
    let word = |at: usize| said.get(at).map_or("", |word| word.folded.as_str());
    let before = at.checked_sub(1).map_or("", word);
    let half = if word(at + 1) == "y" && word(at + 2) == "medio" { MILLION / 2 } else { 0 };
    if before == "medio" {
        return Some(MILLION / 2);
    }
    let whole = if before == "un" { Some(1) } else { words::small_number(before) };
    Some(i64::try_from(whole.unwrap_or(1)).ok()?.checked_mul(MILLION)? + half)
}

/// "20 por ciento", "10%", "un veinte por ciento".
pub(super) fn percent(text: &str, said: &[Word]) -> Option<u8> {
    let words = |at: &usize| {
        said[*at].folded == "porciento"
            || said[*at].folded == "por" && said.get(at + 1).is_some_and(|word| word.folded == "ciento")
    };
    let end = text.find('%').or_else(|| (0..said.len()).find(words).map(|at| said[at].from))?;
    let number = numbers_said(&text[..end], OWNER_LANGUAGE).pop()?;
    u8::try_from(number).ok().filter(|percent| (1..=100).contains(percent))
}

/// A phone number among the words: eight digits or more in a row.
pub(super) fn phone(text: &str) -> Option<String> {
    const DIGITS_MIN: usize = 8;
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')');
    let runs = text.split(|c: char| !digits(c)).map(str::trim);
    let number = |run: &&str| run.chars().filter(char::is_ascii_digit).count() >= DIGITS_MIN;
    runs.filter(number).map(str::to_owned).next()
}
