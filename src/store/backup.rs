//! Copies of the database and the way back. A copy is made while the house runs, from one snapshot, is read
//! through from end to end before it gets its name, and carries the instant it was made in that name: the
//! folder itself says how old the newest copy is, also after a restart.

use super::{DATABASE_FILE, StoreError};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Folder of the regular copies inside the data folder.
pub const BACKUP_FOLDER: &str = "backups";
/// A copy's name: it sorts by age.
const NAME: &str = "casero-%Y-%m-%dT%H%M%SZ.db";

/// Why there is no copy, or no way back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is nothing to copy.
    #[error("there is no database at {}", .0.display())]
    NoDatabase(PathBuf),
    /// The copy, or the file to restore, is damaged.
    #[error("{} is damaged or no database", .0.display())]
    Damaged(PathBuf),
    /// The file to restore is a database, but not ours.
    #[error("{} is not a database of casero", .0.display())]
    Foreign(PathBuf),
    /// SQLite said so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be handled.
    #[error("cannot write {}: {reason}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
}

/// Copies the database of `data_dir` into `folder` and answers with the copy's path. Blocking; other
/// transactions go on meanwhile.
pub fn copy(data_dir: &Path, folder: &Path, now: Timestamp) -> Result<PathBuf, BackupError> {
    let database = data_dir.join(DATABASE_FILE);
    if !database.is_file() {
        return Err(BackupError::NoDatabase(database));
    }
    fs::create_dir_all(folder).map_err(|reason| io(folder, reason))?;
    let path = folder.join(now.strftime(NAME).to_string());
    let partial = path.with_extension("partial");
    discard(&partial);
    let made = snapshot(&database, &partial).and_then(|()| check(&partial));
    if let Err(error) = made.and_then(|()| rename_durably(&partial, &path)) {
        discard(&partial);
        return Err(error);
    }
    Ok(path)
}

/// The copies in `folder`, oldest first, each with the instant it was made. No folder is no copies.
pub fn list(folder: &Path) -> Vec<(Timestamp, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let dated = |path: PathBuf| Some((made_at(path.file_name()?.to_str()?)?, path));
    let mut found: Vec<_> = entries.filter_map(|entry| dated(entry.path())).collect();
    found.sort();
    found
}

/// Removes the oldest copies but for `keep`. Files that are not our copies are left alone.
pub fn prune(folder: &Path, keep: usize) -> Result<(), BackupError> {
    let found = list(folder);
    let surplus = found.len().saturating_sub(keep);
    for (_, path) in &found[..surplus] {
        fs::remove_file(path).map_err(|reason| io(path, reason))?;
    }
    Ok(())
}

/// Puts `file` in the place of the database and answers with the path under which the replaced one is kept,
/// if there was one. The caller holds the folder's lock: nobody else may have the database open.
pub fn restore(file: &Path, data_dir: &Path, now: Timestamp) -> Result<Option<PathBuf>, BackupError> {
    check(file)?;
    let database = data_dir.join(DATABASE_FILE);
    let partial = data_dir.join("restoring.partial");
    discard(&partial);
    // A snapshot rather than a plain copy: the file may have a log beside it.
    snapshot(file, &partial)?;
    give_to_owner_of(data_dir, &partial).map_err(|reason| io(&partial, reason))?;
    let kept =
        database.is_file().then(|| data_dir.join(now.strftime("replaced-%Y-%m-%dT%H%M%SZ.db").to_string()));
    if let Some(kept) = &kept {
        // The log goes along under the new name, so that nothing committed is lost from the kept file.
        for end in ["-wal", "-shm"] {
            let (from, to) = (beside(&database, end), beside(kept, end));
            if from.exists() {
                fs::rename(&from, &to).map_err(|reason| io(&from, reason))?;
            }
        }
        rename_durably(&database, kept)?;
    }
    rename_durably(&partial, &database)?;
    Ok(kept)
}

fn snapshot(from: &Path, to: &Path) -> Result<(), BackupError> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(sqlite)?;
    source.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(sqlite)?;
    private(to).and_then(|()| File::open(to)?.sync_all()).map_err(|reason| io(to, reason))
}

/// Reads a file through: it must be whole, and ours.
fn check(path: &Path) -> Result<(), BackupError> {
    let damaged = |_| BackupError::Damaged(path.to_owned());
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(damaged)?;
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
    if one("PRAGMA integrity_check(1)").map_err(damaged)? != "ok" {
        return Err(BackupError::Damaged(path.to_owned()));
    }
    match one("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migration'") {
        Ok(_) => Ok(()),
        Err(_) => Err(BackupError::Foreign(path.to_owned())),
    }
}

fn made_at(name: &str) -> Option<Timestamp> {
    let civil = DateTime::strptime(NAME, name).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// A rename that survives a power cut: the folder's entry is forced to disk as well.
fn rename_durably(from: &Path, to: &Path) -> Result<(), BackupError> {
    fs::rename(from, to).map_err(|reason| io(to, reason))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|reason| io(folder, reason))
}

/// Guests' names and numbers are inside: nobody else may read it.
fn private(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// What root restores must be readable by the service.
fn give_to_owner_of(folder: &Path, file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let (owner, current) = (fs::metadata(folder)?, fs::metadata(file)?);
        if (owner.uid(), owner.gid()) != (current.uid(), current.gid()) {
            chown(file, Some(owner.uid()), Some(owner.gid()))?;
        }
    }
    Ok(())
}

/// Removes what a run before left behind; that there is none is the usual case.
fn discard(partial: &Path) {
    let _ = fs::remove_file(partial);
}

fn sqlite(error: rusqlite::Error) -> BackupError {
    BackupError::Store(StoreError::from(error))
}

fn io(path: &Path, reason: std::io::Error) -> BackupError {
    BackupError::Io { path: path.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::sync::Arc;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn open(folder: &Path) -> Store {
        Store::open(folder, Arc::new(|| at("2026-11-24T12:00:00Z"))).unwrap()
    }

    #[test]
    fn a_copy_of_a_running_house_is_whole_and_named_by_its_instant() {
        let folder = tempfile::tempdir().unwrap();
        let _running = open(folder.path());
        let backups = folder.path().join(BACKUP_FOLDER);
        let path = copy(folder.path(), &backups, at("2026-11-24T12:30:01Z")).unwrap();
        assert_eq!(path.file_name().unwrap(), "casero-2026-11-24T123001Z.db");
        assert_eq!(list(&backups), [(at("2026-11-24T12:30:01Z"), path)]);
    }

    #[test]
    fn only_the_newest_copies_are_kept_and_strangers_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for day in 1..=5 {
            fs::write(folder.path().join(format!("casero-2026-11-0{day}T000000Z.db")), b"").unwrap();
        }
        fs::write(folder.path().join("mine.db"), b"").unwrap();
        prune(folder.path(), 2).unwrap();
        let days: Vec<i8> =
            list(folder.path()).iter().map(|(made, _)| TimeZone::UTC.to_datetime(*made).day()).collect();
        assert_eq!(days, [4, 5]);
        assert!(folder.path().join("mine.db").exists());
    }

    #[test]
    fn restoring_keeps_the_replaced_file_and_refuses_what_is_damaged_or_foreign() {
        let folder = tempfile::tempdir().unwrap();
        drop(open(folder.path()));
        let good = copy(folder.path(), &folder.path().join("b"), at("2026-11-24T12:00:00Z")).unwrap();
        let bad = folder.path().join("bad.db");
        fs::write(&bad, b"this is no database at all").unwrap();
        let now = at("2026-11-24T13:00:00Z");
        assert!(matches!(restore(&bad, folder.path(), now), Err(BackupError::Damaged(_))));
        let foreign = folder.path().join("foreign.db");
        Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
        assert!(matches!(restore(&foreign, folder.path(), now), Err(BackupError::Foreign(_))));
        let kept = restore(&good, folder.path(), now).unwrap().unwrap();
        assert!(kept.is_file());
        drop(open(folder.path()));
    }
}
