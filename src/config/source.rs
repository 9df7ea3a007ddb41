//! Source of a setting's value.

use std::fmt;
use std::path::PathBuf;

/// Name of the layers of credentials in their metadata.
pub(super) const CREDENTIAL_LAYER: &str = "credential";

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Default,
    File(PathBuf),
    /// A credential from systemd.
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
