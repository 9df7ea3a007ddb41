//! What the dialogue asks of casero, and what casero finds. The app answers from the database, in the
//! transaction in which the turn runs.

use super::tap::Room;
use crate::domain::ids::{CabinId, ReservationCode, ReservationId};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::pricing::Quote;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Status;
use crate::domain::stay::Stay;
use jiff::Timestamp;

/// Most questions one turn asks: a price, a hold, the price again when it was lost, and one to spare.
pub const QUESTIONS_PER_TURN_MAX: usize = 4;

/// Something only the database knows, or can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Which cabins are free for this stay, at what price; if none, why not, and what is near.
    /// Answered by [`Finding::Offers`].
    Offers {
        stay: Stay,
        /// Each cabin must sleep all of it.
        party: Party,
    },
    /// Which two cabins together hold the party for the least? Answered by [`Finding::TwoOffers`].
    TwoOffers { stay: Stay, party: Party },
    /// Hold these cabins, all or none. Answered by [`Finding::Held`], [`Finding::PriceChanged`] (nothing
    /// held) or [`Finding::Refused`].
    Hold {
        stay: Stay,
        /// Which, for how many, at which price.
        rooms: Vec<Room>,
    },
    /// Call a booking off, refund included. Answered by [`Finding::Cancelled`] or [`Finding::Refused`].
    Cancel { reservation_id: ReservationId },
    /// What would these dates and people cost for this booking? Changes nothing. Answered by
    /// [`Finding::MovePriced`] or [`Finding::Refused`].
    PriceMove { reservation_id: ReservationId, stay: Stay, party: Party },
    /// Move it. Answered by [`Finding::Moved`] or [`Finding::Refused`]; a price that is another than `total`
    /// is [`Finding::MovePriced`] again, and nothing is moved.
    Move { reservation_id: ReservationId, stay: Stay, party: Party, total: Money },
    /// The link to pay what is due now. Answered by [`Finding::Link`].
    PaymentLink { reservation_id: ReservationId },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    Offers {
        /// Those that are free and may be sold, cheapest first.
        offers: Vec<Offer>,
        /// Why each of the others is not.
        refusals: Vec<(CabinId, Refusal)>,
        /// Near in date or cabin; only needed when there is no offer, nearest first.
        alternatives: Vec<Alternative>,
    },
    /// Two cabins with those who sleep in each, the larger one first; `None` when no two hold the party.
    TwoOffers {
        offers: Option<[(Offer, Party); 2]>,
    },
    Held {
        /// The holds, in the order of the rooms.
        bookings: Vec<Booking>,
    },
    /// The price is no longer what was said.
    PriceChanged {
        /// The same cabins at today's price.
        offers: Vec<Offer>,
    },
    Cancelled {
        booking: Booking,
        /// What goes back; zero when nothing does.
        refund: Money,
    },
    MovePriced {
        quote: Quote,
    },
    Moved {
        booking: Booking,
    },
    Link(Link),
    /// Casero says no.
    Refused(Refusal),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    Ready {
        url: String,
        amount: Money,
    },
    /// It has to be made: the turn carries an `OpenCheckout` effect and the link follows by itself.
    ToOpen,
    Off,
}

/// A cabin that is free for the stay that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub cabin_id: CabinId,
    pub name: String,
    pub capacity: u16,
    pub quote: Quote,
}

/// A cabin that is free for another stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    pub stay: Stay,
    pub offer: Offer,
}

/// A reservation as a guest is told about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    pub reservation_id: ReservationId,
    /// What the guest reads aloud.
    pub code: ReservationCode,
    pub cabin_id: CabinId,
    pub cabin: String,
    pub stay: Stay,
    pub party: Party,
    pub status: Status,
    pub total: Money,
    /// What is paid in advance.
    pub deposit: Money,
    /// What was paid, refunds taken off.
    pub paid: Money,
    pub expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl Booking {
    /// What is still missing of the deposit; zero when it is in.
    pub fn deposit_due(&self) -> Money {
        missing(self.deposit, self.paid)
    }

    /// What is still missing of the whole; zero when it is in.
    pub fn balance_due(&self) -> Money {
        missing(self.total, self.paid)
    }

    /// What is to be paid next: the deposit while it is missing, then the rest.
    pub fn due_next(&self) -> Money {
        if self.deposit_due().is_positive() { self.deposit_due() } else { self.balance_due() }
    }

    /// Whether its deposit is in and only casero's yes is missing.
    pub fn awaits_yes(&self) -> bool {
        self.status == Status::PreReserved && self.deposit.is_positive() && !self.deposit_due().is_positive()
    }

    /// Whether it is a hold that waits for its deposit at this moment.
    pub fn is_open_hold(&self, now: Timestamp) -> bool {
        self.status == Status::PreReserved && self.expires_at.is_none_or(|until| now < until)
    }

    /// Whether the guest can still do something about it: an open hold, a confirmed stay, or one that runs.
    pub fn is_live(&self, now: Timestamp) -> bool {
        match self.status {
            Status::PreReserved => self.is_open_hold(now),
            Status::Confirmed | Status::CheckedIn => true,
            Status::CheckedOut | Status::Cancelled | Status::Expired | Status::NoShow => false,
        }
    }
}

fn missing(whole: Money, paid: Money) -> Money {
    let rest = whole.minor.saturating_sub(paid.minor.max(0)).max(0);
    Money::new(rest, whole.currency)
}
