//! Errors of making and restoring backups.

use crate::store::StoreError;
use std::path::{Path, PathBuf};

/// Why a backup could not be made, read or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("there is no database at {}", .0.display())]
    NoDatabase(PathBuf),
    /// The backup, or the file to restore, is damaged.
    #[error("{} is damaged or no database", .0.display())]
    Damaged(PathBuf),
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    /// The backup is sealed and there is no key.
    #[error("{} is sealed: set backup.key to the words it was made with", .0.display())]
    Sealed(PathBuf),
    /// The backup was sealed with another passphrase.
    #[error("backup.key is not the one that {} was sealed with", .0.display())]
    WrongKey(PathBuf),
    /// A drill found live rows that are not in the backup.
    #[error("{} lacks {missing} rows of {table} that were there when it was made", path.display())]
    Incomplete { path: PathBuf, table: &'static str, missing: u64 },
    /// The file to restore is a database, but not ours.
    #[error("{} is not a database of casero", .0.display())]
    Foreign(PathBuf),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be handled.
    #[error("cannot write {}: {reason}", path.display())]
    Io { path: PathBuf, reason: std::io::Error },
}

pub(super) fn sqlite(error: rusqlite::Error) -> BackupError {
    BackupError::Store(StoreError::from(error))
}

pub(super) fn io(path: &Path, reason: std::io::Error) -> BackupError {
    BackupError::Io { path: path.to_owned(), reason }
}
