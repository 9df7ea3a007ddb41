//! Upgrades of a database with data.

use super::*;

const FIRST: (&str, &str) =
    ("0001_a", "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; INSERT INTO a VALUES (1);");
const SECOND: (&str, &str) = ("0002_b", "ALTER TABLE a ADD COLUMN note TEXT NOT NULL DEFAULT '';");
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn database() -> (tempfile::TempDir, std::path::PathBuf, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("casero.db");
    let connection = Connection::open(&path).unwrap();
    (folder, path, connection)
}

#[test]
fn a_backup_is_made_before_data_is_touched_and_not_before_there_is_any() {
    let (folder, path, mut connection) = database();
    bring_to(&mut connection, &path, NOW, &[FIRST]).unwrap();
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let before = files();
    bring_to(&mut connection, &path, NOW, &[FIRST, SECOND]).unwrap();
    assert_eq!(files(), before + 1);
    let backup = Connection::open(path.with_extension("before-upgrade-1-0.db")).unwrap();
    assert_eq!(backup.query_row("SELECT count(*) FROM a", [], |row| row.get::<_, i64>(0)), Ok(1));
}

#[test]
fn a_database_from_the_future_is_refused() {
    let (_folder, path, mut connection) = database();
    bring_to(&mut connection, &path, NOW, &[FIRST, SECOND]).unwrap();
    let refused = bring_to(&mut connection, &path, NOW, &[FIRST]);
    let refused = refused.unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 2, known: 1, .. }));
    assert!(refused.to_string().ends_with("casero restore FILE"), "{refused}");
}

#[test]
fn an_older_casero_names_the_backup_it_can_go_back_to() {
    let (_folder, path, mut connection) = database();
    bring_to(&mut connection, &path, NOW, &[FIRST]).unwrap();
    bring_to(&mut connection, &path, NOW, &[FIRST, SECOND]).unwrap();
    let third = ("0003_c", "CREATE TABLE c (id INTEGER PRIMARY KEY) STRICT;");
    bring_to(&mut connection, &path, NOW, &[FIRST, SECOND, third]).unwrap();
    let refused = bring_to(&mut connection, &path, NOW, &[FIRST]).unwrap_err().to_string();
    assert!(refused.ends_with("casero.before-upgrade-1-0.db"), "{refused}");
    let refused = bring_to(&mut connection, &path, NOW, &[FIRST, SECOND]).unwrap_err().to_string();
    assert!(refused.ends_with("casero.before-upgrade-2-0.db"), "{refused}");
}

#[test]
fn the_backups_before_upgrades_do_not_pile_up() {
    let (folder, path, mut connection) = database();
    bring_to(&mut connection, &path, NOW, &[FIRST]).unwrap();
    for second in 0..9 {
        let now = NOW + jiff::SignedDuration::from_secs(second);
        back_up(&connection, &path, 1, now).unwrap();
    }
    let found = before_upgrades(&path);
    assert_eq!(found.iter().map(|(second, _, _)| *second).collect::<Vec<_>>(), [6, 7, 8]);
    assert_eq!(found.last().unwrap().2, folder.path().join("casero.before-upgrade-1-8.db"));
}

#[test]
fn an_edited_step_is_refused() {
    let (_folder, path, mut connection) = database();
    bring_to(&mut connection, &path, NOW, &[FIRST]).unwrap();
    let edited = ("0001_a", "CREATE TABLE a (id INTEGER PRIMARY KEY, extra TEXT) STRICT;");
    let refused = bring_to(&mut connection, &path, NOW, &[edited]);
    assert!(matches!(refused, Err(StoreError::EditedMigration(name)) if name == "0001_a"));
}

#[test]
fn a_step_that_fails_leaves_the_schema_before_it() {
    let (_folder, path, mut connection) = database();
    let broken = ("0002_b", "CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT; nonsense;");
    assert!(bring_to(&mut connection, &path, NOW, &[FIRST, broken]).is_err());
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 1);
    bring_to(&mut connection, &path, NOW, &[FIRST, SECOND]).unwrap();
}

/// The data after each step, so that every later step meets rows.
fn lived_in(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/migrations");
    std::fs::read_to_string(folder.join(format!("{name}.sql"))).expect("each migration has its data file")
}

#[test]
fn each_step_meets_a_server_that_is_lived_in_and_leaves_it_whole() {
    let (_folder, path, mut connection) = database();
    for (index, (name, _)) in MIGRATIONS.iter().enumerate() {
        bring_to(&mut connection, &path, NOW, &MIGRATIONS[..=index]).unwrap();
        // A night references a calendar whose table comes three steps later.
        connection.pragma_update(None, "foreign_keys", index >= 4).unwrap();
        connection.execute_batch(&lived_in(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let broken: i64 =
        connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}
