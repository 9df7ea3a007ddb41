//! Credentials from systemd (systemd.exec(5), `LoadCredential=` and its encrypted variants): files in a
//! folder that only this process can read and that is removed with it. A credential named like a setting,
//! such as `whatsapp.access_token`, is that setting; it overrides the settings' file and is overridden by the
//! environment.

use super::error::ConfigError;
use super::source::CREDENTIAL_LAYER;
use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};
use std::path::{Path, PathBuf};

/// Variable in which systemd names the folder.
const FOLDER_VARIABLE: &str = "CREDENTIALS_DIRECTORY";

pub(super) struct Credential {
    path: PathBuf,
    section: String,
    key: String,
    value: String,
}

/// The credentials of this process, in the order of their names.
pub(super) fn handed_over() -> Result<Vec<Credential>, ConfigError> {
    match std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()) {
        Some(folder) => read_folder(Path::new(&folder)),
        None => Ok(Vec::new()),
    }
}

/// Reads a folder of credentials. A name without a dot is ignored: a unit may carry others.
pub(super) fn read_folder(folder: &Path) -> Result<Vec<Credential>, ConfigError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |reason| ConfigError::Unreadable { path, reason }
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.split_once('.'));
        let Some((section, key)) = name else { continue };
        let value = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
        found.push(Credential { section: section.to_owned(), key: key.to_owned(), value, path });
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

impl Provider for Credential {
    fn metadata(&self) -> Metadata {
        Metadata::from(CREDENTIAL_LAYER, self.path.as_path())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let keys = Dict::from([(self.key.clone(), Value::from(self.value.clone()))]);
        let sections = Dict::from([(self.section.clone(), Value::from(keys))]);
        Ok(Map::from([(Profile::Default, sections)]))
    }
}
