//! Codes in the database that this version does not know, because another version wrote them. Their rows are kept
//! and shown; this file counts them.

use super::tx::all;
use super::{Read, StoreError, reservations, settings};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::AuditEvent;
use crate::domain::job::JobKind;
use crate::domain::language::Language;
use crate::domain::money::Currency;
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
    /// "3 × job drain_pool, 1 × …"; `None` when there are none.
    pub fn told(found: &[Unknown]) -> Option<String> {
        let each: Vec<String> =
            found.iter().map(|one| format!("{} × {} {}", one.rows, one.table, one.code)).collect();
        (!each.is_empty()).then(|| each.join(", "))
    }
}

/// Queued jobs of unknown kinds, by kind.
pub fn work(tx: &impl Read) -> Result<Vec<Unknown>, StoreError> {
    among::<JobKind>(tx, "job", "SELECT kind, count(*) FROM job GROUP BY kind ORDER BY kind")
}

/// All unknown codes, for a diagnosis: it scans some tables.
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
    for (table, sql) in CURRENCIES {
        found.extend(outside(tx, table, sql, |code| Currency::from_code(code).is_some())?);
    }
    let quotes = reservations::unreadable_quotes(tx)?;
    let quotes = Unknown { table: "reservation", code: "quote".to_owned(), rows: quotes };
    found.extend(Some(quotes).filter(|quotes| quotes.rows > 0));
    let settings = settings::unreadable(tx)?;
    found.extend(settings.into_iter().map(|code| Unknown { table: "setting", code, rows: 1 }));
    Ok(found)
}

/// Columns of amounts, except payments: a provider may take any currency.
const CURRENCIES: [(&str, &str); 5] = [
    ("cabin", "SELECT currency, count(*) FROM cabin GROUP BY currency ORDER BY currency"),
    ("season", "SELECT currency, count(*) FROM season GROUP BY currency ORDER BY currency"),
    ("reservation", "SELECT currency, count(*) FROM reservation GROUP BY currency ORDER BY currency"),
    ("checkout", "SELECT currency, count(*) FROM checkout GROUP BY currency ORDER BY currency"),
    ("refund", "SELECT currency, count(*) FROM refund GROUP BY currency ORDER BY currency"),
];

fn among<T: FromStr>(
    tx: &impl Read,
    table: &'static str,
    sql: &'static str,
) -> Result<Vec<Unknown>, StoreError> {
    outside(tx, table, sql, |code| code.parse::<T>().is_ok())
}

/// The codes of a table that are not in a set, each with its number of rows.
fn outside(
    tx: &impl Read,
    table: &'static str,
    sql: &'static str,
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<Unknown>, StoreError> {
    let codes = all(tx, sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let unknown = codes.into_iter().filter(|(code, _)| !is_known(code));
    Ok(unknown.map(|(code, rows)| Unknown { table, code, rows: rows.unsigned_abs() }).collect())
}
