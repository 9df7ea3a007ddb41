//! Each `NAME.ics` of tests/data/calendars beside the expected output of `casero feed`. `UPDATE=1` rewrites the
//! expectations; read the difference before keeping it.

use super::options;
use casero::calendars::report;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/calendars");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ics"))
        .collect();
    files.sort();
    files
}

#[test]
fn each_composed_file_is_read_as_written_beside_it() {
    let files = files();
    assert!(10 <= files.len());
    for path in files {
        let bytes = std::fs::read(&path).expect("readable");
        let said = serde_json::to_string_pretty(&report(&bytes, &options())).expect("plain data") + "\n";
        let beside = path.with_extension("json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&beside, &said).expect("writable");
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(said, expected, "{}", path.display());
    }
}

#[test]
fn no_beginning_of_a_file_is_believed() {
    for path in files() {
        let whole = std::fs::read(&path).expect("readable");
        let end = whole.windows(13).rposition(|part| part.eq_ignore_ascii_case(b"END:VCALENDAR"));
        let first_end = whole.windows(13).position(|part| part.eq_ignore_ascii_case(b"END:VCALENDAR"));
        for cut in 0..whole.len() {
            let said = report(&whole[..cut], &options());
            // A body cut right after a calendar's end can't be told from a shorter one.
            let could_be_whole = [first_end, end].into_iter().flatten().any(|end| end + 13 <= cut);
            assert!(!said.complete || could_be_whole, "{} at {cut}", path.display());
        }
    }
}
