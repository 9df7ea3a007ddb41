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
mod settings;
#[cfg(feature = "speech")]
mod whisper;

pub use settings::{KEEP_LOADED_MINUTES_DEFAULT, Model, ModelBytes, SpeechSettings, THREADS_DEFAULT};

use std::sync::Arc;

use crate::ports::speech::Speech;

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
