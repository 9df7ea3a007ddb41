//! Sentences about a stay request: dates, people, prices, and refusals.

use super::part::{Part, lines};
use crate::dialogue::i18n::{Locale, Nights, People};
use crate::dialogue::question::{Alternative, Offer};
use crate::dialogue::say::{Quoted, StaySay};
use crate::dialogue::tap::{Room, Tap};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;

/// Most buttons of one message.
const BUTTONS: usize = 3;
/// Most alternatives shown; a fourth still fits on a screen.
const ALTERNATIVES: usize = 4;

pub(super) fn stay(say: &StaySay, l: Locale) -> Part {
    match say {
        StaySay::AskDates { party: None } => Part::text(l.ask_dates()),
        StaySay::AskDates { party: Some(party) } => Part::text(l.ask_dates_for(*party)),
        StaySay::AskDays { month, part, party } => {
            let month = l.month(*month, *part);
            Part::text(match party {
                None => l.ask_days(&month),
                Some(party) => l.ask_days_for(*party, &month),
            })
        }
        StaySay::AskDeparture { arrival } => Part::text(l.ask_departure(*arrival)),
        StaySay::AskArrival { departure } => Part::text(l.ask_arrival(*departure)),
        StaySay::AskGuests { stay } => Part::text(l.ask_guests(*stay)),
        StaySay::AskAges { children } => Part::text(l.ask_ages(*children)),
        StaySay::WhichStay { stays } => which_stay(&l.which_stay(), stays, l),
        StaySay::WhichArrival { days } => {
            Part::text(format!("{}\n{}", l.which_arrival(), lines(days.iter().map(|day| l.day(*day)))))
        }
        StaySay::WhichGuests { from, to } => {
            (*from..=*to).take(BUTTONS).fold(Part::text(l.which_guests()), |part, guests| {
                part.choice(Tap::Guests { guests }, l.people(guests))
            })
        }
        StaySay::BadDates => Part::text(l.bad_dates()),
        StaySay::Quote(quoted) => quote(quoted, l),
        StaySay::Cabins { stay, party, offers } => cabins(*stay, *party, offers, l),
        StaySay::Alternatives { stay, party, near } => alternatives(*stay, *party, near, l),
        StaySay::RuledOut { refusal, instead, .. } => {
            let why = refused(refusal, l);
            match instead.as_slice() {
                [] => Part::text(why),
                instead => which_stay(&format!("{why} {}", l.could_be()), instead, l),
            }
        }
        StaySay::TooManyPeople { party, most } => Part::text(l.too_many_people(*party, People(*most))),
        StaySay::BookItAloud { stay, rooms } => {
            book_or_not(l.book_aloud(*stay, &names(rooms, l), total(rooms)), *stay, rooms, l)
        }
        StaySay::WhichCabin { stay, rooms, .. } => {
            rooms.iter().fold(Part::text(l.which_cabin(*stay)), |part, (room, name)| {
                let tap = Tap::Choose { cabin_id: room.cabin_id, stay: *stay, party: room.party };
                part.row(tap, name.clone(), l.money(room.total))
            })
        }
        StaySay::PriceChanged => Part::text(l.price_changed()),
        StaySay::JustTaken => Part::text(l.just_taken()),
        StaySay::Declined => Part::text(l.declined()),
        StaySay::Waitlisted { stay } => Part::text(l.waitlisted(*stay)),
        StaySay::WaitlistNews(quoted) => {
            let mut part = quote(quoted, l);
            part.body = format!("{}\n{}", l.waitlist_news(), part.body);
            part
        }
        StaySay::Recommended { cabin } => Part::text(l.recommended(cabin)),
        StaySay::StillOpen { stay, rooms } => {
            book_or_not(l.still_open(*stay, &names(rooms, l), total(rooms)), *stay, rooms, l)
        }
        StaySay::Undecided { offer: Some((stay, rooms)) } => book_or_not(l.undecided(), *stay, rooms, l),
        StaySay::Undecided { offer: None } => Part::text(l.undecided_early()),
    }
}

fn which_stay(question: &str, stays: &[Stay], l: Locale) -> Part {
    let text = format!("{question}\n{}", lines(stays.iter().map(|stay| l.stay(*stay))));
    stays
        .iter()
        .take(BUTTONS)
        .fold(Part::text(text), |part, stay| part.choice(Tap::Dates { stay: *stay }, l.short_stay(*stay)))
}

fn book_or_not(question: String, stay: Stay, rooms: &[(Room, String)], l: Locale) -> Part {
    let book = Tap::Book { stay, rooms: rooms.iter().map(|(room, _)| room.clone()).collect() };
    Part::text(question).choice(book, l.button_yes_book()).choice(Tap::OtherDates, l.button_other_dates())
}

fn alternatives(stay: Stay, party: Party, near: &[Alternative], l: Locale) -> Part {
    let head = l.nothing_free(party, stay);
    let near = &near[..near.len().min(ALTERNATIVES)];
    let text = if near.is_empty() {
        format!("{head} {}", l.try_other_dates())
    } else {
        let each = near.iter().map(|near| {
            let total = near.offer.quote.total;
            format!("{}, {}: {}", near.offer.name, l.stay(near.stay), l.money(total))
        });
        format!("{head} {}\n{}", l.nearest(), lines(each))
    };
    let part = near.iter().fold(Part::text(text), |part, near| {
        let tap = Tap::Choose { cabin_id: near.offer.cabin_id, stay: near.stay, party };
        let detail = format!("{} · {}", l.money(near.offer.quote.total), near.offer.name);
        part.row(tap, l.short_stay(near.stay), detail)
    });
    part.choice(Tap::Waitlist { stay, party }, l.button_waitlist())
}

fn quote(quoted: &Quoted, l: Locale) -> Part {
    let sum = quoted.sum(|quote| quote.total);
    let deposit = quoted.sum(|quote| quote.deposit);
    let mut said = vec![l.free(quoted.stay)];
    if let [only] = quoted.rooms.as_slice() {
        said.push(l.price_of_one(&only.name, quoted.party, sum));
        said.extend(l.price_lines(&only.quote));
    } else {
        said.push(l.price_of_two());
        said.extend(quoted.rooms.iter().map(|room| {
            format!("{} ({}): {}", room.name, l.party(room.room.party), l.money(room.quote.total))
        }));
        said.push(l.price_in_all(sum));
    }
    said.extend(Some(quoted.about.clone()).filter(|about| !about.is_empty()));
    said.extend(deposit.is_positive().then(|| l.deposit_books(deposit)));
    let tap = Tap::Book { stay: quoted.stay, rooms: quoted.rooms() };
    Part::text(said.join("\n")).choice(tap, l.button_book()).choice(Tap::OtherDates, l.button_other_dates())
}

fn cabins(stay: Stay, party: Party, offers: &[Offer], l: Locale) -> Part {
    let each = offers.iter().map(|offer| format!("{}: {}", offer.name, l.money(offer.quote.total)));
    let text = format!("{}\n{}\n{}", l.cabins_free(party, stay), lines(each), l.which_do_you_like());
    offers.iter().fold(Part::text(text), |part, offer| {
        let tap = Tap::Choose { cabin_id: offer.cabin_id, stay, party };
        let detail = format!("{}, {}", l.money(offer.quote.total), l.up_to(People(offer.capacity)));
        part.row(tap, offer.name.clone(), detail)
    })
}

/// The refusal, and what would work.
pub(super) fn refused(refusal: &Refusal, l: Locale) -> String {
    match refusal {
        Refusal::BadDates => l.refused_bad_dates(),
        Refusal::PastDate => l.refused_past_date(),
        Refusal::OverCapacity { capacity } => l.refused_over_capacity(People(*capacity)),
        Refusal::NoGuests => l.refused_no_guests(),
        Refusal::TooManyPets { max } => l.refused_too_many_pets(*max),
        Refusal::MinNights { min } => l.refused_min_nights(Nights(*min)),
        Refusal::TooLong { max } => l.refused_too_long(Nights(*max)),
        Refusal::ArrivalDay { allowed } => l.refused_arrival_day(&l.weekdays(allowed)),
        Refusal::DepartureDay { allowed } => l.refused_departure_day(&l.weekdays(allowed)),
        Refusal::LeadTime { earliest } => l.refused_lead_time(*earliest),
        Refusal::TooFarAhead { latest } => l.refused_too_far_ahead(*latest),
        Refusal::NightsTaken => l.refused_nights_taken(),
        Refusal::Paused { until: Some(until) } => l.refused_paused_until(*until),
        Refusal::Paused { until: None } => l.refused_paused(),
        Refusal::CabinUnavailable => l.refused_cabin_unavailable(),
        Refusal::PromoCodeUnknown => l.refused_promo_code_unknown(),
        Refusal::PromoCodeUsedUp => l.refused_promo_code_used_up(),
        Refusal::PromoCodeConditions => l.refused_promo_code_conditions(),
        Refusal::PriceOverflow => l.refused_price_overflow(),
        Refusal::NotNow { .. } => l.refused_not_now(),
        Refusal::HoldExpired => l.refused_hold_expired(),
        Refusal::TooManyHolds { max } => l.refused_too_many_holds(*max),
        Refusal::TooManyWebHolds => l.refused_too_many_web_holds(),
        Refusal::NothingToRefund => l.refused_nothing_to_refund(),
    }
}

fn names(rooms: &[(Room, String)], l: Locale) -> String {
    let each = rooms.iter().map(|(room, name)| l.cabin_for(name, room.party));
    l.list(&each.collect::<Vec<_>>())
}

fn total(rooms: &[(Room, String)]) -> Money {
    let totals = rooms.iter().map(|(room, _)| room.total);
    totals
        .reduce(|sum, next| sum.checked_add(next).unwrap_or(sum))
        .unwrap_or(Money::new(0, Default::default()))
}
