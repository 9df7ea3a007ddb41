//! One check: its result and its remedy.

use serde::Serialize;

/// One check.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) state: State,
    /// Remedy, or additional information.
    pub(super) remedy: String,
}

/// Result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    Ok,
    Warn,
    Fail,
}

pub(super) fn ok(name: &'static str) -> Check {
    fine(name, "")
}

/// Good, with additional information.
pub(super) fn fine(name: &'static str, words: impl Into<String>) -> Check {
    Check { name, state: State::Ok, remedy: words.into() }
}

pub(super) fn warn(name: &'static str, remedy: impl Into<String>) -> Check {
    Check { name, state: State::Warn, remedy: remedy.into() }
}

pub(super) fn fail(name: &'static str, remedy: impl Into<String>) -> Check {
    Check { name, state: State::Fail, remedy: remedy.into() }
}
