//! The owner's answer to a guest's request, in words: yes, no, with how much, or anything else for the guest.

use super::quoted;
use super::reading::Setting;
use super::words::{self, Word};
use crate::domain::money::Money;
use crate::domain::request::{Answer, Off, RequestKind, Verdict};
use crate::understanding::folded;

/// Most words of a yes or a no that says nothing more.
const BARE_WORDS_MAX: usize = 3;
/// Most words of an amount that says nothing more: "dale, hacele un 10 por ciento".
const AMOUNT_WORDS_MAX: usize = 7;
const YES: [&str; 12] =
    ["si", "sip", "dale", "ok", "okey", "obvio", "claro", "listo", "perfecto", "bueno", "joya", "hecho"];
const NO: [&str; 4] = ["no", "nop", "nunca", "imposible"];
/// Most words about money that came or did not.
const MONEY_WORDS_MAX: usize = 4;
const ARRIVED: [&str; 3] = ["llego", "entro", "esta"];
/// Words that begin like a no and are a yes: "no hay drama".
const NO_TROUBLE: [&str; 6] = ["drama", "problema", "problem", "inconveniente", "pasa", "molesta"];

/// Reads an answer. Words that say more than yes, no and how much go to the guest as they are.
pub fn request_answer(text: &str, kind: RequestKind, setting: &Setting<'_>) -> Answer {
    let said = words::split(text);
    let off = kind.needs_amount().then(|| amount_off(text, &said, setting)).flatten();
    let verdict = match off {
        Some(_) => Verdict::Yes,
        None => verdict(&said),
    };
    let bare = match off {
        Some(_) => AMOUNT_WORDS_MAX,
        None => BARE_WORDS_MAX,
    };
    let says_more = verdict == Verdict::Words || said.len() > bare;
    Answer { verdict, off, words: says_more.then(|| text.trim().to_owned()), file: None }
}

/// What the owner says of money that was to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyToCome {
    Amount(Money),
    Arrived,
    NotArrived,
}

/// "llegó", "no", "120 mil"; `None` when the words are for the guest.
pub fn money_to_come(text: &str, setting: &Setting<'_>) -> Option<MoneyToCome> {
    if let Some(amount) = amount(text, setting) {
        return Some(MoneyToCome::Amount(amount));
    }
    if text.split_whitespace().count() > MONEY_WORDS_MAX {
        return None;
    }
    let folded = folded(text);
    match request_answer(text, RequestKind::Other, setting).verdict {
        Verdict::No => Some(MoneyToCome::NotArrived),
        Verdict::Yes => Some(MoneyToCome::Arrived),
        Verdict::Words => ARRIVED.iter().any(|word| folded.contains(word)).then_some(MoneyToCome::Arrived),
    }
}

/// A sum of money alone: "120 mil".
pub fn amount(text: &str, setting: &Setting<'_>) -> Option<Money> {
    quoted::sum(text, &words::split(text), setting)
}

fn amount_off(text: &str, said: &[Word], setting: &Setting<'_>) -> Option<Off> {
    let percent = quoted::percent(text, said).map(Off::Percent);
    percent.or_else(|| quoted::sum(text, said, setting).map(Off::Amount))
}

fn verdict(said: &[Word]) -> Verdict {
    let first = said.first().map_or("", |word| word.folded.as_str());
    let no_trouble =
        said.iter().take(BARE_WORDS_MAX + 1).any(|word| NO_TROUBLE.contains(&word.folded.as_str()));
    match (YES.contains(&first), NO.contains(&first)) {
        (true, _) => Verdict::Yes,
        (_, true) if no_trouble => Verdict::Yes,
        (_, true) => Verdict::No,
        _ => Verdict::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::understanding::HolidayCalendar;
    use jiff::civil::date;

    fn read(text: &str, kind: RequestKind) -> Answer {
        let calendar = HolidayCalendar::argentina();
        let setting = Setting {
            today: date(2026, 11, 24),
            calendar: &calendar,
            cabins: &[],
            guests: &[],
            currency: Currency::Ars,
        };
        request_answer(text, kind, &setting)
    }

    #[test]
    fn a_yes_and_a_no_are_told_from_words_for_the_guest() {
        for (text, verdict, has_words) in [
            ("sí", Verdict::Yes, false),
            ("dale, ok", Verdict::Yes, false),
            ("no hay drama", Verdict::Yes, false),
            ("no", Verdict::No, false),
            ("no, justo entra gente ese día", Verdict::No, true),
            ("sí, pero hasta las 12 nomás", Verdict::Yes, true),
            ("que me escriba a la tarde", Verdict::Words, true),
        ] {
            let answer = read(text, RequestKind::LateCheckOut);
            assert_eq!((answer.verdict, answer.words.is_some()), (verdict, has_words), "{text}");
        }
    }

    #[test]
    fn an_amount_is_a_yes() {
        let ten = read("dale, 10%", RequestKind::Discount);
        assert_eq!((ten.verdict, ten.off, ten.words), (Verdict::Yes, Some(Off::Percent(10)), None));
        let sum = read("hacele 20 mil menos", RequestKind::Discount);
        assert_eq!(sum.off, Some(Off::Amount(Money::new(20_000_00, Currency::Ars))));
        assert_eq!(read("sí", RequestKind::Discount).off, None);
        assert_eq!(read("10%", RequestKind::Cot).off, None);
    }
}
