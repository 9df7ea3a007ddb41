//! Resamples any usual rate to 16 kHz, block by block, so that a long file never sits in memory at its own
//! rate.

use rubato::audioadapter_buffers::direct::SequentialSlice;
use rubato::{Fft, FixedSync, Resampler};

use super::sound::{DecodeError, SAMPLE_RATE, SAMPLES_MAX};

/// Frames given to the resampler at a time; only speed depends on it.
const BLOCK_FRAMES: usize = 1024;

/// Rates accepted: those of recorders. Others could be primes chosen to make the transform slow.
const RATES: [u32; 11] =
    [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000];

/// Collects mono samples of one rate and returns them at 16 kHz.
pub(super) struct To16k {
    rate: u32,
    engine: Option<Engine>,
    taken: usize,
    out: Vec<f32>,
}

struct Engine {
    fft: Fft<f32>,
    pending: Vec<f32>,
    block: Vec<f32>,
    /// Output frames still to drop: the filter's own delay.
    delay: usize,
}

impl To16k {
    /// A converter from `rate` samples a second.
    pub(super) fn new(rate: u32) -> Result<To16k, DecodeError> {
        if !RATES.contains(&rate) {
            return Err(DecodeError::Unsupported("audio at an unusual sample rate"));
        }
        let engine = if rate == SAMPLE_RATE { None } else { Some(Engine::new(rate)?) };
        Ok(To16k { rate, engine, taken: 0, out: Vec::new() })
    }

    /// Adds samples.
    pub(super) fn push(&mut self, samples: &[f32]) -> Result<(), DecodeError> {
        self.taken += samples.len();
        match &mut self.engine {
            None => self.out.extend_from_slice(samples),
            Some(engine) => {
                // A float WAV may hold infinities and numbers that overflow when added; the transform panics
                // at them.
                let tame = |sample: &f32| if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
                let samples: Vec<f32> = samples.iter().map(tame).collect();
                engine.push(&samples, &mut self.out)?;
            }
        }
        if self.out.len() > SAMPLES_MAX { Err(DecodeError::TooLong) } else { Ok(()) }
    }

    /// The result at 16 kHz, as long as the input: the filter's tail is flushed and its delay removed.
    pub(super) fn finish(mut self) -> Result<Vec<f32>, DecodeError> {
        let wanted = (self.taken as u64 * u64::from(SAMPLE_RATE)).div_ceil(u64::from(self.rate)) as usize;
        if let Some(engine) = &mut self.engine {
            let silence = vec![0.0; engine.fft.input_frames_next()];
            while self.out.len() < wanted {
                engine.push(&silence, &mut self.out)?;
            }
        }
        self.out.truncate(wanted);
        Ok(self.out)
    }
}

impl Engine {
    fn new(rate: u32) -> Result<Engine, DecodeError> {
        let fft = Fft::new(rate as usize, SAMPLE_RATE as usize, BLOCK_FRAMES, 1, FixedSync::Both)
            .map_err(|_| DecodeError::Unsupported("audio at an unusual sample rate"))?;
        let block = vec![0.0; fft.output_frames_max()];
        let delay = fft.output_delay();
        Ok(Engine { fft, pending: Vec::new(), block, delay })
    }

    fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) -> Result<(), DecodeError> {
        self.pending.extend_from_slice(samples);
        let needed = self.fft.input_frames_next();
        let whole = self.pending.len() - self.pending.len() % needed;
        for input in self.pending[..whole].chunks_exact(needed) {
            let frames = self.block.len();
            let source = SequentialSlice::new(input, 1, needed).map_err(|_| BROKEN)?;
            let mut target = SequentialSlice::new_mut(&mut self.block, 1, frames).map_err(|_| BROKEN)?;
            let (_, written) =
                self.fft.process_into_buffer(&source, &mut target, None).map_err(|_| BROKEN)?;
            let dropped = self.delay.min(written);
            self.delay -= dropped;
            out.extend_from_slice(&self.block[dropped..written]);
        }
        self.pending.drain(..whole);
        Ok(())
    }
}

/// Error of a resampler's refusal; the sizes above make it impossible.
const BROKEN: DecodeError = DecodeError::Damaged("could not be resampled");
