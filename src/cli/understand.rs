//! `casero understand`: the meaning of a message as JSON; with `--jsonl` a line for each line, in order.

use super::environment::today;
use super::error::CliError;
use super::output::{is_read, print};
use crate::domain::language::Language;
use crate::understanding::{Context, HolidayCalendar, Source, read, report};
use clap::Args;
use jiff::civil::Date;
use serde::Deserialize;
use std::io::{BufRead, BufWriter, Write};
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct Arguments {
    /// The property's local date; else today's.
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Read objects with `text` and `today` from standard input and write one result a line.
    #[arg(long, conflicts_with = "text")]
    jsonl: bool,
    /// The message.
    #[arg(required_unless_present = "jsonl")]
    text: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    today: Option<Date>,
    #[serde(default)]
    language: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let calendar = HolidayCalendar::argentina();
    let today = today(arguments.today);
    match &arguments.text {
        Some(text) => print(&meaning(text, today, None, &calendar)),
        None => lines(today, &calendar),
    }
}

/// Every line of standard input; an invalid line gives an error object in its place.
fn lines(today: Date, calendar: &HolidayCalendar) -> Result<ExitCode, CliError> {
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut all_read = true;
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(CliError::io("standard input could not be read"))?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Line>(&line) {
            Ok(line) => {
                let hint = line.language.as_deref().and_then(Language::from_code);
                meaning(&line.text, line.today.unwrap_or(today), hint, calendar)
            }
            Err(error) => {
                all_read = false;
                serde_json::json!({ "error": format!("not an object with text and today: {error}") })
                    .to_string()
            }
        };
        if !is_read(writeln!(out, "{answer}"))? {
            break;
        }
    }
    is_read(out.flush())?;
    Ok(if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn meaning(text: &str, today: Date, hint: Option<Language>, calendar: &HolidayCalendar) -> String {
    let context = Context { today, language_hint: hint, source: Source::Text, calendar, expecting: None };
    serde_json::to_string(&report::Report::of(&read(text, &context))).expect("a report is plain data")
}
