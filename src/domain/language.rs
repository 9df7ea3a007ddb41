//! The three languages the property speaks.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// A guest's language. Owners are always answered in Spanish.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Es,
    Pt,
    En,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Language; 3] = [Language::Es, Language::Pt, Language::En];

    /// ISO 639-1 code, as stored and as whisper.cpp expects it.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Reads an ISO 639-1 code.
    pub fn from_code(code: &str) -> Option<Language> {
        code.parse().ok()
    }
}
