//! Transactions as types: one that may only read, and one that may write. Each has one instant, so that all its
//! decisions see the same time.

use jiff::Timestamp;
use rusqlite::{Connection, Params};

use super::StoreError;
use super::row::Row;

/// The reading that both kinds of transaction allow.
pub trait Read {
    /// The connection; for the query functions of this layer only.
    #[doc(hidden)]
    fn connection(&self) -> &Connection;

    /// The transaction's instant, at the millisecond precision in which instants are stored.
    fn now(&self) -> Timestamp;
}

/// A read transaction: one snapshot.
pub struct ReadTx<'c> {
    pub(super) connection: &'c Connection,
    pub(super) now: Timestamp,
}

/// A write transaction. There is at most one at a time in the whole server.
pub struct WriteTx<'c> {
    pub(super) connection: &'c Connection,
    pub(super) now: Timestamp,
}

impl Read for ReadTx<'_> {
    fn connection(&self) -> &Connection {
        self.connection
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

impl Read for WriteTx<'_> {
    fn connection(&self) -> &Connection {
        self.connection
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

impl WriteTx<'_> {
    /// The same transaction, read-only: it sees what was written in it so far.
    pub fn as_read(&self) -> ReadTx<'_> {
        ReadTx { connection: self.connection, now: self.now }
    }

    /// Runs one statement; answers how many rows it touched.
    pub(super) fn run(&mut self, sql: &'static str, params: impl Params) -> Result<usize, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.execute(params)?)
    }

    /// Inserts one row; answers its id.
    pub(super) fn insert(&mut self, sql: &'static str, params: impl Params) -> Result<i64, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.insert(params)?)
    }
}

/// Runs part of a transaction that may fail alone: an `Err` undoes that part.
pub fn nested<T, E>(tx: &mut WriteTx<'_>, work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E>
where
    E: From<StoreError>,
{
    let run = |sql| step(tx.connection, sql).map_err(StoreError::from);
    run("SAVEPOINT part")?;
    let outcome = work(&mut WriteTx { connection: tx.connection, now: tx.now });
    if outcome.is_err() {
        run("ROLLBACK TO part")?;
    }
    run("RELEASE part")?;
    outcome
}

/// Runs `work` on one snapshot of the database.
pub(super) fn snapshot<T, E>(
    connection: &Connection,
    now: Timestamp,
    work: impl FnOnce(&ReadTx<'_>) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<StoreError>,
{
    step(connection, "BEGIN").map_err(StoreError::from)?;
    let snapshot = Snapshot(connection);
    work(&ReadTx { connection: snapshot.0, now: to_millisecond(now) })
}

/// A snapshot that ends when it is dropped, also by a panic: the next reader must not see it.
struct Snapshot<'c>(&'c Connection);

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        // There is nothing to keep and nothing to undo.
        let _ = step(self.0, "COMMIT");
    }
}

/// A statement around a transaction or a savepoint, prepared once.
pub(super) fn step(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

/// The one row a query finds, if any.
pub(super) fn one<T>(
    tx: &impl Read,
    sql: &'static str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = tx.connection().prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(|row| read(&Row::of(row))).transpose()
}

/// Every row a query finds, in its order.
pub(super) fn all<T>(
    tx: &impl Read,
    sql: &'static str,
    params: impl Params,
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = tx.connection().prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(&Row::of(row))?);
    }
    Ok(found)
}

/// The instant truncated to milliseconds, as it is stored.
pub(super) fn to_millisecond(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}
