//! What an owner orders or asks: the verb of a message, told by its phrases. Its parts (cabin, days, guest, sum)
//! are read elsewhere.

use super::phrases::Phrase;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use strum::VariantArray;

/// The phrases of each verb.
const VERBS: &str = include_str!("../../assets/understanding/owner/verbs.toml");

/// In the order in which one wins over another of the same weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum OwnerVerb {
    Undo,
    Help,
    Pending,
    /// What guests asked that nobody could answer.
    Questions,
    Unblock,
    Block,
    Cleaning,
    SendLocation,
    Discount,
    MinNights,
    /// Take no bookings for some time.
    Pause,
    Resume,
    /// An answer for the house to know.
    Teach,
    TakeOver,
    HandBack,
    /// A message to a guest in the owner's words.
    Tell,
    PaymentReceived,
    Debts,
    NewBooking,
    Confirm,
    Move,
    Cancel,
    SetPrice,
    Price,
    Income,
    Occupancy,
    Arrivals,
    Departures,
    InHouse,
    Free,
    Find,
}

/// The verb of a message, from its folded words.
pub fn owner_verb(words: &[&str]) -> Option<OwnerVerb> {
    static PHRASES: LazyLock<BTreeMap<OwnerVerb, Vec<Phrase>>> = LazyLock::new(|| {
        let read: BTreeMap<OwnerVerb, Vec<String>> = toml::from_str(VERBS).expect("a test reads the phrases");
        let parsed = |texts: Vec<String>| texts.iter().map(|text| Phrase::parse(text)).collect();
        read.into_iter().map(|(verb, texts)| (verb, parsed(texts))).collect()
    });
    let weight = |verb: &OwnerVerb| PHRASES.get(verb)?.iter().filter_map(|phrase| phrase.weight(words)).max();
    let weighed = OwnerVerb::VARIANTS.iter().filter_map(|verb| Some((weight(verb)?, verb)));
    weighed.min_by_key(|(weight, verb)| (std::cmp::Reverse(*weight), **verb)).map(|(_, verb)| *verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_phrases() {
        let read: BTreeMap<OwnerVerb, Vec<String>> = toml::from_str(VERBS).unwrap();
        assert_eq!(read.len(), OwnerVerb::VARIANTS.len());
    }
}
