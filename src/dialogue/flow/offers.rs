//! From what is free to what is offered.

use super::super::effect::HandOver;
use super::super::question::{Finding, Offer, Question};
use super::super::say::{Quoted, QuotedRoom, StaySay, Talk};
use super::super::state::{Choice, OFFER_KEPT, Offered};
use super::super::tap::Room;
use super::super::work::{Then, Work};
use super::super::{Asked, Step};
use super::{refused, words};
use crate::domain::message::ROWS_MAX;
use crate::domain::stay::Stay;

/// Offers what was found, or says why there is nothing and what would be.
pub(super) fn offered(mut work: Work, stay: Stay, guests: u16, finding: Finding) -> Step {
    let Finding::Offers { offers, refusals, alternatives } = finding else { return work.done() };
    match offers.as_slice() {
        [] => {
            let largest = work.context.cabins.iter().map(|cabin| cabin.capacity).max().unwrap_or(0);
            let most = two_largest(&work);
            if guests > most {
                work.say(StaySay::TooManyPeople { guests, most });
                work.hand_over(HandOver::LargeParty);
                return work.done();
            }
            let ruled_out = refused::rule_against(&refusals).is_some();
            if work.context.cabins.len() > 1 && (guests > largest || !ruled_out) && guests > 1 {
                let alone = Finding::Offers { offers, refusals, alternatives };
                let then = Then::OfferTwo { stay, guests, alone };
                return work.find(Question::Offers { stay, guests: 1 }, then);
            }
            refused::nothing(work, stay, guests, &refusals, alternatives)
        }
        [only] => {
            remember(&mut work, guests, vec![choice(stay, only, guests)]);
            quote(work, stay, guests, std::slice::from_ref(only), &[guests])
        }
        [..] => {
            let shown = offers.len().min(ROWS_MAX);
            let offers = offers[..shown].to_vec();
            remember(&mut work, guests, offers.iter().map(|offer| choice(stay, offer, guests)).collect());
            work.ask(Asked::WhichCabin, StaySay::Cabins { stay, guests, offers });
            work.done()
        }
    }
}

/// Offers the cheapest two cabins that together hold the party.
pub(super) fn offered_two(work: Work, stay: Stay, guests: u16, alone: Finding, finding: Finding) -> Step {
    let offers = match finding {
        Finding::Offers { offers, .. } => offers,
        _ => Vec::new(),
    };
    let pairs = offers
        .iter()
        .enumerate()
        .flat_map(|(n, first)| offers[n + 1..].iter().map(move |second| (first, second)));
    let best = pairs
        .filter(|(first, second)| first.capacity + second.capacity >= guests)
        .filter_map(|(first, second)| {
            Some((first.quote.total.checked_add(second.quote.total)?.minor, first, second))
        })
        .min_by_key(|(total, ..)| *total);
    if let Some((_, first, second)) = best {
        let (large, small) =
            if first.capacity >= second.capacity { (first, second) } else { (second, first) };
        let in_large = large.capacity.min(guests - 1);
        return quote(work, stay, guests, &[large.clone(), small.clone()], &[in_large, guests - in_large]);
    }
    match alone {
        Finding::Offers { refusals, alternatives, .. } => {
            refused::nothing(work, stay, guests, &refusals, alternatives)
        }
        _ => work.done(),
    }
}

/// Offers the cabin that was chosen, at today's price; or what else there is.
pub(super) fn chosen(work: Work, stay: Stay, room: Room, finding: Finding) -> Step {
    let one = match &finding {
        Finding::Offers { offers, .. } => {
            offers.iter().find(|offer| offer.cabin_id == room.cabin_id).cloned()
        }
        _ => None,
    };
    match one {
        Some(offer) => quote(work, stay, room.guests, &[offer], &[room.guests]),
        None => offered(work, stay, room.guests, finding),
    }
}

/// Looks a chosen cabin up again: prices move and nights go.
pub(super) fn choose(mut work: Work, stay: Stay, room: Room) -> Step {
    let guests = room.guests;
    work.state.wish.set_stay(stay);
    work.state.wish.guests = Some(guests);
    work.state.wish.said_at = Some(work.context.moment.now);
    work.find(Question::Offers { stay, guests }, Then::OfferChosen { stay, room })
}

/// Offers anew what was offered long ago.
pub(super) fn again(mut work: Work, stay: Stay, rooms: &[Room]) -> Step {
    work.say(Talk::LateAnswer);
    let guests = rooms.iter().map(|room| room.guests).sum();
    match rooms {
        [room] => choose(work, stay, room.clone()),
        _ => {
            work.state.wish.set_stay(stay);
            work.find(Question::Offers { stay, guests }, Then::Offer { stay, guests })
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
    work.ask(Asked::WhichCabin, StaySay::WhichCabin { stay, guests: offered.guests, rooms });
    work.done()
}

/// The offer that is meant by "la segunda" or by a cabin's name.
pub(super) fn named(work: &Work, ordinal: Option<u8>, text: &str) -> Option<(Stay, Room)> {
    let offered = work.state.offered.as_ref().filter(|_| !is_old(work))?;
    let by_number = ordinal.and_then(|nth| offered.options.get(usize::from(nth).checked_sub(1)?));
    let text = format!(" {} ", words::folded(text));
    let by_name = || {
        let mut said = offered.options.iter().filter(|choice| {
            let name = words::folded(&work.cabin_name(&choice.room));
            !name.is_empty()
                && (text.contains(&format!(" {name} ")) || text.contains(&format!(" {} ", last_word(&name))))
        });
        said.next().filter(|_| said.next().is_none())
    };
    let among_several = offered.options.len() > 1;
    let choice = by_number.or_else(by_name).filter(|_| among_several)?;
    Some((choice.stay, choice.room.clone()))
}

/// Whether the last offer is so old that its price must be said again.
pub(super) fn is_old(work: &Work) -> bool {
    let now = work.context.moment.now;
    work.state.offered.as_ref().is_some_and(|offered| now.duration_since(offered.at) > OFFER_KEPT)
}

pub(super) fn remember(work: &mut Work, guests: u16, options: Vec<Choice>) {
    work.state.offered = Some(Offered { at: work.context.moment.now, guests, options });
}

pub(super) fn choice(stay: Stay, offer: &Offer, guests: u16) -> Choice {
    Choice { stay, room: Room { cabin_id: offer.cabin_id, guests, total: offer.quote.total } }
}

/// Says the price of one cabin, or of two together, and asks whether to book.
fn quote(mut work: Work, stay: Stay, guests: u16, offers: &[Offer], shares: &[u16]) -> Step {
    let rooms: Vec<QuotedRoom> =
        offers.iter().zip(shares).map(|(offer, share)| quoted_room(offer, *share)).collect();
    let about = match offers {
        [only] => work
            .context
            .cabins
            .iter()
            .find(|cabin| cabin.id == only.cabin_id)
            .map(|cabin| cabin.description.clone())
            .unwrap_or_default(),
        _ => String::new(),
    };
    let quoted = Quoted { stay, guests, rooms, about };
    match &mut work.state.offered {
        Some(offered) => offered.at = work.context.moment.now,
        None => remember(&mut work, guests, Vec::new()),
    }
    work.ask(Asked::BookIt { stay, rooms: quoted.rooms() }, StaySay::Quote(quoted));
    work.done()
}

fn quoted_room(offer: &Offer, guests: u16) -> QuotedRoom {
    QuotedRoom {
        name: offer.name.clone(),
        room: Room { cabin_id: offer.cabin_id, guests, total: offer.quote.total },
        quote: offer.quote.clone(),
    }
}

fn two_largest(work: &Work) -> u16 {
    let mut sizes: Vec<u16> = work.context.cabins.iter().map(|cabin| cabin.capacity).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.iter().take(2).sum()
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().filter(|word| word.len() > 3).unwrap_or(name)
}
