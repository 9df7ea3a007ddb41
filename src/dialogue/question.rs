//! Questions of the dialogue to the database, and their answers. The app answers in the transaction in which the
//! turn runs.

use super::tap::Room;
use crate::domain::ids::{CabinId, ReservationCode, ReservationId};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::pricing::{Inquiry, Quote};
use crate::domain::receipt::ReceiptStanding;
use crate::domain::refusal::Refusal;
use crate::domain::reservation::Status;
use crate::domain::stay::Stay;
use jiff::Timestamp;

/// Most questions of one turn: a price, a hold, the price again when it was lost, and one to spare.
pub const QUESTIONS_PER_TURN_MAX: usize = 4;

/// A query or a change of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// The free cabins for this stay with prices; if none, the reasons and near alternatives. Answered by
    /// [`Finding::Offers`].
    Offers {
        /// Each cabin must have room for all of its party.
        asked: Inquiry,
    },
    /// The cheapest two cabins that together hold the party. Answered by [`Finding::TwoOffers`].
    TwoOffers { asked: Inquiry },
    /// Hold these cabins, all or none. Answered by [`Finding::Held`], [`Finding::PriceChanged`] (nothing
    /// held) or [`Finding::Refused`].
    Hold {
        stay: Stay,
        /// The cabins, each with its party and price.
        rooms: Vec<Room>,
    },
    /// Cancel a booking, refund included. Answered by [`Finding::Cancelled`] or [`Finding::Refused`].
    Cancel { reservation_id: ReservationId },
    /// The price of these dates and people for this booking. Changes nothing. Answered by [`Finding::MovePriced`]
    /// or [`Finding::Refused`].
    PriceMove { reservation_id: ReservationId, stay: Stay, party: Party },
    /// Move it. Answered by [`Finding::Moved`] or [`Finding::Refused`]; when the price is not `total`,
    /// [`Finding::MovePriced`] again, and nothing is moved.
    Move { reservation_id: ReservationId, stay: Stay, party: Party, total: Money },
    /// The link to pay the amount due. Answered by [`Finding::Link`].
    PaymentLink { reservation_id: ReservationId },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    Offers {
        /// Free and sellable cabins, cheapest first.
        offers: Vec<Offer>,
        /// Why each of the others is refused.
        refusals: Vec<(CabinId, Refusal)>,
        /// Near in date or cabin; only needed when there is no offer, nearest first.
        alternatives: Vec<Alternative>,
    },
    /// Two cabins, each with its party, the larger one first; `None` when no two hold the party.
    TwoOffers {
        offers: Option<[(Offer, Party); 2]>,
    },
    Held {
        /// The holds, in the order of the rooms.
        bookings: Vec<Booking>,
    },
    /// The price differs from the one said.
    PriceChanged {
        /// The same cabins at today's price.
        offers: Vec<Offer>,
    },
    Cancelled {
        booking: Booking,
        /// The refund; zero when there is none.
        refund: Money,
    },
    MovePriced {
        quote: Quote,
    },
    Moved {
        booking: Booking,
    },
    Link(Link),
    /// The business refuses.
    Refused(Refusal),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    Ready {
        url: String,
        amount: Money,
    },
    /// Not made yet: the turn carries an `OpenCheckout` effect and the link follows separately.
    ToOpen,
    Off,
}

/// A cabin that is free for the requested stay.
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

/// A reservation as it is shown to its guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    pub reservation_id: ReservationId,
    /// The code that the guest reads aloud.
    pub code: ReservationCode,
    pub cabin_id: CabinId,
    pub cabin: String,
    pub stay: Stay,
    pub party: Party,
    pub status: Status,
    pub total: Money,
    /// The part paid in advance.
    pub deposit: Money,
    /// The amount paid less refunds.
    pub paid: Money,
    pub expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// The guest's last word that money was sent.
    pub receipt: Option<ReceiptStanding>,
}

impl Booking {
    /// The unpaid part of the deposit; zero when it is paid.
    pub fn deposit_due(&self) -> Money {
        missing(self.deposit, self.paid)
    }

    /// The unpaid part of the total; zero when it is paid.
    pub fn balance_due(&self) -> Money {
        missing(self.total, self.paid)
    }

    /// The next amount due: the unpaid deposit, then the rest.
    pub fn due_next(&self) -> Money {
        if self.deposit_due().is_positive() { self.deposit_due() } else { self.balance_due() }
    }

    /// Whether its deposit is paid and only the confirmation is missing.
    pub fn awaits_yes(&self) -> bool {
        self.status == Status::PreReserved && self.deposit.is_positive() && !self.deposit_due().is_positive()
    }

    /// Whether it is an unexpired hold without its deposit.
    pub fn is_open_hold(&self, now: Timestamp) -> bool {
        self.status == Status::PreReserved && self.expires_at.is_none_or(|until| now < until)
    }

    /// Whether the guest can still act on it: an open hold, a confirmed stay, or one in progress.
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
