//! What an event is: a stay, a block, or a rule of the channel.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Certainly a stay somebody booked there: the label says so, or names who comes.
    Booked,
    /// Taken; the channel does not say whether by a guest or by a rule (all that Booking.com ever says).
    Closed,
    /// The host closed these nights there.
    Blocked,
    /// Asked for, not settled.
    Tentative,
    /// The channel takes no bookings at such short notice; slides forward every day.
    Notice,
    /// Beyond what the channel sells yet; slides forward every day.
    Window,
    /// An echo of a stay of ours that is gone; closed until the channel stops sending it.
    Releasing,
}

impl Kind {
    /// Soft kinds are no settled stay and no decision of the host: they close nights here without being news
    /// for the owner.
    pub fn is_soft(self) -> bool {
        match self {
            Kind::Tentative | Kind::Notice | Kind::Window | Kind::Releasing => true,
            Kind::Booked | Kind::Closed | Kind::Blocked => false,
        }
    }

    /// Whether other channels should learn that the night is closed. One channel's own rules, and what is
    /// only an echo of ours, are nobody else's business.
    pub fn is_passed_on(self) -> bool {
        match self {
            Kind::Booked | Kind::Closed | Kind::Blocked | Kind::Tentative => true,
            Kind::Notice | Kind::Window | Kind::Releasing => false,
        }
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
