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

/// "Que quede en 82", "ponela a ciento cuarenta": a price in thousands of pesos, as prices are said. Of several the last.
/// It is said back in full before anything changes.
pub(super) fn in_thousands(text: &str, said: &[Word], setting: &Setting<'_>) -> Option<Money> {
    /// Words behind which a price stands.
    const LEADS: [&str; 18] = [
        "a", "en", "por", "sale", "salga", "salir", "vale", "valga", "valer", "cueste", "cuesta", "cobrala",
        "cobra", "cobrar", "ponela", "ponele", "quede", "queden",
    ];
    const UNITS: [&str; 10] =
        ["noche", "noches", "dia", "dias", "persona", "personas", "semana", "porciento", "de", "por"];
    const THOUSANDS: std::ops::RangeInclusive<u32> = 10..=999;
    if setting.currency != Currency::Ars {
        return None;
    }
    // "Ciento | cuarenta", "setenta | y | ocho".
    let goes_on = |word: &str| word == "y" || !numbers_said(word, OWNER_LANGUAGE).is_empty();
    let price = |at: usize| {
        let leads = LEADS.contains(&said[at].folded.as_str())
            || at > 0 && said[at].folded == "de" && said[at - 1].folded == "menos";
        let number = said.get(at + 1).filter(|_| leads)?;
        let tail = &text[number.from..];
        let words = words::split(tail);
        // As many words as say the number.
        let length = (1..=words.len().min(5)).take_while(|length| {
            numbers_said(&tail[..words[length - 1].to], OWNER_LANGUAGE).len() == 1
                && (*length == 1 || goes_on(&words[length - 1].folded))
        });
        let length = length.last()?;
        let thousands = *numbers_said(&tail[..words[length - 1].to], OWNER_LANGUAGE).first()?;
        let unit = words.get(length).is_some_and(|word| UNITS.contains(&word.folded.as_str()));
        (THOUSANDS.contains(&thousands) && !unit).then_some(thousands)
    };
    let thousands = (0..said.len()).rev().find_map(price)?;
    Some(Money::new(i64::from(thousands) * 1_000 * 100, setting.currency))
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

/// "Un quince menos", "descuentito del diez": the percentage of a discount, said without its word.
pub(super) fn bare_percent(said: &[Word]) -> Option<u8> {
    const LEADS: [&str; 6] = ["un", "el", "del", "de", "ponele", "haceles"];
    const UNITS: [&str; 6] = ["noche", "noches", "dia", "dias", "de", "mil"];
    const PERCENTS: std::ops::RangeInclusive<usize> = 3..=60;
    let number = |word: &str| match word {
        "quince" => Some(15),
        "veinte" => Some(20),
        "veinticinco" => Some(25),
        "treinta" => Some(30),
        _ => words::small_number(word),
    };
    let found = said.windows(2).enumerate().find_map(|(at, pair)| {
        let percent = number(&pair[1].folded).filter(|percent| PERCENTS.contains(percent))?;
        let next = said.get(at + 2).map_or("", |word| word.folded.as_str());
        (LEADS.contains(&pair[0].folded.as_str()) && !UNITS.contains(&next)).then_some(percent)
    });
    found.and_then(|percent| u8::try_from(percent).ok())
}

/// A phone number among the words: eight digits or more in a row.
pub(super) fn phone(text: &str) -> Option<String> {
    const DIGITS_MIN: usize = 8;
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')');
    let runs = text.split(|c: char| !digits(c)).map(str::trim);
    let number = |run: &&str| run.chars().filter(char::is_ascii_digit).count() >= DIGITS_MIN;
    runs.filter(number).map(str::to_owned).next()
}
