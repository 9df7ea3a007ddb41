//! Voice notes to text.

use crate::domain::language::Language;

/// Turns a voice note into words.
pub trait Speech: Send + Sync {
    /// Decodes and transcribes one recording. Blocking and slow (about a tenth of the recording's length);
    /// concurrent calls take turns within the implementation's core budget. The model is loaded at the first
    /// call and unloaded after the configured idle time.
    fn transcribe(&self, audio: &[u8], hints: &SpeechHints) -> Result<Transcript, SpeechError>;

    /// Whether voice notes can be transcribed here, for `doctor`, the health page and the owner.
    fn state(&self) -> SpeechState;
}

/// Hints for transcription.
#[derive(Debug, Clone, Default)]
pub struct SpeechHints {
    /// The guest's language, if known from an earlier message.
    pub language: Option<Language>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// The words; empty when nothing was said.
    pub text: String,
    pub language: Language,
    /// From 0 (a guess) to 1 (certain), from the model's token probabilities.
    pub confidence: f32,
    /// Length of the recording in milliseconds.
    pub audio_ms: u32,
    pub content: AudioContent,
}

/// Result of transcribing: speech or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AudioContent {
    Speech,
    /// Silence, noise, music or a hum: no words may be invented for it.
    Nothing,
}

/// Reason for a missing transcript.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpeechError {
    /// Voice is off: no model, or a processor without the instructions it needs.
    #[error("speech is off: {0}")]
    Off(String),
    /// The recording is in a format we do not read (AMR, video).
    #[error("unsupported audio: {0}")]
    Unsupported(&'static str),
    /// The recording is damaged beyond use.
    #[error("broken audio: {0}")]
    Broken(String),
    /// Longer or larger than the limit.
    #[error("audio too long")]
    TooLong,
    /// The model failed; a retry may help.
    #[error("speech model failed: {0}")]
    Failed(String),
}

/// Whether voice notes can be transcribed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeechState {
    Loaded,
    /// Ready; the model is loaded at the first voice note.
    Idle,
    /// Guests who send voice notes are asked to write; the reason is for the owner.
    Off(String),
}
