//! Voice notes whose bytes are their words, transcribed more or less well.

use super::world::Shared;
use crate::domain::language::Language;
use crate::ports::speech::{AudioContent, Speech, SpeechError, SpeechHints, SpeechState, Transcript};

pub(super) struct SimulatedSpeech {
    pub world: Shared,
}

impl Speech for SimulatedSpeech {
    fn transcribe(&self, audio: &[u8], hints: &SpeechHints) -> Result<Transcript, SpeechError> {
        let rng = &mut self.world.lock().rng;
        let content = match rng.below(40) {
            0 => return Err(SpeechError::Failed("simulated".to_owned())),
            1 => return Err(SpeechError::Broken("simulated".to_owned())),
            2 => return Err(SpeechError::TooLong),
            3 => AudioContent::Nothing,
            _ => AudioContent::Speech,
        };
        let confidence = if rng.permille(800) { 0.93 } else { 0.4 };
        Ok(Transcript {
            text: String::from_utf8_lossy(audio).into_owned(),
            language: hints.language.unwrap_or(Language::SPANISH),
            confidence,
            audio_ms: 4000,
            content,
        })
    }

    fn state(&self) -> SpeechState {
        SpeechState::Idle
    }
}
