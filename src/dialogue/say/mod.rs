//! Everything a guest may read, as data. `replies` puts it into words.

use crate::domain::refusal::Refusal;
use crate::understanding::Urgency;

mod booking;
mod faq;
mod pay;
mod request;
mod stay;

pub use booking::{Arrival, BookingSay};
pub use faq::{CabinPhotos, FaqSay, PriceList};
pub use pay::{Bank, PayLink, PaySay, PayWays};
pub use request::RequestSay;
pub use stay::{Quoted, QuotedRoom, StaySay};

/// One saying. Several of a turn become one message where they fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    /// Conversation: greetings, misunderstandings, people.
    Talk(Talk),
    /// A stay request: dates, people, prices.
    Stay(StaySay),
    /// A booking and its changes.
    Booking(BookingSay),
    Pay(PaySay),
    /// The property: what it has and how it is run.
    Faq(FaqSay),
    /// Requests that a person decides.
    Request(RequestSay),
}

impl Say {
    /// Whether it tells the guest that a person was told, or will write. Such a sentence needs an attention item
    /// and a message to the owner in the same transaction.
    pub fn promises_a_person(&self) -> bool {
        match self {
            Say::Talk(talk) => {
                matches!(
                    talk,
                    Talk::HandedOver
                        | Talk::AlreadyHandedOver
                        | Talk::OwnerTold(_)
                        | Talk::AskedOwner
                        | Talk::Calm
                )
            }
            Say::Stay(say) => {
                matches!(say, StaySay::RuledOut { refusal: Refusal::PriceOverflow, .. })
            }
            Say::Booking(BookingSay::Expired { booking }) => booking.paid.is_positive(),
            Say::Booking(say) => matches!(
                say,
                BookingSay::Withdrawing { .. }
                    | BookingSay::CannotNow { refusal: Refusal::PriceOverflow }
                    | BookingSay::CannotMove { refusal: Refusal::PriceOverflow, .. }
            ),
            Say::Pay(say) => matches!(
                say,
                PaySay::LinkUnavailable { bank: None, .. }
                    | PaySay::OwnerWillSay
                    | PaySay::Waits { .. }
                    | PaySay::TooLate { .. }
                    | PaySay::Partial { .. }
                    | PaySay::PaidMore { .. }
                    | PaySay::PaidForNothing { .. }
                    | PaySay::ReceiptReceived { .. }
                    | PaySay::ReceiptWaits { .. }
                    | PaySay::ReceiptTooLate { .. }
            ),
            Say::Faq(say) => matches!(say, FaqSay::AskedOwner { .. }),
            Say::Request(say) => matches!(
                say,
                RequestSay::PassedOn { .. } | RequestSay::StillWaiting { .. } | RequestSay::NoLongerNeeded
            ),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Talk {
    /// The first greeting of a conversation.
    Hello {
        /// The guest's first name, when it looks like one.
        name: Option<String>,
        /// The property's name; empty when the owner has set none.
        property: String,
        /// The owner's own words of welcome; may be empty.
        welcome: String,
        /// Whether they never wrote before.
        first_time: bool,
    },
    HowCanIHelp,
    /// Not understood; lists what casero can do.
    NotUnderstood,
    /// A message meant for somebody else.
    WrongNumber,
    StillNotUnderstood,
    HandedOver,
    /// A person was told already and will answer.
    AlreadyHandedOver,
    /// The owner was told of this message.
    OwnerTold(OwnerTold),
    /// Greets a guest who is here.
    AtYourService,
    /// Answers praise of the place.
    Glad,
    /// No answer known; the owner was asked.
    AskedOwner,
    Welcome,
    OptedOut,
    /// Whether to stop all but the messages of the booking.
    AskStopMessages,
    OptedOutButBooking,
    GoesOnWriting,
    /// The recording has no transcript.
    Unheard,
    TooLong,
    /// Transcription is off.
    VoiceOff,
    /// The transcript said back: right?
    Heard {
        text: String,
    },
    PleaseWrite,
    /// This kind of message is not supported.
    /// Nobody takes a call.
    NoCalls,
    CannotSee,
    /// A picture without a purpose.
    Picture,
    Place,
    StaleTap,
    /// Your message came hours ago; here is the present state.
    LateAnswer,
    Calm,
}

/// What a guest hears of a message that went to the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerTold {
    pub urgency: Urgency,
    /// Whether an earlier message went there a moment ago.
    pub again: bool,
    /// The owner's number for emergencies; empty when none is set.
    pub emergency_phone: String,
    pub public_numbers: PublicNumbers,
}

/// The public emergency numbers that are known of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicNumbers {
    Argentina,
    Unknown,
}

impl From<Talk> for Say {
    fn from(say: Talk) -> Say {
        Say::Talk(say)
    }
}

impl From<StaySay> for Say {
    fn from(say: StaySay) -> Say {
        Say::Stay(say)
    }
}

impl From<BookingSay> for Say {
    fn from(say: BookingSay) -> Say {
        Say::Booking(say)
    }
}

impl From<PaySay> for Say {
    fn from(say: PaySay) -> Say {
        Say::Pay(say)
    }
}

impl From<FaqSay> for Say {
    fn from(say: FaqSay) -> Say {
        Say::Faq(say)
    }
}

impl From<RequestSay> for Say {
    fn from(say: RequestSay) -> Say {
        Say::Request(say)
    }
}
