//! A conversation's own outside world: recordings with a given confidence, counting random numbers, a folder in
//! memory.

use casero::domain::ids::CODE_LENGTH;
use casero::domain::language::Language;
use casero::ports::random::Random;
use casero::ports::speech::{AudioContent, Speech, SpeechError, SpeechHints, SpeechState, Transcript};
use std::path::Path;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};

/// A folder in memory where the system has one.
pub(super) fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
}

/// Recordings whose bytes are how surely they are heard, and their words.
pub(super) struct Dictation;

impl Speech for Dictation {
    fn transcribe(&self, audio: &[u8], hints: &SpeechHints) -> Result<Transcript, SpeechError> {
        let text = String::from_utf8_lossy(audio);
        let (confidence, words) = text.split_once(' ').expect("a confidence and words");
        Ok(Transcript {
            text: words.to_owned(),
            language: hints.language.unwrap_or(Language::SPANISH),
            confidence: confidence.parse().expect("a number"),
            audio_ms: 4000,
            content: AudioContent::Speech,
        })
    }

    fn state(&self) -> SpeechState {
        SpeechState::Idle
    }
}

/// Random numbers that count, codes of reservations apart from tokens: the second reservation has the same code
/// whatever was drawn before it.
#[derive(Default)]
pub(super) struct Counting {
    codes: AtomicU8,
    tokens: AtomicU64,
}

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
        if bytes.len() == CODE_LENGTH {
            bytes.copy_from_slice(&[3, 9, 20, 0, 14, 5]);
            bytes[0] += self.codes.fetch_add(1, Relaxed);
        } else if let Some(first) = bytes.first_chunk_mut() {
            *first = self.tokens.fetch_add(1, Relaxed).to_be_bytes();
        }
    }
}
