//! Transcription switched off: every note gets the same reason.

use crate::ports::speech::{Speech, SpeechError, SpeechHints, SpeechState, Transcript};

/// Voice notes switched off, with the reason.
#[derive(Debug, Clone)]
pub struct Off {
    reason: String,
}

impl Off {
    /// Off because of `reason`, a clause for the owner.
    pub fn new(reason: String) -> Off {
        Off { reason }
    }
}

impl Speech for Off {
    fn transcribe(&self, _audio: &[u8], _hints: &SpeechHints) -> Result<Transcript, SpeechError> {
        Err(SpeechError::Off(self.reason.clone()))
    }

    fn state(&self) -> SpeechState {
        SpeechState::Off(self.reason.clone())
    }
}
