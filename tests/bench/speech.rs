//! Measures accuracy and speed of transcription, beside whisper.cpp's defaults in the same run.
//!
//! `cargo bench --bench speech [-- FOLDER [--texts]]`: the folder holds recordings and a `transcripts.jsonl`
//! with `file`, `text` and optionally `language`. An empty text means that nobody speaks, and every word in
//! its transcript is an invention.
//!
//! Slots are the parts of a booking: intent, dates, nights, people. A slot is right when the transcript is
//! understood like the true text, so a misheard word that changes nothing costs nothing here.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use casero::adapters::speech::{Model, SpeechSettings, decode, local::Local};
use casero::domain::language::Language;
use casero::ports::speech::{Speech, SpeechHints, SpeechState};
use casero::understanding::report::Report;
use casero::understanding::{Context, HolidayCalendar, Source, read as understand};
use jiff::civil::{Date, date};
use serde::Deserialize;
use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters};

#[path = "../suite/speech/score.rs"]
mod score;

use score::Errors;

/// Longest ordinary clip; a longer one is transcribed in pieces and has its own line, since the medians are
/// about ordinary notes.
const ORDINARY_SECONDS: f64 = 30.0;
/// Lengths that count as 7 s, and as 15 s.
const SEVEN_SECONDS: std::ops::Range<f64> = 6.0..8.5;
const FIFTEEN_SECONDS: std::ops::Range<f64> = 12.5..18.0;
/// The date for relative dates.
const TODAY: Date = date(2026, 11, 24);

#[derive(Deserialize)]
struct Transcript {
    file: String,
    text: String,
    #[serde(default)]
    language: Option<String>,
}

struct Clip {
    name: String,
    text: String,
    language: Language,
    bytes: Vec<u8>,
    samples: Vec<f32>,
}

impl Clip {
    fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(decode::SAMPLE_RATE)
    }
}

struct AudioContent {
    text: String,
    confidence: f32,
    elapsed: Duration,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.iter().find(|argument| !argument.starts_with("--"));
    let folder = folder.map_or_else(|| PathBuf::from("tests/data/speech"), PathBuf::from);
    let show_texts = arguments.iter().any(|argument| argument == "--texts");
    let clips = read(&folder);
    let mut out = std::io::stdout().lock();
    let total: f64 = clips.iter().map(Clip::seconds).sum();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    say(&mut out, &format!("{} clips, {total:.0} s of sound, load {}", clips.len(), load.trim()));
    say(
        &mut out,
        &format!(
            "{:<28} {:>9} {:>9} {:>9} {:>7} {:>7} {:>9} {:>9} {:>9}",
            "", "median s", "7 s clip", "15 s clip", "RTF", "WER %", "slots %", "invented", "peak MiB"
        ),
    );
    say(&mut out, &format!("{:<28} {:>80.0}", "before any model", memory("VmRSS")));

    let run_all = |out: &mut dyn Write, name: &str, transcribe: &mut dyn FnMut(&Clip) -> AudioContent| {
        reset_peak();
        let heard: Vec<AudioContent> = clips.iter().map(&mut *transcribe).collect();
        report(out, name, &clips, &heard, show_texts);
    };
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/speech/ggml-base-q8_0.bin");
    let threads = std::env::var("SPEECH_THREADS").ok().and_then(|n| n.parse().ok()).unwrap_or(2);
    {
        let keep_loaded = Duration::from_secs(2);
        let model = Local::new(SpeechSettings {
            threads,
            keep_loaded,
            ..SpeechSettings::new(Model::File(model.clone()))
        });
        run_all(&mut out, "casero, language known", &mut |clip| ours(&model, clip, Some(clip.language)));
        run_all(&mut out, "casero, language unknown", &mut |clip| ours(&model, clip, None));
        say(&mut out, &format!("{:<28} {:>80}", "model loaded, idle", memory_line()));
        while model.state() != SpeechState::Idle {
            std::thread::sleep(Duration::from_millis(100));
        }
        std::thread::sleep(Duration::from_millis(200));
        say(&mut out, &format!("{:<28} {:>80}", "after unloading", memory_line()));
    }
    whisper_rs::install_logging_hooks();
    let context = WhisperContext::new_with_params(&model, WhisperContextParameters::default())
        .expect("the model loads");
    run_all(&mut out, "whisper.cpp defaults", &mut |clip| defaults(&context, clip, threads));
}

fn ours(model: &Local, clip: &Clip, language: Option<Language>) -> AudioContent {
    let start = Instant::now();
    match model.transcribe(&clip.bytes, &SpeechHints { language }) {
        Ok(heard) => {
            AudioContent { text: heard.text, confidence: heard.confidence, elapsed: start.elapsed() }
        }
        Err(error) => AudioContent { text: format!("({error})"), confidence: 0.0, elapsed: start.elapsed() },
    }
}

/// Greedy decoding over the whole 30 s context, the library's defaults but for language and threads.
fn defaults(context: &WhisperContext, clip: &Clip, threads: usize) -> AudioContent {
    let start = Instant::now();
    let mut state = context.create_state().expect("there is memory for a state");
    let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 5 });
    params.set_language(Some(clip.language.code()));
    params.set_n_threads(threads as i32);
    params.set_print_progress(false);
    params.set_print_realtime(false);
    state.full(params, &clip.samples).expect("the library hears");
    let text = state
        .as_iter()
        .filter_map(|segment| segment.to_str_lossy().ok().map(|text| text.into_owned()))
        .collect();
    AudioContent { text, confidence: 0.0, elapsed: start.elapsed() }
}

fn report(out: &mut dyn Write, name: &str, clips: &[Clip], heard: &[AudioContent], show_texts: bool) {
    let mut errors = Errors::default();
    let mut invented = 0;
    let mut ordinary = Vec::new();
    let (mut sevens, mut fifteens) = (Vec::new(), Vec::new());
    let mut slots = Slots::default();
    let (mut sound, mut work) = (0.0, 0.0);
    for (clip, heard) in clips.iter().zip(heard) {
        let own = Errors::count(&clip.text, &heard.text, clip.language);
        if show_texts {
            say(
                out,
                &format!(
                    "  {:<20} {:>5.2} s of {:>5.2}  {:.2}  {}/{}  {}",
                    clip.name,
                    heard.elapsed.as_secs_f64(),
                    clip.seconds(),
                    heard.confidence,
                    own.wrong,
                    own.words,
                    heard.text
                ),
            );
        }
        if clip.text.is_empty() {
            invented += usize::from(!heard.text.trim().is_empty());
            continue;
        }
        slots.compare(&clip.text, &heard.text, clip.language);
        errors.wrong += own.wrong;
        errors.words += own.words;
        sound += clip.seconds();
        work += heard.elapsed.as_secs_f64();
        if clip.seconds() <= ORDINARY_SECONDS {
            ordinary.push(heard.elapsed.as_secs_f64());
        }
        for (range, times) in [(SEVEN_SECONDS, &mut sevens), (FIFTEEN_SECONDS, &mut fifteens)] {
            if range.contains(&clip.seconds()) {
                times.push(heard.elapsed.as_secs_f64());
            }
        }
    }
    say(
        out,
        &format!(
            "{name:<28} {:>9.2} {:>9.2} {:>9.2} {:>7.3} {:>7.1} {:>9.1} {invented:>9} {:>9.0}",
            median(&mut ordinary),
            median(&mut sevens),
            median(&mut fifteens),
            work / sound,
            errors.percent(),
            slots.percent(),
            memory("VmHWM"),
        ),
    );
}

/// Slots understood, of those in the true text.
#[derive(Default)]
struct Slots {
    right: usize,
    all: usize,
}

impl Slots {
    fn compare(&mut self, said: &str, heard: &str, language: Language) {
        let calendar = HolidayCalendar::argentina();
        let report = |text: &str| {
            let hint = Some(language);
            let context = Context {
                today: TODAY,
                language_hint: hint,
                source: Source::Voice,
                calendar: &calendar,
                expecting: None,
            };
            let report = Report::of(&understand(text, &context));
            let number = |number: Option<u16>| number.map(|number| number.to_string());
            let topic = report.topic.map(str::to_owned);
            let intent = Some(report.intent.to_owned());
            [intent, topic, report.check_in, report.check_out, number(report.guests), number(report.nights)]
        };
        for (said, heard) in report(said).into_iter().zip(report(heard)) {
            // A slot that exists only in the transcript is wrong too.
            if said.is_some() || heard.is_some() {
                self.all += 1;
                self.right += usize::from(said == heard);
            }
        }
    }

    fn percent(&self) -> f64 {
        self.right as f64 * 100.0 / self.all.max(1) as f64
    }
}

fn read(folder: &Path) -> Vec<Clip> {
    let list =
        fs::read_to_string(folder.join("transcripts.jsonl")).expect("the folder has a transcripts.jsonl");
    let rows = list.lines().map(|line| {
        serde_json::from_str::<Transcript>(line).expect("each line is an object with file and text")
    });
    rows.map(|row| {
        let bytes = fs::read(folder.join(&row.file)).expect("each listed file exists");
        let samples = decode::decode(&bytes).expect("each listed file is audio").samples;
        let language = row.language.as_deref().and_then(Language::from_code).unwrap_or_default();
        Clip { name: row.file, text: row.text, language, bytes, samples }
    })
    .collect()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Resets the peak of memory use, so that each line has its own.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn memory_line() -> String {
    format!("{:.0} MiB, of it {:.0} of the executable's file", memory("VmRSS"), memory("RssFile"))
}

/// A line of /proc/self/status, in MiB.
fn memory(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    let kib: f64 = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(f64::NAN);
    kib / 1024.0
}

fn say(out: &mut dyn Write, line: &str) {
    writeln!(out, "{line}").expect("stdout is open");
    out.flush().expect("stdout is open");
}
