//! The catalogues themselves: embedded, read once on first use, which takes about a millisecond for all of them.

use crate::domain::language::{Language, OWNER_LANGUAGE};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::fmt;
use std::sync::LazyLock;

/// The owner's sentences, beside the guests' in the same language.
const OWNER_SENTENCES: &str = include_str!("../../../assets/words/owner.ftl");

/// The texts of a language's catalogue.
pub(super) fn sources(language: Language) -> Vec<&'static str> {
    let owner = (language == OWNER_LANGUAGE).then_some(OWNER_SENTENCES);
    language.sentences().into_iter().chain(owner).collect()
}

pub(super) type Catalogue = FluentBundle<FluentResource>;

static CATALOGUES: LazyLock<Vec<(Language, Catalogue)>> = LazyLock::new(|| {
    Language::all().iter().map(|language| (*language, read(language.code(), &sources(*language)))).collect()
});

/// A catalogue from its text.
///
/// # Panics
///
/// When the text does not parse: it is part of the program, and a test reads every one.
pub(super) fn read(code: &str, texts: &[&str]) -> Catalogue {
    let locale = code.parse().expect("an ISO 639-1 code is a locale");
    let mut catalogue = FluentBundle::new_concurrent(vec![locale]);
    // No bidirectional isolation marks around arguments: the chat would show them.
    catalogue.set_use_isolating(false);
    for text in texts {
        let resource = FluentResource::try_new((*text).to_owned());
        let resource = resource.unwrap_or_else(|(_, errors)| panic!("the words of {code}: {errors:?}"));
        let added = catalogue.add_resource(resource);
        added.unwrap_or_else(|errors| panic!("the words of {code}: {errors:?}"));
    }
    catalogue
}

/// The locale of one language.
#[derive(Clone, Copy)]
pub struct Locale {
    language: Language,
    catalogue: &'static Catalogue,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Locale").field(&self.code()).finish()
    }
}

impl Locale {
    pub fn of(language: Language) -> Locale {
        let catalogue = CATALOGUES.iter().find(|(known, _)| *known == language);
        let (_, catalogue) = catalogue.expect("every language has its catalogue");
        Locale { language, catalogue }
    }

    /// A language with a catalogue of its own, for tests of an unlisted one.
    #[cfg(test)]
    pub(crate) fn reading(language: Language, texts: &[&str]) -> Locale {
        Locale { language, catalogue: Box::leak(Box::new(read(language.code(), texts))) }
    }

    /// ISO 639-1 code of the language.
    pub fn code(self) -> &'static str {
        self.language.code()
    }

    /// Itself: the functions of `messages!` ask every speaker for its locale.
    pub(super) fn locale(self) -> Locale {
        self
    }

    /// The text of a message.
    ///
    /// # Panics
    ///
    /// When the language has no such message; a test compares every catalogue with the declarations.
    pub(super) fn message(self, name: &str, arguments: FluentArgs) -> String {
        let pattern = self.catalogue.get_message(name).and_then(|message| message.value());
        let pattern = pattern.unwrap_or_else(|| panic!("{} has no message {name}", self.code()));
        let mut faults = Vec::new();
        let said = self.catalogue.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
        debug_assert!(faults.is_empty(), "{name} in {}: {faults:?}", self.code());
        said
    }
}
