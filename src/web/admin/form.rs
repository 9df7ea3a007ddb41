//! Form fields read into values, with an error sentence beside each invalid one.

use super::reasons;
use crate::app::manage::ManageError;
use crate::domain::amount::{self, AmountProblem};
use crate::domain::money::{Currency, Multiplier};
use crate::domain::party::{self, Party, PartyRefused, Told};
use crate::domain::stay::Stay;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Errors of a form, by field.
#[derive(Debug, Clone, Default)]
pub struct Wrong(BTreeMap<Cow<'static, str>, String>);

impl Wrong {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a field has an error.
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// Records a field's error; the first one stays.
    pub fn note(&mut self, field: impl Into<Cow<'static, str>>, why: impl Into<String>) {
        self.0.entry(field.into()).or_insert_with(|| why.into());
    }

    /// The value, or records its field's error.
    pub fn take<T>(&mut self, field: &'static str, read: Result<T, String>) -> Option<T> {
        read.map_err(|why| self.note(field, why)).ok()
    }

    /// The refusal of a use-case, beside the field that it names.
    pub fn refused(refused: &ManageError) -> Option<(Wrong, String)> {
        let sentence = reasons::manage_error(refused)?;
        let mut wrong = Wrong::default();
        if let ManageError::Invalid { field, .. } = refused {
            wrong.note(field.code(), sentence.clone());
        }
        Some((wrong, sentence))
    }
}

/// The party of a form: all the people, the ages of the children among them, and animals. `None` when nothing
/// was filled in.
pub fn party(
    people: Option<u16>,
    children: Option<&str>,
    pets: Option<u16>,
) -> Result<Option<Party>, PartyRefused> {
    let children = party::ages(children.unwrap_or_default()).ok_or(PartyRefused::NoChild)?;
    Told { guests: people, adults: None, children, pets: pets.unwrap_or(0) }.party()
}

/// A party as form fields.
#[derive(Debug, Clone, Default)]
pub struct PartyFields {
    pub people: u16,
    pub children: String,
    pub pets: u16,
}

impl PartyFields {
    /// The fields as typed, even when they are no valid party.
    pub fn typed(people: u16, children: Option<&str>, pets: Option<u16>) -> PartyFields {
        PartyFields { people, children: children.unwrap_or_default().to_owned(), pets: pets.unwrap_or(0) }
    }
}

impl From<Party> for PartyFields {
    fn from(party: Party) -> PartyFields {
        let ages: Vec<String> = party.children().iter().map(u8::to_string).collect();
        PartyFields { people: party.people(), children: ages.join(", "), pets: party.pets() }
    }
}

/// The sentence above a form with errors.
pub const LOOK_BELOW: &str = "No guardamos nada todavía: fijate en lo que está marcado.";

/// A positive amount in the house's currency, in hundredths.
pub fn price(text: &str, currency: Currency) -> Result<i64, String> {
    match amount::read_in(text, currency) {
        Ok(0) => Err("Tiene que ser más que cero.".into()),
        Ok(minor) => Ok(minor),
        Err(problem) => Err(amount_problem(problem).into()),
    }
}

/// Reason why a text is no amount, for the owner.
pub fn amount_problem(problem: AmountProblem) -> &'static str {
    match problem {
        AmountProblem::Empty => "Falta el importe.",
        AmountProblem::NoNumber => "Escribí sólo el número, por ejemplo 80.000.",
        AmountProblem::TwoMeanings => {
            "No sé qué importe es. Usá punto para los miles y coma para los centavos: 80.000 o 80.000,50."
        }
        AmountProblem::OtherCurrency => "Los precios van en la moneda de la casa: escribí sólo el número.",
        AmountProblem::TooLarge => "Ese importe es demasiado grande.",
    }
}

pub fn whole<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Falta el número.".into());
    }
    text.parse().map_err(|_| "Escribí un número entero, sin puntos ni letras.".into())
}

/// A whole number, or nothing for an empty field.
pub fn whole_or_none<T: std::str::FromStr>(text: &str) -> Result<Option<T>, String> {
    if text.trim().is_empty() { Ok(None) } else { whole(text).map(Some) }
}

/// A surcharge in percent with at most one decimal, as a factor: "20" is 1.2.
pub fn surcharge(text: &str) -> Result<Multiplier, String> {
    let plain = text.trim().trim_end_matches('%').trim_end();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, plain),
    };
    let (whole, tenth) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    let read =
        |part: &str| part.parse::<u16>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let permille = match (whole.len(), tenth.len()) {
        (0, _) if plain.is_empty() => Some(0),
        (1..=3, 1) => {
            read(whole).zip(read(tenth)).map(|(whole, tenth)| i32::from(whole) * 10 + i32::from(tenth))
        }
        _ => None,
    };
    let factor = permille.and_then(|permille| u16::try_from(1000 + sign * permille).ok());
    factor
        .and_then(Multiplier::from_permille)
        .ok_or_else(|| "Escribí el porcentaje, por ejemplo 20. Puede ir de -90 a 900.".into())
}

/// A factor as a surcharge in percent: "20", "12,5", "-10".
pub fn surcharge_words(factor: Multiplier) -> String {
    let over = i32::from(factor.permille()) - 1000;
    let (whole, tenth) = (over.abs() / 10, over.abs() % 10);
    let sign = if over < 0 { "-" } else { "" };
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole},{tenth}") }
}

/// A day from a date field; `None` for an empty or invalid one.
pub fn day(text: Option<&str>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}

/// A stay from two date fields, when its days are in order.
pub fn stay(check_in: Option<&str>, check_out: Option<&str>) -> Option<Stay> {
    let (from, to) = day(check_in).zip(day(check_out))?;
    Stay::new(from, to).ok()
}

/// The non-empty lines of a list.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surcharge_is_read_as_it_is_written() {
        for (text, permille) in [("", 1000), ("20", 1200), ("12,5", 1125), ("12.5 %", 1125), ("-10", 900)] {
            assert_eq!(surcharge(text).map(Multiplier::permille), Ok(permille), "{text}");
        }
        for text in ["veinte", "-95", "1000", "20,55", "2,", "+5", "-"] {
            assert!(surcharge(text).is_err(), "{text}");
        }
        for permille in [1000, 1200, 1125, 900, 905] {
            let factor = Multiplier::from_permille(permille).unwrap();
            assert_eq!(surcharge(&surcharge_words(factor)), Ok(factor));
        }
    }

    #[test]
    fn a_price_says_what_would_be_right() {
        assert_eq!(price("80.000", Currency::Ars), Ok(80_000_00));
        assert!(price("80,000", Currency::Ars).unwrap_err().contains("punto para los miles"));
        assert!(price("0", Currency::Ars).is_err() && price("", Currency::Ars).is_err());
    }
}
