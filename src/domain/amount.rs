//! Amounts as the owner types them: `80.000`, `80000`, `$ 80.000,50`. A point parts thousands and a comma the
//! hundredths. An ambiguous amount is refused: a price must never be a thousand times another.

use super::money::Currency;

/// Digits of the whole part: beyond any price, and far from the end of an `i64`.
const DIGITS_MAX: usize = 13;
/// Signs and words before or after an amount that do not change its size.
const SIGNS: [&str; 12] =
    ["u$s", "us$", "ar$", "r$", "$", "ars", "usd", "brl", "uyu", "clp", "pesos", "peso"];

/// Signs and words that name one currency.
const SIGNS_OF: [(&str, Currency); 9] = [
    ("u$s", Currency::Usd),
    ("us$", Currency::Usd),
    ("usd", Currency::Usd),
    ("dolares", Currency::Usd),
    ("dólares", Currency::Usd),
    ("ar$", Currency::Ars),
    ("ars", Currency::Ars),
    ("r$", Currency::Brl),
    ("brl", Currency::Brl),
];

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountProblem {
    #[error("there is no amount")]
    Empty,
    /// Not a number.
    #[error("this is no amount")]
    NoNumber,
    /// Ambiguous points or commas.
    #[error("the points and commas could mean two amounts")]
    TwoMeanings,
    /// A currency that is not the house's.
    #[error("the amount is in another currency")]
    OtherCurrency,
    /// More than any price.
    #[error("the amount is too large")]
    TooLarge,
}

/// Reads an amount into hundredths.
pub fn read(text: &str) -> Result<i64, AmountProblem> {
    let plain = without_sign(text);
    if plain.is_empty() {
        return Err(AmountProblem::Empty);
    }
    if !plain.chars().all(|letter| letter.is_ascii_digit() || letter == '.' || letter == ',') {
        return Err(AmountProblem::NoNumber);
    }
    let (whole, hundredths) = match plain.split_once(',') {
        Some((whole, part)) => (whole, hundredths(part)?),
        None => (plain.as_str(), 0),
    };
    let digits = ungrouped(whole)?;
    if digits.len() > DIGITS_MAX {
        return Err(AmountProblem::TooLarge);
    }
    let whole: i64 = digits.parse().map_err(|_| AmountProblem::NoNumber)?;
    Ok(whole * 100 + hundredths)
}

/// As [`read`], but an amount that names another currency than the house's is refused: 100 dollars are not 100 pesos.
pub fn read_in(text: &str, currency: Currency) -> Result<i64, AmountProblem> {
    let typed = text.to_lowercase();
    let words = || typed.split(|letter: char| !letter.is_alphabetic() && letter != '$').map(str::trim);
    let named = SIGNS_OF.iter().find(|(sign, _)| words().any(|word| word == *sign));
    match named {
        Some((_, named)) if *named != currency => Err(AmountProblem::OtherCurrency),
        Some(_) | None => read(text),
    }
}

/// Writes hundredths as the owner would type them: `80.000`, `80.000,50`.
pub fn write(minor: i64) -> String {
    let (whole, hundredths) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let minus = if minor < 0 { "-" } else { "" };
    if hundredths == 0 { format!("{minus}{grouped}") } else { format!("{minus}{grouped},{hundredths:02}") }
}

fn without_sign(text: &str) -> String {
    let mut plain: String = text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    for sign in SIGNS {
        if let Some(rest) = plain.strip_prefix(sign) {
            plain = rest.to_owned();
        }
        if let Some(rest) = plain.strip_suffix(sign) {
            plain = rest.to_owned();
        }
    }
    plain
}

/// The digits of a whole part, with points only between thousands: `1.234.567`.
fn ungrouped(whole: &str) -> Result<String, AmountProblem> {
    let groups: Vec<&str> = whole.split('.').collect();
    let (first, rest) = groups.split_first().ok_or(AmountProblem::Empty)?;
    let well =
        rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    // "0.500" does not mean five hundred.
    let idle = !rest.is_empty() && first.starts_with('0');
    if first.is_empty() || !well || idle {
        return Err(AmountProblem::TwoMeanings);
    }
    Ok(groups.concat())
}

/// One or two digits behind the comma.
fn hundredths(part: &str) -> Result<i64, AmountProblem> {
    let digits = part.chars().all(|letter| letter.is_ascii_digit());
    match (digits, part.len()) {
        (true, 1) => Ok(part.parse::<i64>().map_err(|_| AmountProblem::NoNumber)? * 10),
        (true, 2) => part.parse().map_err(|_| AmountProblem::NoNumber),
        (true | false, _) => Err(AmountProblem::TwoMeanings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_read_as_the_owner_means_it() {
        for (text, minor) in [
            ("80.000", 80_000_00),
            ("80000", 80_000_00),
            ("$ 80.000,50", 80_000_50),
            ("  $80000,5 ", 80_000_50),
            ("1.234.567,89", 1_234_567_89),
            ("80 000", 80_000_00),
            ("ARS 95.000", 95_000_00),
            ("95.000 pesos", 95_000_00),
            ("U$S 120", 120_00),
            ("0", 0),
        ] {
            assert_eq!(read(text), Ok(minor), "{text}");
        }
    }

    #[test]
    fn an_amount_in_another_currency_is_refused() {
        for text in ["USD 100", "u$s 100", "100 usd", "US$100", "R$ 100", "100 dólares"] {
            assert_eq!(read_in(text, Currency::Ars), Err(AmountProblem::OtherCurrency), "{text}");
        }
        for text in ["$ 100", "100 pesos", "ARS 100", "AR$ 100"] {
            assert_eq!(read_in(text, Currency::Ars), Ok(100_00), "{text}");
        }
        assert_eq!(read_in("USD 100", Currency::Usd), Ok(100_00));
    }

    #[test]
    fn what_could_mean_two_amounts_is_refused() {
        for text in
            ["80.5", "80.00", "80,000", "8.0000", "80,000.50", "1.23.456", ".500", "0.500", "80,", "1,2,3"]
        {
            assert_eq!(read(text), Err(AmountProblem::TwoMeanings), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        assert_eq!(read(" $ "), Err(AmountProblem::Empty));
        assert_eq!(read("ochenta mil"), Err(AmountProblem::NoNumber));
        assert_eq!(read("-5"), Err(AmountProblem::NoNumber));
        assert_eq!(read("80k"), Err(AmountProblem::NoNumber));
        assert_eq!(read("99999999999999"), Err(AmountProblem::TooLarge));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(minor in 0_i64..100_000_000_000_000) {
            prop_assert_eq!(read(&write(minor)), Ok(minor));
        }
    }
}
