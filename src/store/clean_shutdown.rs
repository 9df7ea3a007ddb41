//! The clean-shutdown marker: the state of the database file when casero closed it.
//!
//! A check of the whole file at each start takes longer the more the file holds, and after a clean shutdown it
//! finds nothing new. So closing leaves a marker beside the file, and opening takes the marker away before
//! anything else. A start without a marker (killed, power cut), or with one of another file (restored, copied,
//! written to since) or of another program (upgraded), checks the whole file.
//!
//! A disk that corrupts a file at rest is not seen here. Backups find it: each is made by reading every page, and
//! the newest one is restored every week.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Suffix of the marker's name, after the database's.
const END: &str = "-closed";
/// Suffix while it is being written.
const PARTIAL: &str = "-closed.partial";
/// Upper bound of a marker's size.
const BYTES_MAX: u64 = 1024;

/// Takes the marker away, so that any later failure is followed by a check of the file. Answers whether the file
/// is still what the marker says and has no log with something in it.
pub(super) fn take(database: &Path) -> io::Result<bool> {
    let marker = beside(database, END);
    let said = match fs::metadata(&marker) {
        Ok(there) if there.len() <= BYTES_MAX => fs::read(&marker)?,
        Ok(_) => Vec::new(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    fs::remove_file(&marker)?;
    sync_folder_of(database)?;
    Ok(!has_log(database) && words(database).is_ok_and(|now| now.as_bytes() == said))
}

/// Leaves the marker, once the log is in the file and casero will not write to it any more. It is written
/// atomically: another name first, forced to the disk, then a rename.
pub(super) fn leave(database: &Path) -> io::Result<()> {
    if has_log(database) {
        return Ok(());
    }
    let (partial, words) = (beside(database, PARTIAL), words(database)?);
    let mut file = File::create(&partial)?;
    file.write_all(words.as_bytes())?;
    file.sync_all()?;
    fs::rename(&partial, beside(database, END))?;
    sync_folder_of(database)
}

/// The identity of the file and of the program that wrote it. The inode's change time is set by the system alone,
/// so that a copy or a restored file never looks like the one that was closed.
fn words(database: &Path) -> io::Result<String> {
    let program = std::env::current_exe().and_then(fs::metadata)?;
    Ok(format!("database {}\nprogram {}\n", identity(&fs::metadata(database)?), identity(&program)))
}

#[cfg(unix)]
fn identity(file: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    let (inode, length) = (file.ino(), file.len());
    let (written, changed) = ((file.mtime(), file.mtime_nsec()), (file.ctime(), file.ctime_nsec()));
    format!("inode {inode} length {length} written {written:?} changed {changed:?}")
}

#[cfg(not(unix))]
fn identity(file: &Metadata) -> String {
    format!("length {} written {:?}", file.len(), file.modified().ok())
}

fn has_log(database: &Path) -> bool {
    fs::metadata(beside(database, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn sync_folder_of(database: &Path) -> io::Result<()> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("casero.db");
        fs::write(&database, b"rows").unwrap();
        (folder, database)
    }

    #[test]
    fn a_mark_is_believed_once() {
        let (_folder, database) = database();
        assert!(!take(&database).unwrap(), "nobody closed it");
        leave(&database).unwrap();
        assert!(take(&database).unwrap());
        assert!(!take(&database).unwrap(), "who opens it takes the mark away");
    }

    #[test]
    fn a_mark_of_a_file_that_is_another_now_is_not_believed() {
        let changes: [fn(&Path); 5] = [
            |database| fs::write(database, b"rows and more").unwrap(),
            |database| {
                // The same bytes, length and modification time, but another file.
                let written = fs::metadata(database).unwrap().modified().unwrap();
                let copy = beside(database, ".copy");
                fs::copy(database, &copy).unwrap();
                File::options().write(true).open(&copy).unwrap().set_modified(written).unwrap();
                fs::rename(&copy, database).unwrap();
            },
            |database| fs::write(beside(database, "-wal"), b"something").unwrap(),
            |database| fs::write(beside(database, END), vec![b' '; 4096]).unwrap(),
            |database| fs::remove_file(database).unwrap(),
        ];
        for change in changes {
            let (_folder, database) = database();
            leave(&database).unwrap();
            change(&database);
            assert!(!take(&database).unwrap());
            assert!(!beside(&database, END).exists(), "it is gone in any case");
        }
    }

    #[test]
    fn a_log_with_something_in_it_leaves_no_mark() {
        let (_folder, database) = database();
        fs::write(beside(&database, "-wal"), b"something").unwrap();
        leave(&database).unwrap();
        assert!(!beside(&database, END).exists());
    }
}
