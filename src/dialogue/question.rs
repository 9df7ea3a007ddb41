//! What the dialogue asks of casero, and what casero finds. The app answers from the database, in the
//! transaction in which the turn runs.

use super::tap::Room;
use crate::domain::ids::{CabinId, ReservationCode, ReservationId};
use crate::domain::money::Money;
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
        /// When.
        stay: Stay,
        /// How many people each cabin must sleep.
        guests: u16,
    },
    /// Hold these cabins, all or none. Answered by [`Finding::Held`], [`Finding::PriceChanged`] (nothing
    /// held) or [`Finding::Refused`].
    Hold {
        /// When.
        stay: Stay,
        /// Which, for how many, at which price.
        rooms: Vec<Room>,
    },
    /// Call a booking off, refund included. Answered by [`Finding::Cancelled`] or [`Finding::Refused`].
    Cancel {
        /// Which.
        reservation_id: ReservationId,
    },
    /// What would these dates and people cost for this booking? Changes nothing. Answered by
    /// [`Finding::MovePriced`] or [`Finding::Refused`].
    PriceMove {
        /// Which.
        reservation_id: ReservationId,
        /// New dates.
        stay: Stay,
        /// New number of people.
        guests: u16,
    },
    /// Move it. Answered by [`Finding::Moved`] or [`Finding::Refused`]; a price that is another than `total`
    /// is [`Finding::MovePriced`] again, and nothing is moved.
    Move {
        /// Which.
        reservation_id: ReservationId,
        /// New dates.
        stay: Stay,
        /// New number of people.
        guests: u16,
        /// The new total that was said.
        total: Money,
    },
    /// The link to pay what is due now. Answered by [`Finding::Link`].
    PaymentLink {
        /// Which.
        reservation_id: ReservationId,
    },
}

/// What was found or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Free cabins.
    Offers {
        /// Those that are free and may be sold, cheapest first.
        offers: Vec<Offer>,
        /// Why each of the others is not.
        refusals: Vec<(CabinId, Refusal)>,
        /// Near in date or cabin; only needed when there is no offer, nearest first.
        alternatives: Vec<Alternative>,
    },
    /// Held.
    Held {
        /// The holds, in the order of the rooms.
        bookings: Vec<Booking>,
    },
    /// The price is no longer what was said.
    PriceChanged {
        /// The same cabins at today's price.
        offers: Vec<Offer>,
    },
    /// Called off.
    Cancelled {
        /// The booking as it is now.
        booking: Booking,
        /// What goes back; zero when nothing does.
        refund: Money,
    },
    /// What the move would cost.
    MovePriced {
        /// The new price.
        quote: Quote,
    },
    /// Moved.
    Moved {
        /// The booking as it is now.
        booking: Booking,
    },
    /// The link.
    Link(Link),
    /// Casero says no.
    Refused(Refusal),
}

/// Where the link to pay stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// There is an open one.
    Ready {
        /// Where it leads.
        url: String,
        /// How much is paid there.
        amount: Money,
    },
    /// It has to be made: the turn carries an `OpenCheckout` effect and the link follows by itself.
    ToOpen,
    /// Online payment is off.
    Off,
}

/// A cabin that is free for the stay that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The cabin.
    pub cabin_id: CabinId,
    /// Its name.
    pub name: String,
    /// How many it sleeps.
    pub capacity: u16,
    /// Its price.
    pub quote: Quote,
}

/// A cabin that is free for another stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// When.
    pub stay: Stay,
    /// The cabin and its price.
    pub offer: Offer,
}

/// A reservation as a guest is told about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Its row.
    pub reservation_id: ReservationId,
    /// What the guest reads aloud.
    pub code: ReservationCode,
    /// The cabin.
    pub cabin_id: CabinId,
    /// Its name.
    pub cabin: String,
    /// When.
    pub stay: Stay,
    /// How many people.
    pub guests: u16,
    /// Where it stands.
    pub status: Status,
    /// The price.
    pub total: Money,
    /// What is paid in advance.
    pub deposit: Money,
    /// What was paid, refunds taken off.
    pub paid: Money,
    /// Until when a hold waits.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
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
