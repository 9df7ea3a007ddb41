//! Decodes the bytes of a voice note to 16 kHz mono samples, inside this process and without trusting the
//! bytes.
//!
//! The format is detected from the bytes; the sender's claim is ignored. Every size has a limit, decoders
//! work in small blocks, and a file that breaks in the middle yields the part before the break. A decoder
//! that panics refuses the note; the process goes on.

mod container;
mod ogg_opus;
mod other;
mod resample;
mod sound;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use container::Container;
pub use sound::{BYTES_MAX, DecodeError, SAMPLE_RATE, SECONDS_MAX, Sound};

/// Decodes a whole file.
///
/// # Errors
/// See [`DecodeError`]. A truncated file is not an error as long as some sound came before the break.
pub fn decode(bytes: &[u8]) -> Result<Sound, DecodeError> {
    if bytes.len() > BYTES_MAX {
        return Err(DecodeError::TooLarge);
    }
    let container = Container::sniff(bytes).ok_or(DecodeError::Unknown)?;
    // The decoders are third-party code on untrusted bytes. None of them keeps state between calls, so a
    // panic leaves nothing half done.
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
        // Float WAV files may hold any value; the model must not get infinities.
        *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
    }
    Ok(sound)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
