//! Environment of a command: the settings' file, the runtime, the date.

use super::error::CliError;
use crate::adapters::clock::SystemClock;
use crate::config::Config;
use crate::ports::clock::Clock;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// Where the settings' file is.
#[derive(clap::Args, Default)]
pub(super) struct ConfigFile {
    /// The settings' file; else CASERO_CONFIG, else /etc/casero/casero.toml when it exists.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

impl ConfigFile {
    pub(super) fn load(&self) -> Result<Config, CliError> {
        Ok(Config::load(self.config.as_deref())?)
    }
}

/// The runtime of commands that serve.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("casero")
        .build()
        .map_err(CliError::io("the runtime could not start"))
}

/// The date at the property, unless given.
pub(super) fn today(said: Option<Date>) -> Date {
    let zone = TimeZone::get("America/Argentina/Buenos_Aires").expect("the zone is bundled");
    let now = SystemClock.now();
    said.unwrap_or_else(|| zone.to_datetime(now).date())
}
