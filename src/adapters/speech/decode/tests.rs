//! Hostile input, tested without the model.

use proptest::prelude::*;

use super::*;

/// A minimal WAV file of 16-bit samples.
fn wav(rate: u32, channels: u16, samples: &[i16]) -> Vec<u8> {
    let data = samples.len() as u32 * 2;
    let mut bytes = Vec::new();
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + data).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16u32.to_le_bytes());
    bytes.extend_from_slice(&1u16.to_le_bytes());
    bytes.extend_from_slice(&channels.to_le_bytes());
    bytes.extend_from_slice(&rate.to_le_bytes());
    bytes.extend_from_slice(&(rate * u32::from(channels) * 2).to_le_bytes());
    bytes.extend_from_slice(&(channels * 2).to_le_bytes());
    bytes.extend_from_slice(&16u16.to_le_bytes());
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&data.to_le_bytes());
    for sample in samples {
        bytes.extend_from_slice(&sample.to_le_bytes());
    }
    bytes
}

fn tone(rate: u32, frames: usize) -> Vec<i16> {
    (0..frames)
        .map(|i| ((i as f64 * 440.0 * std::f64::consts::TAU / f64::from(rate)).sin() * 12_000.0) as i16)
        .collect()
}

#[test]
fn every_usual_rate_comes_out_at_16_khz_with_its_length_and_pitch() {
    for rate in [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000] {
        let sound = decode(&wav(rate, 1, &tone(rate, rate as usize * 2))).expect("a tone is sound");
        assert_eq!(sound.samples.len(), 32_000, "{rate}");
        assert!(!sound.damaged);
        let middle = &sound.samples[8_000..24_000];
        let crossings = middle.windows(2).filter(|pair| pair[0] <= 0.0 && pair[1] > 0.0).count();
        assert!((439..=441).contains(&crossings), "{rate}: {crossings} periods a second");
        let peak = middle.iter().copied().fold(0.0, f32::max);
        assert!((peak - 12_000.0 / 32_768.0).abs() < 0.02, "{rate}: {peak}");
        // In time as well: the tone starts at zero, so its first half period must be positive from the start.
        assert!(
            sound.samples[4..14].iter().all(|sample| *sample > 0.0),
            "{rate}: {:?}",
            &sound.samples[..20]
        );
    }
}

#[test]
fn two_channels_are_mixed_into_one() {
    let samples: Vec<i16> = (0..16_000).flat_map(|_| [8_000, -4_000]).collect();
    let sound = decode(&wav(16_000, 2, &samples)).expect("stereo is sound");
    assert_eq!(sound.samples.len(), 16_000);
    assert!((sound.samples[8_000] - 2_000.0 / 32_768.0).abs() < 1e-4);
}

#[test]
fn odd_shapes_are_declined_with_a_word() {
    assert_eq!(
        decode(&wav(44_099, 1, &tone(44_099, 44_099))),
        Err(DecodeError::Unsupported("audio at an unusual sample rate"))
    );
    assert_eq!(decode(&wav(16_000, 4, &[0; 64_000])), Err(DecodeError::Unsupported("multichannel audio")));
    assert_eq!(decode(b"#!AMR\n\x3c\x00"), Err(DecodeError::Unsupported("AMR audio")));
    assert_eq!(decode(b"\0\0\0\x18ftyp3gp4"), Err(DecodeError::Unsupported("3GP audio")));
    assert_eq!(
        decode(b"OggS\0\x02aaaaaaaaaaaaaaaaaaaaa\x01vorbis"),
        Err(DecodeError::Unsupported("OGG without Opus"))
    );
    assert_eq!(decode(b""), Err(DecodeError::Unknown));
    assert_eq!(decode(b"%PDF-1.7"), Err(DecodeError::Unknown));
    assert_eq!(decode(&wav(16_000, 1, &[])), Err(DecodeError::Damaged("no sound in it")));
}

#[test]
fn too_much_is_refused_before_it_is_held_in_memory() {
    assert_eq!(decode(&vec![0; BYTES_MAX + 1]), Err(DecodeError::TooLarge));
    let seconds = SECONDS_MAX as usize + 1;
    assert_eq!(decode(&wav(16_000, 1, &vec![9; seconds * 16_000])), Err(DecodeError::TooLong));
    assert_eq!(decode(&wav(8_000, 1, &vec![9; seconds * 8_000])), Err(DecodeError::TooLong));
}

#[test]
fn a_file_that_claims_more_than_it_has_yields_what_it_has() {
    let whole = wav(16_000, 1, &tone(16_000, 32_000));
    let sound = decode(&whole[..whole.len() / 2]).expect("half a tone is sound");
    assert!((15_900..=16_000).contains(&sound.samples.len()), "{}", sound.samples.len());
}

#[test]
fn infinite_and_missing_numbers_never_reach_the_model() {
    let mut bytes = wav(16_000, 1, &[0; 8]);
    // The same header, now for 32-bit floats.
    bytes[20..22].copy_from_slice(&3u16.to_le_bytes());
    bytes[28..32].copy_from_slice(&64_000u32.to_le_bytes());
    bytes[32..34].copy_from_slice(&4u16.to_le_bytes());
    bytes[34..36].copy_from_slice(&32u16.to_le_bytes());
    bytes.truncate(44);
    for value in [f32::NAN, f32::INFINITY, -1e30, 0.25] {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    let sound = decode(&bytes).expect("floats are sound");
    assert_eq!(sound.samples, [0.0, 0.0, -1.0, 0.25]);
}

/// The start of every format, so that random bytes pass the detection.
const STARTS: [&[u8]; 6] = [
    b"OggS\0\x02\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0",
    b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\xff\xff\xff\x7f",
    b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42\0\0\0\x08moov",
    b"ID3\x04\0\0\0\0\x01\x7f",
    b"\xff\xfb\x90\x64",
    b"\xff\xf1\x50\x80",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_bytes_are_refused_or_heard_but_never_a_panic(
        start in 0..STARTS.len(),
        rest in proptest::collection::vec(any::<u8>(), 0..4096),
    ) {
        let mut bytes = STARTS[start].to_vec();
        bytes.extend(rest);
        if let Ok(sound) = decode(&bytes) {
            prop_assert!(!sound.samples.is_empty());
            prop_assert!(sound.samples.iter().all(|sample| sample.is_finite() && sample.abs() <= 1.0));
        }
    }
}

#[test]
fn samples_that_are_no_numbers_do_not_bring_the_resampler_down() {
    for wild in [f32::NAN, f32::INFINITY, f32::MAX, f32::MIN] {
        let mut converter = resample::To16k::new(48_000).unwrap();
        converter.push(&[wild; 4800]).unwrap();
        let samples = converter.finish().unwrap();
        assert_eq!(samples.len(), 1600);
        assert!(samples.iter().all(|sample| sample.is_finite()), "{wild}");
    }
}
