//! Random troubles of a disk: some single faults, or all calls of a kind for a while.

use super::rng::Rng;
use super::shim::{ALL, KINDS, Order, SHORT, Shim};
use std::time::{Duration, Instant};

/// Most single faults of a trouble.
const SOME_MAX: u64 = 6;
/// Rarest fault: one call of this many.
const ONE_IN_MAX: u64 = 12;
/// One trouble in this many lasts and hits every call.
const LASTING_ONE_IN: u64 = 5;
/// Number of faults of a lasting trouble: unlimited.
const WITHOUT_END: u64 = u64::MAX;
/// Longest trouble: the time of some hundred commits.
const LASTS_MS: u64 = 200;
/// Polling interval.
const ASK_AGAIN: Duration = Duration::from_millis(2);

pub struct Storm {
    order: Order,
    lasts: Duration,
}

impl Storm {
    pub fn thrown(rng: &mut Rng) -> Storm {
        let one_kind = 1 << rng.below(KINDS.len() as u64);
        let kinds = if rng.below(2) == 0 { ALL } else { one_kind };
        let seed = rng.below(u64::MAX);
        let lasts = Duration::from_millis(1 + rng.below(LASTS_MS));
        // A call merely split in two would be hit for ever.
        let lasting = kinds != SHORT && rng.below(LASTING_ONE_IN) == 0;
        let order = if lasting {
            Order { faults: WITHOUT_END, one_in: 1, seed, kinds }
        } else {
            Order { faults: 1 + rng.below(SOME_MAX), one_in: 1 + rng.below(ONE_IN_MAX), seed, kinds }
        };
        Storm { order, lasts }
    }

    /// Begins; [`Storm::passes`] ends it.
    pub fn begins(&self, shim: &Shim) {
        shim.strike(&self.order);
    }

    /// Waits until all faults have occurred, or the time is over, and heals the disk.
    pub fn passes(&self, shim: &Shim) {
        let begun = Instant::now();
        while shim.left() > 0 && begun.elapsed() < self.lasts {
            std::thread::sleep(ASK_AGAIN);
        }
        shim.heal();
    }
}
