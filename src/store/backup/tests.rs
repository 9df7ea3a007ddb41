//! Backups are whole and sealed when they should be; a restore works or touches nothing.

use super::*;
use crate::store::Store;
use std::sync::Arc;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn open(folder: &Path) -> Store {
    Store::open(folder, Arc::new(|| at("2026-11-24T12:00:00Z"))).unwrap()
}

fn lock(words: &str) -> Lock {
    Lock::new(words, Arc::new(|| [9; seal::SALT]))
}

/// Every file of a folder by name and content, except logs made by opening a database.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Waits until the writer has closed the database and its log is in the file.
fn settle(folder: &Path) {
    let database = Connection::open(folder.join(DATABASE_FILE)).unwrap();
    let begun = std::time::Instant::now();
    while database.pragma_update(None, "journal_mode", "delete").is_err() {
        assert!(begun.elapsed().as_secs() < 60, "the database is never let go");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn audit(store: &Store, event: &'static str) {
    let written = store.write_blocking(move |tx| {
        tx.run("INSERT INTO audit (at, actor, event) VALUES (?1, 'test', ?2)", rusqlite::params![1, event])
    });
    written.map_err(|_: StoreError| ()).unwrap();
}

fn events(store: &Store) -> i64 {
    let count = |tx: &crate::store::ReadTx<'_>| {
        crate::store::tx::one(tx, "SELECT count(*) FROM audit", [], |row| Ok(row.get::<_, i64>(0)?))
    };
    store.read_blocking(count).unwrap().unwrap()
}

#[test]
fn a_backup_of_a_running_server_is_whole_compressed_and_named_by_its_instant() {
    let folder = tempfile::tempdir().unwrap();
    let _running = open(folder.path());
    let backups = folder.path().join(BACKUP_FOLDER);
    let path = create(folder.path(), &backups, at("2026-11-24T12:30:01Z"), None).unwrap();
    assert_eq!(path.file_name().unwrap(), "casero-2026-11-24T123001Z.db.gz");
    assert_eq!(list(&backups), [(at("2026-11-24T12:30:01Z"), path.clone())]);
    assert!(pack::is_packed(&path).unwrap());
    assert_eq!(fs::read_dir(&backups).unwrap().count(), 1, "nothing half done is left");
}

#[test]
fn only_the_newest_backups_are_kept_whatever_their_form_and_strangers_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (day, end) in ["", "", ".gz", ".gz", ".gz.sealed"].into_iter().enumerate() {
        fs::write(folder.path().join(format!("casero-2026-11-0{}T000000Z.db{end}", day + 1)), b"").unwrap();
    }
    fs::write(folder.path().join("mine.db.gz"), b"").unwrap();
    prune(folder.path(), 2).unwrap();
    let days: Vec<i8> =
        list(folder.path()).iter().map(|(made, _)| TimeZone::UTC.to_datetime(*made).day()).collect();
    assert_eq!(days, [4, 5]);
    assert!(folder.path().join("mine.db.gz").exists());
}

#[test]
fn backups_made_at_the_same_moment_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let _store = open(folder.path());
    let backups = folder.path().join("backups");
    std::thread::scope(|scope| {
        for hour in 10..18 {
            let (data, backups) = (folder.path(), &backups);
            let now = at(&format!("2026-11-24T{hour}:00:00Z"));
            scope.spawn(move || create(data, backups, now, None).unwrap());
        }
    });
    assert_eq!(list(&backups).len(), 8);
}

#[test]
fn restoring_keeps_the_replaced_file_and_brings_back_what_the_backup_had() {
    for key in [None, Some(lock("correct horse battery"))] {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        audit(&store, "before");
        let good = create(folder.path(), &folder.path().join("b"), at("2026-11-24T12:00:00Z"), key.as_ref())
            .unwrap();
        audit(&store, "after");
        drop(store);
        settle(folder.path());
        let now = at("2026-11-24T13:00:00Z");
        let kept = restore(&good, folder.path(), now, key.as_ref()).unwrap().unwrap();
        assert!(kept.is_file());
        assert_eq!(events(&open(folder.path())), 1);
    }
}

#[test]
fn a_plain_backup_of_an_older_casero_is_still_good() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    settle(folder.path());
    let plain = folder.path().join("casero-2026-01-01T000000Z.db");
    snapshot(&folder.path().join(DATABASE_FILE), &plain).unwrap();
    restore(&plain, folder.path(), at("2026-11-24T13:00:00Z"), None).unwrap();
    drop(open(folder.path()));
}

#[test]
fn a_refused_restore_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    audit(&store, "kept");
    drop(store);
    settle(folder.path());
    let key = lock("correct horse battery");
    let sealed = create(folder.path(), elsewhere.path(), at("2026-11-24T12:00:00Z"), Some(&key)).unwrap();
    let packed = create(folder.path(), elsewhere.path(), at("2026-11-24T12:00:01Z"), None).unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = elsewhere.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let (sealed_bytes, packed_bytes) = (fs::read(&sealed).unwrap(), fs::read(&packed).unwrap());
    let flipped = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        bytes
    };
    let foreign = elsewhere.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    let newer = elsewhere.path().join("newer.db");
    snapshot(&folder.path().join(DATABASE_FILE), &newer).unwrap();
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 9999).unwrap();
    let cases = [
        (sealed.clone(), Some(lock("another horse battery")), "is not the one"),
        (sealed.clone(), None, "set backup.key"),
        (put("cut", &sealed_bytes[..sealed_bytes.len() - 9]), Some(key.clone()), "damaged"),
        (put("flipped", &flipped(&sealed_bytes)), Some(key.clone()), "damaged"),
        (put("cut.gz", &packed_bytes[..packed_bytes.len() - 9]), None, "damaged"),
        (put("flipped.gz", &flipped(&packed_bytes)), None, "damaged"),
        (put("longer.gz", &[&packed_bytes[..], b"more"].concat()), None, "damaged"),
        (put("bad.db", b"this is no database at all"), None, "damaged"),
        (foreign, None, "not a database of casero"),
        (newer, None, "newer casero"),
        (elsewhere.path().join("nowhere"), None, "no file"),
    ];
    let before = content(folder.path());
    for (file, key, words) in cases {
        let refused = restore(&file, folder.path(), at("2026-11-24T13:00:00Z"), key.as_ref());
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains(words), "{}: {refused}", file.display());
        assert!(content(folder.path()) == before, "{} touched something", file.display());
    }
}

#[test]
fn a_drill_goes_back_to_a_backup_and_compares_it_with_casero() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    audit(&store, "one");
    let key = lock("correct horse battery");
    let made = at("2026-11-24T12:00:00Z");
    let path = create(folder.path(), &folder.path().join("b"), made, Some(&key)).unwrap();
    let found = drill(&path, made, store.path(), Some(&key)).unwrap();
    assert_eq!(found.schema, migrate::MIGRATIONS.len() as i64);
    assert!(found.rows > 10);
    assert!(!folder.path().join("drill.partial").exists());
    // An old row that the backup does not have.
    audit(&store, "two");
    let lacking = drill(&path, made, store.path(), Some(&key)).unwrap_err();
    assert!(matches!(lacking, BackupError::Incomplete { table: "audit", missing: 1, .. }), "{lacking}");
    let wrong = drill(&path, made, store.path(), Some(&lock("another horse battery"))).unwrap_err();
    assert!(matches!(wrong, BackupError::WrongKey(_)), "{wrong}");
}

#[test]
fn a_damaged_database_is_refused_with_the_command_that_goes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    (0..2000).for_each(|_| audit(&store, "something happened"));
    let made = at("2026-11-24T12:00:00Z");
    let backup = create(folder.path(), &folder.path().join(BACKUP_FOLDER), made, None).unwrap();
    drop(store);
    settle(folder.path());
    let database = folder.path().join(DATABASE_FILE);
    let good = fs::read(&database).unwrap();
    let mut middle = good.clone();
    let pages = middle.len() / 4096;
    middle[(pages - 6) * 4096..(pages - 2) * 4096].fill(0x5a);
    for bad in [middle, b"no database".repeat(100), good[..good.len() / 2].to_vec()] {
        fs::write(&database, bad).unwrap();
        let refused =
            Store::open(folder.path(), Arc::new(|| at("2026-11-24T12:00:00Z"))).err().unwrap().to_string();
        assert!(refused.ends_with(&format!("casero restore {}", backup.display())), "{refused}");
        restore(&backup, folder.path(), made, None).unwrap();
        drop(open(folder.path()));
        settle(folder.path());
    }
}
