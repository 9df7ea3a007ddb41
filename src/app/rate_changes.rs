//! Changing many prices at once, and taking it back: by a percentage or an amount, over cabins and dates; and the
//! seasons of one year once more in another.

use super::manage::{self, ManageError};
use super::manage_error::invalid;
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::cabin::{Cabin, Season};
use crate::domain::ids::{CabinId, RateChangeId, SeasonId};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::money::AMOUNT_MINOR_MAX;
use crate::domain::rates::{self, BaseEdit, PriceChange, RateChange, RateEdits};
use crate::store::{Read, WriteTx, audit, cabins, rate_changes};
use jiff::ToSpan;
use jiff::civil::Date;

/// The longest span that is changed at once: three years, beyond which nothing is sold.
const SPAN_DAYS_MAX: i32 = 1096;
/// The name of a season that a change of prices adds.
const SEASON_NAME: &str = "Precio especial";

/// Which prices change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Every cabin when empty.
    pub cabins: Vec<CabinId>,
    /// First day and the day after the last; `None` for every season that is not past, and the base prices.
    pub span: Option<(Date, Date)>,
}

/// What a change comes to; nothing is changed.
pub fn plan(
    tx: &impl Read,
    scope: &Scope,
    change: PriceChange,
    today: Date,
) -> Result<RateEdits, ManageError> {
    let mut edits = RateEdits::default();
    for cabin in chosen(tx, scope)? {
        let seasons = cabins::all_seasons(tx, cabin.id)?;
        match scope.span {
            Some((from, to)) => {
                let made = rates::change(&cabin, &seasons, from, to, RateChange::Adjust(change), SEASON_NAME);
                edits.take(made.ok_or_else(no_price)?);
            }
            None => {
                let after = change.of(cabin.base_price).ok_or_else(no_price)?;
                edits.bases.push(BaseEdit { cabin: cabin.id, before: cabin.base_price, after });
                for season in seasons.into_iter().filter(|season| season.to > today) {
                    let price = change.of(season.price).ok_or_else(no_price)?;
                    edits.changed.push((season.clone(), Season { price, ..season }));
                }
            }
        }
    }
    check(&edits)?;
    Ok(edits)
}

/// The seasons that begin in a span, once more `years` later at changed prices; nothing is changed. Those that are
/// there already, from the same day to the same day, are left out.
pub fn plan_copy(
    tx: &impl Read,
    scope: &Scope,
    years: i16,
    change: PriceChange,
) -> Result<RateEdits, ManageError> {
    let mut edits = RateEdits::default();
    let (from, to) = scope.span.unwrap_or((Date::MIN, Date::MAX));
    for cabin in chosen(tx, scope)? {
        let seasons = cabins::all_seasons(tx, cabin.id)?;
        let later = |day: Date| day.saturating_add(i64::from(years).years());
        for season in seasons.iter().filter(|season| from <= season.from && season.from < to) {
            let (first, end) = (later(season.from), later(season.to));
            if seasons.iter().any(|known| (known.from, known.to) == (first, end)) || end <= first {
                continue;
            }
            let price = change.of(season.price).ok_or_else(no_price)?;
            edits.added.push(Season { id: SeasonId(0), from: first, to: end, price, ..season.clone() });
        }
    }
    check(&edits)?;
    Ok(edits)
}

/// Makes the planned changes. What was sold keeps its price.
pub fn apply(tx: &mut WriteTx<'_>, mut edits: RateEdits, actor: &Actor) -> Result<RateChangeId, ManageError> {
    for base in &edits.bases {
        cabins::set_base_price(tx, base.cabin, base.after)?;
    }
    for (_, after) in &edits.changed {
        cabins::update_season(tx, after)?;
    }
    for season in &mut edits.added {
        season.id = cabins::insert_season(tx, season)?;
    }
    let id = rate_changes::insert(tx, actor, &edits)?;
    note(tx, actor, AuditEvent::RatesChanged, id)?;
    Ok(id)
}

/// Makes the planned changes unless they are only looked at; with their id, and what they came to.
pub fn make(
    tx: &mut WriteTx<'_>,
    edits: RateEdits,
    preview: bool,
    actor: &Actor,
) -> Result<(Option<RateChangeId>, RateEdits), ManageError> {
    if preview {
        return Ok((None, edits));
    }
    let id = apply(tx, edits, actor)?;
    let made = rate_changes::find(tx, id)?.ok_or(ManageError::NotFound("change of rates"))?;
    Ok((Some(id), made.edits))
}

/// Puts every price back as it was. Refused when one of them was changed since.
pub fn undo(tx: &mut WriteTx<'_>, id: RateChangeId, actor: &Actor) -> Result<RateEdits, ManageError> {
    let made = rate_changes::find(tx, id)?.ok_or(ManageError::NotFound("change of rates"))?;
    if made.undone_at.is_some() {
        return Ok(made.edits);
    }
    let edits = made.edits;
    for base in &edits.bases {
        let now = cabins::find(tx, base.cabin)?;
        if now.is_none_or(|cabin| cabin.base_price != base.after) {
            return Err(ManageError::Stale);
        }
        cabins::set_base_price(tx, base.cabin, base.before)?;
    }
    for after in edits.changed.iter().map(|(_, after)| after).chain(&edits.added) {
        if cabins::find_season(tx, after.id)?.as_ref() != Some(after) {
            return Err(ManageError::Stale);
        }
    }
    for (before, _) in &edits.changed {
        cabins::update_season(tx, before)?;
    }
    for season in &edits.added {
        cabins::delete_season(tx, season.cabin_id, season.id)?;
    }
    rate_changes::set_undone(tx, id)?;
    note(tx, actor, AuditEvent::RatesRestored, id)?;
    Ok(edits)
}

fn chosen(tx: &impl Read, scope: &Scope) -> Result<Vec<Cabin>, ManageError> {
    if let Some((from, to)) = scope.span {
        if to <= from {
            return Err(invalid(Field::To, Invalid::NotAfter(Field::From)));
        }
        if (to - from).get_days() > SPAN_DAYS_MAX {
            let high = SPAN_DAYS_MAX.unsigned_abs().into();
            return Err(invalid(Field::To, Invalid::AtMost { high, unit: Unit::Nights }));
        }
    }
    let all = cabins::list(tx)?;
    if scope.cabins.iter().any(|id| !all.iter().any(|cabin| cabin.id == *id)) {
        return Err(invalid(Field::CabinIds, Invalid::UnknownCabin));
    }
    let wanted = |cabin: &Cabin| scope.cabins.is_empty() || scope.cabins.contains(&cabin.id);
    Ok(all.into_iter().filter(wanted).collect())
}

fn check(edits: &RateEdits) -> Result<(), ManageError> {
    let seasons = edits.changed.iter().map(|(_, after)| after).chain(&edits.added);
    let prices = edits.bases.iter().map(|base| base.after).chain(seasons.map(|season| season.price));
    prices.into_iter().try_for_each(manage::is_price)
}

fn no_price() -> ManageError {
    let bounds = Invalid::Between { low: 100, high: AMOUNT_MINOR_MAX.unsigned_abs(), unit: Unit::Plain };
    invalid(Field::PriceCents, bounds)
}

fn note(tx: &mut WriteTx<'_>, actor: &Actor, event: AuditEvent, id: RateChangeId) -> Result<(), ManageError> {
    audit::note(tx, actor, event, None, About::RateChange { rate_change: id })?;
    Ok(())
}
