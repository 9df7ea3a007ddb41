//! The drill: a backup is proved by restoring it. Now and then the newest one is opened in a temporary place as a
//! restore would, read through, and compared with the live database.

use super::error::{BackupError, sqlite};
use super::files::discard;
use super::seal::Lock;
use super::{check, known_schema, unfold};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// Append-only tables, each with the column of the row's time. Rows older than a backup must be in it.
const KEPT: [(&str, &str); 4] =
    [("reservation", "created_at"), ("ledger", "created_at"), ("inbound", "received_at"), ("audit", "at")];
/// Rows younger than this at the backup's time may be missing from its snapshot.
const SLACK: SignedDuration = SignedDuration::from_secs(60);

/// The result of a drill of a good backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drill {
    pub schema: i64,
    pub rows: u64,
}

/// Restores `file`, made at `made`, in a temporary place and compares it with the live `database`, which is only
/// read.
pub fn drill(
    file: &Path,
    made: Timestamp,
    database: &Path,
    lock: Option<&Lock>,
) -> Result<Drill, BackupError> {
    let scratch = database.with_file_name("drill.partial");
    discard(&scratch);
    let found = unfold(file, &scratch, lock)
        .and_then(|()| known_schema(&scratch))
        .and_then(|()| check(&scratch, file))
        .and_then(|()| compare(&scratch, file, made, database));
    discard(&scratch);
    found
}

fn compare(scratch: &Path, file: &Path, made: Timestamp, database: &Path) -> Result<Drill, BackupError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let copy = Connection::open_with_flags(scratch, flags).map_err(sqlite)?;
    let broken = copy.prepare("PRAGMA foreign_key_check").and_then(|mut check| check.exists([]));
    if broken.map_err(sqlite)? {
        return Err(BackupError::Damaged(file.to_owned()));
    }
    let schema = copy.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sqlite)?;
    let rows = count_rows(&copy).map_err(sqlite)?;
    copy.execute("ATTACH ?1 AS live", [database.to_string_lossy()]).map_err(sqlite)?;
    for (table, since) in KEPT {
        let missing = missing(&copy, table, since, made - SLACK).map_err(sqlite)?;
        if missing > 0 {
            return Err(BackupError::Incomplete { path: file.to_owned(), table, missing });
        }
    }
    Ok(Drill { schema, rows })
}

/// The number of live rows older than the backup and missing from it.
fn missing(copy: &Connection, table: &str, since: &str, before: Timestamp) -> rusqlite::Result<u64> {
    let sql = format!(
        "SELECT count(*) FROM live.{table} AS row WHERE row.{since} < ?1
         AND NOT EXISTS (SELECT 1 FROM main.{table} AS kept WHERE kept.id = row.id)"
    );
    copy.query_row(&sql, [before.as_millisecond()], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
}

fn count_rows(copy: &Connection) -> rusqlite::Result<u64> {
    let mut tables = copy.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut rows = 0;
    for name in names {
        let count =
            copy.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get::<_, i64>(0));
        rows += count?.unsigned_abs();
    }
    Ok(rows)
}
