//! Confidence of a reading, from 0 to 1.

/// Clear words decide it.
pub(super) const CLEAR: f32 = 0.95;
pub(super) const LIKELY: f32 = 0.8;
pub(super) const WEAK: f32 = 0.6;
/// No evidence; only an answer is needed.
pub(super) const GUESS: f32 = 0.3;
/// Discount of a transcript: words may have been misheard.
pub(super) const VOICE_DISCOUNT: f32 = 0.05;
