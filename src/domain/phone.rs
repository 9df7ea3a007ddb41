//! Telephone numbers in WhatsApp's form, and the Argentine 9.

/// E.164 allows 15 digits; shorter than 8 is no number that WhatsApp serves.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A phone number: digits with country code, without `+`, as received.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

impl Phone {
    /// Parses a number as people and vendors write it; punctuation is ignored.
    pub fn parse(text: &str) -> Option<Phone> {
        let punctuation = |c: char| matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/');
        if !text.chars().all(|c| c.is_ascii_digit() || punctuation(c)) {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_prefix("00").map_or(digits.clone(), str::to_owned);
        DIGITS.contains(&digits.len()).then_some(Phone(digits))
    }

    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The lookup key of a line: the Argentine mobile 9 left out, since WhatsApp reports the same phone with it
    /// and without it.
    pub fn key(&self) -> String {
        match self.0.strip_prefix("549") {
            Some(line) if line.len() == 10 => format!("54{line}"),
            _ => self.0.clone(),
        }
    }

    /// The other form of the same Argentine mobile, to try when the first is refused.
    pub fn alternative(&self) -> Option<Phone> {
        if let Some(line) = self.0.strip_prefix("549").filter(|line| line.len() == 10) {
            return Some(Phone(format!("54{line}")));
        }
        self.0.strip_prefix("54").filter(|line| line.len() == 10).map(|line| Phone(format!("549{line}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_one_key_with_and_without_the_nine() {
        let with = Phone::parse("+54 9 351 555-0111").expect("valid");
        let without = Phone::parse("543515550111").expect("valid");
        assert_eq!(with.key(), without.key());
        assert_eq!(with.alternative(), Some(without.clone()));
        assert_eq!(without.alternative(), Some(with));
    }

    #[test]
    fn other_countries_keep_their_digits() {
        let brazil = Phone::parse("5511987654321").expect("valid");
        assert_eq!(brazil.key(), "5511987654321");
        assert_eq!(brazil.alternative(), None);
    }

    #[test]
    fn words_are_no_number() {
        assert_eq!(Phone::parse("llamame"), None);
        assert_eq!(Phone::parse("123"), None);
    }
}
