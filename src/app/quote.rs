//! Availability and price, the same for chat, API and admin page.

use super::{AppContext, Error};
use crate::domain::cabin::{Cabin, Season};
use crate::domain::deposit::DepositRule;
use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::party::Party;
use crate::domain::policy::{self, Moment};
use crate::domain::pricing::{self, Inquiry, PriceRule, Quote, Sale};
use crate::domain::refusal::Refusal;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use crate::store::{Read, cabins, nights, price_rules, settings};
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

/// What every cabin's price is made from, loaded once.
#[derive(Debug, Clone)]
pub struct Tariff {
    pub settings: Settings,
    price_rules: Vec<PriceRule>,
    pub moment: Moment,
    /// The reservation that is priced anew: its nights and its promo code are its own.
    moving: ReservationId,
}

impl Tariff {
    pub fn load(tx: &impl Read, context: &AppContext) -> Result<Tariff, Error> {
        Tariff::load_for(tx, context, ReservationId(0))
    }

    /// For a reservation that is priced anew.
    pub fn load_for(tx: &impl Read, context: &AppContext, moving: ReservationId) -> Result<Tariff, Error> {
        let price_rules = price_rules::list_but_for(tx, moving)?;
        Ok(Tariff { settings: settings::load(tx)?.0, price_rules, moment: context.moment(tx), moving })
    }

    /// For a person of the house: a pause of bookings is no obstacle.
    pub fn for_owner(self) -> Tariff {
        Tariff { settings: self.settings.without_pause(), ..self }
    }

    /// The rules in force.
    pub fn rules(&self) -> impl Iterator<Item = &PriceRule> {
        self.price_rules.iter().filter(|rule| rule.active)
    }

    /// The price, when a stay may be sold; whether its nights are free is not asked.
    fn price(
        &self,
        cabin: &Cabin,
        seasons: &[Season],
        asked: &Inquiry,
        fills_hole: bool,
    ) -> Result<Quote, Refusal> {
        let (settings, moment) = (&self.settings, &self.moment);
        let gap = policy::check(cabin, seasons, settings, asked.stay, asked.party, moment, fills_hole)?;
        pricing::quote(&Sale {
            cabin,
            seasons,
            stay: asked.stay,
            party: asked.party,
            rules: settings.pricing(),
            price_rules: &self.price_rules,
            asked: &asked.terms,
            today: moment.today(),
            gap,
        })
    }
}

/// Answers of all active cabins for a stay: offers first, cheapest first, then refusals.
pub fn all(tx: &impl Read, context: &AppContext, asked: &Inquiry) -> Result<Vec<CabinQuote>, Error> {
    all_by(tx, &Tariff::load(tx, context)?, asked)
}

/// As [`all`], for the owner.
pub fn all_for_owner(
    tx: &impl Read,
    context: &AppContext,
    asked: &Inquiry,
) -> Result<Vec<CabinQuote>, Error> {
    all_by(tx, &Tariff::load(tx, context)?.for_owner(), asked)
}

fn all_by(tx: &impl Read, tariff: &Tariff, asked: &Inquiry) -> Result<Vec<CabinQuote>, Error> {
    let mut answers = Vec::new();
    for cabin in cabins::list(tx)?.into_iter().filter(|cabin| cabin.active) {
        let outcome = of_cabin(tx, &cabin, tariff, asked)?;
        answers.push(CabinQuote { cabin, outcome });
    }
    answers.sort_by_key(|answer| match &answer.outcome {
        Ok(quote) => (false, quote.total.minor, answer.cabin.id),
        Err(_) => (true, 0, answer.cabin.id),
    });
    Ok(answers)
}

/// Answer of one cabin for a stay.
pub fn of_cabin(
    tx: &impl Read,
    cabin: &Cabin,
    tariff: &Tariff,
    asked: &Inquiry,
) -> Result<Result<Quote, Refusal>, Error> {
    let (stay, moving) = (asked.stay, tariff.moving);
    let seasons = cabins::seasons(tx, cabin.id, stay.check_in(), stay.check_out())?;
    let fills_hole = seasons.iter().any(|season| season.gap.is_some())
        && nights::fills_hole(tx, cabin.id, stay, tariff.moment.today(), moving)?;
    let priced = tariff.price(cabin, &seasons, asked, fills_hole);
    let Ok(quote) = priced else { return Ok(priced) };
    let free = nights::are_free_but_for(tx, cabin.id, stay, moving)?;
    Ok(if free { Ok(quote) } else { Err(Refusal::NightsTaken) })
}

/// The deposit that a stay in a cabin asks for.
pub fn deposit_rule(
    tx: &impl Read,
    settings: &Settings,
    cabin: CabinId,
    stay: Stay,
) -> Result<DepositRule, Error> {
    let seasons = cabins::seasons(tx, cabin, stay.check_in(), stay.check_out())?;
    Ok(settings.pricing().deposit(&seasons, stay))
}

/// One of two cabins that together hold a party.
#[derive(Debug, Clone)]
pub struct Share {
    pub cabin: Cabin,
    pub party: Party,
    pub quote: Quote,
}

/// The two free cabins that together hold a party for the least, the larger one first.
pub fn two(tx: &impl Read, context: &AppContext, asked: &Inquiry) -> Result<Option<[Share; 2]>, Error> {
    let tariff = Tariff::load(tx, context)?;
    let one = Inquiry { party: Party::of_adults(1), ..asked.clone() };
    let answers = all_by(tx, &tariff, &one)?;
    let free: Vec<Cabin> = answers.into_iter().filter(|a| a.outcome.is_ok()).map(|a| a.cabin).collect();
    let (party, people) = (asked.party, asked.party.people());
    let mut best: Option<(i64, [Share; 2])> = None;
    for (n, first) in free.iter().enumerate() {
        for second in free.iter().skip(n + 1).filter(|second| first.capacity + second.capacity >= people) {
            let (large, small) =
                if first.capacity >= second.capacity { (first, second) } else { (second, first) };
            let (in_large, in_small) = party.split(large.capacity.min(people.saturating_sub(1)));
            let price = |cabin: &Cabin, party| -> Result<Option<Share>, Error> {
                let quote = of_cabin(tx, cabin, &tariff, &Inquiry { party, ..asked.clone() })?;
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
pub fn nearby(tx: &impl Read, context: &AppContext, asked: &Inquiry) -> Result<Vec<Alternative>, Error> {
    let tariff = Tariff::load(tx, context)?;
    let mut found: Vec<(i64, Alternative)> = Vec::new();
    let holds =
        |cabin: &Cabin| cabin.active && asked.party.fits(policy::room(cabin, &tariff.settings)).is_ok();
    for cabin in cabins::list(tx)?.into_iter().filter(holds) {
        let window = Window::load(tx, &cabin, asked.stay)?;
        let nearest = window.stays(asked.stay).find_map(|(distance, stay)| {
            let quote = window.quote(&cabin, &tariff, &Inquiry { stay, ..asked.clone() })?;
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
        let from = stay.check_in().saturating_sub((NEARBY_DAYS + 1).days());
        let to = stay.check_out().saturating_add((NEARBY_DAYS + 1).days());
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

    fn quote(&self, cabin: &Cabin, tariff: &Tariff, asked: &Inquiry) -> Option<Quote> {
        let (first, last) = (asked.stay.check_in(), asked.stay.check_out());
        if asked.stay.each_night().any(|night| self.taken.contains(&night)) {
            return None;
        }
        let before = first <= tariff.moment.today()
            || first.yesterday().is_ok_and(|night| self.taken.contains(&night));
        tariff.price(cabin, &self.seasons, asked, before && self.taken.contains(&last)).ok()
    }
}

/// An active cabin, or the refusal that it is not offered.
pub fn offered_cabin(tx: &impl Read, id: CabinId) -> Result<Cabin, Error> {
    let cabin = cabins::find(tx, id)?.filter(|cabin| cabin.active);
    cabin.ok_or(Error::Refused(Refusal::CabinUnavailable))
}
