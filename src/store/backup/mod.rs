//! Backups of the database and the way back. A backup is made while casero runs, from one snapshot, is read
//! through from end to end before it gets its name, and carries the instant it was made in that name: the
//! folder itself says how old the newest backup is, also after a restart. It is compressed, and sealed when the
//! operator has given a key.

mod drill;
mod error;
pub(super) mod files;
mod pack;
pub mod seal;

pub use drill::{Drill, drill};
pub use error::BackupError;
pub use seal::Lock;

use super::{DATABASE_FILE, StoreError, migrate};
use error::{io, sqlite};
use files::{beside, discard, give_to_owner_of, private, rename_durably};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Folder of the regular backups inside the data folder.
pub const BACKUP_FOLDER: &str = "backups";
/// A backup's file name; names sort by age.
const NAME: &str = "casero-%Y-%m-%dT%H%M%SZ.db";
/// Suffix of a compressed backup.
const PACKED: &str = ".gz";
/// Suffix of a sealed backup, after [`PACKED`].
const SEALED: &str = ".sealed";

/// Backs up the database of `data_dir` into `folder`, sealed when there is a lock, and answers with the backup's
/// path. Blocking; other transactions go on meanwhile.
pub fn create(
    data_dir: &Path,
    folder: &Path,
    now: Timestamp,
    lock: Option<&Lock>,
) -> Result<PathBuf, BackupError> {
    let database = data_dir.join(DATABASE_FILE);
    if !database.is_file() {
        return Err(BackupError::NoDatabase(database));
    }
    fs::create_dir_all(folder).map_err(|reason| io(folder, reason))?;
    let _turn = turn(folder)?;
    let name = now.strftime(NAME).to_string();
    let end = if lock.is_some() { SEALED } else { "" };
    let path = folder.join(format!("{name}{PACKED}{end}"));
    let (plain, packed) = (folder.join("copying.partial"), folder.join("packing.partial"));
    [&plain, &packed].into_iter().for_each(|partial| discard(partial));
    let made = snapshot(&database, &plain)
        .and_then(|()| check(&plain, &plain))
        .and_then(|()| pack::pack(&plain, &packed, lock))
        .and_then(|()| rename_durably(&packed, &path));
    [&plain, &packed].into_iter().for_each(|partial| discard(partial));
    made.map(|()| path)
}

/// Locks the folder, so that casero and the command line don't back up at the same moment. The lock ends with the
/// returned handle, also when the process dies.
fn turn(folder: &Path) -> Result<fs::File, BackupError> {
    let opened = fs::File::open(folder).map_err(|reason| io(folder, reason))?;
    opened.lock().map_err(|reason| io(folder, reason))?;
    Ok(opened)
}

/// The backups in `folder`, oldest first, each with the instant it was made. No folder is no backups.
pub fn list(folder: &Path) -> Vec<(Timestamp, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let dated = |path: PathBuf| Some((made_at(path.file_name()?.to_str()?)?, path));
    let mut found: Vec<_> = entries.filter_map(|entry| dated(entry.path())).collect();
    found.sort();
    found
}

/// Adds to an error about a damaged database the command that restores the newest backup.
pub(super) fn with_way_back(error: StoreError, data_dir: &Path) -> StoreError {
    if !error.is_damage() && !matches!(error, StoreError::Damaged { .. }) {
        return error;
    }
    let backups = list(&data_dir.join(BACKUP_FOLDER));
    let way_back = match backups.last() {
        Some((_, backup)) => format!("go back to the newest copy with: casero restore {}", backup.display()),
        None => "there is no copy in its folder backups; restore one from elsewhere: casero restore FILE"
            .to_owned(),
    };
    StoreError::Damaged { path: data_dir.join(DATABASE_FILE), way_back }
}

/// Removes all but the newest `keep` backups. Other files are left alone.
pub fn prune(folder: &Path, keep: usize) -> Result<(), BackupError> {
    let found = list(folder);
    let surplus = found.len().saturating_sub(keep);
    for (_, path) in &found[..surplus] {
        fs::remove_file(path).map_err(|reason| io(path, reason))?;
    }
    Ok(())
}

/// Puts `file` in the place of the database and answers with the path under which the replaced one is kept, if
/// there was one. Nothing is touched when the file is damaged, foreign, of a newer casero, or sealed with another
/// passphrase. The caller holds the folder's lock: nobody else may have the database open.
pub fn restore(
    file: &Path,
    data_dir: &Path,
    now: Timestamp,
    lock: Option<&Lock>,
) -> Result<Option<PathBuf>, BackupError> {
    let database = data_dir.join(DATABASE_FILE);
    let partial = data_dir.join("restoring.partial");
    discard(&partial);
    let ready = unfold(file, &partial, lock)
        .and_then(|()| known_schema(&partial))
        .and_then(|()| give_to_owner_of(data_dir, &partial).map_err(|reason| io(&partial, reason)));
    if let Err(error) = ready {
        discard(&partial);
        return Err(error);
    }
    let kept =
        database.is_file().then(|| data_dir.join(now.strftime("replaced-%Y-%m-%dT%H%M%SZ.db").to_string()));
    if let Some(kept) = &kept {
        // The log keeps the file's new name, so that nothing committed is lost from the kept file.
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

/// Unpacks a backup of any form into a plain database and reads it through.
fn unfold(file: &Path, to: &Path, lock: Option<&Lock>) -> Result<(), BackupError> {
    if !file.is_file() {
        return Err(BackupError::Missing(file.to_owned()));
    }
    if pack::is_packed(file)? {
        pack::unpack(file, to, lock)?;
        return check(to, file);
    }
    check(file, file)?;
    // A snapshot rather than a plain copy: the file may have a log beside it.
    snapshot(file, to)
}

/// Refuses a backup of a newer casero before anything is replaced.
fn known_schema(path: &Path) -> Result<(), BackupError> {
    let (found, known) = migrate::schema_at(path)?;
    if found > known {
        return Err(StoreError::Newer { found, known, way_back: String::new() }.into());
    }
    Ok(())
}

fn snapshot(from: &Path, to: &Path) -> Result<(), BackupError> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(sqlite)?;
    source.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(sqlite)?;
    private(to).and_then(|()| File::open(to)?.sync_all()).map_err(|reason| io(to, reason))
}

/// Reads a database through: it must be whole, and casero's. Errors name the file `named`.
fn check(path: &Path, named: &Path) -> Result<(), BackupError> {
    let damaged = |_| BackupError::Damaged(named.to_owned());
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(damaged)?;
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
    if one("PRAGMA integrity_check(1)").map_err(damaged)? != "ok" {
        return Err(BackupError::Damaged(named.to_owned()));
    }
    match one("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migration'") {
        Ok(_) => Ok(()),
        Err(_) => Err(BackupError::Foreign(named.to_owned())),
    }
}

/// The instant a backup was made, from its name; `None` for any other name.
pub fn made_at(name: &str) -> Option<Timestamp> {
    let name = name.strip_suffix(SEALED).unwrap_or(name);
    let name = name.strip_suffix(PACKED).unwrap_or(name);
    let civil = DateTime::strptime(NAME, name).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

#[cfg(test)]
mod tests;
