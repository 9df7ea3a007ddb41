//! Random bytes as a trait.

/// Source of randomness: the system's in production, a seeded stream in simulations.
pub trait Random: Send + Sync {
    /// Fills `bytes` with random values fit for secrets.
    fn fill(&self, bytes: &mut [u8]);
}

/// Characters of a [`token`].
pub const TOKEN_CHARS: usize = 32;

/// 128 bits as 32 lower-case hex digits: for secret links, button tokens and idempotency keys.
pub fn token(random: &dyn Random) -> String {
    let mut bytes = [0u8; 16];
    random.fill(&mut bytes);
    bytes.iter().fold(String::with_capacity(TOKEN_CHARS), |mut text, byte| {
        use std::fmt::Write;
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}

/// A fraction in 0.0..1.0, for jitter; never for secrets.
pub fn fraction(random: &dyn Random) -> f64 {
    let mut bytes = [0u8; 4];
    random.fill(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}
