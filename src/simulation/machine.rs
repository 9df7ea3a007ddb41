//! The machine under the instance: a clock that may be wrong, and a process that may die before any commit or
//! outside call.

use crate::ports::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

/// Number of commits and calls that is never reached.
const LONG: i64 = i64::MAX;

/// The machine, shared with the database's commit hook and the simulated ports.
#[derive(Debug)]
pub struct Machine {
    millis: AtomicI64,
    left: AtomicI64,
    dead: AtomicBool,
    commits: AtomicU64,
}

impl Machine {
    pub fn new(now: Timestamp) -> Machine {
        Machine {
            millis: AtomicI64::new(now.as_millisecond()),
            left: AtomicI64::new(LONG),
            dead: AtomicBool::new(false),
            commits: AtomicU64::new(0),
        }
    }

    /// Sets the true time, and the error of the machine's clock.
    pub fn set_clock(&self, now: Timestamp, wrong_by: SignedDuration) {
        self.millis.store((now + wrong_by).as_millisecond(), Relaxed);
    }

    /// Kills the process after this many more commits and calls.
    pub(super) fn doom(&self, after: i64) {
        self.left.store(after, Relaxed);
    }

    /// Cancels the scheduled death; returns how many commits and calls were left.
    pub(super) fn spare(&self) -> i64 {
        self.left.swap(LONG, Relaxed)
    }

    /// Called before each commit or call: whether the process lives to do it.
    pub(super) fn survives(&self) -> bool {
        let left = self.left.load(Relaxed);
        if left == 0 {
            self.dead.store(true, Relaxed);
            return false;
        }
        if left != LONG {
            self.left.store(left - 1, Relaxed);
        }
        true
    }

    pub(super) fn may_commit(&self) -> bool {
        let lives = self.survives();
        self.commits.fetch_add(u64::from(lives), Relaxed);
        lives
    }

    pub(super) fn is_dead(&self) -> bool {
        self.dead.load(Relaxed)
    }

    pub(super) fn revive(&self) {
        self.left.store(LONG, Relaxed);
        self.dead.store(false, Relaxed);
    }

    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Relaxed)
    }
}

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis.load(Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}
