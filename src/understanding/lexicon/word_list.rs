//! A language's list of words, as it is written in `assets/understanding`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::request::RequestKind;
use crate::understanding::cue::Cue;
use crate::understanding::terms::{PaymentTalk, Remark, Spoken, TermSet};

/// Each part is explained above it in the lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordList {
    pub(super) moves_with_to: bool,
    pub(super) words: Vec<(TermSet, String)>,
    pub(super) phrases: Vec<(TermSet, Vec<String>)>,
    pub(super) numbers: Vec<(u32, String)>,
    pub(super) ordinals: Vec<(u32, String)>,
    pub(super) months: [String; 12],
    pub(super) weekdays: [String; 7],
    pub(super) chat: Vec<(String, String)>,
    pub(super) introductions: Vec<String>,
    pub(super) one_night: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "compared with the list by a test"))]
    pub(super) several_meanings: Vec<String>,
    pub(super) lists: BTreeMap<String, String>,
    pub(super) wordings: BTreeMap<Spoken, Vec<String>>,
    pub(super) requests: BTreeMap<RequestKind, Vec<String>>,
    pub(super) payments: BTreeMap<PaymentTalk, Vec<String>>,
    pub(super) remarks: BTreeMap<Remark, Vec<String>>,
    pub(super) look: Look,
    pub(super) cues: BTreeMap<Cue, String>,
}

/// The look of a language, besides its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Look {
    pub letters: String,
    pub laughter: String,
    pub words: Vec<String>,
    pub pairs: Vec<String>,
    pub accented_endings: Vec<String>,
    pub beginnings: Vec<String>,
    pub endings: Vec<String>,
    pub clusters: Vec<String>,
}

impl WordList {
    pub(crate) fn read(text: &str) -> Result<WordList, toml::de::Error> {
        toml::from_str(text)
    }
}
