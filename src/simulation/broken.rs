//! Failure of a check.

use crate::store::StoreError;
use rusqlite::{Connection, Params};

/// A violated invariant.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    pub rule: &'static str,
    pub details: String,
}

impl Broken {
    pub(super) fn new(rule: &'static str, details: impl Into<String>) -> Broken {
        Broken { rule, details: details.into() }
    }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Broken {
        Broken::new("the database can be read", error.to_string())
    }
}

impl From<rusqlite::Error> for Broken {
    fn from(error: rusqlite::Error) -> Broken {
        Broken::new("the database can be read", error.to_string())
    }
}

/// A query that must find nothing.
pub(super) fn none(
    db: &Connection,
    rule: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<(), Broken> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let Some(row) = rows.next()? else { return Ok(()) };
    let columns = row.as_ref().column_count();
    let shown = (0..columns).map(|column| row.get_ref(column).map(|value| format!("{value:?}")));
    let shown: Result<Vec<String>, _> = shown.collect();
    Err(Broken::new(rule, shown?.join(" ")))
}
