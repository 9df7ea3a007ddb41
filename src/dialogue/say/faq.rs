//! Sayings about the property, as data.

use crate::domain::cabin::Cabin;
use crate::domain::money::{Currency, Percent};
use crate::domain::pricing::RuleTerms;
use crate::domain::settings::Cancellation;
use crate::understanding::Topic;
use jiff::civil::Time;

/// Photographs of a cabin: a few are sent as pictures, of the rest their addresses are said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CabinPhotos {
    pub cabin: String,
    /// Tokens of the photographs to send.
    pub pictures: Vec<String>,
    /// Addresses of the others.
    pub rest: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaqSay {
    /// The owner's own answer.
    Answer {
        text: String,
    },
    /// Check-in time.
    CheckInTime {
        from: Time,
    },
    /// Check-out time.
    CheckOutTime {
        until: Time,
    },
    Capacity {
        /// Name and how many, for each cabin.
        cabins: Vec<(String, u16)>,
    },
    /// The part paid in advance.
    Deposit {
        percent: Percent,
        /// How long a hold waits, in minutes.
        hold_minutes: u32,
    },
    CancellationPolicy {
        policy: Cancellation,
    },
    Amenities {
        /// Name and amenities, for each cabin.
        cabins: Vec<(String, Vec<String>)>,
    },
    Photos {
        cabins: Vec<CabinPhotos>,
    },
    Location {
        /// In the owner's words or as a map link.
        places: Vec<String>,
    },
    Pets {
        welcome: bool,
        rules: PriceList,
    },
    /// Whether the price is for the cabin or for each person.
    PriceScope {
        /// So many people are in the price; `None` when all are.
        included: Option<u16>,
        rules: PriceList,
    },
    /// What the owner's price rules say of it.
    Prices {
        rules: PriceList,
    },
    Instalments,
    PricesIn {
        currency: Currency,
    },
    /// A topic without an answer: the owner was asked.
    AskedOwner {
        topic: Topic,
    },
}

/// Price rules, and the currency of their amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    pub currency: Currency,
    pub rules: Vec<RuleTerms>,
}

impl FaqSay {
    pub fn capacity(cabins: &[Cabin]) -> FaqSay {
        FaqSay::Capacity { cabins: cabins.iter().map(|cabin| (cabin.name.clone(), cabin.capacity)).collect() }
    }
}
