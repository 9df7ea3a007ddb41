//! From the bytes of a voice note to 16 kHz mono samples, inside this process and without trusting the bytes.
//!
//! The container is told by its bytes; what the sender claims is ignored. Every size has a limit, decoders work in small
//! blocks, and a file that breaks in the middle yields what was before the break. A decoder that panics is a refusal, not
//! the end of the process.

mod container;
mod ogg_opus;
mod other;
mod resample;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use container::Container;

/// Samples a second that the model expects.
pub const SAMPLE_RATE: u32 = 16_000;

/// No voice note is larger: 16 MB is what WhatsApp accepts as audio.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;

/// Guests who talk longer than five minutes are asked to write: it bounds memory (19 MB of samples) and the time for which
/// everybody else's note waits.
pub const SECONDS_MAX: u32 = 300;

/// [`SECONDS_MAX`] in samples.
const SAMPLES_MAX: usize = (SECONDS_MAX * SAMPLE_RATE) as usize;

/// A phone records one channel, sometimes two; more is a film, not a note.
const CHANNELS_MAX: usize = 2;

/// Sound ready for the model: 16 kHz, one channel, nominally between -1 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    pub samples: Vec<f32>,
    /// True when the file broke off or had to be patched, so that some of the speech may be missing.
    pub damaged: bool,
}

impl Sound {
    /// Length in milliseconds.
    pub fn millis(&self) -> u32 {
        // At most SAMPLES_MAX samples, so the product stays far below the limit of u64 and the result below that of u32.
        (self.samples.len() as u64 * 1000 / u64::from(SAMPLE_RATE)) as u32
    }
}

/// Why bytes could not be turned into sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// More bytes than [`BYTES_MAX`].
    #[error("larger than {BYTES_MAX} bytes")]
    TooLarge,
    /// Longer than [`SECONDS_MAX`].
    #[error("longer than {SECONDS_MAX} seconds")]
    TooLong,
    /// Not a container that we know.
    #[error("not an audio file")]
    Unknown,
    /// A known kind of audio that we decline, as a noun.
    #[error("{0} is not supported")]
    Unsupported(&'static str),
    /// A known container without any decodable sound in it.
    #[error("the audio file is damaged: {0}")]
    Damaged(&'static str),
}

/// Decodes a whole file.
///
/// # Errors
/// See [`DecodeError`]. A truncated file is not an error as long as some sound came before the break.
pub fn decode(bytes: &[u8]) -> Result<Sound, DecodeError> {
    if bytes.len() > BYTES_MAX {
        return Err(DecodeError::TooLarge);
    }
    let container = Container::sniff(bytes).ok_or(DecodeError::Unknown)?;
    // The decoders are other people's code fed with a stranger's bytes. None of them keeps state between calls, so there is
    // nothing that a panic could leave half done.
    let decoded = catch_unwind(AssertUnwindSafe(|| match container {
        Container::OggOpus => ogg_opus::decode(bytes),
        Container::Wav => other::decode(bytes, "wav"),
        Container::Mp3 => other::decode(bytes, "mp3"),
        Container::Mp4 => other::decode(bytes, "m4a"),
        Container::Adts => other::decode(bytes, "aac"),
        Container::Declined(name) => Err(DecodeError::Unsupported(name)),
    }));
    let mut sound = decoded.unwrap_or(Err(DecodeError::Damaged("the decoder gave up")))?;
    if sound.samples.is_empty() {
        return Err(DecodeError::Damaged("no sound in it"));
    }
    for sample in &mut sound.samples {
        // Float WAV files may hold anything; the model's arithmetic must not meet infinities.
        *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
    }
    Ok(sound)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
