//! A guest's message, as input of the dialogue.

use super::tap::Tap;
use crate::domain::message::Unheard;
use jiff::Timestamp;

/// One input of a guest.
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
    /// An expired button or row.
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
    /// A voice note without a transcript.
    VoiceUnheard {
        why: Unheard,
    },
    /// A call.
    Call,
    /// An unsupported kind: video, contact card, poll.
    Unsupported,
}

impl Input {
    /// The guest's own words, with when they were sent where that is known.
    pub(super) fn words(&self) -> Option<(&str, Option<Timestamp>)> {
        match self {
            Input::Text { text, sent_at, .. } => Some((text, Some(*sent_at))),
            Input::Picture { caption } | Input::Document { caption } => Some((caption.as_deref()?, None)),
            Input::Tap { .. }
            | Input::StaleTap
            | Input::Location
            | Input::Sticker
            | Input::Call
            | Input::VoiceUnheard { .. }
            | Input::Unsupported => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Source {
    Typed,
    /// A transcript with its confidence, 0 to 1.
    Voice {
        /// From 0 (a guess) to 1 (certain).
        confidence: f32,
    },
}
