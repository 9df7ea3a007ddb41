//! What the disk and SQLite give without us: the measure for everything that waits for a commit.

use crate::measure::{Timings, race};
use rusqlite::Connection;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Bytes of one write: a page of the database.
const PAGE: usize = 4096;
/// Pages written before the file begins anew, as the log of a database does.
const PAGES: usize = 1000;

/// A page written and synced, again and again, into a file that has its size already.
pub fn syncs(folder: &Path) -> Timings {
    let file = File::create(folder.join("pages")).expect("a file");
    file.write_all_at(&vec![0; PAGE * PAGES], 0).expect("it has its size");
    file.sync_all().expect("synced");
    race(vec![file], |file, turn| {
        file.write_all_at(&[7; PAGE], (turn % PAGES * PAGE) as u64).expect("written");
        file.sync_data().expect("synced");
    })
}

/// SQLite alone, set as ours is: one small insert a transaction.
pub fn inserts(folder: &Path) -> Timings {
    let database = Connection::open(folder.join("plain.db")).expect("a database");
    database
        .execute_batch(
            "PRAGMA journal_mode = wal; PRAGMA synchronous = full;
             CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
        )
        .expect("a table");
    race(vec![database], |database, turn| {
        let mut insert = database.prepare_cached("INSERT INTO line (text) VALUES (?1)").expect("prepared");
        insert.execute([format!("line {turn} of a hundred letters or so, {:060}", turn)]).expect("inserted");
    })
}
