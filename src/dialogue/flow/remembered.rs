//! Past offers, as the conversation's state keeps them.

use super::super::question::Offer;
use super::super::state::{Choice, Offered};
use super::super::tap::Room;
use super::super::work::Work;
use crate::domain::party::Party;
use crate::domain::stay::Stay;

pub(super) fn remember(work: &mut Work, party: Party, options: Vec<Choice>) {
    work.state.offered = Some(Offered { at: work.context.moment.now, party, options });
}

/// The cabin of an offer, on the terms on which it was asked for.
pub(super) fn room(work: &Work, offer: &Offer, party: Party) -> Room {
    Room { cabin_id: offer.cabin_id, party, total: offer.quote.total, terms: work.state.wish.terms.clone() }
}

pub(super) fn choice(work: &Work, stay: Stay, offer: &Offer, party: Party) -> Choice {
    Choice { stay, room: room(work, offer, party) }
}
