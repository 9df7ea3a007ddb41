//! Deployment settings. The environment overrides systemd's credentials, these override a TOML file, and this
//! the defaults. They are read once, checked as a whole and never change while the process runs. Each setting
//! remembers its source, an unknown key is refused with the one that was probably meant, and half an
//! integration is refused with what is missing: a typing error must not look like "WhatsApp is off".

pub mod check;
mod credentials;
mod error;
mod reader;
pub mod secret;
pub mod setting;
mod source;
pub mod tree;

#[cfg(test)]
mod tests;

use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider, providers::Format, providers::Toml};
use reader::Reader;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

pub use error::ConfigError;
pub use reader::{SettingError, ShownSetting};
pub use secret::Secret;
pub use source::Source;
pub use tree::Settings;

/// Default path of the file.
pub const DEFAULT_FILE: &str = "/etc/casero/casero.toml";
/// Environment variable that names the file.
pub const FILE_VARIABLE: &str = "CASERO_CONFIG";
/// Prefix of our environment variables.
const PREFIX: &str = "CASERO_";
/// Largest edit distance to a known key that counts as a typing error.
const TYPING_ERRORS_MAX: usize = 3;

/// The settings with their sources. Reads as [`Settings`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    settings: Settings,
    sources: BTreeMap<&'static str, Source>,
}

impl Config {
    /// Reads the process's settings: the file at `path`, else the one that `CASERO_CONFIG` names, else
    /// [`DEFAULT_FILE`] if there is one; above it the credentials of systemd, and the environment on top.
    pub fn load(path: Option<&Path>) -> Result<Config, ConfigError> {
        let named = path
            .map(Path::to_owned)
            .or_else(|| std::env::var_os(FILE_VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from));
        let path = named.or_else(|| Some(PathBuf::from(DEFAULT_FILE)).filter(|path| path.exists()));
        let file = match path {
            Some(path) => match std::fs::read_to_string(&path) {
                Ok(text) => Some((path, text)),
                Err(reason) => return Err(ConfigError::Unreadable { path, reason }),
            },
            None => None,
        };
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Config::from_layers(file, credentials::handed_over()?, environment)
    }

    /// Reads settings from a file's name and content and from environment variables, of which those that do
    /// not begin with `CASERO_` are ignored.
    pub fn from_parts(
        file: Option<(PathBuf, String)>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Config, ConfigError> {
        Config::from_layers(file, Vec::new(), environment)
    }

    fn from_layers(
        file: Option<(PathBuf, String)>,
        credentials: Vec<credentials::Credential>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Config, ConfigError> {
        let mut figment = Figment::new();
        if let Some((path, text)) = file {
            figment = figment.merge(FileLayer::parse(path, &text)?);
        }
        for credential in credentials {
            figment = figment.merge(credential);
        }
        for layer in EnvironmentLayer::all(environment)? {
            figment = figment.merge(layer);
        }
        let mut reader = Reader { figment, sources: BTreeMap::new() };
        refuse_unknown_keys(&reader)?;
        let settings = Settings::read(&mut reader)?;
        check::check(&settings)?;
        Ok(Config { settings, sources: reader.sources })
    }

    /// Every setting with its source, secrets masked.
    pub fn shown(&self) -> Vec<(ShownSetting, Source)> {
        let with_source = |shown: ShownSetting| {
            let source = self.source(shown.key).clone();
            (shown, source)
        };
        self.settings.shown().into_iter().map(with_source).collect()
    }

    /// Source of the value of `section.key`.
    pub fn source(&self, key: &str) -> &Source {
        self.sources.get(key).unwrap_or(&Source::Default)
    }
}

impl Deref for Config {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.settings
    }
}

impl DerefMut for Config {
    fn deref_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }
}

/// Refuses keys that are not known, in every layer.
fn refuse_unknown_keys(reader: &Reader) -> Result<(), ConfigError> {
    let layers = reader.figment.data().unwrap_or_default();
    for (section, content) in layers.into_values().flatten() {
        let unknown = |key: String, value: &Value| ConfigError::Unknown {
            suggestion: suggest(&key),
            place: reader.source_of(value),
            key,
        };
        let Some(keys) = content.as_dict() else { return Err(unknown(section, &content)) };
        for (key, value) in keys {
            let full = format!("{section}.{key}");
            if !tree::KEYS.iter().any(|(known, _)| *known == full) {
                return Err(unknown(full, value));
            }
        }
    }
    Ok(())
}

/// The file's content as a layer.
struct FileLayer {
    path: PathBuf,
    content: Map<Profile, Dict>,
}

impl FileLayer {
    fn parse(path: PathBuf, text: &str) -> Result<FileLayer, ConfigError> {
        match Toml::string(text).data() {
            Ok(content) => Ok(FileLayer { path, content }),
            Err(error) => Err(ConfigError::Malformed { path, reason: without_content(&error.to_string()) }),
        }
    }
}

impl Provider for FileLayer {
    fn metadata(&self) -> Metadata {
        Metadata::from("file", self.path.as_path())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(self.content.clone())
    }
}

/// One environment variable as a layer; its metadata's name is the variable's.
struct EnvironmentLayer {
    variable: String,
    section: String,
    key: String,
    value: String,
}

impl EnvironmentLayer {
    /// Our variables, in the order of their names. `CASERO_SECTION_KEY`: the section ends at the first
    /// underscore, since keys may hold more of them and sections none.
    fn all(
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Vec<EnvironmentLayer>, ConfigError> {
        let ours: BTreeMap<String, String> = environment
            .into_iter()
            .filter(|(name, _)| name.starts_with(PREFIX) && name != FILE_VARIABLE)
            .collect();
        let layer = |(variable, value): (String, String)| {
            let lower = variable[PREFIX.len()..].to_ascii_lowercase();
            match lower.split_once('_') {
                Some((section, key)) => {
                    Ok(EnvironmentLayer { section: section.to_owned(), key: key.to_owned(), value, variable })
                }
                None => Err(ConfigError::Unknown {
                    suggestion: None,
                    key: lower,
                    place: Source::Environment(variable),
                }),
            }
        };
        ours.into_iter().map(layer).collect()
    }
}

impl Provider for EnvironmentLayer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.variable.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let keys = Dict::from([(self.key.clone(), Value::from(self.value.clone()))]);
        let sections = Dict::from([(self.section.clone(), Value::from(keys))]);
        Ok(Map::from([(Profile::Default, sections)]))
    }
}

/// The nearest known key, if it is near enough to be a typing error.
fn suggest(key: &str) -> Option<&'static str> {
    let near = tree::KEYS.iter().map(|(known, _)| (distance(key, known), *known));
    near.min().filter(|(steps, _)| *steps <= TYPING_ERRORS_MAX).map(|(_, known)| known)
}

/// Letters to insert, remove or replace between two words (Levenshtein, one row at a time).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

/// A TOML error on one line: position and reason, without the drawing that quotes the file.
fn without_content(message: &str) -> String {
    let told = message.lines().map(str::trim);
    let kept: Vec<&str> = told
        .filter(|line| !line.is_empty() && !line.starts_with('|'))
        .filter(|line| line.split_once('|').is_none_or(|(number, _)| number.trim().parse::<u32>().is_err()))
        .collect();
    kept.join(", ").chars().filter(|letter| !letter.is_control()).collect()
}
