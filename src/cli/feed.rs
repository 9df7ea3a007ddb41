//! `casero feed FILE`: the importer's reading of a calendar file.

use super::environment::today;
use super::error::CliError;
use super::output::print;
use crate::calendars::{ReadOptions, report};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct Arguments {
    /// The property's local date, from which the horizon is counted; else today's.
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// The calendar.
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let bytes = std::fs::read(&arguments.file);
    let bytes = bytes.map_err(CliError::io(arguments.file.display().to_string()))?;
    let zone = jiff::tz::TimeZone::get("America/Argentina/Buenos_Aires").expect("the zone is bundled");
    let report = report(&bytes, &ReadOptions::new(zone, today(arguments.today)));
    let json = serde_json::to_string(&report).expect("a report is plain data");
    print(&json)?;
    Ok(if report.complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
