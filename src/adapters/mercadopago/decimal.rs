//! Converts the provider's decimal numbers to minor units and back, digit by digit: money is never a float.

use serde_json::value::RawValue;

/// Decimals of every currency we keep books in.
const DECIMALS: i32 = 2;

/// Minor units of a JSON number such as `60000`, `60000.5` or `6e4`. Decimals beyond the currency's are float
/// noise of the provider (`0.30000000000000004`) and are rounded half up. `None` for anything else, or a
/// number out of range.
pub(super) fn to_minor(raw: &RawValue) -> Option<i64> {
    let text = raw.get().trim();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?.checked_add(DECIMALS)?;
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let minor = if shift >= 0 {
        digits.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)?
    } else {
        let unit = 10_i128.checked_pow(shift.unsigned_abs())?;
        digits / unit + i128::from(digits % unit >= unit - digits % unit)
    };
    i64::try_from(minor).ok().map(|minor| sign * minor)
}

/// Minor units as a JSON number: `6000050` is `60000.50`.
pub(super) fn from_minor(minor: i64) -> Box<RawValue> {
    let sign = if minor < 0 { "-" } else { "" };
    let units = minor.unsigned_abs();
    let text = format!("{sign}{}.{:02}", units / 100, units % 100);
    RawValue::from_string(text).expect("digits with a point are a JSON number")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minor(text: &str) -> Option<i64> {
        to_minor(&RawValue::from_string(text.to_owned()).unwrap())
    }

    #[test]
    fn numbers_are_read_by_their_digits() {
        assert_eq!(minor("60000"), Some(6_000_000));
        assert_eq!(minor("60000.5"), Some(6_000_050));
        assert_eq!(minor("0.29"), Some(29));
        assert_eq!(minor("6e4"), Some(6_000_000));
        assert_eq!(minor("1.50E1"), Some(1500));
        assert_eq!(minor("-2.25"), Some(-225));
        assert_eq!(minor("\"12.30\""), Some(1230));
        assert_eq!(minor("10.100"), Some(1010));
        assert_eq!(minor("0.30000000000000004"), Some(30));
        assert_eq!(minor("1234.5599999999999"), Some(123_456));
    }

    #[test]
    fn what_is_no_amount_of_ours_is_none() {
        let texts = ["null", "\"x\"", "1e40", "99999999999999999999", "{}", "\"\"", "1.5e-2147483648"];
        for text in texts {
            assert_eq!(minor(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(units in -1_000_000_000_000_i64..1_000_000_000_000) {
            prop_assert_eq!(to_minor(&from_minor(units)), Some(units));
        }
    }
}
