//! Errors of the database. A refusal of the business is a value of the caller's, never one of these.

use rusqlite::ffi;

/// A failed transaction. All but [`StoreError::Busy`] are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue of writes is full; retry soon.
    #[error("the database has too much to do")]
    Busy,
    /// The writer has stopped: casero is shutting down.
    #[error("the database is closed")]
    Closed,
    /// The closure panicked; its work was undone.
    #[error("a database transaction panicked and was undone")]
    Panicked,
    /// A constraint of the schema was violated; the work was undone.
    #[error("the schema refused: {0:?}")]
    Refused(Constraint),
    /// The shared commit failed; nothing of it was kept.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// The shared commit failed because the disk is full; nothing of it was kept.
    #[error("the disk is full")]
    Full,
    /// A column holds a value that no version writes.
    #[error("unreadable value in {column}: {value:?}")]
    Corrupt { column: &'static str, value: String },
    /// The database was written by a newer casero.
    #[error(
        "the database has schema {found}, this casero knows up to {known}: install the newer casero again{way_back}"
    )]
    Newer {
        found: i64,
        known: i64,
        /// The command that restores the copy made before the upgrade, as the end of the sentence.
        way_back: String,
    },
    /// The file is damaged, or no database.
    #[error("the database {} is damaged: {way_back}", path.display())]
    Damaged { path: std::path::PathBuf, way_back: String },
    /// A migration that was applied differs from the one in this binary.
    #[error("migration {0} was applied in another form: this database belongs to another build")]
    EditedMigration(String),
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// A file beside the database could not be handled.
    #[error("database file: {0}")]
    Io(#[from] std::io::Error),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// A row with this key exists already.
    Unique,
    /// It references a row that does not exist, or is referenced by one.
    ForeignKey,
    /// A value outside its vocabulary or range.
    Check,
    /// A value is missing, or of another type.
    Value,
}

impl StoreError {
    /// Whether the disk, or casero's quota on it, is full: writes succeed again once there is room.
    pub fn is_full(&self) -> bool {
        match self {
            StoreError::Sqlite(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            StoreError::Full => true,
            _ => false,
        }
    }

    /// Whether the file itself is damaged.
    pub(super) fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        let StoreError::Sqlite(error) = self else { return false };
        matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        let code = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => failure.extended_code,
            _ => 0,
        };
        match code {
            ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE => {
                StoreError::Refused(Constraint::Unique)
            }
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StoreError::Refused(Constraint::ForeignKey),
            ffi::SQLITE_CONSTRAINT_CHECK => StoreError::Refused(Constraint::Check),
            ffi::SQLITE_CONSTRAINT_NOTNULL | ffi::SQLITE_CONSTRAINT_DATATYPE => {
                StoreError::Refused(Constraint::Value)
            }
            _ => StoreError::Sqlite(error),
        }
    }
}

impl From<jiff::Error> for StoreError {
    fn from(error: jiff::Error) -> StoreError {
        StoreError::Corrupt { column: "an instant", value: error.to_string() }
    }
}

/// An invalid value, cut so that an error stays short.
pub(super) fn corrupt(column: &'static str, value: &str) -> StoreError {
    StoreError::Corrupt { column, value: value.chars().take(40).collect() }
}
