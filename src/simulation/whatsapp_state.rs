//! What WhatsApp remembers of the messages it took.

use std::collections::BTreeMap;

/// What WhatsApp knows of one message of the instance, by its tag.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accepted {
    pub times: u32,
    /// How often the instance had a reason to send it again: a lost answer, a failure reported.
    pub excuses: u32,
    /// Commits of the instance when it was accepted last.
    pub(super) commits: u64,
}

#[derive(Debug, Default)]
pub struct WhatsAppState {
    pub accepted: BTreeMap<String, Accepted>,
    /// Tags accepted more often than they had to be.
    pub too_often: Vec<String>,
    pub recordings: BTreeMap<String, String>,
}
