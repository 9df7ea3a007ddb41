//! What the owner reads on a locked screen and in mail, and letters to guests.

use super::{Form, Rendered};
use crate::dialogue::i18n::{Locale, OWNER};
use crate::domain::ids::ReservationCode;
use crate::domain::language::Language;
use crate::domain::notice::NoticeKind;

/// The product's name, for a house without one.
const NAMELESS: &str = "Casero";

/// What a notice is about, without a word of a guest's; `None` is news that nobody was promised.
pub fn owner_notice_kind(kind: Option<NoticeKind>) -> String {
    kind.map_or_else(|| OWNER.news_waits(), |kind| OWNER.notice_kind(kind))
}

pub fn owner_push_title(urgent: bool) -> String {
    if urgent { OWNER.push_title_urgent() } else { OWNER.push_title() }
}

pub fn owner_mail_subject(place: &str, urgent: bool) -> String {
    let place = named(place);
    if urgent { OWNER.mail_subject_urgent(place) } else { OWNER.mail_subject(place) }
}

/// The words with the address of the page, if there is one.
pub fn owner_mail(words: &str, url: &str) -> String {
    if url.is_empty() { OWNER.mail_body_without_page(words) } else { OWNER.mail_body(words, url) }
}

pub fn owner_test() -> String {
    OWNER.test_notice()
}

pub fn owner_code(code: &str) -> String {
    OWNER.owner_code(code)
}

pub fn owner_number_asked(phone: &str) -> String {
    OWNER.owner_number_asked(phone)
}

pub fn owner_number_proven(phone: &str) -> String {
    OWNER.owner_number_proven(phone)
}

pub fn guest_letter_subject(place: &str, code: &ReservationCode, language: Language) -> String {
    Locale::of(language).letter_subject(code, named(place))
}

/// A letter to a guest: what is said, the link to their own page, and who sends it.
pub fn guest_letter(words: &[String], link: Option<&str>, place: &str, language: Language) -> String {
    let locale = Locale::of(language);
    let mut parts = words.to_vec();
    parts.extend(link.map(|link| locale.letter_link(link)));
    parts.push(locale.letter_foot(named(place)));
    parts.join("\n\n")
}

fn named(place: &str) -> &str {
    if place.is_empty() { NAMELESS } else { place }
}

impl Rendered {
    /// Its words where there are no buttons: a link stands in them.
    pub fn in_full(self) -> String {
        match self.form {
            Form::Link { url, .. } => format!("{} {url}", self.body),
            Form::Text | Form::Buttons | Form::List { .. } => self.body,
        }
    }
}
