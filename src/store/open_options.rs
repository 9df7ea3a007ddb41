//! Options of the database: those of the service, or those of a simulation, which must be repeatable, quick, and
//! able to die between any two commits.

use super::{DATABASE_FILE, StoreError};
use rusqlite::Connection;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Called at every commit; `false` makes it fail, as if the process had died there.
pub type Gate = Arc<dyn Fn() -> bool + Send + Sync>;

/// Options of the database. The default is the service's.
#[derive(Clone)]
pub struct OpenOptions {
    /// A commit waits for the disk.
    pub durable: bool,
    /// No file: the database lies in this process's memory while a connection to it is open, such as that of
    /// [`in_memory`].
    pub in_memory: bool,
    /// Reads and writes run on the caller's thread, one after the other, on one connection with exclusive access.
    pub on_callers_thread: bool,
    /// Called before every commit.
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

/// Keeps the database of `data_dir` in memory across opens and closes: https://sqlite.org/inmemorydb.html.
pub fn in_memory(data_dir: &Path) -> Result<Connection, StoreError> {
    open_in_memory(&data_dir.join(DATABASE_FILE))
}

pub(super) fn open_in_memory(path: &Path) -> Result<Connection, StoreError> {
    Ok(Connection::open(format!("file:{}?vfs=memdb", path.display()))?)
}
