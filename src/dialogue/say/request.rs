//! Sayings about requests that a person decides, as data.

use crate::dialogue::question::Booking;
use crate::domain::money::Money;
use crate::domain::request::RequestKind;
use crate::domain::stay::Stay;
use jiff::Timestamp;
use jiff::civil::Time;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestSay {
    /// The owner was asked; the guest hears at the latest by then.
    PassedOn {
        kind: RequestKind,
        by: Timestamp,
        /// Whether the same was asked before and is still open.
        again: bool,
    },
    /// No answer came in time.
    StillWaiting {
        kind: RequestKind,
        /// The next time by which the guest hears; `None` when no time is promised any more.
        by: Option<Timestamp>,
    },
    /// The guest needs it no more.
    NoLongerNeeded,
    Granted {
        kind: RequestKind,
    },
    /// The hold is kept until then.
    MoreTime {
        booking: Booking,
        until: Timestamp,
    },
    /// The price of an offer goes down.
    DiscountOnOffer {
        stay: Stay,
        off: Money,
    },
    Refunding {
        amount: Money,
    },
    Refused {
        kind: RequestKind,
        /// The booking that stays as it is.
        booking: Option<Booking>,
        check_in: Time,
        check_out: Time,
    },
}
