//! The supported languages: those with sentences and words for understanding in `assets`.

use include_dir::{Dir, include_dir};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::str::FromStr;
use std::sync::LazyLock;

static SENTENCES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/words");
static WORDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/understanding");

/// Offered first, the language of the place and of its neighbours; the others follow by code.
const OFFERED_FIRST: [&str; 2] = ["es", "pt"];

/// The language of owners.
pub const OWNER_LANGUAGE: Language = Language::SPANISH;

static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let codes = WORDS.files().filter_map(|file| file.path().file_stem()?.to_str());
    let mut all: Vec<Language> = codes.map(Language).filter(|one| one.sentences().is_some()).collect();
    let place = |one: &Language| OFFERED_FIRST.iter().position(|code| *code == one.0);
    all.sort_by_key(|one| (place(one).unwrap_or(OFFERED_FIRST.len()), one.0));
    all
});

/// A guest's language, by its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(into = "&'static str")]
pub struct Language(&'static str);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nobody here speaks {0:?}")]
pub struct UnknownLanguage(String);

impl Language {
    /// The default: the language of the place.
    pub const SPANISH: Language = Language("es");

    /// Every language, in the order of offering.
    pub fn all() -> &'static [Language] {
        &ALL
    }

    /// ISO 639-1 code, as stored and as whisper.cpp expects it.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Parses an ISO 639-1 code.
    pub fn from_code(code: &str) -> Option<Language> {
        ALL.iter().copied().find(|one| one.0 == code)
    }

    /// The language of a code that is known to be supported.
    ///
    /// # Panics
    ///
    /// When it is not.
    pub fn of(code: &str) -> Language {
        Language::from_code(code).unwrap_or_else(|| panic!("nobody here speaks {code:?}"))
    }

    /// A language without files in `assets`, for tests.
    #[cfg(test)]
    pub(crate) const fn unlisted(code: &'static str) -> Language {
        Language(code)
    }

    /// Its catalogue of sentences; every listed language has one.
    pub fn sentences(self) -> Option<&'static str> {
        SENTENCES.get_file(format!("{}.ftl", self.0))?.contents_utf8()
    }

    /// Its word list for understanding; every listed language has one.
    pub fn words(self) -> Option<&'static str> {
        WORDS.get_file(format!("{}.toml", self.0))?.contents_utf8()
    }
}

impl Default for Language {
    fn default() -> Language {
        Language::SPANISH
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Language, UnknownLanguage> {
        Language::from_code(code).ok_or_else(|| UnknownLanguage(code.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Language, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

impl From<Language> for &'static str {
    fn from(language: Language) -> &'static str {
        language.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn codes(folder: &str, ending: &str) -> BTreeSet<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(folder);
        let names = std::fs::read_dir(folder).expect("a folder of assets").flatten();
        let names = names.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
    }

    #[test]
    fn a_language_is_its_two_files_and_nothing_else() {
        let (mut sentences, words) = (codes("words", ".ftl"), codes("understanding", ".toml"));
        assert!(sentences.remove("owner"));
        assert_eq!(sentences, words, "a language has both files");
        let spoken: BTreeSet<String> = Language::all().iter().map(|one| one.code().to_owned()).collect();
        assert_eq!(
            spoken, words,
            "a new file is seen once this one is built again: touch src/domain/language.rs"
        );
    }

    #[test]
    fn the_language_of_the_place_comes_first_and_a_code_that_is_none_is_refused() {
        assert_eq!(Language::all()[..2], [Language::SPANISH, Language::of("pt")]);
        assert_eq!(Language::from_code("xx"), None);
        assert_eq!(serde_json::to_string(&Language::of("en")).expect("a code"), "\"en\"");
        assert!(serde_json::from_str::<Language>("\"xx\"").is_err());
    }
}
