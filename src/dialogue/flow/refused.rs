//! No offer: the reason, and what would work.

use super::super::question::Alternative;
use super::super::say::StaySay;
use super::super::state::Asked;
use super::super::turn::Step;
use super::super::work::Work;
use super::remembered::{choice, remember};
use crate::domain::ids::CabinId;
use crate::domain::message::{BUTTONS_MAX, ROWS_MAX};
use crate::domain::party::Party;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use crate::domain::week::Weekdays;
use jiff::ToSpan;
use jiff::civil::Date;

/// Says why nothing can be offered, with near alternatives.
pub(super) fn nothing(
    mut work: Work,
    stay: Stay,
    party: Party,
    refusals: &[(CabinId, Refusal)],
    alternatives: Vec<Alternative>,
) -> Step {
    if let Some(refusal) = rule_against(refusals) {
        return ruled_out(work, refusal.clone(), stay);
    }
    // One row is kept for the waiting list.
    let near: Vec<Alternative> = alternatives.into_iter().take(ROWS_MAX - 1).collect();
    let options = near.iter().map(|near| choice(&work, near.stay, &near.offer, party)).collect();
    remember(&mut work, party, options);
    let asked = if near.is_empty() { Asked::Dates } else { Asked::WhichCabin };
    work.ask(asked, StaySay::Alternatives { stay, party, near });
    work.done()
}

/// Says the rule that a stay breaks, with stays that keep it.
pub(super) fn ruled_out(mut work: Work, refusal: Refusal, stay: Stay) -> Step {
    let instead = instead(&refusal, stay, work.today());
    let asked = if instead.is_empty() { Asked::Dates } else { Asked::WhichStay { stays: instead.clone() } };
    work.ask(asked, StaySay::RuledOut { refusal, stay, instead });
    work.done()
}

/// The rule of sale that the stay breaks; `None` when there is only no room. Of several cabins the mildest rule is
/// told.
pub(super) fn rule_against(refusals: &[(CabinId, Refusal)]) -> Option<&Refusal> {
    let rules = refusals.iter().map(|(_, refusal)| refusal).filter(|refusal| weight(refusal).is_some());
    rules.min_by_key(|refusal| weight(refusal))
}

/// The severity of a broken rule; `None` for a refusal that is not a rule of sale.
fn weight(refusal: &Refusal) -> Option<(u8, u16)> {
    match refusal {
        Refusal::BadDates => Some((0, 0)),
        Refusal::PastDate => Some((1, 0)),
        Refusal::NoGuests => Some((2, 0)),
        Refusal::MinNights { min } => Some((3, *min)),
        Refusal::TooLong { max } => Some((4, u16::MAX - *max)),
        Refusal::ArrivalDay { .. } | Refusal::DepartureDay { .. } => Some((5, 0)),
        Refusal::LeadTime { .. } => Some((6, 0)),
        Refusal::TooFarAhead { .. } => Some((7, 0)),
        Refusal::PriceOverflow => Some((8, 0)),
        Refusal::Paused { .. } => Some((9, 0)),
        Refusal::TooManyPets { max } => Some((10, u16::MAX - *max)),
        Refusal::PromoCodeConditions => Some((11, 0)),
        Refusal::PromoCodeUsedUp => Some((12, 0)),
        Refusal::PromoCodeUnknown => Some((13, 0)),
        Refusal::OverCapacity { .. }
        | Refusal::NightsTaken
        | Refusal::CabinUnavailable
        | Refusal::NotNow { .. }
        | Refusal::HoldExpired
        | Refusal::TooManyHolds { .. }
        | Refusal::TooManyWebHolds
        | Refusal::NothingToRefund => None,
    }
}

/// Stays near the requested one that keep the rule, best first, as many as there are buttons.
fn instead(refusal: &Refusal, stay: Stay, today: Date) -> Vec<Stay> {
    let arrival = stay.check_in();
    let nights = stay.nights();
    let candidates = match refusal {
        Refusal::MinNights { min } => {
            let earlier = stay.check_out().checked_sub(i64::from(*min).days()).ok();
            vec![from(Some(arrival), *min), from(earlier, *min)]
        }
        Refusal::TooLong { max } => vec![from(Some(arrival), *max)],
        Refusal::ArrivalDay { allowed } => {
            let days = Weekdays::try_from(allowed.clone()).unwrap_or_default();
            let near = |step: i64| {
                (1..=7)
                    .filter_map(|n: i64| arrival.checked_add((step * n).days()).ok())
                    .find(|day| days.contains(*day))
            };
            vec![from(near(1), nights), from(near(-1), nights)]
        }
        Refusal::LeadTime { earliest } => vec![from(Some(*earliest), nights)],
        Refusal::PastDate => {
            let again =
                (1..=5).filter_map(|n: i64| arrival.checked_add(n.years()).ok()).find(|day| *day >= today);
            vec![from(again, nights)]
        }
        Refusal::BadDates
        | Refusal::NoGuests
        | Refusal::DepartureDay { .. }
        | Refusal::TooManyPets { .. }
        | Refusal::PromoCodeUnknown
        | Refusal::PromoCodeUsedUp
        | Refusal::PromoCodeConditions
        | Refusal::TooFarAhead { .. }
        | Refusal::PriceOverflow
        | Refusal::Paused { .. }
        | Refusal::OverCapacity { .. }
        | Refusal::NightsTaken
        | Refusal::CabinUnavailable
        | Refusal::NotNow { .. }
        | Refusal::HoldExpired
        | Refusal::TooManyHolds { .. }
        | Refusal::TooManyWebHolds
        | Refusal::NothingToRefund => Vec::new(),
    };
    let mut stays: Vec<Stay> =
        candidates.into_iter().flatten().filter(|stay| stay.check_in() >= today).collect();
    stays.dedup();
    stays.truncate(BUTTONS_MAX);
    stays
}

fn from(arrival: Option<Date>, nights: u16) -> Option<Stay> {
    let arrival = arrival?;
    Stay::new(arrival, arrival.checked_add(i64::from(nights).days()).ok()?).ok()
}
