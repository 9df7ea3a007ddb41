//! Voice notes whose bytes are their words, heard more or less well.

use super::world::Shared;
use crate::domain::language::Language;
use crate::ports::speech::{Heard, Speech, SpeechError, SpeechHints, SpeechState, Transcript};

/// The port.
pub(super) struct SimSpeech {
    pub world: Shared,
}

impl Speech for SimSpeech {
    fn transcribe(&self, audio: &[u8], hints: &SpeechHints) -> Result<Transcript, SpeechError> {
        let dice = &mut self.world.lock().dice;
        let heard = match dice.below(40) {
            0 => return Err(SpeechError::Failed("simulated".to_owned())),
            1 => return Err(SpeechError::Broken("simulated".to_owned())),
            2 => return Err(SpeechError::TooLong),
            3 => Heard::Nothing,
            _ => Heard::Speech,
        };
        let confidence = if dice.permille(800) { 0.93 } else { 0.4 };
        Ok(Transcript {
            text: String::from_utf8_lossy(audio).into_owned(),
            language: hints.language.unwrap_or(Language::Es),
            confidence,
            audio_ms: 4000,
            heard,
        })
    }

    fn state(&self) -> SpeechState {
        SpeechState::Idle
    }
}
