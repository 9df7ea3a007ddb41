//! A request for a hold, and its result.

use crate::domain::channel::Channel;
use crate::domain::ids::{CabinId, GuestId};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::pricing::{Agreed, Inquiry, Quote, Terms};
use crate::domain::reservation::Reservation;
use crate::domain::stay::Stay;
use crate::store::guests;

/// Whether the provider must be asked about lapsed holds in the way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReconcileFirst {
    /// Ask first: [`crate::app::Error::ReconcileFirst`] names the holds.
    AskFirst,
    /// They were asked about, or the provider did not answer in time: their nights are free.
    Asked,
}

#[derive(Debug, Clone)]
pub enum Who {
    Known(GuestId),
    /// Somebody named by name, number or e-mail.
    Named(guests::Identity),
}

#[derive(Debug, Clone)]
pub struct HoldRequest {
    pub cabin_id: CabinId,
    pub stay: Stay,
    pub party: Party,
    /// The terms of its price.
    pub terms: Terms,
    /// What a person of the house agreed beside the rates.
    pub agreed: Agreed,
    pub who: Who,
    pub channel: Channel,
    /// The quoted total, if any: a different price is not held silently.
    pub total_said: Option<Money>,
    /// Handling of lapsed holds in the way.
    pub reconcile: ReconcileFirst,
}

impl HoldRequest {
    pub(super) fn inquiry(&self) -> Inquiry {
        Inquiry { stay: self.stay, party: self.party, terms: self.terms.clone() }
    }
}

/// Result of a request for a hold.
#[derive(Debug, Clone)]
pub enum Held {
    Yes(Reservation),
    /// The price differs from the quoted one; nothing was held.
    PriceChanged(Quote),
}
