//! The known state of a channel between two readings, night by night. Stored as JSON.

use super::echo::Source;
use super::kind::Kind;
use super::nights::NightSet;
use crate::domain::ids::FeedId;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The nights a channel holds, and those of ours that it sends back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelState {
    /// Version of the stored form. A later version must still read this one.
    pub version: u16,
    /// Nights the channel holds, each until their absence is confirmed.
    pub nights: BTreeMap<Date, NightRecord>,
    /// Nights of ours that the channel repeats to us, and since when.
    #[serde(default)]
    pub echoes: BTreeMap<Date, Timestamp>,
    /// Of these, nights that are no longer ours and were freed although the channel still repeats them.
    #[serde(default)]
    pub released: BTreeSet<Date>,
    /// Nights that it shows only with ids of ours.
    #[serde(default)]
    pub own_ids: BTreeSet<Date>,
}

/// One night that a channel holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightRecord {
    pub kind: Kind,
    /// As what the channel shows it, when that is not its kind here.
    #[serde(default)]
    pub shown: Option<Kind>,
    /// Ids of its events at the last reading; only used to keep it closed when one of them can't be read.
    #[serde(default)]
    pub uids: BTreeSet<String>,
    /// Since when it is shown without a break, as ours or as theirs.
    pub first_seen: Timestamp,
    /// Since when it is known to repeat a night that is gone: one of ours, or of [`Self::beside`].
    #[serde(default)]
    pub releasing: Option<Timestamp>,
    /// The channel that had it when it was first closed here without a word of sale.
    #[serde(default)]
    pub beside: Option<FeedId>,
    /// Who had it here when the channel was first read: the owner was asked about all of these at once.
    #[serde(default)]
    pub at_first: Option<Source>,
    /// First shown as one with nights of ours, repeated.
    #[serde(default)]
    pub mixed: bool,
    /// Set while it is missing from the channel's calendar and not confirmed free.
    #[serde(default)]
    pub missing: Option<Missing>,
}

/// A night missing from the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The first reading without it.
    pub since: Timestamp,
    /// Consecutive readings without it.
    pub readings: u32,
    /// Whether it takes the long wait; true until the night is seen again.
    pub slow: bool,
    /// Whether it went with several stays at once, so that only a person frees it.
    #[serde(default)]
    pub by_person: bool,
}

impl NightRecord {
    fn is_shown_releasing(&self) -> bool {
        self.kind == Kind::Releasing && self.missing.is_none()
    }

    /// A night first shown then.
    pub(super) fn new(first_seen: Timestamp) -> NightRecord {
        NightRecord {
            kind: Kind::Closed,
            shown: None,
            uids: BTreeSet::new(),
            first_seen,
            releasing: None,
            beside: None,
            at_first: None,
            mixed: false,
            missing: None,
        }
    }
}

impl ChannelState {
    /// The version this program writes.
    pub const VERSION: u16 = 1;

    /// Nights closed here by the channel, those waiting for confirmation included.
    pub fn closed(&self) -> NightSet {
        NightSet::from_dates(self.nights.keys().copied())
    }
}

impl ChannelState {
    /// Nights that are or were ours and that the channel repeats, and since when.
    pub fn repeated(&self) -> impl Iterator<Item = (Date, Timestamp)> {
        let releasing = self.nights.iter().filter(|(_, record)| record.is_shown_releasing());
        let releasing = releasing.map(|(night, record)| (*night, record.first_seen));
        self.echoes.iter().map(|(night, since)| (*night, *since)).chain(releasing)
    }
}

impl Default for ChannelState {
    fn default() -> ChannelState {
        ChannelState {
            version: ChannelState::VERSION,
            nights: BTreeMap::new(),
            echoes: BTreeMap::new(),
            released: BTreeSet::new(),
            own_ids: BTreeSet::new(),
        }
    }
}
