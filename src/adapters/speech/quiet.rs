//! Tells silence and steady noise from speech by loudness alone, and finds the pauses at which a long note
//! can be cut.
//!
//! Loudness of speech swings: syllables and pauses differ by 15 dB or more. A silent room, rain or a
//! refrigerator is steady. Such a note never reaches the model, which would invent words for it.

use std::ops::Range;

use super::decode::SAMPLE_RATE;

/// Samples of a frame: 20 ms, about the shortest sound of speech.
const FRAME: usize = SAMPLE_RATE as usize / 50;

/// Loudness below which a note is silence: speech at arm's length is 20 dB louder.
const SILENCE_DBFS: f32 = -58.0;

/// Smallest swing of speech; below it a note is steady noise.
const STEADY_DB: f32 = 4.0;

/// Distance below the loud frames from which a frame is a pause.
const ACTIVE_BELOW_LOUD_DB: f32 = 25.0;

/// Fewest active frames: the shortest word, a clipped "sí", has 120 ms of voice.
const ACTIVE_FRAMES_MIN: usize = 6;

/// Shortest note: a shorter one is a slip of the thumb; the model answers such with "Oh".
const SAMPLES_MIN: usize = SAMPLE_RATE as usize * 3 / 10;

/// Longest piece for the model, which takes 30 s at a time. Two seconds less leave it room to end its
/// sentence.
const PIECE_SAMPLES_MAX: usize = SAMPLE_RATE as usize * 28;

/// Shortest piece, if there is a choice: context helps.
const PIECE_SAMPLES_MIN: usize = SAMPLE_RATE as usize * 12;

/// Length of the pause searched for, half a second: between sentences rather than at a comma.
const PAUSE_FRAMES: usize = 25;

/// Whether the sound may be speech.
pub fn may_be_speech(samples: &[f32]) -> bool {
    if samples.len() < SAMPLES_MIN {
        return false;
    }
    let levels = levels(samples);
    let mut sorted = levels.clone();
    sorted.sort_by(f32::total_cmp);
    let percentile = |percent: usize| sorted[(sorted.len() - 1) * percent / 100];
    let (soft, loud) = (percentile(10), percentile(95));
    if loud < SILENCE_DBFS || loud - soft < STEADY_DB {
        return false;
    }
    let active = (loud - ACTIVE_BELOW_LOUD_DB).max(SILENCE_DBFS);
    levels.iter().filter(|level| **level > active).count() >= ACTIVE_FRAMES_MIN
}

/// Cuts a note, at the softest moments, into pieces that fit the model. A short note is one piece.
pub fn pieces(samples: &[f32]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while samples.len() - start > PIECE_SAMPLES_MAX {
        let end = start + softest(&samples[start..start + PIECE_SAMPLES_MAX]);
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..samples.len());
    pieces
}

/// The sample in the middle of the softest pause of a full piece, not before [`PIECE_SAMPLES_MIN`].
fn softest(piece: &[f32]) -> usize {
    let levels = levels(piece);
    let first = PIECE_SAMPLES_MIN / FRAME;
    let softest = (first..=levels.len() - PAUSE_FRAMES)
        .map(|frame| {
            let pause = &levels[frame..frame + PAUSE_FRAMES];
            (frame, pause.iter().copied().fold(f32::MIN, f32::max))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let frame = softest.map_or(levels.len() - PAUSE_FRAMES, |(frame, _)| frame);
    (frame + PAUSE_FRAMES / 2) * FRAME
}

/// Loudness of each frame in dB below full scale.
fn levels(samples: &[f32]) -> Vec<f32> {
    /// Digital silence has no logarithm.
    const FLOOR: f32 = 1e-10;
    samples
        .chunks(FRAME)
        .map(|frame| {
            let power = frame.iter().map(|sample| sample * sample).sum::<f32>() / frame.len() as f32;
            10.0 * (power + FLOOR).log10()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White noise, the same on every run.
    fn noise(seconds: usize, level: f32) -> Vec<f32> {
        let mut state = 0x2545_F491_u32;
        (0..seconds * SAMPLE_RATE as usize)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                (state as f32 / u32::MAX as f32 - 0.5) * 2.0 * level
            })
            .collect()
    }

    fn syllables(seconds: usize) -> Vec<f32> {
        let rate = SAMPLE_RATE as usize;
        let mut sound = noise(seconds, 0.3);
        for (index, sample) in sound.iter_mut().enumerate() {
            let beat = index % (rate / 4);
            *sample *= if beat < rate / 6 { 1.0 } else { 0.01 };
        }
        sound
    }

    #[test]
    fn silence_is_not_speech() {
        assert!(!may_be_speech(&vec![0.0; 80_000]));
        assert!(!may_be_speech(&noise(5, 0.001)));
    }

    #[test]
    fn steady_noise_is_not_speech_however_loud() {
        assert!(!may_be_speech(&noise(5, 0.8)));
    }

    #[test]
    fn a_steady_hum_is_not_speech() {
        let hum: Vec<f32> = (0..80_000).map(|i| (i as f32 * 0.047).sin() * 0.4).collect();
        assert!(!may_be_speech(&hum));
    }

    #[test]
    fn a_slip_of_the_thumb_is_not_speech() {
        assert!(!may_be_speech(&syllables(1)[..4000]));
        assert!(!may_be_speech(&[]));
    }

    #[test]
    fn sound_that_swings_may_be_speech() {
        assert!(may_be_speech(&syllables(3)));
    }

    #[test]
    fn a_short_note_is_one_piece() {
        assert_eq!(pieces(&syllables(20)), vec![0..20 * SAMPLE_RATE as usize]);
        assert_eq!(pieces(&[]), vec![0..0]);
    }

    #[test]
    fn a_long_note_is_cut_in_its_pause_and_nothing_is_lost() {
        let rate = SAMPLE_RATE as usize;
        let mut sound = noise(70, 0.3);
        sound[20 * rate..20 * rate + rate / 2].fill(0.0);
        let pieces = pieces(&sound);
        assert!((20 * rate..21 * rate).contains(&pieces[0].end), "{pieces:?}");
        assert_eq!(pieces[0].start, 0);
        assert!(pieces.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(pieces.last().map(|piece| piece.end), Some(sound.len()));
        assert!(pieces.iter().all(|piece| piece.len() <= PIECE_SAMPLES_MAX));
    }
}
