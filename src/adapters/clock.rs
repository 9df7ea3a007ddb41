//! The one place that reads the system's clock.

use crate::ports::clock::Clock;
use jiff::Timestamp;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The machine's own time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock port")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Monotonic time since some moment before the first call: to measure durations, and to notice that the clock
/// was set.
#[expect(clippy::disallowed_methods, reason = "this is the clock port")]
pub fn steady() -> Duration {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed()
}
