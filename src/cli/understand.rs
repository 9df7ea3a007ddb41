//! `casero understand`: the meaning of a message as JSON; with `--jsonl` a line for each line, in order.

use super::environment::today;
use super::error::CliError;
use super::output::{is_read, print};
use crate::domain::language::Language;
use crate::understanding::{
    Context, HolidayCalendar, SituationForm, Source, Urgency, acts, concern, needs_a_person, report,
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
    situation: Option<SituationForm>,
}

/// A report with what a person must hear of.
#[derive(Serialize)]
struct MeaningOf {
    #[serde(flatten)]
    report: report::Report,
    /// The most important first.
    acts: Vec<report::ActReport>,
    urgent: bool,
    tell_owner: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let calendar = HolidayCalendar::argentina();
    let today = today(arguments.today);
    match &arguments.text {
        Some(text) => print(&meaning(text, today, None, None, &calendar)),
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
                meaning(&line.text, line.today.unwrap_or(today), hint, line.situation.as_ref(), calendar)
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
    situation: Option<&SituationForm>,
    calendar: &HolidayCalendar,
) -> String {
    let nobody = SituationForm::default();
    let of = situation.unwrap_or(&nobody);
    let context = Context { today, language_hint, source: Source::Text, calendar, expecting: of.expecting() };
    let in_hand = of.in_hand();
    let meaning = acts::meaning(text, &context, &in_hand);
    let known = in_hand.situation;
    let urgency = concern(text, &meaning.reading, &known, today).map(|concern| concern.urgency);
    let report = match situation {
        Some(_) => report::Report::in_situation(&meaning),
        None => report::Report::of(&meaning.reading),
    };
    let meaning = MeaningOf {
        report,
        acts: report::ActReport::of(&meaning),
        urgent: urgency.is_some_and(Urgency::is_urgent),
        tell_owner: needs_a_person(text, &meaning.reading, &known, today),
    };
    serde_json::to_string(&meaning).expect("a meaning is plain data")
}
