//! Hearing voice notes inside this process: no sound ever leaves the machine.
//!
//! A note goes through four hands: [`decode`] turns its bytes into 16 kHz samples, [`quiet`] stops what cannot be speech before
//! it costs anything, [`local`] runs Whisper over it in a thread of its own, and [`confidence`] decides what of the model's
//! output somebody really said. On a machine or in a build that cannot run the model, [`off::Off`] takes its place and says why.

pub mod confidence;
pub mod cpu;
pub mod decode;
#[cfg(feature = "speech")]
pub mod local;
pub mod off;
pub mod quiet;
pub mod report;
#[cfg(feature = "speech")]
mod whisper;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::ports::speech::Speech;

/// Threads given to the model unless told otherwise: two finish a note in a tenth of its length and leave the smallest rented
/// machine able to answer meanwhile.
pub const THREADS_DEFAULT: usize = 2;

/// How long the model stays in memory after the last note unless told otherwise: guests send notes in bursts.
pub const KEEP_LOADED_MINUTES_DEFAULT: u64 = 10;

/// The speech model: whisper.cpp's GGML format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ModelBytes(pub &'static [u8]);

impl fmt::Debug for ModelBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.0.len())
    }
}

/// Where the model comes from. The library holds none: an executable that has one inside hands it in, so that a change of the
/// library does not write its 82 MB again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    Bundled(ModelBytes),
    File(PathBuf),
}

/// How voice notes are heard; mirrors the `speech.*` settings.
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

/// The best ear that this build has on this machine. Loads nothing yet: the first note does.
pub fn open(settings: SpeechSettings) -> Arc<dyn Speech> {
    if let Some(reason) = cpu::missing() {
        return Arc::new(off::Off::new(reason));
    }
    #[cfg(feature = "speech")]
    return Arc::new(local::Local::new(settings));
    #[cfg(not(feature = "speech"))]
    {
        let SpeechSettings { model: _, threads: _, keep_loaded: _ } = settings;
        Arc::new(off::Off::new("this build has no speech model".to_owned()))
    }
}
