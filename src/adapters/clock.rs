//! The one place that reads the system's clock.

use crate::ports::clock::Clock;
use jiff::Timestamp;

/// The machine's own time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
