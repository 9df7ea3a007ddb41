//! What a guest has when they write: the stay in hand, what was offered, the house's cabins.

use crate::understanding::situation::Situation;
use jiff::civil::Date;

/// The situation of a message, with what only its acts are read by.
#[derive(Debug, Clone, Copy, Default)]
pub struct InHand<'a> {
    pub situation: Situation,
    /// The arrival, also where the departure is not known yet.
    pub arrival: Option<Date>,
    /// People of the stay in hand.
    pub guests: Option<u16>,
    /// Names of the cabins offered last, in that order.
    pub offered: &'a [String],
    /// Names of all cabins.
    pub cabins: &'a [String],
}

impl<'a> InHand<'a> {
    /// All names once, those of the offered first.
    pub(super) fn names(&self) -> Vec<&'a str> {
        let more = self.cabins.iter().filter(|name| !self.offered.contains(name));
        self.offered.iter().chain(more).map(String::as_str).collect()
    }

    /// The name at a place among [`Self::names`].
    pub(super) fn name(&self, at: usize) -> String {
        self.names().get(at).map(|name| (*name).to_owned()).unwrap_or_default()
    }
}
