//! Result of decoding: sound for the model, or the reason of a failure; and the limits of both.

/// Samples a second that the model expects.
pub const SAMPLE_RATE: u32 = 16_000;

/// Largest voice note: WhatsApp accepts 16 MB of audio.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;

/// Longest voice note, after which guests are asked to write: it bounds memory (19 MB of samples) and the
/// wait of other notes.
pub const SECONDS_MAX: u32 = 300;

/// [`SECONDS_MAX`] in samples.
pub(super) const SAMPLES_MAX: usize = (SECONDS_MAX * SAMPLE_RATE) as usize;

/// Most channels: a phone records one, sometimes two; more is a film.
pub(super) const CHANNELS_MAX: usize = 2;

/// Sound ready for the model: 16 kHz, one channel, nominally between -1 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    pub samples: Vec<f32>,
    /// Whether the file broke off or had to be patched, so that speech may be missing.
    pub damaged: bool,
}

impl Sound {
    /// Length in milliseconds.
    pub fn millis(&self) -> u32 {
        // At most SAMPLES_MAX samples, so neither u64 nor u32 overflows.
        (self.samples.len() as u64 * 1000 / u64::from(SAMPLE_RATE)) as u32
    }
}

/// Reason why bytes could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// More bytes than [`BYTES_MAX`].
    #[error("larger than {BYTES_MAX} bytes")]
    TooLarge,
    /// Longer than [`SECONDS_MAX`].
    #[error("longer than {SECONDS_MAX} seconds")]
    TooLong,
    /// Unknown format.
    #[error("not an audio file")]
    Unknown,
    /// A known audio format that is not supported, as a noun.
    #[error("{0} is not supported")]
    Unsupported(&'static str),
    /// A known format without any decodable sound in it.
    #[error("the audio file is damaged: {0}")]
    Damaged(&'static str),
}
