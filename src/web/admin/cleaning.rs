//! The day's page for cleaners: cabins to prepare, departures and arrivals. First names only, no amounts, no
//! links to pages that are closed to them.

use super::page::{Frame, Seat, Tab};
use super::words;
use crate::app::AppContext;
use crate::domain::channel::Channel;
use crate::domain::guest::first_name;
use crate::domain::ids::{CabinId, FeedId, ReservationId};
use crate::domain::policy::Moment;
use crate::domain::reservation::Status;
use crate::store::chart::{self, Bar, HeldNight};
use crate::store::nights::Holder;
use crate::store::{Read, StoreError, cabins, settings};
use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Days after today whose arrivals and departures are listed.
const AHEAD_DAYS: usize = 7;

#[derive(Template)]
#[template(path = "cleaning.html", config = "assets/askama.toml")]
pub(super) struct Cleaning {
    frame: Frame,
    date: String,
    /// Hours of check-out and check-in.
    hours: (String, String),
    today: Vec<Change>,
    ahead: Vec<(String, Vec<Change>)>,
}

/// Changes of a cabin between one night and the next.
struct Change {
    cabin: String,
    leaves: Option<Party>,
    comes: Option<Party>,
}

/// A party that leaves or arrives.
struct Party {
    /// First name, or the site that sold the stay.
    name: String,
    /// "2 personas"; `None` where a site does not say.
    people: Option<String>,
    left: bool,
}

impl Cleaning {
    pub(super) fn load(tx: &impl Read, context: &AppContext, seat: &Seat) -> Result<Cleaning, StoreError> {
        let moment = context.moment(tx);
        let (today, hour) = (moment.today(), |time| words::format(&moment).hour(time));
        let (settings, _) = settings::load(tx)?;
        let occupied = Occupied::load(tx, today)?;
        let cabins = cabins::list(tx)?;
        let changes = |day: Date| -> Vec<Change> {
            let each = cabins.iter().map(|cabin| Change {
                cabin: cabin.name.clone(),
                leaves: occupied.leaving(cabin.id, day, &moment),
                comes: occupied.coming(cabin.id, day, &moment),
            });
            each.filter(|change| change.leaves.is_some() || change.comes.is_some()).collect()
        };
        let ahead = today.series(1.day()).skip(1).take(AHEAD_DAYS);
        let ahead = ahead.map(|day| (words::day(day, today), changes(day)));
        Ok(Cleaning {
            frame: Frame::load(tx, seat, Tab::Today, "Hoy")?,
            date: words::day(today, today),
            hours: (hour(settings.check_out_time), hour(settings.check_in_time)),
            today: changes(today),
            ahead: ahead.filter(|(_, changes)| !changes.is_empty()).collect(),
        })
    }

    /// Cabins with a departure today.
    fn leaving(&self) -> Vec<&Change> {
        self.today.iter().filter(|change| change.leaves.is_some()).collect()
    }

    /// Cabins with an arrival today.
    fn coming(&self) -> Vec<&Change> {
        self.today.iter().filter(|change| change.comes.is_some()).collect()
    }
}

/// Holder of each night, from yesterday to the last listed day.
struct Occupied {
    nights: BTreeMap<(CabinId, Date), HeldNight>,
    stays: BTreeMap<ReservationId, Bar>,
    channels: BTreeMap<FeedId, Channel>,
}

impl Occupied {
    fn load(tx: &impl Read, today: Date) -> Result<Occupied, StoreError> {
        let from = today.saturating_sub(1.day());
        let to = today.series(1.day()).nth(AHEAD_DAYS + 1).unwrap_or(Date::MAX);
        let nights = chart::nights(tx, from, to)?.into_iter();
        Ok(Occupied {
            nights: nights.map(|night| ((night.cabin_id, night.day), night)).collect(),
            stays: chart::stays(tx, from, to)?.into_iter().map(|bar| (bar.id, bar)).collect(),
            channels: chart::channels(tx)?.into_iter().collect(),
        })
    }

    /// The departure on this day: its holder has the last night and not this one.
    fn leaving(&self, cabin: CabinId, day: Date, moment: &Moment) -> Option<Party> {
        self.change(cabin, day.saturating_sub(1.day()), day, moment)
    }

    /// The arrival on this day: its holder has this night and not the last one.
    fn coming(&self, cabin: CabinId, day: Date, moment: &Moment) -> Option<Party> {
        self.change(cabin, day, day.saturating_sub(1.day()), moment)
    }

    /// The holder of the night `with` but not of `without`.
    fn change(&self, cabin: CabinId, with: Date, without: Date, moment: &Moment) -> Option<Party> {
        let night = self.nights.get(&(cabin, with))?;
        let other = self.nights.get(&(cabin, without));
        if other.is_some_and(|other| other.holder == night.holder && other.event == night.event) {
            return None;
        }
        match night.holder {
            // Guests who still owe the deposit do not arrive yet.
            Holder::Reservation(id) => {
                self.stays.get(&id).filter(|bar| bar.status != Status::PreReserved).map(|bar| Party {
                    name: first_name(&bar.guest).unwrap_or_else(|| "Sin nombre".to_owned()),
                    people: Some(words::format(moment).party(bar.party)),
                    left: bar.status == Status::CheckedOut,
                })
            }
            Holder::Feed(id) => self.channels.get(&id).map(|channel| Party {
                name: channel.label(),
                people: None,
                left: false,
            }),
            Holder::Block(_) => None,
        }
    }
}
