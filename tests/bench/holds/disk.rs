//! Speed of the disk and SQLite alone: the baseline for everything that waits for a commit.

use crate::measure::{Timings, race};
use crate::nights::{self, Nights};
use casero::store::DATABASE_FILE;
use rusqlite::{Connection, params};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Bytes of one write: a page of the database.
const PAGE: usize = 4096;
/// Pages written before starting over, as a database's log does.
const PAGES: usize = 1000;

/// Writes and syncs a page, again and again, in a file of fixed size.
pub fn syncs(folder: &Path) -> Timings {
    let file = File::create(folder.join("pages")).expect("a file");
    file.write_all_at(&vec![0; PAGE * PAGES], 0).expect("it has its size");
    file.sync_all().expect("synced");
    race(vec![file], |file, turn| {
        file.write_all_at(&[7; PAGE], (turn % PAGES * PAGE) as u64).expect("written");
        file.sync_data().expect("synced");
    })
}

/// SQLite alone, with our settings: one small insert per transaction.
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

/// SQLite alone on our schema: the rows of one hold per transaction, without reads, prices or decisions.
pub fn holds(folder: &Path) -> Timings {
    let nights = Nights::furnish(folder, nights::MANY);
    let database = Connection::open(folder.join(DATABASE_FILE)).expect("a database");
    database.execute_batch("PRAGMA synchronous = full; PRAGMA foreign_keys = on").expect("set as ours is");
    race(vec![database], |database, turn| {
        let (request, now) = (nights.next(), 1_795_500_000_000 + turn as i64);
        let (check_in, check_out) = (request.check_in.to_string(), request.check_out.to_string());
        let insert = |sql, values: &[&dyn rusqlite::ToSql]| {
            database.prepare_cached(sql).expect("prepared").insert(values).expect("inserted")
        };
        let step = |sql| database.prepare_cached(sql).expect("prepared").execute([]).expect("done");
        step("BEGIN IMMEDIATE");
        let phone = format!("549351{turn:07}");
        let guest = insert(GUEST, params![phone, now]);
        let code = format!("{turn:08}");
        let stay = insert(STAY, params![code, request.cabin.0, guest, check_in, check_out, QUOTE, now]);
        insert(NIGHT, params![request.cabin.0, check_in, stay]);
        insert(LINE, params![now, stay]);
        step("COMMIT");
    })
}

const GUEST: &str = "INSERT INTO guest (name, phone, phone_key, created_at, updated_at)
                     VALUES ('Marta Quiroga', '+' || ?1, ?1, ?2, ?2)";
const STAY: &str = "INSERT INTO reservation (code, cabin_id, guest_id, status, check_in, check_out, guests, channel,
                        quote, total_cents, deposit_cents, currency, expires_at, created_at, updated_at)
                    VALUES (?1, ?2, ?3, 'pre_reserved', ?4, ?5, 2, 'api', ?6, 8000000, 2400000, 'ARS', ?7, ?7, ?7)";
const NIGHT: &str = "INSERT INTO night (cabin_id, day, reservation_id) VALUES (?1, ?2, ?3)";
const LINE: &str =
    "INSERT INTO audit (at, actor, event, reservation_id, details) VALUES (?1, 'api', 'held', ?2, '{}')";
/// A price as stored.
const QUOTE: &str = concat!(
    r#"{"lines":[{"date":"2026-12-01","amount":{"minor":8000000,"currency":"ARS"},"season":null,"weekend":false}],"#,
    r#""total":{"minor":8000000,"currency":"ARS"},"deposit":{"minor":2400000,"currency":"ARS"},"#,
    r#""balance":{"minor":5600000,"currency":"ARS"}}"#
);
