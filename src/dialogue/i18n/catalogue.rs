//! The catalogues themselves: embedded, read once on first use, which takes about a millisecond for all of them.

use crate::domain::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

/// The catalogues, by the code of their language. What owners read stands beside the Spanish of guests.
pub(super) const SOURCES: [(&str, &[&str]); 3] = [
    ("es", &[include_str!("../../../assets/words/es.ftl"), include_str!("../../../assets/words/owner.ftl")]),
    ("pt", &[include_str!("../../../assets/words/pt.ftl")]),
    ("en", &[include_str!("../../../assets/words/en.ftl")]),
];

type Catalogue = FluentBundle<FluentResource>;

static CATALOGUES: LazyLock<Vec<(&str, Catalogue)>> =
    LazyLock::new(|| SOURCES.iter().map(|(code, texts)| (*code, read(code, texts))).collect());

/// A catalogue from its text.
///
/// # Panics
/// When the text is no catalogue: it is part of the program, and a test reads every one.
fn read(code: &str, texts: &[&str]) -> Catalogue {
    let locale = code.parse().expect("an ISO 639-1 code is a locale");
    let mut catalogue = FluentBundle::new_concurrent(vec![locale]);
    // The marks around arguments of another direction of writing would stand in the chat as they are.
    catalogue.set_use_isolating(false);
    for text in texts {
        let resource = FluentResource::try_new((*text).to_owned());
        let resource = resource.unwrap_or_else(|(_, errors)| panic!("the words of {code}: {errors:?}"));
        let added = catalogue.add_resource(resource);
        added.unwrap_or_else(|errors| panic!("the words of {code}: {errors:?}"));
    }
    catalogue
}

/// How people of one language are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    pub language: Language,
}

impl Locale {
    /// ISO 639-1 code of the language.
    pub fn code(self) -> &'static str {
        self.language.code()
    }

    /// Itself: the functions that `messages!` makes ask every speaker for its locale.
    pub(super) fn locale(self) -> Locale {
        self
    }

    /// A message in words.
    ///
    /// # Panics
    /// When the language has no such message; a test compares every catalogue with what is declared.
    pub(super) fn message(self, name: &str, arguments: FluentArgs) -> String {
        let catalogue = CATALOGUES.iter().find(|(code, _)| *code == self.code());
        let (_, catalogue) = catalogue.expect("every language has its catalogue");
        let pattern = catalogue.get_message(name).and_then(|message| message.value());
        let pattern = pattern.unwrap_or_else(|| panic!("{} has no message {name}", self.code()));
        let mut faults = Vec::new();
        let said = catalogue.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
        debug_assert!(faults.is_empty(), "{name} in {}: {faults:?}", self.code());
        said
    }
}
