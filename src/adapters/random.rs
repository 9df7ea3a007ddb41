//! The one place that reads the system's random bytes.

use crate::ports::random::Random;
use ring::rand::SecureRandom;

/// The operating system's generator.
#[derive(Debug, Clone)]
pub struct SystemRandom(ring::rand::SystemRandom);

impl SystemRandom {
    pub fn new() -> SystemRandom {
        SystemRandom(ring::rand::SystemRandom::new())
    }
}

impl Default for SystemRandom {
    fn default() -> SystemRandom {
        SystemRandom::new()
    }
}

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no secret can be created: the process must stop.
        self.0.fill(bytes).expect("the operating system gives random bytes");
    }
}
