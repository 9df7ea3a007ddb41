//! Errors in settings, with the remedy.

use super::check::CheckError;
use super::reader::SettingError;
use super::source::Source;
use std::path::PathBuf;

/// Invalid settings. The text is one line and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: std::io::Error },
    /// The file is not TOML. The text never repeats the file's content: it may hold secrets.
    #[error("{} is not valid TOML: {reason}", path.display())]
    Malformed { path: PathBuf, reason: String },
    #[error("unknown setting {key} ({place}){}", hint(suggestion))]
    Unknown { key: String, place: Source, suggestion: Option<&'static str> },
    /// A value of the wrong type or range.
    #[error(transparent)]
    Value(#[from] SettingError),
    /// Settings that contradict each other.
    #[error(transparent)]
    Check(#[from] CheckError),
}

/// The end of the sentence about an unknown key.
fn hint(suggestion: &Option<&'static str>) -> String {
    match suggestion {
        Some(key) => format!(", did you mean {key}?"),
        None => "; `casero config` lists the known ones".to_owned(),
    }
}
