//! How sure a reading is, from 0 to 1.

/// Clear words settle it.
pub(super) const CLEAR: f32 = 0.95;
pub(super) const LIKELY: f32 = 0.8;
pub(super) const WEAK: f32 = 0.6;
/// Nothing speaks for it but that something has to be answered.
pub(super) const GUESS: f32 = 0.3;
/// Taken off a transcript: words may have been misheard.
pub(super) const VOICE_DISCOUNT: f32 = 0.05;
