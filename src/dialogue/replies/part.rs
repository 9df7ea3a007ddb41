//! A part of a message, before the parts are joined.

use crate::dialogue::tap::Tap;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub(super) body: String,
    pub(super) choices: Vec<Offered>,
    pub(super) link: Option<(String, String)>,
    /// Photographs that follow.
    pub(super) pictures: Vec<Picture>,
}

/// A photograph with the words below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub token: String,
    pub caption: String,
}

impl Part {
    pub(super) fn text(body: impl Into<String>) -> Part {
        Part { body: body.into(), ..Part::default() }
    }

    pub(super) fn choice(mut self, tap: Tap, title: impl Into<String>) -> Part {
        self.choices.push(Offered { tap, title: title.into(), description: String::new() });
        self
    }

    pub(super) fn row(mut self, tap: Tap, title: impl Into<String>, description: impl Into<String>) -> Part {
        self.choices.push(Offered { tap, title: title.into(), description: description.into() });
        self
    }

    pub(super) fn link(mut self, label: String, url: &str) -> Part {
        self.link = Some((label, url.to_owned()));
        self
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub tap: Tap,
    pub title: String,
    /// Second line of a row.
    pub description: String,
}

/// The items, one per line.
pub(super) fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}
