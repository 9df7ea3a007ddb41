//! How the database is run: as a server needs it, or as a trial does that must be repeatable, quick, and able to
//! die between any two commits.

use super::{DATABASE_FILE, StoreError};
use rusqlite::Connection;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Asked at every commit; `false` makes it fail, as a process that died there would have left it undone.
pub type Gate = Arc<dyn Fn() -> bool + Send + Sync>;

/// How the database is run. The default is casero's.
#[derive(Clone)]
pub struct OpenOptions {
    /// A commit waits for the disk.
    pub durable: bool,
    /// There is no file: the database lies in this process's memory while [`in_memory`] or anybody keeps it open.
    pub in_memory: bool,
    /// Reads and writes are done on the thread of whoever asks, one after the other, by one connection that has
    /// the file for itself.
    pub on_callers_thread: bool,
    /// Stands before every commit.
    pub gate: Option<Gate>,
}

impl Default for OpenOptions {
    fn default() -> OpenOptions {
        OpenOptions { durable: true, in_memory: false, on_callers_thread: false, gate: None }
    }
}

impl fmt::Debug for OpenOptions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Manner")
            .field("durable", &self.durable)
            .field("in_memory", &self.in_memory)
            .field("on_callers_thread", &self.on_callers_thread)
            .field("gate", &self.gate.is_some())
            .finish()
    }
}

/// Keeps the database of `data_dir` in memory, for whoever opens and closes it: https://sqlite.org/inmemorydb.html.
pub fn in_memory(data_dir: &Path) -> Result<Connection, StoreError> {
    open_in_memory(&data_dir.join(DATABASE_FILE))
}

pub(super) fn open_in_memory(path: &Path) -> Result<Connection, StoreError> {
    Ok(Connection::open(format!("file:{}?vfs=memdb", path.display()))?)
}
