//! The stack of read-only connections. A loan owns connection and permit together and returns both when it is
//! dropped, on any thread: a cancelled request can't return one without the other.

use super::connection::{Now, configure};
use super::tx::snapshot;
use super::{ReadTx, StoreError};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(super) struct Readers {
    // A stack: the connection used last has the warmest cache.
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    now: Now,
}

pub(super) struct Loan {
    connection: Option<Connection>,
    home: Arc<Mutex<Vec<Connection>>>,
    now: Now,
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    pub(super) fn open(path: &Path, count: usize, now: Now) -> Result<Readers, StoreError> {
        let idle = (0..count).map(|_| open_one(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Readers { idle: Arc::new(Mutex::new(idle)), permits: Arc::new(Semaphore::new(count)), now })
    }

    pub(super) async fn lend(&self) -> Result<Loan, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        Ok(self.loan(permit))
    }

    pub(super) fn lend_blocking(&self) -> Result<Loan, StoreError> {
        loop {
            match Arc::clone(&self.permits).try_acquire_owned() {
                Ok(permit) => return Ok(self.loan(permit)),
                Err(tokio::sync::TryAcquireError::Closed) => return Err(StoreError::Closed),
                Err(tokio::sync::TryAcquireError::NoPermits) => std::thread::yield_now(),
            }
        }
    }

    fn loan(&self, permit: OwnedSemaphorePermit) -> Loan {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = idle.pop().expect("there are as many connections as permits");
        Loan {
            connection: Some(connection),
            home: Arc::clone(&self.idle),
            now: Arc::clone(&self.now),
            _permit: permit,
        }
    }
}

impl Loan {
    /// Runs `work` on one snapshot.
    pub(super) fn read<T, E, F>(self, work: F) -> Result<T, E>
    where
        F: FnOnce(&ReadTx<'_>) -> Result<T, E>,
        E: From<StoreError>,
    {
        let connection = self.connection.as_ref().expect("a loan holds its connection until it is dropped");
        snapshot(connection, (self.now)(), work)
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.home.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}

fn open_one(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    configure(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}
