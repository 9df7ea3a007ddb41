//! Brings a database up to this binary's schema: forward only, each step in one transaction, never an edited
//! step, never a database from the future, and a backup before anything that holds data is touched.

use super::StoreError;
use super::backup::files::private;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::path::{Path, PathBuf};

/// Every step, in order. Numbers are positions: a step is never removed or reordered.
pub(super) const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_property", include_str!("../../migrations/0001_property.sql")),
    ("0002_reservations", include_str!("../../migrations/0002_reservations.sql")),
    ("0003_payments", include_str!("../../migrations/0003_payments.sql")),
    ("0004_conversations", include_str!("../../migrations/0004_conversations.sql")),
    ("0005_calendars", include_str!("../../migrations/0005_calendars.sql")),
    ("0006_access", include_str!("../../migrations/0006_access.sql")),
    ("0007_work", include_str!("../../migrations/0007_work.sql")),
    ("0008_message_count", include_str!("../../migrations/0008_message_count.sql")),
    ("0009_pages", include_str!("../../migrations/0009_pages.sql")),
    ("0010_recordings", include_str!("../../migrations/0010_recordings.sql")),
    ("0011_doubt", include_str!("../../migrations/0011_doubt.sql")),
    ("0012_recovery_codes", include_str!("../../migrations/0012_recovery_codes.sql")),
    ("0013_operations", include_str!("../../migrations/0013_operations.sql")),
    ("0014_matters", include_str!("../../migrations/0014_matters.sql")),
    ("0015_parties", include_str!("../../migrations/0015_parties.sql")),
    ("0016_taken_at", include_str!("../../migrations/0016_taken_at.sql")),
    ("0017_provider_outages", include_str!("../../migrations/0017_provider_outages.sql")),
    ("0018_strangers", include_str!("../../migrations/0018_strangers.sql")),
    ("0019_notices", include_str!("../../migrations/0019_notices.sql")),
    ("0020_unseen_notices", include_str!("../../migrations/0020_unseen_notices.sql")),
    ("0021_whatsapp_account", include_str!("../../migrations/0021_whatsapp_account.sql")),
    ("0022_price_rules", include_str!("../../migrations/0022_price_rules.sql")),
    ("0023_requests", include_str!("../../migrations/0023_requests.sql")),
    ("0024_receipts", include_str!("../../migrations/0024_receipts.sql")),
    ("0025_channels", include_str!("../../migrations/0025_channels.sql")),
    ("0026_guest_moved", include_str!("../../migrations/0026_guest_moved.sql")),
    ("0027_ways", include_str!("../../migrations/0027_ways.sql")),
    ("0028_calendar_text", include_str!("../../migrations/0028_calendar_text.sql")),
    ("0029_media_out", include_str!("../../migrations/0029_media_out.sql")),
    ("0030_receipts_closed", include_str!("../../migrations/0030_receipts_closed.sql")),
];

/// Infix in the name of a copy made before an upgrade, followed by its schema.
const BEFORE: &str = "before-upgrade-";
/// Copies before upgrades that are kept: enough to go back over two releases at once.
const BACKUPS_KEPT: usize = 3;

/// The text of each applied step, so that an edited one is noticed.
const HISTORY: &str = "CREATE TABLE IF NOT EXISTS migration (
    version    INTEGER NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    sha256     BLOB NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT";

pub(super) fn bring_up_to_date(
    connection: &mut Connection,
    path: &Path,
    now: Timestamp,
) -> Result<(), StoreError> {
    bring_to(connection, path, now, MIGRATIONS)
}

fn bring_to(
    connection: &mut Connection,
    path: &Path,
    now: Timestamp,
    steps: &[(&str, &str)],
) -> Result<(), StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = steps.len() as i64;
    if found > known {
        return Err(StoreError::Newer { found, known, way_back: way_back(path, known) });
    }
    connection.execute_batch(HISTORY)?;
    check_history(connection, steps)?;
    if 0 < found && found < known {
        back_up(connection, path, found, now)?;
    }
    for (index, (name, sql)) in steps.iter().enumerate().skip(found as usize) {
        let version = index as i64 + 1;
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.execute(
            "INSERT INTO migration (version, name, sha256, applied_at) VALUES (?1, ?2, ?3, ?4)",
            params![version, name, checksum(sql), now.as_millisecond()],
        )?;
        tx.pragma_update(None, "user_version", version)?;
        tx.commit()?;
    }
    Ok(())
}

/// The schema that a database has, and the one this binary knows. Nothing is changed.
pub(super) fn schema_at(path: &Path) -> Result<(i64, i64), StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let found = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok((found, MIGRATIONS.len() as i64))
}

fn check_history(connection: &Connection, steps: &[(&str, &str)]) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT version, name, sha256 FROM migration ORDER BY version")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (version, name, applied): (i64, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let same = usize::try_from(version - 1)
            .ok()
            .and_then(|index| steps.get(index))
            .is_some_and(|(_, sql)| checksum(sql) == applied);
        if !same {
            return Err(StoreError::EditedMigration(name));
        }
    }
    Ok(())
}

/// A copy beside the database, named for the schema it still has, forced to disk before anything is changed.
fn back_up(connection: &Connection, path: &Path, found: i64, now: Timestamp) -> Result<(), StoreError> {
    let backup = path.with_extension(format!("{BEFORE}{found}-{}.db", now.as_second()));
    let name = backup.to_string_lossy().into_owned();
    // A killed run may have left half a copy.
    let _ = std::fs::remove_file(&backup);
    connection.execute("VACUUM INTO ?1", [name])?;
    private(&backup)?;
    std::fs::File::open(&backup)?.sync_all()?;
    let backups = before_upgrades(path);
    for (_, _, old) in &backups[..backups.len().saturating_sub(BACKUPS_KEPT)] {
        // A copy that can't be deleted does no harm.
        let _ = std::fs::remove_file(old);
    }
    Ok(())
}

/// The command by which an older casero restores a copy with a schema it knows, as the end of a sentence.
fn way_back(path: &Path, known: i64) -> String {
    let backups = before_upgrades(path);
    match backups.iter().rev().find(|(_, schema, _)| *schema <= known) {
        Some((_, _, backup)) => format!(
            ", or go back to the copy made before the upgrade (what came in since is lost): casero restore {}",
            backup.display()
        ),
        None => ", or restore a backup made before the upgrade: casero restore FILE".to_owned(),
    }
}

/// The copies beside the database: instant in seconds, schema and path, the oldest first.
fn before_upgrades(path: &Path) -> Vec<(i64, i64, PathBuf)> {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let begin = format!("{stem}.{BEFORE}");
    let folder = path.parent().unwrap_or(Path::new("."));
    let read = |file: PathBuf| {
        let name = file.file_name()?.to_str()?.strip_prefix(&begin)?.strip_suffix(".db")?;
        let (schema, second) = name.split_once('-')?;
        Some((second.parse().ok()?, schema.parse().ok()?, file))
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = files.filter_map(|entry| read(entry.path())).collect();
    found.sort();
    found
}

fn checksum(sql: &str) -> Vec<u8> {
    digest(&SHA256, sql.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
#[path = "migrate_tests.rs"]
mod tests;
