//! State of a person with a phone.

use crate::domain::language::Language;
use crate::domain::message::Message;
use jiff::{Timestamp, civil::Date};

#[derive(Debug)]
pub struct Person {
    pub(super) phone: Option<String>,
    /// Normal form of the number.
    pub(super) phone_key: Option<String>,
    pub(super) bsuid: Option<String>,
    pub(super) language: Language,
    pub(super) wants: (Date, Date, u16),
    /// Messages received since the last action.
    pub unread: Vec<Message>,
    pub wrote_at: Option<Timestamp>,
    /// Number of messages they will still write.
    pub(super) patience: u32,
    pub(super) awake: bool,
    /// Checkouts they have seen.
    pub(super) seen_offers: Vec<String>,
}
