//! The property, as data: what it has and how it is run.

use crate::domain::cabin::Cabin;
use crate::domain::money::Percent;
use crate::domain::settings::Cancellation;
use crate::understanding::Topic;
use jiff::civil::Time;

/// The property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaqSay {
    /// The owner's own answer.
    Answer {
        /// The words.
        text: String,
    },
    /// From when one may come in.
    CheckInTime {
        /// The hour.
        from: Time,
    },
    /// Until when one may stay.
    CheckOutTime {
        /// The hour.
        until: Time,
    },
    /// How many fit where.
    Capacity {
        /// Name and how many, for each cabin.
        cabins: Vec<(String, u16)>,
    },
    /// What is paid in advance.
    Deposit {
        /// The part.
        percent: Percent,
        /// How long a hold waits, in minutes.
        hold_minutes: u32,
    },
    /// What happens to the money.
    CancellationPolicy {
        /// The rule.
        policy: Cancellation,
    },
    /// What the cabins have.
    Amenities {
        /// Name and what it has, for each cabin.
        cabins: Vec<(String, Vec<String>)>,
    },
    /// Where pictures are.
    Photos {
        /// Name and addresses, for each cabin.
        cabins: Vec<(String, Vec<String>)>,
    },
    /// Where it is.
    Location {
        /// In the owner's words or as a map link.
        places: Vec<String>,
    },
    /// Asked for a topic without an answer: the owner was asked.
    AskedOwner {
        /// About what.
        topic: Topic,
    },
}

impl FaqSay {
    /// How many fit, from the cabins.
    pub fn capacity(cabins: &[Cabin]) -> FaqSay {
        FaqSay::Capacity { cabins: cabins.iter().map(|cabin| (cabin.name.clone(), cabin.capacity)).collect() }
    }
}
