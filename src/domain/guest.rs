//! Guests.

use super::code::Coded;
use super::ids::GuestId;
use super::language::Language;
use super::phone::Phone;

/// A display name longer than this is cut: profile names may hold thousands of characters.
pub const GUEST_NAME_MAX: usize = 80;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub id: GuestId,
    /// Their display name; may be empty.
    pub name: String,
    /// Their number, unless they hide it behind a username.
    pub phone: Option<Phone>,
    /// WhatsApp's business-scoped id, opaque.
    pub bsuid: Option<String>,
    pub email: Option<String>,
    /// The last language recognised in a message of theirs.
    pub language: Coded<Language>,
    /// They opted out of messages.
    pub opted_out: bool,
}

impl Guest {
    /// The language to write in: the property's own when theirs is not supported.
    pub fn speaks(&self) -> Language {
        self.language.known().unwrap_or_default()
    }
}

/// A name as it is shown: one line, no control characters, cut at [`GUEST_NAME_MAX`].
pub fn clean_name(raw: &str) -> String {
    let one_line: String = raw.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = one_line.split_whitespace().collect();
    words.join(" ").chars().take(GUEST_NAME_MAX).collect()
}

/// The first word of a profile name when it looks like a person's: letters only, capitalised.
pub fn first_name(name: &str) -> Option<String> {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=20;
    let word = name.split_whitespace().next()?;
    let letters = word.chars().all(char::is_alphabetic) && LETTERS.contains(&word.chars().count());
    let mut chars = word.chars();
    let initial = chars.next().filter(|_| letters)?;
    Some(initial.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}
