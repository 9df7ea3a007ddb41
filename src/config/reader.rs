//! Reads single settings from the merged layers.

use super::setting::Setting;
use super::source::{CREDENTIAL_LAYER, Source};
use figment::Figment;
use figment::value::Value;
use std::collections::BTreeMap;

/// One setting as `config` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSetting {
    /// `section.key`.
    pub key: &'static str,
    /// The value; secrets are masked.
    pub value: String,
}

/// A value of the wrong type. The value is not repeated: it may be a secret put on the wrong line.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} must be {expected} ({place})")]
pub struct SettingError {
    /// `section.key`.
    pub key: &'static str,
    pub expected: &'static str,
    pub place: Source,
}

/// Reads single settings from the merged layers and records their sources.
pub(crate) struct Reader {
    pub(super) figment: Figment,
    pub(super) sources: BTreeMap<&'static str, Source>,
}

impl Reader {
    /// The value of a key, or `None` when no layer has it.
    pub(super) fn get<T: Setting>(&mut self, key: &'static str) -> Result<Option<T>, SettingError> {
        let Ok(value) = self.figment.find_value(key) else { return Ok(None) };
        let place = self.source_of(&value);
        match T::read(&value) {
            Some(read) => {
                self.sources.insert(key, place);
                Ok(Some(read))
            }
            None => Err(SettingError { key, expected: T::EXPECTED, place }),
        }
    }

    /// The layer of a value; our layers carry it in their metadata.
    pub(super) fn source_of(&self, value: &Value) -> Source {
        match self.figment.get_metadata(value.tag()) {
            Some(metadata) => match metadata.source.as_ref().and_then(figment::Source::file_path) {
                Some(path) if metadata.name == CREDENTIAL_LAYER => Source::Credential(path.to_owned()),
                Some(path) => Source::File(path.to_owned()),
                None => Source::Environment(metadata.name.clone().into_owned()),
            },
            None => Source::Default,
        }
    }
}
