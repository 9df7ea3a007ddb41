//! Random numbers from a seed, the same on every machine.

use crate::ports::random::Random;
use std::sync::{Mutex, PoisonError};

/// A pseudo-random stream (SplitMix64).
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Rng {
        Rng(seed ^ 0x5bf0_3635_dcd2_1e4b)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, exclusive.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number in `from..=to`.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        from + (self.next() % (to - from + 1).max(1).unsigned_abs()) as i64
    }

    /// `true` with this probability in thousandths.
    pub(super) fn permille(&mut self, share: u64) -> bool {
        self.next() % 1000 < share
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The instance's own randomness: a separate stream, so that its draws do not change the world's events.
#[derive(Debug)]
pub struct Codes(Mutex<Rng>);

impl Codes {
    pub fn new(seed: u64) -> Codes {
        Codes(Mutex::new(Rng::new(!seed)))
    }
}

impl Random for Codes {
    fn fill(&self, bytes: &mut [u8]) {
        let mut rng = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            let throw = rng.next().to_le_bytes();
            chunk.copy_from_slice(&throw[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_dice() {
        let throws = |seed| {
            let mut rng = Rng::new(seed);
            (0..5).map(|_| rng.between(1, 6)).collect::<Vec<_>>()
        };
        assert_eq!(throws(7), throws(7));
        assert_ne!(throws(7), throws(8));
    }
}
