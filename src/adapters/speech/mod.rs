//! Transcription of voice notes inside this process: no sound leaves the machine.
//!
//! A note passes four stages: [`decode`] turns its bytes into 16 kHz samples, [`quiet`] rejects silence and
//! noise early, [`local`] runs Whisper over it in a thread of its own, and [`confidence`] decides which of
//! the model's output was said. On a machine or in a build that cannot run the model, [`off::Off`] takes its
//! place with the reason.

pub mod confidence;
pub mod cpu;
pub mod decode;
#[cfg(feature = "speech")]
pub mod local;
pub mod off;
pub mod quiet;
pub mod report;
mod settings;
#[cfg(feature = "speech")]
mod whisper;

pub use settings::{KEEP_LOADED_MINUTES_DEFAULT, Model, ModelBytes, SpeechSettings, THREADS_DEFAULT};

use std::sync::Arc;

use crate::ports::speech::Speech;

/// The transcriber that this build has on this machine. The model is loaded at the first note.
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
