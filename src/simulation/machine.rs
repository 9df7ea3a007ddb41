//! The machine on which the instance runs: a clock that may be wrong, and a life that may end between any two
//! things that can't be undone, a commit or a call to the outside.

use crate::ports::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

/// Stands for a life without an end in sight.
const LONG: i64 = i64::MAX;

/// The machine. It is shared with the database's gate and with everything outside.
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

    /// Sets its clock: the true time, and by how much it is wrong.
    pub fn set_clock(&self, now: Timestamp, wrong_by: SignedDuration) {
        self.millis.store((now + wrong_by).as_millisecond(), Relaxed);
    }

    /// It dies after this many more commits and calls.
    pub(super) fn doom(&self, after: i64) {
        self.left.store(after, Relaxed);
    }

    /// It does not die until it is doomed again; answers after how many commits and calls it would have.
    pub(super) fn spare(&self) -> i64 {
        self.left.swap(LONG, Relaxed)
    }

    /// Something that can't be undone is about to happen: whether the process lives to do it.
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
