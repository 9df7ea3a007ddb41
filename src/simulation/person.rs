//! Somebody with a phone, as the world keeps them.

use crate::domain::language::Language;
use crate::domain::message::Message;
use jiff::{Timestamp, civil::Date};

#[derive(Debug)]
pub struct Person {
    pub(super) phone: Option<String>,
    /// By which the number is known, however it is written.
    pub(super) phone_key: Option<String>,
    pub(super) bsuid: Option<String>,
    pub(super) language: Language,
    pub(super) wants: (Date, Date, u16),
    /// Messages read since the last act.
    pub unread: Vec<Message>,
    pub wrote_at: Option<Timestamp>,
    /// Messages they still feel like writing.
    pub(super) patience: u32,
    pub(super) awake: bool,
    /// Offers they looked at already.
    pub(super) seen_offers: Vec<String>,
}
