//! Minor units; negative for a refund. `status` is the provider's.

/// Whether the text is 22 digits with two valid check digits. A CVU has the same form and begins with 000.
pub fn is_cbu(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 22) else { return false };
    let holds = |block: &[u32], weights: &[u32], check: u32| {
        let sum: u32 = block.iter().zip(weights.iter().cycle()).map(|(digit, weight)| digit * weight).sum();
        (10 - sum % 10) % 10 == check
    };
    holds(&digits[..7], &[7, 1, 3, 9], digits[7]) && holds(&digits[8..21], &[3, 9, 7, 1], digits[21])
}

/// Whether the text has the form of an alias: 6 to 20 letters, digits, dots and hyphens.
pub fn is_alias(text: &str) -> bool {
    (6..=20).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cbu_is_known_by_its_check_digits() {
        assert!(is_cbu("2850590940090418135201"));
        assert!(!is_cbu("2850590940090418135202"));
        assert!(!is_cbu("285059094009041813520"));
    }

    #[test]
    fn an_alias_has_six_to_twenty_plain_characters() {
        assert!(is_alias("cabanas.del.sol"));
        assert!(!is_alias("sol"));
        assert!(!is_alias("cabañas del sol"));
    }
}
