//! Internationalization (i18n): the words of every sentence lie in catalogues of Project Fluent, one a language,
//! in `assets/words`; `replies` chooses the sentences, once for all languages.
//!
//! A sentence is a line of a catalogue and a line of `guest_messages`, `page_messages`, `template_messages` or `owner_messages`, which
//! make a function of it: a mistyped name, a missing argument and an unused sentence do not compile. A test
//! compares the declarations with each catalogue.

mod argument;
mod catalogue;
mod format;
mod guest_messages;
mod message;
mod owner_messages;
mod page_messages;
mod price_lines;
mod template_messages;

#[cfg(test)]
mod catalogue_tests;

pub use catalogue::Locale;
pub use format::{Format, grouped};

pub(super) use argument::{Standing, Ways};
pub(super) use format::{Minutes, Nights, People};
pub(super) use owner_messages::OWNER;
pub use owner_messages::OWNER_LOCALE;
