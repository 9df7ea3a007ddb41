//! Checks of the database: integrity, accounts, and what waits or is late.

use super::check::{Check, fail, fine, ok, warn};
use super::vendors;
use crate::app::holidays;
use crate::app::hook_signatures::REFUSED_MIN;
use crate::boot;
use crate::config::Config;
use crate::store::unknown::{self, Unknown};
use crate::store::{
    self, ReadTx, Store, StoreError, attention, feeds, operations, outbox, provider_outages,
    refused_signatures, users,
};
use crate::web::health::CALENDAR_OLD;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Months for which holidays should be known: guests ask for long weekends that far ahead; bridges are
/// decreed in the last months of the year before.
const HOLIDAYS_AHEAD_MONTHS: i32 = 6;
/// Age at which a waiting message needs attention.
const WAITING_LONG: SignedDuration = SignedDuration::from_mins(10);
/// Open attention items above which nobody seems to look.
const ATTENTION_MANY: usize = 20;

/// The database's checks, and the time of the first use; empty for a database that could not be opened.
pub(super) fn all(config: &Config, store: Option<&Store>, now: Timestamp) -> (Vec<Check>, Option<Timestamp>) {
    let Some(store) = store else {
        let fresh = matches!(store::schema_of(&config.storage.data_dir), Ok(None));
        let checks =
            if fresh { vec![fine("database", "is made at the first start"), nobody()] } else { Vec::new() };
        return (checks, None);
    };
    let asked = store.read_blocking(|tx| {
        Ok::<_, StoreError>((
            vec![
                sound(tx),
                accounts(tx)?,
                calendars(tx, now)?,
                holidays(tx, config, now)?,
                queue(tx, now)?,
                providers(tx)?,
                attention_items(tx)?,
                versions(tx)?,
            ],
            operations::first_use(tx)?,
            backups(tx, config, now)?,
        ))
    });
    match asked {
        Ok((mut checks, since, backups)) => {
            checks.extend(backups);
            (checks, since)
        }
        Err(error) => (vec![fail("database", error.to_string())], None),
    }
}

/// The database, if it exists with this version's schema: the check must not change it.
pub(super) fn open(config: &Config) -> Result<Option<Store>, Check> {
    let folder = &config.storage.data_dir;
    match store::schema_of(folder) {
        Ok(None) => return Ok(None),
        Ok(Some((found, known))) if found < known => {
            return Err(warn(
                "database",
                format!("has schema {found} and is upgraded to {known} at the next start, after a copy"),
            ));
        }
        // Opening it gives the better error.
        Ok(Some(_)) | Err(_) => {}
    }
    boot::open_store(folder).map(Some).map_err(|error| fail("database", error.to_string()))
}

fn sound(tx: &ReadTx<'_>) -> Check {
    match store::is_sound(tx) {
        Ok(true) => ok("database"),
        Ok(false) => fail("database", "the file is damaged: stop the service and restore the newest copy"),
        Err(error) => fail("database", error.to_string()),
    }
}

fn nobody() -> Check {
    warn("accounts", "nobody can enter yet: casero user add --email YOU --password-stdin")
}

fn accounts(tx: &ReadTx<'_>) -> Result<Check, StoreError> {
    Ok(if users::list(tx)?.is_empty() { nobody() } else { ok("accounts") })
}

/// Our feeds, the late ones by cabin and channel.
fn calendars(tx: &ReadTx<'_>, now: Timestamp) -> Result<Check, StoreError> {
    let read: Vec<_> = feeds::list(tx)?.into_iter().filter(|feed| !feed.url.is_empty()).collect();
    let mut old = Vec::new();
    for feed in &read {
        let age = now.duration_since(feed.last_read());
        if age > CALENDAR_OLD {
            let cabin = store::cabins::name(tx, feed.cabin_id)?.unwrap_or_default();
            old.push(format!("{} of {cabin} ({} min)", feed.channel, age.as_mins()));
        }
    }
    Ok(match (read.len(), old.len()) {
        (0, _) => fine("calendars", "none is read"),
        (_, 0) => fine("calendars", format!("{} read", read.len())),
        _ => warn(
            "calendars",
            format!(
                "not read for too long: {}; correct their addresses on the page Calendarios",
                old.join(", ")
            ),
        ),
    })
}

/// The list of holidays: whether it is readable, and until when it names bridges and moved days.
fn holidays(tx: &ReadTx<'_>, config: &Config, now: Timestamp) -> Result<Check, StoreError> {
    let (settings, _) = store::settings::load(tx)?;
    let text = holidays::text(&settings.holidays);
    if let Err(line) = holidays::check(text) {
        let why = format!(
            "line {line} of the days off can't be read, so that ours are used: correct it on the page Ajustes"
        );
        return Ok(fail("holidays", why));
    }
    let today = config.property.timezone.to_datetime(now).date();
    let year = holidays::listed_until(text);
    let ends = year.and_then(|year| Date::new(year, 12, 31).ok());
    Ok(if ends.is_none_or(|ends| ends < today.saturating_add(HOLIDAYS_AHEAD_MONTHS.months())) {
        let listed = year.map_or_else(|| "none".to_owned(), |year| format!("none after {year}"));
        warn(
            "holidays",
            format!(
                "of bridges, moved days and recesses {listed} is listed: add them on the page Ajustes, Feriados"
            ),
        )
    } else {
        ok("holidays")
    })
}

fn queue(tx: &ReadTx<'_>, now: Timestamp) -> Result<Check, StoreError> {
    let (pending, oldest) = (outbox::pending(tx)?, operations::oldest_waiting(tx)?);
    let age = oldest.map(|at| now.duration_since(at)).unwrap_or_default();
    Ok(if age > WAITING_LONG {
        warn(
            "queue",
            format!(
                "{pending} messages wait, the oldest for {} min: check the network and WhatsApp's status page",
                age.as_mins()
            ),
        )
    } else {
        fine("queue", format!("{pending} messages wait"))
    })
}

/// Whether a provider has a recorded outage; the present state is checked with the vendors.
fn providers(tx: &ReadTx<'_>) -> Result<Check, StoreError> {
    let told = provider_outages::list(tx)?.into_iter().map(|outage| {
        let remedy = outage.cause.known().map_or("upgrade casero to know what to do", vendors::remedy);
        format!("{} since {} ({}): {remedy}", outage.provider, outage.since, outage.code)
    });
    let refused = refused_signatures::list(tx)?.into_iter().filter(|known| known.refused >= REFUSED_MIN);
    let refused = refused.map(|known| {
        format!(
            "{} notifications of {} were refused for their signature since {}: enter the vendor's own secret, and let no proxy change headers",
            known.refused, known.provider, known.first_refused_at
        )
    });
    let told = told.chain(refused).collect::<Vec<_>>().join("; ");
    Ok(if told.is_empty() { ok("providers") } else { fail("providers", told) })
}

fn attention_items(tx: &ReadTx<'_>) -> Result<Check, StoreError> {
    let open = attention::count(tx)?;
    Ok(if open > ATTENTION_MANY {
        warn("matters", format!("{open} matters wait for a person: decide them on the page Hoy"))
    } else {
        fine("matters", format!("{open} open"))
    })
}

/// Whether this version knows every stored code.
fn versions(tx: &ReadTx<'_>) -> Result<Check, StoreError> {
    Ok(match Unknown::told(&unknown::everywhere(tx)?) {
        None => ok("versions"),
        Some(told) => warn(
            "versions",
            format!(
                "another version wrote what this one does not know; it is kept, upgrade to use it: {told}"
            ),
        ),
    })
}

/// The newest backup and the last drill.
fn backups(tx: &ReadTx<'_>, config: &Config, now: Timestamp) -> Result<Vec<Check>, StoreError> {
    let plan = boot::backup_plan(config);
    let backups = match plan.newest(now) {
        None => warn("backups", "there is no copy yet: casero backup"),
        Some(made) if plan.is_late(now) => {
            let hours = now.duration_since(made).as_hours();
            fail(
                "backups",
                format!(
                    "the newest copy is {hours} h old: see the log for why, or make one with casero backup"
                ),
            )
        }
        Some(made) => fine("backups", format!("the newest is {} h old", now.duration_since(made).as_hours())),
    };
    let drill = match operations::last_drill(tx)? {
        None => warn("drill", "no copy was gone back to yet: the running server does so by itself"),
        Some(drill) if drill.problem.is_empty() => {
            let days = now.duration_since(drill.at).as_hours() / 24;
            fine("drill", format!("a copy was gone back to {days} days ago, {} rows", drill.rows))
        }
        Some(drill) => fail(
            "drill",
            format!(
                "the newest copy is no good ({}): make one with casero backup and check the disk",
                drill.problem
            ),
        ),
    };
    Ok(vec![backups, drill])
}
