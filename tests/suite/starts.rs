//! A start's trust in the database file: after a clean shutdown it counts as whole, after anything else it is
//! checked.

use super::harness::{TestServer, until};
use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

/// The log line of a start that checked the file.
const LOOKED: &str = "the database was looked through and is whole";
/// The log line of a start that trusted the marker.
const BELIEVED: &str = "the database was closed well";

fn database(server: &TestServer) -> PathBuf {
    server.data.path().join(casero::store::DATABASE_FILE)
}

fn mark(server: &TestServer) -> PathBuf {
    server.data.path().join("casero.db-closed")
}

#[track_caller]
fn says(server: &TestServer, word: &str) {
    until(&format!("the start to say {word:?}"), || server.running().log().contains(word).then_some(()));
    let other = if word == LOOKED { BELIEVED } else { LOOKED };
    assert!(!server.running().log().contains(other), "{}", server.running().log());
}

#[test]
fn after_a_clean_stop_the_file_is_believed_once() {
    let mut server = TestServer::new();
    says(&server, LOOKED);
    server.cabin("Aromo", 80_000_00);
    assert!(!mark(&server).exists(), "nobody has closed it yet");
    assert_eq!(server.close().stop(), Some(0));
    let log = server.data.path().join("casero.db-wal");
    assert!(log.metadata().map_or(0, |log| log.len()) == 0, "nothing is left in the log");
    assert!(mark(&server).exists());
    server.start();
    says(&server, BELIEVED);
    assert!(!mark(&server).exists(), "whoever opens the file takes the mark away");
    assert_eq!(server.count("SELECT count(*) FROM cabin"), 1);
}

#[test]
fn after_a_death_the_file_is_looked_through() {
    let mut server = TestServer::new();
    assert_eq!(server.close().stop(), Some(0));
    server.start();
    server.close().kill();
    assert!(!mark(&server).exists());
    server.start();
    says(&server, LOOKED);
}

#[test]
fn a_file_that_somebody_wrote_to_or_copied_since_is_looked_through() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    assert_eq!(server.close().stop(), Some(0));
    server.sql("UPDATE cabin SET name = 'Ceibo'");
    server.start();
    says(&server, LOOKED);
    assert_eq!(server.close().stop(), Some(0));
    // The whole folder as it is, times and mark included.
    let aside = tempfile::tempdir().unwrap();
    for (from, to) in [(server.data.path(), aside.path()), (aside.path(), server.data.path())] {
        let copied = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().unwrap();
        assert!(copied.success());
        if to == aside.path() {
            std::fs::remove_file(database(&server)).unwrap();
        }
    }
    assert!(mark(&server).exists());
    server.start();
    says(&server, LOOKED);
}

#[test]
fn a_page_that_rots_after_a_clean_stop_is_found_also_when_its_time_is_set_back() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    assert_eq!(server.close().stop(), Some(0));
    let path = database(&server);
    let (mut bytes, written) = (std::fs::read(&path).unwrap(), path.metadata().unwrap().modified().unwrap());
    // Past the first page, which every start reads.
    let page = 4096;
    bytes[page..2 * page].fill(0x55);
    std::fs::write(&path, &bytes).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
    let (code, said) = server.refuses_to_start();
    assert_eq!(code, Some(1));
    assert!(said.contains("is damaged"), "{said}");
}
