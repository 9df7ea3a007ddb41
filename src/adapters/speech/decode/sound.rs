//! What decoding ends in: sound for the model, or the reason why there is none; and the limits of both.

/// Samples a second that the model expects.
pub const SAMPLE_RATE: u32 = 16_000;

/// No voice note is larger: 16 MB is what WhatsApp accepts as audio.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;

/// Guests who talk longer than five minutes are asked to write: it bounds memory (19 MB of samples) and the time for which
/// everybody else's note waits.
pub const SECONDS_MAX: u32 = 300;

/// [`SECONDS_MAX`] in samples.
pub(super) const SAMPLES_MAX: usize = (SECONDS_MAX * SAMPLE_RATE) as usize;

/// A phone records one channel, sometimes two; more is a film, not a note.
pub(super) const CHANNELS_MAX: usize = 2;

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
