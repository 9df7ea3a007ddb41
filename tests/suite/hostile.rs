//! The corpus of the fuzz targets through the same doors: what was once found stays found, without libFuzzer.

use std::fs;
use std::path::PathBuf;

#[path = "../fuzz/api.rs"]
mod api;
#[path = "../fuzz/entry_points.rs"]
mod entry_points;

/// Puts every file of a target's corpus through its door.
fn replay(target: &str, door: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("each target has a corpus").map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let held = std::panic::catch_unwind(|| door(&bytes));
        assert!(held.is_ok(), "{}", file.display());
    }
}

#[test]
fn no_voice_note_breaks_the_transcription() {
    replay("audio", entry_points::audio);
}

#[test]
fn no_words_break_the_reading() {
    replay("understanding", entry_points::understanding);
}

#[test]
fn no_calendar_breaks_the_importer() {
    replay("calendar", entry_points::calendar);
}

#[test]
fn what_we_write_is_what_is_read_whatever_the_words() {
    replay("calendar_written", entry_points::calendar_written);
}

#[test]
fn no_notification_breaks_its_reader() {
    replay("webhooks", entry_points::webhooks);
}

#[test]
fn no_header_passes_for_a_signature() {
    replay("signatures", entry_points::signatures);
}

#[test]
fn no_request_makes_casero_fail() {
    replay("api", api::knock);
    api::leave();
}
