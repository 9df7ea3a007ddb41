//! The owner's changes of the house by WhatsApp: prices and minimum nights, a pause of bookings, answers.

use super::common::{failed, names};
use crate::app::manage::{self, ManageError};
use crate::app::{AppContext, Error};
use crate::dialogue::owner::{Change, OwnerSay};
use crate::domain::audit::Actor;
use crate::domain::cabin::Season;
use crate::domain::ids::{CabinId, SeasonId};
use crate::domain::rates::{self, RateChange};
use crate::domain::refusal::Refusal;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use crate::store::{Read, WriteTx, cabins, settings};
use crate::understanding::Topic;
use jiff::civil::Date;

/// The name of a season that the owner made by a message.
const SEASON_NAME: &str = "Precio especial";

pub(super) fn ask_rates(
    tx: &impl Read,
    context: &AppContext,
    of: Vec<CabinId>,
    stay: Stay,
    rate: RateChange,
) -> Result<OwnerSay, Error> {
    if let RateChange::Price(price) = rate
        && (price.currency != context.currency || manage::is_price(price).is_err())
    {
        return Ok(OwnerSay::BadPrice);
    }
    let change = Change::Rates { cabins: of.clone(), stay, rate };
    Ok(OwnerSay::AskRates { cabins: names(tx, &of)?, stay, rate, change })
}

pub(super) fn change_rates(
    tx: &mut WriteTx<'_>,
    of: &[CabinId],
    stay: Stay,
    rate: RateChange,
) -> Result<(OwnerSay, Option<Change>), Error> {
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for id in of {
        let Some(cabin) = cabins::find(tx, *id)? else { continue };
        let seasons = cabins::seasons(tx, *id, stay.check_in(), stay.check_out())?;
        let (from, to) = (stay.check_in(), stay.check_out());
        let edits = rates::change(&cabin, &seasons, from, to, rate, SEASON_NAME);
        for edit in edits.ok_or(Refusal::PriceOverflow)? {
            match edit.before {
                Some(before) => {
                    manage::change_season(tx, &edit.after, &Actor::Owner).map_err(failed)?;
                    changed.push(before);
                }
                None => {
                    added.push((*id, manage::add_season(tx, &edit.after, &Actor::Owner).map_err(failed)?));
                }
            }
        }
    }
    let say = OwnerSay::RatesChanged { cabins: names(tx, of)?, stay, rate };
    Ok((say, Some(Change::RestoreRates { added, changed })))
}

/// Puts seasons back as they were; one that was removed meanwhile stays removed.
pub(super) fn restore_rates(
    tx: &mut WriteTx<'_>,
    added: &[(CabinId, SeasonId)],
    changed: &[Season],
) -> Result<OwnerSay, Error> {
    let gone = |done: Result<(), ManageError>| match done {
        Ok(()) | Err(ManageError::NotFound(_)) => Ok(()),
        Err(other) => Err(failed(other)),
    };
    for (cabin, season) in added {
        gone(manage::remove_season(tx, *cabin, *season, &Actor::Owner))?;
    }
    for season in changed {
        gone(manage::change_season(tx, season, &Actor::Owner))?;
    }
    Ok(OwnerSay::RatesRestored)
}

pub(super) fn ask_pause(until: Option<Date>) -> OwnerSay {
    OwnerSay::AskPause { until, change: Change::Pause { until } }
}

pub(super) fn pause(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    until: Option<Date>,
) -> Result<(OwnerSay, Option<Change>), Error> {
    let until = until.unwrap_or(Date::MAX);
    let before = set_pause(tx, context, Some(until))?;
    let undo = before.map_or(Change::Resume, |until| Change::Pause { until: Some(until) });
    Ok((OwnerSay::Paused { until: Some(until) }, Some(undo)))
}

pub(super) fn resume(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
) -> Result<(OwnerSay, Option<Change>), Error> {
    let before = set_pause(tx, context, None)?;
    Ok((OwnerSay::Resumed, before.map(|until| Change::Pause { until: Some(until) })))
}

/// Sets the day until which no bookings are taken; returns the one before.
fn set_pause(tx: &mut WriteTx<'_>, context: &AppContext, until: Option<Date>) -> Result<Option<Date>, Error> {
    let mut before = None;
    change_settings(tx, context, |settings| before = std::mem::replace(&mut settings.paused_until, until))?;
    Ok(before)
}

pub(super) fn ask_teach(tx: &impl Read, topic: Topic, words: String) -> Result<OwnerSay, Error> {
    let (settings, _) = settings::load(tx)?;
    let before = settings.answers.get(topic.code()).cloned().unwrap_or_default();
    let change = Change::Teach { topic: topic.code().to_owned(), words: words.clone() };
    Ok(OwnerSay::AskTeach { topic, words, before, change })
}

pub(super) fn teach(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    topic: &str,
    words: &str,
) -> Result<(OwnerSay, Option<Change>), Error> {
    let Some(topic) = Topic::ALL.iter().copied().find(|known| known.code() == topic) else {
        return Ok((OwnerSay::CannotTeach, None));
    };
    let mut before = String::new();
    let taught = change_settings(tx, context, |settings| {
        let answer = settings.answers.entry(topic.code().to_owned()).or_default();
        before = std::mem::replace(answer, words.to_owned());
    });
    match taught {
        Ok(()) if words.is_empty() => Ok((OwnerSay::Forgotten { topic }, None)),
        Ok(()) => {
            let undo = Change::Teach { topic: topic.code().to_owned(), words: before };
            Ok((OwnerSay::Taught { topic }, Some(undo)))
        }
        Err(Error::Stale) => Ok((OwnerSay::CannotTeach, None)),
        Err(other) => Err(other),
    }
}

/// [`Error::Stale`] when the settings would not be valid.
fn change_settings(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    change: impl FnOnce(&mut Settings),
) -> Result<(), Error> {
    let changed = manage::change_settings(
        tx,
        context,
        None,
        |settings| {
            change(settings);
            Ok(())
        },
        &Actor::Owner,
    );
    changed.map(drop).map_err(failed)
}
