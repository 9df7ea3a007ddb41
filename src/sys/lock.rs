//! Lock that keeps a second casero out of a data folder. The system releases it when the process ends in any
//! way.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// Name of the lock file inside the data folder.
const FILE: &str = "casero.lock";

/// Holds the lock on the folder until dropped.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held for its lock")] File);

/// Locks the folder; `None` when another process has it.
pub fn take(folder: &Path) -> io::Result<Option<FolderLock>> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(FILE))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(FolderLock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_holder_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = take(folder.path()).unwrap();
        assert!(held.is_some() && take(folder.path()).unwrap().is_none());
        drop(held);
        assert!(take(folder.path()).unwrap().is_some());
    }
}
