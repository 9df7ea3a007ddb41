//! Codes in the database that this version does not know: another version wrote them. Their rows are kept, shown and
//! counted; this is where they are found.

use super::tx::all;
use super::{Read, StoreError, settings};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::AuditEvent;
use crate::domain::code::Coded;
use crate::domain::job::JobKind;
use crate::domain::language::Language;
use crate::domain::payment::Verdict;
use std::str::FromStr;

/// Rows that carry one unknown code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub table: &'static str,
    pub code: String,
    pub rows: u64,
}

impl Unknown {
    /// "3 × job drain_pool, 1 × …"; `None` when there is nothing to be told.
    pub fn told(found: &[Unknown]) -> Option<String> {
        let each: Vec<String> =
            found.iter().map(|one| format!("{} × {} {}", one.rows, one.table, one.code)).collect();
        (!each.is_empty()).then(|| each.join(", "))
    }
}

/// Queued work that stays where it is, by kind.
pub fn work(tx: &impl Read) -> Result<Vec<Unknown>, StoreError> {
    among::<JobKind>(tx, "job", "SELECT kind, count(*) FROM job GROUP BY kind ORDER BY kind")
}

/// Everything, for whoever looks into a database: it reads some tables whole.
pub fn everywhere(tx: &impl Read) -> Result<Vec<Unknown>, StoreError> {
    let mut found = work(tx)?;
    found.extend(among::<AttentionKind>(
        tx,
        "attention",
        "SELECT kind, count(*) FROM attention WHERE resolved_at IS NULL GROUP BY kind ORDER BY kind",
    )?);
    found.extend(among::<AuditEvent>(
        tx,
        "audit",
        "SELECT event, count(*) FROM audit GROUP BY event ORDER BY event",
    )?);
    found.extend(among::<Verdict>(
        tx,
        "payment",
        "SELECT verdict, count(*) FROM payment GROUP BY verdict ORDER BY verdict",
    )?);
    found.extend(among::<Language>(
        tx,
        "guest",
        "SELECT language, count(*) FROM guest GROUP BY language ORDER BY language",
    )?);
    let settings = settings::unreadable(tx)?;
    found.extend(settings.into_iter().map(|code| Unknown { table: "setting", code, rows: 1 }));
    Ok(found)
}

fn among<T: FromStr>(
    tx: &impl Read,
    table: &'static str,
    sql: &'static str,
) -> Result<Vec<Unknown>, StoreError> {
    let codes =
        all(tx, sql, [], |row| Ok((Coded::<T>::read(&row.get::<_, String>(0)?), row.get::<_, i64>(1)?)))?;
    let unknown = codes.into_iter().filter_map(|(code, rows)| match code {
        Coded::Known(_) => None,
        Coded::Other(code) => Some(Unknown { table, code, rows: rows.unsigned_abs() }),
    });
    Ok(unknown.collect())
}
