//! WhatsApp's record of accepted messages.

use std::collections::BTreeMap;

/// WhatsApp's record of one message, by its tag.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accepted {
    pub times: u32,
    /// Number of reasons to send it again: lost answers, reported failures.
    pub excuses: u32,
    /// The instance's number of commits at the last acceptance.
    pub(super) commits: u64,
}

#[derive(Debug, Default)]
pub struct WhatsAppState {
    pub accepted: BTreeMap<String, Accepted>,
    /// Tags accepted more often than justified.
    pub too_often: Vec<String>,
    pub recordings: BTreeMap<String, String>,
}
