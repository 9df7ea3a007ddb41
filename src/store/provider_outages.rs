//! Outages of providers. While one is listed, work that needs the provider waits and spends no tries; one call at
//! a time is a probe, and the first success releases everything.

use super::codec::{coded, instant};
use super::tx::{all, one};
use super::{Read, StoreError, WriteTx};
use crate::domain::code::Coded;
use crate::domain::provider::{OutageCause, Provider};
use crate::store::row::Row;
use jiff::Timestamp;
use rusqlite::params;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderOutage {
    pub provider: Coded<Provider>,
    pub cause: Coded<OutageCause>,
    /// The vendor's own code, as errors name it.
    pub code: String,
    pub since: Timestamp,
    /// When the next probe is due.
    pub probe_at: Timestamp,
    /// A delivery report told it: an accepted message does not prove that it is over.
    pub by_report: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub provider: Provider,
    pub cause: OutageCause,
    pub code: &'a str,
    pub probe_at: Timestamp,
    pub by_report: bool,
}

/// Lists an outage, or updates the error and next probe of one that goes on.
pub fn begin(tx: &mut WriteTx<'_>, new: &New<'_>) -> Result<(), StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO provider_outage (provider, cause, code, since, probe_at, by_report)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (provider) DO UPDATE SET cause = ?2, code = ?3, probe_at = ?5, by_report = ?6",
        params![
            new.provider.code(),
            new.cause.code(),
            new.code,
            now,
            new.probe_at.as_millisecond(),
            new.by_report
        ],
    )?;
    Ok(())
}

pub fn probe_again(tx: &mut WriteTx<'_>, provider: Provider, at: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "UPDATE provider_outage SET probe_at = ?2 WHERE provider = ?1",
        params![provider.code(), at.as_millisecond()],
    )?;
    Ok(())
}

/// Ends an outage; `false` when there was none.
pub fn end(tx: &mut WriteTx<'_>, provider: Provider) -> Result<bool, StoreError> {
    Ok(tx.run("DELETE FROM provider_outage WHERE provider = ?1", [provider.code()])? > 0)
}

pub fn find(tx: &impl Read, provider: Provider) -> Result<Option<ProviderOutage>, StoreError> {
    one(tx, "SELECT * FROM provider_outage WHERE provider = ?1", [provider.code()], outage)
}

pub fn list(tx: &impl Read) -> Result<Vec<ProviderOutage>, StoreError> {
    all(tx, "SELECT * FROM provider_outage ORDER BY provider", [], outage)
}

fn outage(row: &Row<'_>) -> Result<ProviderOutage, StoreError> {
    Ok(ProviderOutage {
        provider: coded(row, "provider")?,
        cause: coded(row, "cause")?,
        code: row.get("code")?,
        since: instant(row, "since")?,
        probe_at: instant(row, "probe_at")?,
        by_report: row.get("by_report")?,
    })
}
