//! Failures of commands.

use crate::boot::BootError;
use crate::config::ConfigError;
use crate::store::backup::BackupError;

/// Reason why a command failed. Its text is one line.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Boot(#[from] BootError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("{what}: {reason}")]
    Io { what: String, reason: std::io::Error },
    #[error("{0}")]
    Said(String),
}

impl CliError {
    pub(super) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> CliError {
        let what = what.into();
        move |reason| CliError::Io { what, reason }
    }
}
