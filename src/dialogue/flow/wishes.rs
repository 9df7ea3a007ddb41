//! A guest's stay request, collected over several messages.

use super::super::question::Question;
use super::super::say::{Say, StaySay};
use super::super::state::Asked;
use super::super::turn::{Step, Then};
use super::super::work::Work;
use crate::domain::pricing::{PriceRule, RuleKind};
use crate::domain::stay::Stay;
use crate::understanding::{DateReading, Dates, Guests, MonthPart, Reading};
use jiff::ToSpan;
use jiff::civil::Date;

pub(super) enum Taken {
    Noted,
    /// The words are ambiguous, or have no valid reading.
    MustAsk(Asked, Say),
}

/// Whether the message has facts of a stay.
pub(super) fn has_facts(reading: &Reading) -> bool {
    reading.dates != Dates::None || reading.guests.is_some() || reading.nights.is_some()
}

/// Collects dates, nights, people and animals. A new arrival alone keeps the number of nights: "no, mejor del 14".
pub(super) fn take(work: &mut Work, reading: &Reading) -> Taken {
    work.state.wish.said_at = Some(work.context.moment.now);
    if let Some(pets) = reading.pets {
        work.state.wish.set_pets(pets.into());
    }
    if let Some(Guests::Exactly(people)) = reading.guests {
        work.state.wish.set_people(people);
    }
    take_month(work, reading);
    if let Some(taken) = take_dates(work, reading) {
        return taken;
    }
    match reading.guests {
        Some(Guests::Between(from, to)) => {
            work.state.wish.forget_people();
            Taken::MustAsk(Asked::WhichGuests { from, to }, StaySay::WhichGuests { from, to }.into())
        }
        Some(Guests::Exactly(_)) | None => Taken::Noted,
    }
}

/// "Mejor en marzo": a month alone drops days that lie in another; the nights stay.
fn take_month(work: &mut Work, reading: &Reading) {
    let Some(said) = reading.month else { return };
    let before = work.state.wish.stay();
    let wish = &mut work.state.wish;
    if wish.arrival.is_some_and(|day| day.first_of_month() == said.first) {
        return;
    }
    wish.nights = wish.nights.or(before.map(Stay::nights));
    wish.month = Some(said.first);
    wish.arrival = None;
    wish.departure = None;
}

fn take_dates(work: &mut Work, reading: &Reading) -> Option<Taken> {
    let before = work.state.wish.stay();
    let asked_departure = work.state.asked == Asked::Departure;
    let wish = &mut work.state.wish;
    match &reading.dates {
        Dates::None => {
            if let (Some(nights), Some(arrival)) = (reading.nights, wish.arrival) {
                wish.departure = after(arrival, nights);
            } else if reading.nights.is_some() {
                wish.nights = reading.nights;
            }
        }
        Dates::Stay(stay) => match Stay::new(stay.check_in, stay.check_out) {
            Ok(stay) => wish.set_stay(stay),
            Err(_) => return Some(bad_dates()),
        },
        Dates::Arrival(day) if asked_departure && wish.arrival.is_some() => {
            wish.departure = wish.arrival.and_then(|arrival| same_day_after(arrival, *day));
        }
        Dates::Arrival(day) => {
            wish.arrival = Some(*day);
            let nights = reading.nights.or(wish.nights).or(before.map(Stay::nights));
            wish.departure = nights.and_then(|nights| after(*day, nights));
        }
        Dates::Departure(day) => {
            let arrival = wish.arrival;
            let nights = reading.nights.or(wish.nights);
            if let Some(arrival) = arrival {
                wish.departure = same_day_after(arrival, *day);
            } else {
                wish.departure = Some(*day);
                wish.arrival = nights.and_then(|nights| day.checked_sub(i64::from(nights).days()).ok());
            }
        }
        Dates::Ambiguous(readings) => return Some(which(readings)),
        Dates::Invalid => return Some(bad_dates()),
    }
    None
}

/// Asks for missing facts, or looks for a cabin.
pub(super) fn proceed(work: Work) -> Step {
    proceed_in(work, None)
}

/// [`proceed`], with the part of the month just named.
pub(super) fn proceed_in(mut work: Work, part: Option<MonthPart>) -> Step {
    if let (Some(arrival), None, Some(nights)) =
        (work.state.wish.arrival, work.state.wish.departure, work.state.wish.nights)
    {
        work.state.wish.departure = after(arrival, nights);
    }
    let wish = &work.state.wish;
    match (wish.arrival, wish.departure, wish.party()) {
        (None, None, party) if wish.month.is_some() => {
            let month = wish.month.unwrap_or_default();
            work.ask(Asked::Dates, StaySay::AskDays { month, part, party });
        }
        (None, None, party) => work.ask(Asked::Dates, StaySay::AskDates { party }),
        (Some(arrival), None, _) => work.ask(Asked::Departure, StaySay::AskDeparture { arrival }),
        (None, Some(departure), _) => work.ask(Asked::Dates, StaySay::AskArrival { departure }),
        (Some(arrival), Some(departure), party) => match (Stay::new(arrival, departure), party) {
            (Err(_), _) => {
                work.state.wish.departure = None;
                work.ask(Asked::Dates, StaySay::BadDates);
            }
            (Ok(stay), None) => work.ask(Asked::Guests, StaySay::AskGuests { stay }),
            (Ok(_), Some(_)) if needs_ages(&work) => {
                let children = work.state.wish.children.unwrap_or(0);
                work.ask(Asked::Ages, StaySay::AskAges { children });
            }
            (Ok(stay), Some(party)) => {
                work.state.asked = Asked::Nothing;
                let asked = work.inquiry(stay, party);
                return work.find(Question::Offers { asked }, Then::Offer { stay, party });
            }
        },
    }
    work.done()
}

/// Whether the price depends on ages that nobody said.
fn needs_ages(work: &Work) -> bool {
    let by_age = |rule: &PriceRule| rule.active && rule.kind == RuleKind::Child;
    work.state.wish.children.is_some() && work.context.price_rules.iter().any(by_age)
}

fn which(readings: &[DateReading]) -> Taken {
    let stays: Vec<Stay> =
        readings.iter().filter_map(|reading| Stay::new(reading.check_in?, reading.check_out?).ok()).collect();
    if stays.len() > 1 {
        return Taken::MustAsk(
            Asked::WhichStay { stays: stays.clone() },
            StaySay::WhichStay { stays }.into(),
        );
    }
    let mut days: Vec<Date> = readings.iter().filter_map(|reading| reading.check_in).collect();
    days.dedup();
    if days.len() > 1 {
        return Taken::MustAsk(Asked::Dates, StaySay::WhichArrival { days }.into());
    }
    bad_dates()
}

fn bad_dates() -> Taken {
    Taken::MustAsk(Asked::Dates, StaySay::BadDates.into())
}

fn after(arrival: Date, nights: u16) -> Option<Date> {
    arrival.checked_add(i64::from(nights).days()).ok()
}

/// "El 18" as the end of a stay: the next such day after its arrival, in any month.
fn same_day_after(arrival: Date, day: Date) -> Option<Date> {
    if day > arrival {
        return Some(day);
    }
    (1..=62).filter_map(|days| after(arrival, days)).find(|candidate| candidate.day() == day.day())
}
