//! Where the database lies, and the settings of every connection to it.

use super::StoreError;
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::sync::Arc;

/// The clock of the store's transactions.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Name of the database inside the data folder.
pub const DATABASE_FILE: &str = "casero.db";

/// Prepared statements cached by each reading connection: about as many as there are hot queries.
const STATEMENTS: usize = 128;

/// Settings of every connection, each with its reason.
pub(super) fn configure(connection: &Connection) -> Result<(), StoreError> {
    // Readers see the last commit while the writer works.
    connection.pragma_update(None, "journal_mode", "wal")?;
    // A commit that was answered survives a power cut: with NORMAL a paid deposit could be lost.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "journal_size_limit", super::log::FILE_BYTES_KEPT)?;
    // Another process (a backup tool) may lock the file for a moment.
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    // Two megabytes of page cache a connection: the whole of a small database, and a bound for a large one.
    connection.pragma_update(None, "cache_size", -2000)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // A database file handed to us must not run code through views and triggers.
    connection.pragma_update(None, "trusted_schema", false)?;
    // Data erased on a guest's request is zeroed in the file, not only unlinked.
    connection.pragma_update(None, "secure_delete", true)?;
    // A plan is chosen once: else SQLite plans a statement anew each time a value is bound that a partial index
    // might fit, which took an eighth of the time (https://sqlite.org/queryplanner-ng.html#qpstab).
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}
