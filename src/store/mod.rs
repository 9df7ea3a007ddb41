//! The one SQLite file: one writer thread, a stack of read-only connections, and a file of free functions for each
//! family of tables.
//!
//! Properties wanted, and how they are met:
//! - *Serial decisions.* Every write is a closure run by the one writer thread, so "look, then insert" inside one
//!   closure cannot race with another.
//! - *Nobody is answered early.* A reply is sent after the commit that holds its change is on disk (`synchronous =
//!   FULL`); closures that wait together share that commit ([`writer`]).
//! - *Failures are isolated.* An error or a panic in one closure undoes that one alone.
//! - *Readers never wait for the writer*, and each page is one snapshot ([`readers`]).

pub mod attention;
pub mod audit;
pub mod backup;
pub mod cabins;
pub mod canned;
pub mod chart;
mod clean_shutdown;
pub mod codec;
mod connection;
pub mod conversation_list;
pub mod conversations;
mod error;
pub mod feeds;
pub mod given_nights;
pub mod guests;
pub mod idempotency;
pub mod inbox;
pub mod jobs;
mod log;
pub mod mails;
pub mod media;
mod migrate;
pub mod nights;
pub mod notices;
mod open_options;
pub mod operations;
pub mod outbox;
pub mod owner_numbers;
mod payment_snapshots;
pub mod payments;
pub mod photos;
pub mod pre_check_in;
pub mod price_rules;
pub mod privacy;
pub mod provider_outages;
pub mod pushes;
pub mod rate_changes;
mod readers;
pub mod receipts;
pub mod refunds;
pub mod refused_signatures;
pub mod requests;
pub mod reservations;
mod row;
pub mod second_factor;
pub mod secrets;
pub mod sent_files;
pub mod service_levels;
pub mod sessions;
pub mod settings;
mod tx;
pub mod unknown;
pub mod users;
pub mod volume;
pub mod waiting;
pub mod web_holds;
pub mod whatsapp_account;
mod writer;

pub use connection::{DATABASE_FILE, Now};
pub use error::{Constraint, StoreError};
pub use log::{LogState, bytes_of};
pub use open_options::{Gate, OpenOptions, in_memory};
pub use tx::{Read, ReadTx, WriteTx, nested};

use connection::configure;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Connections that read. Reads are short; more of them would only hold page caches in memory.
const READERS: usize = 4;

/// Page cache of a connection with exclusive access, in SQLite's unit: KiB, negative.
const CACHE_ALONE: i32 = -32_000;

/// The open database. Cheap to clone; dropping the last clone stops the writer once its queue is empty.
#[derive(Clone)]
pub struct Store {
    writer: writer::Handle,
    readers: Arc<readers::Readers>,
    commits: Arc<AtomicU64>,
    path: Arc<PathBuf>,
}

impl Store {
    /// Opens (or makes) the database in `data_dir` and migrates it, after a backup when it holds data. Refuses a
    /// database written by a newer casero.
    pub fn open(data_dir: &Path, now: Now) -> Result<Store, StoreError> {
        Store::open_in(data_dir, now, &OpenOptions::default())
    }

    /// [`Store::open`] with other options than the service's: for simulations.
    pub fn open_in(data_dir: &Path, now: Now, options: &OpenOptions) -> Result<Store, StoreError> {
        let path = data_dir.join(DATABASE_FILE);
        let prepared = prepare(&path, &now, options);
        let connection = prepared.map_err(|error| backup::with_way_back(error, data_dir))?;
        // On the caller's thread the writer's connection also reads: it has exclusive access.
        let readers = if options.on_callers_thread { 0 } else { READERS };
        let readers = Arc::new(readers::Readers::open(&path, readers, Arc::clone(&now))?);
        let commits = Arc::new(AtomicU64::new(0));
        let writer = writer::start(connection, now, Arc::clone(&commits), options)?;
        Ok(Store { writer, readers, commits, path: Arc::new(path) })
    }

    /// Runs `work` in a write transaction of its own and answers once it is durable. An `Err` undoes all that
    /// `work` did. [`StoreError::Busy`] when the queue is full: the caller may retry.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.run(work)?.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// [`Store::write`] for threads that may block: the command line and tests.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.run(work)?.blocking_recv().unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Runs `work` on one snapshot, off the runtime's worker threads.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&ReadTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        if let Some(writer) = self.writer.on_this_thread() {
            return writer.read(work);
        }
        let loan = self.readers.lend().await?;
        let run = tokio::task::spawn_blocking(move || loan.read(work)).await;
        run.unwrap_or_else(|_| Err(StoreError::Panicked.into()))
    }

    /// [`Store::read`] for threads that may block.
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&ReadTx<'_>) -> Result<T, E>,
        E: From<StoreError>,
    {
        if let Some(writer) = self.writer.on_this_thread() {
            return writer.read(work);
        }
        self.readers.lend_blocking()?.read(work)
    }

    /// The number of commits since start: a cache filled at another number is stale.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Whether the last commit failed: nothing can be stored until one succeeds.
    pub fn is_failing(&self) -> bool {
        self.writer.is_failing()
    }

    /// How the database's log is.
    pub fn log(&self) -> LogState {
        self.writer.log().state(&self.path)
    }

    /// The number of waiting writes, for metrics.
    pub fn waiting(&self) -> usize {
        self.writer.waiting()
    }

    /// Checkpoints the log and empties it, so that nothing overwritten is left in it. `false` when a reader was
    /// active: then the log is emptied with its next round.
    pub fn empty_log(&self) -> Result<bool, StoreError> {
        let connection = Connection::open(self.path())?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0))?)
    }

    /// Stops the writer after all waiting work, checkpoints the log and leaves the marker of a clean shutdown.
    /// Later writes get [`StoreError::Closed`]. Blocks until done. Only the holder of the data folder's lock may
    /// call it: nobody else can say that the file is at rest.
    pub fn close(&self) {
        if !self.writer.close() {
            tracing::info!("somebody still reads the database; the next start looks it through");
            return;
        }
        if let Err(error) = clean_shutdown::leave(&self.path) {
            tracing::warn!(%error, "the mark of a clean stop could not be left; the next start looks the file through");
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Opens the writer's connection and migrates the schema. A damaged file is told from other failures by a quick
/// check of its structure, which costs milliseconds for each thousand pages and is skipped after a clean shutdown
/// ([`clean_shutdown`]).
fn prepare(path: &Path, now: &Now, options: &OpenOptions) -> Result<Connection, StoreError> {
    let closed_well = options.durable && clean_shutdown::take(path)?;
    let mut connection =
        if options.in_memory { open_options::open_in_memory(path)? } else { Connection::open(path)? };
    if options.on_callers_thread {
        // Nobody else opens the file: no locks, and the cache stays valid. The log is left as a process that died
        // leaves it.
        connection.pragma_update(None, "locking_mode", "exclusive")?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    configure(&connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_OF_WRITER);
    if options.on_callers_thread {
        connection.pragma_update(None, "cache_size", CACHE_ALONE)?;
        // The rollback journal is in memory: a log would serve readers that do not exist.
        connection.pragma_update(None, "journal_mode", "memory")?;
    }
    if !options.durable {
        connection.pragma_update(None, "synchronous", "off")?;
    }
    migrate::bring_up_to_date(&mut connection, path, now())?;
    if closed_well {
        tracing::info!("the database was closed well and nobody has touched it since");
    } else if options.durable {
        look_through(&connection, path)?;
    }
    Ok(connection)
}

fn look_through(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?;
    if found != "ok" {
        return Err(StoreError::Damaged { path: path.to_owned(), way_back: String::new() });
    }
    tracing::info!("the database was looked through and is whole");
    Ok(())
}

/// The schema of the database in `data_dir`, and the newest one this casero knows; `None` when there is no
/// database. Nothing is changed.
pub fn schema_of(data_dir: &Path) -> Result<Option<(i64, i64)>, StoreError> {
    let path = data_dir.join(DATABASE_FILE);
    if !path.is_file() {
        return Ok(None);
    }
    migrate::schema_at(&path).map(Some)
}

/// Whether the file is whole: every page, index and reference of it.
pub fn is_sound(tx: &ReadTx<'_>) -> Result<bool, StoreError> {
    let report = tx::one(tx, "PRAGMA integrity_check(1)", [], |row| Ok(row.get::<_, String>(0)?))?;
    let broken = tx::one(tx, "PRAGMA foreign_key_check", [], |_| Ok(()))?;
    Ok(report.as_deref() == Some("ok") && broken.is_none())
}

/// Prepared statements cached by the writer: more than there are. A decision runs dozens, and preparing one takes
/// longer than running it.
const STATEMENTS_OF_WRITER: usize = 512;

#[cfg(test)]
mod tests;
