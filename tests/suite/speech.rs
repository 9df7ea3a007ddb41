//! Voice notes, from the bytes of real files to words: transcribed ones, rejected ones, and hostile files.
//!
//! The recordings in `tests/data/speech` are synthetic, with sentences written for these tests. They carry the
//! accent of their synthesisers, so word error rates on them are higher than on clear human speech.

#[cfg(feature = "speech")]
#[path = "speech/score.rs"]
mod score;

use std::path::PathBuf;

use casero::adapters::speech::decode::{self, DecodeError, SAMPLE_RATE};
use proptest::prelude::*;

fn recording(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/speech").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tone that `sweep-40037.ogg` was made from: 200 Hz rising by 520 Hz a second, 40037 samples.
fn sweep() -> Vec<f32> {
    (0..40_037)
        .map(|index| {
            let t = f64::from(index) / f64::from(SAMPLE_RATE);
            (0.4 * (std::f64::consts::TAU * (200.0 * t + 260.0 * t * t)).sin()) as f32
        })
        .collect()
}

/// Correlation of two sounds when the second starts `lag` samples later: 1 is equal.
fn likeness(original: &[f32], decoded: &[f32], lag: isize) -> f64 {
    let (mut product, mut left, mut right) = (0.0, 0.0, 0.0);
    for (index, a) in original.iter().enumerate().skip(2_000).take(34_000) {
        let b = decoded[(index as isize + lag) as usize];
        product += f64::from(a * b);
        left += f64::from(a * a);
        right += f64::from(b * b);
    }
    product / (left * right).sqrt()
}

#[test]
fn an_opus_note_has_exactly_the_samples_that_were_recorded_in_their_places() {
    let sound = decode::decode(&recording("sweep-40037.ogg")).expect("the sweep is sound");
    assert_eq!(sound.samples.len(), 40_037);
    assert!(!sound.damaged);
    let original = sweep();
    let best = (-60..=60).max_by(|a, b| {
        likeness(&original, &sound.samples, *a).total_cmp(&likeness(&original, &sound.samples, *b))
    });
    assert!(best.is_some_and(|lag| lag.abs() <= 1), "it is {best:?} samples late");
    assert!(likeness(&original, &sound.samples, best.unwrap_or(0)) > 0.98);
}

#[test]
fn every_container_that_people_send_is_read_with_its_length() {
    for (name, seconds, slack) in [
        ("es-02.ogg", 4.61, 0.03),
        ("es-02-stereo.m4a", 4.61, 0.10),
        ("es-03.mp3", 5.83, 0.08),
        ("es-09.wav", 2.50, 0.01),
    ] {
        let sound = decode::decode(&recording(name)).expect("it is sound");
        let heard = f64::from(sound.millis()) / 1000.0;
        assert!((heard - seconds).abs() <= slack, "{name}: {heard} s");
        assert!(!sound.damaged, "{name}");
    }
}

#[test]
fn the_same_note_is_the_same_sound_in_every_container() {
    let loudness = |name: &str| {
        let samples = decode::decode(&recording(name)).expect("it is sound").samples;
        (samples.iter().map(|sample| f64::from(sample * sample)).sum::<f64>() / samples.len() as f64).sqrt()
    };
    for (one, other) in
        [("es-02.ogg", "es-02-stereo.m4a"), ("es-03.ogg", "es-03.mp3"), ("es-09.ogg", "es-09.wav")]
    {
        let ratio = loudness(one) / loudness(other);
        assert!((0.8..1.25).contains(&ratio), "{one} is {ratio} times as loud as {other}");
    }
}

#[test]
fn a_note_cut_off_while_downloading_is_heard_as_far_as_it_goes() {
    for name in ["es-02.ogg", "es-03.mp3"] {
        let whole = recording(name);
        let length = decode::decode(&whole).expect("it is sound").samples.len();
        let part = decode::decode(&whole[..whole.len() * 6 / 10]).expect("a part is sound too");
        assert!(part.samples.len() > length / 4 && part.samples.len() < length, "{name}");
        // An MP3 has no end of its own: where it breaks off is where it ends.
        assert_eq!(part.damaged, !name.ends_with("mp3"), "{name}");
    }
}

#[test]
fn a_file_cut_off_in_its_header_is_refused_in_words() {
    for name in ["es-02.ogg", "es-02-stereo.m4a", "es-03.mp3", "es-09.wav"] {
        let refused = decode::decode(&recording(name)[..40]).expect_err("there is nothing to hear");
        assert!(matches!(refused, DecodeError::Damaged(_)), "{name}: {refused}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Real files with bytes changed, cut and doubled: closer to the decoders' insides than random bytes come.
    #[test]
    fn damaged_recordings_are_refused_or_heard_but_never_a_panic(
        file in 0..4usize,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..24),
        keep in any::<proptest::sample::Index>(),
        doubled in any::<bool>(),
    ) {
        let mut bytes = recording(["es-02.ogg", "es-02-stereo.m4a", "es-03.mp3", "es-09.wav"][file]);
        bytes.truncate(32_000);
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        let keep = keep.index(bytes.len()) + 1;
        let tail = if doubled { bytes[keep / 2..keep].to_vec() } else { Vec::new() };
        bytes.truncate(keep);
        bytes.extend(tail);
        if let Ok(sound) = decode::decode(&bytes) {
            prop_assert!(sound.samples.iter().all(|sample| sample.is_finite() && sample.abs() <= 1.0));
            prop_assert!(sound.samples.len() <= (decode::SECONDS_MAX * SAMPLE_RATE) as usize);
        }
    }
}

/// With the model in the build: what is really heard. One ear for all, since loading it is the slow part.
#[cfg(feature = "speech")]
mod heard {
    use std::sync::LazyLock;
    use std::time::Duration;

    use casero::adapters::speech::{Model, SpeechSettings, local::Local};
    use casero::domain::language::Language;
    use casero::ports::speech::{AudioContent, Speech, SpeechError, SpeechHints, SpeechState, Transcript};

    use super::score::Errors;
    use super::*;

    /// One thread: the model's threads wait for each other by spinning, and the other tests want the processors too.
    static MODEL: LazyLock<Local> = LazyLock::new(|| Local::new(SpeechSettings { threads: 1, ..shipped() }));

    /// The usual settings with the model that the executable carries.
    fn shipped() -> SpeechSettings {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/speech/ggml-base-q8_0.bin");
        SpeechSettings::new(Model::File(file))
    }

    fn transcribe(name: &str, language: Option<Language>) -> Transcript {
        MODEL.transcribe(&recording(name), &SpeechHints { language }).expect("the note can be heard")
    }

    fn said(name: &str) -> String {
        let list = String::from_utf8(recording("transcripts.jsonl")).expect("the list is text");
        let mut rows =
            list.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a row is JSON"));
        let row = rows.find(|row| row["file"] == name).expect("the recording is listed");
        row["text"].as_str().expect("a row has a text").to_owned()
    }

    #[test]
    fn a_spanish_note_is_heard_nearly_word_for_word() {
        let transcript = transcribe("es-06.ogg", Some(Language::SPANISH));
        let errors = Errors::count(&said("es-06.ogg"), &transcript.text, Language::SPANISH);
        assert!(errors.percent() <= 10.0, "{}", transcript.text);
        assert_eq!((transcript.content, transcript.language), (AudioContent::Speech, Language::SPANISH));
        assert!(transcript.confidence > 0.75, "{}", transcript.confidence);
        assert!((8_000..8_300).contains(&transcript.audio_ms));
    }

    #[test]
    fn the_language_is_found_out_when_nobody_told_it() {
        let portuguese = transcribe("pt-03.ogg", None);
        assert_eq!(portuguese.language, Language::of("pt"), "{}", portuguese.text);
        let english = transcribe("en-03.ogg", Some(Language::SPANISH));
        assert_eq!(english.language, Language::of("en"), "{}", english.text);
        assert!(english.text.contains("deposit"), "{}", english.text);
    }

    #[test]
    fn two_words_are_heard_and_said_once() {
        let transcript = transcribe("es-09.ogg", Some(Language::SPANISH));
        let errors = Errors::count(&said("es-09.ogg"), &transcript.text, Language::SPANISH);
        assert_eq!(errors.wrong, 0, "{}", transcript.text);
    }

    #[test]
    fn nobody_speaking_is_never_given_words() {
        let kinds = ["silence", "room", "noise", "wind", "hum", "music", "song", "knock", "slip"];
        for name in kinds.map(|kind| format!("nobody-{kind}.ogg")) {
            let transcript = transcribe(&name, Some(Language::SPANISH));
            assert_eq!((transcript.content, transcript.text.as_str()), (AudioContent::Nothing, ""), "{name}");
        }
    }

    #[test]
    fn a_short_note_is_heard_between_the_pieces_of_a_long_one() {
        let model = Local::new(SpeechSettings { threads: 1, ..shipped() });
        let hints = SpeechHints { language: Some(Language::SPANISH) };
        std::thread::scope(|scope| {
            let long = scope.spawn(|| model.transcribe(&recording("es-long.ogg"), &hints));
            while model.state() != SpeechState::Loaded {
                std::thread::sleep(Duration::from_millis(10));
            }
            let short = model.transcribe(&recording("es-09.ogg"), &hints).expect("the note can be heard");
            assert!(!long.is_finished(), "the short note waited for all of the long one");
            let long = long.join().expect("it ends").expect("the note can be heard");
            assert_eq!(Errors::count(&said("es-09.ogg"), &short.text, Language::SPANISH).wrong, 0);
            let errors = Errors::count(&said("es-long.ogg"), &long.text, Language::SPANISH);
            assert!(errors.percent() < 25.0, "{}", long.text);
        });
    }

    #[test]
    fn the_model_is_loaded_by_the_first_note_and_leaves_when_idle() {
        let keep_loaded = Duration::from_millis(300);
        let model = Local::new(SpeechSettings { threads: 1, keep_loaded, ..shipped() });
        assert_eq!(model.state(), SpeechState::Idle);
        model.transcribe(&recording("es-09.ogg"), &SpeechHints::default()).expect("the note can be heard");
        assert_eq!(model.state(), SpeechState::Loaded);
        let left = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            model.state() == SpeechState::Idle
        });
        assert!(left, "the model is still loaded after five seconds");
        let again = model.transcribe(&recording("es-09.ogg"), &SpeechHints::default());
        assert!(again.is_ok_and(|transcript| transcript.content == AudioContent::Speech));
    }

    #[test]
    fn a_model_that_is_not_there_is_an_error_and_not_the_end() {
        let model = Local::new(SpeechSettings::new(Model::File("/nowhere/model.bin".into())));
        for _ in 0..2 {
            let failed = model.transcribe(&recording("es-09.ogg"), &SpeechHints::default());
            assert!(matches!(failed, Err(SpeechError::Failed(_))), "{failed:?}");
        }
        assert_eq!(model.state(), SpeechState::Idle);
    }

    #[test]
    fn what_is_no_voice_note_is_refused_before_the_model_is_touched() {
        let model = Local::new(SpeechSettings::new(Model::File("/nowhere/model.bin".into())));
        let hints = SpeechHints::default();
        assert!(matches!(model.transcribe(b"%PDF-1.7 ...", &hints), Err(SpeechError::Broken(_))));
        assert!(matches!(
            model.transcribe(b"#!AMR\n....", &hints),
            Err(SpeechError::Unsupported("AMR audio"))
        ));
        assert!(matches!(
            model.transcribe(&vec![0; decode::BYTES_MAX + 1], &hints),
            Err(SpeechError::TooLong)
        ));
        let silence = model.transcribe(&recording("nobody-silence.ogg"), &hints);
        assert!(silence.is_ok_and(|transcript| transcript.content == AudioContent::Nothing));
    }
}
