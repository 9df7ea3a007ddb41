//! Availability and price, the same for chat, API and admin page.

use super::{AppContext, Error};
use crate::domain::cabin::{Cabin, Season};
use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::party::Party;
use crate::domain::policy::{self, Moment};
use crate::domain::pricing::{self, Quote, Sale};
use crate::domain::refusal::Refusal;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use crate::store::{Read, cabins, nights, settings};
use jiff::ToSpan;

/// Days before and after the requested dates that are searched for alternatives.
const NEARBY_DAYS: i64 = 14;
/// Most alternatives: more do not help to choose.
const ALTERNATIVES_MAX: usize = 3;

/// Answer of one cabin for a stay.
#[derive(Debug, Clone)]
pub struct CabinQuote {
    pub cabin: Cabin,
    pub outcome: Result<Quote, Refusal>,
}

#[derive(Debug, Clone)]
pub struct Alternative {
    pub cabin: Cabin,
    pub stay: Stay,
    pub quote: Quote,
}

/// Answers of all active cabins for a stay: offers first, cheapest first, then refusals.
pub fn all(tx: &impl Read, context: &AppContext, stay: Stay, party: Party) -> Result<Vec<CabinQuote>, Error> {
    let (settings, _) = settings::load(tx)?;
    all_by(tx, context, &settings, stay, party)
}

/// As [`all`], for the owner: a pause of bookings is no obstacle.
pub fn all_for_owner(
    tx: &impl Read,
    context: &AppContext,
    stay: Stay,
    party: Party,
) -> Result<Vec<CabinQuote>, Error> {
    let settings = settings::load(tx)?.0.without_pause();
    all_by(tx, context, &settings, stay, party)
}

fn all_by(
    tx: &impl Read,
    context: &AppContext,
    settings: &Settings,
    stay: Stay,
    party: Party,
) -> Result<Vec<CabinQuote>, Error> {
    let moment = context.moment(tx);
    let mut answers = Vec::new();
    for cabin in cabins::list(tx)?.into_iter().filter(|cabin| cabin.active) {
        let outcome = of_cabin(tx, &cabin, settings, stay, party, &moment, None)?;
        answers.push(CabinQuote { cabin, outcome });
    }
    answers.sort_by_key(|answer| match &answer.outcome {
        Ok(quote) => (false, quote.total.minor, answer.cabin.id),
        Err(_) => (true, 0, answer.cabin.id),
    });
    Ok(answers)
}

/// Answer of one cabin for a stay. `moving` is a reservation whose own nights are not in the way.
pub fn of_cabin(
    tx: &impl Read,
    cabin: &Cabin,
    settings: &Settings,
    stay: Stay,
    party: Party,
    moment: &Moment,
    moving: Option<ReservationId>,
) -> Result<Result<Quote, Refusal>, Error> {
    let seasons = cabins::seasons(tx, cabin.id, stay.check_in(), stay.check_out())?;
    let sale = Sale { cabin, seasons: &seasons, stay, party, rules: settings.pricing() };
    let judged =
        policy::check(cabin, &seasons, settings, stay, party, moment).and_then(|()| pricing::quote(&sale));
    let Ok(quote) = judged else { return Ok(judged) };
    let free = nights::are_free_but_for(tx, cabin.id, stay, moving.unwrap_or(ReservationId(0)))?;
    Ok(if free { Ok(quote) } else { Err(Refusal::NightsTaken) })
}

/// One of two cabins that together hold a party.
#[derive(Debug, Clone)]
pub struct Share {
    pub cabin: Cabin,
    pub party: Party,
    pub quote: Quote,
}

/// The two free cabins that together hold a party for the least, the larger one first.
pub fn two(
    tx: &impl Read,
    context: &AppContext,
    stay: Stay,
    party: Party,
) -> Result<Option<[Share; 2]>, Error> {
    let ((settings, _), moment) = (settings::load(tx)?, context.moment(tx));
    let answers = all(tx, context, stay, Party::of_adults(1))?;
    let free: Vec<Cabin> = answers.into_iter().filter(|a| a.outcome.is_ok()).map(|a| a.cabin).collect();
    let people = party.people();
    let mut best: Option<(i64, [Share; 2])> = None;
    for (n, first) in free.iter().enumerate() {
        for second in free.iter().skip(n + 1).filter(|second| first.capacity + second.capacity >= people) {
            let (large, small) =
                if first.capacity >= second.capacity { (first, second) } else { (second, first) };
            let (in_large, in_small) = party.split(large.capacity.min(people.saturating_sub(1)));
            let price = |cabin: &Cabin, party| -> Result<Option<Share>, Error> {
                let quote = of_cabin(tx, cabin, &settings, stay, party, &moment, None)?;
                Ok(quote.ok().map(|quote| Share { cabin: cabin.clone(), party, quote }))
            };
            let (Some(large), Some(small)) = (price(large, in_large)?, price(small, in_small)?) else {
                continue;
            };
            let Some(total) = large.quote.total.checked_add(small.quote.total) else { continue };
            if best.as_ref().is_none_or(|(least, _)| total.minor < *least) {
                best = Some((total.minor, [large, small]));
            }
        }
    }
    Ok(best.map(|(_, shares)| shares))
}

/// The nearest stays of the same length that some cabin can offer, nearest first, each cabin once.
pub fn nearby(
    tx: &impl Read,
    context: &AppContext,
    stay: Stay,
    party: Party,
) -> Result<Vec<Alternative>, Error> {
    let (settings, _) = settings::load(tx)?;
    let moment = context.moment(tx);
    let mut found: Vec<(i64, Alternative)> = Vec::new();
    let holds = |cabin: &Cabin| cabin.active && party.fits(cabin.capacity).is_ok();
    for cabin in cabins::list(tx)?.into_iter().filter(holds) {
        let window = Window::load(tx, &cabin, stay)?;
        let nearest = window.stays(stay).find_map(|(distance, stay)| {
            let quote = window.quote(&cabin, &settings, stay, party, &moment)?;
            Some((distance, Alternative { cabin: cabin.clone(), stay, quote }))
        });
        found.extend(nearest);
    }
    found.sort_by_key(|(distance, alternative)| {
        (*distance, alternative.quote.total.minor, alternative.cabin.id)
    });
    found.truncate(ALTERNATIVES_MAX);
    Ok(found.into_iter().map(|(_, alternative)| alternative).collect())
}

/// Data of one cabin around some dates, loaded once.
struct Window {
    seasons: Vec<Season>,
    taken: std::collections::BTreeSet<jiff::civil::Date>,
}

impl Window {
    fn load(tx: &impl Read, cabin: &Cabin, stay: Stay) -> Result<Window, Error> {
        let from = stay.check_in().saturating_sub(NEARBY_DAYS.days());
        let to = stay.check_out().saturating_add(NEARBY_DAYS.days());
        Ok(Window {
            seasons: cabins::seasons(tx, cabin.id, from, to)?,
            taken: nights::taken_days(tx, cabin.id, from, to)?.into_iter().collect(),
        })
    }

    /// Stays of the same length, nearest first: a day later, a day earlier, two days later, …
    fn stays(&self, stay: Stay) -> impl Iterator<Item = (i64, Stay)> {
        (1..=NEARBY_DAYS).flat_map(|days| [days, -days]).filter_map(move |shift| {
            let check_in = stay.check_in().checked_add(shift.days()).ok()?;
            let check_out = stay.check_out().checked_add(shift.days()).ok()?;
            Some((shift.abs(), Stay::new(check_in, check_out).ok()?))
        })
    }

    fn quote(
        &self,
        cabin: &Cabin,
        settings: &Settings,
        stay: Stay,
        party: Party,
        moment: &Moment,
    ) -> Option<Quote> {
        if stay.each_night().any(|night| self.taken.contains(&night)) {
            return None;
        }
        policy::check(cabin, &self.seasons, settings, stay, party, moment).ok()?;
        pricing::quote(&Sale { cabin, seasons: &self.seasons, stay, party, rules: settings.pricing() }).ok()
    }
}

/// An active cabin, or the refusal that it is not offered.
pub fn offered_cabin(tx: &impl Read, id: CabinId) -> Result<Cabin, Error> {
    let cabin = cabins::find(tx, id)?.filter(|cabin| cabin.active);
    cabin.ok_or(Error::Refused(Refusal::CabinUnavailable))
}
