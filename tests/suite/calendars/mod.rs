//! Calendars as the importer meets them: composed files with the reading each must give, random ones, a
//! second parser's opinion, and weeks of a channel that misbehaves.

mod differential;
mod files;
mod over_http;
mod properties;
mod replay;

use casero::calendars::ReadOptions;
use jiff::civil::{Date, date};
use jiff::tz::TimeZoneDatabase;

/// The day on which the composed files are read.
const TODAY: Date = date(2026, 11, 24);

fn options() -> ReadOptions {
    let zone = TimeZoneDatabase::bundled().get("America/Argentina/Buenos_Aires").expect("bundled");
    ReadOptions::new(zone, TODAY)
}
