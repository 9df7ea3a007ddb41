//! The known state of a channel between two readings, night by night. Stored as JSON.

use super::kind::Kind;
use super::nights::NightSet;
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
}

/// One night that a channel holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightRecord {
    pub kind: Kind,
    /// Ids of its events at the last reading; only used to keep it closed when one of them can't be read.
    #[serde(default)]
    pub uids: BTreeSet<String>,
    /// When we first saw it.
    pub first_seen: Timestamp,
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
}

impl ChannelState {
    /// The version this program writes.
    pub const VERSION: u16 = 1;

    /// Nights closed here by the channel, those waiting for confirmation included.
    pub fn closed(&self) -> NightSet {
        NightSet::from_dates(self.nights.keys().copied())
    }

    /// Nights that other channels are told are closed.
    pub fn passed_on(&self) -> NightSet {
        NightSet::from_dates(
            self.nights.iter().filter(|(_, night)| night.kind.is_passed_on()).map(|(date, _)| *date),
        )
    }
}

impl Default for ChannelState {
    fn default() -> ChannelState {
        ChannelState { version: ChannelState::VERSION, nights: BTreeMap::new(), echoes: BTreeMap::new() }
    }
}
