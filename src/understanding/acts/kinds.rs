//! The acts of a message and the topics of requests, by the codes that they have in JSON and in the corpus.

use crate::domain::request::RequestKind;
use crate::understanding::reading::{Intent, Topic};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a guest does by writing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum ActKind {
    /// Asks whether, for how much or how to stay, or asks to book.
    Quote,
    /// Picks one of the offered.
    Choose,
    /// A yes with nothing held back.
    Accept,
    /// Wants to think, ask somebody or see first; a yes with a but.
    Undecided,
    Reject,
    Cancel,
    Status,
    /// Other dates, people or cabin than those in hand.
    Change,
    /// How, where or whether it was paid.
    Payment,
    /// Says or shows that money was sent.
    Receipt,
    Question,
    /// Asks for what a person decides.
    Request,
    Problem,
    Complaint,
    /// Says when they come, or that they are here.
    Arrival,
    LostItem,
    /// Wants a person, or asks whether this is a bot.
    Human,
    /// A supplier, a neighbour, an official, spam: no guest.
    Business,
    Greeting,
    Thanks,
    OptOut,
    WrongNumber,
    Other,
}

impl ActKind {
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The intent of the older vocabulary.
    pub fn intent(self) -> Intent {
        match self {
            ActKind::Quote => Intent::Quote,
            ActKind::Choose | ActKind::Accept => Intent::Accept,
            ActKind::Undecided | ActKind::Reject => Intent::Reject,
            ActKind::Cancel => Intent::Cancel,
            ActKind::Status | ActKind::Arrival => Intent::Status,
            ActKind::Change => Intent::Change,
            ActKind::Payment | ActKind::Receipt => Intent::Payment,
            ActKind::Question => Intent::Question,
            ActKind::Request | ActKind::Problem | ActKind::Complaint | ActKind::LostItem | ActKind::Human => {
                Intent::Human
            }
            ActKind::Greeting => Intent::Greeting,
            ActKind::Thanks => Intent::Thanks,
            ActKind::OptOut => Intent::OptOut,
            ActKind::Business | ActKind::WrongNumber | ActKind::Other => Intent::Other,
        }
    }

    /// Said out of politeness: beside anything else it is not an act of its own.
    pub fn is_courtesy(self) -> bool {
        matches!(self, ActKind::Greeting | ActKind::Thanks)
    }
}

/// One act of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    pub kind: ActKind,
    /// Of a question; `None` is something that no topic names.
    pub topic: Option<Topic>,
    /// Of a request.
    pub request: Option<RequestKind>,
    /// Of a choice or a change: the cabin, by its name.
    pub cabin: Option<String>,
    /// Fire, gas, smoke, injury, crime, locked out, no water, no light, no heating in the cold.
    pub urgent: bool,
    /// Calibrated, from 0 to 1.
    pub probability: f32,
}

impl Act {
    pub fn of(kind: ActKind, probability: f32) -> Act {
        Act { kind, topic: None, request: None, cabin: None, urgent: false, probability }
    }
}
