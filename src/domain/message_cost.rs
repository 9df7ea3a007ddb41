//! The estimated cost of a month's WhatsApp messages, for the owner to foresee the bill.
//!
//! Since October 2026 free-form messages are free up to an allowance for each number and month and then cost as
//! much as utility templates; templates are billed from the first one
//! (developers.facebook.com/docs/whatsapp/pricing). The bill itself comes from Meta and may differ by taxes,
//! volume tiers and the guest's country.

/// Free free-form messages, for each number and month.
pub const FREE_MESSAGES: u64 = 1_000;
/// Price of one message to a guest in Argentina, in millionths of a US dollar.
pub const RATE_MICROS: u64 = 26_000;
/// The currency of the rate.
pub const CURRENCY: &str = "USD";

const MICROS_PER_CENT: u64 = 10_000;

/// Free-form messages left of the allowance.
pub fn free_left(free_form: u64) -> u64 {
    FREE_MESSAGES.saturating_sub(free_form)
}

/// The estimate in hundredths of [`CURRENCY`], rounded up.
pub fn estimate_cents(free_form: u64, templates: u64) -> u64 {
    let billed = free_form.saturating_sub(FREE_MESSAGES).saturating_add(templates);
    billed.saturating_mul(RATE_MICROS).div_ceil(MICROS_PER_CENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allowance_is_free_and_templates_are_not() {
        assert_eq!((estimate_cents(1_000, 0), free_left(1_000)), (0, 0));
        assert_eq!((estimate_cents(400, 1), free_left(400)), (3, 600));
        assert_eq!(estimate_cents(1_100, 0), 260);
    }
}
