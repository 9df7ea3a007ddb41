//! Offers, made of the free cabins.

use super::super::effect::HandOver;
use super::super::question::{Finding, Offer, Question};
use super::super::say::{Quoted, QuotedRoom, StaySay, Talk};
use super::super::state::Asked;
use super::super::state::OFFER_KEPT;
use super::super::tap::Room;
use super::super::turn::{Step, Then};
use super::super::work::Work;
use super::preferred::Preferred;
use super::refused;
use super::remembered::{choice, remember, room};
use crate::domain::message::ROWS_MAX;
use crate::domain::party::Party;
use crate::domain::stay::Stay;
use crate::understanding;

/// Offers the cabins found, or says why there are none and the alternatives.
pub(super) fn offered(mut work: Work, stay: Stay, party: Party, finding: Finding) -> Step {
    let Finding::Offers { offers, refusals, alternatives } = finding else { return work.done() };
    match offers.as_slice() {
        [] => {
            let largest = work.context.cabins.iter().map(|cabin| cabin.capacity).max().unwrap_or(0);
            let (people, most) = (party.people(), two_largest(&work));
            if people > most {
                work.say(StaySay::TooManyPeople { party, most });
                work.hand_over(HandOver::LargeParty);
                return work.done();
            }
            let ruled_out = refused::rule_against(&refusals).is_some();
            if work.context.cabins.len() > 1 && (people > largest || !ruled_out) && people > 1 {
                let alone = Finding::Offers { offers, refusals, alternatives };
                let then = Then::OfferTwo { stay, party, alone };
                let asked = work.inquiry(stay, party);
                return work.find(Question::TwoOffers { asked }, then);
            }
            refused::nothing(work, stay, party, &refusals, alternatives)
        }
        [only] => {
            let only_one = choice(&work, stay, only, party);
            remember(&mut work, party, vec![only_one]);
            quote(work, stay, &[(only.clone(), party)])
        }
        [..] => {
            let shown = offers.len().min(ROWS_MAX);
            let offers = offers[..shown].to_vec();
            let choices = offers.iter().map(|offer| choice(&work, stay, offer, party)).collect();
            remember(&mut work, party, choices);
            work.ask(Asked::WhichCabin, StaySay::Cabins { stay, party, offers });
            work.done()
        }
    }
}

/// Offers two cabins that together hold the party, or says why there is nothing.
pub(super) fn offered_two(work: Work, stay: Stay, party: Party, alone: Finding, finding: Finding) -> Step {
    match (finding, alone) {
        (Finding::TwoOffers { offers: Some(offers) }, _) => quote(work, stay, &offers),
        (_, Finding::Offers { refusals, alternatives, .. }) => {
            refused::nothing(work, stay, party, &refusals, alternatives)
        }
        _ => work.done(),
    }
}

/// Offers the chosen cabin at today's price; or the alternatives.
pub(super) fn chosen(work: Work, stay: Stay, room: Room, finding: Finding) -> Step {
    let one = match &finding {
        Finding::Offers { offers, .. } => {
            offers.iter().find(|offer| offer.cabin_id == room.cabin_id).cloned()
        }
        _ => None,
    };
    match one {
        Some(offer) => quote(work, stay, &[(offer, room.party)]),
        None => offered(work, stay, room.party, finding),
    }
}

/// Looks a chosen cabin up again: prices move and nights go.
pub(super) fn choose(mut work: Work, stay: Stay, room: Room) -> Step {
    let party = room.party;
    work.state.wish.set_stay(stay);
    work.state.wish.set_party(party);
    work.state.wish.said_at = Some(work.context.moment.now);
    let asked = work.inquiry(stay, party);
    work.find(Question::Offers { asked }, Then::OfferChosen { stay, room })
}

/// Quotes the cabin that fits the guest's wish best.
pub(super) fn prefer(mut work: Work, preferred: Preferred) -> Step {
    let Preferred { choice, recommended } = preferred;
    if recommended {
        let cabin = work.cabin_name(&choice.room);
        work.say(StaySay::Recommended { cabin });
    }
    choose(work, choice.stay, choice.room)
}

/// Renews an old offer.
pub(super) fn again(mut work: Work, stay: Stay, rooms: &[Room]) -> Step {
    work.say(Talk::LateAnswer);
    let party = rooms.iter().map(|room| room.party).sum();
    match rooms {
        [room] => choose(work, stay, room.clone()),
        _ => {
            work.state.wish.set_stay(stay);
            let asked = work.inquiry(stay, party);
            work.find(Question::Offers { asked }, Then::Offer { stay, party })
        }
    }
}

pub(super) fn which(mut work: Work) -> Step {
    let Some(offered) = work.state.offered.clone() else { return super::wishes::proceed(work) };
    let Some(stay) = offered.options.first().map(|choice| choice.stay) else {
        return super::wishes::proceed(work);
    };
    let rooms = offered
        .options
        .into_iter()
        .map(|choice| {
            let name = work.cabin_name(&choice.room);
            (choice.room, name)
        })
        .collect();
    work.ask(Asked::WhichCabin, StaySay::WhichCabin { stay, party: offered.party, rooms });
    work.done()
}

/// Asks whether the offer still stands, with a button for yes.
pub(super) fn still_open(mut work: Work, stay: Stay, rooms: &[Room]) -> Step {
    let rooms = rooms.iter().map(|room| (room.clone(), work.cabin_name(room))).collect();
    work.say(StaySay::StillOpen { stay, rooms });
    work.done()
}

/// The offer named by "la segunda" or by a cabin's name.
pub(super) fn named(work: &Work, ordinal: Option<u8>, text: &str) -> Option<(Stay, Room)> {
    let offered = work.state.offered.as_ref().filter(|_| !is_old(work))?;
    let by_number = ordinal.and_then(|nth| offered.options.get(usize::from(nth).checked_sub(1)?));
    let text = format!(" {} ", understanding::folded(text));
    let by_name = || {
        let mut said = offered.options.iter().filter(|choice| {
            let name = understanding::folded(&work.cabin_name(&choice.room));
            !name.is_empty()
                && (text.contains(&format!(" {name} ")) || text.contains(&format!(" {} ", last_word(&name))))
        });
        said.next().filter(|_| said.next().is_none())
    };
    let among_several = offered.options.len() > 1;
    let choice = by_number.or_else(by_name).filter(|_| among_several)?;
    Some((choice.stay, choice.room.clone()))
}

/// Whether the last offer's price must be said again.
pub(super) fn is_old(work: &Work) -> bool {
    let now = work.context.moment.now;
    work.state.offered.as_ref().is_some_and(|offered| now.duration_since(offered.at) > OFFER_KEPT)
}

/// Quotes one cabin, or two together, each with its party, and asks whether to book.
fn quote(mut work: Work, stay: Stay, offers: &[(Offer, Party)]) -> Step {
    let rooms: Vec<QuotedRoom> =
        offers.iter().map(|(offer, party)| quoted_room(&work, offer, *party)).collect();
    let party = offers.iter().map(|(_, party)| *party).sum();
    let about = match offers {
        [(only, _)] => work
            .context
            .cabins
            .iter()
            .find(|cabin| cabin.id == only.cabin_id)
            .map(|cabin| cabin.description.clone())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let quoted = Quoted { stay, party, rooms, about };
    match &mut work.state.offered {
        Some(offered) => offered.at = work.context.moment.now,
        None => remember(&mut work, party, Vec::new()),
    }
    work.ask(Asked::BookIt { stay, rooms: quoted.rooms() }, StaySay::Quote(quoted));
    work.done()
}

fn quoted_room(work: &Work, offer: &Offer, party: Party) -> QuotedRoom {
    QuotedRoom { name: offer.name.clone(), room: room(work, offer, party), quote: offer.quote.clone() }
}

fn two_largest(work: &Work) -> u16 {
    let mut sizes: Vec<u16> = work.context.cabins.iter().map(|cabin| cabin.capacity).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.iter().take(2).sum()
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().filter(|word| word.len() > 3).unwrap_or(name)
}
