//! The clock of one process, moved by libfaketime while it runs.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long libfaketime may keep what it read of the file.
const CACHE_SECONDS: u64 = 1;

/// A file that says how far the clock of a process is ahead; nothing for a true clock.
pub struct MovedClock(Option<(tempfile::NamedTempFile, PathBuf)>);

impl MovedClock {
    /// A clock that can be moved when it must be; `None` when libfaketime is not there.
    pub fn new(movable: bool) -> Option<MovedClock> {
        if !movable {
            return Some(MovedClock(None));
        }
        let library = library()?;
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "+0").expect("written");
        Some(MovedClock(Some((file, library))))
    }

    /// The environment of the process. What measures how long something takes is left alone.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let Some((file, library)) = &self.0 else { return Vec::new() };
        vec![
            ("LD_PRELOAD", library.display().to_string()),
            ("FAKETIME_TIMESTAMP_FILE", file.path().display().to_string()),
            ("FAKETIME_CACHE_DURATION", CACHE_SECONDS.to_string()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ("NO_FAKE_STAT", "1".to_owned()),
        ]
    }

    /// Sets the clock forward, and waits until the process has seen it.
    pub fn set_forward(&self, by: Duration) {
        let Some((file, _)) = &self.0 else { return };
        std::fs::write(file.path(), format!("+{}", by.as_secs())).expect("written");
        std::thread::sleep(Duration::from_secs(2 * CACHE_SECONDS));
    }
}

fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let inside = |folder: PathBuf| folder.join("faketime").join("libfaketimeMT.so.1");
    folders.map(inside).find(|library| Path::new(library).is_file())
}
