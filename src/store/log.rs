//! SQLite's log (the file that ends in `-wal`): moved into the database by the writer when nobody waits, and watched,
//! since one that only grows fills the disk without a word.

use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Size to which the file is cut once its log begins anew; a long reader may have let it grow.
pub(super) const FILE_BYTES_KEPT: i64 = 64 << 20;

/// The last checkpoint's failure.
#[derive(Default)]
pub(super) struct Log {
    problem: Mutex<Option<String>>,
}

/// How the log is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogState {
    /// Size of its file.
    pub bytes: u64,
    /// Why it could not be moved into the database, as SQLite says it; `None` since the last time it could.
    pub problem: Option<String>,
}

impl Log {
    /// Moves the log into the database. A reader may hold part of it: that is no failure and goes with the next round.
    pub(super) fn checkpoint(&self, connection: &Connection) {
        let moved = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        let mut problem = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Err(error), None) = (&moved, problem.as_ref()) {
            tracing::error!(%error, "the database's log can't be moved into the database");
        }
        *problem = moved.err().map(|error| error.to_string());
    }

    pub(super) fn state(&self, database: &Path) -> LogState {
        let problem = self.problem.lock().unwrap_or_else(PoisonError::into_inner).clone();
        LogState { bytes: bytes_of(database), problem }
    }
}

/// Size of the log of a database.
pub fn bytes_of(database: &Path) -> u64 {
    let mut path = database.as_os_str().to_owned();
    path.push("-wal");
    std::fs::metadata(PathBuf::from(path)).map_or(0, |found| found.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_that_fails_is_told_until_one_succeeds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "journal_mode", "wal").unwrap();
        connection.execute_batch("CREATE TABLE t (x); BEGIN IMMEDIATE; INSERT INTO t VALUES (1);").unwrap();
        let log = Log::default();
        // SQLite refuses a checkpoint inside a transaction.
        log.checkpoint(&connection);
        assert!(log.state(&path).problem.is_some_and(|problem| problem.contains("locked")));
        connection.execute_batch("COMMIT").unwrap();
        log.checkpoint(&connection);
        let state = log.state(&path);
        assert_eq!(state.problem, None);
        assert!(state.bytes > 0);
    }
}
