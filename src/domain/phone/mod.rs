//! Telephone numbers: as people type them, as WhatsApp reports them, and the one key of a line.

mod country;
#[cfg(test)]
mod tests;

pub use country::{Country, PhoneRefused};

/// E.164 allows 15 digits; shorter than 8 is no number that WhatsApp serves.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A phone number: digits with country code, without `+`, as received.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

impl Phone {
    /// Parses a number with its country code, as vendors and our own rows write it; punctuation is ignored. For what
    /// a person typed see [`Phone::typed`].
    pub fn parse(text: &str) -> Option<Phone> {
        let digits = digits_of(text)?;
        let digits = digits.strip_prefix("00").map_or(digits.clone(), str::to_owned);
        DIGITS.contains(&digits.len()).then_some(Phone(digits))
    }

    /// Reads a number as people of `country` type it. Without a `+` the number of the house's own country comes
    /// first, then those of its neighbours with their code: any other reading would be a guess, and a local number
    /// with a digit too few must not become one of Portugal.
    ///
    /// # Errors
    /// What is missing, for a sentence to whoever typed it.
    pub fn typed(text: &str, country: Option<Country>) -> Result<Phone, PhoneRefused> {
        let digits = digits_of(text).ok_or(PhoneRefused::NotANumber)?;
        if let Some(digits) = international(text, &digits) {
            return match Country::of_digits(digits) {
                Some((country, rest)) => Ok(Phone::of(country, &country.national(rest)?)),
                None if DIGITS.contains(&digits.len()) && !digits.starts_with('0') => {
                    Ok(Phone(digits.to_owned()))
                }
                None => Err(PhoneRefused::NotANumber),
            };
        }
        let local = country.map(|country| Ok(Phone::of(country, &country.national(&digits)?)));
        let refused = match local {
            Some(Ok(phone)) => return Ok(phone),
            Some(Err(refused)) => refused,
            None => PhoneRefused::CountryCodeMissing,
        };
        match Country::of_digits(&digits) {
            Some((country, rest)) => {
                country.national(rest).map(|line| Phone::of(country, &line)).map_err(|_| refused)
            }
            None => Err(refused),
        }
    }

    fn of(country: Country, line: &str) -> Phone {
        Phone(format!("{}{line}", country.code()))
    }

    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number for people to read: `+54 9 351 555 0101`.
    pub fn shown(&self) -> String {
        match Country::of_digits(&self.0) {
            Some((country, line)) if line.len() >= 8 => {
                format!("+{} {}", country.code(), country.grouped(line))
            }
            _ => format!("+{}", self.0),
        }
    }

    /// The lookup key of a line, whose forms are reported for the same phone: without the Argentine 9, the Mexican 1
    /// and the Brazilian ninth digit.
    pub fn key(&self) -> String {
        let [short, _] = self.forms().unwrap_or_else(|| [self.0.clone(), String::new()]);
        short
    }

    /// The keys under which a row of this line may stand: [`Phone::key`], and the other form, which is the key of rows
    /// written before Mexico and Brazil had one.
    pub fn keys(&self) -> [String; 2] {
        self.forms().unwrap_or_else(|| [self.0.clone(), self.0.clone()])
    }

    /// The other form of the same mobile line, to try when the first is refused.
    pub fn alternative(&self) -> Option<Phone> {
        self.forms()?.into_iter().find(|form| *form != self.0).map(Phone)
    }

    /// The shorter and the longer form of a line that has two.
    fn forms(&self) -> Option<[String; 2]> {
        let (country, line) = Country::of_digits(&self.0)?;
        let (short, long) = match (country, line.len()) {
            (Country::Argentina, 10) => (line.to_owned(), format!("9{line}")),
            (Country::Argentina, 11) => (line.strip_prefix('9')?.to_owned(), line.to_owned()),
            (Country::Mexico, 10) => (line.to_owned(), format!("1{line}")),
            (Country::Mexico, 11) => (line.strip_prefix('1')?.to_owned(), line.to_owned()),
            (Country::Brazil, 10) => (line.to_owned(), country::with_nine(line)?),
            (Country::Brazil, 11) => {
                let short = format!("{}{}", &line[..2], line[2..].strip_prefix('9')?);
                country::with_nine(&short)?;
                (short, line.to_owned())
            }
            _ => return None,
        };
        Some([short, long].map(|line| format!("{}{line}", country.code())))
    }
}

/// The digits of a text that holds nothing but a number.
fn digits_of(text: &str) -> Option<String> {
    let punctuation =
        |c: char| matches!(c, '+' | '-' | '‐' | '–' | '(' | ')' | '.' | '/') || c.is_whitespace();
    // A browser or an address book puts marks of direction around a number.
    let invisible =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let other = |c: char| !c.is_ascii_digit() && !punctuation(c) && !invisible(c);
    (!text.chars().any(other)).then(|| text.chars().filter(char::is_ascii_digit).collect())
}

/// The digits from the country code on, where the text says that it has one.
fn international<'d>(text: &str, digits: &'d str) -> Option<&'d str> {
    if text.contains('+') {
        return Some(digits.strip_prefix("00").unwrap_or(digits));
    }
    digits.strip_prefix("00")
}
