//! whisper.cpp behind the three calls that we need: load, write, detect.
//!
//! The settings were measured with the bundled model on Spanish notes of 6 to 17 seconds
//! (`tests/bench/speech.rs` repeats it). Beam search of five has a seventh fewer wrong words than greedy
//! decoding. Cutting the encoder's context to the clip makes both more than twice as fast, since Whisper
//! otherwise processes 30 seconds of padding. There is no prompt: with one, plain hum became a loop of words
//! at high confidence. Flash attention stays off: with a cut context it ruins the text.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError, WhisperState,
    get_lang_id,
};

use super::confidence::Written;
use super::decode::SAMPLE_RATE;
use super::settings::Model;
use crate::domain::language::Language;

/// Width of the beam search.
const BEAM: i32 = 5;

/// Samples behind one position of the encoder's context.
const SAMPLES_PER_POSITION: usize = 320;

/// Positions added after the sound: without them the last words get lost.
const MARGIN_POSITIONS: usize = 64;

/// Positions per block of the kernels; a partial block costs as much.
const POSITION_BLOCK: usize = 64;

/// Fewest positions: with less than ten seconds the model stammers: "dale" became "dale dale dale dale".
const POSITIONS_MIN: usize = 512;

/// The encoder's whole context: 30 s.
const POSITIONS_MAX: usize = 1500;

/// Most tokens per second: people say about five; twice that is a loop, and is stopped.
const TOKENS_PER_SECOND_MAX: usize = 10;

/// Tokens granted to the shortest clip.
const TOKENS_MIN: usize = 24;

/// A loaded model with its parameters.
pub(super) struct Engine {
    context: WhisperContext,
    threads: i32,
    /// One per language, in the order of [`Language::all`]. whisper-rs never frees what a language or a
    /// callback allocates, so these are made once per load and copied per piece.
    params: Vec<FullParams<'static, 'static>>,
}

impl Engine {
    /// Loads the model. `stop` ends running work early.
    pub(super) fn load(
        model: &Model,
        threads: usize,
        stop: &Arc<AtomicBool>,
    ) -> Result<Engine, WhisperError> {
        // whisper.cpp logs to stderr; the hooks discard that.
        whisper_rs::install_logging_hooks();
        let mut options = WhisperContextParameters::default();
        options.use_gpu(false).flash_attn(false);
        let context = match model {
            Model::File(path) => WhisperContext::new_with_params(path, options)?,
            Model::Bundled(bytes) => WhisperContext::new_from_buffer_with_params(bytes.0, options)?,
        };
        let threads = i32::try_from(threads.max(1)).unwrap_or(i32::MAX);
        let params = Language::all().iter().map(|&language| params(language, threads, stop)).collect();
        Ok(Engine { context, threads, params })
    }

    /// Working memory for one note, freed with the session.
    pub(super) fn session(&self) -> Result<Session<'_>, WhisperError> {
        Ok(Session { engine: self, state: self.context.create_state()? })
    }
}

/// Transcription of one note.
pub(super) struct Session<'engine> {
    engine: &'engine Engine,
    state: WhisperState,
}

impl Session<'_> {
    /// The output for one piece of at most 30 s, in the given language.
    pub(super) fn write(&mut self, samples: &[f32], language: Language) -> Result<Written, WhisperError> {
        let index = Language::all().iter().position(|known| *known == language).unwrap_or_default();
        let mut params = self.engine.params[index].clone();
        params.set_audio_ctx(positions(samples.len()) as i32);
        let seconds = samples.len() / SAMPLE_RATE as usize;
        params.set_max_tokens((TOKENS_MIN + TOKENS_PER_SECOND_MAX * seconds) as i32);
        self.state.full(params, samples)?;
        let end_of_text = self.engine.context.token_eot();
        let mut bytes = Vec::new();
        let mut logprobs = Vec::new();
        for segment in self.state.as_iter() {
            bytes.extend_from_slice(segment.to_bytes()?);
            let tokens = (0..segment.n_tokens()).filter_map(|index| segment.get_token(index));
            // Token ids from end-of-text on are markers, not words.
            logprobs
                .extend(tokens.filter(|token| token.token_id() < end_of_text).map(|t| t.token_data().plog));
        }
        // A stop inside a letter leaves half of it behind.
        Ok(Written { text: String::from_utf8_lossy(&bytes).trim().to_owned(), logprobs })
    }

    /// The most probable of our languages for the last piece, with its probability among them. Runs the
    /// encoder again.
    pub(super) fn detect(&mut self) -> Result<(Language, f32), WhisperError> {
        let threads = usize::try_from(self.engine.threads).unwrap_or(1);
        let (_, probabilities) = self.state.lang_detect(0, threads)?;
        let of = |language: Language| {
            let index = get_lang_id(language.code()).and_then(|id| usize::try_from(id).ok());
            index.and_then(|index| probabilities.get(index).copied()).unwrap_or(0.0)
        };
        let total: f32 = Language::all().iter().copied().map(of).sum();
        let (mut best, mut probability) = (Language::default(), 0.0);
        for &language in Language::all() {
            if of(language) > probability {
                (best, probability) = (language, of(language));
            }
        }
        Ok((best, if total > 0.0 { probability / total } else { 0.0 }))
    }
}

/// Positions of the encoder's context that a clip needs.
fn positions(samples: usize) -> usize {
    let needed = samples.div_ceil(SAMPLES_PER_POSITION) + MARGIN_POSITIONS;
    (needed.div_ceil(POSITION_BLOCK) * POSITION_BLOCK).clamp(POSITIONS_MIN, POSITIONS_MAX)
}

fn params(language: Language, threads: i32, stop: &Arc<AtomicBool>) -> FullParams<'static, 'static> {
    let mut params = FullParams::new(SamplingStrategy::BeamSearch { beam_size: BEAM, patience: -1.0 });
    params.set_n_threads(threads);
    params.set_language(Some(language.code()));
    params.set_translate(false);
    params.set_no_context(true);
    params.set_no_timestamps(true);
    params.set_single_segment(true);
    params.set_temperature_inc(0.0);
    params.set_print_special(false);
    params.set_print_progress(false);
    params.set_print_realtime(false);
    params.set_print_timestamps(false);
    // The setter stores a pointer to a `Box<dyn FnMut() -> bool>` and calls it as a pointer to the closure's
    // own type. That is only sound when the two are the same type, so the closure is boxed as exactly that
    // before.
    let stop = Arc::clone(stop);
    let stopped: Box<dyn FnMut() -> bool> = Box::new(move || stop.load(Ordering::Relaxed));
    params.set_abort_callback_safe::<_, Box<dyn FnMut() -> bool>>(stopped);
    params
}

#[cfg(test)]
mod tests {
    use super::positions;

    #[test]
    fn the_context_covers_the_clip_in_whole_blocks_between_ten_and_thirty_seconds() {
        assert_eq!(positions(16_000 * 3), 512);
        assert_eq!(positions(16_000 * 10), 576);
        assert_eq!(positions(16_000 * 15), 832);
        assert_eq!(positions(16_000 * 28), 1472);
        assert_eq!(positions(16_000 * 30), 1500);
    }
}
