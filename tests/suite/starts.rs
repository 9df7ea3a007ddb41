//! What a start believes of the file it finds: after a clean stop that it is whole, after anything else only what
//! it has seen itself.

use super::harness::{House, until};
use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

/// What a start says that has read the file through.
const LOOKED: &str = "the database was looked through and is whole";
/// What a start says that has found it as it was left.
const BELIEVED: &str = "the database was closed well";

fn database(house: &House) -> PathBuf {
    house.data.path().join(casero::store::DATABASE_FILE)
}

fn mark(house: &House) -> PathBuf {
    house.data.path().join("casero.db-closed")
}

#[track_caller]
fn says(house: &House, word: &str) {
    until(&format!("the start to say {word:?}"), || house.running().log().contains(word).then_some(()));
    let other = if word == LOOKED { BELIEVED } else { LOOKED };
    assert!(!house.running().log().contains(other), "{}", house.running().log());
}

#[test]
fn after_a_clean_stop_the_file_is_believed_once() {
    let mut house = House::new();
    says(&house, LOOKED);
    house.cabin("Aromo", 80_000_00);
    assert!(!mark(&house).exists(), "nobody has closed it yet");
    assert_eq!(house.close().stop(), Some(0));
    let log = house.data.path().join("casero.db-wal");
    assert!(log.metadata().map_or(0, |log| log.len()) == 0, "nothing is left in the log");
    assert!(mark(&house).exists());
    house.start();
    says(&house, BELIEVED);
    assert!(!mark(&house).exists(), "whoever opens the file takes the mark away");
    assert_eq!(house.count("SELECT count(*) FROM cabin"), 1);
}

#[test]
fn after_a_death_the_file_is_looked_through() {
    let mut house = House::new();
    assert_eq!(house.close().stop(), Some(0));
    house.start();
    house.close().kill();
    assert!(!mark(&house).exists());
    house.start();
    says(&house, LOOKED);
}

#[test]
fn a_file_that_somebody_wrote_to_or_copied_since_is_looked_through() {
    let mut house = House::new();
    house.cabin("Aromo", 80_000_00);
    assert_eq!(house.close().stop(), Some(0));
    house.sql("UPDATE cabin SET name = 'Ceibo'");
    house.start();
    says(&house, LOOKED);
    assert_eq!(house.close().stop(), Some(0));
    // The whole folder as it is, times and mark included.
    let aside = tempfile::tempdir().unwrap();
    for (from, to) in [(house.data.path(), aside.path()), (aside.path(), house.data.path())] {
        let copied = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().unwrap();
        assert!(copied.success());
        if to == aside.path() {
            std::fs::remove_file(database(&house)).unwrap();
        }
    }
    assert!(mark(&house).exists());
    house.start();
    says(&house, LOOKED);
}

#[test]
fn a_page_that_rots_after_a_clean_stop_is_found_also_when_its_time_is_set_back() {
    let mut house = House::new();
    house.cabin("Aromo", 80_000_00);
    assert_eq!(house.close().stop(), Some(0));
    let path = database(&house);
    let (mut bytes, written) = (std::fs::read(&path).unwrap(), path.metadata().unwrap().modified().unwrap());
    // Past the first page, which every start reads.
    let page = 4096;
    bytes[page..2 * page].fill(0x55);
    std::fs::write(&path, &bytes).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
    let (code, said) = house.refuses_to_start();
    assert_eq!(code, Some(1));
    assert!(said.contains("is damaged"), "{said}");
}
