//! Settings of transcription.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Default threads of the model: two finish a note in a tenth of its length and leave the smallest rented
/// machine able to answer meanwhile.
pub const THREADS_DEFAULT: usize = 2;

/// Default time that the model stays in memory after the last note: guests send notes in bursts.
pub const KEEP_LOADED_MINUTES_DEFAULT: u64 = 10;

/// The speech model: whisper.cpp's GGML format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ModelBytes(pub &'static [u8]);

impl fmt::Debug for ModelBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.0.len())
    }
}

/// Source of the model. The library holds none: the executable passes its own in, so that a change of the
/// library does not rewrite its 82 MB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    Bundled(ModelBytes),
    File(PathBuf),
}

/// Settings of transcription; mirrors `speech.*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeechSettings {
    pub model: Model,
    /// Threads for the model; at least one, at most the machine's processors.
    pub threads: usize,
    /// How long an unused model stays in memory.
    pub keep_loaded: Duration,
}

impl SpeechSettings {
    /// The usual settings with this model.
    pub fn new(model: Model) -> SpeechSettings {
        SpeechSettings {
            model,
            threads: THREADS_DEFAULT,
            keep_loaded: Duration::from_secs(KEEP_LOADED_MINUTES_DEFAULT * 60),
        }
    }
}
