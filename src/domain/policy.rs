//! Terms of sale: whether a stay may be sold at all, before asking whether its nights are free.

use super::cabin::{Cabin, Season};
use super::deposit::GapPrice;
use super::party::{Party, Room};
use super::refusal::Refusal;
use super::settings::Settings;
use super::stay::Stay;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The day and instant at which a request is judged, in the property's time zone.
#[derive(Debug, Clone)]
pub struct Moment {
    pub now: Timestamp,
    /// The property's time zone.
    pub zone: TimeZone,
}

impl Moment {
    /// The civil date at the property.
    pub fn today(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }
}

/// Checks a stay against cabin, season and property. Answers the first broken rule, in the order in which a person
/// would say it: dates, people, then terms of sale. A stay that fills a hole may be shorter than the fewest nights,
/// where its season says so; then the answer is its price.
pub fn check(
    cabin: &Cabin,
    seasons: &[Season],
    settings: &Settings,
    stay: Stay,
    party: Party,
    moment: &Moment,
    fills_hole: bool,
) -> Result<Option<GapPrice>, Refusal> {
    if !cabin.active {
        return Err(Refusal::CabinUnavailable);
    }
    let today = moment.today();
    if stay.check_in() < today {
        return Err(Refusal::PastDate);
    }
    if let Some(until) = settings.pause(today) {
        return Err(Refusal::Paused { until: Some(until).filter(|day| *day < Date::MAX) });
    }
    party.fits(room(cabin, settings))?;
    let season = Season::of_night(seasons, stay.check_in());
    let min = season.and_then(|season| season.min_nights).or(cabin.min_nights).unwrap_or(settings.min_nights);
    let is_short = stay.nights() < min;
    let gap = season.and_then(|season| season.gap).filter(|_| is_short && fills_hole);
    if is_short && gap.is_none() {
        return Err(Refusal::MinNights { min });
    }
    if stay.nights() > settings.max_nights {
        return Err(Refusal::TooLong { max: settings.max_nights });
    }
    if let Some(season) = season.filter(|_| gap.is_none()) {
        check_days(season, stay)?;
    }
    check_reach(settings, stay, moment, today)?;
    Ok(gap)
}

/// How many a cabin takes.
pub fn room(cabin: &Cabin, settings: &Settings) -> Room {
    Room {
        capacity: cabin.capacity,
        babies_max: cabin.babies_max,
        baby_age_under: settings.baby_age_under,
        pets_max: cabin.pets_max,
    }
}

fn check_days(season: &Season, stay: Stay) -> Result<(), Refusal> {
    let (arrival, departure) = (season.arrival_days, season.departure_days);
    if !arrival.is_empty() && !arrival.contains(stay.check_in()) {
        return Err(Refusal::ArrivalDay { allowed: arrival.into() });
    }
    if !departure.is_empty() && !departure.contains(stay.check_out()) {
        return Err(Refusal::DepartureDay { allowed: departure.into() });
    }
    Ok(())
}

fn check_reach(settings: &Settings, stay: Stay, moment: &Moment, today: Date) -> Result<(), Refusal> {
    let earliest = earliest_arrival(settings, moment);
    if stay.check_in() < earliest {
        return Err(Refusal::LeadTime { earliest });
    }
    let latest = today.saturating_add(i64::from(settings.horizon_days).days());
    if stay.check_out() > latest {
        return Err(Refusal::TooFarAhead { latest });
    }
    Ok(())
}

/// The first day whose check-in time is later than the lead time.
fn earliest_arrival(settings: &Settings, moment: &Moment) -> Date {
    let today = moment.today();
    if settings.lead_time_hours == 0 {
        return today;
    }
    let ready =
        moment.zone.to_datetime(moment.now).saturating_add(i64::from(settings.lead_time_hours).hours());
    if ready.time() <= settings.check_in_time { ready.date() } else { ready.date().saturating_add(1.day()) }
}
