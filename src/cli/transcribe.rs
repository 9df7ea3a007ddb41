//! `casero transcribe FILE`: transcribes a recording.

use super::environment::ConfigFile;
use super::error::CliError;
use super::output::print;
use crate::adapters::speech::{self, ModelBytes, report::TranscriptReport};
use crate::boot;
use crate::domain::language::Language;
use crate::ports::speech::SpeechHints;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Args)]
pub(super) struct Arguments {
    /// OGG/Opus, MP3, M4A/AAC or WAV.
    file: PathBuf,
    /// Print text, language, confidence and times as JSON.
    #[arg(long)]
    json: bool,
    /// The language spoken, by its code (es); else it is found out.
    #[arg(long, value_parser = language)]
    language: Option<Language>,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(arguments: &Arguments, model: ModelBytes) -> Result<ExitCode, CliError> {
    let audio = std::fs::read(&arguments.file);
    let audio = audio.map_err(CliError::io(arguments.file.display().to_string()))?;
    let speech = speech::open(boot::speech_settings(&arguments.config.load()?, model));
    #[expect(clippy::disallowed_methods, reason = "a stopwatch")]
    let started = Instant::now();
    let heard = speech.transcribe(&audio, &SpeechHints { language: arguments.language });
    let transcript = heard.map_err(|error| CliError::Said(error.to_string()))?;
    if !arguments.json {
        return print(&transcript.text);
    }
    let report = TranscriptReport::new(&transcript, started.elapsed());
    print(&serde_json::to_string(&report).expect("a report is plain data"))
}

fn language(code: &str) -> Result<Language, String> {
    let known = || Language::all().iter().map(|one| one.code()).collect::<Vec<_>>().join(", ");
    Language::from_code(code).ok_or_else(|| format!("one of {}", known()))
}
