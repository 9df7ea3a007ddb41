//! Where a setting's value came from.

use std::fmt;
use std::path::PathBuf;

/// What layers of credentials call themselves.
pub(super) const CREDENTIAL_LAYER: &str = "credential";

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Default,
    File(PathBuf),
    /// A credential that systemd handed over.
    Credential(PathBuf),
    Environment(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File(path) => write!(f, "file {}", path.display()),
            Source::Credential(path) => write!(f, "credential {}", path.display()),
            Source::Environment(name) => write!(f, "environment {name}"),
        }
    }
}
