//! `casero understand`: the meaning of a message as JSON; with `--jsonl` a line for each line, in order.

use super::environment::today;
use super::error::CliError;
use super::output::{is_read, print};
use crate::domain::language::Language;
use crate::domain::stay::Stay;
use crate::understanding::{
    Context, Expecting, HolidayCalendar, Situation, Source, Urgency, concern, needs_a_person, read, report,
};
use clap::Args;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
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
    #[serde(default)]
    situation: Option<SituationOf>,
}

/// What is known of the writer; every part may be missing.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SituationOf {
    stage: Option<String>,
    asked: Option<String>,
    stay: Option<StayOf>,
    paid: bool,
}

#[derive(Deserialize)]
struct StayOf {
    check_in: Date,
    check_out: Date,
}

impl SituationOf {
    /// An unknown stage is none, and a stay without a night is none.
    fn known(&self) -> Situation {
        Situation {
            stage: self.stage.as_deref().and_then(|stage| stage.parse().ok()).unwrap_or_default(),
            stay: self.stay.as_ref().and_then(|stay| Stay::new(stay.check_in, stay.check_out).ok()),
            paid: self.paid,
        }
    }

    fn expecting(&self) -> Option<Expecting> {
        self.asked.as_deref()?.parse().ok()
    }
}

/// A report with what a person must hear of.
#[derive(Serialize)]
struct Meaning {
    #[serde(flatten)]
    report: report::Report,
    urgent: bool,
    tell_owner: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let calendar = HolidayCalendar::argentina();
    let today = today(arguments.today);
    match &arguments.text {
        Some(text) => print(&meaning(text, today, None, &SituationOf::default(), &calendar)),
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
                let situation = line.situation.unwrap_or_default();
                meaning(&line.text, line.today.unwrap_or(today), hint, &situation, calendar)
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

fn meaning(
    text: &str,
    today: Date,
    language_hint: Option<Language>,
    situation: &SituationOf,
    calendar: &HolidayCalendar,
) -> String {
    let expecting = situation.expecting();
    let context = Context { today, language_hint, source: Source::Text, calendar, expecting };
    let reading = read(text, &context);
    let known = situation.known();
    let urgency = concern(text, &reading, &known, today).map(|concern| concern.urgency);
    let meaning = Meaning {
        urgent: urgency.is_some_and(Urgency::is_urgent),
        tell_owner: needs_a_person(text, &reading, &known, today),
        report: report::Report::of(&reading),
    };
    serde_json::to_string(&meaning).expect("a meaning is plain data")
}
