//! What a guest did, as the dialogue takes it.

use super::tap::Tap;
use crate::domain::message::Unheard;
use jiff::Timestamp;

/// One thing a guest sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Text {
        text: String,
        source: Source,
        /// When they were sent, by WhatsApp's clock; hours may have passed since.
        sent_at: Timestamp,
    },
    /// A button or row of ours.
    Tap {
        tap: Tap,
        sent_at: Timestamp,
    },
    /// A button or row that is no longer valid.
    StaleTap,
    /// A picture, with the words below it.
    Picture {
        caption: Option<String>,
    },
    /// A file, with the words below it.
    Document {
        caption: Option<String>,
    },
    Location,
    Sticker,
    /// A voice note that gave no words.
    VoiceUnheard {
        why: Unheard,
    },
    /// Something we can't read: video, contact card, poll.
    Unsupported,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Source {
    Typed,
    /// Spoken, and heard with this confidence, 0 to 1.
    Voice {
        /// From 0 (a guess) to 1 (certain).
        confidence: f32,
    },
}
