//! Counts of notifications, kept in memory without a write for each: a stranger may send thousands.

use crate::domain::provider::Provider;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use strum::VariantArray;

/// Unsigned hints followed per minute, over all senders: a busy server has a few.
const HINTS_A_MINUTE: u32 = 60;

/// Signatures per provider since the last check, valid and invalid.
#[derive(Debug, Default)]
pub(super) struct SignatureTally {
    counts: [Count; Provider::VARIANTS.len()],
}

#[derive(Debug, Default)]
struct Count {
    refused: AtomicU64,
    held: AtomicBool,
}

impl SignatureTally {
    pub(super) fn note(&self, provider: Provider, held: bool) {
        let count = &self.counts[provider as usize];
        if held {
            count.held.store(true, Ordering::Relaxed);
        } else {
            count.refused.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Number of invalid ones since the last call, and whether any was valid.
    pub(super) fn take(&self, provider: Provider) -> (u64, bool) {
        let count = &self.counts[provider as usize];
        (count.refused.swap(0, Ordering::Relaxed), count.held.swap(false, Ordering::Relaxed))
    }
}

/// Number of hints followed in this minute.
#[derive(Debug, Default)]
pub(super) struct HintBudget {
    since: Option<Timestamp>,
    taken: u32,
}

impl HintBudget {
    /// Takes one; `false` when this minute's are used up.
    pub(super) fn take(&mut self, now: Timestamp) -> bool {
        if self.since.is_none_or(|since| now.duration_since(since).abs() >= SignedDuration::from_mins(1)) {
            *self = HintBudget { since: Some(now), taken: 0 };
        }
        self.taken += 1;
        self.taken <= HINTS_A_MINUTE
    }
}
