//! Sayings about the property, as data.

use crate::domain::cabin::Cabin;
use crate::domain::money::Percent;
use crate::domain::settings::Cancellation;
use crate::understanding::Topic;
use jiff::civil::Time;

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
        /// Name and addresses, for each cabin.
        cabins: Vec<(String, Vec<String>)>,
    },
    Location {
        /// In the owner's words or as a map link.
        places: Vec<String>,
    },
    /// A topic without an answer: the owner was asked.
    AskedOwner {
        topic: Topic,
    },
}

impl FaqSay {
    pub fn capacity(cabins: &[Cabin]) -> FaqSay {
        FaqSay::Capacity { cabins: cabins.iter().map(|cabin| (cabin.name.clone(), cabin.capacity)).collect() }
    }
}
