//! The kind of an event: a stay, a block, or a rule of the channel.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Certainly a stay booked there: the label says so, or names the guest.
    Booked,
    /// Taken by a guest or by a rule; the channel does not tell (Booking.com never does).
    Closed,
    /// The host closed these nights there.
    Blocked,
    /// Requested, not confirmed.
    Tentative,
    /// The channel's minimum notice; slides forward every day.
    Notice,
    /// Beyond the channel's horizon; slides forward every day.
    Window,
    /// An echo of a former stay of ours; closed until the channel stops sending it.
    Releasing,
}

impl Kind {
    /// Soft kinds are neither a confirmed stay nor a decision of the host: they close nights here without a notice
    /// to the owner.
    pub fn is_soft(self) -> bool {
        match self {
            Kind::Tentative | Kind::Notice | Kind::Window | Kind::Releasing => true,
            Kind::Booked | Kind::Closed | Kind::Blocked => false,
        }
    }

    /// Whether other channels are told that the night is closed. A channel's own rules, and echoes of ours, are
    /// not passed on.
    pub fn is_passed_on(self) -> bool {
        match self {
            Kind::Booked | Kind::Closed | Kind::Blocked | Kind::Tentative => true,
            Kind::Notice | Kind::Window | Kind::Releasing => false,
        }
    }

    /// Whether the channel closes the night by a rule of its own, and not for a stay or by the host's word.
    pub fn is_rule(self) -> bool {
        matches!(self, Kind::Notice | Kind::Window)
    }

    /// Stable name, for storage and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Booked => "booked",
            Kind::Closed => "closed",
            Kind::Blocked => "blocked",
            Kind::Tentative => "tentative",
            Kind::Notice => "notice",
            Kind::Window => "window",
            Kind::Releasing => "releasing",
        }
    }
}
